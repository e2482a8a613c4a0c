"""Whether a figure is of the incident told of, of a longer time, of another event, or of none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms import numbers
from transforms.casualties.free import scope as free

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from transforms.casualties.mentions import Mention
    from transforms.model import Scope
    from transforms.text import Doc, Sentence

#: By first word: a number of words, and the phrases that have so many.
Phrases = dict[str, dict[int, set[tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class ScopeLexicon:
    """The cues of one language; see seeds/lexicons/<language>/scope.toml."""

    cumulative: Phrases
    background: Phrases
    elsewhere: Phrases
    pointers: Phrases
    remembered: Phrases  # "роковини": what an article looks back on, were it all that it tells
    daily: Phrases
    time_heads: frozenset[str]
    before_time: frozenset[str]
    hypothetical: frozenset[str]
    hypothetical_within: int
    negated: frozenset[str]
    negated_within: int
    numbers: frozenset[str]  # words that may begin a number


@cache
def lexicon(language: str) -> ScopeLexicon:
    """The scope cues of a language, read once."""
    seed = seeds.toml(f"lexicons/{language}/scope.toml")
    within = {name: int(seed[name]["within"]) for name in ("hypothetical", "negated")}
    return ScopeLexicon(
        cumulative=_index(seed["cumulative"]["phrases"]),
        background=_index(seed["background"]["phrases"]),
        elsewhere=_index(seed["elsewhere"]["phrases"]),
        pointers=_index(seed["pointers"]["phrases"]),
        remembered=_index(seed.get("remembered", {}).get("phrases", ())),
        daily=_index(seed.get("daily", {}).get("phrases", ())),
        time_heads=frozenset(seed["cumulative"]["time_heads"]),
        before_time=frozenset(seed["cumulative"]["before_time"]),
        hypothetical=frozenset(seed["hypothetical"]["before"]),
        hypothetical_within=within["hypothetical"],
        negated=frozenset(seed["negated"]["before"]),
        negated_within=within["negated"],
        numbers=numbers.lexicon(language).starts,
    )


def _index(phrases: Iterable[str]) -> Phrases:
    index: Phrases = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        index.setdefault(words[0], {}).setdefault(len(words), set()).add(words)
    return index


def cues(words: Sequence[str], first: int, last: int, phrases: Phrases) -> list[int]:
    """Tokens at which one of the phrases begins, between two tokens."""
    inside = words[first:last]
    if phrases.keys().isdisjoint(inside):
        return []  # nearly always, and the soonest to tell
    return [
        i
        for i, word in enumerate(inside, first)
        if word in phrases and _begins(words, i, phrases[word])
    ]


def _begins(words: Sequence[str], i: int, phrases: dict[int, set[tuple[str, ...]]]) -> bool:
    return any(tuple(words[i : i + length]) in forms for length, forms in phrases.items())


def of(doc: Doc, sentence: Sentence, mention: Mention, siblings: list[Mention]) -> Scope:
    """The scope of a mention by the words of its sentence.

    Args:
        doc: the text.
        sentence: the mention's sentence.
        mention: the mention.
        siblings: all mentions of the sentence, to tell which of them a cue belongs to.
    """
    lex = lexicon(doc.language.code)
    settled = _unreal(doc, sentence, mention, lex)
    if settled is None and doc.language.order == "free":
        settled = _losses(doc, sentence, mention, siblings, lex)
    if settled is not None:
        return settled
    if _counts_many(mention):
        spots = _cues(doc, sentence, lex.cumulative)
        if spots:  # "з початку доби" is a day's, not of a longer time
            spots = [spot for spot in spots if spot not in _cues(doc, sentence, lex.daily)]
        spots += _spans_of_time(doc, sentence, mention, lex)
        opening = _OPENING if doc.language.order == "free" else 0
        if any(_belongs(doc, spot, mention, siblings, opening) for spot in spots):
            return "cumulative"
        if spots and _in_perfect(doc, sentence, mention):
            return "cumulative"
    if _is_lasting(mention):
        return "background"
    spots = _cues(doc, sentence, lex.background)
    if any(_belongs(doc, spot, mention, siblings, _OPENING) for spot in spots):
        return "background"
    return "incident"


def is_remembered(doc: Doc, sentence: Sentence) -> bool:
    """Whether a sentence is of an anniversary: "сьогодні роковини удару"."""
    remembered = lexicon(doc.language.code).remembered
    return bool(remembered) and bool(_cues(doc, sentence, remembered))


def _unreal(doc: Doc, sentence: Sentence, mention: Mention, lex: ScopeLexicon) -> Scope | None:
    """Whether a sentence says that it is not so, or only may be; "incident" for a stated nought."""
    nobody = mention.group is not None and mention.group.kind == "zero"
    if nobody and not mention.negated:
        return "incident"  # "without casualties" states nought
    if mention.negated or _before(doc, sentence, mention, lex.negated, lex.negated_within):
        return "negated"
    if _denied(doc, sentence, mention):
        return "negated"
    if _is_asked(doc, sentence) or _is_hypothetical(doc, sentence, mention, lex):
        return "hypothetical"
    return None


def _cues(doc: Doc, sentence: Sentence, phrases: Phrases) -> list[int]:
    """Tokens at which one of the phrases begins, by its forms or its lemmas."""
    found = cues(doc.lower, sentence.first, sentence.last, phrases)
    if doc.lemma is not doc.lower:
        found += cues(doc.lemma, sentence.first, sentence.last, phrases)
    return found


def _losses(
    doc: Doc, sentence: Sentence, mention: Mention, siblings: list[Mention], lex: ScopeLexicon
) -> Scope | None:
    """What a language of free word order says of a side's losses, and of what may be."""
    daily = bool(_cues(doc, sentence, lex.daily))
    if free.is_losses(doc, mention, siblings, daily=daily):
        return "cumulative"
    possible = free.is_possible(doc, sentence, mention, lex.hypothetical)
    return "hypothetical" if possible else None


def _is_asked(doc: Doc, sentence: Sentence) -> bool:
    """ "Did he die at once?": nothing is stated; "Who killed Ann Poe?" states her death."""
    return doc.lower[sentence.first] in _ASKING and doc.lower[sentence.last - 1] == "?"


def _is_lasting(mention: Mention) -> bool:
    """ "400,000 displaced people live there": how they live, not what befell them."""
    group = mention.group
    inside = group is not None and group.first < mention.first < group.last
    return inside and mention.measure == "displaced"


def _counts_many(mention: Mention) -> bool:
    group = mention.group
    if group is None or group.quantity is None:
        return group is not None and group.kind == "plural"
    value = group.quantity.best or group.quantity.low or group.quantity.high or 0
    return value > 1


def _before(
    doc: Doc, sentence: Sentence, mention: Mention, words: frozenset[str], within: int
) -> bool:
    return any(
        word in words or ("n't" in words and word.endswith("n't"))
        for word in _window(doc, sentence, mention, within)
    )


def _window(doc: Doc, sentence: Sentence, mention: Mention, within: int) -> list[str]:
    """The words right before a casualty word, back to the last comma."""
    window: list[str] = []
    for i in range(mention.first - 1, max(mention.first - within, sentence.first) - 1, -1):
        if doc.lower[i] in (",", ";", ":"):
            break
        window.append(doc.lower[i])
    return window


def _denied(doc: Doc, sentence: Sentence, mention: Mention) -> bool:
    """ "denied that its aircraft had killed civilians": the clause after "denied that"."""
    for i in range(mention.first - 1, max(mention.first - _DENIAL_REACH, sentence.first), -1):
        word = doc.lower[i]
        if word in (",", ";", "but"):
            return False
        if word in ("denied", "denies", "denying"):
            return doc.lower[i + 1] == "that"
    return False


def _is_hypothetical(doc: Doc, sentence: Sentence, mention: Mention, lex: ScopeLexicon) -> bool:
    """ "could kill", "threatened to kill", "attempted murder": an active verb that has not been."""
    begin = mention.first - 1
    if begin < sentence.first:
        return False
    word = doc.lower[begin]
    if mention.form == "present" and (word in ("to", "n't") or word in lex.hypothetical):
        return not (word == "to" and doc.lower[begin - 1] in _REALISED)
    if _is_feared(doc, sentence, mention) or _is_unknown(doc, sentence, mention):
        return True
    window = _window(doc, sentence, mention, lex.hypothetical_within)
    if mention.form in ("past", "intransitive") and (
        word in _ALMOST or _would_have(doc, sentence, mention)
    ):
        return True
    if "have" in window and not {"may", "might"}.isdisjoint(window):
        return False  # "may have been killed": an estimate, not a threat
    if mention.form == "present" and word in ("or", "and") and "to" in window:
        return True  # "to capture or kill"
    if mention.form == "past" and "be" in window and "had" not in window:  # "had to be taken"
        return True
    if mention.form in ("ing", "event_noun"):
        return any(
            w in lex.hypothetical and w not in ("to", "will", "may", "order") for w in window
        )
    return mention.form != "counted" and any(
        w in _MODALS or w.endswith(("could've", "would've", "should've")) for w in window
    )


def _is_feared(doc: Doc, sentence: Sentence, mention: Mention) -> bool:
    """ "before another girl is killed", "until somebody dies": what has not been yet."""
    group = mention.group
    if group is None or group.first <= sentence.first or group.first > mention.first:
        return False
    words = doc.lower[group.last : mention.last]
    return doc.lower[group.first - 1] in _UNTIL and not _NOT_YET.isdisjoint(words)


def _is_unknown(doc: Doc, sentence: Sentence, mention: Mention) -> bool:
    """ "It is unknown whether there were casualties"."""
    return "whether" in _window(doc, sentence, mention, _WHETHER_REACH)


def _would_have(doc: Doc, sentence: Sentence, mention: Mention) -> bool:
    """ "could have hit her in the heart and killed her": what did not happen."""
    window = _window(doc, sentence, mention, _UNREAL_REACH)
    joined = window[:1] == ["and"] or window[:1] == ["have"]
    return joined and any(
        word == "have" and window[i + 1 : i + 2] in (["could"], ["would"])
        for i, word in enumerate(window)
    )


def _spans_of_time(doc: Doc, sentence: Sentence, mention: Mention, lex: ScopeLexicon) -> list[int]:
    """ "since 2014", "in the past three years", "over nearly four years", "in two months"."""
    found = []
    words = doc.lower
    for i in range(sentence.first, sentence.last):
        word = words[i]
        if word == "since":
            spans = _opens_time(words[i + 1 : sentence.last], lasting=mention.form == "state")
        elif word in lex.time_heads:
            spans = _is_span(words, i, lex) or _is_length(words, sentence.first, i, lex)
        else:
            spans = word == "days" and _is_days(words, sentence.first, i, lex)
        if spans:
            found.append(i)
    return found


def _is_span(words: Sequence[str], i: int, lex: ScopeLexicon) -> bool:
    """ "the past three years"; "in the last month" is a length of time, "last month" a date."""
    if lex.before_time.isdisjoint(words[max(i - 3, 0) : i]):
        return False
    return words[i - 1] not in ("last", "previous") or words[i - 2] in _SPANNING


def _is_length(words: Sequence[str], first: int, i: int, lex: ScopeLexicon) -> bool:
    """ "in two months", "in as many weeks"; not "the third attack in two months"."""
    at = i - 3 if words[i - 2 : i] == ["as", "many"] else i - 2
    if at < first or words[at] not in ("in", "within"):
        return False
    counted = words[i - 1] == "many" or words[i - 1].isdecimal() or words[i - 1] in lex.numbers
    return counted and not any(_is_ordinal(word) for word in words[max(at - _NTH, first) : at])


def _is_days(words: Sequence[str], first: int, i: int, lex: ScopeLexicon) -> bool:
    """ "in the past seven days", "in recent days", "have been killed in three days"."""
    if not _PAST.isdisjoint(words[max(i - 2, first) : i]):
        return True
    return "have" in words[max(i - _DAYS_AFTER, first) : i] and _is_length(words, first, i, lex)


def _is_ordinal(word: str) -> bool:
    return word == "time" or word in _NTHS or (word[0].isdigit() and word[-2:] in _NTH_ENDS)


def _opens_time(words: Sequence[str], *, lasting: bool) -> bool:
    """Whether a date or the beginning of something follows "since".

    A state lasts: "missing since Friday" is no sum of days.
    """
    return bool(words) and (
        _is_date_word(words[0])
        or (words[0] in _WEEKDAYS and not lasting)
        or not _BEGINNINGS.isdisjoint(words[:_SINCE_REACH])
    )


def _in_perfect(doc: Doc, sentence: Sentence, mention: Mention) -> bool:
    """ "have been killed since 2022, …, and 34,000 have been injured"."""
    window = doc.lower[max(mention.first - 4, sentence.first) : mention.first]
    return "have" in window and mention.form == "past"


def _is_date_word(word: str) -> bool:
    return word in _DATE_WORDS or (word.isdecimal() and len(word) == 4)


_MODALS = frozenset("could would might may should if will 'll".split())
_ALMOST = frozenset(("nearly", "almost"))
_ASKING = frozenset("did do does was were is are has have had will would could can".split())
_WHETHER_REACH = 5
_UNTIL = frozenset("before until unless if lest".split())
_NOT_YET = frozenset("is are gets get dies die".split())
#: "in the last month", not "last month".
_SPANNING = frozenset(("the", "past", "these", "this"))
#: Words from "could have" to the last verb under it.
_UNREAL_REACH = 16
#: A cue that opens a sentence stands after so many words at most.
_OPENING = 3
#: Words from "denied that" to the verb that it denies.
_DENIAL_REACH = 14
#: "since Russia's full-scale invasion began": the beginning stands within so many words.
_SINCE_REACH = 7
_BEGINNINGS = frozenset(
    """began begun invaded seized start started beginning outbreak war conflict invasion
    offensive uprising coup insurgency fighting escalation hostilities ceasefire truce
    revolution crackdown""".split()
)
#: "helped to rescue", "continued to kill": done, not meant.
_REALISED = frozenset(
    "continued continues continue used went helped helps help managed began started".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_PAST = frozenset("past last previous recent".split())
#: Words from "have been killed" to the days in which they were.
_DAYS_AFTER = 14
#: "the third such attack in two months": an ordinal stands within so many words before.
_NTH = 6
_NTHS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_NTH_ENDS = ("st", "nd", "rd", "th")
_DATE_WORDS = frozenset(
    """
    january february march april may june july august september october november december
    early mid late last jan feb mar apr jun jul aug sep sept oct nov dec then 7 1
    """.split()
)


def _belongs(
    doc: Doc, spot: int, mention: Mention, siblings: list[Mention], opening: int = 0
) -> bool:
    """A cue belongs to the casualty word nearest to it, and not across a comma after it.

    Unless it opens the sentence: at its first word, or up to ``opening`` words behind it.
    """
    between = doc.lower[min(spot, mention.last) : max(spot, mention.first)]
    if ";" in between:
        return False
    if ":" in between:
        return True  # "June was the worst month, the report says: 232 civilians died"
    if "," in between:
        behind = spot - doc.sentences[mention.sentence].first
        # "Since 2014, …", "Over 20 months ago, …"
        return behind == 0 or (behind <= opening and between.count(",") == 1)
    nearest = min(siblings, key=lambda m: _distance(spot, m))
    if doc.language.order == "free" and free.are_joined(doc, nearest, mention):
        return True
    return (
        nearest.first == mention.first or _distance(spot, mention) <= _distance(spot, nearest) + 2
    )


def _distance(spot: int, mention: Mention) -> int:
    """Words between a cue and a mention; a cue before counts double."""
    return spot - mention.last if spot >= mention.last else 2 * (mention.first - spot)
