"""Every regular expression of the project gets its worst case: none may take more than its time."""

from __future__ import annotations

import importlib
import re
import signal
import time
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regex

from transforms.dates import grammar

ROOT = Path(__file__).parents[1]
FOLDERS = ("flows", "transforms", "expectations", "warehouse", "seeds")
#: Characters that are fed, and the seconds that they may take: where time grows with the square of
#: the length it is ten times as much, where it doubles with each character there is no end.
LENGTH, SECONDS = 5_000, 1.0
#: What one expression or another repeats, and what may follow that it does not.
PUMPS = (
    *("a", "A", "A ", "a ", "1", "1 ", "1,", " ", "\n", "-", "'", '"', ".", "(", "<meta", "---\n"),
    *("www.", "://", "May ", "the night of ", "and ", "é", "kk", "Aa-", "12 May ", "KABC", "a."),
    *(" \t", "\n\n", "<", "é'", "2 May 2024, ", "1.1", "А ", "а-"),
)
ENDS = ("", "!", "1")


def _modules() -> Iterator[Any]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if not name.startswith(("flows.gazetteer", "seeds.geo")):  # they read our own data
                yield importlib.import_module(name)


def _patterns(value: Any, depth: int = 0) -> Iterator[Any]:
    """The patterns in a value, however deep, and what functions without arguments cache."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif depth < 3:
        inner: Any = ()
        if isinstance(value, Mapping):
            inner = value.values()
        elif isinstance(value, list | tuple | set | frozenset):
            inner = value
        elif type(value).__module__.startswith(FOLDERS):
            inner = vars(value).values() if hasattr(value, "__dict__") else ()
        for one in inner:
            yield from _patterns(one, depth + 1)


class _Use(NamedTuple):
    """A pattern, and whether it is only tried where a text or a token begins."""

    pattern: Any
    anchored: bool


def _all() -> dict[str, _Use]:
    found = {
        f"date family {name}": _Use(made.pattern, anchored=False)
        for name in grammar._FAMILIES
        if (made := grammar._family(name))
    }
    for module in _modules():
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            methods = set(re.findall(rf"\b{re.escape(name)}\.([a-z]+)", source))
            anchored = bool(methods) and methods <= {"match", "fullmatch", "pattern"}
            for number, pattern in enumerate(_patterns(value)):
                if isinstance(pattern.pattern, str):
                    found[f"{module.__name__}.{name}.{number}"] = _Use(pattern, anchored)
    return found


PATTERNS = _all()


class _Late(BaseException):
    """It is over time."""


def _stop(*_: object) -> None:
    raise _Late


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _stop)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def _feeds(length: int) -> Iterator[str]:
    for pump, end in product(PUMPS, ENDS):
        yield pump * (length // len(pump)) + end


def _seconds(use: _Use, text: str) -> float:
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    limit = {"timeout": SECONDS} if isinstance(use.pattern, regex.Pattern) else {}
    try:
        if use.anchored:
            use.pattern.match(text, **limit)
        else:
            deque(use.pattern.finditer(text, **limit), maxlen=0)
    except (_Late, TimeoutError):
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - began


def test_the_walk_finds_them() -> None:
    assert len(PATTERNS) > 40
    assert any(name.startswith("transforms.text") for name in PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_expression_takes_more_than_its_time(name: str) -> None:
    late = [text[:24] for text in _feeds(LENGTH) if _seconds(PATTERNS[name], text) >= SECONDS]
    assert late == []


def test_a_catastrophe_is_seen() -> None:
    assert _seconds(_Use(re.compile(r"(a+)+$"), True), "a" * 40 + "!") == SECONDS
    assert _seconds(_Use(regex.compile(r"(?:a|a|aa)+$"), True), "a" * 60 + "!") == SECONDS
