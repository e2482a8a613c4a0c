"""Word forms of inflected languages: the form to look up, the lemma, and what the ending tells."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from seeds import read as seeds
from transforms.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from transforms.language import Language

Tags = frozenset[str]

NO_TAGS: Tags = frozenset()
#: Beside the grammemes: the dictionary does not have the word, its ending tells.
_GUESS: Tags = frozenset(("guess",))
_NAME: Tags = frozenset(("Name",))
#: Apostrophes of all kinds are one, and Russian may leave out the dots of ё.
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "ё": "е", "Ё": "Е"})
#: Latin letters that look like Cyrillic ones, as keyboards and scanners mix them in.
_TWINS = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
#: So many forms are kept; a news archive of years has fewer.
_MOST = 400_000


class MorphologyError(RuntimeError):
    """A language needs a package that is not installed."""


@record
class Form:
    """A word form: as it is looked up, its lemma, and the grammemes of pymorphy3 (OpenCorpora)."""

    lower: str
    lemma: str
    tags: Tags


class Forms(dict[str, Form]):
    """Every word form met so far, read once: ``forms[word]``.

    Of several readings of a form the first whose lemma the language's lexicons know is taken,
    else the dictionary's first; its tags are those of all readings with that lemma, so that
    "людей" is both genitive and accusative.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._analyser = _analyser(language)
        self._known = frozenset(_words_of(language))
        given = f"{language.folder}/given_names.txt"
        self._given = frozenset(seeds.lines(given) if language.has("given_names.txt") else ())

    def __missing__(self, word: str) -> Form:
        if len(self) >= _MOST:
            self.clear()
        form = self[word] = self._read(word)
        return form

    def readings(self, word: str) -> list[Any]:
        """All readings of a word that the dictionary has, the likeliest first."""
        lower = plain(word)
        return list(self._analyser.parse(lower)) if _can_be_read(lower) else []

    def _read(self, word: str) -> Form:
        lower = plain(word)
        if not lower[0].isalpha() or lower.isascii() or not _can_be_read(lower):
            return Form(lower, lower, NO_TAGS)
        readings = [(plain(r.normal_form), r.tag) for r in self._analyser.parse(lower)]
        known = [one for one in readings if one[0] in self._known]
        lemma = (known or readings)[0][0]
        same = [tag for told, tag in readings if told == lemma and "Init" not in tag.grammemes]
        tags = [tag.grammemes | ({"sing"} if _is_one(tag) else NO_TAGS) for tag in same]
        more = NO_TAGS if self._analyser.word_is_known(lower) else _GUESS
        more |= _NAME if lemma in self._given else NO_TAGS
        return Form(lower, lemma, more.union(*tags))


def _can_be_read(word: str) -> bool:
    """Whether each letter has a name, for which pymorphy3 asks: those of dead scripts have none."""
    return all(unicodedata.name(letter, "") for letter in word)


def _is_one(tag: Any) -> bool:
    """Whether a reading is singular; the Ukrainian dictionary says so by the gender alone."""
    return tag.gender is not None and "plur" not in tag.grammemes


def plain(word: str) -> str:
    """A word in lower case, with one kind of apostrophe, without the dots of ё."""
    lower = word.lower().translate(_PLAIN)
    return lower if lower.isascii() else lower.translate(_TWINS)


@cache
def forms(language: Language) -> Forms:
    """The word forms of a language, shared by all texts."""
    return Forms(language)


def speller(language: Language) -> Callable[[str], str] | None:
    """What gives the lemma of a word of a lexicon; None where words stand as they are."""
    if language.morphology == "none":
        return None
    known = forms(language)
    return lambda word: known[word].lemma


def _analyser(language: Language) -> Any:
    try:
        import pymorphy3  # only a text in such a language pays for it

        return pymorphy3.MorphAnalyzer(lang=language.code)
    except (ImportError, ValueError) as error:
        raise MorphologyError(
            f"reading {language.name} needs its dictionary: "
            f"pip install pymorphy3 pymorphy3-dicts-{language.code} ({error})"
        ) from error


def _words_of(language: Language) -> Iterator[str]:
    """The words of a language's lexicons: those of its tables, and the phrases of its events."""
    for name in seeds.files(language.folder, ".toml"):
        yield from _strings(seeds.toml(name))
    if language.has("events.csv"):
        for row in seeds.rows(f"{language.folder}/events.csv"):
            yield from row["phrase"].replace("|", " ").replace("?", "").split()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from key.split()
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
