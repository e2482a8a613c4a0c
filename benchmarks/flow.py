"""The whole flow by stage, and what Prefect takes of it: the same run with it and without.

Writes JSON to standard output; ``python -m benchmarks.flow``. Each run is a process of its own on
an empty warehouse, in turn; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks import texts
from benchmarks.extract import TEMPLATES, machine

if TYPE_CHECKING:
    from collections.abc import Callable

_SEED = 20240605


def main() -> None:
    """Measure and report; with a folder, be one of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many to make and load")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured, in turn")
    parser.add_argument("--run", metavar="PATH", help=argparse.SUPPRESS)
    parser.add_argument("--prefect", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    found = _run(given.run, given.prefect) if given.run else _report(given.articles, given.rounds)
    sys.stdout.buffer.write(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")


def _report(count: int, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "made.jsonl")
        rows = texts.articles(count, _SEED, TEMPLATES)
        source.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
        taken = [(ingested(source), ingested(source, prefect=True)) for _ in range(rounds)]
    plain, under = (min(runs, key=lambda run: run["seconds"]) for runs in zip(*taken, strict=True))
    return {
        "machine": machine(),
        "articles": count,
        "plain functions": plain,
        "under Prefect": under,
        "share of Prefect": {
            "of the flow's seconds": _share(plain, under, "seconds"),
            "of the flow's CPU seconds": _share(plain, under, "cpu"),
            "with its start": round(1 - plain["seconds"] / (under["seconds"] + under["start"]), 3),
        },
    }


def _share(plain: dict[str, Any], under: dict[str, Any], key: str) -> float:
    return round(1 - float(plain[key]) / float(under[key]), 3)


def ingested(source: Path, *, prefect: bool = False) -> dict[str, Any]:
    """A run in a process of its own, on an empty warehouse; seconds from the first step on.

    Args:
        source: What to read.
        prefect: Whether under Prefect, as `tollbook run`; else by its functions alone.
    """
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "benchmarks.flow", "--run", str(source)]
        environment = os.environ | {"TOLLBOOK_HOME": home}
        asked = [*command, *(["--prefect"] if prefect else [])]
        run = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = orjson.loads(run.stdout)
    return found


def _run(source: str, prefect: bool) -> dict[str, Any]:
    from flows import settings

    began = time.perf_counter()
    settings.set_up_prefect(settings.load())
    from flows import ingest

    stages: dict[str, float] = defaultdict(float)
    begun: list[float] = []
    _time_tasks(ingest, stages, begun, prefect)
    if prefect:
        ingest.ingest("made", [source])
    else:
        ingest.take_in("made", [source])
    ended = time.perf_counter()
    return {
        "seconds": round(ended - begun[0], 2),
        "cpu": round(_cpu(), 2),
        "start": round(begun[0] - began, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "stages": {name: round(seconds, 2) for name, seconds in stages.items()},
    }


def _cpu() -> float:
    """Of this process and of its workers that have ended; Prefect's server goes on, and is not."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _time_tasks(ingest: Any, stages: dict[str, float], begun: list[float], prefect: bool) -> None:
    """Time what each task does; without Prefect the tasks become the functions that they wrap."""
    from prefect.tasks import Task

    for name, made in list(vars(ingest).items()):
        if isinstance(made, Task):
            timed = _timed(made.fn, stages, made.name, begun)
            if prefect:
                made.fn = timed
            else:
                setattr(ingest, name, timed)
    if not prefect:
        ingest.show = lambda *_: None  # what it shows, it shows in Prefect


def _timed(
    function: Callable[..., Any], stages: dict[str, float], name: str, begun: list[float]
) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        begun.append(start)
        try:
            return function(*args, **kwargs)
        finally:
            stages[name] += time.perf_counter() - start

    return timed


if __name__ == "__main__":
    main()
