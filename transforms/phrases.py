"""Looks up the phrases of a lexicon in a text: one dictionary probe a token.

A phrase is words with a space between. ``a|b`` is either word, ``word?`` may be missing, and an
inner hyphen may also be a space: ``air-strike|air-strikes`` finds "air strike" and "air-strikes".
"""

from __future__ import annotations

from itertools import chain, product
from typing import TYPE_CHECKING, Generic, TypeVar

from transforms.text import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

#: Words too common to look a phrase up by.
_COMMON = frozenset(
    """
    a an the of to in on at by with from for and or is are was were be been being has have
    had his her their its he she they it when into over two three several took taken more
    up - ,
    """.split()
)


class Hit(Generic[T]):
    """A phrase found: its tokens ``first:last`` (half open) and what the lexicon says of it."""

    def __init__(self, first: int, last: int, value: T) -> None:
        self.first = first
        self.last = last
        self.value = value


class Phrases(Generic[T]):
    """Phrases in lower case, each with a value. Of several at one word the longest is found."""

    def __init__(
        self, entries: Iterable[tuple[str, T]], spelled: Callable[[str], str] | None = None
    ) -> None:
        """Takes the phrases.

        Args:
            entries: phrases with their values.
            spelled: how a word of a phrase stands in the list that ``find`` is given, such as by
                its lemma; as it is if left out.
        """
        forms: dict[tuple[str, ...], T] = {}
        for phrase, value in entries:
            for form in _forms(phrase):
                forms.setdefault(tuple(map(spelled, form)) if spelled else form, value)
        shapes: dict[str, set[tuple[int, int]]] = {}
        for form in forms:
            before = _key(form)
            shapes.setdefault(form[before], set()).add((len(form), before))
        self._forms = forms
        self._shapes = {word: sorted(shape, reverse=True) for word, shape in shapes.items()}

    def find(self, lower: list[str]) -> Iterator[Hit[T]]:
        """Yields the phrases in a list of lower-case tokens, from the left, without overlap."""
        forms, shapes, done = self._forms, self._shapes, 0
        for index in [i for i, word in enumerate(lower) if word in shapes]:
            for length, before in shapes[lower[index]]:
                first = index - before
                form = tuple(lower[first : first + length]) if first >= done else ()
                if form in forms:
                    done = first + len(form)
                    yield Hit(first, done, forms[form])
                    break


def _key(form: tuple[str, ...]) -> int:
    """Where the word stands by which a phrase is looked up: its first that is not a common one."""
    for at, word in enumerate(form):
        if word not in _COMMON:
            return at
    return 0


def expand(phrase: str) -> list[tuple[str, ...]]:
    """All token sequences that a phrase stands for.

    >>> expand("fired|fires at?")
    [('fired',), ('fires',), ('fired', 'at'), ('fires', 'at')]
    """
    return sorted(_forms(phrase), key=lambda form: (len(form), form))


def _forms(phrase: str) -> set[tuple[str, ...]]:
    choices = [_choices(part) for part in phrase.lower().split()]
    return {tuple(chain.from_iterable(row)) for row in product(*choices)} - {()}


def _choices(part: str) -> list[tuple[str, ...]]:
    """What may stand for one part of a phrase, each as tokens."""
    found: list[tuple[str, ...]] = [()] if part.endswith("?") else []
    for word in part.rstrip("?").split("|"):
        pieces = word.split("-") if word.strip("-") else [word]
        for joints in product("- ", repeat=len(pieces) - 1):
            joined = "".join(a + b for a, b in zip(pieces, (*joints, ""), strict=True))
            found.append(tuple(tokens(joined)))
    return found
