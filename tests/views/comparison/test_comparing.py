"""A record beside a list: what is in both, in one, and where tolls differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.shapes import Named
from onrecord.views.comparison import compare, read_reference
from onrecord.views.comparison.listing import comparison_listing, comparison_table, summary_of
from onrecord.views.exports.delimited import csv_pieces
from onrecord.views.exports.writing import table_of
from tests.views.exports.making import incident, toll

HOMS = Named("Homs", "geonames:169577", 34.72682, 36.72339, "SY", "settlement")
SHELLING = incident("heavy-weapons", id="i1", tolls=(toll(6, 9, 12),))
RAID = incident("aerial", id="i2", since="2016-10-13", until="2016-10-13", tolls=(toll(2, 2, 2),))
FAR = incident("aerial", id="i3", places=(HOMS,), tolls=(toll(5, 5, 5),))


@pytest.fixture
def list_of(tmp_path):
    """Writes what a list has, as the export of incidents."""

    def write(kind, *incidents):
        path = tmp_path / "list.csv"
        path.write_text("".join(csv_pieces(table_of(incidents, kind))), encoding="utf-8")
        return read_reference(path)

    return write


def states(comparison):
    return [
        (line.state, line.here.id if line.here else None, line.there.id[-2:] if line.there else None)
        for line in comparison.lines
    ]


@pytest.mark.parametrize("kind", ["acled", "ucdp"])
def test_what_is_in_both_is_matched_and_what_is_in_one_is_told(list_of, kind):
    comparison = compare([SHELLING, RAID], list_of(kind, RAID, FAR))
    assert sorted(states(comparison)) == [
        ("matched", "i2", "i2"),
        ("only-here", "i1", None),
        ("only-there", None, "i3"),
    ]


def test_a_number_that_nobody_gives_here_makes_a_differing_toll(list_of):
    comparison = compare([SHELLING], list_of("ucdp", replace(SHELLING, tolls=(toll(20, 25, 30),))))
    (line,) = comparison.lines
    assert (line.state, line.here.best, line.there.best) == ("differing", 9, 25)
    assert "toll 0.48 (25 against 12)" in str(line.points)


def test_of_two_alike_each_is_matched_with_its_nearest(list_of):
    later = replace(SHELLING, id="i9", since="2016-10-13", until="2016-10-13")
    comparison = compare([SHELLING, later], list_of("acled", later, SHELLING))
    assert states(comparison) == [("matched", "i1", "i1"), ("matched", "i9", "i9")]


def test_what_the_list_would_not_code_and_does_not_cover_is_counted_apart(list_of):
    elsewhere = incident("aerial", id="i5", places=(Named("Mosul", None, 36.3, 43.1, "IQ", "settlement"),))
    long_ago = incident("aerial", id="i6", since="2015-01-01", until="2015-01-01")
    comparison = compare([RAID, incident("visit", "CONSULT"), elsewhere, long_ago], list_of("acled", RAID))
    assert (comparison.not_coded, comparison.outside) == (1, 2)
    assert summary_of(comparison, "ACLED's list") == (
        "1 event in both, 0 with another toll; 0 only on the record; 0 only in ACLED's list. Left out: 1 incident that "
        "ACLED's list would not code, 2 incidents outside its days and countries."
    )


made = st.builds(
    lambda number, mode, day, north, killed, more: incident(
        mode,
        id=f"i{number}",
        since=f"2016-10-{day:02}",
        until=f"2016-10-{day:02}",
        places=(Named(f"Town {north}", None, 34 + north / 4, 37.0, "SY", "settlement"),),
        tolls=(toll(killed, killed + more, killed + 2 * more),) if killed is not None else (),
    ),
    st.integers(0, 10**6),
    st.sampled_from(["aerial", "heavy-weapons", "explosives", "firearms", "abduct", None]),
    st.integers(1, 28),
    st.integers(0, 8),
    st.none() | st.integers(0, 40),
    st.integers(0, 9),
)


@pytest.mark.parametrize("kind", ["acled", "ucdp"])
@given(incidents=st.lists(made, min_size=1, max_size=12, unique_by=lambda one: one.id))
def test_a_record_matches_all_of_its_own_export(kind, incidents, tmp_path_factory):
    table = table_of(incidents, kind)
    rows = list(table.rows)
    if not rows:
        return
    path = tmp_path_factory.mktemp("own") / "list.csv"
    path.write_text("".join(csv_pieces(replace(table, rows=rows))), encoding="utf-8")
    comparison = compare(incidents, read_reference(path))
    assert comparison.number("only-here", "only-there", "differing") == 0
    assert comparison.number("matched") == len(rows)
    assert comparison.not_coded == len(incidents) - len(rows)


def test_the_lines_can_be_listed_and_written(list_of):
    comparison = compare([SHELLING, RAID], list_of("ucdp", RAID, FAR))
    rows = sorted(comparison_listing(comparison.lines).rows)
    assert [row[:3] + row[6:8] for row in rows] == [
        ("matched", "i2", "i2", "2", "2"),
        ("only-here", "i1", "", "9 (6–12)", ""),
        ("only-there", "", "i3", "", "5"),
    ]
    table = comparison_table(comparison.lines)
    assert {len(row) for row in table.rows} == {len(table.columns)}
