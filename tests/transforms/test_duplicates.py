"""Near-duplicates: edited wire stories are found, other texts of the same event are not."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import shared
from transforms import duplicates

WIRE = (
    "A drone struck the grain port at dawn on Thursday, setting two silos on fire and killing a "
    "crane driver, the harbour master said. Firemen worked until noon. Ships waited outside the "
    "roads while divers looked for pieces of the wing. The port opened again in the evening, and "
    "the first barges left for the river mouth under escort. "
)
OWN = (
    "Three people who had queued for bread described a flash and then silence. The bakery stands "
    "two streets from the harbour, and its windows are gone. A nurse on the night shift counted "
    "eleven patients with cuts before the power failed and the generator took over. "
)


def _share(one: str, other: str) -> float:
    return duplicates.similarity(duplicates.runs(one), duplicates.runs(other))


@pytest.mark.parametrize(
    ("other", "duplicate"),
    [
        (WIRE, True),
        (WIRE.upper(), True),
        (
            WIRE.replace("at dawn", "early").replace("two silos", "2 silos") + "More to follow.",
            True,
        ),
        ("IZMAIL, 1 May - " + WIRE + "Reporting by a correspondent; editing by another.", True),
        (OWN, False),
        (OWN + OWN.upper() + WIRE[:120], False),
        ("", False),
        ("Two", False),
    ],
)
def test_a_wire_story_with_edits_is_a_duplicate(other: str, duplicate: bool) -> None:
    assert duplicates.alike(_share(WIRE, other)) == duplicate
    assert duplicates.alike(_share(other, WIRE)) == duplicate


def test_a_text_that_was_cut_is_a_duplicate_but_a_sentence_of_it_is_not() -> None:
    long = WIRE + OWN
    assert duplicates.alike(_share(long * 2 + WIRE.upper()[::-1], long))
    assert not duplicates.alike(_share(long, WIRE.partition(".")[0]))


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_similarity_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    assert 0 <= _share(one, other) == _share(other, one) <= 1
    assert _share(one, one) == (1.0 if duplicates.runs(one).size else 0.0)


def test_keys_are_the_same_in_whatever_company() -> None:
    one, other = duplicates.runs(WIRE), duplicates.runs(OWN)
    alone = duplicates.keys([one])
    assert alone.shape == (1, duplicates.BANDS)
    assert (duplicates.keys([other, one])[1] == alone[0]).all()
    assert (alone[0] == duplicates.keys([other])[0]).sum() == 0


def test_originals_are_the_earliest_and_chains_lead_to_one() -> None:
    rank = {name: place for place, name in enumerate("abcde")}
    pairs = [("c", "b", 0.9), ("b", "a", 0.8), ("e", "d", 1.0)]
    assert duplicates.originals(pairs, rank) == {"b": ("a", 0.8), "c": ("a", 0.9), "e": ("d", 1.0)}
    assert duplicates.originals([(b, a, s) for a, b, s in pairs], rank) == duplicates.originals(
        pairs, rank
    )


# Measured on variants made of real texts.


def _variant(text: str, how: int, chance: random.Random, words: list[str]) -> str:
    """A reprint: sentences left out, words replaced, a new frame, cut, moved about, or all caps."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    if how == 0:
        return " ".join(s for s in sentences if chance.random() > 0.25) or text
    if how == 1:
        return " ".join(chance.choice(words) if chance.random() < 0.08 else w for w in text.split())
    if how == 2:
        frame = [" ".join(chance.choices(words, k=30)) for _ in range(2)]
        return f"{frame[0]} {text} {frame[1]}"
    if how == 3:
        return " ".join(sentences[: max(4, len(sentences) // 2)])
    chance.shuffle(sentences)
    return "NAIROBI (Wire) - " + " ".join(sentences).upper()


def test_recall_and_precision_on_variants_of_real_texts() -> None:
    chance = random.Random(5)
    lines = shared.path("corpora/gva_dev.jsonl").read_text(encoding="utf-8").splitlines()[::4]
    texts = [text for line in lines if len((text := json.loads(line)["text"]).split()) >= 80][:600]
    words = [word for text in texts[:100] for word in text.split()]
    made = [
        (number, _variant(text, number % 5, chance, words)) for number, text in enumerate(texts)
    ]
    runs = [duplicates.runs(text) for text in (*texts, *(text for _, text in made))]
    found = _pairs(runs)
    right = {(number, len(texts) + number) for number, _ in made}
    # Real texts that reprint each other are no errors: they and their variants are left out.
    twins = {one for pair in found for one in pair if max(pair) < len(texts)}
    found = {pair for pair in found if not {one % len(texts) for one in pair} & twins}
    right = {pair for pair in right if pair[0] not in twins}
    assert len(found & right) / len(right) >= 0.95
    assert len(found & right) / len(found) >= 0.99


def _pairs(runs: list[duplicates.Hashes]) -> set[tuple[int, int]]:
    """All pairs that share a key and are alike, by the first and the last of each bucket."""
    pairs: set[tuple[int, int]] = set()
    for band in duplicates.keys(runs).T:
        order = np.argsort(band, kind="stable")
        pairs |= {(min(a, b), max(a, b)) for a, b in pairwise(order.tolist()) if band[a] == band[b]}
    return {(a, b) for a, b in pairs if duplicates.alike(duplicates.similarity(runs[a], runs[b]))}
