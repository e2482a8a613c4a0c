"""How long each command takes from a cold start: its help, and a short run.

Writes JSON to standard output; ``python -m benchmarks.starts``. All in turn; the best round counts.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import typer

from benchmarks import texts
from benchmarks.extract import TEMPLATES, cpu_of_children, machine, started
from flows.cli import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SEED = 20240605
#: Commands that read the books, on a warehouse of the sample articles.
_SHORT = (
    ("sql", "SELECT 1"),
    ("sql", "FROM event_toll LIMIT 5"),
    ("tables",),
    ("runs",),
    ("sources",),
    ("quarantine", "list"),
    ("review", "list"),
    ("export", "acled"),
)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turn")
    given = parser.parse_args()
    report = {"machine": machine(), "commands": starts(given.rounds)}
    sys.stdout.buffer.write(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


def starts(rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of each command, on the wall and of the CPU; the best round."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = os.environ | {"TOLLBOOK_HOME": str(Path(scratch, "data"))}
        first = {"tollbook run, on a new data folder": _taken(("run",), environment)}
        asked = {**helps(), **_short(Path(scratch))}
        taken = [
            {name: _taken(words, environment) for name, words in asked.items()}
            for _ in range(rounds)
        ]
    best = {name: min(one[name] for one in taken) for name in asked}
    return {
        name: {"seconds": round(wall, 3), "cpu": round(cpu, 3)}
        for name, (wall, cpu) in (first | best).items()
    }


def _taken(words: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds on the wall and of the CPU."""
    before = cpu_of_children()
    return started(words, environment), cpu_of_children() - before


def helps() -> dict[str, Sequence[str]]:
    """The help of the command line, of each command, and of theirs."""
    ways: list[tuple[str, ...]] = [()]
    for name, command in _commands(typer.main.get_command(app)):
        ways += [(name,), *((name, below) for below, _ in _commands(command))]
    return {" ".join(("tollbook", *way, "--help")): (*way, "--help") for way in ways}


def _commands(command: Any) -> list[tuple[str, Any]]:
    return list(getattr(command, "commands", {}).items())


def _short(folder: Path) -> dict[str, Sequence[str]]:
    (article,) = texts.articles(1, _SEED, TEMPLATES)
    text, lines = folder / "one.txt", folder / "one.jsonl"
    text.write_text(article["text"].split("\n\n")[0], encoding="utf-8")
    lines.write_bytes(orjson.dumps(article))
    books = {" ".join(("tollbook", *words)): words for words in _SHORT}
    return {
        "tollbook extract, a text of one paragraph": ("extract", str(text)),
        "tollbook extract, an article of JSON Lines": ("extract", str(lines)),
        **books,
        "tollbook run, the samples again": ("run",),
    }


if __name__ == "__main__":
    main()
