"""The sample articles come out as their reviewed gold says.

What is not right yet stands in tests/gold/known_wrong.toml, with the reason; it must fail, so that
an article that comes right is taken off the list.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, get_args

import pytest

from seeds import read as seeds
from tests import own_gold
from transforms import contract, model, scoring
from transforms.extract import extract
from transforms.scoring_own import NOT_READ

KNOWN_WRONG = tomllib.loads((own_gold.GOLD / "known_wrong.toml").read_text(encoding="utf-8"))
ASPECTS = {
    "claims": ("claim", "claim.count"),
    "incidents": ("incident", "incident.place", "incident.date_start", "incident.date_end"),
    "tolls": tuple(f"incident.{measure}" for measure in model.TOLL_MEASURES),
    "speakers": ("claim.speaker", "claim.speaker_role", "claim.certainty"),
}
LITERALS: dict[str, Any] = {
    "measure": model.Measure,
    "qualifier": model.Qualifier,
    "scope": model.Scope,
    "relation": model.Relation,
    "category": model.Category,
    "certainty": model.Certainty,
}


@cache
def outcomes(name: str) -> tuple[scoring.Outcome, ...]:
    gold = own_gold.row(name)
    read = contract.to_row(extract(contract.article_from(gold)))
    return scoring.score("own", [gold], [read]).outcomes


def aspect(field: str) -> str:
    return next((name for name, fields in ASPECTS.items() if field in fields), "other fields")


def cases() -> list[Any]:
    return [
        pytest.param(
            name, part, id=f"{name}-{part}", marks=_marks(KNOWN_WRONG.get(name, {}).get(part))
        )
        for name in own_gold.names()
        for part in (*ASPECTS, "other fields")
    ]


def _marks(reason: str | None) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=reason, strict=True)] if reason else []


@pytest.mark.parametrize(("name", "part"), cases())
def test_sample_comes_out_as_its_gold(name: str, part: str) -> None:
    wrong = [
        o
        for o in outcomes(name)
        if o.ok is False and o.note != NOT_READ and aspect(o.field) == part
    ]
    assert not wrong, "\n".join(
        f"{o.field} of {o.key!r}: gold {o.gold!r}, read {o.predicted!r}" for o in wrong
    )


def test_known_wrong_names_what_there_is() -> None:
    parts = {*ASPECTS, "other fields"}
    for name, reasons in KNOWN_WRONG.items():
        assert name in own_gold.names()
        assert reasons.keys() <= parts
        assert all(reasons.values())


def test_every_article_has_gold_and_every_gold_an_article() -> None:
    gold = {path.stem for path in own_gold.GOLD.glob("*.toml")} - {
        "known_wrong",
        "floors",
        "events",
    }
    assert sorted(gold) == own_gold.names()
    assert len(gold) >= 26


@pytest.mark.parametrize("name", own_gold.names())
def test_sample_is_marked_and_of_a_news_length(name: str) -> None:
    head = (own_gold.ARTICLES / f"{name}.md").read_text(encoding="utf-8").split("---")[1]
    assert "\nsample: true\n" in head
    assert "(sample)" in head
    assert ".example.org/" in head
    assert 120 <= len(own_gold.row(name)["text"].split()) <= 450


@pytest.mark.parametrize("name", own_gold.names())
def test_gold_keeps_its_own_rules(name: str) -> None:
    row = own_gold.row(name)
    ids = {claim.get("id") for claim in row["claims"]}
    for claim in row["claims"]:
        for field, kinds in LITERALS.items():
            assert claim[field] in get_args(kinds)
        assert claim["parent"] is None or claim["parent"] in ids
        assert claim["incident"] is None or claim["scope"] == "incident"
        assert claim["incident"] is None or claim["incident"] < len(row["incidents"])
        assert _ordered(claim)
    for incident in row["incidents"]:
        assert all(_ordered(incident[measure]) for measure in model.TOLL_MEASURES)


def _ordered(count: dict[str, int | None]) -> bool:
    known = [count[bound] for bound in ("low", "best", "high") if count[bound] is not None]
    return known == sorted(known, key=lambda number: number or 0)


def test_gold_speaks_the_words_of_the_lexicons() -> None:
    kinds = {row["sub_event_type"] for row in seeds.rows("lexicons/en/events.csv")}
    weapons = set(seeds.toml("lexicons/en/weapons.toml")["weapons"])
    for name in own_gold.names():
        for incident in own_gold.row(name)["incidents"]:
            assert incident.get("sub_event_type") in {*kinds, None}
            assert incident.get("weapon") in {*weapons, None}


def test_counts_follow_the_qualifier() -> None:
    """DESIGN's conventions: which bounds each wording gives."""
    given = {
        "exact": {"low", "best", "high"},
        "implied": {"low", "best", "high"},
        "none": {"low", "best", "high"},
        "at_least": {"low", "best"},
        "at_most": {"high"},
        "about": {"best"},
        "range": {"low", "high"},
        "none_reported": set(),
        "uncounted": set(),
    }
    for name in own_gold.names():
        for claim in own_gold.row(name)["claims"]:
            bounds = {bound for bound in ("low", "best", "high") if claim[bound] is not None}
            if claim["qualifier"] == "vague":
                assert "best" not in bounds
            else:
                assert bounds == given[claim["qualifier"]], (name, claim["quote"])
