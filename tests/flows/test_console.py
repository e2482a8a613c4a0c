"""What the commands print: counts in words, quotes set off, tables that fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.console import counted, fits, highlighted, out, safe, table


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ((3, 3, 3), "3"),
        ((0, 0, 0), "0"),
        ((12, 12, None), "at least 12"),
        ((12, 15, None), "at least 12, best 15"),
        ((None, None, 40), "at most 40"),
        ((None, 40, 40), "at most 40"),
        ((10, 12, 15), "10 to 15, best 12"),
        ((10, None, 15), "10 to 15"),
        ((None, 7, None), "about 7"),
        ((None, None, None), "unknown"),
        ((1200, 1200, 1200), "1,200"),
    ],
)
def test_counts_in_words(count: tuple[int | None, int | None, int | None], words: str) -> None:
    assert counted(*count) == words


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "Three people died"),
        ([(0, 5)], "[Three] people died"),
        ([(13, 17), (0, 5)], "[Three] people [died]"),
        ([(0, 12), (6, 17)], "[Three people died]"),
        ([(0, 17), (6, 12)], "[Three people died]"),
        ([(0, 5), (5, 12)], "[Three][ people] died"),
    ],
)
def test_quotes_are_set_off(spans: list[tuple[int, int]], shown: str) -> None:
    assert highlighted("Three people died", spans).plain == shown


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="[]"), max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))),
)
@settings(deadline=None)
def test_highlighting_loses_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    within = [(min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text)]
    shown = highlighted(text, within).plain
    assert shown.replace("[", "").replace("]", "") == text


def test_a_text_gives_no_orders_to_the_terminal() -> None:
    assert highlighted("a\x1b[31mb\x07\x9bc", [(0, 3)]).plain == "[a�[]31mb��c"
    assert safe("line\n\tnext") == "line\n\tnext"


def test_what_looks_like_markup_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    out().print(table(["[/b]", "a\x1b[31m"], [["[red]x", ":fire:"]], "[/title] :fire:"))
    out().print("[/nothing]")
    shown = capsys.readouterr().out
    for words in ("[/b]", "a�[31m", "[red]x", ":fire:", "[/title] :fire:", "[/nothing]"):
        assert words in shown


def test_a_table_fits_or_not() -> None:
    assert fits(["a", "b"], [["x" * 500, 1]])
    assert not fits(["a" * 24] * 6, [])
