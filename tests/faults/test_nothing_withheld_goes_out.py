"""What is withheld comes out by no door: no page, answer, export, report, release, archive, search, alert or event."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from benchmarks.generated import telling
from onrecord.archive.giving import give_out
from onrecord.archive.media import record_media
from onrecord.desk.app import create_app
from onrecord.desk.live import Position, news
from onrecord.record import Filter, Record
from onrecord.record.decisions import Withhold
from onrecord.record.releases import Releases
from onrecord.sources.fetching import Policy
from onrecord.views.exports import FORMS, LEVELS, export_bytes
from onrecord.views.exports.writing import WITH_LEVELS
from onrecord.views.release import make_release
from onrecord.views.report import report_of
from onrecord.watch.alerts import raise_alerts
from onrecord.watch.pace import Pace
from onrecord.watch.rules import Rule
from onrecord.watch.webhooks import deliver
from tests.archive.media.test_recording import photograph
from tests.record.decisions.test_withholding import ANN, NAME, add, reading
from tests.sites import Site, response, site

CASES = {"a person": ("Qadri", "Salma", "qadri", "Q1234"), "an incident": ("house of", "3 people", "escapes shell")}
"""What is withheld, and what would give it away."""
MOST_PAGES = 400
DOORS = ("/", "/api/", *(f"/api/search?q={word}" for word in ("qadri", "shell")), "/search?q=salma", "/alerts")


class War:
    """A record with an alert that waits to be posted, in which then something is withheld."""

    def __init__(self, path: Path, what: str, hook: Site) -> None:
        self.path, self.secrets, self.hook = path, CASES[what], hook
        hook.answers["/hook"] = response(b"ok")
        self.record = Record.open(path)
        self.rule = Rule("any", toll=0, webhook=hook.url("/hook"), secret="mellow")
        raise_alerts(self.record, [self.rule])
        add(self.record, reading())
        for told in telling(3, seed=7):
            self.record.add(told.source, told.reading)
        assert any("3" in alert.words for alert in raise_alerts(self.record, [self.rule]))
        self.hidden = next(
            each for each in self.record.incidents() if each.mode == "heavy-weapons" and NAME in str(each)
        )
        picture = path.with_name("picture.jpg")
        picture.write_bytes(photograph())
        self.medium = record_media(self.record, str(picture), self.hidden.id)
        act = Withhold(person=NAME) if what == "a person" else Withhold(incident=self.hidden.id)
        self.record.decide(act, **ANN)

    def gives_away(self, data: bytes | str) -> list[str]:
        """The secrets that stand in what went out, packed or not."""
        text = data if isinstance(data, str) else _unpacked(data)
        return [secret for secret in self.secrets if secret in text]


def _unpacked(data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        return _unpacked(gzip.decompress(data))
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(f"{name}\n{_unpacked(packed.read(name))}" for name in packed.namelist())
    return data.decode("utf-8", "replace")


@pytest.fixture(scope="module", params=list(CASES))
def war(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[War]:
    with site() as hook:
        made = War(tmp_path_factory.mktemp("withheld") / "war.db", request.param, hook)
        yield made
        made.record.close()


def test_it_would_come_out_were_it_not_withheld(war: War) -> None:
    page = "".join(map(str, war.record.unwithheld().incidents()))
    assert war.gives_away(page)
    assert war.gives_away(b"".join(export_bytes(war.record.unwithheld(), Filter(), "jsonl", None)))


def test_no_export_gives_it_away(war: War) -> None:
    for form in FORMS:
        for level in (None, *LEVELS) if form in WITH_LEVELS else (None,):
            given = b"".join(export_bytes(war.record, Filter(), form, level))
            if form == "parquet":
                given = _rows_of(given).encode()
            assert given and not war.gives_away(given), (form, level)


def _rows_of(parquet: bytes) -> str:
    import pyarrow.parquet as reader

    return str(reader.read_table(io.BytesIO(parquet)).to_pylist())


def test_no_report_release_or_archive_gives_it_away(war: War) -> None:
    assert not war.gives_away("".join(report_of(war.record)))
    releases = Releases.beside(war.path)
    make_release(war.record, releases, "later", by="Ann")
    for file in releases.path("later").rglob("*"):
        if file.is_file():
            assert not war.gives_away(file.read_bytes()), file.name
    for name in ("war.wacz", "war.warc.gz"):
        give_out(war.record, war.path.with_name(name))
        assert not war.gives_away(war.path.with_name(name).read_bytes()), name


def test_no_page_and_no_answer_of_the_desk_gives_it_away(war: War) -> None:
    """Every page that can be reached from the first ones, and what only somebody knows who knew of it before."""
    known = (f"/incidents/{war.hidden.id}", f"/incidents/{war.hidden.id}/why", f"/api/incidents/{war.hidden.id}")
    articles = {each for article in war.record.articles() for each in (f"/articles/{article.id}/source",)}
    with TestClient(create_app(war.path), base_url="http://localhost", headers={"accept": "*/*"}) as browser:
        seen: set[str] = set()
        waiting = [*DOORS, *known, *sorted(articles)]
        while waiting and len(seen) < MOST_PAGES:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            answer = browser.get(path, follow_redirects=False)
            assert answer.status_code < 500, path
            # The desk of who keeps the record may show that something is withheld, in the list of decisions alone.
            if not urlsplit(path).path.startswith(("/decisions", "/review")):
                assert not war.gives_away(_but_asked(answer.content, path)), path
            waiting += [each for each in _links(answer.text, path) if each not in seen]
    assert len(seen) > 60


def _but_asked(data: bytes, path: str) -> bytes:
    """Without the words that were looked for, which a page of results repeats."""
    asked = re.findall(r"q=(\w+)", path)
    for word in asked:
        data = data.replace(word.encode(), b"")
    return data


def _links(page: str, at: str) -> list[str]:
    found = re.findall(r'(?:href|src|action)="([^"#]+)', page) + re.findall(r'"(/api/[^"]+)"', page)
    paths = (urljoin(at, each.replace("&amp;", "&")) for each in found)
    return [path for path in dict.fromkeys(paths) if path.startswith("/") and not path.startswith(("//", "/static"))]


def test_the_media_of_a_withheld_incident_are_withheld(war: War) -> None:
    is_hidden = war.secrets == CASES["an incident"]
    with TestClient(create_app(war.path), base_url="http://localhost") as browser:
        for path in (f"/media/{war.medium}", f"/media/{war.medium}/1", f"/media/{war.medium}/1/still"):
            answer = browser.get(path)
            assert (answer.status_code == 404) == is_hidden, path
            assert not is_hidden or photograph() not in answer.content


def test_no_event_and_no_alert_that_waited_gives_it_away(war: War) -> None:
    assert not war.gives_away(str(news(war.record, Position(0, 0, 0))))
    policy = Policy(allowed=frozenset({"localhost"}), robots=False)
    assert deliver(war.record, [war.rule], policy=policy, pace=Pace()) == []
    assert war.hook.requests and not any(war.gives_away(request) for request in war.hook.requests)
