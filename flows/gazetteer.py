"""The gazetteer's file: made from open data, added to from a GeoNames dump."""

from __future__ import annotations

from flows.gazetteer_build import build
from flows.gazetteer_dump import Imported, import_dump

__all__ = ["Imported", "build", "import_dump"]
