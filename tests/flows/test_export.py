"""`tollbook export` on a published ledger: what it writes, and what it says."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from flows import countries, files
from flows.cli import app
from tests.flows.ledger import publish_ledger
from tests.warehouse.test_exports import ACLED, UCDP


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_ledger(tmp_path_factory.mktemp("ledger") / "data")


@pytest.fixture(autouse=True)
def _at_home(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_HOME", str(ledger))


def _export(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["export", *words])
    assert result.exit_code == code, result.output
    return result


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(("form", "header"), [("ucdp", UCDP), ("acled", ACLED)])
def test_the_columns_in_their_order(form: str, header: list[str]) -> None:
    assert _export(form).stdout.split("\n")[0].rstrip("\r").split(",") == header


def _events(*words: str) -> list[str]:
    found = json.loads(_export("geojson", *words).stdout)["features"]
    return [str(feature["id"]).removeprefix("e:").removesuffix(":i1") for feature in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["odesa", "kherson", "paris", "someday"]),
        (["--since", "2026-05-02"], ["kherson", "paris"]),
        (["--until", "2026-05-01"], ["odesa", "kherson"]),
        (["--since", "2026-05-03", "--until", "2026-05-04"], []),
        (["--since", "2026-05-05", "--until", "2026-05-05"], ["paris"]),
        (["--country", "ukraine"], ["odesa", "kherson", "someday"]),
        (["--country", "UKR", "--country", "250"], ["odesa", "kherson", "paris", "someday"]),
        (["--country", "UA", "--until", "2026-04-30"], ["odesa"]),
        (["--country", "Chad"], []),
    ],
    ids=" ".join,
)
def test_days_and_countries(words: list[str], expected: list[str]) -> None:
    assert _events(*words) == expected


def test_who_is_left_out_is_told() -> None:
    assert "1 left out: the day is not known." in _export("csv", "--since", "2026-01-01").stderr
    assert "left out" not in _export("csv").stderr
    assert "left out" not in _export("csv", "--since", "2026-01-01", "--country", "FR").stderr


def test_an_empty_export_says_so_and_is_a_sound_file(tmp_path: Path) -> None:
    for form in ("ucdp", "acled", "csv", "geojson", "timemap", "parquet"):
        out = tmp_path / form
        result = _export(form, "--country", "Chad", "--out", str(out))
        assert "the export is empty" in result.stderr
        assert out.stat().st_size
    assert pd.read_parquet(tmp_path / "parquet").empty
    assert json.loads((tmp_path / "timemap").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--since", "2025-02-30"], "'2025-02-30' is no day that exists (expected YYYY-MM-DD)"),
        (["--until", "yesterday"], "'yesterday' is no day that exists"),
        (["--since", "2025-02-02", "--until", "2025-02-01"], "2025-02-02 is after 2025-02-01"),
        (["--country", "Ukrane"], "there is no country 'Ukrane': did you mean Ukraine"),
        (["--country", "Xyzzy"], "there is no country 'Xyzzy'"),
        (["--out", "nowhere/a.csv"], "there is no folder nowhere"),
        (["--out", "."], "is a folder"),
    ],
)
def test_what_cannot_be_is_refused(words: list[str], said: str) -> None:
    shown = _export("csv", *words, code=2).stderr
    assert said in " ".join(shown.replace("│", " ").split())


def test_without_a_warehouse_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path / "none"))
    result = CliRunner().invoke(app, ["export", "csv", "--out", str(tmp_path / "a.csv")])
    assert "tollbook run" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_of_an_older_tollbook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").mkdir()
    with duckdb.connect(tmp_path / "published" / "tollbook.duckdb") as con:
        con.execute("CREATE SCHEMA mart; CREATE SCHEMA core; CREATE SCHEMA raw")
        con.execute("CREATE SCHEMA quality")
    monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path))
    result = CliRunner().invoke(app, ["export", "csv"])
    assert "published by an older Tollbook" in str(result.exception)


def test_csv_is_read_by_pandas_and_duckdb(tmp_path: Path) -> None:
    out = tmp_path / "ged.csv"
    _export("ucdp", "--out", str(out))
    assert b"\r\n" in out.read_bytes()
    frame = pd.read_csv(out)
    assert list(frame.columns) == UCDP
    assert frame["best"].tolist() == [3, 5, 2, 1]
    found = duckdb.execute(f"SELECT best, date_start FROM read_csv('{out}')").fetchall()
    assert [row[0] for row in found] == [3, 5, 2, 1]


def test_parquet_is_read_by_pandas_and_duckdb(tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    _export("parquet", "--out", str(out))
    frame = pd.read_parquet(out)
    assert frame["killed_best"].tolist() == [3, 5, 2, 1]
    assert frame["actors"].map(list).tolist() == [["Military Forces of Russia"]] * 4
    query = f"SELECT count(*), min(date_start)::VARCHAR, sum(killed_low) FROM '{out}'"
    assert duckdb.execute(query).fetchall() == [(4, "2026-04-30", 11)]
    piped = _export("parquet").stdout_bytes
    assert pd.read_parquet(io.BytesIO(piped)).equals(frame)


def test_a_codebook_lies_beside_the_file(tmp_path: Path) -> None:
    _export("acled", "--out", str(tmp_path / "acled.csv"))
    page = (tmp_path / "acled.csv.codebook.md").read_text("utf-8")
    assert "# mart.acled" in page
    assert "| empty of 4 |" in page
    assert "always; the gazetteer has none." in page
    assert {path.name for path in tmp_path.iterdir()} == {"acled.csv", "acled.csv.codebook.md"}


def test_the_codebook_needs_no_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLLBOOK_HOME", str(tmp_path / "none"))
    page = _export("codebook").stdout
    for view in ("mart.ucdp_ged", "mart.acled", "mart.event_export"):
        assert f"# {view}" in page
    assert all(f"| {name} | " in page for name in (*UCDP, *ACLED))


def test_timemap_comes_with_what_its_events_name(tmp_path: Path) -> None:
    result = _export("timemap", "--out", str(tmp_path / "map.json"))
    assert "3 events" in result.stderr
    assert "1 left out" in result.stderr
    events = json.loads((tmp_path / "map.json").read_text("utf-8"))
    sources = json.loads((tmp_path / "map.json.sources.json").read_text("utf-8"))
    kinds = json.loads((tmp_path / "map.json.associations.json").read_text("utf-8"))
    assert [event["sources"] for event in events] == [["odesa"], ["kherson"], ["paris"]]
    assert set(sources) == {"odesa", "kherson", "paris"}
    assert [kind["title"] for kind in kinds] == ["Air/drone strike"]


def test_files_are_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def broken() -> list[bytes]:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        files.write(path, (part for _ in range(2) for part in broken()))
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.csv", b"old")]


@pytest.mark.parametrize(
    ("written", "code"),
    [("Ukraine", "UA"), (" ukraine ", "UA"), ("ua", "UA"), ("UKR", "UA"), ("804", "UA"),
     ("004", "AF"), ("Côte d'Ivoire", None), ("", None), ("000", None)],
)  # fmt: skip
def test_countries_by_name_and_code(written: str, code: str | None) -> None:
    if code:
        assert countries.code(written) == code
    else:
        with pytest.raises(ValueError, match="there is no country"):
            countries.code(written)


def test_the_examples_of_the_docs_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```(sh|python)\n(.*?)```", page, re.DOTALL)
    assert len(blocks) > 2
    for language, block in blocks:
        if language == "python":
            exec(block, {})
            continue
        for line in block.splitlines():
            result = CliRunner().invoke(app, shlex.split(line)[1:])
            assert result.exit_code == 0, result.output
