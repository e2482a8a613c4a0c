"""Articles in other languages come out as their reviewed gold says (see test_gold).

What is not right yet stands in tests/gold/<language>/known_wrong.toml, with the reason, and must
fail; ``python -m tests.test_gold_languages`` writes these lists anew.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from typing import Any, get_args

import pytest

from seeds import read as seeds
from tests import own_gold, test_gold
from transforms import model
from transforms.scoring_own import NOT_READ

_PARTS = (*test_gold.ASPECTS, "other fields")
_HEAD = """\
# What the articles still get wrong: article, part of the gold, reason. Every entry must fail
# (strict xfail); `python -m tests.test_gold_languages` writes the list anew.
"""
NAMES = [name for language in own_gold.LANGUAGES for name in own_gold.names(language)]


@cache
def known_wrong(language: str) -> dict[str, dict[str, str]]:
    path = own_gold.GOLD / language / "known_wrong.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wrong(name: str, part: str) -> list[str]:
    """What an article gets wrong in one part of its gold."""
    return [
        f"{o.field} of {o.key!r}: gold {o.gold!r}, read {o.predicted!r}"
        for o in test_gold.outcomes(name)
        if o.ok is False and o.note != NOT_READ and test_gold.aspect(o.field) == part
    ]


def cases() -> list[Any]:
    cases = []
    for name in NAMES:
        language, _, short = name.partition("/")
        reasons = known_wrong(language).get(short, {})
        for part in _PARTS:
            mark = pytest.mark.xfail(reason=reasons.get(part, ""), strict=True)
            marks = [mark] if part in reasons else []
            cases.append(pytest.param(name, part, id=f"{name}-{part}", marks=marks))
    return cases


@pytest.mark.parametrize(("name", "part"), cases())
def test_article_comes_out_as_its_gold(name: str, part: str) -> None:
    found = wrong(name, part)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", own_gold.LANGUAGES)
def test_there_are_forty_articles_each_with_its_gold(language: str) -> None:
    names = {name.partition("/")[2] for name in own_gold.names(language)}
    gold = {path.stem for path in (own_gold.GOLD / language).glob("*.toml")} - {"known_wrong"}
    assert names == gold
    assert len(names) >= 40
    assert known_wrong(language).keys() <= names


@pytest.mark.parametrize("name", NAMES)
def test_gold_keeps_its_own_rules(name: str) -> None:
    row = own_gold.row(name)
    assert row["language"] == name.partition("/")[0]
    ids = {claim.get("id") for claim in row["claims"]}
    kinds = {event["sub_event_type"] for event in seeds.rows("lexicons/en/events.csv")}
    weapons = set(seeds.toml("lexicons/en/weapons.toml")["weapons"])
    for claim in row["claims"]:
        for field, allowed in test_gold.LITERALS.items():
            assert claim[field] in get_args(allowed)
        assert claim["parent"] is None or claim["parent"] in ids
        assert claim["incident"] is None or claim["scope"] == "incident"
        assert claim["incident"] is None or claim["incident"] < len(row["incidents"])
    for incident in row["incidents"]:
        assert incident.get("sub_event_type") in {*kinds, None}
        assert incident.get("weapon") in {*weapons, None}
        assert {*incident} >= set(model.TOLL_MEASURES)


def main() -> None:
    """Write the lists of what is wrong."""
    for language in own_gold.LANGUAGES:
        lines = [_HEAD]
        for name in own_gold.names(language):
            parts = {part: found for part in _PARTS if (found := wrong(name, part))}
            if parts:
                lines.append(f"[{name.partition('/')[2]}]")
                for part, found in parts.items():
                    reason = json.dumps("; ".join(found)[:300], ensure_ascii=False)
                    lines.append(f"{json.dumps(part) if ' ' in part else part} = {reason}")
                lines.append("")
        path = own_gold.GOLD / language / "known_wrong.toml"
        path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
