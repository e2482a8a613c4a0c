"""Decisions of people are a file that is read strictly and written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds import corrections
from seeds.corrections import LinkDecision
from seeds.read import SeedError

SAME = LinkDecision(
    "a:i1", "b:i1", "same", "v1", "v2", "Olena", "2026-05-04", "one depot, two days"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOLLBOOK_CORRECTIONS", str(tmp_path / "own"))
    return tmp_path / "own"


def test_none_are_made_yet() -> None:
    assert corrections.links() == []
    assert not corrections.forget("a:i1", "b:i1")


def test_the_file_that_ships_is_well_formed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOLLBOOK_CORRECTIONS")
    assert corrections.links() == []
    assert (corrections.folder() / "links.csv").is_file()


def test_a_decision_is_kept_changed_and_taken_back(folder: Path) -> None:
    path = corrections.decide(SAME)
    assert path == folder / "links.csv"
    other = SAME._replace(one="a:i2")
    corrections.decide(other)
    changed = SAME._replace(decision="apart", reason="two depots, \n as it turned out")
    corrections.decide(changed)
    assert corrections.links() == [other, changed._replace(reason="two depots, as it turned out")]
    assert corrections.forget("b:i1", "a:i2")
    assert [d.decision for d in corrections.links()] == ["apart"]


def test_notes_in_the_file_stay(folder: Path) -> None:
    corrections.decide(SAME)
    path = folder / "links.csv"
    path.write_text("# Ours.\n" + path.read_text("utf-8"), "utf-8")
    corrections.decide(SAME._replace(one="a:i2"))
    assert path.read_text("utf-8").startswith("# Ours.\none,other,")
    assert len(corrections.links()) == 2


HEADER = ",".join(LinkDecision._fields)
BAD = [
    ("one,other\n", r"links.csv:1: expected the columns one, other, decision"),
    (f"{HEADER}\na,b\n", r"links.csv:2: expected 8 fields"),
    (f"{HEADER}\na,b,maybe,v,w,x,2026-05-04,y\n", r"links.csv:2: 'maybe' is none of same, apart"),
    (f"{HEADER}\nb,a,same,v,w,x,2026-05-04,y\n", r"links.csv:2: the lesser incident_id"),
    (f"{HEADER}\na,b,same,v,w,x,4 May,y\n", r"links.csv:2: '4 May' is no day"),
    (f"{HEADER}\n#\n{','.join(SAME)}\n".replace(SAME.reason, "y") * 1, ""),
    (
        f"{HEADER}\na,b,same,v,w,x,2026-05-04,y\na,b,apart,v,w,x,2026-05-04,y\n",
        r"links.csv:3: these",
    ),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_a_bad_row_is_named(content: str, message: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "links.csv").write_text(content, "utf-8")
    if message:
        with pytest.raises(SeedError, match=message):
            corrections.links()
    else:
        assert len(corrections.links()) == 1
