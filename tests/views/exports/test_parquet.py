import io
import sys
from datetime import date

import pytest
from pyarrow import parquet

from onrecord.errors import OnRecordError
from onrecord.views.exports.columns import Column, Table
from onrecord.views.exports.parquet import write_parquet
from onrecord.views.exports.report_level import report_table
from tests.views import invented


def read_again(table):
    file = io.BytesIO()
    write_parquet(file, table)
    return parquet.ParquetFile(io.BytesIO(file.getvalue()))


def test_the_rows_come_back_with_their_types():
    table = report_table([invented.MARKET, invented.UNPLACED])
    first, *_, last = read_again(table).read().to_pylist()
    assert (first["since"], first["longitude"], first["account_killed_low"]) == (date(2016, 10, 12), 37.16117, 15)
    assert (first["account_killed_open"], first["perpetrators"]) == (True, ["Russia (suspected)"])
    assert (last["place_key"], last["latitude"], last["account_killed_low"]) == (None, None, None)


def test_text_is_kept_as_it_is():
    words = (Column("words", "text", "", "what is said"),)
    assert read_again(Table("report", words, [("=1+1",)])).read().to_pylist() == [{"words": "=1+1"}]


def test_the_columns_say_what_they_mean():
    schema = read_again(report_table([])).schema_arrow
    assert schema.field("incident").metadata[b"meaning"] == b"the incident's id on the record"


def test_rows_are_written_in_portions():
    words = (Column("number", "whole", "", "a number"),)
    file = read_again(Table("report", words, ((number,) for number in range(10_000))))
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 10_000)


def test_where_pyarrow_is_missing_the_advice_is_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OnRecordError, match=r"pip install 'onrecord\[parquet\]'"):
        write_parquet(io.BytesIO(), report_table([]))
