"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

#: Mean radius of the earth (IUGG), in kilometres.
EARTH_KM = 6371.0088


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance by the haversine formula, from degrees."""
    north, other_north = radians(lat), radians(other_lat)
    half = (
        sin((north - other_north) / 2) ** 2
        + cos(north) * cos(other_north) * sin(radians(lon - other_lon) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
