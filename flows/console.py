"""What the commands print: tables for people, progress on stderr, quotes set off in their text.

Texts are shown as they are: what looks like rich's markup in them is none.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

#: A pipe or file has no terminal width; tables there are this wide.
_PLAIN_WIDTH = 120
#: Characters of a line that a longer text is broken into.
_WRAPPED = 24
_CONTROLS = {code: "�" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\r\t"}


@cache
def out() -> Console:
    """Standard output."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


@cache
def err() -> Console:
    """Standard error, for all that is no result."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str = "",
    whole: Sequence[str] = (),
) -> Table:
    """A table of values; an unknown one is blank. Columns of ``whole`` are never broken."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column in columns:
        made.add_column(safe(column), overflow="fold", no_wrap=column in whole)
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else Text(_shown(cell)) for cell in row))
    return made


def fits(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bool:
    """Whether a table can be read on this screen: long texts may wrap, names and numbers not."""
    widths = [
        max(len(column), *(min(len(_shown(row[at])), _WRAPPED) for row in rows), 0)
        for at, column in enumerate(columns)
    ]
    return sum(width + 2 for width in widths) <= out().width


def _shown(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else safe(str(value))


def near(text: str) -> str:
    """A text with the paths below the working directory as they are seen from there."""
    return text.replace(f"{Path.cwd()}{os.sep}", "")


def safe(text: str) -> str:
    """A text without the control characters by which it could give orders to a terminal."""
    return text.translate(_CONTROLS)


def counted(low: int | None, best: int | None, high: int | None) -> str:
    """A count in few words: "3", "at least 12", "10 to 15, best 12", "unknown"."""
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}" + (f", best {best:,}" if best is not None else "")
    if low is not None:
        return f"at least {low:,}" + (f", best {best:,}" if best not in (None, low) else "")
    if high is not None:
        return f"at most {high:,}" + (f", best {best:,}" if best not in (None, high) else "")
    return "unknown" if best is None else f"about {best:,}"


def highlighted(text: str, spans: Iterable[tuple[int, int]], style: str = "bold red") -> Text:
    """A text with some of its characters set off: in colour, or in brackets without a terminal."""
    from rich.text import Text

    marked = Text()
    open_, close = ("", "") if out().is_terminal else ("[", "]")
    at = 0
    for start, end in _merged(spans):
        marked.append(safe(text[at:start]))
        marked.append(open_ + safe(text[start:end]) + close, style=style)
        at = end
    return marked.append(safe(text[at:]))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """Count work on stderr while it goes on, if that is a terminal; yields the counter."""
    if not err().is_terminal:
        yield lambda _: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,}"))
    with Progress(*columns, TimeElapsedColumn(), console=err(), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda count: bar.advance(task, count)
