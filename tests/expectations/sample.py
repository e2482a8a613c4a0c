"""Rows as warehouse.report_data gives them, for a report of any number of invented events."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from expectations.report import ReportData
from transforms.model import TOLL_MEASURES

PLACES = (
    ("Izhevsk", "Udmurtiya Republic", "Russia", "RU", 56.85, 53.2),
    ("Orikhiv", "Zaporizhzhia Oblast", "Ukraine", "UA", 47.57, 35.79),
    ("El Obeid", "North Kordofan", "Sudan", "SD", 13.18, 30.22),
    ("Khan Younis", "Gaza Strip", "Palestinian Territory", "PS", 31.35, 34.31),
    ("Marib", "Marib", "Yemen", "YE", 15.46, 45.33),
    ("Beni", "North Kivu", "DR Congo", "CD", 0.49, 29.47),
)
KINDS = ("Air/drone strike", "Shelling/artillery/missile attack", "Armed clash", "Attack")
PUBLISHERS = ("Kama Courier", "Northern Wire", "Gulf Tribune")
HOSTILE = "</script><img src=x onerror=alert(1)>"
Rows = list[dict[str, Any]]


def _event(number: int) -> dict[str, Any]:
    name, admin1, country, code, lat, lon = PLACES[number % len(PLACES)]
    killed, injured = number * 7 % 23, number * 5 % 41
    day = date(2026, 11, 20) - timedelta(days=number % 60)
    tolls: dict[str, int | None] = {
        f"{measure}_{bound}": None for measure in TOLL_MEASURES for bound in ("low", "best", "high")
    }
    tolls |= {"killed_low": killed, "killed_best": killed + 1, "killed_high": killed + number % 4}
    tolls["killed_high"] = max(killed + 1, killed + number % 4)
    if number % 3:
        tolls |= {"injured_low": injured, "injured_best": None if number % 2 else injured}
    if number % 5 == 1:
        tolls |= {"hospitalised_low": 2, "hospitalised_best": 2, "hospitalised_high": 2}
    return {
        "event_id": f"e{number}",
        "date_start": day,
        "date_end": day,
        "date_prec": 1,
        "place_name": name,
        "country": country,
        "country_code": code,
        "admin1": admin1,
        "lat": lat + (number // 6 % 20) * 0.07,
        "lon": lon + (number // 120 % 20) * 0.09,
        "where_prec": 1,
        "stated_region": "Perm Krai" if number == 6 else None,
        "region_contradicted": number == 6,
        "sub_event_type": KINDS[number % len(KINDS)],
        "weapon": "drone" if number % 4 == 0 else None,
        "actors": [],
        **tolls,
        "n_articles": 3,
        "n_publishers": 3,
        "n_independent": 3,
    }


def _claims(event: dict[str, Any], number: int) -> Rows:
    rows = []
    for n, publisher in enumerate(PUBLISHERS):
        killed = event["killed_low"] + (n == 2)
        before, quote = "Rescuers searched on as ", f"{killed} people were killed"
        sentence = f"{before}{quote} in {event['place_name']} 🕯, the governor of the region said."
        rows.append(
            {
                "event_id": event["event_id"],
                "article_id": f"a{number}-{n}",
                "publisher": publisher,
                "title": f"Strike on {event['place_name']}" if number else HOSTILE,
                "url": f"https://news.example/{number}/{n}",
                "published_at": datetime(2026, 11, 20, 8 + n, 5),
                "measure": "killed",
                "low": killed,
                "best": killed,
                "high": None if n == 0 else killed,
                "qualifier": "at_least" if n == 0 else "exact",
                "relation": "total",
                "category": "civilian",
                "speaker": f"Governor Anna Bel{HOSTILE if number == 0 else ''}",
                "speaker_latin": None,
                "language": "en",
                "speaker_role": "governor",
                "certainty": "asserted",
                "sentence": sentence,
                "quote_start": len(before),
                "quote_end": len(before) + len(quote),
            }
        )
    return rows


def _figures(event: dict[str, Any]) -> Rows:
    return [
        {
            "event_id": event["event_id"],
            "measure": "killed",
            "low": event["killed_low"] + (n == 2),
            "best": event["killed_low"] + (n == 2),
            "high": None if n == 0 else event["killed_low"] + (n == 2),
            "published_at": datetime(2026, 11, 20, 8 + n, 5),
            "publishers": [publisher],
        }
        for n, publisher in enumerate(PUBLISHERS)
    ]


def _check(name: str, severity: str, status: str, unexpected: int, rows: Rows) -> dict[str, Any]:
    return {
        "suite": "claims",
        "expectation": name,
        "severity": severity,
        "status": status,
        "checked": 120,
        "unexpected": unexpected,
        "sentence": f"The rule {name.replace('_', ' ')} holds.",
        "sample": json.dumps(rows),
    }


def checks() -> Rows:
    """One expectation of each status and severity that a report must tell apart."""
    quote = [{"claim_id": "a1:c0", "quote": HOSTILE, "best": None}] * 2
    return [
        _check("claim_sex_known", "critical", "errored", 0, [{"error": "KeyError: 'sex'"}]),
        _check("claim_counts_in_order", "critical", "failed", 2, quote),
        _check("claim_number_plausible", "warning", "failed", 7, quote),
        _check("claim_counted_somewhere", "info", "failed", 30, quote),
        _check("claim_scope_known", "critical", "passed", 0, []),
    ]


def run(status: str = "completed", **changes: Any) -> dict[str, Any]:
    """A run of the ledger."""
    return {
        "name": "seeds/articles",
        "status": status,
        "started_at": datetime(2026, 11, 23, 6, 0),
        "ended_at": datetime(2026, 11, 23, 6, 1),
        "seconds": 61.25,
        "articles_in": 24,
        "loaded": 20,
        "unchanged": 4,
        "quarantined": 0,
        "adds_up": True,
        "message": None,
        **changes,
    }


def sources() -> Rows:
    """A source in each state that a report must tell apart."""
    counts = {"listed": 40, "articles": 31, "loaded": 7, "refused": 2, "held": 1204, "holes": 1}
    told = {
        "failed": "failed: gave 2 articles, fewer than its minimum of 5",
        "late": "late: due every 2 hours",
        "warned": "ok; gave 31 articles, more than its maximum of 30",
        "ok": "ok",
        "new": "not run yet",
    }
    return [
        {
            "name": f"{state}-wire",
            "kind": "feed",
            "publisher": f"The {state} wire",
            "language": "en",
            "schedule": "every 2 hours",
            "state": state,
            "health": health,
            "ended_at": None if state == "new" else datetime(2026, 11, 23, 5, 40),
            "last_completed_at": None,
            **(dict.fromkeys(counts) if state == "new" else counts),
        }
        for state, health in told.items()
    ]


def report_data(events: int = 40) -> ReportData:
    """A whole report: events, the claims behind them, rival figures, checks, a worklist, runs."""
    made = [_event(number) for number in range(events)]
    rival = made[:3]
    return ReportData(
        run=[run(quarantined=1, loaded=19), run("failed", message="out of disk")],
        step=[
            {"step": "extract", "rows_in": 24, "rows_out": 24, "rows_quarantined": 0, "seconds": 1}
        ],
        check=checks(),
        work=[
            {
                "rank": n + 1,
                "kind": "rival toll",
                "what": f"killed: point {n}",
                "event_id": event["event_id"],
                "place_name": event["place_name"],
                "measure": "killed",
            }
            for n, event in enumerate(made[:9])
        ],
        held=[{"level": "article", "reason": "The text is empty.", "n": 1, "example": "a.md:3"}],
        correction=[
            {
                "event_id": made[0]["event_id"],
                "key": "a0-0:c23-killed",
                "publisher": "Kama Courier",
                "field": "killed_best",
                "read_as": "21",
                "corrected_to": None,
                "reason": f"told by telephone {HOSTILE}",
                "who": "Ada",
            }
        ]
        if made
        else [],
        source=sources(),
        event=made,
        claim=[row for number, event in enumerate(made) for row in _claims(event, number)],
        figure=[row for event in rival for row in _figures(event)],
        agreement=[
            {
                "event_id": event["event_id"],
                "measure": "killed",
                "n_publishers": 3,
                "least": event["killed_low"],
                "most": event["killed_low"] + 1,
                "spread": n,
            }
            for n, event in enumerate(reversed(rival))
        ],
        total=[
            {
                "articles": 3 * events,
                "publishers": 3,
                "claims": 3 * events,
                "events": events,
                "first_published_at": datetime(2026, 9, 21),
                "last_published_at": datetime(2026, 11, 20),
            }
        ],
    )
