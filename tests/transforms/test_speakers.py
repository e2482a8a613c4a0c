import csv
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import speakers
from transforms.text import Doc, read

CASES = Path(__file__).parents[1] / "cases" / "speakers.csv"
WORDS = """
police said Mayor Ann Poe , . " “ ” who also reported that according to he she they denied claimed
saying adding and while three people died : - ( ) 's the a ministry of told Reuters Sgt told ;
""".split()


KNOWN_WRONG = "known wrong: "


def check_speaker(case: dict[str, str], doc: Doc) -> None:
    """What a row of a table says of the speaker of its claim; "-" is nobody."""
    start = case["text"].index(case["claim"])
    said = speakers.covering(speakers.find(doc), start, start + len(case["claim"]))
    if case["speaker"] == "-":
        assert said is None
        return
    assert said is not None
    role = case["speaker"] if case["role"] == "=" else case["role"] or None
    assert (said.speaker, said.role, said.certainty) == (case["speaker"], role, case["certainty"])


def cases() -> list[ParameterSet]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    wrong = pytest.mark.xfail(strict=True, reason="known wrong")
    return [
        pytest.param(
            row, id=row["name"], marks=[wrong] if row["name"].startswith(KNOWN_WRONG) else []
        )
        for row in rows
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, str]) -> None:
    check_speaker(case, read(case["text"]))


@given(st.lists(st.sampled_from(WORDS), max_size=30))
@settings(deadline=None, max_examples=400)
def test_attributions_stand_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for said in speakers.find(read(text)):
        assert 0 <= said.start < said.end <= len(text)
        assert 0 <= said.scope_start <= said.scope_end <= len(text)
        assert said.speaker.strip()


HEDGED = {
    "adverb": ("The fire reportedly killed nine.", ["The fire reportedly killed nine."]),
    "only its clause": (
        "Forces shelled the town, reportedly killing nine, and left.",
        ["reportedly killing nine, and left."],
    ),
    "participle clause": (
        "Forces shelled the town, reportedly causing casualties, though none is confirmed.",
        ["reportedly causing casualties"],
    ),
    "subject before": (
        "Nine men, one of them old, were reportedly taken.",
        ["Nine men, one of them old, were reportedly taken."],
    ),
    "believed": ("Nine are believed to be dead.", ["Nine are believed to be dead."]),
    "none": ("Nine died.", []),
}


@pytest.mark.parametrize("name", HEDGED)
def test_hedged_clauses(name: str) -> None:
    text, expected = HEDGED[name]
    assert [text[a:b] for a, b in speakers.hedges(read(text))] == expected


def test_a_hedge_makes_a_fact_an_allegation() -> None:
    text = "Police said the fire reportedly killed nine. Ten were hurt."
    doc = read(text)
    said, hedged = speakers.find(doc), speakers.hedges(doc)
    nine, ten = text.index("nine"), text.index("Ten")
    of_nine = speakers.covering(said, nine, nine + 4)
    assert speakers.certainty_at(of_nine, hedged, nine, nine + 4) == "alleged"
    assert speakers.certainty_at(None, hedged, ten, ten + 3) == "asserted"
