"""What holds for every text, on whole corpora: spans, ids, bounds, the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests import own_gold, shared
from transforms import contract
from transforms.extract import extract

_SCHEMA = json.loads(
    (Path(__file__).resolve().parents[1] / "schemas" / "extract.schema.json").read_text("utf-8")
)
_CORPORA = (
    "muc_dev",
    "gva_dev",
    "isaf_dev",
    "toponyms_lgl_dev",
    "toponyms_geovirus_dev",
    "war_news_unlabelled",
    "html_zyte",
)
#: Rows of each corpus that the quick suite reads; `make test` reads them all.
_QUICK = 60


def read(row: dict[str, Any]) -> dict[str, Any]:
    wanted = {key: row.get(key) for key in ("id", "text", "title", "url", "published_at")}
    return contract.to_row(extract(contract.article_from(wanted)))


def assert_sound(text: str, found: dict[str, Any]) -> None:
    """Every value stands where it says, and every id is there."""
    for claim in found["claims"]:
        assert claim["quote"] == text[claim["start"] : claim["end"]] != ""
        bounds = [claim[b] for b in ("low", "best", "high") if claim[b] is not None]
        assert bounds == sorted(bounds)
        assert all(bound >= 0 for bound in bounds)
    for mention in (*found["places"], *found["dates"]):
        assert mention["text"] == text[mention["start"] : mention["end"]] != ""
    ids = [claim["claim_id"] for claim in found["claims"]]
    assert len(ids) == len(set(ids))
    known = {*ids, None}
    assert {claim["parent_claim_id"] for claim in found["claims"]} <= known
    for incident in found["incidents"]:
        assert set(incident["claim_ids"]) <= known
        for measure in ("killed", "injured", "hospitalised"):
            bounds = [incident[measure][b] for b in ("low", "best", "high")]
            stated = [bound for bound in bounds if bound is not None]
            assert stated == sorted(stated), (incident["incident_id"], measure, bounds)


@pytest.mark.parametrize("corpus", _CORPORA)
def test_quick(corpus: str) -> None:
    for number, row in enumerate(shared.rows(corpus)):
        if number >= _QUICK:
            break
        assert_sound(row["text"], read(row))


@pytest.mark.slow
@pytest.mark.parametrize("corpus", _CORPORA)
def test_whole(corpus: str) -> None:
    for row in shared.rows(corpus):
        assert_sound(row["text"], read(row))


@pytest.mark.parametrize("name", own_gold.names())
def test_schema(name: str) -> None:
    found = read(own_gold.row(name))
    jsonschema.validate(found, _SCHEMA)
    assert found["errors"] == []
