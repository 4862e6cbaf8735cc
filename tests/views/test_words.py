import pytest

from onrecord.views import words
from tests.views import invented


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2016-10-14", "14 October 2016"),
        ("2016-10-04T18:30:00+02:00", "4 October 2016"),
        ("XXXX-09-22", "22 September"),
        ("2016-10", "October 2016"),
        ("2016", "2016"),
        ("XXXX-WXX-5", "XXXX-WXX-5"),
        (None, "undated"),
    ],
)
def test_a_date_is_written_as_one_reads_it(date, expected):
    assert words.day(date) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2016-10-14", "2016-10-14", "14 October 2016"),
        ("2016-10-14", "2016-10-15", "14–15 October 2016"),
        ("2016-09-30", "2016-10-02", "30 September – 2 October 2016"),
        ("2015-12-30", "2016-01-02", "30 December 2015 – 2 January 2016"),
        ("2016-10-14", None, "14 October 2016"),
        (None, None, "undated"),
    ],
)
def test_a_stretch_of_days_says_each_part_once(since, until, expected):
    assert words.days(since, until) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(70, 100, "70–100"), (12, 12, "12"), (370, None, "370 or more"), (None, 5, "up to 5"), (None, None, "")],
)
def test_a_range_is_open_where_the_wording_is(low, high, expected):
    assert words.span_of(low, high) == expected


def test_a_toll_has_its_best_figure_before_its_range():
    assert words.range_of(invented.KILLED) == "15 (8–15 or more)"
    assert words.range_of(invented.WOUNDED) == "3"


def test_events_have_names_and_unknown_ones_keep_their_codes():
    assert words.event_name("ASSAULT", "aerial") == "Air strike"
    assert words.event_name("ASSAULT", "new-mode") == "Attack"
    assert words.event_name("DANCE", "slow") == "DANCE slow"


def test_attacks_are_deeds_and_accusations_are_words():
    assert words.is_deed("ASSAULT")
    assert not words.is_deed("ACCUSE")


def test_a_figure_keeps_how_sure_its_wording_was():
    assert [words.figure_of(figure) for figure in invented.KILLED.figures] == ["8", "15 or more"]


def test_somebody_without_a_name_is_called_in_the_words_of_the_text():
    assert words.voice_of(invented.MILITARY) == "a military source"
    assert words.voice_of(invented.UN) == "United Nations"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("PT3H", "3 hours"), ("P1DT12H", "1 day 12 hours"), ("P3D", "3 days"), ("P", "P"), ("PXH", "PXH")],
)
def test_a_duration_is_written_as_one_reads_it(value, expected):
    assert words.duration(value) == expected
