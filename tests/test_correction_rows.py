"""corrections.toml is read strictly: what is wrong in it is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from seeds.corrections import rows
from seeds.read import SeedError

GOOD = """# Ours.

[[correction]]
row = "0a1b:c5-killed"
field = "best"
from = 21
to = 12
expect = { quote = "21 people were killed" }
reason = "the wire mended it by telephone"
who = "Ada"
"""


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOLLBOOK_CORRECTIONS", str(tmp_path))
    return tmp_path / "corrections.toml"


def test_no_file_is_no_corrections() -> None:
    assert rows.rows() == []


def test_the_file_that_ships_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOLLBOOK_CORRECTIONS")
    assert rows.file().is_file()
    assert rows.rows() == []


def test_a_correction_is_read_with_its_line(path: Path) -> None:
    path.write_text(GOOD, "utf-8")
    (one,) = rows.rows()
    assert (one.table, one.article_id, one.field) == ("claims", "0a1b", "best")
    assert (one.before, one.after, one.where) == (21, 12, f"{path}:3")
    assert one.expect == (("quote", "21 people were killed"),)


def test_days_are_read_as_days_and_left_out_is_unknown(path: Path) -> None:
    given = GOOD.replace("c5-killed", "i1").replace('"best"', '"date_start"')
    given = given.replace("from = 21\n", "").replace("to = 12", "to = 2026-05-04")
    path.write_text(given, "utf-8")
    (one,) = rows.rows()
    assert (one.table, one.before, one.after) == ("incidents", None, "2026-05-04")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('who = "Ada"', "", ':3: needs who = "…"'),
        ('who = "Ada"', 'who = " "', ':3: needs who = "…"'),
        ("expect = {", "expects = {", ":3: 'expects' is none of"),
        ('{ quote = "21 people were killed" }', "{}", ":3: needs expect"),
        ("to = 12", "to = 21", ":3: from and to are the same"),
        ("0a1b:c5-killed", "0a1b", ":3: '0a1b' is no claim_id"),
        ('"best"', '"quote"', ":3: quote is no reading that could be wrong"),
        ('"best"', '"claim_id"', ":3: claim_id is no reading"),
        ("# Ours.", GOOD, ":13: best of 0a1b:c5-killed is corrected twice"),
        ("[[correction]]", "[[corection]]", ": 'corection' is no table of it"),
        ("from = 21", "from =", "corrections.toml: "),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, message: str, path: Path) -> None:
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(SeedError) as error:
        rows.rows()
    assert message in str(error.value)
