"""Puts the page together: template, style, script and data in one file, and quality.json."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.report import model
from expectations.report.model import ReportData
from expectations.report.payload import embedded

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).resolve().parent
#: In this order; each file is one part of a single function's body.
SCRIPTS = ("data.js", "draw.js", "map.js", "timeline.js", "events.js", "start.js")


def render(data: ReportData, out: Path, made_at: datetime | None = None) -> Path:
    """Write the report and, beside it, ``quality.json``.

    Args:
        data: What to show.
        out: Where the HTML file goes; replaced in one step.
        made_at: The time that the report bears, UTC; now by default.

    Returns:
        The HTML file.
    """
    made_at = made_at or datetime.now(UTC)
    out.parent.mkdir(parents=True, exist_ok=True)
    _replace(out, _page(data, made_at))
    _replace(out.with_name("quality.json"), _quality(data, made_at))
    return out


def _replace(path: Path, text: str) -> None:
    made = path.with_name(f".{path.name}")
    made.write_text(text, encoding="utf-8")
    made.replace(path)


def _page(data: ReportData, made_at: datetime) -> str:
    style = _asset("report.css")
    script = "\n".join(["(() => {", '"use strict";', *map(_asset, SCRIPTS), "})();"])
    return (
        _environment()
        .get_template("page.html")
        .render(
            data=data,
            made_at=made_at,
            status=model.status(data),
            style=style,
            script=script,
            policy=_policy(style, script),
            embedded=embedded(data),
        )
    )


def _asset(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that lets only this style and script in, and nothing out."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=_day,
        moment=_moment,
        number=_number,
        count=lambda value: "" if value is None else f"{value:,}",
        cell=_cell,
        words=lambda name: str(name).replace("_", " "),
        sample=model.sample,
        counted=model.counted,
    )
    return made


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at.day} {at:%B %Y}"


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.day} {at:%B %Y, %H:%M}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def _cell(value: Any) -> str:
    """A cell of a sample row."""
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quality(data: ReportData, made_at: datetime) -> str:
    """The report's findings for machines."""
    status = model.status(data)
    found = {
        "made_at": made_at,
        "state": status.state,
        "status": status.word,
        "because": status.because,
        "held_back": data.held_back,
        "totals": dict(data.totals),
        "runs": [dict(row) for row in data.run],
        "steps": [dict(row) for row in data.step],
        "expectations": [{**row, "sample": model.sample(row)} for row in data.check],
        "quarantine": [dict(row) for row in data.held],
        "corrections": [dict(row) for row in data.correction],
        "sources": [dict(row) for row in data.source],
        "worklist": [dict(row) for row in data.work],
    }
    return json.dumps(found, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
