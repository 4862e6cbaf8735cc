"""How exactly a place is known, in the codes of ACLED and of UCDP, so that records can be merged with theirs.

ACLED Codebook, "Geo precision"; Sundberg and Melander 2013, UCDP Georeferenced Event Dataset, "where_prec".
"""

from __future__ import annotations

from onrecord.reading.schema import AcledGeoPrecision, PlaceLevel, UcdpWherePrecision, WhereRelation

_POINTS = frozenset({"settlement", "facility"})


def acled_geo_precision(
    level: PlaceLevel, relation: WhereRelation | None = "in", *, part: bool = False
) -> AcledGeoPrecision | None:
    """ACLED's code: 1 a named town, 2 near a town or a small area, 3 a larger region; None for a country.

    `part` says that only a part of the place is meant ("northern Aleppo"). ACLED codes no event whose place is known
    by its country alone.
    """
    if level == "country":
        return 3 if part else None
    if level in {"adm1", "region", "sea"}:
        return 3
    if level == "adm2":
        return 2
    return 1 if relation in {None, "in"} else 2


def ucdp_where_precision(
    level: PlaceLevel, relation: WhereRelation | None = "in", *, part: bool = False
) -> UcdpWherePrecision:
    """UCDP's code: 1 the exact place, 2 a limited area around it, 3 a second-level and 4 a first-level region, 5 a part
    of a country or a stretch between places, 6 a country, 7 the sea or the air above it.

    `part` says that only a part of the place is meant ("northern Syria"); a part of a town or province is still it.
    """
    if level == "sea":
        return 7
    if level == "country":
        return 5 if part or relation in {"near", "between", "from-to"} else 6
    if relation in {"between", "from-to"} or level == "region":
        return 5
    if level in _POINTS:
        return 2 if relation == "near" else 1
    return 3 if level == "adm2" else 4
