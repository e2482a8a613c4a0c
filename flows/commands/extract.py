"""`tollbook extract`: text in, claims and incidents out; no Prefect, no warehouse."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from transforms.model import Extraction

#: A file of this many bytes pays for what worker processes take to start and to fill their caches.
_WORTH_PROCESSES = 1_000_000
_DOCUMENTS = frozenset({".txt", ".md", ".html", ".htm"})
#: How an answer ends that holds no error.
_FINE = b'"errors":[]}\n'

EXAMPLE = """Example: tollbook extract articles.jsonl read.jsonl

Example: cat articles.jsonl | tollbook extract - -

Example: tollbook extract article.txt
"""


class UnreadableError(Exception):
    """The text file holds no article; the message says why."""


def extract(
    source: Annotated[
        str,
        typer.Argument(metavar="IN", help="JSON Lines, - for a pipe, or one .txt .md .html file."),
    ],
    target: Annotated[str, typer.Argument(metavar="OUT", help="JSON Lines, - for a pipe.")] = "",
    jobs: Annotated[
        int, typer.Option(min=0, help="Processes; 0: one a core for a large file, else one.")
    ] = 0,
) -> None:
    """Read casualties, places and dates out of texts.

    A line comes out for each line that goes in.
    """
    if problem := _problem(source):
        raise typer.BadParameter(f"{source}: {problem}", param_hint="IN")
    if Path(source).suffix.lower() in _DOCUMENTS:
        _document(source, target)
    else:
        _lines(source, target or "-", jobs)


def _problem(source: str) -> str:
    """Why a source is not for this command, if it is not."""
    path = Path(source)
    if source == "-":
        return ""
    if path.is_dir():
        return "this is a folder; `tollbook run FOLDER` reads all files in it"
    if not path.exists():
        return "there is no such file"
    if path.suffix.lower() == ".csv":
        return "`tollbook run` takes .csv files; this command JSON Lines, or one .txt .md .html"
    return ""


def _lines(source: str, target: str, jobs: int) -> None:
    from functools import partial

    from flows import extraction, pool, settings
    from flows.readers.lines import lines

    answer = partial(extraction.answer, overlay=settings.load().overlay)
    count = bad = 0
    with _opened(source) as file, _written(target) as out:
        for line in pool.work(answer, lines(file, source), jobs or _jobs(source)):
            count, bad = count + 1, bad + (not line.endswith(_FINE))
            out.write(line)
            if target == "-":
                out.flush()  # whoever reads the pipe gets each answer at once
    if bad:
        typer.echo(f"{bad:,} of {count:,} lines could not be read; their errors say why", err=True)


def _jobs(source: str) -> int:
    large = source != "-" and Path(source).stat().st_size > _WORTH_PROCESSES
    return (os.cpu_count() or 1) if large else 1


@contextmanager
def _opened(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
    else:
        with Path(source).open("rb") as file:
            yield file


@contextmanager
def _written(target: str) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is whole."""
    path = Path(target)
    if target == "-":
        yield sys.stdout.buffer
    elif path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
    else:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                yield file
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _document(source: str, target: str) -> None:
    """One article: its reading as a table, or as a line if there is a file to write it to."""
    from flows import readers, settings
    from transforms.extract import extract as read
    from transforms.model import Article

    for item in readers.read([source]):
        if isinstance(item, readers.Rejected):
            raise UnreadableError(f"{item.where}: {item.reason}")
        name = Path(source).stem
        article = Article(name, item.text, item.published_on, item.title, item.url, item.language)
        found = read(article, settings.load().overlay)
        if target:
            _write_one(found, target)
        else:
            from flows.commands.reading import show

            show(article, found)


def _write_one(extraction: Extraction, target: str) -> None:
    import orjson

    from transforms.contract import to_row

    with _written(target) as out:
        out.write(orjson.dumps(to_row(extraction), option=orjson.OPT_APPEND_NEWLINE))
