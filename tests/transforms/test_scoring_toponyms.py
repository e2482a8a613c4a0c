"""Places against toponyms marked by people: found, missed, put near or far."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.scoring import score

TEXT = "Kharkiv and Poltava were quiet."
KHARKIV = {"start": 0, "end": 7, "lat": 49.98, "lon": 36.25}
POLTAVA = {"start": 12, "end": 19, "lat": 49.59, "lon": 34.55}


def _place(start: int, end: int, lat: float | None = None, lon: float | None = None) -> Any:
    return {"start": start, "end": end, "text": TEXT[start:end], "lat": lat, "lon": lon}


@pytest.mark.parametrize(
    ("name", "places", "tp", "fp", "fn", "near"),
    [
        ("both right", [_place(0, 7, 50.0, 36.2), _place(12, 19, 49.6, 34.5)], 2, 0, 0, (2, 2)),
        ("one missed", [_place(0, 7, 50.0, 36.2)], 1, 0, 1, (1, 1)),
        ("far away", [_place(0, 7, 40.0, 20.0)], 1, 0, 1, (0, 1)),
        ("not resolved", [_place(0, 7)], 1, 0, 1, (0, 0)),
        ("overlaps", [_place(0, 11, 50.0, 36.2)], 1, 0, 1, (1, 1)),
        ("invented", [_place(25, 30, 50.0, 36.2)], 0, 1, 2, (0, 0)),
    ],
)
def test_toponyms(
    name: str, places: list[Any], tp: int, fp: int, fn: int, near: tuple[int, int]
) -> None:
    gold = {"id": "1", "text": TEXT, "toponyms": [KHARKIV, POLTAVA]}
    found = score("x", [gold], [{"id": "1", "places": places}])
    results = {result.metric: result for result in found.results}
    f1, point = results["f1"], results["within_161_km"]
    assert (f1.tp, f1.fp, f1.fn) == (tp, fp, fn)
    assert (point.tp, point.n) == near
