"""The language of a text: which folder of ``seeds/lexicons`` reads it, and by which means.

A language is data: its folder holds ``language.toml``, which says how its words are found, and the
word lists of each finder. No module asks which language a text is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import regex

from seeds import read as seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT = "en"
#: So many letters tell the script of a text and the language within a script.
_SAMPLE = 600
_LETTERS = {
    "Latin": regex.compile(r"\p{Latin}"),
    "Cyrillic": regex.compile(r"\p{Cyrillic}"),
    "Arabic": regex.compile(r"\p{Arabic}"),
}
_WORDS = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """How the texts of one language are read; see seeds/lexicons/<code>/language.toml."""

    code: str  # ISO 639-1
    name: str
    also: frozenset[str]  # other codes and names for it
    script: str
    morphology: Literal["none", "pymorphy3"]
    order: Literal["fixed", "free"]  # whether a word's place tells what it is to the verb
    splitter: Literal["nupunkt", "marks"]
    lines_wrap: bool  # a line may end within a sentence
    abbreviations: tuple[str, ...]  # with their full stop, which ends no sentence
    letters: frozenset[str]  # of the script, only in this language
    words: frozenset[str]  # frequent ones

    @property
    def folder(self) -> str:
        """The seed folder of the language's lexicons."""
        return f"lexicons/{self.code}"

    def has(self, name: str) -> bool:
        """Whether the language has a lexicon; what has no words for it, a finder does not find."""
        return f"{self.folder}/{name}" in _files(self.folder)


@cache
def _files(folder: str) -> frozenset[str]:
    return frozenset(seeds.files(folder, ""))


@cache
def load(code: str) -> Language:
    """A language by its code.

    Raises:
        seeds.read.SeedError: there is no such lexicon, or its language.toml lacks a key.
    """
    seed = seeds.toml(f"lexicons/{code}/language.toml")
    keys = ("name", "script", "morphology", "order", "splitter", "lines_wrap")
    missing = [key for key in (*keys, *_LISTS) if key not in seed]
    if missing:
        raise seeds.SeedError(f"lexicons/{code}/language.toml lacks {', '.join(missing)}")
    lists: dict[str, Any] = {
        "also": frozenset(seed["also"]),
        "abbreviations": tuple(seed["abbreviations"]),
        "letters": frozenset(seed["letters"]),
        "words": frozenset(seed["words"]),
    }
    return Language(code=code, **{key: seed[key] for key in keys}, **lists)


_LISTS = ("also", "abbreviations", "letters", "words")


@cache
def known() -> tuple[Language, ...]:
    """Every language that there are lexicons for, the default first."""
    codes = sorted(seeds.folders("lexicons"), key=lambda code: (code != DEFAULT, code))
    return tuple(load(code) for code in codes)


def of(stated: str | None, text: str) -> Language:
    """The language to read a text by.

    Args:
        stated: the article's language as its source gives it ("uk", "uk-UA", "Ukrainian").
        text: the text, which tells where nothing is stated: by its script, then by the letters
            and frequent words that only one language of the script has. English if in doubt.
    """
    language = _stated(stated) if stated else None
    return language or _told_by(text[:_SAMPLE])


@cache
def _stated(name: str) -> Language | None:
    """The language that a code or a name stands for, None where it has no lexicon."""
    code = name.strip().lower().replace("_", "-").partition("-")[0]
    return next((one for one in known() if code == one.code or code in one.also), None)


def _told_by(sample: str) -> Language:
    script = _script(sample)
    rivals = [one for one in known() if one.script == script]
    if script == load(DEFAULT).script or not rivals:
        return load(DEFAULT)  # of the languages in Latin letters none tells itself by its letters
    lower = sample.lower()
    words = _WORDS.findall(lower)
    return max(rivals, key=lambda one: sum(_signs(one, lower, words)))


def _script(sample: str) -> str:
    if sample.isascii():
        return "Latin"
    return max(_LETTERS, key=lambda script: len(_LETTERS[script].findall(sample)))


def _signs(language: Language, lower: str, words: list[str]) -> Iterator[int]:
    yield sum(lower.count(letter) for letter in language.letters)
    yield sum(word in language.words for word in words)
