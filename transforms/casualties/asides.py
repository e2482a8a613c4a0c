"""Lines of a page that point to other stories: "RELATED: Teen killed in Ames", "0:41 Man dies".

And the reverse: what an article looks back on is its own incident where it tells of no other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.casualties import scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.casualties.resolve import Stated
    from transforms.model import Scope
    from transforms.text import Doc

#: Measures of which an incident's victims are told.
_OF_VICTIMS = frozenset({"killed", "injured", "hospitalised", "critically_injured"})
#: Between the words of a pointer and the headline that it points to.
_POINTING = frozenset(":|>»-–—")
#: A clip is a few minutes long: "4:10"; a later time is an hour of the day.
_LONGEST_CLIP = 5
_CLIP = 4
_STOPS = tuple(".!?")


def rescope(doc: Doc, stated: Sequence[Stated]) -> list[Stated]:
    """Claims of lines that point to other stories as background, where others tell of an incident.

    Args:
        doc: the text.
        stated: claims with their mentions.
    """
    own = [s for s in stated if s.claim.scope == "incident" and s.claim.measure in _OF_VICTIMS]
    pointed = {id(s) for s in own if _points(doc, s)}
    if not pointed or len(pointed) == len(own):
        return list(stated)
    return [rescoped(s, "background") if id(s) in pointed else s for s in stated]


def looked_back_on(stated: Sequence[Stated], old: set[int]) -> list[Stated]:
    """Claims of background as the article's own incident where it tells of no other.

    Args:
        stated: claims with their mentions.
        old: ids of the claims of events too old to be an article's own.
    """
    if any(s.claim.scope == "incident" for s in stated):
        return list(stated)
    own = {id(s) for s in stated if s.claim.scope == "background" and id(s) not in old}
    return [rescoped(s, "incident") if id(s) in own else s for s in stated]


def rescoped(item: Stated, to: Scope) -> Stated:
    """A claim in another scope."""
    return replace(item, claim=replace(item.claim, scope=to))


def _points(doc: Doc, item: Stated) -> bool:
    """Whether a claim stands in a line that points to another story."""
    start = item.claim.start
    begin = max(doc.text.rfind("\n", 0, start) + 1, doc.sentences[item.sentence].start)
    first = doc.token_at(begin)
    return _is_pointer(doc, first) or _is_clip(doc, first, start)


def _is_pointer(doc: Doc, first: int) -> bool:
    """ "Related story:", "READ MORE |"."""
    forms = scope.lexicon(doc.language.code).pointers.get(doc.lower[first], {})
    return any(
        tuple(doc.lower[first : first + length]) in known
        and doc.lower[first + length : first + length + 1] != []
        and doc.lower[first + length] in _POINTING
        for length, known in forms.items()
    )


def _is_clip(doc: Doc, first: int, start: int) -> bool:
    """ "0:41 Man dies in wreck": a length of time, then a headline without a full stop."""
    minutes, colon, _ = doc.words[first].partition(":")
    if not colon or not minutes.isdecimal() or len(doc.words[first]) > _CLIP:
        return False
    end = doc.text.find("\n", start)
    line = doc.text[start:] if end < 0 else doc.text[start:end]
    headline = doc.words[first + 1 : first + 2]
    return (
        int(minutes) < _LONGEST_CLIP
        and headline != []
        and headline[0][0].isupper()
        and not line.rstrip().endswith(_STOPS)
    )
