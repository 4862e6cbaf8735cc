"""What the record answers, filter by filter."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from benchmarks.generated import Told, telling
from onrecord.errors import RecordError
from onrecord.record import Filter, Record, searching, tables
from tests.record.conftest import Places


@pytest.fixture(scope="module")
def full(module_places: Places) -> Record:
    record = Record.open(module_places())
    for told in WAR:
        record.add(told.source, told.reading)
    return record


WAR: list[Told] = list(telling(16, seed=11, per_day=2))
FIRST = WAR[0].attack


@pytest.mark.parametrize(
    ("of", "attacks"),
    [
        (Filter(), {0, 1, 2, 3}),
        (Filter(until=FIRST.day.isoformat()), {0, 1}),
        (Filter(since="2031-03-02"), {2, 3}),
        (Filter(place=FIRST.town.name.upper()), {told.attack.number for told in WAR if told.attack.town == FIRST.town}),
        (Filter(place=FIRST.town.key), {told.attack.number for told in WAR if told.attack.town == FIRST.town}),
        (Filter(place="xz"), {0, 1, 2, 3}),
        (Filter(place="Nowhere"), set()),
        (Filter(actor=FIRST.side), {told.attack.number for told in WAR if told.attack.side == FIRST.side}),
        (Filter(type=FIRST.mode), {told.attack.number for told in WAR if told.attack.mode == FIRST.mode}),
        (Filter(type="assault"), {0, 1, 2, 3}),
        (Filter(type="PROTEST"), set()),
        (
            Filter(outlet=WAR[4].reading.outlet),
            {t.attack.number for t in WAR if t.reading.outlet == WAR[4].reading.outlet},
        ),
        (Filter(text=f"in {FIRST.town.name} on"), {t.attack.number for t in WAR if t.attack.town == FIRST.town}),
    ],
)
def test_incidents_by_filter(full: Record, of: Filter, attacks: set[int]) -> None:
    numbers = {told.reading.id: told.attack.number for told in WAR}
    found = {numbers[account.article.reading_id] for each in full.incidents(of) for account in each.accounts}
    assert found >= attacks
    assert {numbers[each.accounts[0].article.reading_id] for each in full.incidents(of)} == attacks


def test_incidents_come_by_date_with_all_their_accounts(full: Record) -> None:
    incidents = list(full.incidents())
    assert [incident.since for incident in incidents] == sorted(incident.since or "" for incident in incidents)
    assert [len(incident.accounts) for incident in incidents] == [4, 4, 4, 4]
    assert len(list(full.incidents(Filter(limit=2)))) == 2


def test_an_incident_is_found_by_any_of_its_accounts(full: Record) -> None:
    incident = next(full.incidents())
    assert [full.incident(account.id) for account in incident.accounts] == [incident] * 4
    assert incident.id == incident.accounts[0].id


def test_a_story_is_found_by_any_of_its_articles(full: Record) -> None:
    story = next(full.stories())
    assert {full.story("s" + article.id[1:]) for article in story.articles} == {story}
    (incident,) = full.incidents(Filter(story=story.id))
    assert incident.stories == (story.id,)
    assert story.places == tuple(place.name for place in incident.places)


def test_articles_come_by_publication(full: Record) -> None:
    days = [article.published for article in full.articles()]
    assert days == sorted(days, key=str) and len(days) == 16
    assert all(article.reading_id == full.reading(article.id).id for article in full.articles())


def test_labels_say_who_calls_whom_what(full: Record) -> None:
    cells = list(full.labels(Filter(outlet=WAR[0].reading.outlet, actor=FIRST.side)))
    assert {(cell.by, cell.of, cell.label, cell.tone) for cell in cells} == {
        (WAR[0].reading.outlet, FIRST.side, "terrorists", "hostile")
    }
    assert all(cell.scare_quotes and cell.by_outlet for cell in cells)
    assert [words.text for words in cells[0].evidence[0].focus] == ["terrorists"]
    assert list(full.labels(Filter(type="approving"))) == []


def test_claims_say_whose_word_it_is(full: Record) -> None:
    witness = WAR[0].reading.attributions[0].source[0].text
    claims = list(full.claims(Filter(actor=witness, until=FIRST.day.isoformat())))
    assert claims and {(claim.source, claim.speaker, claim.evidence.voice.kind) for claim in claims} == {
        (witness, None, "unnamed")
    }
    assert list(full.claims(Filter(text="no such words"))) == []
    assert len(list(full.claims(Filter(limit=3)))) == 3


def test_truces_have_one_line_of_steps(full: Record) -> None:
    (truce,) = full.truces()
    assert [step.step for step in truce.steps] == ["violated"] * len(truce.steps)
    assert [step.on for step in truce.steps] == sorted(step.on or "" for step in truce.steps)
    assert full.truce(truce.id) == truce and truce.parties == (FIRST.side,)


def test_search_finds_all_words_and_marks_them(full: Record) -> None:
    hits = list(full.search(f'{FIRST.town.name[:4]}* "people, {WAR[0].reading.attributions[0].source[0].text}"'))
    assert hits and all("\x02" in hit.snippet and "\x03" in hit.snippet for hit in hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert list(full.search("killing zzzznothing")) == []


def test_of_what_very_many_articles_have_the_last_that_came_come_first(
    full: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FREQUENT", len(WAR) // 2)
    found = [hit.article.id for hit in full.search("terrorists")]
    with full.connection() as connection:
        weighed = connection.dialect.name != "sqlite"  # PostgreSQL weighs an article by itself, at no cost
        came = list(connection.scalars(select(tables.articles.c.id).order_by(tables.articles.c.number.desc())))
    assert found == came or (weighed and sorted(found) == sorted(came))


@pytest.mark.parametrize("words", ["terrorists", FIRST.town.name, f'"in {FIRST.town.name}"', f"{FIRST.town.name[:4]}*"])
def test_what_is_sought_backwards_is_what_the_index_of_words_has(
    full: Record, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    found = {}
    for common in (0, 2):  # PostgreSQL takes any words for common, or none; a share above 1 is never reached
        monkeypatch.setattr(searching, "COMMON", common)
        found[common] = [hit.article.id for hit in full.search(words, Filter(limit=5))]
    assert found[0] == found[2] != []


@pytest.mark.parametrize("words", ["AND", '"', "a OR b NOT (c", "col:umn", "x^2", "naïve", "*", "-", "' \" '"])
def test_search_takes_any_words_as_words(full: Record, words: str) -> None:
    if any(map(str.isalnum, words)):
        list(full.search(words))
    else:
        with pytest.raises(RecordError, match="no word"):
            list(full.search(words))


def test_the_summary_counts_what_the_listings_list(full: Record) -> None:
    summary = full.summary()
    assert (summary.articles, summary.sources, summary.accounts) == (16, 16, 16)
    assert summary.incidents == len(list(full.incidents())) and summary.stories == len(list(full.stories()))
    assert summary.claims == len(list(full.claims())) and summary.truces == len(list(full.truces()))
    assert summary.labels == sum(cell.count for cell in full.labels()) and summary.failures == 0
    assert full.summary(Filter(place="Nowhere")).articles == 0
