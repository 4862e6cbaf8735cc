"""The bundled sample, from its files to the record: what `onrecord demo` tells must be what its texts tell.

The truth was written by hand (`samples/expected.toml`); here stands of it what must never be lost again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.reading.batch import read_sources
from onrecord.record import Filter, Record
from onrecord.record.range_rules import RULES, RangeRule, Vote, best_of
from onrecord.record.shapes import IncidentOnRecord, TollRange, TruceOnRecord
from onrecord.sources import sources_in

EXPECTED = tomllib.loads((Path(__file__).parent.parent / "samples" / "expected.toml").read_text(encoding="utf-8"))
CW, FN, LH, ON, VT = "Continental Wire", "Free North Press", "The Levant Herald", "Orontes National News", "Volga Today"

# Of each happening: its day, mode, a place, a word of a title of it, the outlets that tell it, and the dead on its
# whole: the least and the greatest figure.
HAPPENINGS = [
    ("2017-09-05", "aerial", "Maaret al-Numan", "market", {CW, FN, LH, ON, VT}, (15, 31)),
    ("2017-09-07", "explosives", "Azaz", "nine", {CW, FN, ON, VT}, (6, 12)),
    ("2017-09-08", "heavy-weapons", "Aleppo", "shelling", {CW, FN, ON}, (5, 18)),
    ("2017-09-09", "abduct", "Saraqib", "abduct", {CW, FN, LH}, None),
    ("2017-09-11", "suicide-attack", "Midan", "Damascus", {LH, ON}, (5, 6)),
    ("2017-09-11", "explosives", "Barzeh", "Damascus", {LH, ON}, (3, 3)),
    ("2017-09-12", "heavy-weapons", "Atarib", "convoy", {CW, LH, VT}, (0, 3)),
    ("2017-09-13", "explosives", "Azaz", "courthouse", {CW, FN, VT}, (4, 4)),
    ("2017-09-16", "heavy-weapons", "Aleppo", "Aleppo", {LH, ON}, None),
]


@pytest.fixture(scope="module")
def record(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("demonstration") / "onrecord.db") as record:
        for outcome in read_sources(sources_in([str(samples)])):
            assert outcome.fault is None
            assert outcome.source is not None
            assert outcome.reading is not None
            record.add(outcome.source, outcome.reading)
        yield record


def _found(record: Record, day: str, mode: str, place: str, title: str) -> IncidentOnRecord:
    (incident,) = (
        each
        for each in record.incidents(Filter())
        if (each.since, each.mode) == (day, mode)
        and place in {named.name for named in each.places}
        and any(title in (account.article.title or "") for account in each.accounts)
    )
    return incident


def _all_killed(incident: IncidentOnRecord) -> TollRange | None:
    wholes = (each for each in incident.tolls if (each.effect, each.status, each.group) == ("killed", None, None))
    return next(wholes, None)


@pytest.mark.parametrize(("day", "mode", "place", "title", "outlets", "killed"), HAPPENINGS)
def test_a_happening_has_all_its_accounts_and_its_range(
    record: Record, day: str, mode: str, place: str, title: str, outlets: set[str], killed: tuple[int, int] | None
) -> None:
    incident = _found(record, day, mode, place, title)
    assert set(incident.outlets) == outlets
    toll = _all_killed(incident)
    assert (toll is None) == (killed is None)
    assert toll is None or (toll.low, toll.high) == killed


def _ranges() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The happening, effect and range of every toll for which the truth has a range."""
    for incident in EXPECTED["incidents"]:
        for effect in ("killed", "kidnapped"):
            if f"{effect}_range" in incident:
                yield incident["id"], effect, tuple(incident[f"{effect}_range"])


@pytest.mark.parametrize(("happening", "effect", "wanted"), list(_ranges()))
def test_every_range_is_that_of_the_truth(record: Record, happening: str, effect: str, wanted: tuple[int, int]) -> None:
    told = next(each for each in EXPECTED["incidents"] if each["id"] == happening)
    outlets = {EXPECTED["articles"][key]["outlet"] for key in told["accounts"]}
    fitting = [
        each
        for each in record.incidents(Filter())
        if (each.since, each.type) == (told["date"][0], told["type"])
        and set(each.outlets) == outlets
        and told.get("mode") in (None, each.mode)
    ]
    found = [
        (toll.low, toll.high)
        for each in fitting
        for toll in each.tolls
        if (toll.effect, toll.status, toll.group) == (effect, None, None)
    ]
    assert wanted in found


@pytest.mark.parametrize("rule", RULES)
def test_every_range_follows_from_the_figures_that_are_shown_with_it(record: Record, rule: RangeRule) -> None:
    """Low, high, best and disagreement worked out anew from what is printed: the numbers, who gives them, and when."""
    tolls = [toll for incident in record.incidents(Filter(rule=rule)) for toll in incident.tolls]
    assert len(tolls) > 30
    for toll in tolls:
        lows = [figure.low if figure.low is not None else figure.count for figure in toll.figures]
        highs = [figure.high if figure.high is not None else figure.count for figure in toll.figures]
        assert (toll.low, toll.high) == (min(filter(_is_told, lows)), max(filter(_is_told, highs)))
        votes = _last_words(toll)
        assert toll.best == best_of(votes, rule)
        most = max(sum(vote.number == other.number for other in votes) for vote in votes)
        assert toll.disagreement == pytest.approx(1 - most / len(votes), abs=1e-4)
        assert toll.origins == len(votes)


def _is_told(number: int | None) -> bool:
    return number is not None


def _last_words(toll: TollRange) -> list[Vote]:
    """What each origin said last; of what it said on one day the lower number."""
    last: dict[object, Vote] = {}
    for figure in sorted(toll.figures, key=lambda each: -(each.count or 0)):
        for origin in figure.origins:
            day = max((sentence.published or "")[:10] for sentence in origin.evidence)
            voice, first = origin.voice, origin.evidence[0]
            who = (voice.key or voice.name) if voice.kind in ("speaker", "agency") else (voice.name, first.article)
            number = figure.count if figure.count is not None else figure.low or 0
            if who not in last or day >= last[who].day:
                last[who] = Vote(number, figure.qualifier, day)
    return list(last.values())


# Of each article the steps of the truce that it tells, as far as they are read without fault.
STEPS = [
    (CW, "Russia and Turkey propose", {"proposed"}),
    (VT, "Moscow tables plan", {"proposed"}),
    (LH, "Syrian sides agree", {"agreed", "rejected"}),
    (CW, "Truce holds", {"agreed", "started"}),
    (CW, "Aid convoy comes under fire", {"violated"}),
    (CW, "extended by 48 hours", {"extended"}),
    (FN, "Regime breaches truce", {"violated"}),
    (LH, "Idlib truce collapses", {"ended", "collapsed"}),
]


@pytest.mark.parametrize(("outlet", "title", "steps"), STEPS)
def test_an_account_tells_its_steps_of_the_truce(record: Record, outlet: str, title: str, steps: set[str]) -> None:
    told = {
        step.step
        for truce in record.truces(Filter())
        for step in truce.steps
        if step.article.outlet == outlet and title in (step.article.title or "")
    }
    assert steps <= told


def test_a_breach_is_of_the_day_it_is_told_and_not_of_that_on_which_the_truce_began(record: Record) -> None:
    truce = _truce_of(record, "Syrian sides agree")
    days = {
        kind: [step.on for step in truce.steps if step.step == kind and step.on]
        for kind in ("started", "violated", "ended")
    }
    assert min(days["started"]) == "2017-09-10"
    assert days["violated"] and min(days["violated"]) >= "2017-09-11"
    assert days["ended"] and min(days["ended"]) >= "2017-09-13"


def test_the_truce_from_its_proposal_to_its_end_is_one(record: Record) -> None:
    truce = _truce_of(record, "Syrian sides agree")
    steps = {"proposed", "agreed", "rejected", "started", "violated", "extended", "ended", "collapsed"}
    assert steps <= {step.step for step in truce.steps}
    assert {place.name for place in truce.places} == {"Idlib", "Aleppo"}


def test_there_is_no_other_truce(record: Record) -> None:
    (truce,) = record.truces(Filter())
    assert {CW, FN, LH, VT} <= set(truce.outlets)


def _truce_of(record: Record, title: str) -> TruceOnRecord:
    (truce,) = (
        each for each in record.truces(Filter()) if any(title in (step.article.title or "") for step in each.steps)
    )
    return truce


def test_no_place_is_a_newsroom_and_no_happening_is_where_a_reporter_sat(record: Record) -> None:
    places = {place.name for incident in record.incidents(Filter()) for place in incident.places}
    assert places.isdisjoint({CW, FN, LH, ON, VT, "ONN", "Beirut"})


def test_no_number_of_other_news_comes_on_record(record: Record) -> None:
    never = set(EXPECTED["never"]["killed"])
    tolls = [toll.range for toll in record.tolls(Filter()) if toll.range.effect == "killed"]
    assert never.isdisjoint(figure for toll in tolls for figure in (toll.low, toll.best, toll.high))


def test_the_bombing_of_the_port_has_both_accounts(record: Record) -> None:
    assert set(_found(record, "2017-09-10", "suicide-attack", "Mogadishu", "checkpoint").outlets) == {CW, LH}


# Who is named as doing it, in which account, and how it is known.
BLAME = [
    ("2017-09-07", "explosives", "Azaz", "nine", CW, ("Islamic State", "accused")),
    ("2017-09-10", "suicide-attack", "Mogadishu", "checkpoint", LH, ("Al-Shabaab", "claimed")),
    ("2017-09-11", "suicide-attack", "Midan", "Damascus", LH, ("Islamic State", "claimed")),
    ("2017-09-11", "explosives", "Barzeh", "Damascus", LH, ("Islamic State", "accused")),
    ("2017-09-13", "explosives", "Azaz", "courthouse", FN, ("Islamic State", "claimed")),
    ("2017-09-05", "aerial", "Maaret al-Numan", "command post", ON, ("Syrian Arab Air Force", "stated")),
]


@pytest.mark.parametrize(("day", "mode", "place", "title", "outlet", "blame"), BLAME)
def test_an_account_says_who_did_it_and_how_that_is_known(
    record: Record, day: str, mode: str, place: str, title: str, outlet: str, blame: tuple[str, str]
) -> None:
    incident = _found(record, day, mode, place, title)
    told = {
        (party.name, party.blame)
        for account in incident.accounts
        if account.article.outlet == outlet
        for party in account.perpetrators
    }
    assert blame in told
