"""Accuracy does not fall: every figure stands on its floor (see tests/floors.py)."""

from __future__ import annotations

import pytest

from tests import accuracy_table, floors

CORPORA = [
    *(pytest.param(name, id=name) for name in floors.OWN),
    *(pytest.param(name, id=name, marks=pytest.mark.slow) for name in floors.FILES),
]


@pytest.mark.parametrize("corpus", CORPORA)
def test_accuracy_stands_on_its_floors(corpus: str) -> None:
    if corpus not in floors.OWN and not floors.FILES[corpus].is_file():
        pytest.skip(f"{floors.FILES[corpus]} is not there: the corpora are not part of the project")
    rows = floors.gold(corpus)
    table = floors.floors()[corpus]
    assert table["digest"] == floors.digest(rows), "the gold changed: run python -m tests.floors"
    reached = floors.scores(corpus, rows)
    guarded = {figure: floor for figure, floor in table.items() if isinstance(floor, float)}
    assert guarded.keys() == reached.keys()
    fallen = {f: (floor, reached[f]) for f, floor in guarded.items() if reached[f] < floor}
    assert not fallen, f"figure: (floor, reached): {fallen}"


def test_floors_rise_by_themselves_and_fall_only_with_a_reason() -> None:
    old = {"killed f1": 0.7, "injured f1": 0.6}
    reached = {"killed f1": 0.65, "injured f1": 0.6667}
    assert floors.raised(old, reached, None) == {"killed f1": 0.7, "injured f1": 0.666}
    lowered = floors.raised(old, reached, "gold corrected")
    assert lowered["killed f1"] == 0.65
    assert lowered["lowered"] == {"killed f1": "from 0.7: gold corrected"}


def test_every_lowered_floor_has_its_reason() -> None:
    for table in floors.floors().values():
        for figure, reason in table.get("lowered", {}).items():
            assert figure in table
            assert reason.partition(": ")[2].strip()


def test_the_table_of_the_docs_has_the_floors() -> None:
    assert accuracy_table.parts()[1] == accuracy_table.table(floors.floors())
