"""Noun phrases around a verb of speech: who speaks, by name and office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.record import record
from transforms.speakers.lexicon import QUOTES, lexicon

if TYPE_CHECKING:
    from transforms.text import Doc, Sentence

_LONGEST = 16
_LONGEST_APPOSITION = 22
#: A name in wire text in capitals, where capitals tell nothing.
_LONGEST_CAPS_NAME = 4
#: What opens a clause inside a subject: "a trader *reached* by radio said".
_RELATIVES = frozenset(("who", "which", "that", "reached", "contacted", "interviewed"))
_OF = frozenset(("of", "with", "from"))
_APPOSITION_CLOSES = frozenset((",", ".", ";", ":", ")", '"', "”", "“", "-", "–", "—", "who", "as"))


@record
class Who:
    """A speaker: the phrase's tokens ``first:last``, the name or body, the office."""

    first: int
    last: int
    speaker: str
    role: str | None
    named: bool  # a person by name
    pronoun: str | None = None

    def at(self, first: int, last: int) -> Who:
        """The same speaker, meant by other tokens."""
        return Who(first, last, self.speaker, self.role, self.named)


def before(doc: Doc, sentence: Sentence, verb: int) -> Who | None:
    """The subject that ends before a verb: "the governor, Ann Poe, later said"."""
    at = subject_end(doc, sentence, verb)
    if at < sentence.first:
        return None
    word = doc.lower[at]
    if word == "," and at > sentence.first:
        return _with_apposition(doc, sentence, at)
    if word in (")", "]"):
        at = _opening(doc, sentence, at) - 1
    first = _left_end(doc, sentence, at)
    if first > sentence.first and _in_modifier(doc, first):
        return None
    return who(doc, first, at + 1) if first <= at else None


def _in_modifier(doc: Doc, first: int) -> bool:
    """Whether a phrase is no subject: "the charity that *runs the clinic*", "no *group*"."""
    before = doc.lower[first - 1]
    if before in ("who", "which", "by", "no", "neither"):
        return True
    small = doc.words[first][0].islower() and doc.lower[first] not in lexicon().determiners
    return before == "that" and small and doc.lower[first] not in lexicon().offices


def modified(doc: Doc, sentence: Sentence, last: int) -> Who | None:
    """The subject with a clause of its own: "the charity *that runs the clinic* said"."""
    for at in range(last, max(sentence.first, last - _LONGEST_APPOSITION), -1):
        word = doc.lower[at]
        if word == "by":
            return antecedent(doc, sentence, at - 1)  # "the office *run* by the rebels said"
        if word in _RELATIVES or word in lexicon().verbs:
            return antecedent(doc, sentence, at) if word in _RELATIVES else None
        if word in QUOTES or word in (",", ";", ":"):
            return None
    return None


def described(doc: Doc, sentence: Sentence, verb: int, last: int) -> Who | None:
    """Any noun phrase before "said", "told" and their like: whatever they are, they speak."""
    words, first = lexicon(), _left_end(doc, sentence, last)
    if doc.lower[verb] not in words.plain or not doc.words[last][0].isalpha() or first > last:
        return None
    if first > sentence.first and _in_modifier(doc, first):
        return None
    if not words.no_speakers.isdisjoint(doc.lower[first : last + 1]):
        return None
    if doc.lower[first] not in words.determiners and not doc.lower[last].endswith(("s", "men")):
        return None
    phrase = _text(doc, first, last + 1)
    return Who(first, last + 1, phrase, phrase, False)


def subject_end(doc: Doc, sentence: Sentence, verb: int) -> int:
    """The token before a verb and its adverbs: "police *later emphatically* denied"."""
    words, at = lexicon(), verb - 1
    while at >= sentence.first and (doc.lower[at] in words.between or _adverb(doc, at)):
        at -= 1
    return at


def _adverb(doc: Doc, at: int) -> bool:
    word = doc.lower[at]
    if not word.endswith("ly") or (not doc.caps and _capital(doc, at)):
        return False
    return word not in lexicon().no_adverbs


def antecedent(doc: Doc, sentence: Sentence, relative: int) -> Who | None:
    """The subject of "who said": the phrase before it."""
    at = relative - 1
    if at > sentence.first and doc.lower[at] == ",":
        at -= 1
    first = _left_end(doc, sentence, at)
    return who(doc, first, at + 1) if first <= at else None


def after(doc: Doc, sentence: Sentence, verb: int) -> Who | None:
    """The subject that follows a verb: ", said Ann Poe, the governor"."""
    last = _right_end(doc, sentence, verb + 1)
    found = who(doc, verb + 1, last) if last > verb + 1 else None
    if found is None or not found.named or last >= sentence.last or doc.lower[last] != ",":
        return found
    end = _apposition_end(doc, sentence, last + 1)
    if end is None:
        return found
    if _has_office(doc, last + 1, end):
        return Who(found.first, end, found.speaker, _text(doc, last + 1, end), True)
    return found


def _with_apposition(doc: Doc, sentence: Sentence, comma: int) -> Who | None:
    """ "Ann Poe, the governor of Y, said": the phrase before the first comma."""
    low = max(sentence.first, comma - _LONGEST_APPOSITION)
    for at in range(comma - 1, low, -1):
        if doc.lower[at] in QUOTES:
            return None
        if doc.lower[at] == ",":
            first = _left_end(doc, sentence, at - 1)
            found = who(doc, first, at) if first < at else None
            if found is not None:
                return _with_office(doc, found, at + 1, comma)
    return None


def _with_office(doc: Doc, found: Who, first: int, last: int) -> Who | None:
    if doc.lower[first] in ("who", "which") or doc.words[first][0].isdigit():
        return Who(found.first, last + 1, found.speaker, found.role, found.named)
    start = first + (doc.lower[first] == "the")
    if not found.named and not found.pronoun and start < last and _names(doc, start, last):
        name, role = _text(doc, first, last), found.speaker  # "the mayor, Ann Poe, said"
    elif _has_office(doc, first, last) or _describes(doc, first, last):
        name, role = found.speaker, found.role or _text(doc, first, last)
    else:
        return None
    return Who(found.first, last + 1, name, role, True)


def _describes(doc: Doc, first: int, last: int) -> bool:
    """ "a farmer from the village": a noun phrase with its article."""
    if doc.lower[first] not in ("a", "an", "the", "one", "another"):
        return False
    return all(_inside(doc, at, first) for at in range(first, last))


def _apposition_end(doc: Doc, sentence: Sentence, first: int) -> int | None:
    """Where ", a spokesman for the ministry" ends; None if it is no apposition."""
    words = lexicon()
    if first >= sentence.last or doc.lower[first] in words.stops:
        return None
    last = _right_end(doc, sentence, first, stop_at_names=False)
    closed = last >= sentence.last or doc.lower[last] in _APPOSITION_CLOSES
    return last if last > first and closed else None


def _opening(doc: Doc, sentence: Sentence, closing: int) -> int:
    at = closing
    while at > sentence.first and doc.lower[at] not in ("(", "["):
        at -= 1
    return at


def _left_end(doc: Doc, sentence: Sentence, last: int) -> int:
    """First token of the noun phrase that ends at ``last``."""
    at = last
    low = max(sentence.first, last - _LONGEST)
    while at >= low and _inside(doc, at, sentence.first):
        at -= 1
    at += 1
    while at < last and doc.lower[at] in ("and", "of", "in", "at", "for", "with", "&", "-", "."):
        at += 1
    return at


def _inside(doc: Doc, at: int, first: int) -> bool:
    """Whether a token, read from the right, still belongs to a noun phrase."""
    words, word = lexicon(), doc.lower[at]
    if word in words.boundaries:
        return False
    if word == ".":
        return at > first and (
            doc.lower[at - 1] in words.abbreviations or len(doc.words[at - 1]) == 1
        )
    if word in ("-", "'", "’"):
        return at > first
    if word == "and":
        return at > first and (doc.lower[at - 1] in words.offices or _capital(doc, at - 1))
    return word[0].isalnum()


def _right_end(doc: Doc, sentence: Sentence, first: int, *, stop_at_names: bool = True) -> int:
    """The token after the noun phrase that begins at ``first``."""
    words, at = lexicon(), first
    high = min(sentence.last, first + _LONGEST)
    while at < high and _inside(doc, at, first):
        if _prepositional(doc, at, high) or (stop_at_names and at > first and _after_name(doc, at)):
            break
        at += 1
    while at > first and doc.lower[at - 1] in words.loose:
        at -= 1
    if at > first and doc.lower[at - 1] == "." and at >= sentence.last:
        at -= 1
    return at


def _prepositional(doc: Doc, at: int, high: int) -> bool:
    """Whether "in", "at" or "from" here opens the circumstances and no part of a name."""
    if doc.lower[at] not in ("in", "at", "from", "with"):
        return False
    return at + 1 >= high or not (_capital(doc, at + 1) or doc.lower[at + 1] == "the")


def _after_name(doc: Doc, at: int) -> bool:
    """ "Ann Poe outside the court": a small word after a name ends it, if not "of"."""
    words = lexicon()
    if doc.caps or not _capital(doc, at - 1) or _capital(doc, at):
        return False
    return doc.lower[at] not in words.name_goes_on


def _capital(doc: Doc, at: int) -> bool:
    return doc.words[at][0].isupper()


def _has_office(doc: Doc, first: int, last: int) -> bool:
    offices = lexicon().offices
    return any(word in offices for word in doc.lower[first:last])


def _text(doc: Doc, first: int, last: int) -> str:
    """The words of a phrase without the article before them, on one line."""
    if last - first > 1 and doc.lower[first] in ("the", "a", "an"):
        first += 1
    return " ".join(doc.text[doc.starts[first] : doc.ends[last - 1]].split())


def who(doc: Doc, first: int, last: int) -> Who | None:
    """Reads a noun phrase as a speaker, or None where it is none.

    A name follows the last word of office ("Mayor Ann Poe"); without one, capitals make a name;
    without a name the office or body itself speaks ("police").
    """
    words = lexicon()
    if last - first == 1 and doc.lower[first] in words.pronouns:
        return Who(first, last, doc.words[first], None, False, doc.lower[first])
    if not words.no_speakers.isdisjoint(doc.lower[first:last]):
        return None
    named = _by_name_and_place(doc, first, last)
    if named is not None:
        return named
    office = next(
        (at for at in range(last - 1, first - 1, -1) if doc.lower[at] in words.offices), None
    )
    if office is None:
        return _by_name(doc, first, last)
    if office < last - 1 and doc.lower[office] in words.roles and _names(doc, office + 1, last):
        return _officer(doc, first, office, last)
    phrase = _text(doc, first, last)
    return Who(first, last, phrase, phrase, False)


def _by_name_and_place(doc: Doc, first: int, last: int) -> Who | None:
    """ "Sgt. Ann Poe of the city police", "Ann Poe of the Red Crescent"."""
    words = lexicon()
    cut = next((at for at in range(first + 2, last) if doc.lower[at] in _OF), last)
    if cut == last or doc.caps:
        return None
    office = next(
        (at for at in range(cut - 1, first - 1, -1) if doc.lower[at] in words.offices), None
    )
    if office is None:
        if not (_names(doc, first, cut) and _capital(doc, first)):
            return None
        return Who(first, last, _text(doc, first, cut), _text(doc, cut + 1, last), True)
    if office == cut - 1 or doc.lower[office] not in words.roles:
        return None
    if not _names(doc, office + 1, cut):
        return None
    officer = _officer(doc, first, office, cut)
    return Who(first, last, officer.speaker, officer.role, True)


def _officer(doc: Doc, first: int, office: int, last: int) -> Who:
    start = office + 1
    while start < last - 1 and not doc.words[start][0].isalpha():
        start += 1
    role = None if doc.lower[office] in lexicon().titles else _text(doc, first, office + 1)
    return Who(first, last, _text(doc, start, last), role, True)


def _names(doc: Doc, first: int, last: int) -> bool:
    """Whether the tokens are a name and no complement ("of Health", "in Kyiv")."""
    words = lexicon()
    if doc.lower[first] in ("of", "for", "in", "at", "from", "with", "and", "&", "-"):
        return False
    if doc.caps and last - first > _LONGEST_CAPS_NAME:
        return False
    if not doc.words[last - 1][0].isalpha():
        return False
    return all(_capital(doc, at) or doc.lower[at] in words.particles for at in range(first, last))


def _by_name(doc: Doc, first: int, last: int) -> Who | None:
    """A speaker with no word of office: a name in capitals."""
    words = lexicon()
    if doc.lower[first] == "the":
        first += 1
    if first == last:
        return None
    if doc.caps:
        fits = last - first <= _LONGEST_CAPS_NAME and doc.lower[first] not in words.determiners
    else:
        fits = _names(doc, first, last) and _capital(doc, first) and _capital(doc, last - 1)
    if not fits or doc.lower[first] in words.after:
        return None
    return Who(first, last, _text(doc, first, last), None, True)


def in_headline(doc: Doc, first: int, last: int) -> Who | None:
    """The speaker of "Police: …", if the tokens are an office, maybe with a name, and no more."""
    if not all(_inside(doc, at, first) for at in range(first, last)):
        return None
    found = who(doc, first, last)
    return (
        found
        if found and found.role and (found.named or _has_office(doc, last - 1, last))
        else None
    )


def opening_subject(doc: Doc, sentence: Sentence) -> Who | None:
    """The subject with which a sentence opens: of "Police closed the road and said …"."""
    last = _right_end(doc, sentence, sentence.first)
    return who(doc, sentence.first, last) if last > sentence.first else None
