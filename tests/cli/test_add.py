"""`onrecord add`: once, twice, stopped, and with what cannot be read."""

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.cli.conftest import run_in

NEWS = "Shelling killed 12 people in Aleppo on Friday, doctors said. The army denied it.\n"
OTHER = "A car bomb wounded 9 people in Azaz on Monday, a monitor said.\n"


def listed(onrecord_in, *arguments):
    """What a listing has; nothing where there is no record yet."""
    return [json.loads(line) for line in onrecord_in(*arguments, "--json").stdout.splitlines()]


def content(onrecord_in, record="onrecord.db"):
    """What the record says, but for when it was told so."""
    kinds = ("articles", "incidents", "tolls", "truces", "labels", "claims", "stories")
    text = {kind: onrecord_in(kind, "--json", "--record", record).stdout for kind in kinds}
    return {kind: json.loads("[" + ",".join(lines.splitlines()) + "]") for kind, lines in text.items()}


def without_provenance(value):
    """The value but for where and when its articles were met."""
    if isinstance(value, dict):
        return {key: without_provenance(inner) for key, inner in value.items() if key != "provenance"}
    return [without_provenance(inner) for inner in value] if isinstance(value, list) else value


def test_what_is_added_twice_is_there_once(onrecord_in, tmp_path, samples):
    for path in sorted(samples.glob("*.txt")):
        shutil.copy(path, tmp_path)
    texts = [path.name for path in sorted(tmp_path.glob("*.txt"))]
    first = onrecord_in("add", *texts)
    before = content(onrecord_in)
    second = onrecord_in("add", *texts)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == f"{len(texts)} articles added.\n"
    assert second.stdout == f"0 articles added, {len(texts)} on record already.\n"
    assert content(onrecord_in) == before


def test_what_comes_by_the_pipe_is_added_too(onrecord_in):
    done = onrecord_in("add", "--published", "2016-10-14", "--outlet", "The Herald", "-", input=NEWS)
    assert done.returncode == 0, done.stderr
    (article,) = listed(onrecord_in, "articles")
    assert (article["published"], article["outlet"]) == ("2016-10-14", "The Herald")


def test_an_addition_that_was_killed_and_run_again_ends_with_the_same_record(
    onrecord_in, tmp_path, samples, demo_record
):
    shutil.copytree(samples, tmp_path / "news")
    command = [sys.executable, "-m", "onrecord.cli", "add", "news"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and len(listed(onrecord_in, "articles")) < 3:
        time.sleep(0.05)
    assert running.poll() is None, "it was too quick to be killed"
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert onrecord_in("add", "news").returncode == 0
    undisturbed = content(onrecord_in, demo_record)
    assert without_provenance(content(onrecord_in)) == without_provenance(undisturbed)


def _readers(of):
    """The processes that read for another one."""
    children = psutil.Process(of.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_where_a_worker_dies_every_article_is_read_all_the_same(onrecord_in, tmp_path):
    (tmp_path / "news").mkdir()
    for number in range(1, 25):
        text = NEWS.replace("12", str(number + 12)) + OTHER.replace("9", str(number + 3))
        (tmp_path / "news" / f"{number:02}.txt").write_text(text)
    command = [sys.executable, "-m", "onrecord.cli", "add", "--workers", "2", "news"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and len(_readers(running)) < 2:
        time.sleep(0.02)
    victim = _readers(running)[0]
    victim.kill()
    said, warned = running.communicate()
    assert running.returncode == 0, warned
    assert said == "24 articles added.\n"
    assert not victim.is_running()
    assert len(listed(onrecord_in, "articles")) == 24


def _heed_interrupts():
    """What a shell starts in the background ignores them, and so does all that it starts, these tests included."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_an_interrupted_addition_says_how_to_go_on(onrecord_in, tmp_path, samples):
    shutil.copytree(samples, tmp_path / "news")
    command = [sys.executable, "-m", "onrecord.cli", "add", "news"]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_interrupts
    )
    while not (tmp_path / "onrecord.db").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    said = None
    while said is None:  # Python drops an interrupt that falls into a clean-up; a person presses the keys again
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            _, said = running.communicate(timeout=2)
    # A shell calls both 130; Python ends by the signal itself where it came in the midst of an import.
    assert running.returncode in (130, -signal.SIGINT)
    assert said.strip() == "onrecord: stopped; what was put on record stays there, run the same again to go on"


def test_in_a_pipe_there_is_no_progress_bar(onrecord_in, tmp_path):
    (tmp_path / "news.txt").write_text(NEWS)
    assert onrecord_in("add", "news.txt").stderr == ""


def test_a_reader_that_has_gone_is_no_fault(tmp_path, demo_record):
    command = f"{sys.executable} -m onrecord.cli claims --json --record {demo_record} | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


BAD = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "program.txt": bytes(range(256)) * 64,
    "nested.html": b"<div>" * 100_000,
    "menu.html": b"<html><body><nav>" + b"<a href='/x'>News</a> <a href='/y'>Sport</a>" * 40 + b"</nav></body></html>",
    "page.rss": b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
    "cut.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>",
    "german.txt": (
        "Bei einem Luftangriff auf einen Markt in der Stadt sind am Freitag mindestens zwölf Menschen getötet worden, "
        "wie Ärzte berichteten. Die Armee wies die Vorwürfe zurück und sprach von einem Angriff auf Terroristen. "
        "Unter den Opfern seien auch Kinder, sagte ein Sprecher des Krankenhauses der Deutschen Presse-Agentur.\n"
    ).encode(),
    "lines.jsonl": (
        b'{"id": "good", "text": "A mine killed 2 people in Idlib on Friday, medics said."}\n'
        b"not json\n"
        b'{"id": "no-text"}\n'
    ),
}


@pytest.fixture(scope="module")
def bad_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "news").mkdir()
    for name, data in BAD.items():
        (folder / "news" / name).write_bytes(data)
    (folder / "news" / "good.txt").write_text(NEWS)
    (folder / "news" / "zulu.txt").write_text(OTHER)
    return folder, run_in(folder, "add", "news")


def test_each_bad_file_gets_one_line_that_names_it_and_says_what_to_do(bad_run):
    _, done = bad_run
    lines = done.stderr.splitlines()
    named = [name for line in lines for name in BAD if f"news/{name}" in line]
    assert sorted(set(named)) == sorted(BAD)
    assert len(lines) == len(BAD) + 1, done.stderr  # lines.jsonl has two bad lines
    assert all(line.startswith("onrecord: news/") and "; " in line for line in lines)


def test_a_bad_line_is_named_by_its_number(bad_run):
    _, done = bad_run
    assert "news/lines.jsonl:2" in done.stderr
    assert "news/lines.jsonl:3" in done.stderr


def test_the_run_goes_on_and_ends_with_status_1(bad_run):
    _, done = bad_run
    assert done.returncode == 1
    assert done.stdout.startswith(f"3 articles added, {len(BAD) + 1} not readable")


def test_the_others_are_on_record_and_the_bad_ones_are_listed_with_the_reason(bad_run):
    folder, _ = bad_run
    assert len(run_in(folder, "articles").stdout.splitlines()) == 3
    failed = run_in(folder, "articles", "--failed").stdout.splitlines()
    assert len(failed) == len(BAD) + 1
    assert all(len([field for field in line.split("\t") if field]) == 3 for line in failed)
    values = [json.loads(line) for line in run_in(folder, "articles", "--failed", "--json").stdout.splitlines()]
    assert all(value["where"] and value["reason"] and value["advice"] for value in values)


def test_bad_files_are_bad_the_second_time_too(bad_run):
    folder, first = bad_run
    again = run_in(folder, "add", "news")
    assert again.returncode == 1
    assert again.stderr == first.stderr
    assert len(run_in(folder, "articles", "--failed").stdout.splitlines()) == len(BAD) + 1


def test_a_path_that_is_not_there_is_named(onrecord_in):
    done = onrecord_in("add", "nowhere.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: nowhere.txt: ")
    assert len(done.stderr.splitlines()) == 1


def test_fifty_megabytes_of_one_line_are_refused_in_one_line(onrecord_in, tmp_path):
    (tmp_path / "long.txt").write_bytes(b"war " * (50 * 1024 * 1024 // 4))
    done = onrecord_in("add", "long.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("onrecord: long.txt: ")


@pytest.mark.parametrize("field", ["id", "outlet", "published", "title", "text", "url"])
def test_half_a_surrogate_pair_in_a_line_costs_no_article(onrecord_in, tmp_path, field):
    row = {
        "id": "a",
        "outlet": "wire",
        "published": "2024-05-03",
        "title": "T",
        "text": NEWS,
        "url": "https://a.test/1",
    }
    line = json.dumps(row | {field: "x\ud800" + row[field]})
    (tmp_path / "news.jsonl").write_text(line + "\n", encoding="utf-8")
    assert onrecord_in("add", "news.jsonl").returncode == 0
    assert len(listed(onrecord_in, "articles")) == 1


def test_a_file_whose_name_is_no_utf8_is_added_and_named(onrecord_in, tmp_path):
    (tmp_path / b"news\xff.txt".decode("utf-8", "surrogateescape")).write_text(NEWS, encoding="utf-8")
    assert onrecord_in("add", ".").returncode == 0
    assert len(listed(onrecord_in, "articles")) == 1
