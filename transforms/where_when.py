"""Which of an article's places and dates are those of an incident, with the reason."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from transforms import dates as date_reader
from transforms import geo
from transforms.casualties import lexicon, scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from transforms.model import ActorMention, DateMention, EventMention, PlaceMention
    from transforms.text import Doc

    Spanned = TypeVar("Spanned", PlaceMention, DateMention, EventMention, ActorMention)

#: Two settlements nearer than this may be one scene (UCDP's radius of where_prec 2).
NEAR_KM = 25.0
#: date_prec up to which a date may be an incident's day: a week at most.
_WEEK = 3
_LOCATIVE = frozenset(
    """
    in at near on outside inside of around into against over across from off to between
    along
    """.split()
)
_STRONG = frozenset(
    """
    in at near outside inside on around between along off
    """.split()
)
_BEARINGS = frozenset(
    """north south east west northeast northwest southeast southwest northern southern km kms
    kilometres kilometers miles mile""".split()
)
_ELSEWHERE_WITHIN = 6
#: A preposition governs a place at most so many words after it.
_GOVERNS = 6
#: Verbs of a toll's change, and what may stand between a verb and its date.
_TOLD = frozenset(
    "rose risen climbed climbs rises lowered raised revised updated wrote posted tweeted".split()
)
#: Verbs that tell with an object: "claimed responsibility on Friday".
_STATING = frozenset("claimed denied rejected accepted admitted blamed accused condemned".split())
_BEFORE_DATES = frozenset("on late early in the".split())
_TOLL_WORDS = 6
#: A year is the longest date that an event is given.
_LONGEST = timedelta(days=366)
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
    return bool(scope.cues(doc.lower, sentence.first, last, scope.lexicon().elsewhere))


def opens_paragraph(doc: Doc, number: int, places: Sequence[PlaceMention]) -> bool:
    """Whether a paragraph begins with this sentence, and the sentence with a place."""
    sentence = doc.sentences[number]
    begins = number == 0 or doc.sentences[number - 1].paragraph != sentence.paragraph
    last = min(sentence.first + _HEAD, sentence.last) - 1
    return begins and any(place.start <= doc.starts[last] for place in places)


def kilometres(one: PlaceMention, other: PlaceMention) -> float | None:
    """Great-circle distance, or None where a coordinate is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return geo.kilometres(one.lat, one.lon, other.lat, other.lon)


def same(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two mentions are of one place, or of two settlements as good as one."""
    if one.geoname_id is not None and one.geoname_id == other.geoname_id:
        return True
    if _level(one) != "place" or _level(other) != "place":
        return False
    return one.text == other.text


def far(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two places cannot be one scene."""
    distance = kilometres(one, other)
    if distance is None:
        return False
    if _level(one) == "place" and _level(other) == "place":
        return distance > NEAR_KM
    return one.admin1 != other.admin1 or one.country != other.country


def _level(place: PlaceMention) -> str:
    feature = place.feature or ""
    if feature.startswith("PCL"):
        return "country"
    if feature == "ADM1":
        return "admin1"
    if feature == "ADM2":
        return "admin2"
    if feature in ("CONT", "RGN", "RGNE", "ZN"):
        return "region"
    return "place"


def is_fine(place: PlaceMention) -> bool:
    """Whether a place is a settlement or a district, however sure its position is."""
    return _level(place) in ("place", "admin2")


def holds(outer: PlaceMention, inner: PlaceMention) -> bool:
    """Whether one place lies in the other, by the gazetteer's units."""
    level = _level(outer)
    if level == "region":
        return True
    if outer.country != inner.country:
        return False
    if level == "country":
        return True
    if level == "admin1":
        return outer.admin1 == inner.admin1
    return level == "admin2" and outer.name in (inner.admin2, inner.name)


_HOSPITAL = frozenset(("Hospital", "Medical", "Clinic", "Infirmary", "HOSPITAL", "MEDICAL"))


def scene(doc: Doc, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place of a sentence where something happens: after "in" or "near", the finest."""
    known = [p for p in places if p.geoname_id is not None and _located(p)]
    governed = [(p, _preposition(doc, p)) for p in known]
    # "Moscow's push", "Kyiv denied": a capital without "in" or "near" is its government
    scenes = [(p, word) for p, word in governed if word in _LOCATIVE or p.feature != "PPLC"]
    locative = [(p, word) for p, word in scenes if word in _LOCATIVE]
    chosen = min(
        locative or scenes,
        key=lambda one: (
            not is_fine(one[0]),
            one[1] not in _STRONG,
            one[0].start,
        ),
        default=None,
    )
    return chosen[0] if chosen is not None else None


def names_hospital(doc: Doc, place: PlaceMention) -> bool:
    """ "Mount Sinai Hospital": the words are a hospital's name."""
    last = doc.token_at(place.end - 1) + 1
    return any(word in _HOSPITAL for word in doc.words[last : last + 2])


def _located(place: PlaceMention) -> bool:
    return _level(place) not in ("country", "region")


def _preposition(doc: Doc, place: PlaceMention) -> str:
    """The word that governs a place: "in" in "in the town of X", "of" in "control of X"."""
    i = doc.token_at(place.start)
    fallback = doc.lower[i - 1] if i else ""
    for back in range(i - 1, max(i - _GOVERNS, -1), -1):
        word = doc.lower[back]
        if word == "of":
            if back and doc.lower[back - 1] in _BEARINGS:
                return ""  # "360 km south-west of Khartoum" happens elsewhere
            fallback = word
        elif word in _LOCATIVE:
            return word
        elif word in (".", ",", ";", "'", "’"):
            break
    return fallback


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
    return min(known, key=lambda d: (d.date_prec or 9, d.start), default=None)


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
    return "born" in doc.lower[max(first - 2, 0) : first]


def _of_telling(doc: Doc, mention: DateMention) -> bool:
    """Whether a date says when somebody spoke or a toll rose: "said on Tuesday"."""
    telling = _telling()
    first, last = doc.token_at(mention.start), doc.token_at(mention.end - 1) + 1
    after = doc.lower[last] if last < len(doc.lower) else ""
    while first > 0 and doc.lower[first - 1] in _BEFORE_DATES:
        first -= 1
    before = doc.lower[first - 1] if first else ""
    if first > 1 and doc.lower[first - 2] in _STATING:
        return True  # "both sides claimed victory on Friday after the assault"
    return before in telling or after in telling or (before.isdecimal() and _toll_rose(doc, first))


@cache
def _telling() -> frozenset[str]:
    return lexicon.load("en").grammar.reporting | _TOLD


def _toll_rose(doc: Doc, last: int) -> bool:
    """Whether "rose to 22" ends at a token."""
    return not _TOLD.isdisjoint(doc.lower[max(last - _TOLL_WORDS, 0) : last])


class Evidence:
    """An article's places and dates, asked for those of an incident."""

    def __init__(
        self, doc: Doc, places: Sequence[PlaceMention], dates: Sequence[DateMention]
    ) -> None:
        self.doc = doc
        self.places = [place for place in places if place.geoname_id is not None]
        told = without_dateline(doc, dates)
        self.dates = [d for d in told if d.date_start is not None]
        self._places_at = by_sentence(doc, self.places)
        self._dates_at = by_sentence(doc, self.dates)

    def place(
        self, sentences: Sequence[int], told: PlaceMention | None, *, first: bool
    ) -> tuple[PlaceMention | None, str]:
        """The place of an incident told in these sentences, and why."""
        if told is not None and is_fine(told):
            return told, "named where the incident is told"
        near = [p for n in _around(sentences) for p in self._places_at.get(n, ())]
        finer = [p for p in near if is_fine(p)]
        finer = [p for p in finer if told is None or holds(told, p)]
        if finer:
            return finer[0], "named beside the sentence that tells of it"
        if told is not None:
            return told, "named where the incident is told"
        if near:
            return min(near, key=lambda p: p.where_prec or 9), "the finest place named there"
        if first and self.places:
            return self.places[0], "the first place of the article"
        return None, "no place told"

    def date(
        self, sentences: Sequence[int], told: DateMention | None, *, first: bool
    ) -> tuple[DateMention | None, str]:
        """The day of an incident told in these sentences, and why."""
        if told is not None and told in self.dates:
            return told, "told in the sentence of the incident"
        near = [d for n in _around(sentences) for d in self._dates_at.get(n, ())]
        best = day(self.doc, near)
        if best is not None:
            return best, "told beside the sentence of the incident"
        spans = [d for d in near if _is_time_of_event(d)]
        if first and spans:
            return spans[0], "the first date told there"
        return None, "no date told"

    def of_all(self, day: DateMention) -> bool:
        """Whether a day is told without a scene: "attacked three regions overnight into Friday"."""
        number = next((n for n, told in self._dates_at.items() if day in told), None)
        return number is not None and not any(is_fine(p) for p in self._places_at.get(number, ()))


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
