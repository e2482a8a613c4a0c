"""Loads into a growing warehouse: time and memory of each batch, file size, every view at the end.

The articles are those of benchmarks/ledger.py, made in a process of its own, so that the memory is
that of loading. Writes JSON to standard output. A million articles take twenty minutes.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.extract import machine
from benchmarks.ledger import BATCH, Ledger
from warehouse import dictionary, statements
from warehouse.connect import database, writer
from warehouse.ledger import finish_run, start_run
from warehouse.load import load

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    from warehouse.frames import Frames


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="how many to load")
    parser.add_argument("--home", type=Path, help="a data folder to keep; must be new")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = given.home or Path(scratch)
        report = {
            "machine": machine(),
            "batch": BATCH,
            "loads": loads(home, given.articles // BATCH),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "file_mb": database(home).stat().st_size // 1_000_000,
            "views_ms": views(home),
        }
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def loads(home: Path, batches: int) -> list[dict[str, Any]]:
    """Seconds of each load, on the wall and of the processors, with what was held before it."""
    context = get_context("spawn")
    queue: Queue[Frames] = context.Queue(2)
    maker = context.Process(target=_make, args=(queue, batches), daemon=True)
    maker.start()
    found = []
    for number in range(batches):
        frames = queue.get()
        wall, cpu = time.perf_counter(), time.process_time()
        with writer(home) as con:
            run_id = start_run(con, "benchmark")
            load(con, run_id, replace(frames, batch=1))
            finish_run(con, run_id)
        seconds = time.perf_counter() - wall
        spent = {"seconds": round(seconds, 2), "cpu": round(time.process_time() - cpu, 2)}
        found.append({"held": number * BATCH, **spent})
        sys.stderr.write(f"{found[-1]}\n")
    maker.join()
    return found


def _make(queue: Queue[Frames], batches: int) -> None:
    ledger = Ledger()
    for _ in range(batches):
        queue.put(ledger.next(BATCH))


def views(home: Path, rounds: int = 3) -> dict[str, int]:
    """Milliseconds of every view of mart, all of its rows and columns counted; the best round."""
    known = dictionary.load().objects
    names = [name for name in known if name.startswith("mart.") and statements.is_view(name)]
    with writer(home) as con:
        return {name: min(_asked(con, name) for _ in range(rounds)) for name in names}


def _asked(con: Any, name: str) -> int:
    """DuckDB makes only the columns that are used: each is."""
    began = time.perf_counter()
    con.execute(f"SELECT count(*), max(hash(COLUMNS(*))) FROM {name}").fetchall()
    return round(1000 * (time.perf_counter() - began))


if __name__ == "__main__":
    main()
