"""`tollbook compare`: a reader's own list beside a published ledger. All events are invented."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from flows import event_files
from flows.cli import app
from tests.flows.ledger import publish_ledger

ACLED = "event_id_cnty,event_date,iso,country,location,latitude,longitude,geo_precision,fatalities"
#: Odesa with another count, Kherson 4 km off on its second day, Kyiv which the ledger has not.
OWN = f"""{ACLED}
UKR1,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,4
UKR2,02 May 2026,804,Ukraine,Kherson,46.67,32.66,1,5
UKR3,2026-05-01,804,Ukraine,Kyiv,50.45,30.52,1,2
"""
UCDP = """id,date_start,date_end,latitude,longitude,where_prec,country,country_id,best,low,high
7,2026-04-30 00:00:00.000,2026-04-30 00:00:00.000,46.48,30.72,1,Ukraine,369,3,3,3
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_ledger(tmp_path_factory.mktemp("ledger") / "data")


@pytest.fixture(autouse=True)
def _at_home(ledger: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOLLBOOK_HOME", str(ledger))
    monkeypatch.chdir(tmp_path)


def _compare(text: str | bytes, *words: str, code: int = 0) -> Result:
    Path("own.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    result = CliRunner().invoke(app, ["compare", "own.csv", *words])
    assert result.exit_code == code, result.output
    return result


def _rows(text: str | bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_compare(text, "--json").stdout)
    return found


def _brief(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("status", "line", "their_id", "event_id", "difference")
    return [tuple(row[name] for name in names) for row in rows]


def test_matched_missing_and_extra() -> None:
    assert _brief(_rows(OWN)) == [
        ("matched", 2, "UKR1", "e:odesa:i1", -1),
        ("missing", 4, "UKR3", None, None),
        ("matched", 3, "UKR2", "e:kherson:i1", 0),
    ]


def test_what_the_ledger_has_beyond_is_extra_in_the_same_days_and_country_alone() -> None:
    own = "\n".join([*OWN.splitlines()[:2], OWN.splitlines()[3]])
    assert ("extra", None, None, "e:kherson:i1", None) in _brief(_rows(own))
    assert not any(row["event_id"] == "e:paris:i1" for row in _rows(own))


def test_a_match_says_why() -> None:
    first, missing, _ = _rows(OWN)
    assert "same day" in first["reason"]
    assert "1 km apart" in first["reason"]
    assert missing["reason"] == "no event is like it"
    assert (first["their_killed"], first["killed_best"], first["killed_high"]) == (4, 3, 3)


def test_a_file_like_ucdps() -> None:
    assert _brief(_rows(UCDP)) == [("matched", 2, "7", "e:odesa:i1", 0)]
    rows = _rows(UCDP.replace("369", "").replace("Ukraine", "Ukraine (Soviet Union)"))
    assert _brief(rows) == [("matched", 2, "7", "e:odesa:i1", 0)]


def test_each_event_is_matched_once() -> None:
    line = OWN.splitlines()[1]
    own = "\n".join(
        [ACLED, line.replace("UKR1", "A"), line.replace("UKR1", "B").replace(",1,4", ",1,3")]
    )
    statuses = {row["their_id"]: row["status"] for row in _rows(own) if row["their_id"]}
    assert statuses == {"A": "missing", "B": "matched"}  # B has the ledger's own count


def test_an_own_export_matches_itself() -> None:
    exported = CliRunner().invoke(app, ["export", "acled", "--until", "2026-05-31"])
    rows = _rows(exported.stdout_bytes)
    assert [row["status"] for row in rows] == ["matched"] * 3
    assert all(row["their_id"] == row["event_id"] and row["difference"] == 0 for row in rows)


def test_the_table_and_csv() -> None:
    shown = _compare(OWN).stdout
    assert "ACLED: 2 matched, 1 of them with another count; 1 missing in the ledger" in shown
    written = list(csv.DictReader(io.StringIO(_compare(OWN, "--csv").stdout, newline="")))
    assert [row["status"] for row in written] == ["matched", "missing", "matched"]
    assert (written[0]["difference"], written[1]["difference"]) == ("-1", "")


BAD = [
    ("no such day", "X,2026-02-30,804,Ukraine,Odesa,46.48,30.72,1,4", "no day that exists"),
    ("off the globe", "X,2026-04-30,804,Ukraine,Odesa,146.48,30.72,1,4", "within 90 degrees"),
    ("not a number", "X,2026-04-30,804,Ukraine,Odesa,nan,30.72,1,4", "within 90 degrees"),
    ("no place", "X,2026-04-30,804,Ukraine,Odesa,,30.72,1,4", "within 90 degrees"),
    (
        "words for people",
        "X,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,many",
        "no number of people",
    ),
    ("fewer than none", "X,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,-1", "no number of people"),
    ("half a person", "X,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,1.5", "no number of people"),
    ("too many fields", "X,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,4,5", "10 fields where"),
    ("too few fields", "X,2026-04-30", "2 fields where the header has 9"),
    ("twice", "UKR1,2026-04-30,804,Ukraine,Odesa,46.48,30.72,1,4", "was there before"),
    ("a terminal's orders", "X,\x1b[31m,804,Ukraine,Odesa,46.48,30.72,1,4", "no day that exists"),
    ("a field of 2 MB", f"X,{'9' * 2_000_000},804,U,O,46.48,30.72,1,4", "field larger than"),
]


@pytest.mark.parametrize(("case", "line", "reason"), BAD, ids=[c[0] for c in BAD])
def test_a_bad_row_is_named_by_its_line_and_the_others_count(
    case: str, line: str, reason: str
) -> None:
    lines = OWN.splitlines()
    result = _compare("\n".join([*lines[:2], line, *lines[2:]]), "--json")
    assert "own.csv:3: left out: " in result.stderr
    assert reason in result.stderr
    assert "\x1b" not in result.stderr
    assert [r["line"] for r in json.loads(result.stdout) if r["line"]] == [2, 5, 4]


def test_of_many_bad_rows_the_rest_is_counted() -> None:
    result = _compare(OWN + "X,never,,,,,,,\n" * 50)
    assert result.stderr.count("left out: ") == 20
    assert "30 more rows left out" in result.stderr


FORMS = [
    ("semicolons", OWN.replace(",", ";").encode()),
    ("tabs", OWN.replace(",", "\t").encode()),
    ("a byte order mark", b"\xef\xbb\xbf" + OWN.encode()),
    ("CRLF", OWN.replace("\n", "\r\n").encode()),
    ("names in capitals", OWN.replace(ACLED, ACLED.upper()).encode()),
    ("empty lines", OWN.replace("\n", "\n\n").encode()),
    ("quotes", OWN.replace("Odesa", '"Odesa, ""the"" port"').encode()),
]


@pytest.mark.parametrize(("case", "text"), FORMS, ids=[c[0] for c in FORMS])
def test_tables_as_programs_write_them(case: str, text: bytes) -> None:
    assert [row["status"] for row in _rows(text)] == ["matched", "missing", "matched"]


def test_rows_that_name_a_region_alone() -> None:
    text = (
        "event_id_cnty,event_date,iso,admin1,fatalities\n"
        "UKR1,2026-04-30,804,Odesa,4\nUKR2,2026-04-30,804,Lviv,1\n"
    )
    found = [row for row in _brief(_rows(text)) if row[1] is not None]
    assert found == [("matched", 2, "UKR1", "e:odesa:i1", -1), ("missing", 3, "UKR2", None, None)]


REFUSED = [
    ("empty", b"", "is neither UCDP's nor ACLED's by its columns"),
    ("other columns", b"a,b\n1,2\n", "is neither UCDP's nor ACLED's by its columns"),
    ("a header alone", ACLED.encode(), "no row of it is an event"),
    ("not UTF-8", ACLED.encode() + b"\n\xff\xfe", "is no text in UTF-8"),
    ("a column twice", f"{ACLED},ISO\n".encode(), "more than one column is named iso"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is no text in UTF-8"),
]


@pytest.mark.parametrize(("case", "text", "said"), REFUSED, ids=[c[0] for c in REFUSED])
def test_a_file_that_is_no_list_of_events_is_refused(case: str, text: bytes, said: str) -> None:
    result = _compare(text, code=1)
    assert isinstance(result.exception, event_files.EventFileError)
    assert said in str(result.exception)


def test_a_file_that_is_not_there() -> None:
    for name, said in (("none.csv", "there is no such file"), (".", "is a folder")):
        result = CliRunner().invoke(app, ["compare", name])
        assert said in str(result.exception)
