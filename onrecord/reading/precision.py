"""How exactly a happening's place and days are told: the codes of ACLED and UCDP together."""

from __future__ import annotations

from onrecord.reading.date_ranges import acled_time_precision, ucdp_date_precision
from onrecord.reading.places.precision import acled_geo_precision, ucdp_where_precision
from onrecord.reading.schema import DateRange, PlaceLevel, Precision, WhereRelation


def precision_of(
    level: PlaceLevel | None, relation: WhereRelation | None, days: DateRange | None, *, part: bool = False
) -> Precision:
    """The codes of a happening whose narrowest place is of this level; a level or days of null: not told.

    `part` says that only a part of the place is meant ("northern Syria").
    """
    return Precision(
        acled_geo=acled_geo_precision(level, relation, part=part) if level is not None else None,
        acled_time=acled_time_precision(days) if days is not None else None,
        ucdp_where=ucdp_where_precision(level, relation, part=part) if level is not None else None,
        ucdp_date=ucdp_date_precision(days) if days is not None else None,
    )
