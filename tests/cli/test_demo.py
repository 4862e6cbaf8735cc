"""What a newcomer sees: `onrecord demo`."""

import re


def test_the_demo_ends_well_and_says_nothing_is_wrong(demonstrated):
    _, done = demonstrated
    assert done.returncode == 0
    assert done.stderr == ""


def test_the_demo_sums_up_what_is_on_record(demonstrated):
    _, done = demonstrated
    assert re.search(r"\b37 articles .* of 5 outlets", done.stdout)
    for title in ("What happened", "How many were harmed", "What became of the truces", "Who calls whom what"):
        assert title in done.stdout


def test_the_demo_names_the_sources_of_each_toll(demonstrated):
    _, done = demonstrated
    tolls = done.stdout.split("How many were harmed")[1].split("What became")[0]
    lines = [line for line in tolls.splitlines()[1:] if line.strip() and "more" not in line.split("(")[0]]
    assert lines
    assert all(re.search(r": .*\(.+\)", line) for line in lines)


def test_the_demo_writes_a_report_that_needs_no_network(demonstrated):
    folder, _ = demonstrated
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert 'id="where"' in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//[^"]+\.(?:js|css|png|woff2?)"', html)


def test_the_demo_leaves_the_record_of_the_folder_alone(demonstrated):
    folder, _ = demonstrated
    assert sorted(path.name for path in folder.iterdir()) == ["onrecord-demo.db", "report.html"]
