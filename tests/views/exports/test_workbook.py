import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from onrecord.errors import OnRecordError
from onrecord.views.exports import workbook
from onrecord.views.exports.columns import Column, Table
from onrecord.views.exports.report_level import report_table
from onrecord.views.exports.workbook import write_workbook
from tests.views import invented

WORDS = (Column("words", "text", "", "what is said"),)


def read_again(table):
    file = io.BytesIO()
    write_workbook(file, table)
    return load_workbook(io.BytesIO(file.getvalue()))


def test_the_rows_come_back_with_numbers_as_numbers():
    book = read_again(report_table([invented.MARKET]))
    names, *rows = book["report"].iter_rows(values_only=True)
    first = dict(zip(names, rows[0], strict=True))
    assert len(rows) == 3
    assert (first["incident"], first["longitude"], first["account_killed_low"]) == ("ia1", 37.16117, 15)
    assert first["account_killed_open"] == "yes"
    assert first["account_wounded_low"] is None


def test_no_cell_is_a_formula_or_a_link():
    weapons = ("=HYPERLINK(1)", "http://evil.example", "+1")
    armed = replace(invented.BOMB, accounts=(replace(invented.BOMB.accounts[0], weapons=weapons),))
    sheet = read_again(report_table([armed]))["report"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert "'=HYPERLINK(1); http://evil.example; '+1" in [cell.value for cell in cells]


def test_what_the_columns_mean_stands_on_a_sheet_of_its_own():
    book = read_again(Table("report", WORDS, [("a",)]))
    assert list(book["columns"].iter_rows(values_only=True)) == [("column", "meaning"), ("words", "what is said")]


def test_a_text_longer_than_a_cell_is_cut_with_a_mark():
    sheet = read_again(Table("report", WORDS, [("a" * 40_000,)]))["report"]
    assert sheet["A2"].value == "a" * 32_766 + "…"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(OnRecordError, match="more rows than a sheet can hold"):
        read_again(Table("report", WORDS, [("a",)] * 3))


def test_the_same_table_gives_the_same_bytes():
    one, other = io.BytesIO(), io.BytesIO()
    write_workbook(one, report_table([invented.MARKET]))
    write_workbook(other, report_table([invented.MARKET]))
    assert one.getvalue() == other.getvalue()
