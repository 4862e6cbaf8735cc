"""Which accounts are of one happening, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.days import iso
from onrecord.record.features import Features, Where
from onrecord.record.matching import ACCOUNTS, IMPOSSIBLE, STEPS, kilometres, same_incident, same_truce, total

DAY = date(2031, 3, 1).toordinal()
IDRIN = Where("geonames:9000001", 35.5, 38.0, "XZ", "settlement")
SUBURB = Where("geonames:9000002", 35.53, 38.02, "XZ", "settlement")
FAR = Where("geonames:9000003", 34.0, 40.0, "XZ", "settlement")
PROVINCE = Where("geonames:9000004", 35.2, 38.3, "XZ", "adm1")
COUNTRY = Where("geonames:9000005", 35.0, 39.0, "XZ", "country")
ABROAD = Where("geonames:9000006", 35.5, 38.0, "XY", "settlement")
RAID = Features(
    "ASSAULT", "aerial", "reported", DAY, DAY, True, (IDRIN,), ("army",), (), {"killed": (14, 14)}, {"bakery": 5.0}
)

NEVER = IMPOSSIBLE / 2
"""What no other points make up for."""

ONE = {
    "told the same": {},
    "with a toll that rose a little": {"tolls": {"killed": (17, 17)}},
    "that names only the province": {"places": (PROVINCE,)},
    "of the day after, by the same words": {"since": DAY + 1, "until": DAY + 1},
    "without a toll": {"tolls": {}},
    "without a mode": {"mode": None},
    "by another named as doing it": {"doers": ("rebels",)},
}
OTHER = {
    "in another town": {"places": (FAR,)},
    "abroad": {"places": (ABROAD,)},
    "a week later": {"since": DAY + 7, "until": DAY + 7},
    "of another type": {"type": "COERCE"},
    "of another mode and toll": {"mode": "suicide-attack", "tolls": {"killed": (60, 60)}, "words": {"mosque": 5.0}},
    "with many more dead and other words": {"tolls": {"killed": (90, 90)}, "words": {"hospital": 5.0}},
    "that is only planned": {"status": "planned", "words": {}, "tolls": {}},
}


@pytest.mark.parametrize("change", ONE.values(), ids=ONE.keys())
def test_an_account_of_the_same_raid(change: dict[str, object]) -> None:
    assert total(same_incident(RAID, replace(RAID, **change))) >= ACCOUNTS.rule.cut  # type: ignore[arg-type]


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER.keys())
def test_an_account_of_another_attack(change: dict[str, object]) -> None:
    assert total(same_incident(RAID, replace(RAID, **change))) < ACCOUNTS.rule.cut  # type: ignore[arg-type]


def test_each_point_says_why() -> None:
    reasons = {point.reason: point.weight for point in same_incident(RAID, RAID)}
    assert reasons["on the same day"] == 2.0 and reasons["the same place (settlement)"] == 2.0
    assert "both 14 killed" in reasons and "both have army named as doing it" in reasons


def test_a_country_says_little_of_where() -> None:
    vague = replace(RAID, places=(COUNTRY,), tolls={}, words={}, doers=())
    assert total(same_incident(vague, vague)) < ACCOUNTS.rule.cut


def test_two_towns_of_one_country_are_two_places_though_both_accounts_name_the_country() -> None:
    there = replace(RAID, places=(IDRIN, COUNTRY))
    assert total(same_incident(there, replace(there, places=(FAR, COUNTRY)))) < NEVER
    assert total(same_incident(there, replace(there, places=(COUNTRY,)))) > NEVER


def test_towns_of_one_province_are_no_nearer_for_it() -> None:
    there = replace(RAID, places=(IDRIN, PROVINCE))
    assert total(same_incident(there, replace(there, places=(FAR, PROVINCE)))) < NEVER


def _points(a: Features, b: Features) -> dict[str, float]:
    return {point.reason: point.weight for point in same_incident(a, b)}


def test_a_name_that_is_on_no_map_is_near_nothing_where_the_town_is_known() -> None:
    misread = replace(RAID, places=(replace(FAR, key="far monitor", latitude=None, longitude=None, level=None), FAR))
    assert total(same_incident(misread, RAID)) < NEVER
    unknown = replace(misread, places=misread.places[:1])
    assert total(same_incident(unknown, RAID)) > NEVER
    assert "the same place (name)" in _points(unknown, unknown)


def test_two_parts_of_one_town_speak_against_one_attack() -> None:
    market = Where("place:market-side", 35.50, 38.00, "XZ", "facility")
    harbour = Where("place:harbour-side", 35.53, 38.00, "XZ", "facility")
    there, elsewhere = (replace(RAID, places=(part, IDRIN)) for part in (market, harbour))
    assert total(same_incident(there, elsewhere)) == pytest.approx(total(same_incident(there, RAID)) - 1.2)
    both = replace(RAID, places=(market, harbour, IDRIN))
    assert total(same_incident(there, both)) > total(same_incident(there, elsewhere))


def test_what_one_calls_a_clinic_another_calls_a_hospital() -> None:
    clinic, hospital, mosque = (
        replace(RAID, sites=sites)
        for sites in (("(health)", "clinic"), ("(health)", "hospital"), ("(worship)", "mosque"))
    )
    assert total(same_incident(clinic, hospital)) >= total(same_incident(clinic, RAID))
    assert _points(clinic, mosque)["clinic and mosque are different sites"] < -2.0


def test_a_set_sentence_of_one_outlet_with_another_day_is_of_another_attack() -> None:
    daily = replace(RAID, outlet="the daily")
    tomorrow = replace(daily, since=DAY + 1, until=DAY + 1)
    assert total(same_incident(daily, tomorrow)) < ACCOUNTS.rule.cut
    assert total(same_incident(daily, replace(tomorrow, outlet="another"))) >= ACCOUNTS.rule.cut
    in_other_words = replace(tomorrow, words={"hospital": 5.0})
    assert "one outlet says the same of two days" not in _points(daily, in_other_words)


def test_weeks_that_only_touch_overlap_hardly() -> None:
    week, within, next_week = (
        replace(RAID, since=DAY + first, until=DAY + last) for first, last in ((0, 6), (2, 3), (6, 12))
    )
    assert _points(week, within)["days overlap"] == 1.0
    assert _points(week, next_week)["days overlap"] == pytest.approx(1 / 7)


def test_where_no_day_is_known_it_may_have_been_any() -> None:
    undated = replace(RAID, since=None, until=None, dated=False)
    assert _points(undated, RAID)["a date is not known"] < 0


def _undated(published: int) -> Features:
    return replace(RAID, since=published - 3, until=published, dated=False, tolls={}, words={})


def test_undated_news_of_other_days_is_of_other_attacks() -> None:
    weights = [total(same_incident(_undated(DAY), _undated(DAY + later))) for later in (0, 1, 2, 3, 5)]
    assert weights == sorted(weights, reverse=True) and weights[0] - weights[3] > 1.5
    assert weights[-1] < NEVER


def test_what_is_printed_the_day_before_is_hardly_news_of_it() -> None:
    raid = replace(RAID, tolls={}, words={})
    told_before, told_after = (total(same_incident(_undated(DAY + days), raid)) for days in (-1, 1))
    assert told_before < ACCOUNTS.rule.cut - 1.0 < told_after
    assert same_incident(_undated(DAY - 1), raid) == same_incident(raid, _undated(DAY - 1))


def test_a_day_of_a_month_says_nothing_for_one_that_is_known_to_the_month() -> None:
    month = replace(RAID, since=DAY, until=DAY + 30)
    day = {point.reason: point.weight for point in same_incident(RAID, month)}
    both = {point.reason: point.weight for point in same_incident(month, month)}
    assert day["within the same 31 days"] < 0 < both["days overlap"]


def test_few_attacks_are_made_with_poison() -> None:
    gas = replace(RAID, mode="unconventional")
    assert total(same_incident(gas, gas)) == total(same_incident(RAID, RAID)) + 1.0


FEATURES = st.builds(
    Features,
    type=st.sampled_from(["ASSAULT", "COERCE"]),
    mode=st.sampled_from([None, "aerial", "destroy"]),
    status=st.sampled_from(["reported", "planned"]),
    since=st.sampled_from([None, DAY, DAY + 1]),
    until=st.sampled_from([None, DAY + 1, DAY + 4]),
    dated=st.booleans(),
    places=st.lists(st.sampled_from([IDRIN, SUBURB, FAR, PROVINCE, COUNTRY]), max_size=2).map(tuple),
    doers=st.lists(st.sampled_from(["army", "rebels"]), unique=True).map(sorted).map(tuple),
    struck=st.just(()),
    tolls=st.sampled_from([{}, {"killed": (3, 3)}, {"killed": (40, None), "wounded": (1, 2)}]),
    words=st.sampled_from([{}, {"bakery": 2.0}, {"bakery": 1.0, "mosque": 3.1}]),
)


@given(FEATURES, FEATURES)
def test_it_does_not_matter_which_account_comes_first(a: Features, b: Features) -> None:
    assert total(same_incident(a, b)) == total(same_incident(b, a))
    assert total(same_truce(a, b)) == total(same_truce(b, a))


@given(FEATURES)
def test_features_are_kept_as_they_are(features: Features) -> None:
    assert Features.from_bytes(features.as_bytes()) == features


def test_steps_a_month_apart_are_of_different_truces() -> None:
    step = replace(RAID, type="ceasefire", mode="agreed")
    assert total(same_truce(step, replace(step, mode="violated", since=DAY + 4))) >= STEPS.rule.cut
    assert total(same_truce(step, replace(step, since=DAY + 45))) <= IMPOSSIBLE


def test_truces_that_began_on_one_day_are_one_however_late_they_are_told_of() -> None:
    began = replace(RAID, type="ceasefire", mode="started", marks=(iso(DAY) or "",))
    later = replace(began, mode="violated", since=DAY + 120, words={}, doers=())
    assert total(same_truce(began, later)) >= STEPS.rule.cut
    assert total(same_truce(began, replace(later, marks=("P3D",)))) <= IMPOSSIBLE
    assert total(same_truce(began, replace(later, marks=("XXXX-10-14",)))) <= IMPOSSIBLE


def test_what_one_calls_a_pause_another_calls_a_ceasefire() -> None:
    bare = replace(RAID, article="a", type="ceasefire", mode="proposed", doers=(), words={}, places=(COUNTRY,))
    assert total(same_truce(bare, replace(bare, article="b", type="humanitarian-pause"))) >= STEPS.rule.cut
    assert total(same_truce(bare, replace(bare, article="b", type="corridor"))) < STEPS.rule.cut


def test_distance_is_that_on_a_globe() -> None:
    pole, equator = Where("p", 90.0, 0.0, None, None), Where("e", 0.0, 77.0, None, None)
    assert kilometres(pole, equator) == pytest.approx(10007.557, abs=0.01)
    assert kilometres(pole, replace(pole, latitude=None)) is None


def test_a_breach_may_be_anywhere_and_is_nobodys_but_its_doers() -> None:
    started = replace(RAID, type="ceasefire", mode="started", article="one", doers=("rebels",))
    breach = replace(started, mode="violated", article="other", places=(FAR,), doers=("army",))
    again = replace(started, article="other", places=(FAR,), doers=("army",))
    assert total(same_truce(started, breach)) > total(same_truce(started, again))
