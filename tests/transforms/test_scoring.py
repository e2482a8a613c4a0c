"""The scores of `tollbook evaluate`, on gold small enough to be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from transforms import scoring
from transforms.geo import kilometres
from transforms.model import TOLL_MEASURES
from transforms.scoring import Outcome, Result, Scores
from transforms.scoring_counts import states

UNKNOWN = {"low": None, "best": None, "high": None}


def count(number: int | None = None, **bounds: int) -> dict[str, int | None]:
    if number is not None:
        return {"low": number, "best": number, "high": number}
    return {**UNKNOWN, **bounds}


def claim(text: str, quote: str, measure: str, number: int | None = None, **keys: Any) -> Any:
    start = text.index(quote)
    return {
        "claim_id": f"{measure}{start}",
        "measure": measure,
        **count(number),
        "qualifier": "exact",
        "scope": "incident",
        "relation": "total",
        "parent_claim_id": None,
        "category": "unknown",
        "sex": None,
        "age_group": None,
        "speaker": None,
        "speaker_role": None,
        "certainty": "asserted",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        **keys,
    }


def incident(**keys: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {measure: dict(UNKNOWN) for measure in TOLL_MEASURES}
    return {
        "incident_id": "i0",
        "date_start": None,
        "date_end": None,
        "date_prec": None,
        "place": None,
        "sub_event_type": None,
        "weapon": None,
        "claim_ids": [],
        **empty,
        **keys,
    }


def extraction(id_: str, *incidents: Any, claims: Any = ()) -> dict[str, Any]:
    return {"id": id_, "incidents": list(incidents), "claims": list(claims)}


def result(scores: Scores, field: str, metric: str) -> Result:
    (found,) = [r for r in scores.results if (r.field, r.metric) == (field, metric)]
    return found


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"id": "a", "killed": 1, "injured": 0, "lat": None}, "shootings"),
        ({"id": "a", "killed_min": 1, "labels": {"captured_min": 0}}, "releases"),
        ({"id": "a", "relevant": True, "events": []}, "targets"),
        ({"id": "a", "claims": [], "incidents": []}, "own"),
        ({"id": "a", "toponyms": []}, "toponyms"),
    ],
)
def test_gold_shows_its_kind(row: dict[str, Any], expected: str) -> None:
    assert scoring.kind(row) == expected


def test_gold_without_labels_is_refused_by_name() -> None:
    with pytest.raises(scoring.ScoringError, match="'a7' has no gold labels"):
        scoring.kind({"id": "a7", "text": "…"})


def test_a_gold_row_without_an_extraction_is_refused() -> None:
    golds = [{"id": "a", "killed": 1, "injured": 0}]
    with pytest.raises(scoring.ScoringError, match="1 gold rows have no extraction"):
        scoring.score("gva", golds, [])


def test_gold_of_two_kinds_is_refused() -> None:
    golds: list[dict[str, Any]] = [{"id": "a", "killed": 1}, {"id": "b", "toponyms": []}]
    with pytest.raises(scoring.ScoringError, match="gold of one kind"):
        scoring.score("mixed", golds, [])


# Counts of a whole article


def shootings(golds: list[dict[str, Any]], *reads: dict[str, Any]) -> Scores:
    return scoring.score("gva", golds, list(reads))


def test_the_first_incident_is_the_article_s_figure() -> None:
    golds = [{"id": "a", "killed": 2, "injured": 1}, {"id": "b", "killed": 3, "injured": 0}]
    scores = shootings(
        golds,
        extraction("a", incident(killed=count(2), injured=count(low=4))),
        extraction("b", incident(killed=count(1)), incident(killed=count(3))),
    )
    assert result(scores, "killed", "exact_gold>0").value == 0.5
    assert result(scores, "killed", "any_incident_gold>0").value == 1.0
    assert result(scores, "killed", "sum_gold>0").value == 0.5
    assert result(scores, "injured", "exact_gold>0").value == 0.0
    assert result(scores, "injured", "false_positive_gold=0").value == 0.0


@pytest.mark.parametrize(
    ("bounds", "predicted"),
    [
        (count(3), 3),
        (count(low=24, high=99), 24),
        (count(low=5, best=6, high=9), 6),
        (count(high=40), 40),
        (count(), 0),
    ],
)
def test_best_else_low_else_high_else_zero(bounds: Any, predicted: int) -> None:
    golds = [{"id": "a", "killed": predicted, "injured": 0}]
    scores = shootings(golds, extraction("a", incident(killed=bounds)))
    assert result(scores, "killed", "exact").value == 1.0


def test_nothing_read_counts_as_zero_not_as_right() -> None:
    scores = shootings([{"id": "a", "killed": 1, "injured": 0}], extraction("a"))
    assert result(scores, "killed", "exact_gold>0") == Result(
        "gva", "killed", "exact_gold>0", 0.0, 1, tp=0
    )
    assert result(scores, "injured", "exact").value == 1.0


def test_hospitalised_is_scored_only_where_the_gold_has_it() -> None:
    golds: list[dict[str, Any]] = [
        {"id": "a", "killed": 0, "injured": 0, "hospitalised": 4},
        {"id": "b", "killed": 0, "hospitalised": None},
    ]
    scores = shootings(golds, extraction("a", incident(hospitalised=count(4))), extraction("b"))
    assert result(scores, "hospitalised", "exact").n == 1
    assert result(scores, "injured", "exact").n == 1


@pytest.mark.parametrize(
    ("lat", "lon", "within"), [(48.85, 2.35, True), (48.80, 2.13, True), (48.45, 1.48, False)]
)
def test_a_place_is_right_within_25_km(lat: float, lon: float, within: bool) -> None:
    golds = [{"id": "a", "killed": 0, "lat": 48.85, "lon": 2.35, "city": "Paris"}]
    place = {"name": "P", "admin1": "I", "lat": lat, "lon": lon}
    scores = shootings(golds, extraction("a", incident(place=place)))
    assert result(scores, "place", "within_25_km").value == within


@pytest.mark.parametrize(
    ("start", "end", "exact", "near"),
    [
        ("2024-05-06", "2024-05-06", 1.0, 1.0),
        ("2024-05-07", "2024-05-07", 0.0, 1.0),
        ("2024-05-08", "2024-05-08", 0.0, 0.0),
        ("2024-05-05", "2024-05-07", 0.0, 0.0),
        (None, None, 0.0, 0.0),
    ],
)
def test_a_date_is_exact_or_within_a_day(
    start: str | None, end: str | None, exact: float, near: float
) -> None:
    golds = [{"id": "a", "killed": 0, "event_date": "2024-05-06"}]
    scores = shootings(golds, extraction("a", incident(date_start=start, date_end=end)))
    assert result(scores, "date", "exact").value == exact
    assert result(scores, "date", "within_1_day").value == near


def test_kilometres_between_two_capitals() -> None:
    assert kilometres(50.4501, 30.5234, 55.7558, 37.6173) == pytest.approx(755, abs=5)


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Troops killed three fighters.", 3, True),
        ("Troops killed several fighters.", 3, True),
        ("Troops killed several fighters.", 5, False),
        ("Some 1,200 were held.", 1200, True),
        ("A leader was killed.", 1, True),
        ("It was a 15-minute clash.", 5, False),
    ],
)
def test_whether_a_text_states_a_number(text: str, number: int, expected: bool) -> None:
    assert states(text, number) is expected


def test_press_releases_are_scored_by_their_lower_bounds() -> None:
    golds = [
        {"id": "a", "text": "killed four", "killed_min": 4, "labels": {"captured_min": 0}},
        {"id": "b", "text": "killed some", "killed_min": 2, "labels": {"captured_min": 3}},
    ]
    reads = [
        extraction("a", incident(killed=count(low=4, best=4), captured=count(1))),
        extraction("b", incident(captured=count(low=3, high=9))),
    ]
    scores = scoring.score("isaf", golds, reads)
    assert result(scores, "killed", "exact_gold>0").value == 0.5
    assert result(scores, "killed", "exact_where_stated").value == 1.0
    assert result(scores, "captured", "exact_gold>0").value == 1.0
    assert result(scores, "captured", "false_positive_gold=0").value == 1.0


# Targets

WIRE = (
    "GUNMEN SHOT MAYOR JULIO PAREDES IN HIS OFFICE. THE MAYOR DIED AT ONCE. "
    "FIVE PEASANTS WERE KILLED LATER, AND TWO SOLDIERS FELL IN A CLASH. A NURSE WAS HURT."
)
PAREDES = claim(WIRE, "THE MAYOR DIED", "killed", 1)
PEASANTS = claim(WIRE, "FIVE PEASANTS", "killed", 5)
SOLDIERS = claim(WIRE, "TWO SOLDIERS", "killed", 2, category="military")
NURSE = claim(WIRE, "A NURSE", "injured", 1)


def target(effect: str, number: str, *mentions: str, optional: bool = False) -> dict[str, Any]:
    exact = int(number) if number.isdigit() else None
    return {
        "mentions": list(mentions),
        "effect": [effect],
        "number": number,
        "n_min": exact,
        "n_max": exact,
        "optional": optional,
    }


def key(*targets: Any, relevant: bool = True, total: Any = (), text: str = WIRE) -> dict[str, Any]:
    event = {"optional": False, "hum_targets": list(targets), "hum_total": list(total)}
    return {"id": "w", "text": text, "relevant": relevant, "events": [event]}


def killed(gold: dict[str, Any], *claims: Any) -> tuple[int | None, int | None, int | None]:
    scores = scoring.score("muc", [gold], [extraction("w", claims=claims)])
    row = result(scores, "killed", "f1")
    return row.tp, row.fp, row.fn


MAYOR = target("DEATH", "1", "JULIO PAREDES", "MAYOR")
PERSON = target("DEATH", "1", "JULIO PAREDES")
FARMERS = target("DEATH", "5", "PEASANTS")
SPARED = target("DEATH", "5", "PEASANTS", optional=True)
CROWD = target("DEATH", "PLURAL", "PEASANTS")
PART = {"relation": "subset"}
SIX = claim(WIRE, "GUNMEN", "killed", 6)
AGAIN = claim(WIRE, "PEASANTS", "killed", 5)
DEAD_NURSE = {**NURSE, "measure": "killed"}


@pytest.mark.parametrize(
    ("name", "gold", "claims", "tp_fp_fn"),
    [
        ("both found", key(MAYOR, FARMERS), [PAREDES, PEASANTS], (2, 0, 0)),
        ("one missed", key(MAYOR, FARMERS), [PEASANTS], (1, 0, 1)),
        ("a wrong number", key(FARMERS), [{**PEASANTS, **count(4)}], (0, 1, 1)),
        ("one person needs a word in common", key(FARMERS), [PEASANTS, DEAD_NURSE], (1, 1, 0)),
        ("optional targets count neither way", key(SPARED), [], (0, 0, 0)),
        ("an optional target excuses its claim", key(SPARED), [PEASANTS], (0, 0, 0)),
        ("soldiers in combat are not coded", key(FARMERS), [PEASANTS, SOLDIERS], (1, 0, 0)),
        (
            "the sum of the targets is not wrong",
            key(MAYOR, FARMERS),
            [PAREDES, PEASANTS, SIX],
            (2, 0, 0),
        ),
        ("said again", key(FARMERS), [PEASANTS, AGAIN], (1, 0, 0)),
        ("a subset has its own target", key(FARMERS), [{**PEASANTS, **PART}], (1, 0, 0)),
        ("and is not wrong without", key(MAYOR), [PAREDES, {**PEASANTS, **PART}], (1, 0, 0)),
        ("a denial answers nothing", key(FARMERS), [{**PEASANTS, "scope": "negated"}], (0, 0, 1)),
        (
            "some of those who died or were hurt",
            key({**target("DEATH", "9", "PEASANTS"), "effect": ["DEATH", "INJURY"]}),
            [PEASANTS],
            (0, 0, 0),
        ),
        ("alternatives are open", key(target("(INJURY / DEATH)", "5", "PEASANTS")), [], (0, 0, 0)),
        ("no effect is open", key({**FARMERS, "effect": []}), [PEASANTS], (0, 0, 0)),
        ("but only for those it names", key({**MAYOR, "effect": []}), [PEASANTS], (0, 1, 0)),
        ("the unhurt are no target", key({**MAYOR, "effect": ["NO DEATH"]}), [PAREDES], (0, 1, 0)),
        (
            "an optional target leaves a claim to one that counts",
            key(target("DEATH", "5", "GUNMEN"), SPARED),
            [PEASANTS],
            (1, 0, 0),
        ),
        ("a plural is met by any number from two", key(CROWD), [PEASANTS], (1, 0, 0)),
        ("but not by one", key(target("DEATH", "PLURAL", "MAYOR")), [PAREDES], (0, 1, 1)),
        ("about 5 / 7", key(target("DEATH", "~5 / 7", "PEASANTS")), [PEASANTS], (1, 0, 0)),
        ("injury is no death", key(target("INJURY", "5", "PEASANTS")), [], (0, 0, 0)),
        ("told without a name", key(PERSON), [PAREDES, DEAD_NURSE], (1, 0, 0)),
        ("where nobody is found by name", key(PERSON), [DEAD_NURSE], (0, 1, 1)),
        ("an irrelevant text is not coded", key(relevant=False), [PEASANTS], (0, 0, 0)),
    ],
)
def test_targets(name: str, gold: Any, claims: Any, tp_fp_fn: tuple[int, int, int]) -> None:
    assert killed(gold, *claims) == tp_fp_fn


HURT_NURSE = target("INJURY", "1", "NURSE")


@pytest.mark.parametrize(
    ("name", "gold", "claims", "tp_fp_fn"),
    [
        ("found", key(HURT_NURSE), [NURSE], (1, 0, 0)),
        ("gravely", key(HURT_NURSE), [{**NURSE, "measure": "critically_injured"}], (1, 0, 0)),
        ("shot, then dead", key(MAYOR), [PAREDES, {**PAREDES, "measure": "injured"}], (0, 0, 0)),
        ("the death is not read", key(MAYOR), [{**PAREDES, "measure": "injured"}], (0, 1, 0)),
        (
            "escaped unhurt",
            key({**HURT_NURSE, "effect": ["NO INJURY OR DEATH"]}),
            [NURSE],
            (0, 1, 0),
        ),
        (
            "casualties",
            key(),
            [claim(WIRE.replace("NURSE", "CASUALTY"), "A CASUALTY", "injured", 1)],
            (0, 0, 0),
        ),
    ],
)
def test_targets_that_were_hurt(name: str, gold: Any, claims: Any, tp_fp_fn: Any) -> None:
    row = result(scoring.score("muc", [gold], [extraction("w", claims=claims)]), "injured", "f1")
    assert (row.tp, row.fp, row.fn) == tp_fp_fn


def test_one_claim_answers_the_named_people_it_sums() -> None:
    text = "Ana Ruiz, Berta Solis and Carlos Vega were shot dead."
    gold = key(*(target("DEATH", "1", n) for n in ("ANA RUIZ", "BERTA SOLIS", "VEGA")), text=text)
    assert killed(gold, claim(text, "Ana Ruiz, Berta Solis", "killed", 3)) == (3, 0, 0)
    assert killed(gold, claim(text, "Ana Ruiz, Berta Solis", "killed", 2)) == (0, 1, 3)


def test_the_strict_figures_leave_nothing_out() -> None:
    scores = scoring.score("muc", [key(FARMERS)], [extraction("w", claims=[PEASANTS, SOLDIERS])])
    assert result(scores, "killed", "precision").value == 1.0
    assert result(scores, "killed", "precision_strict").value == 0.5


def test_repeated_templates_hold_one_target() -> None:
    gold = key(FARMERS)
    gold["events"] *= 2
    assert killed(gold, PEASANTS) == (1, 0, 0)


# Tollbook's own gold

NEWS = "A blast in Goma killed four people, two of them children, and hurt at least nine."
GOMA = {"geoname_id": 216281, "name": "Goma", "country_code": "CD", "lat": -1.67, "lon": 29.23}
FOUR = claim(NEWS, "four people", "killed", 4, incident=0, parent=None, id="k")
TWO = claim(
    NEWS,
    "two of them children",
    "killed",
    2,
    relation="subset",
    incident=0,
    parent="k",
    parent_claim_id=FOUR["claim_id"],
)
NINE = claim(
    NEWS, "nine", "injured", qualifier="at_least", incident=0, parent=None, **{"low": 9, "best": 9}
)
ACCOUNT = incident(
    place=GOMA,
    date_start="2025-03-04",
    date_end="2025-03-04",
    date_prec=1,
    sub_event_type="Remote explosive/landmine/IED",
    killed=count(4),
    injured=count(low=9, best=9),
    claim_ids=[c["claim_id"] for c in (FOUR, TWO, NINE)],
)
GOLD = {"id": "g", "text": NEWS, "incidents": [ACCOUNT], "claims": [FOUR, TWO, NINE]}


def own(incidents: list[Any], claims: list[Any]) -> Scores:
    return scoring.score("own", [GOLD], [extraction("g", *incidents, claims=claims)])


def test_gold_scored_against_itself_is_all_right() -> None:
    scores = own([ACCOUNT], [FOUR, TWO, NINE])
    assert {r.value for r in scores.results} == {1.0}
    assert result(scores, "claim", "f1").n == 3


def test_a_claim_is_matched_by_overlap_and_measure() -> None:
    wide = {**FOUR, "start": FOUR["start"] - 7, "quote": "killed four people"}
    elsewhere = claim(NEWS, "blast", "killed", 4)
    scores = own([ACCOUNT], [wide, elsewhere, NINE])
    row = result(scores, "claim", "f1")
    assert (row.tp, row.fp, row.fn) == (2, 1, 1)


def test_fields_are_scored_over_all_gold_and_over_what_was_matched() -> None:
    scores = own([ACCOUNT], [FOUR, {**TWO, "relation": "part"}])
    assert result(scores, "claim.relation", "accuracy_of_matched").value == 0.5
    assert result(scores, "claim.relation", "accuracy").value == pytest.approx(1 / 3)
    assert result(scores, "claim.count", "accuracy_of_matched").value == 1.0
    assert result(scores, "claim.count", "accuracy").value == pytest.approx(2 / 3)


def test_every_field_of_a_missed_incident_is_wrong() -> None:
    scores = own([], [FOUR, TWO, NINE])
    assert result(scores, "incident.killed", "accuracy").value == 0.0
    assert result(scores, "incident.killed", "accuracy_of_matched").value is None


def test_a_claim_that_hangs_on_the_wrong_one_is_seen() -> None:
    loose = {**TWO, "parent_claim_id": NINE["claim_id"]}
    scores = own([ACCOUNT], [FOUR, loose, NINE])
    assert result(scores, "claim.parent", "accuracy") == Result(
        "own", "claim.parent", "accuracy", 0.0, 1, tp=0
    )


@pytest.mark.parametrize(
    ("gold", "read", "same"),
    [
        ("Alexander Brechalov", "Governor Alexander Brechalov", True),
        ("the Health Ministry", "health ministry", True),
        ("police", None, False),
        (None, "police", False),
        (None, None, True),
        ("police", "army", False),
    ],
)
def test_a_speaker_is_met_by_the_name_within_the_name(
    gold: str | None, read: str | None, same: bool
) -> None:
    golds = [{**GOLD, "claims": [{**FOUR, "speaker": gold}]}]
    reads = [extraction("g", ACCOUNT, claims=[{**FOUR, "speaker": read}])]
    assert result(scoring.score("own", golds, reads), "claim.speaker", "accuracy").value == same


def test_an_incident_is_matched_by_place_or_by_date_and_toll() -> None:
    moved = {**ACCOUNT, "place": None}
    assert result(own([moved], []), "incident", "f1").tp == 1
    assert result(own([moved], []), "incident.place", "accuracy").value == 0.0
    other = {**moved, "date_start": "2025-03-05"}
    row = result(own([other], []), "incident", "f1")
    assert (row.tp, row.fp, row.fn) == (0, 1, 1)


def test_a_claim_in_the_wrong_incident_is_seen() -> None:
    empty = {**ACCOUNT, "incident_id": "i1", "claim_ids": []}
    scores = own([empty], [FOUR])
    assert result(scores, "claim.incident", "accuracy").value == 0.0


# Gains and losses


def outcome(id_: str, ok: bool | None, gold: Any = 1) -> Outcome:
    return Outcome("gva", id_, "killed", "", gold, 1, ok)


def test_changes_tell_gains_from_losses() -> None:
    before = [
        outcome("a", True),
        outcome("b", False),
        outcome("c", True),
        outcome("x", False, None),
    ]
    after = [outcome("a", False), outcome("b", True), outcome("c", True), outcome("y", False, None)]
    found = scoring.changes(before, after)
    assert [o.id for o in found.gained] == ["b", "x"]
    assert [o.id for o in found.lost] == ["a", "y"]


def test_an_open_answer_is_neither_gain_nor_loss() -> None:
    found = scoring.changes([outcome("a", None)], [outcome("a", None)])
    assert found == scoring.Changes((), ())


@pytest.mark.parametrize(
    ("location", "place", "right"),
    [
        ("PERU: CUSCO (DEPARTMENT): CALCA (TOWN)", ("Calca", "Cusco"), True),
        ("PERU: CUSCO (DEPARTMENT): CALCA (TOWN)", ("Cusco", "Cusco"), True),
        ("PERU: CUSCO (DEPARTMENT)", ("Departamento de Cusco", None), True),
        ("PERU: CUSCO (DEPARTMENT)", ("Puno", "Puno"), False),
        ("PERU: CUSCO (DEPARTMENT)", None, False),
        ("PERU: PUNO (CITY)", ("Cusco", "Cusco"), None),  # not in the text
        ("PERU", ("Lima", "Lima"), None),
    ],
)
def test_the_place_of_a_template(
    location: str, place: tuple[str, str | None] | None, right: bool | None
) -> None:
    event = {"location": location, "optional": False, "hum_targets": []}
    gold = {"id": "1", "text": "A BOMB IN CALCA, CUSCO.", "relevant": True, "events": [event]}
    put = None if place is None else {"name": place[0], "admin1": place[1]}
    read = {"id": "1", "claims": [], "incidents": [{"place": put}]}
    found = [o.ok for o in scoring.score("muc", [gold], [read]).outcomes if o.field == "place"]
    assert found == ([] if right is None else [right])
