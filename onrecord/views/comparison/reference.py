"""Reading a reference list: a CSV file of ACLED or UCDP GED, told by its header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import DataError
from onrecord.views.comparison.events import Event, Kind, event_of

_NEEDED: dict[Kind, frozenset[str]] = {
    "acled": frozenset(
        "event_id_cnty event_date time_precision event_type sub_event_type country location latitude longitude "
        "geo_precision fatalities".split()
    ),
    "ucdp": frozenset(
        "id date_start date_end where_prec where_coordinates latitude longitude country type_of_violence best high "
        "low".split()
    ),
}
_NAMES: dict[Kind, str] = {"acled": "ACLED", "ucdp": "UCDP GED"}
_SEPARATORS = ",;\t"
_LONGEST_FIELD = 1 << 24


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference list: whose it is, its events, and the lines that could not be read, with the reason."""

    kind: Kind
    events: tuple[Event, ...]
    faults: tuple[DataError, ...]


def read_reference(path: str | Path) -> Reference:
    """The events of a CSV file of ACLED or UCDP GED.

    Lines that cannot be read are named in `faults` and left out. Raises `DataError` where the file cannot be read, is
    neither list, or has no line that can be read.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as fault:
        raise DataError(f"cannot be read ({fault.strerror})", where=str(path), advice="check its path") from fault
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text))
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        kind = _kind(rows.fieldnames or (), str(path))
        read = list(_read(kind, rows, str(path)))
    except csv.Error as fault:
        raise DataError(f"is no CSV ({fault})", where=str(path), advice="save the list as CSV again") from fault
    events = tuple(event for event in read if isinstance(event, Event))
    faults = tuple(fault for fault in read if isinstance(fault, DataError))
    if not events:
        raise faults[0] if faults else DataError("has no events", where=str(path), advice="download the list again")
    return Reference(kind, events, faults)


def _read(kind: Kind, rows: csv.DictReader[str], path: str) -> Iterator[Event | DataError]:
    for row in rows:
        values = {
            str(name).strip().lower(): value or "" for name, value in row.items() if isinstance(value, str | None)
        }
        try:
            yield event_of(kind, values)
        except ValueError as fault:
            yield DataError(str(fault), where=f"{path}:{rows.line_num}", advice="the line is left out")


def _kind(header: object, path: str) -> Kind:
    names = {str(name).strip().lower() for name in header} if isinstance(header, list) else set()
    for kind, needed in _NEEDED.items():
        if needed <= names:
            return kind
    nearest: Kind = max(_NEEDED, key=lambda kind: len(_NEEDED[kind] & names) / len(_NEEDED[kind]))
    missing = ", ".join(sorted(_NEEDED[nearest] - names))
    if len(_NEEDED[nearest] & names) * 2 < len(_NEEDED[nearest]):
        what = "is neither ACLED's nor UCDP GED's list"
        raise DataError(what, where=path, advice="give the CSV that they publish, with its header")
    raise DataError(f"looks like {_NAMES[nearest]} but lacks the columns {missing}", where=path,
                    advice="download the list again with all of its columns")  # fmt: skip


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return max(_SEPARATORS, key=header.count)
