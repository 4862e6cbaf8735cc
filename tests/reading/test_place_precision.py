"""Precision codes, by examples of the kind that the codebooks of ACLED and UCDP give."""

from __future__ import annotations

import pytest

from onrecord.reading.places.precision import acled_geo_precision, ucdp_where_precision
from onrecord.reading.schema import PlaceLevel, WhereRelation


@pytest.mark.parametrize(
    ("told", "level", "relation", "part", "acled", "ucdp"),
    [
        ("in the town of Marea", "settlement", "in", False, 1, 1),
        ("at the airport", "facility", "in", False, 1, 1),
        ("in eastern Aleppo city", "settlement", "in", True, 1, 1),
        ("25 km from Kunduz", "settlement", "near", False, 2, 2),
        ("on the outskirts of Damascus", "settlement", "near", False, 2, 2),
        ("on the road between Homs and Hama", "settlement", "between", False, 2, 5),
        ("from Kobani to Jarabulus", "settlement", "from-to", False, 2, 5),
        ("in Garmsir district", "adm2", "in", False, 2, 3),
        ("in Helmand province", "adm1", "in", False, 3, 4),
        ("in the Qalamoun mountains", "region", "in", False, 3, 5),
        ("in northern Syria", "country", "in", True, 3, 5),
        ("in Syria", "country", "in", False, None, 6),
        ("in the Gulf of Aden", "sea", "in", False, 3, 7),
        ("no relation told", "settlement", None, False, 1, 1),
    ],
)
def test_a_place_is_coded_by_how_exactly_it_is_told(
    told: str, level: PlaceLevel, relation: WhereRelation | None, part: bool, acled: int | None, ucdp: int
) -> None:
    assert acled_geo_precision(level, relation, part=part) == acled, told
    assert ucdp_where_precision(level, relation, part=part) == ucdp, told
