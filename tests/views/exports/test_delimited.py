import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.exports.cells import BEGINS_FORMULA, unarmed, written
from onrecord.views.exports.columns import Column, Table
from onrecord.views.exports.delimited import csv_pieces, hxl_pieces
from onrecord.views.exports.incident_level import incident_table
from onrecord.views.exports.report_level import report_table
from tests.views import invented

ARMED = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "|calc", "%x", "＝1", "＋1", "－1", "＠x"]
COLUMNS = (Column("words", "text", "#description", ""), Column("all", "list", "#group", ""))


def fields(pieces):
    return list(csv.reader(io.StringIO("".join(pieces), newline="")))


@pytest.mark.parametrize("text", ARMED)
def test_no_text_is_a_formula(text):
    assert unarmed(text) == f"'{text}"


@pytest.mark.parametrize("number", [-63.5, -1, 0, 12])
def test_numbers_stay_numbers(number):
    assert written(number) == number


def test_each_member_of_a_list_is_unarmed():
    assert written(("Hama", "=HYPERLINK(1)")) == "Hama; '=HYPERLINK(1)"


@given(st.lists(st.tuples(st.text(), st.lists(st.text(min_size=1), max_size=3).map(tuple)), max_size=5))
def test_whatever_the_texts_are_no_field_is_a_formula_and_nothing_is_lost(rows):
    read = fields(csv_pieces(Table("report", COLUMNS, rows)))
    assert len(read) == len(rows) + 1
    for (words, several), (field, joined) in zip(rows, read[1:], strict=True):
        assert not field.lstrip().startswith(BEGINS_FORMULA)
        assert field.removeprefix("'") == words.removeprefix("'")
        assert not joined.lstrip().startswith(BEGINS_FORMULA)
        assert all(part in joined for part in several)


def test_lines_end_as_the_standard_has_it():
    assert "".join(csv_pieces(Table("report", COLUMNS, [("a", ()), ("b", ())]))) == "words,all\r\na,\r\nb,\r\n"


@pytest.mark.parametrize("table_of", [report_table, incident_table])
def test_hxl_has_hashtags_under_the_names(table_of):
    table = table_of([invented.MARKET, invented.BOMB])
    names, tags, *rows = fields(hxl_pieces(table))
    assert tags == [column.tag for column in table.columns]
    assert all(tag.startswith("#") for tag in tags)
    assert {len(row) for row in rows} == {len(names)}
    plain = fields(csv_pieces(table_of([invented.MARKET, invented.BOMB])))
    assert rows == plain[1:]


def test_hxl_keeps_to_the_kinds_of_its_hashtags():
    _, tags, *rows = fields(hxl_pieces(incident_table([invented.MARKET, invented.BOMB])))
    for row in rows:
        for tag, value in zip(tags, row, strict=True):
            if tag.endswith("+disagreement") and value:
                assert 0 <= float(value) <= 1
            elif tag.startswith(("#affected", "#indicator")) and not tag.endswith("+open") and value:
                assert int(value) >= 0
            if tag in {"#date+start", "#date+end"}:
                assert len(value) == 10
