from dataclasses import replace

from onrecord.views.exports.incident_level import incident_table
from tests.views import invented


def row_of(incident):
    table = incident_table([incident])
    (row,) = table.rows
    return dict(zip([column.name for column in table.columns], row, strict=True))


def test_there_is_a_row_for_each_incident_with_its_range_and_origins():
    row = row_of(invented.MARKET)
    assert [row[f"killed_{part}"] for part in ("low", "best", "high", "open", "origins")] == [8, 15, 15, True, 2]
    assert [row[name] for name in ("origins", "accounts", "copies")] == [2, 3, 1]
    assert row["outlets"] == ("The Herald", "State News", "The Copyist")
    assert row["voices"] == ("doctors", "a military source")
    assert (row["first_published"], row["last_published"]) == ("2016-10-13", "2016-10-14")


def test_the_rule_and_the_disagreement_stand_beside_the_best_figure():
    told = replace(invented.KILLED, rule="informative", disagreement=2 / 3)
    row = row_of(replace(invented.MARKET, tolls=(told,)))
    assert (row["killed_rule"], row["killed_disagreement"]) == ("informative", 0.667)


def test_those_counted_apart_have_columns_of_their_own():
    children = replace(invented.KILLED, group="children", low=3, best=3, high=4)
    row = row_of(replace(invented.MARKET, tolls=(invented.KILLED, children)))
    assert [row[f"killed_children_{part}"] for part in ("low", "best", "high")] == [3, 3, 4]
    assert row["killed_women_best"] is None


def test_what_nobody_says_stays_empty():
    row = row_of(invented.UNPLACED)
    assert {row[name] for name in ("since", "place_key", "latitude", "geo_precision", "killed_low", "adm1")} == {None}


def test_the_site_is_the_narrowest_place_on_the_map():
    market = replace(invented.ALEPPO, name="the market", key=None, latitude=None, longitude=None, level="facility")
    row = row_of(replace(invented.MARKET, places=(market, invented.ALEPPO)))
    assert (row["place"], row["latitude"], row["adm1"]) == ("Aleppo", 36.20124, "Aleppo")
