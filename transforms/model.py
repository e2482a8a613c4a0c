"""What the reading of an article yields.

Every value that comes from the text carries ``start`` and ``end``: character offsets into the
article's text, half open, so that ``text[start:end]`` is the very words. Unknown is ``None``.

Sources of the conventions: UCDP GED codebook (``where_prec``, ``date_prec``), ACLED codebook
(``sub_event_type``), OHCHR casualty recording guidance (sex and age groups).
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from transforms.record import record

Measure = Literal[
    "killed",
    "injured",
    "hospitalised",
    "critically_injured",
    "missing",
    "captured",
    "abducted",
    "displaced",
    "rescued",
    "territorial_control",  # no people: somebody says that a place was taken
]
#: Measures that an incident carries as a toll, in the order of the contract.
TOLL_MEASURES: tuple[Measure, ...] = (
    "killed",
    "injured",
    "hospitalised",
    "critically_injured",
    "missing",
    "captured",
)
Scope = Literal["incident", "cumulative", "background", "hypothetical", "negated"]
Relation = Literal["total", "part", "subset", "update"]
Qualifier = Literal[
    "exact",  # "3"
    "at_least",  # "at least 3", "more than 3"
    "at_most",  # "up to 3", "as many as 3", "fewer than 3"
    "about",  # "about 3", "nearly 3"
    "range",  # "between 3 and 5"
    "vague",  # "dozens", "several", "casualties"
    "implied",  # "a policeman": one, by grammar
    "none",  # "nobody was hurt": 0 is stated
    "uncounted",  # a claim that is not of a number: of territorial control
    "none_reported",  # "no reports of casualties": no number is stated
]
Category = Literal[
    "civilian",
    "military",
    "police",
    "militant",
    "medical",
    "journalist",
    "aid_worker",
    "official",
    "unknown",
]
Certainty = Literal["asserted", "alleged", "denied"]


@record
class Article:
    """One article as read: ``text`` is verbatim and every offset counts in it."""

    id: str
    text: str
    published_at: date | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


@record
class Count:
    """A number of people: ``low``, ``best``, ``high``, each ``None`` where the text gives none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether the text gives any bound at all."""
        return self.low is not None or self.best is not None or self.high is not None


NO_COUNT = Count()


@record
class Claim:
    """What one passage says of one measure. Permanent: never changed by a later conclusion."""

    claim_id: str
    measure: Measure
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    scope: Scope
    relation: Relation
    parent_claim_id: str | None
    category: Category
    sex: str | None  # men | women
    age_group: str | None  # children | adults
    speaker: str | None
    speaker_role: str | None
    certainty: Certainty
    start: int
    end: int
    quote: str


@record
class PlaceCandidate:
    """A place that a name may mean; "none of these" is where a mention has no ``geoname_id``."""

    geoname_id: int
    name: str
    admin1: str | None
    country_code: str | None  # ISO 3166-1 alpha-2
    score: float  # 0..1, of all places weighed together 1


@record
class PlaceMention:
    """A toponym in the text and what the gazetteer makes of it (``geoname_id`` None: no match).

    An incident may have its place from the headline: the span is empty then.
    """

    start: int
    end: int
    text: str
    geoname_id: int | None
    name: str | None
    country: str | None  # English short name
    country_code: str | None  # ISO 3166-1 alpha-2
    admin1: str | None
    admin1_code: str | None  # ISO 3166-2 where known
    admin2: str | None
    lat: float | None
    lon: float | None
    feature: str | None  # GeoNames feature code: PPL, ADM1, PCLI …
    score: float  # 0..1
    where_prec: int | None  # UCDP 1..7
    stated_region: str | None = None  # the region as the text states it
    region_contradicted: bool = False  # the gazetteer puts the place elsewhere
    candidates: tuple[PlaceCandidate, ...] = ()  # the places weighed, the likeliest first


@record
class DateMention:
    """A date expression and the days it covers (both ends included); unresolved stays ``None``."""

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    date_prec: int | None  # UCDP 1 day, 2 2-6 days, 3 week, 4 month, 5 year


@record
class Attribution:
    """Who is said to have said what: text in ``scope_start:scope_end`` is by this speaker."""

    start: int  # of the attribution itself: "said Governor X"
    end: int
    speaker: str
    role: str | None  # their office: "Governor of …", "police", "defence ministry"
    verb: str | None
    certainty: Certainty
    scope_start: int
    scope_end: int


@record
class EventMention:
    """A word or phrase that names an attack: "drone strike", "opened fire", "bombarded"."""

    start: int
    end: int
    text: str
    sub_event_type: str  # ACLED's list
    weapon: str | None  # seeds/lexicons/en/weapons.toml


@record
class ActorMention:
    """An armed actor named in the text."""

    start: int
    end: int
    text: str
    name: str  # canonical
    role: Literal["attacker", "claimed", "blamed", "target", "denied", "unknown"]


@record
class ActorRole:
    """What an account says of an actor's part in the attack, and who says so.

    attacker, target: as the clause tells it; claimed, denied: by its own word; blamed: by
    another's; unclaimed: that nobody owns up, with no actor.
    """

    start: int
    end: int
    text: str
    actor: str | None  # canonical; None where no name of the lexicon is told
    role: Literal["attacker", "claimed", "blamed", "target", "denied", "unclaimed"]
    speaker: str | None
    speaker_role: str | None


@record
class Incident:
    """One article's account of one incident."""

    incident_id: str
    date: DateMention | None
    place: PlaceMention | None
    sub_event_type: str | None
    weapon: str | None
    actors: tuple[str, ...]
    tolls: dict[Measure, Count]
    claim_ids: tuple[str, ...]
    rules: dict[str, str] = field(default_factory=dict)  # field -> the rule that chose its value
    actor_roles: tuple[ActorRole, ...] = ()


@record
class Extraction:
    """All that is read out of one article."""

    article_id: str
    language: str | None
    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    places: tuple[PlaceMention, ...]
    dates: tuple[DateMention, ...]
    errors: tuple[str, ...] = ()
