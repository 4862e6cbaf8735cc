"""An event of a list, ACLED's or UCDP's or the record's own, in the form in which they can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Kind = Literal["acled", "ucdp"]

_AROUND = {1: 0, 2: 3, 3: 15}
"""Days to both sides of ACLED's `event_date`, by its time precision: a week and a month have their middle there."""
_NEAR = {"acled": {1: 10.0, 2: 50.0, 3: 150.0},
         "ucdp": {1: 10.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 300.0, 6: 1000.0, 7: 300.0}}  # fmt: skip
"""Kilometres around the point within which it may have been, by the precision of the place; estimates of our own."""
_FORMS_OF_DAY = ("%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d %b %Y", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Event:
    """An event with the days in which it fell, the point around which it was, and how many were killed."""

    id: str
    first: date
    last: date
    place: str
    country: str
    point: tuple[float, float] | None
    """Latitude and longitude."""
    near: float
    """Kilometres around the point within which it may have been."""
    type: str
    sub_type: str
    low: int | None
    best: int | None
    """`None` where nothing is said of it."""
    high: int | None
    """`None`: open to above, or nothing is said."""

    @property
    def days(self) -> int:
        """How many days it may have been on."""
        return (self.last - self.first).days + 1


def event_of(kind: Kind, row: Mapping[str, str]) -> Event:
    """The event in a row of ACLED's or UCDP GED's columns; raises `ValueError` where a value cannot be one."""
    return _of_acled(row) if kind == "acled" else _of_ucdp(row)


def _of_acled(row: Mapping[str, str]) -> Event:
    day = _day(row["event_date"])
    around = timedelta(days=_AROUND[_whole(row["time_precision"], "time_precision", _AROUND)])
    killed = _number(row["fatalities"], "fatalities")
    return Event(
        id=row["event_id_cnty"],
        first=day - around,
        last=day + around,
        place=row["location"],
        country=row["country"],
        point=_point(row),
        near=_NEAR["acled"][_whole(row["geo_precision"], "geo_precision", _NEAR["acled"])],
        type=row["event_type"],
        sub_type=row["sub_event_type"],
        # ACLED writes 0 where nobody was killed and where nobody says so.
        low=killed or None,
        best=killed or None,
        high=killed or None,
    )


def _of_ucdp(row: Mapping[str, str]) -> Event:
    first, last = _day(row["date_start"]), _day(row["date_end"])
    if last < first:
        raise ValueError("date_end comes before date_start")
    return Event(
        id=row.get("relid") or row["id"],
        first=first,
        last=last,
        place=row["where_coordinates"],
        country=row["country"],
        point=_point(row),
        near=_NEAR["ucdp"][_whole(row["where_prec"], "where_prec", _NEAR["ucdp"])],
        type=row["type_of_violence"],
        sub_type="",
        low=_number(row["low"], "low"),
        best=_number(row["best"], "best"),
        high=_number(row["high"], "high"),
    )


def _day(value: str) -> date:
    text = value.strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    for form in _FORMS_OF_DAY:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"{value!r} is no date")


def _point(row: Mapping[str, str]) -> tuple[float, float] | None:
    if not row["latitude"].strip() or not row["longitude"].strip():
        return None
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is no point on the globe")
    return latitude, longitude


def _whole(value: str, name: str, known: Mapping[int, object]) -> int:
    number = _number(value, name)
    if number not in known:
        raise ValueError(f"{name} is {value!r} where it can be {', '.join(map(str, known))}")
    return number or 0


def _number(value: str, name: str) -> int | None:
    text = value.strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as fault:
        raise ValueError(f"{name} is {value!r}, which is no number") from fault
    if number != int(number):
        raise ValueError(f"{name} is {value!r}, which is no whole number")
    return int(number)
