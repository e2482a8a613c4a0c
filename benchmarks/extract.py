"""How many articles a second `tollbook extract` reads, by stage and in one process and two.

Writes JSON to standard output. The figures to quote are the ratios: all of a run are taken in
turns, so that a busy machine is busy for each alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks import texts
from transforms import actors, compiled_folder, contract, dates, events, places, speakers, text
from transforms.casualties import find, lexicon
from transforms.extract import extract
from transforms.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TEMPLATES = Path(__file__).with_name("templates.toml")
_COMMAND = (sys.executable, "-c", "from flows.cli import main; main()")
_SEED = 20240605


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000, help="how many to make and read")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured, in turn")
    given = parser.parse_args()
    made = list(texts.articles(given.articles, _SEED, TEMPLATES))
    report = {
        "machine": machine(),
        "articles": len(made),
        "characters_an_article": round(sum(len(row["text"]) for row in made) / len(made)),
        "stages_ms_an_article": stages(made[:500], given.rounds),
        "processes": processes(made, given.rounds),
    }
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was."""
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "reader": "compiled" if compiled_folder().is_dir() else "sources",
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def stages(made: list[dict[str, str]], rounds: int) -> dict[str, float]:
    """The CPU time that each part of reading takes, in milliseconds an article; the best round."""
    read = [contract.article_from(row) for row in made]
    docs = [text.read(article.text) for article in read]
    found = [extract(article) for article in read]
    words, toponyms, day = lexicon.load("en"), gazetteer.load(), read[0].published_at
    parts: dict[str, Callable[[], object]] = {
        "tokens and sentences": lambda: [text.read(article.text) for article in read],
        "places": lambda: [places.read(doc, toponyms) for doc in docs],
        "dates": lambda: [dates.read(doc, day) for doc in docs],
        "speakers": lambda: [speakers.find(doc) for doc in docs],
        "casualty words and people": lambda: [find.find(doc, words) for doc in docs],
        "attacks and actors": lambda: [(events.find(doc), actors.find(doc)) for doc in docs],
        "JSON": lambda: [orjson.dumps(contract.to_row(extraction)) for extraction in found],
        "all of extract": lambda: [extract(article) for article in read],
    }
    taken = [{name: cpu(part) for name, part in parts.items()} for _ in range(rounds)]
    best = {name: 1000 * min(one[name] for one in taken) / len(read) for name in parts}
    apart = sum(value for name, value in best.items() if name not in ("all of extract", "JSON"))
    best["claims and incidents (the rest)"] = best["all of extract"] - apart
    return {name: round(value, 3) for name, value in best.items()}


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def processes(made: list[dict[str, str]], rounds: int) -> dict[str, Any]:
    """`tollbook extract` on JSON Lines, in one process and two by turns; start and all."""
    runs: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "made.jsonl")
        source.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in made))
        for _ in range(rounds):
            for jobs, taken in runs.items():
                taken.append(_run(source, jobs))
    pairs = [one / two for (one, _), (two, _) in zip(runs[1], runs[2], strict=True)]
    return {
        **{_named(jobs): _rates(taken, len(made)) for jobs, taken in runs.items()},
        "speed_of_two_to_one": {
            "best": round(min(runs[1])[0] / min(runs[2])[0], 2),
            "median_of_pairs": round(median(pairs), 2),
        },
    }


def _named(jobs: int) -> str:
    return {1: "one process", 2: "two processes"}[jobs]


def _run(source: Path, jobs: int) -> tuple[float, float]:
    """Wall and CPU seconds of one run, the workers' with them."""
    cpu = cpu_of_children()
    wall = started(["extract", str(source), str(source.with_suffix(".out")), f"--jobs={jobs}"])
    return wall, cpu_of_children() - cpu


def cpu_of_children() -> float:
    """CPU seconds of the processes that this one has begun and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _rates(taken: list[tuple[float, float]], count: int) -> dict[str, float]:
    return {
        "articles_a_second": round(count / min(wall for wall, _ in taken)),
        "articles_a_cpu_second": round(count / min(cpu for _, cpu in taken)),
    }


def started(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Seconds on the wall that a command takes in a process of its own."""
    began = time.perf_counter()
    subprocess.run([*_COMMAND, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
