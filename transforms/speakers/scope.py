"""How far an attribution reaches: quotations, and the clauses of its sentence."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import regex

from transforms.speakers.lexicon import CLOSING, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.text import Doc, Sentence

_MARKS = regex.compile('["“”]')


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Character spans of direct speech, its marks included, in order.

    A quotation that is open at the end of its paragraph goes on if the next one begins with a
    mark, as the press sets long quotations; else it ends there.
    """
    if '"' not in doc.text and "“" not in doc.text:
        return []
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    ends = _paragraph_ends(doc)
    for mark in _MARKS.finditer(doc.text):
        at = mark.start()
        if opened is not None:
            end = ends[bisect_right(ends, opened)] if ends and opened < ends[-1] else len(doc.text)
            if at >= end:
                if not doc.text[end:at].strip() and mark.group() != "”":
                    ends = [other for other in ends if other != end]
                    continue
                spans.append((opened, end))
                opened = None
            elif mark.group() != "“":
                spans.append((opened, at + 1))
                opened = None
                continue
        if opened is None and mark.group() != "”":
            opened = at
    if opened is not None:
        spans.append((opened, next((end for end in ends if end > opened), len(doc.text))))
    return spans


def _paragraph_ends(doc: Doc) -> list[int]:
    last: dict[int, int] = {}
    for sentence in doc.sentences:
        last[sentence.paragraph] = sentence.end
    return list(last.values())


def around(spans: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """A stretch of text widened by the quotations that it cuts."""
    for a, b in spans:
        if a < start < b:
            start = a
        if a < end < b:
            end = b
    return start, end


def quotation_before(doc: Doc, spans: list[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The quotation that ends right before a character offset: "…," said X."""
    index = bisect_right(spans, (start, start)) - 1
    if index < 0:
        return None
    a, b = spans[index]
    return (a, b) if not doc.text[b:start].strip(" ,\n\t-–—") else None


def quotation_after(doc: Doc, spans: list[tuple[int, int]], end: int) -> tuple[int, int] | None:
    """The quotation that begins right after a character offset, in the same paragraph."""
    index = bisect_right(spans, (end, -1))
    if index >= len(spans):
        return None
    between = doc.text[end : spans[index][0]]
    return None if between.strip() or "\n\n" in between else spans[index]


def contrast(doc: Doc, first: int, last: int) -> int | None:
    """Offset of the last "while", "but" or ";" between two tokens of a sentence."""
    words = lexicon().contrasts
    for at in range(last - 1, first - 1, -1):
        if doc.lower[at] in words:
            return doc.starts[at]
    return None


def own_clause(doc: Doc, sentence: Sentence, last: int, of_tolls: frozenset[str]) -> int:
    """Where what a leading verb governs ends: at the ";" of "put the toll at two; it rose".

    Args:
        doc: the text.
        sentence: of the attribution.
        last: the token after the attribution.
        of_tolls: the verbs that govern a number and no clause.
    """
    ends: tuple[str, ...] = ()
    if doc.lower[last - 1] in of_tolls:
        ends = (";",)
    elif doc.lower[last : last + 1] == ["responsibility"]:
        ends = (",", ";")
    for at in range(last, sentence.last):
        if doc.lower[at] in ends:
            return doc.starts[at]
    return sentence.end


def opens_after_quotation(doc: Doc, sentence: Sentence) -> bool:
    """Whether a sentence follows a closed quotation in its paragraph: "Go!" he said."""
    at = sentence.start - 1
    while at >= 0 and doc.text[at] == " ":
        at -= 1
    return at >= 0 and doc.text[at] in CLOSING
