"""A small published ledger, made without the flow. All events are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.warehouse.frames import batch, report, together
from warehouse.connect import writer
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.publish import publish

PARIS = {
    "place_name": "Paris", "geoname_id": 2988507, "lat": 48.8534, "lon": 2.3488,
    "country": "France", "country_code": "FR", "admin1": "Île-de-France",
}  # fmt: skip


def publish_ledger(home: Path) -> Path:
    """Four events: Odesa 30 April, Kherson 1 and 2 May, Paris 5 May 2026, Odesa on no known day."""
    days = {"date_start": date(2026, 5, 1), "date_end": date(2026, 5, 2), "date_prec": 2}
    paris = {"date_start": date(2026, 5, 5), "date_end": date(2026, 5, 5), **PARIS}
    undated = dict.fromkeys(("date_start", "date_end", "date_prec"))
    reports = [
        report("odesa", 3, text="x"),
        report("kherson", 5, place="Kherson", text="x", **days),
        report("paris", 2, text="x", **paris),
        report("someday", 1, text="x", **undated),
    ]
    with writer(home) as con:
        load(con, start_run(con, "test"), batch(**together(*reports)))
    publish(home)
    return home
