"""Text as tokens and sentences, every one with its offsets into the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from transforms import language as languages
from transforms import morphology
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from transforms.language import Language
    from transforms.morphology import Tags

# A number with its separators ("12,000", "7.62", "11:30"), a word with inner apostrophes
# ("Ukraine's" is one token), or one other character.
_TOKEN = re.compile(
    r"[a-zA-Z]++(?=[ .,])"  # most words, the soonest read
    r"|\d++(?:[.,:]\d++)*+|[^\W\d_]++(?:['’ʼ`][^\W\d_]++)*+|[^\s\w]|\w++",
)
_PIECES = re.compile(f"({_TOKEN.pattern})").split
_LINE_BREAK = re.compile(r"\n\s*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: A line that ends so is the last of its paragraph.
_LINE_ENDS = tuple('.!?:;"”’)')
#: Without such a mark inside it a paragraph is one sentence, and need not be split.
_INNER_STOP = re.compile(r"[.?!…]\W")
#: Where a sentence may end: at marks before a space, or before a sign that opens a line of a post.
_STOP = regex.compile(
    r"""(?<![.?!…])[.?!…]++["”»’)\]]*+(?=\s)|(?<=\S)\s++(?=(?![№°©®])[\p{So}\p{Regional_Indicator}•▪◾🔺])"""
)
#: What a sentence opens with: no small letter.
_OPENS = regex.compile(r"\s*[^\p{Ll}\s]")
#: "А. Б. Поу": an initial's full stop.
_INITIAL = regex.compile(r"(?:^|[\s.(«“\"])\p{Lu}\.$")
#: Tokens of the longest sentence that is read as one.
_LONGEST = 250
#: A text with a larger share of capitals than this is wire text in capitals.
_CAPS_SHARE = 0.75
#: The case of so many words tells that of the text.
_CAPS_WORDS = 300


@record
class Sentence:
    """A sentence: character offsets, its tokens ``first:last`` (half open), its paragraph."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


@record
class Doc:
    """An article's text, tokenised once for every finder.

    ``starts``, ``ends``, ``words``, ``lower`` and ``lemma`` run in parallel, one entry a token;
    ``openings`` holds where each sentence starts. Without a morphology ``lemma`` is ``lower``
    itself, and ``tags`` are empty.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    sentences: list[Sentence]
    openings: list[int]
    caps: bool
    language: Language
    lemma: list[str]
    tags: list[Tags]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character offset, or None between sentences."""
        number = self.sentence_number(offset)
        return None if number is None else self.sentences[number]

    def sentence_number(self, offset: int) -> int | None:
        """The number of the sentence that holds a character offset, from 0."""
        number = bisect_right(self.openings, offset) - 1
        return number if number >= 0 and offset < self.sentences[number].end else None

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after a character offset."""
        return bisect_right(self.ends, offset)

    def tag(self, i: int) -> Tags:
        """What the ending of a token tells: grammemes of OpenCorpora ("gent", "plur", "past")."""
        return self.tags[i] if self.tags else morphology.NO_TAGS


@cache
def _splitter() -> Callable[[str], Iterator[tuple[int, int]]]:
    from nupunkt import load  # 0.1 s: only when a text is read

    return load("default").span_tokenize


def paragraphs(text: str, *, lines_wrap: bool = True) -> list[tuple[int, int]]:
    """Character spans of the paragraphs, without the white space around them.

    Args:
        text: the text.
        lines_wrap: whether a line may end within a sentence; else each line is a paragraph.
    """
    spans = []
    start = line = 0
    for gap in _LINE_BREAK.finditer(text):
        end, next_ = gap.span()
        ends = not lines_wrap or text[line:end].rstrip(" \t").endswith(_LINE_ENDS)
        if ends or _BLANK_LINE.search(text, end, next_):
            spans.append((start, end))
            start = next_
        line = next_
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


def read(text: str, language: Language | None = None) -> Doc:
    """Tokenise a text and split it into sentences.

    Args:
        text: the text.
        language: by whose rules; English if none is given.
    """
    language = language or languages.load(languages.DEFAULT)
    pieces = _PIECES(text)  # what is between the words, and the words, in turn
    offsets = list(accumulate(map(len, pieces)))
    words, starts, ends = pieces[1::2], offsets[0:-1:2], offsets[1::2]
    capitals = sum(map(str.isupper, words[:_CAPS_WORDS]))
    lowers = sum(map(str.islower, words[:_CAPS_WORDS]))
    sentences = _sentences(text, starts, ends, language)
    lower, lemma, tags = _forms(words, language)
    return Doc(
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        lower=lower,
        sentences=sentences,
        openings=[sentence.start for sentence in sentences],
        caps=capitals > _CAPS_SHARE * (capitals + lowers) > 0,
        language=language,
        lemma=lemma,
        tags=tags,
    )


def _forms(words: list[str], language: Language) -> tuple[list[str], list[str], list[Tags]]:
    """The words as they are looked up, their lemmas, and what their endings tell."""
    if language.morphology == "none":
        lower = _lower(words)
        return lower, lower, []
    known = morphology.forms(language)
    forms = [known[word] for word in words]
    return [f.lower for f in forms], [f.lemma for f in forms], [f.tags for f in forms]


def _lower(words: list[str]) -> list[str]:
    """The words in lower case, with straight apostrophes."""
    return [word.replace("’", "'") if "’" in word else word for word in map(str.lower, words)]


def _cut(paragraph: str, language: Language) -> list[tuple[int, int]]:
    """The spans of a paragraph's sentences."""
    if language.splitter == "marks":
        return list(_at_marks(paragraph, language.abbreviations))
    if not _INNER_STOP.search(paragraph):
        return [(0, len(paragraph))]
    return _whole(paragraph, _splitter()(paragraph), language.abbreviations)


def _at_marks(text: str, abbreviations: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Cuts behind full stops and before the signs that open a line of a post."""
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        ends = _OPENS.match(text, end) is not None
        if text[stop.start()] == ".":
            ends = ends and not _abbreviates(text[start:end], abbreviations)
        if ends:
            yield start, end
            start = end
    yield start, len(text)


def _abbreviates(text: str, abbreviations: tuple[str, ...]) -> bool:
    """Whether a text ends in an abbreviation or an initial: "в м.", "А. Б."."""
    return text[text.rfind(" ") + 1 :].lstrip("(«") in abbreviations or bool(_INITIAL.search(text))


def _whole(
    text: str, spans: Iterable[tuple[int, int]], abbreviations: tuple[str, ...]
) -> list[tuple[int, int]]:
    """Joins what was cut after an abbreviated rank: "said Lt." | "Col. Ann Poe"."""
    whole: list[tuple[int, int]] = []
    for a, b in spans:
        if whole and text[whole[-1][0] : whole[-1][1]].rstrip().endswith(abbreviations):
            whole[-1] = (whole[-1][0], b)
        else:
            whole.append((a, b))
    return whole


def _sentences(text: str, starts: list[int], ends: list[int], language: Language) -> list[Sentence]:
    found: list[Sentence] = []
    for number, (from_, to) in enumerate(paragraphs(text, lines_wrap=language.lines_wrap)):
        for a, b in _cut(text[from_:to], language):
            span = _trim(text, from_ + a, from_ + b)
            if span is not None:
                first, last = bisect_right(ends, span[0]), bisect_right(starts, span[1] - 1)
                sentence = Sentence(*span, first, last, number)
                if last - first > _LONGEST:
                    found += _bounded(sentence, starts, ends)
                else:
                    found.append(sentence)
    return found


def _bounded(sentence: Sentence, starts: list[int], ends: list[int]) -> Iterator[Sentence]:
    """Cuts what no writer means as one sentence, so that reading costs no more than its length."""
    first = sentence.first
    while sentence.last - first > _LONGEST:
        cut = first + _LONGEST
        yield Sentence(starts[first], ends[cut - 1], first, cut, sentence.paragraph)
        first = cut
    yield Sentence(starts[first], sentence.end, first, sentence.last, sentence.paragraph)
