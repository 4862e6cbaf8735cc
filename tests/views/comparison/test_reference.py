"""Reading ACLED's and UCDP's lists; the events are invented."""

from datetime import date

import pytest

from onrecord.errors import DataError
from onrecord.views.comparison import read_reference
from onrecord.views.exports.columns import names_of

ACLED = {
    "event_id_cnty": "SYR1", "event_date": "2031-03-04", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "country": "Syria", "location": "Bokum", "latitude": "35.1", "longitude": "38.2",
    "geo_precision": "1", "fatalities": "3",
}  # fmt: skip
UCDP = {
    "id": "77", "relid": "SYR-2031-1-77",
    "date_start": "2031-03-04 00:00:00.000", "date_end": "2031-03-06 00:00:00.000",
    "where_prec": "4", "where_coordinates": "Bokum", "latitude": "35.1", "longitude": "38.2", "country": "Syria",
    "type_of_violence": "1", "best": "3", "high": "5", "low": "2",
}  # fmt: skip


@pytest.fixture
def written(tmp_path):
    """Writes a list of rows as the projects do, with all of their columns."""

    def write(kind, *rows, separator=",", bom=""):
        names = names_of(kind)
        lines = [separator.join(names), *(separator.join(row.get(name, "") for name in names) for row in rows)]
        path = tmp_path / "list.csv"
        path.write_text(bom + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_acled_is_known_by_its_header(written):
    reference = read_reference(written("acled", ACLED))
    (event,) = reference.events
    assert (reference.kind, reference.faults) == ("acled", ())
    assert (event.id, event.first, event.last, event.place) == ("SYR1", date(2031, 3, 4), date(2031, 3, 4), "Bokum")
    assert (event.low, event.best, event.high, event.point) == (3, 3, 3, (35.1, 38.2))


def test_ucdp_is_known_by_its_header(written):
    reference = read_reference(written("ucdp", UCDP))
    (event,) = reference.events
    assert reference.kind == "ucdp"
    assert (event.id, event.first, event.last) == ("SYR-2031-1-77", date(2031, 3, 4), date(2031, 3, 6))
    assert (event.low, event.best, event.high, event.near) == (2, 3, 5, 150.0)


@pytest.mark.parametrize("day", ["4 March 2031", "04-Mar-2031", "04-March-2031", "04/03/2031", "2031-03-04"])
def test_acled_writes_days_in_several_ways(written, day):
    assert read_reference(written("acled", ACLED | {"event_date": day})).events[0].first == date(2031, 3, 4)


@pytest.mark.parametrize(("separator", "bom"), [(";", ""), ("\t", ""), (",", "\ufeff")])
def test_other_separators_and_a_byte_order_mark_are_understood(written, separator, bom):
    assert len(read_reference(written("acled", ACLED, separator=separator, bom=bom)).events) == 1


def test_a_week_and_a_month_reach_around_their_middle(written):
    week, month = read_reference(
        written("acled", ACLED | {"time_precision": "2"}, ACLED | {"time_precision": "3"})
    ).events
    assert (week.days, month.days) == (7, 31)


def test_zero_is_what_acled_writes_where_nobody_says(written):
    assert read_reference(written("acled", ACLED | {"fatalities": "0"})).events[0].best is None


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"event_date": "soon"}, "list.csv:3: 'soon' is no date"),
        ({"event_date": "2031-02-30"}, "is no date"),
        ({"time_precision": "7"}, "time_precision is '7' where it can be 1, 2, 3"),
        ({"geo_precision": ""}, "geo_precision is ''"),
        ({"latitude": "95"}, "is no point on the globe"),
        ({"latitude": "north"}, "could not convert"),
        ({"fatalities": "many"}, "fatalities is 'many', which is no number"),
        ({"fatalities": "2.5"}, "which is no whole number"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_left_out(written, values, fault):
    reference = read_reference(written("acled", ACLED, ACLED | values))
    assert len(reference.events) == 1
    (told,) = reference.faults
    assert fault in str(told)
    assert "the line is left out" in str(told)


def test_days_that_run_backwards_are_a_fault(written):
    backwards = UCDP | {"date_end": "2031-03-01"}
    assert "date_end comes before date_start" in str(read_reference(written("ucdp", UCDP, backwards)).faults[0])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a,b\n1,2\n", "is neither ACLED's nor UCDP GED's list"),
        ("", "is neither ACLED's nor UCDP GED's list"),
        ("event_id_cnty,event_date,event_type,sub_event_type,country,location,latitude,longitude\n",
         "looks like ACLED but lacks the columns fatalities, geo_precision, time_precision"),
        (",".join(names_of("acled")) + "\n", "has no events"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_told(tmp_path, text, fault):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        read_reference(tmp_path / "list.csv")


def test_a_file_of_faults_alone_names_the_first(written):
    with pytest.raises(DataError, match=r"list\.csv:2: 'soon' is no date"):
        read_reference(written("acled", ACLED | {"event_date": "soon"}))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match=r"none\.csv: cannot be read"):
        read_reference(tmp_path / "none.csv")
