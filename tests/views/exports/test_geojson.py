"""GeoJSON by the rules of RFC 7946; the numbers in the names are its sections."""

import json
from dataclasses import replace

from onrecord.views.exports.geojson import geojson_of
from tests.views import invented

INCIDENTS = (invented.MARKET, invented.BOMB, invented.UNPLACED)


def collection(*incidents):
    return json.loads("".join(geojson_of(incidents)))


def test_3_3_it_is_a_feature_collection():
    made = collection(*INCIDENTS)
    assert set(made) == {"type", "features"}  # 4: no crs; 7.1: no members of geometries or features
    assert made["type"] == "FeatureCollection"
    assert collection() == {"type": "FeatureCollection", "features": []}


def test_3_2_each_feature_has_geometry_properties_and_an_id():
    for feature in collection(*INCIDENTS)["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert isinstance(feature["id"], str)
        assert isinstance(feature["properties"], dict)


def test_3_1_1_a_position_is_longitude_and_latitude_in_degrees():
    market, *_ = collection(*INCIDENTS)["features"]
    assert market["geometry"] == {"type": "Point", "coordinates": [37.16117, 36.20124]}


def test_3_2_what_has_no_place_has_a_null_geometry():
    assert collection(invented.UNPLACED)["features"][0]["geometry"] is None


def test_11_2_no_more_digits_than_are_known():
    exact = replace(invented.ALEPPO, longitude=37.161170000001, latitude=36.2)
    (feature,) = collection(replace(invented.MARKET, places=(exact,)))["features"]
    assert feature["geometry"]["coordinates"] == [37.16117, 36.2]


def test_how_exactly_it_is_known_is_told():
    province = replace(invented.ALEPPO, level="adm1")
    (feature,) = collection(replace(invented.MARKET, places=(province,)))["features"]
    assert [feature["properties"][name] for name in ("geo_precision", "where_prec", "time_precision")] == [3, 4, 1]


def test_tolls_keep_their_range_and_accounts_their_sentences():
    (feature,) = collection(invented.MARKET)["features"]
    assert feature["properties"]["tolls"][0] == {
        "effect": "killed", "status": None, "group": None, "low": 8, "best": 15, "high": 15, "open": True, "origins": 2,
    }  # fmt: skip
    assert feature["properties"]["accounts"][1]["voice"] == "a military source"
    assert feature["properties"]["accounts"][1]["sentences"] == [invented.TEXTS["a2"][3]]
