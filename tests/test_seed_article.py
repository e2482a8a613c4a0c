"""The article that the project was founded on comes out as DESIGN.md says."""

from __future__ import annotations

from typing import Any

import pytest

from tests import shared
from transforms import contract
from transforms.extract import extract


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    text = shared.path("seed_article.txt").read_text(encoding="utf-8")
    row = {"id": "seed", "text": text, "published_at": "2025-07-02"}
    return contract.to_row(extract(contract.article_from(row)))


def _claims(read: dict[str, Any], measure: str) -> list[dict[str, Any]]:
    return [claim for claim in read["claims"] if claim["measure"] == measure]


def test_three_incidents_and_no_more(read: dict[str, Any]) -> None:
    names = [incident["place"]["name"] for incident in read["incidents"]]
    assert names == ["Izhevsk", "Hulyaypole", "Luhansk Oblast"]


def test_izhevsk(read: dict[str, Any]) -> None:
    incident = read["incidents"][0]
    place = incident["place"]
    assert (place["geoname_id"], place["admin1_code"], place["country"]) == (
        554840,
        "RU-UD",
        "Russia",
    )
    assert incident["sub_event_type"] == "Air/drone strike"
    assert incident["weapon"] == "drone"
    assert incident["actors"] == ["Military Forces of Ukraine", "Security Service of Ukraine"]
    assert incident["killed"] == {"low": 3, "best": 3, "high": 3}
    assert incident["injured"] == {"low": 35, "best": None, "high": 99}
    assert incident["hospitalised"] == {"low": 35, "best": 35, "high": 35}
    assert incident["critically_injured"] == {"low": 10, "best": 10, "high": 10}


def test_governor_speaks(read: dict[str, Any]) -> None:
    by_governor = [c for c in read["claims"] if c["speaker"] == "Alexander Brechalov"]
    assert [(c["measure"], c["best"]) for c in by_governor] == [
        ("killed", 3),
        ("hospitalised", 35),
        ("critically_injured", 10),
    ]
    assert all("Governor" in c["speaker_role"] for c in by_governor)
    serious = by_governor[2]
    assert serious["relation"] == "subset"
    assert serious["parent_claim_id"] == by_governor[1]["claim_id"]


def test_writers_dozens(read: dict[str, Any]) -> None:
    dozens = _claims(read, "injured")[0]
    assert (dozens["low"], dozens["best"], dozens["high"]) == (24, None, 99)
    assert dozens["speaker"] is None


def test_guliaipole_is_contradicted(read: dict[str, Any]) -> None:
    incident = read["incidents"][1]
    place = incident["place"]
    assert place["admin1"] == "Zaporizhzhia Oblast"
    assert place["stated_region"] == "Dnipropetrovsk region"
    assert place["region_contradicted"] is True
    assert place["where_prec"] >= 3
    assert (incident["date_start"], incident["date_prec"]) == ("2025-07-01", 1)
    assert incident["killed"] == incident["injured"] == {"low": 1, "best": None, "high": None}


def test_control_of_lugansk_is_a_claim(read: dict[str, Any]) -> None:
    incident = read["incidents"][2]
    assert "territory" in incident["sub_event_type"]
    assert incident["date_start"] == "2025-06-30"
    (claim,) = (c for c in read["claims"] if c["measure"] == "territorial_control")
    assert incident["claim_ids"] == [claim["claim_id"]]
    assert claim["certainty"] == "alleged"
    assert "Kremlin-backed official" in claim["speaker"]
    assert (claim["low"], claim["best"], claim["high"]) == (None, None, None)
    assert all(incident[m]["high"] is None for m in ("killed", "injured", "captured"))
