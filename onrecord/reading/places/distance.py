"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

MEAN_EARTH_RADIUS_KM = 6371.0088
Point = tuple[float, float]


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance of two WGS 84 points (latitude, longitude in degrees) in kilometres.

    Haversine formula on a sphere of the Earth's mean radius; the error is under 0.6 %.
    """
    phi_a, phi_b = radians(a[0]), radians(b[0])
    half_chord = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * MEAN_EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))
