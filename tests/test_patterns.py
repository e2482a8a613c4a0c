"""Every regular expression of the project gets its worst case: none may take more than its time."""

from __future__ import annotations

import importlib
import re
import signal
import time
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import regex

ROOT = Path(__file__).parents[1]
FOLDERS = ("flows", "transforms", "expectations", "warehouse", "seeds")
#: Characters that are fed, and the seconds that they may take: where time grows with the square of
#: the length it is ten times as much, where it doubles with each character there is no end.
LENGTH, SECONDS = 10_000, 1.0
#: What one expression or another repeats, and what may follow that it does not.
PUMPS = ("a", "A", "A ", "a ", "1", "1 ", "1,", " ", "\n", "-", "'", '"', ".", "(", "<meta", "---\n",
         "www.", "http://", "May ", "the ", "on ", "the night of ", "and ", "é", "kk", "Aa-", "12 May ",
         "KABC", "a.", "--- ", " \t", "\n\n", "://", "<", "é'", "2 May 2024, ", "no ", "1.1")  # fmt: skip
ENDS = ("", "!", "\n", "1", "z")


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


def _all() -> dict[str, Any]:
    from transforms.dates import grammar

    found = {f"{len(str(f.pattern))} {f.pattern!r}"[:80]: f for f in _families(grammar)}
    for module in _modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns(value)):
                found[f"{module.__name__}.{name}.{number}"] = pattern
    return {name: p for name, p in found.items() if not isinstance(p.pattern, bytes)}


def _families(grammar: Any) -> Iterator[Any]:
    for value in vars(grammar).values():
        if callable(value) and hasattr(value, "cache_info"):
            try:
                made = value()
            except TypeError:
                continue
            yield from _patterns(made)


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


def _seconds(pattern: Any, text: str) -> float:
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        if isinstance(pattern, regex.Pattern):
            for _ in pattern.finditer(text, timeout=SECONDS):
                pass
        else:
            for _ in pattern.finditer(text):
                pass
    except (_Late, TimeoutError):
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - began


def test_the_walk_finds_them() -> None:
    assert len(PATTERNS) > 60
    assert any(name.startswith("transforms.text") for name in PATTERNS)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_expression_takes_more_than_its_time(name: str) -> None:
    late = [text[:24] for text in _feeds(LENGTH) if _seconds(PATTERNS[name], text) >= SECONDS]
    assert late == []


def test_a_catastrophe_is_seen() -> None:
    assert _seconds(re.compile(r"(a+)+$"), "a" * 40 + "!") == SECONDS
    assert _seconds(regex.compile(r"(?:a|a|aa)+$"), "a" * 60 + "!") == SECONDS
