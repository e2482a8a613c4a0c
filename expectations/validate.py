"""Checks a batch's tables and parts the rows that may be loaded from those held back."""

from __future__ import annotations

import json
import logging
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal

import pandas as pd
from pandas import DataFrame

from expectations.base import Batch, Computed, Expectation, Severity
from expectations.catalogue import TABLES, of_suite

Status = Literal["passed", "failed", "errored"]
SAMPLE_ROWS = 5
SAMPLE_TEXT = 300  # characters of a value in a sample
#: Failing rows are named by the frame's index, their number: to name them by a column costs GX a
#: look-up for each (115,000 of them are a quarter of all the time that 10,000 articles take).
_RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
#: What a rule of ours can raise when a table is not as it should be: a column is missing or holds
#: values of another kind. The rule is then errored: nobody knows whether it holds.
_RULE_ERRORS = (KeyError, TypeError, ValueError, AttributeError)
_QUARANTINE_COLUMNS = ["source", "line", "key", "level", "reason", "raw"]


@dataclass(frozen=True)
class CheckResult:
    """What came of one expectation.

    ``checked`` counts the rows that it had something to say about, ``unexpected`` those that
    failed; ``sample`` shows up to five of them; ``error`` says why it could not be judged.
    """

    suite: str
    expectation: str
    severity: Severity
    status: Status
    checked: int
    unexpected: int
    sentence: str
    sample: tuple[dict[str, Any], ...] = ()
    error: str | None = None
    holds_back: bool = False


@dataclass(frozen=True)
class Validation:
    """The results, the rows to load (the frames as given, fewer rows) and the rows held back.

    ``quarantined`` has the columns source, line, key, level, reason, raw (the row as JSON).
    """

    results: tuple[CheckResult, ...]
    kept: dict[str, DataFrame]
    quarantined: DataFrame

    @property
    def blocking(self) -> tuple[CheckResult, ...]:
        """Critical results that no quarantine answers: publishing on them would mislead.

        A critical rule that could not be judged, or that failed for the table as a whole.
        """
        return tuple(
            r
            for r in self.results
            if r.severity == "critical"
            and (r.status == "errored" or (r.status == "failed" and not r.holds_back))
        )

    def rows(self, run_id: str) -> DataFrame:
        """The results as rows of quality.check_result."""
        return pd.DataFrame(
            {
                "run_id": run_id,
                "suite": [r.suite for r in self.results],
                "expectation": [r.expectation for r in self.results],
                "severity": [r.severity for r in self.results],
                "status": [r.status for r in self.results],
                "checked": [r.checked for r in self.results],
                "unexpected": [r.unexpected for r in self.results],
                "sentence": [r.sentence for r in self.results],
                "sample": [_sample_json(r) for r in self.results],
            }
        )


def _sample_json(result: CheckResult) -> str:
    sample: list[dict[str, Any]] = list(result.sample)
    if result.error is not None:
        sample = [{"error": result.error}]
    return json.dumps(sample, ensure_ascii=False)


def validate(frames: Mapping[str, DataFrame], batch: Batch | None = None) -> Validation:
    """Run every expectation about these tables.

    Args:
        frames: a frame for each suite that is to be checked (articles, claims, places, dates,
            incidents, events), with the columns of its core table.
        batch: only to set the time that dates are checked against.

    Raises:
        KeyError: a frame's name is not the name of a suite.
    """
    frames = {suite: frame.reset_index(drop=True) for suite, frame in frames.items()}
    batch = Batch(frames) if batch is None else Batch(frames, batch.now)
    results: list[CheckResult] = []
    reasons: dict[str, dict[int, list[str]]] = {suite: {} for suite in frames}
    for suite in frames:
        for expectation, result, failing in check(of_suite(suite), batch):
            results.append(result)
            for position in failing if expectation.holds_back else ():
                why = f"{expectation.name}: {expectation.sentence}"
                reasons[suite].setdefault(position, []).append(why)
    _carry_over(frames, reasons)
    kept = {s: f.drop(index=list(reasons[s])).reset_index(drop=True) for s, f in frames.items()}
    return Validation(tuple(results), kept, _quarantined(frames, reasons))


@cache
def _great_expectations() -> tuple[ModuleType, ModuleType, Any]:
    """Great Expectations, its expectation classes, and a context in memory; silent and offline."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx
    import great_expectations.expectations as classes
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.data_context.types.base import logger as chatty

    chatty.setLevel(logging.ERROR)  # it sets itself to INFO, past its parent's level
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return gx, classes, context


Judged = tuple[Expectation, CheckResult, list[int]]


def check(expectations: tuple[Expectation, ...], batch: Batch) -> list[Judged]:
    """Each of one suite's expectations with its result and the positions of failing rows."""
    suite = expectations[0].suite
    frame = batch.frames[suite]
    checked, errors = _with_rule_columns(frame, expectations, batch)
    answers = _run_suite(suite, checked, [e for e in expectations if e.name not in errors])
    return [_judge(e, frame, answers.get(e.name, []), errors.get(e.name)) for e in expectations]


def _with_rule_columns(
    frame: DataFrame, expectations: tuple[Expectation, ...], batch: Batch
) -> tuple[DataFrame, dict[str, str]]:
    """The frame with a column for each row rule, and the rules that could not be computed."""
    columns: dict[str, Any] = {}
    errors = {}
    for rule in expectations:
        if isinstance(rule, Computed):
            try:
                columns[rule.column] = rule.holds_in(frame, batch)
            except _RULE_ERRORS as error:
                errors[rule.name] = f"{type(error).__name__}: {error}"
    return frame.assign(**columns), errors


def _run_suite(
    suite: str, frame: DataFrame, expectations: list[Expectation]
) -> dict[str, list[Any]]:
    """Great Expectations' results by the name of our expectation, one validation for all."""
    gx, classes, context = _great_expectations()
    compiled = []
    for expectation in expectations:
        for part in expectation.compile(classes):
            part.meta = {"name": expectation.name}
            compiled.append(part)
    used = {part.column for part in compiled} & set(frame.columns)
    narrow = frame[sorted(used)]  # GX copies and hashes all columns that it is given
    source = context.data_sources.add_pandas(suite)
    try:
        asset = source.add_dataframe_asset(suite)
        batch = asset.add_batch_definition_whole_dataframe(suite).get_batch({"dataframe": narrow})
        ran = batch.validate(
            gx.ExpectationSuite(name=suite, expectations=compiled), result_format=_RESULT_FORMAT
        )
    finally:
        context.data_sources.delete(suite)  # it would keep the frame in memory
    answers: dict[str, list[Any]] = {}
    for result in ran.results:
        answers.setdefault(result.expectation_config.meta["name"], []).append(result)
    return answers


def _judge(
    expectation: Expectation, frame: DataFrame, answers: list[Any], error: str | None
) -> Judged:
    raised = [error] if error else [text for a in answers if (text := _raised(a.exception_info))]
    failing = sorted({p for a in answers for p in _positions(a.result)})
    status: Status = "passed"
    if raised:
        status, failing = "errored", []
    elif not all(a.success for a in answers):
        status = "failed"
    result = CheckResult(
        suite=expectation.suite,
        expectation=expectation.name,
        severity=expectation.severity,
        status=status,
        checked=0 if raised else _checked(expectation, frame, answers),
        unexpected=len(failing) if expectation.about_rows else sum(not a.success for a in answers),
        sentence=expectation.sentence,
        sample=tuple(_sample(expectation, frame, failing[:SAMPLE_ROWS])),
        error=raised[0] if raised else None,
        holds_back=expectation.holds_back,
    )
    return expectation, result, failing


def _raised(info: dict[str, Any]) -> str | None:
    """The message of an exception inside Great Expectations, which reports and does not raise."""
    if "raised_exception" in info:
        return str(info["exception_message"]) if info["raised_exception"] else None
    messages = [i["exception_message"] for i in info.values() if i.get("raised_exception")]
    return str(messages[0]) if messages else None


def _positions(result: dict[str, Any]) -> list[int]:
    return [int(position) for position in result.get("unexpected_index_list") or ()]


def _checked(expectation: Expectation, frame: DataFrame, answers: list[Any]) -> int:
    if not expectation.about_rows:
        return len(frame)
    counts = (a.result["element_count"] - a.result.get("missing_count", 0) for a in answers)
    return max(counts, default=0)


def _sample(
    expectation: Expectation, frame: DataFrame, positions: list[int]
) -> list[dict[str, Any]]:
    field = getattr(expectation, "field", None)
    wanted = [TABLES[expectation.suite].key, *([field] if field else []), *expectation.shows]
    columns = [c for c in dict.fromkeys(wanted) if c in frame.columns]
    return [
        {column: _plain(frame.at[position, column], SAMPLE_TEXT) for column in columns}
        for position in positions
    ]


def _plain(value: Any, most: int | None = None) -> Any:
    """A cell as JSON has it: numbers, strings, lists; None for every kind of unknown."""
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        value = value.tolist() if hasattr(value, "tolist") else list(value)
    if isinstance(value, list):
        return [_plain(v, most) for v in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    return str(value)[:most]


def _carry_over(frames: Mapping[str, DataFrame], reasons: dict[str, dict[int, list[str]]]) -> None:
    """Hold back also the rows that a row held back takes along, until no more follow.

    What is read from an article goes with it; an incident goes with a claim that it is counted
    from and takes its other claims along, and a claim goes with the whole it is a part of: a toll
    is never published with a number missing behind it.
    """
    links = [
        *((suite, "version_id", "articles", "version_id") for suite in frames),
        ("incidents", "incident_id", "claims", "incident_id"),
        ("claims", "incident_id", "incidents", "incident_id"),
        ("claims", "parent_claim_id", "claims", "claim_id"),
    ]
    links = [link for link in links if link[0] in frames and link[2] in frames]
    grew = True
    while grew:
        grew = sum(_follow(frames, reasons, *link) for link in links) > 0


def _follow(
    frames: Mapping[str, DataFrame],
    reasons: dict[str, dict[int, list[str]]],
    suite: str,
    field: str,
    other: str,
    other_field: str,
) -> bool:
    """Hold back the rows of ``suite`` whose ``field`` is that of a row held back in ``other``."""
    if field not in frames[suite] or other_field not in frames[other] or not reasons[other]:
        return False
    held = frames[other].loc[list(reasons[other]), other_field].dropna()
    follows = frames[suite][field].isin(held).to_numpy().nonzero()[0].tolist()
    new = [position for position in follows if position not in reasons[suite]]
    why = f"goes with its {TABLES[other].level}, which is held back"
    reasons[suite].update({position: [why] for position in new})
    return bool(new)


def _quarantined(
    frames: Mapping[str, DataFrame], reasons: dict[str, dict[int, list[str]]]
) -> DataFrame:
    origin = _origins(frames.get("articles")) if any(reasons.values()) else {}
    rows = []
    for suite, held in reasons.items():
        frame, about = frames[suite], TABLES[suite]
        for position, why in sorted(held.items()):
            row = {str(name): _plain(value) for name, value in frame.loc[position].items()}
            rows.append(
                {
                    **origin.get(row.get("version_id"), {"source": None, "line": None}),
                    "key": row.get(about.key),
                    "level": about.level,
                    "reason": "; ".join(why),
                    "raw": json.dumps(row, ensure_ascii=False),
                }
            )
    return pd.DataFrame(rows, columns=_QUARANTINE_COLUMNS)


def _origins(articles: DataFrame | None) -> dict[Any, dict[str, Any]]:
    """Where each version was read from: its source and line."""
    if articles is None or not {"version_id", "source", "line"} <= set(articles.columns):
        return {}
    rows = zip(articles["version_id"], articles["source"], articles["line"], strict=True)
    return {version: {"source": _plain(s), "line": _plain(n)} for version, s, n in rows}
