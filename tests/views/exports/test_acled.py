from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.shapes import Named
from onrecord.views.exports.acled import acled_row, acled_rows, acled_table
from onrecord.views.exports.columns import names_of
from onrecord.views.exports.lasting import split_evenly
from tests.views import invented
from tests.views.exports.making import incident, toll
from tests.views.exports.test_decided import CORRECTED

KILLED = (toll(6, 9, 12),)
EXPLOSION, AGAINST_CIVILIANS = "Explosions/Remote violence", "Violence against civilians"


def coded(given):
    row = acled_row(given)
    return None if row is None else dict(zip(names_of("acled"), row, strict=True))


@pytest.mark.parametrize(
    ("given", "event", "sub_event", "disorder"),
    [
        (incident("aerial", tolls=KILLED), EXPLOSION, "Air/drone strike", "Political violence"),
        (incident("drone"), EXPLOSION, "Air/drone strike", "Political violence"),
        (incident("unconventional"), EXPLOSION, "Chemical weapon", "Political violence"),
        (incident("suicide-attack"), EXPLOSION, "Suicide bomb", "Political violence"),
        (incident("heavy-weapons"), EXPLOSION, "Shelling/artillery/missile attack", "Political violence"),
        (incident("heavy-weapons", by=("rebels", "soldiers")), "Battles", "Armed clash", "Political violence"),
        (incident("explosives"), EXPLOSION, "Remote explosive/landmine/IED", "Political violence"),
        (incident("explosives", weapons=("a grenade",)), EXPLOSION, "Grenade", "Political violence"),
        (
            incident("explosives", status="attempted"),
            "Strategic developments", "Disrupted weapons use", "Strategic developments",
        ),
        (incident("sexual"), AGAINST_CIVILIANS, "Sexual violence", "Political violence"),
        (incident("abduct"), AGAINST_CIVILIANS, "Abduction/forced disappearance", "Political violence"),
        (incident("firearms", by=("gunmen",), to=("farmers",)), AGAINST_CIVILIANS, "Attack", "Political violence"),
        (incident("firearms", by=("gunmen",), to=("soldiers",)), "Battles", "Armed clash", "Political violence"),
        (incident(None, by=("rebels", "soldiers")), "Battles", "Armed clash", "Political violence"),
        (incident("firearms", tolls=KILLED), AGAINST_CIVILIANS, "Attack", "Political violence"),
        (
            incident("destroy", things=("a mill",)),
            "Strategic developments", "Looting/property destruction", "Strategic developments",
        ),
        (
            incident("crowd-control", by=("police",), to=("protesters",), tolls=KILLED),
            "Protests", "Excessive force against protesters", "Political violence; Demonstrations",
        ),
        (
            incident("crowd-control", by=("police",), to=("protesters",)),
            "Protests", "Protest with intervention", "Demonstrations",
        ),
        (incident("demo", "PROTEST", by=("students",)), "Protests", "Peaceful protest", "Demonstrations"),
        (incident("riot", "PROTEST"), "Riots", "Violent demonstration", "Demonstrations"),
        (incident("arrest", "COERCE"), "Strategic developments", "Arrests", "Strategic developments"),
        (incident("ceasefire", "RETREAT"), "Strategic developments", "Agreement", "Strategic developments"),
    ],
)  # fmt: skip
def test_what_an_incident_is_called(given, event, sub_event, disorder):
    row = coded(given)
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == (event, sub_event, disorder)


@pytest.mark.parametrize(
    "given",
    [
        incident("visit", "CONSULT"),
        incident("strike", "PROTEST"),
        incident("firearms", status="denied", tolls=KILLED),
        incident("firearms", status="planned", tolls=KILLED),
        incident("aerial", since=None, until=None),
        incident("aerial", since="2016-01-01", until="2016-12-31"),
        incident("aerial", places=()),
        incident("aerial", places=(Named("Syria", "geonames:163843", 35.0, 38.0, "SY", "country"),)),
    ],
    ids=["talks", "strike", "denied", "planned", "undated", "a year", "no place", "a country"],
)
def test_what_is_not_coded_has_no_row(given):
    assert coded(given) is None


def test_a_whole_row():
    row = coded(incident("aerial", by=("Russian warplanes",), to=("farmers",), tolls=KILLED))
    assert {name: value for name, value in row.items() if value not in (None, "", ())} == {
        "event_id_cnty": "SYRia1",
        "event_date": "2016-10-12",
        "year": 2016,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Military Forces of Russia",
        "inter1": "External/Other forces",
        "actor2": "Civilians (Syria)",
        "inter2": "Civilians",
        "interaction": "External/Other forces-Civilians",
        "civilian_targeting": "Civilian targeting",
        "iso": 760,
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Aleppo",
        "location": "Aleppo",
        "latitude": 36.2012,
        "longitude": 37.1612,
        "geo_precision": 1,
        "source": ("The Herald", "State News", "The Copyist"),
        "notes": f"“{invented.TEXTS['a1'][3].splitlines()[0]}” (doctors, in The Herald, 13 Oct); killed: 9 (6–12); "
        "independent origins: 2",
        "fatalities": 6,
        "timestamp": 1476921600,
    }


@pytest.mark.parametrize(
    ("since", "until", "date", "precision"),
    [
        ("2016-10-12", "2016-10-12", "2016-10-12", 1),
        ("2016-10-10", "2016-10-16", "2016-10-13", 2),
        ("2016-10-01", "2016-10-31", "2016-10-16", 3),
    ],
)
def test_a_week_and_a_month_stand_in_their_middle(since, until, date, precision):
    row = coded(incident("aerial", since=since, until=until))
    assert (row["event_date"], row["time_precision"]) == (date, precision)


@pytest.mark.parametrize(("tolls", "fatalities"), [((), 0), ((toll(6, 9, 12),), 6), ((toll(3, 3, 3, "wounded"),), 0)])
def test_fatalities_are_the_lowest_number_and_silence_is_0(tolls, fatalities):
    assert coded(incident("aerial", tolls=tolls))["fatalities"] == fatalities


@pytest.mark.parametrize(
    ("given", "actors"),
    [
        (
            incident("aerial"),
            ("Unidentified Military Forces", "External/Other forces", "", "", "External/Other forces only"),
        ),
        (
            incident("firearms", by=("gunmen",), to=("farmers",)),
            ("Unidentified Armed Group (Syria)", "Political militia", "Civilians (Syria)", "Civilians",
             "Political militia-Civilians"),
        ),
        (
            incident("firearms", by=("terrorists",), to=("Syrian soldiers",)),
            ("Unidentified Armed Group (Syria)", "Political militia", "Military Forces of Syria", "State forces",
             "State forces-Political militia"),
        ),
        (
            incident("firearms", by=("Islamic State",), to=("farmers",)),
            ("Islamic State", "", "Civilians (Syria)", "Civilians", ""),
        ),
        (
            incident("crowd-control", by=("police",), to=("protesters",)),
            ("Protesters (Syria)", "Protesters", "Military Forces of Syria", "State forces", "State forces-Protesters"),
        ),
        (
            incident("suicide-attack", by=("a suicide bomber", "Al-Shabaab"), to=("farmers",)),
            ("Al-Shabaab", "", "Civilians (Syria)", "Civilians", ""),
        ),
        (incident("demo", "PROTEST"), ("Protesters (Syria)", "Protesters", "", "", "Protesters only")),
    ],
)  # fmt: skip
def test_who_met_whom(given, actors):
    row = coded(given)
    assert tuple(row[name] for name in ("actor1", "inter1", "actor2", "inter2", "interaction")) == actors


def test_coordinates_have_four_decimals():
    row = coded(incident("aerial", places=(replace(invented.ALEPPO, latitude=36.123456, longitude=-37.1),)))
    assert (row["latitude"], row["longitude"]) == (36.1235, -37.1)


def test_the_table_has_a_row_for_what_is_coded_alone():
    table = acled_table([incident("aerial"), incident("visit", "CONSULT"), incident("sexual")])
    assert [row[0] for row in table.rows] == ["SYRia1", "SYRia1"]


def lasting(sentence, since="2016-10-12", until="2016-10-16", killed=7):
    told = incident("firearms", by=("rebels", "soldiers"), tolls=(toll(killed, 9, 12),), since=since, until=until)
    (account,) = told.accounts
    said = replace(account.evidence[0], sentence=sentence)
    return replace(told, accounts=(replace(account, since=since, until=until, evidence=(said,)),))


def test_a_battle_of_five_days_is_five_rows_and_its_dead_are_split():
    rows = [dict(zip(names_of("acled"), row, strict=True)) for row in acled_rows(lasting("After five days of clashes"))]
    assert [row["event_date"] for row in rows] == [f"2016-10-{day}" for day in (12, 13, 14, 15, 16)]
    assert [row["fatalities"] for row in rows] == [3, 1, 1, 1, 1]
    assert {row["time_precision"] for row in rows} == {1}
    assert [row["event_id_cnty"] for row in rows] == [f"SYRia1-{at}" for at in (1, 2, 3, 4, 5)]
    assert "day 2 of 5 (2016-10-12 to 2016-10-16): the 7 dead of all days are split evenly" in rows[1]["notes"]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("They clashed for three straight days.", 5),
        ("It was the fifth consecutive day of shelling.", 5),
        ("A five-day offensive ended on Sunday.", 5),
        ("The dead of a week of heavy bombardment were buried.", 5),
        ("Nine men were killed in an ambush last week.", 1),
        ("After five days of calm nine men were shot.", 1),
        ("It came three days after the raids.", 1),
    ],
)
def test_only_what_went_on_has_a_row_for_each_day(sentence, rows):
    assert len(acled_rows(lasting(sentence))) == rows


def test_what_was_within_a_week_is_on_the_day_in_its_middle():
    (row,) = (dict(zip(names_of("acled"), row, strict=True)) for row in acled_rows(lasting("Nine men were shot.")))
    assert (row["event_date"], row["time_precision"], row["fatalities"]) == ("2016-10-14", 2, 7)


@given(st.integers(0, 5000), st.integers(1, 31))
def test_no_dead_are_lost_in_splitting(total, parts):
    split = split_evenly(total, parts)
    assert sum(split) == total and len(split) == parts
    assert split[0] >= split[-1] and set(split[1:]) <= {total // parts}


def test_what_people_decide_makes_a_row_new():
    before = coded(incident("aerial"))["timestamp"]
    made = replace(CORRECTED, at="2031-01-01T00:00:00+00:00")
    assert coded(incident("aerial", decisions=(made,)))["timestamp"] > (before or 0)
