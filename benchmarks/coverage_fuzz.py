"""Inputs led by what code they reach (atheris, libFuzzer): does every way in give an answer or a named fault?

    python -m benchmarks.coverage_fuzz                          # each way in for 20 seconds
    python -m benchmarks.coverage_fuzz --way feed --seconds 600

Each way in runs in a process of its own, begun with inputs of the kind. A fault of the program, a hang (25 seconds) or
more than 2 GB of memory ends it, and the input is printed. Needs `pip install atheris` (Linux). Exits with 1 where one
was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks import fuzz_files

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TIMES = (
    b"on Friday, 14 October 2016, at noon",
    b"three and a half weeks ago",
    b"in the early 1980s",
    b"2016-10-14T18:30",
)
NUMBERS = (b"12.5 million", b"half a dozen", b"one hundred and two thousand", b"1,203", b"no fewer than 17 of 20")
ACLED = (
    b"event_id_cnty,event_date,time_precision,event_type,sub_event_type,country,location,latitude,longitude,"
    b"geo_precision,fatalities\nSYR1,2016-10-14,1,Battles,Armed clash,Syria,Aleppo,36.2,37.1,1,3\n"
)
PLAYLIST = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\nseg1.ts\n"


def html(data: bytes) -> None:
    """A page taken apart."""
    from onrecord.articles import article_of
    from onrecord.sources import Source

    article_of(Source(data, "html", "here"))


def text(data: bytes) -> None:
    """A text taken apart."""
    from onrecord.articles import article_of
    from onrecord.sources import Source

    article_of(Source(data, "text", "here"))


def feed(data: bytes) -> None:
    """A feed, with what entities and nesting it has."""
    from io import BytesIO

    from onrecord.sources.feeds import feed_sources

    list(feed_sources(BytesIO(data), "here"))


def file(data: bytes, suffix: str) -> None:
    """A file as a user hands it in."""
    from onrecord.sources import sources_in

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"input{suffix}")
        path.write_bytes(data)
        list(sources_in([str(path)]))


def settings(data: bytes) -> None:
    """A user's settings."""
    from onrecord import config

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "onrecord.toml").write_bytes(data)
        config._read(folder, "onrecord.toml", None)


def lexicon(data: bytes) -> None:
    """A user's own word list."""
    from onrecord.lexicon import _entries

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "labels.tsv")
        path.write_bytes(data)
        list(_entries(path))


def taken_in(data: bytes, name: str, enter: Callable[[Path], None]) -> None:
    """A file that a user hands in beside the news, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        enter(path)


def times_and_numbers(data: bytes) -> None:
    """Words that could be dates, durations or numbers, through the whole reader."""
    from onrecord.reading.batch import read_sources
    from onrecord.sources import Source

    for outcome in read_sources([Source(b"He said " + data + b".", "text", "here")]):
        if outcome.fault is not None:
            raise outcome.fault


def playlist(data: bytes) -> None:
    """What says where the parts of a stream are."""
    from onrecord.archive.media.playlists import playlist_of

    playlist_of(data.decode("utf-8", "replace"), "http://cam.example/live.m3u8", lambda address: PLAYLIST.decode())


def picture(data: bytes) -> None:
    """What a photograph says of itself."""
    from onrecord.archive.media.claims import claims_of

    claims_of(data, "photograph")


def address(data: bytes) -> None:
    """What somebody takes for an address."""
    from onrecord.sources.fetching.targets import redirected, target_of

    redirected(target_of("https://news.example/a"), data.decode("utf-8", "replace"))


def _samples(*suffixes: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in suffixes)


WAYS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "html": (html, _samples(".html")),
    "text": (text, _samples(".txt")),
    "feed": (feed, _samples(".rss")),
    "jsonl": (lambda data: file(data, ".jsonl"), _samples(".jsonl")),
    "warc": (
        lambda data: file(data, ".warc"),
        (b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",),
    ),
    "gzip": (lambda data: file(data, ".gz"), (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0",)),
    "wacz": (lambda data: file(data, ".wacz"), (b"PK\x05\x06" + bytes(18),)),
    "settings": (settings, (b'[fetching]\nallowed = ["a"]\n[lexicons]\nlabels = ["a.tsv"]\n',)),
    "lexicon": (lexicon, (b"# a\nterm\ttone\nterrorist\tcondemning\n",)),
    "gazetteer dump": (lambda data: taken_in(data, "SY.txt", fuzz_files.dump), (fuzz_files.DUMP.encode(),)),
    "reference list": (lambda data: taken_in(data, "list.csv", fuzz_files.reference), (ACLED,)),
    "list of feeds": (
        lambda data: taken_in(data, "feeds.opml", fuzz_files.feeds),
        (fuzz_files.OPML.encode(), fuzz_files.FEEDS.encode()),
    ),
    "times and numbers": (times_and_numbers, (*TIMES, *NUMBERS)),
    "playlist": (playlist, (PLAYLIST,)),
    "picture": (picture, (b"\xff\xd8\xff\xe1\0\x10Exif\0\0II*\0\x08\0\0\0",)),
    "address": (address, (b"//a@b:80/c?d#e", b"http://[::1]/", b"https://xn--a.example/")),
}
"""By name: what is done with an input, and the inputs that it begins with."""


def fuzz_one(name: str, seconds: int, corpus: str) -> None:
    """Fuzz one way in, in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["onrecord"]):
        import onrecord.sources  # noqa: F401
        from onrecord.errors import OnRecordError
    enter, begin = WAYS[name]
    for number, data in enumerate(begin):
        Path(corpus, f"begin{number}").write_bytes(data)

    def once(data: bytes) -> None:
        try:
            enter(data)
        except OnRecordError as fault:
            if "fault of onrecord" in str(fault):
                raise

    bounds = [f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=2048", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={corpus}/", corpus], once)
    atheris.Fuzz()


def fuzzed(name: str, seconds: int) -> tuple[int, str | None]:
    """How many inputs one way in was given, and what went wrong, if anything did."""
    with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-") as corpus:
        code = f"from benchmarks.coverage_fuzz import fuzz_one; fuzz_one({name!r}, {seconds}, {corpus!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace")
        units = [line.rpartition(" ")[2] for line in said.splitlines() if "stat::number_of_executed_units" in line]
        found = [
            path.read_bytes() for path in Path(corpus).iterdir() if path.name.startswith(("crash", "timeout", "oom"))
        ]
        number = int(units[-1]) if units else 0
        return number, None if done.returncode == 0 else f"{found[:1]!r}\n{said[-2500:]}"


def main() -> int:
    """Fuzz and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--way", choices=list(WAYS), action="append")
    parser.add_argument("--seconds", type=int, default=20, help="for each way in")
    arguments = parser.parse_args()
    if find_spec("atheris") is None:
        print("atheris is not installed: pip install atheris (Linux, Python 3.11 to 3.13)")
        return 0
    wrong = 0
    for name in arguments.way or WAYS:
        number, fault = fuzzed(name, arguments.seconds)
        wrong += fault is not None
        print(f"{name}: {number:,} inputs, {fault or 'no fault'}", flush=True)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
