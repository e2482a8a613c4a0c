"""Which of an article's places and dates are those of an incident, with the reason."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from seeds import read as seeds
from transforms import dates as date_reader
from transforms import roles
from transforms.casualties import lexicon, scope
from transforms.scenes import Scenes, holds, is_fine, located

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from transforms.language import Language
    from transforms.model import (
        ActorMention,
        ActorRole,
        DateMention,
        EventMention,
        PlaceMention,
    )
    from transforms.text import Doc, Sentence

    Spanned = TypeVar("Spanned", PlaceMention, DateMention, EventMention, ActorMention, ActorRole)

#: date_prec up to which a date may be an incident's day: a week at most.
_WEEK = 3
_ELSEWHERE_WITHIN = 6
_TOLL_WORDS = 6
#: "повідомив голова Харківської обласної військової адміністрації у вівторок"
_TELLING_WITHIN = 8
#: A word within so many before a date, or after it, says what the date is of.
_CUE_BEFORE, _CUE_AFTER = 8, 4
#: A year is the longest date that an event is given.
_LONGEST = timedelta(days=366)
#: Events so far apart are two.
_LONG_BEFORE = timedelta(days=3)
#: A place "at the head" of a sentence is among its first so many words.
_HEAD = 4


def by_sentence(doc: Doc, mentions: Sequence[Spanned]) -> dict[int, list[Spanned]]:
    """Mentions by the number of the sentence that holds their first character."""
    found: dict[int, list[Spanned]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        number = doc.sentence_number(mention.start)
        if number is not None:
            found.setdefault(number, []).append(mention)
    return found


def tells_elsewhere(doc: Doc, number: int) -> bool:
    """Whether a sentence opens with "elsewhere", "in a separate incident" and the like."""
    sentence = doc.sentences[number]
    last = min(sentence.first + _ELSEWHERE_WITHIN, sentence.last)
    return bool(
        scope.cues(doc.lower, sentence.first, last, scope.lexicon(doc.language.code).elsewhere)
    )


def opens_paragraph(doc: Doc, number: int, places: Sequence[PlaceMention]) -> bool:
    """Whether a paragraph begins with this sentence, and the sentence with a place."""
    sentence = doc.sentences[number]
    begins = number == 0 or doc.sentences[number - 1].paragraph != sentence.paragraph
    last = min(sentence.first + _HEAD, sentence.last) - 1
    return begins and any(place.start <= doc.starts[last] for place in places)


def heads(doc: Doc, place: PlaceMention) -> bool:
    """Whether a sentence is told of a place from its first word on: "In Kherson, ..."."""
    sentence = doc.sentence_at(place.start)
    if sentence is None:
        return False
    first, head = doc.token_at(place.start), sentence.first
    while head < first and not doc.words[head][0].isalnum():
        head += 1  # the dash or sign of a list
    return first == head or (first < head + 2 * _HEAD and roles.opens_in(doc, head))


def day(doc: Doc, dates: Sequence[DateMention], *, telling: bool = False) -> DateMention | None:
    """The most precise known day of a sentence, the first of equals.

    Args:
        doc: the text.
        dates: the sentence's dates.
        telling: take the day on which somebody said so too; it is that of a claim of territory.
    """
    known = [
        d
        for d in dates
        if d.date_start is not None
        and (d.date_prec or 9) <= _WEEK
        and (telling or not _of_telling(doc, d))
    ]
    return min(known, key=lambda d: (is_aftermath(doc, d), d.date_prec or 9, d.start), default=None)


def is_aftermath(doc: Doc, mention: DateMention) -> bool:
    """Whether a date is of what came after an event: "was charged on Friday"."""
    return _cue(doc, mention) == "aftermath"


def _cue(doc: Doc, mention: DateMention) -> str:
    """What the nearest word says that a date is of: "event", "aftermath" or, unsaid, ""."""
    sentence = doc.sentence_at(mention.start)
    if sentence is None:
        return ""
    kinds = _cues(doc.language)
    first, last = doc.token_at(mention.start), doc.token_at(mention.end - 1) + 1
    before = range(first - 1, max(first - _CUE_BEFORE, sentence.first) - 1, -1)
    after = range(last, min(last + _CUE_AFTER, sentence.last))
    return next((kinds[doc.lemma[t]] for t in (*before, *after) if doc.lemma[t] in kinds), "")


@cache
def _cues(language: Language) -> dict[str, str]:
    words = seeds.toml(f"{language.folder}/dates.toml")["words"]
    return {word: kind for kind in ("event", "aftermath") for word in words[kind]}


def not_after(dates: Sequence[DateMention], published_at: date | None) -> list[DateMention]:
    """The dates that an incident told of may have: none that begins after the article."""
    return [
        d
        for d in dates
        if published_at is None or d.date_start is None or d.date_start <= published_at
    ]


def without_dateline(doc: Doc, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates told of events: not the day of writing at the head, not when somebody was born."""
    line = date_reader.dateline(doc, list(dates))
    return [d for d in dates if d is not line and not _of_birth(doc, d)]


def _of_birth(doc: Doc, mention: DateMention) -> bool:
    first = doc.token_at(mention.start)
    last = doc.token_at(mention.end - 1) + 1
    before, after = _words(doc.language)["born"], lexicon.load(doc.language.code).born
    return not before.isdisjoint(doc.lemma[max(first - 2, 0) : first]) or not after.isdisjoint(
        doc.lemma[last - 1 : last + 2]
    )


def _of_telling(doc: Doc, mention: DateMention) -> bool:
    """Whether a date says when somebody spoke or a toll rose: "said on Tuesday"."""
    telling, words = _telling(doc.language), _words(doc.language)
    first, last = doc.token_at(mention.start), doc.token_at(mention.end - 1) + 1
    after = doc.lemma[last] if last < len(doc.lemma) else ""
    while first > 0 and doc.lower[first - 1] in words["before"]:
        first -= 1
    before = doc.lemma[first - 1] if first else ""
    if doc.tags:
        return after in telling or _is_told(doc, first, telling) or _is_as_of(doc, first)
    if first > 1 and doc.lower[first - 2] in words["stating"]:
        return True  # "both sides claimed victory on Friday after the assault"
    return before in telling or after in telling or (before.isdecimal() and _toll_rose(doc, first))


def _is_told(doc: Doc, last: int, telling: frozenset[str]) -> bool:
    """Whether the verb of telling is the last one before a date in its clause.

    For languages that put who speaks between them: "повідомив штаб 17 серпня".
    """
    for at in range(last - 1, max(last - _TELLING_WITHIN, -1), -1):
        if "VERB" in doc.tag(at):
            return doc.lemma[at] in telling
        if not doc.words[at][0].isalnum():
            return False
    return False


def _is_as_of(doc: Doc, first: int) -> bool:
    """ "станом на 12 листопада": the day of the figure."""
    return not _words(doc.language)["as_of"].isdisjoint(doc.lower[max(first - 2, 0) : first])


@cache
def _words(language: Language) -> dict[str, frozenset[str]]:
    """The words of [telling] in a language's dates.toml: what a date is of but an event."""
    told = seeds.toml(f"{language.folder}/dates.toml")["telling"]
    return {name: frozenset(told[name]) for name in ("rose", "stating", "before", "born", "as_of")}


@cache
def _telling(language: Language) -> frozenset[str]:
    return lexicon.load(language.code).grammar.reporting | _words(language)["rose"]


def _toll_rose(doc: Doc, last: int) -> bool:
    """Whether "rose to 22" ends at a token."""
    rose = _words(doc.language)["rose"]
    return not rose.isdisjoint(doc.lower[max(last - _TOLL_WORDS, 0) : last])


#: Why a place is that of an article's only incident: not and when only the headline names it.
_REASON = ("the place that most of the article speaks for", "named in the headline")


class Evidence:
    """An article's places and dates, asked for those of an incident."""

    def __init__(
        self,
        doc: Doc,
        places: Sequence[PlaceMention],
        dates: Sequence[DateMention],
        headline: Sequence[PlaceMention] = (),
    ) -> None:
        self.doc = doc
        self.scenes = Scenes(doc, places, headline)
        told = without_dateline(doc, dates)
        self.dates = [d for d in told if d.date_start is not None]
        self._places_at = by_sentence(doc, self.scenes.places)
        self._dates_at = by_sentence(doc, self.dates)

    def place(
        self, sentences: Sequence[int], told: PlaceMention | None, *, first: bool, only: bool
    ) -> tuple[PlaceMention | None, str]:
        """The place of an incident told in these sentences, and why.

        Args:
            sentences: their numbers.
            told: the place that the sentences put it at.
            first: whether it is the first incident of the article.
            only: whether it is the only one.
        """
        if only:
            likeliest = self._likeliest(sentences, told)
            if likeliest is not None and (told is None or is_fine(told) or holds(told, likeliest)):
                return likeliest, _REASON[likeliest.start == likeliest.end]
        if told is not None and is_fine(told) and self.scenes.is_scene(told):
            return told, "named where the incident is told"
        near = [p for n in _around(sentences) for p in self._places_at.get(n, ())]
        finer = self._finer(near, told)
        if finer is not None:
            return finer, "named beside the sentence that tells of it"
        if told is not None:
            return told, "named where the incident is told"
        if near:
            return min(near, key=lambda p: p.where_prec or 9), "the finest place named there"
        if first and self.scenes.places:
            return self.scenes.places[0], "the first place of the article"
        if first and self.scenes.headline:
            return self.scenes.headline[0], "named in the headline"
        return None, "no place told"

    def _likeliest(
        self, sentences: Sequence[int], told: PlaceMention | None
    ) -> PlaceMention | None:
        told_in = dict.fromkeys((*sentences, *self._headings(sentences)))
        inside = [p for n in told_in for p in self._places_at.get(n, ())]
        around = [p for n in _around(sentences) for p in self._places_at.get(n, ())]
        return self.scenes.likeliest(inside, around, told)

    def _headings(self, sentences: Sequence[int]) -> list[int]:
        """The sentences above, in the same paragraph, that are nothing but a place: "Sumy. …"."""
        own = {self.doc.sentences[n].paragraph for n in sentences}
        return [
            n
            for n, places in self._places_at.items()
            if n < min(sentences)
            and self.doc.sentences[n].paragraph in own
            and is_heading(self.doc, self.doc.sentences[n], places)
        ]

    def _finer(
        self, near: Sequence[PlaceMention], told: PlaceMention | None
    ) -> PlaceMention | None:
        """A place beside the incident that is a better scene than the one told of."""
        parts = [(p, self.scenes.part(p)) for p in near if is_fine(p)]
        if told is not None and not is_fine(told):
            parts = [(p, part) for p, part in parts if holds(told, p)]
        elif told is not None and self.scenes.part(told) == roles.DATELINE:
            parts = [(p, part) for p, part in parts if part == roles.SCENE or False]
        usable = [(p, part) for p, part in parts if part <= roles.DATELINE]
        best = min(usable, key=lambda one: one[1] >= roles.DATELINE, default=None)
        return best[0] if best is not None else None

    def date(
        self, sentences: Sequence[int], told: DateMention | None, *, first: bool, only: bool
    ) -> tuple[DateMention | None, str]:
        """The day of an incident told in these sentences, and why."""
        told = told if told in self.dates else None
        if told is not None and not is_aftermath(self.doc, told):
            return told, "told in the sentence of the incident"
        near = [d for n in _around(sentences) for d in self._dates_at.get(n, ())]
        best = day(self.doc, near)
        if best is not None and not is_aftermath(self.doc, best):
            return best, "told beside the sentence of the incident"
        elsewhere = next((d for d in self.dates if self._is_day_of_event(d)), None)
        if only and elsewhere is not None:
            return elsewhere, "the first day at which the article tells of an attack"
        if told is not None:
            return told, "told in the sentence of the incident"
        if best is not None:
            return best, "told beside the sentence of the incident"
        spans = [d for d in near if _is_time_of_event(d)]
        if first and spans:
            return spans[0], "the first date told there"
        return None, "no date told"

    def day_above(self, number: int) -> DateMention | None:
        """The day in the line over a list in which a sentence stands: "Сводка за 11 ноября:"."""
        for above in sorted((n for n in self._dates_at if n < number), reverse=True):
            if self.doc.text[self.doc.sentences[above].end - 1] == ":":
                return day(self.doc, self._dates_at[above])
        return None

    def places_in(self, sentences: Sequence[int]) -> list[PlaceMention]:
        """The places smaller than a country that sentences name."""
        return [p for n in sentences for p in self._places_at.get(n, ()) if located(p)]

    def _is_day_of_event(self, mention: DateMention) -> bool:
        return mention.date_prec == 1 and _cue(self.doc, mention) == "event"

    def of_all(self, day: DateMention) -> bool:
        """Whether a day is told without a scene: "attacked three regions overnight into Friday"."""
        number = next((n for n, told in self._dates_at.items() if day in told), None)
        return number is not None and not any(is_fine(p) for p in self._places_at.get(number, ()))


def is_heading(doc: Doc, sentence: Sentence, named: Sequence[PlaceMention | DateMention]) -> bool:
    """Whether a sentence has no words but those of the places and days that it names."""
    spans = [(one.start, one.end) for one in named]
    return all(
        any(start <= doc.starts[t] < end for start, end in spans)
        for t in range(sentence.first, sentence.last)
        if doc.words[t][0].isalpha()
    )


def _is_time_of_event(mention: DateMention) -> bool:
    """Whether a date may be an event's: "since 2022" is a length of time, not when it happened."""
    if mention.date_start is None or mention.date_end is None:
        return False
    return mention.date_end - mention.date_start <= _LONGEST


def _around(sentences: Sequence[int]) -> list[int]:
    """The sentences themselves, then those right before and after."""
    inside = list(dict.fromkeys(sentences))
    beside = [n + step for n in inside for step in (-1, 1)]
    return inside + [n for n in dict.fromkeys(beside) if n not in inside]


def apart(one: DateMention | None, other: DateMention | None) -> bool:
    """Whether two dates are known to have no day in common."""
    if one is None or other is None:
        return False
    if None in (one.date_start, one.date_end, other.date_start, other.date_end):
        return False
    return one.date_end < other.date_start or other.date_end < one.date_start  # type: ignore[operator]


def is_long_before(one: DateMention | None, other: DateMention | None) -> bool:
    """Whether a date is so long before another that their events are two, if figures differ."""
    if one is None or other is None or one.date_end is None or other.date_start is None:
        return False
    return other.date_start - one.date_end >= _LONG_BEFORE
