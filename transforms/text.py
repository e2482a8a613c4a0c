"""Text as tokens and sentences, every one with its offsets into the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A number with its separators ("12,000", "7.62", "11:30"), a word with inner apostrophes
# ("Ukraine's" is one token), or one other character.
_TOKEN = re.compile(
    r"\d++(?:[.,:]\d++)*+|[^\W\d_]++(?:['’ʼ][^\W\d_]++)*+|[^\s\w]|\w++",
)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n\s*|(?<=[.!?:;\"”’)])[ \t]*\n\s*")
#: Abbreviations before a name that never end a sentence.
_RANKS = tuple(
    f"{rank}."
    for rank in (
        *("Lt", "Col", "Gen", "Maj", "Capt", "Sgt", "Cpl", "Pvt", "Brig", "Cmdr", "Adm"),
        *("Gov", "Sen", "Rep", "Det", "Insp", "Supt", "Mr", "Mrs", "Ms", "Dr"),
    )
)
#: Tokens of the longest sentence that is read as one.
_LONGEST = 250
#: A text with a larger share of capitals than this is wire text in capitals.
_CAPS_SHARE = 0.75
#: The case of so many words tells that of the text.
_CAPS_WORDS = 300


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: character offsets, its tokens ``first:last`` (half open), its paragraph."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Doc:
    """An article's text, tokenised once for every finder.

    ``starts``, ``ends``, ``words`` and ``lower`` run in parallel, one entry a token.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    sentences: list[Sentence]
    caps: bool

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character offset, or None between sentences."""
        index = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after a character offset."""
        return bisect_right(self.ends, offset)


@cache
def _splitter() -> Callable[[str], list[tuple[int, int]]]:
    from nupunkt import sent_spans  # 0.1 s: only when a text is read

    return sent_spans


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Character spans of the paragraphs, without the white space around them."""
    spans = []
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(text)))
    return [trimmed for a, b in spans if (trimmed := _trim(text, a, b))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def tokens(text: str) -> list[str]:
    """The tokens of a text, as ``read`` cuts them."""
    found: list[str] = _TOKEN.findall(text)
    return found


def read(text: str) -> Doc:
    """Tokenise a text and split it into sentences."""
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    capitals = sum(map(str.isupper, words[:_CAPS_WORDS]))
    lowers = sum(map(str.islower, words[:_CAPS_WORDS]))
    return Doc(
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        lower=_lower(text, words, starts, ends),
        sentences=_sentences(text, starts, ends),
        caps=capitals > _CAPS_SHARE * (capitals + lowers) > 0,
    )


def _lower(text: str, words: list[str], starts: list[int], ends: list[int]) -> list[str]:
    """The words in lower case with straight apostrophes; all at once where that keeps offsets."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" is two characters in lower case
        return [word.lower().replace("’", "'") for word in words]
    lower = lower.replace("’", "'")
    return [lower[a:b] for a, b in zip(starts, ends, strict=True)]


def _whole(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins what was cut after an abbreviated rank: "said Lt." | "Col. Ann Poe"."""
    whole: list[tuple[int, int]] = []
    for a, b in spans:
        if whole and text[whole[-1][0] : whole[-1][1]].rstrip().endswith(_RANKS):
            whole[-1] = (whole[-1][0], b)
        else:
            whole.append((a, b))
    return whole


def _sentences(text: str, starts: list[int], ends: list[int]) -> list[Sentence]:
    split = _splitter()
    found: list[Sentence] = []
    for number, (from_, to) in enumerate(paragraphs(text)):
        for a, b in _whole(text[from_:to], split(text[from_:to])):
            span = _trim(text, from_ + a, from_ + b)
            if span is not None:
                first, last = bisect_right(ends, span[0]), bisect_right(starts, span[1] - 1)
                found.extend(_bounded(Sentence(*span, first, last, number), starts, ends))
    return found


def _bounded(sentence: Sentence, starts: list[int], ends: list[int]) -> Iterator[Sentence]:
    """Cuts what no writer means as one sentence, so that reading costs no more than its length."""
    first = sentence.first
    while sentence.last - first > _LONGEST:
        cut = first + _LONGEST
        yield Sentence(starts[first], ends[cut - 1], first, cut, sentence.paragraph)
        first = cut
    start = sentence.start if first == sentence.first else starts[first]
    yield Sentence(start, sentence.end, first, sentence.last, sentence.paragraph)
