"""A large record for the desk, kept for the next time: made-up articles, copied into the past, and the sample.

What the desk keeps beside the record is made for the articles that were really added, and copied with them: a copied
reading still has the days of its first, so that to digest the copies would set them all in the same few weeks.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from benchmarks.filling import ARTICLES_AN_ATTACK, ATTACKS_A_DAY, BLOCK, copy_back
from benchmarks.generated import telling
from onrecord.desk.digests import Keeper
from onrecord.reading.batch import read_sources
from onrecord.record import Record
from onrecord.record.database import open_database
from onrecord.sources import sources_in

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "desk"
SAMPLE = ROOT / "samples"
TOWNS = 300


def record_of(articles: int) -> Path:
    """The path of a record of so many articles (a multiple of what is really added), made where there is none yet."""
    path = CACHE / f"{articles}.db"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        CACHE.mkdir(parents=True, exist_ok=True)
        for left in CACHE.glob(f"{unfinished.name}*"):
            left.unlink()
        _begin(unfinished)
        _grow(unfinished, articles // BLOCK - 1)
        _add_sample(unfinished)
        unfinished.rename(path)
    return path


def _begin(path: Path) -> None:
    with Record.open(path) as record:
        for told in telling(BLOCK, towns=TOWNS, per_attack=ARTICLES_AN_ATTACK, per_day=ATTACKS_A_DAY):
            record.add(told.source, told.reading)
        record.settle()
        Keeper(record).refresh()


def _grow(path: Path, blocks: int) -> None:
    engine = open_database(str(path))
    copy_back(engine, 0, blocks)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for command in (_INCIDENTS, _FIGURES, _ARTICLES, _SPEAKERS, _LEVEL):
            connection.execute(text(command))
    engine.dispose()


def _add_sample(path: Path) -> None:
    with Record.open(path) as record:
        for outcome in read_sources(sources_in([str(SAMPLE)])):
            if outcome.source is not None and outcome.reading is not None:
                record.add(outcome.source, outcome.reading)
        record.settle()
        Keeper(record).refresh()


_FIRST = "substr({0}, 1, 1) || substr({0}, 4)"
"""The id of what was copied, from the id of its copy: without the two marks of the copy."""
_KEPT = (
    "type, mode, status, deed, place, latitude, longitude, level, killed_low, killed_best, killed_high, killed_open, "
    '"by", accounts, outlets, origins, disputes, doubts, uncertainty, consequence, decided, disputed, deaths, '
    "pressing, placed"
)
_INCIDENTS = f"""
INSERT INTO desk_incidents (id, since, until, published, week, {_KEPT})
SELECT copy.id, iif(kept.since IS NULL, NULL, copy.day), iif(kept.until IS NULL, NULL, copy.until), copy.day,
iif(kept.week IS NULL, NULL, date(copy.day, 'weekday 0', '-6 days')), {_KEPT}
FROM listings AS copy JOIN desk_incidents AS kept ON kept.id = {_FIRST.format("copy.id")}
WHERE copy.kind = 'incident' AND copy.id NOT IN (SELECT id FROM desk_incidents)
"""
_FIGURES = f"""
INSERT INTO desk_figures (incident, outlet, killed, others)
SELECT copy.id, kept.outlet, kept.killed, kept.others
FROM desk_incidents AS copy JOIN desk_figures AS kept ON kept.incident = {_FIRST.format("copy.id")}
WHERE copy.id NOT IN (SELECT incident FROM desk_figures)
"""
_ARTICLES = """
INSERT INTO desk_articles (id, outlet, outlet_key, day, credited)
SELECT id, outlet, outlet_key, substr(published, 1, 10), length(agencies) > 2
FROM articles WHERE id NOT IN (SELECT id FROM desk_articles)
"""
_SPEAKERS = f"""
INSERT INTO desk_speakers (article, name, folded, named, claims)
SELECT copy.id, kept.name, kept.folded, kept.named, kept.claims
FROM articles AS copy JOIN desk_speakers AS kept ON kept.article = {_FIRST.format("copy.id")}
"""
_LEVEL = "UPDATE desk_form SET source = (SELECT max(id) FROM sources)"
