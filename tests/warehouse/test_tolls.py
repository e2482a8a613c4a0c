"""The rules of tolls, sides and grades, a case each; the order of arrival changes none of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import duckdb
import pytest

from tests.warehouse.frames import article, batch, claim, incident, report
from warehouse.ledger import start_run
from warehouse.load import load
from warehouse.schema import ensure
from warehouse.sql import rows, value

Con = duckdb.DuckDBPyConnection
Rows = dict[str, Any]


def said(
    name: str,
    killed: int,
    hour: float,
    by: str | None = None,
    role: str | None = None,
    **given: Any,
) -> Rows:
    """An account whose figure has a speaker."""
    of_claim: dict[str, Any] = {
        key: given.pop(key) for key in ("certainty", "category") if key in given
    }
    at = datetime(2026, 5, 1) + timedelta(hours=hour)
    one: Rows = report(name, killed, published_at=at, **given)
    one["claims"][0] |= {"speaker": by, "speaker_role": role or by, **of_claim}
    return one


def changed(name: str, was: int, now: int, hour: float, **given: Any) -> Rows:
    """An account of a toll that went from one figure to another."""
    one = said(name, now, hour, "Officials", **given)
    new = one["claims"][0]
    new["relation"] = "update"
    before = {"low": was, "best": was, "high": was, "parent_claim_id": new["claim_id"]}
    old = {**new, **before, "claim_id": f"{name}:c1-killed"}
    one["claims"].append(old)
    return one


def loaded(con: Con, *accounts: Rows) -> None:
    run = start_run(con, "test")
    for number, one in enumerate(accounts):
        load(con, run, batch(number, **one))


def of(con: Con, columns: str, view: str = "mart.event_measure") -> tuple[Any, ...]:
    (found,) = rows(con, f"SELECT {columns} FROM {view}")
    return found


TOLLS: list[tuple[str, list[Rows], tuple[int | None, int | None, int | None], str]] = [
    (
        "a hospital before a ministry far away",
        [said("a", 9, 1, "hospital officials"), said("b", 12, 5, "foreign ministry")],
        (9, 9, 12),
        "the latest figure of those that stand, by an authority near the source",
    ),
    (
        "the mayor before the writer, whoever is later",
        [said("a", 9, 1), said("b", 8, 2, "Olena Koval", "mayor of Odesa"), said("c", 7, 3)],
        (7, 8, 9),
        "the latest figure of those that stand, by an authority near the source",
    ),
    (
        "after more than a day the later figure, whoever gives it",
        [said("a", 9, 1, "hospital officials"), said("b", 12, 26)],
        (9, 12, 12),
        "the latest figure of those that stand, by the writer",
    ),
    (
        "a party to the fight comes last",
        [said("a", 3, 1), said("b", 30, 2, "spokesman for the army")],
        (3, 3, 30),
        "the latest figure of those that stand, by the writer",
    ),
    (
        "an armed group that is known by name is a party",
        [said("a", 3, 1), said("b", 30, 2, "Hamas")],
        (3, 3, 30),
        "the latest figure of those that stand, by the writer",
    ),
    (
        "an allegation comes after what is stated as a fact",
        [said("a", 3, 1), said("b", 30, 2, "a resident", certainty="alleged")],
        (3, 3, 30),
        "the latest figure of those that stand, by the writer",
    ),
    (
        "a former police chief is near no more",
        [said("a", 3, 1), said("b", 5, 2), said("c", 30, 1.5, "Ivan Bily", "former police chief")],
        (3, 5, 30),
        "the latest figure of those that stand, by the writer",
    ),
    (
        "the same hospital corrects itself downward",
        [said("a", 9, 1, "city hospital"), said("b", 7, 2, "City Hospital")],
        (7, 7, 7),
        "the figure that stands, by an authority near the source; 1 replaced since",
    ),
    (
        "officials are many: one does not correct another",
        [said("a", 9, 1, "Officials"), said("b", 7, 2, "officials")],
        (7, 7, 9),
        "the latest figure of those that stand, by a speaker who is not near the source",
    ),
    (
        "the same newspaper corrects itself",
        [said("a", 9, 1), said("b", 7, 2)],
        (7, 7, 7),
        "the figure that stands, by the writer; 1 replaced since",
    ),
    (
        "from four to three: no longer four",
        [said("a", 4, 1, "hospital officials"), changed("b", 4, 3, 2)],
        (3, 3, 3),
        "the figure that stands, told as an update; 1 replaced since",
    ),
    (
        "rose from two to three, then fell from four to three",
        [
            said("a", 2, 1, "rescuers"),
            changed("b", 2, 3, 9),
            changed("c", 3, 4, 20),
            changed("d", 4, 3, 30),
        ],
        (3, 3, 3),
        "the figure that stands, told as an update; 3 replaced since",
    ),
    (
        "a change of another figure leaves a rival alone",
        [said("a", 31, 1, "hospital officials"), changed("b", 4, 3, 2)],
        (3, 3, 31),
        "the latest figure of those that stand, told as an update",
    ),
    (
        "an earlier report does not correct a later one",
        [said("a", 9, 2, "city hospital"), said("b", 7, 1, "city hospital")],
        (9, 9, 9),
        "the figure that stands, by an authority near the source; 1 replaced since",
    ),
]
#: Two of the cases are about one newspaper.
_ONE_PAPER = {"the same newspaper corrects itself"}


@pytest.mark.parametrize(("case", "accounts", "toll", "rule"), TOLLS, ids=[c[0] for c in TOLLS])
def test_the_best_figure_is_chosen_by_the_rule(
    con: Con, case: str, accounts: list[Rows], toll: tuple[Any, ...], rule: str
) -> None:
    if case in _ONE_PAPER:
        for one in accounts:
            one["articles"][0]["publisher"] = "The Post"
    loaded(con, *accounts)
    assert of(con, "low, best, high") == toll
    assert of(con, "best_rule") == (rule,)


def test_the_number_comes_with_its_claim_account_and_speaker(con: Con) -> None:
    loaded(con, said("a", 9, 1, "Olena Koval", "mayor of Odesa"), said("b", 8, 2))
    found = of(con, "best_incident_id, best_claim_id, authority, speaker, n_figures, n_standing")
    claimed = "a:c61-74-killed"
    assert found == ("a:i1", claimed, "near", "Olena Koval", 2, 2)
    assert of(con, "killed_best, killed_best_claim", "mart.event_toll") == (9, claimed)
    quote = value(con, "SELECT quote FROM core.claim WHERE claim_id = ?", [claimed])
    assert quote == "9 people died"


def test_a_subset_states_no_toll(con: Con) -> None:
    one = said("a", 9, 1, "hospital officials")
    whole = one["claims"][0]
    part = {"relation": "subset", "parent_claim_id": whole["claim_id"], "speaker": "a nurse"}
    one["claims"].append({**whole, **part, "claim_id": "a:c1-killed", "span_start": 1})
    loaded(con, one)
    assert of(con, "best, best_claim_id") == (9, whole["claim_id"])


def test_what_was_known_on_a_day_and_at_a_moment(con: Con) -> None:
    loaded(
        con,
        said("a", 2, 8, "rescuers"),
        changed("b", 2, 3, 15),
        changed("c", 3, 4, 30),
        changed("d", 4, 3, 40),
        report("e", 50, published_at=None),
    )
    known = {
        "'2026-04-30'": [],
        "'2026-05-01 10:00'": [(2, 1)],
        "'2026-05-01'": [(3, 2)],
        "TIMESTAMP '2026-05-02 07:00'": [(4, 3)],
        "DATE '2026-05-02'": [(3, 4)],
        "NULL": [(3, 5)],
    }
    for moment, expected in known.items():
        query = f"SELECT killed_best, n_articles FROM mart.event_toll_as_of({moment})"
        assert rows(con, query) == expected, moment


def _people(name: str, best: int, *claims: dict[str, Any], **given: Any) -> Rows:
    """An account of so many dead and the claims that say who they were."""
    words = " ".join(f"w{number}" for number in range(9))
    told = article(name, words)
    toll = {"killed_low": best, "killed_best": best, "killed_high": best}
    made = [
        claim(told, f"w{number}", one.pop("best"), **{"category": "unknown", **one})
        for number, one in enumerate(claims)
    ]
    made[0]["claim_id"] = f"{name}:c0-killed"
    return {"articles": [told], "incidents": [incident(told, **{**toll, **given})], "claims": made}


_PART = {"relation": "part"}
_OF = {"relation": "subset", "parent_claim_id": "a:c0-killed"}
_UKRAINE, _RUSSIA = "Military Forces of Ukraine", "Military Forces of Russia"
SIDES: list[tuple[str, Rows, tuple[int, int, int, int]]] = [
    ("nobody says who", _people("a", 9, {"best": 9}), (0, 0, 0, 9)),
    ("civilians", _people("a", 9, {"best": 9, "category": "civilian"}), (0, 0, 9, 0)),
    (
        "soldiers and police are side a, fighters side b",
        _people(
            "a",
            10,
            {"best": 5, "category": "military", **_PART},
            {"best": 2, "category": "police", **_PART},
            {"best": 3, "category": "militant", **_PART},
        ),
        (7, 3, 0, 0),
    ),
    (
        "some of the dead",
        _people("a", 22, {"best": 22}, {"best": 10, "category": "military", **_OF}),
        (10, 0, 0, 12),
    ),
    (
        "a nurse among nine civilians is one of the nine",
        _people(
            "a",
            9,
            {"best": 9, "category": "civilian"},
            {"best": 1, "category": "medical", **_OF},
        ),
        (0, 0, 9, 0),
    ),
    (
        "one soldier told of twice is one",
        _people(
            "a",
            1,
            {"best": 1, "category": "military"},
            {"best": 1, "category": "military"},
        ),
        (1, 0, 0, 0),
    ),
    (
        "parts that come to more than all are not summed",
        _people(
            "a",
            3,
            {"best": 2, "category": "civilian", **_PART},
            {"best": 2, "category": "civilian", **_PART},
        ),
        (0, 0, 2, 1),
    ),
    (
        "an account that contradicts itself",
        _people(
            "a",
            3,
            {"best": 3, "category": "civilian"},
            {"best": 3, "category": "militant"},
        ),
        (0, 0, 0, 3),
    ),
    (
        "a rival's greater figure says nothing of these",
        _people("a", 5, {"best": 5}, {"best": 13, "category": "military"}),
        (0, 0, 0, 5),
    ),
    (
        "two states at war: whose soldiers is not told",
        _people(
            "a",
            4,
            {"best": 3, "category": "military", **_PART},
            {"best": 1, "category": "civilian", **_PART},
            actors=(_RUSSIA, _UKRAINE),
        ),
        (0, 0, 1, 3),
    ),
    (
        "two armed groups: whose fighters is not told",
        _people("a", 4, {"best": 4, "category": "militant"}, actors=("Hamas", "Houthis")),
        (0, 0, 0, 4),
    ),
    ("nobody", _people("a", 0, {"best": 0}), (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("case", "account", "expected"), SIDES, ids=[c[0] for c in SIDES])
def test_the_dead_are_divided_by_sides(
    con: Con, case: str, account: Rows, expected: tuple[int, ...]
) -> None:
    loaded(con, account)
    columns = "deaths_a, deaths_b, deaths_civilians, deaths_unknown"
    assert of(con, columns, "mart.event_side") == expected
    best = value(con, "SELECT killed_best FROM mart.event_toll")
    query = "SELECT coalesce(sum(best), 0) FROM mart.event_category WHERE measure = 'killed'"
    assert sum(expected) == best == value(con, query)


def test_without_a_best_figure_there_are_no_sides(con: Con) -> None:
    loaded(con, _people("a", 5, {"best": None}, killed_best=None))
    assert rows(con, "FROM mart.event_side") == []


GRADES: list[tuple[str, list[Rows], tuple[str, str]]] = [
    ("one source", [said("a", 3, 1)], ("weak", "a single source")),
    (
        "two sources",
        [said("a", 3, 1), said("b", 4, 2)],
        ("fair", "2 publishers report it, each in words of its own"),
    ),
    (
        "a reprint is no second source",
        [
            said("a", 3, 1, text=4 * "The mayor spoke of a long night and of neighbours. "),
            said("b", 3, 2, text=4 * "The mayor spoke of a long night and of neighbours. "),
        ],
        ("weak", "a single source"),
    ),
    (
        "an armed group counts soldiers",
        [said("a", 3, 1, "Hamas", category="military")],
        ("confirmed", "Hamas, a party to the fight, states the harm to the other side"),
    ),
    (
        "the attacker counts civilians",
        [said("a", 3, 1, "Houthis", actors=("Houthis",))],
        ("confirmed", "Houthis, a party to the fight, states the harm to the other side"),
    ),
    (
        "who counts its own dead has not attacked",
        [said("a", 3, 1, "the army", category="military")],
        ("weak", "a single source"),
    ),
    (
        "denied by one, asserted by another",
        [said("a", 3, 1), said("b", 3, 2, "the army", certainty="denied")],
        ("contested", "denied by the army"),
    ),
    (
        "denied and asserted by nobody",
        [said("a", 3, 1, "the army", certainty="denied")],
        ("discounted", "casualties are denied by the army and asserted by nobody"),
    ),
    (
        "two parties far apart",
        [
            said("a", 30, 1, "the army", category="militant"),
            said("b", 3, 2, "rebels", category="militant"),
        ],
        ("contested", "rebels and the army give rival figures of killed"),
    ),
]


@pytest.mark.parametrize(("case", "accounts", "expected"), GRADES, ids=[c[0] for c in GRADES])
def test_an_event_has_a_grade_and_a_reason(
    con: Con, case: str, accounts: list[Rows], expected: tuple[str, str]
) -> None:
    loaded(con, *accounts)
    assert of(con, "grade, grade_reason", "mart.event_grade") == expected


def test_a_denial_of_no_incident_is_about_the_only_one_of_its_article(con: Con) -> None:
    one = said("a", 3, 1)
    denial = {"incident_id": None, "scope": "negated", "certainty": "denied", "speaker": "army"}
    one["claims"].append({**one["claims"][0], **denial, "claim_id": "a:c1-killed"})
    loaded(con, one)
    assert of(con, "grade, grade_reason", "mart.event_grade") == ("contested", "denied by army")


def test_the_order_of_arrival_changes_nothing() -> None:
    accounts = [
        said("a", 2, 8, "rescuers", date_start=date(2026, 4, 30)),
        changed("b", 2, 3, 15),
        said("c", 30, 15, "Hamas", category="military"),
        said("d", 3, 15, "hospital officials"),
    ]
    views = ("event_toll", "event_measure", "event_side", "event_grade", "toll_timeline")
    found = set()
    for order in list(permutations(accounts))[::5]:
        with duckdb.connect() as con:
            ensure(con)
            loaded(con, *order)
            found.add(str([rows(con, f"FROM mart.{view} ORDER BY ALL") for view in views]))
    assert len(found) == 1
