"""The command line: help with an example, exit codes, errors in one line, and what it prints."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from flows.cli import app, main
from tests.flows.conftest import ARTICLES

TEXT = "A drone strike on Kharkiv killed three people and injured 12, police said."


def _commands() -> list[list[str]]:
    """Every command there is, as it is typed."""
    group = typer.main.get_command(app)
    found: list[list[str]] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        found += [[name, inner] for inner in below] if below else [[name]]
    return found


def _run(*words: str, code: int = 0) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == code


def _child(*words: str, stdin: str = "", **options: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from flows.cli import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **options},
    )


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _run(*words, "--help")
    shown = " ".join(capsys.readouterr().out.split())
    assert f"Example: tollbook {' '.join(words)}" in shown or f"| tollbook {words[0]}" in shown


@pytest.mark.parametrize("group", [[], ["sources"], ["quarantine"], ["review"], ["gazetteer"]])
def test_what_a_command_does_is_said_in_a_line(
    group: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _run(*group, "--help")
    lines = capsys.readouterr().out.splitlines()
    assert not [line for line in lines[lines.index("Commands:") :] if line.endswith("...")]


@pytest.mark.parametrize("words", [[], ["quarantine"], ["gazetteer"]])
def test_groups_have_help_with_an_example(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _run(*words, "--help")
    shown = " ".join(capsys.readouterr().out.split())
    assert f"Example: {' '.join(['tollbook', *words])} " in shown
    assert words or "TOLLBOOK_HOME" in shown


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--version"], 0, "tollbook 0."),
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["run", "--nonsense"], 2, "No such option"),
        (["run", "gone.txt"], 2, "gone.txt: there is no such file or folder"),
        (["run", "gone/*.txt"], 2, "there is no such file or folder"),
        (["extract"], 2, "Missing argument 'IN'"),
        (["extract", "data.csv"], 2, "`tollbook run` takes .csv files"),
        (["extract", "."], 2, "this is a folder; `tollbook run FOLDER`"),
        (["extract", "gone.jsonl"], 2, "gone.jsonl: there is no such file"),
        (["sql", "SELECT 1", "--csv", "--json"], 2, "choose one of"),
        (["sql", "SELECT 1", "--parquet", "no/x"], 2, "--parquet: there is no folder no"),
        (["run", "nonsense"], 2, "no such file or folder; the sources are al-jazeera"),
        (["sql", "SELECT 1"], 1, "run `tollbook run` first, or set TOLLBOOK_HOME"),
        (["tables"], 1, "run `tollbook run` first"),
        (["report"], 1, "run `tollbook run` first"),
        (["runs"], 1, "run `tollbook run` first"),
        (["explain", "x"], 1, "run `tollbook run` first"),
        (["evaluate", "gone.jsonl"], 2, "does not exist"),
    ],
)
def test_exit_codes(
    words: list[str],
    code: int,
    said: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data.csv").write_text("text\nTwo died.\n", encoding="utf-8")
    _run(*words, code=code)
    shown = capsys.readouterr()
    assert said in " ".join((shown.out + shown.err).replace("│", " ").split())
    assert "Traceback" not in shown.err


@pytest.mark.usefixtures("home")
def test_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    _run("runs", "--debug", code=1)
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].startswith("Traceback")
    assert shown[-1].startswith("tollbook: ")


def test_extract_answers_each_line_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "published_at": "2025-07-01"}),
        "[1]",
        "",
        '{"id": "b"',
        json.dumps({"id": "c", "text": " "}),
        json.dumps({"id": "d", "text": TEXT, "published_at": "2025-02-30"}),
        json.dumps({"id": "e", "text": "Талкс went on.\u2028"}),
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    _run("extract", str(source), str(target))
    said = capsys.readouterr().err
    assert said == "5 of 7 lines could not be read; their errors say why\n"
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", None, None, None, "c", "d", "e"]
    assert [bool(row["errors"]) for row in rows] == [False, True, True, True, True, True, False]
    assert all(row["errors"][0].startswith(f"line {n}: ") for n, row in enumerate(rows, 1)
               if row["errors"])  # fmt: skip
    assert {"killed", "injured"} <= {claim["measure"] for claim in rows[0]["claims"]}
    assert all(TEXT[c["start"] : c["end"]] == c["quote"] for c in rows[0]["claims"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_extract_gives_the_same_in_processes(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": str(n), "text": TEXT.replace("12", str(n + 2))} for n in range(200)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    _run("extract", str(source), str(tmp_path / "1"), "--jobs", "1")
    _run("extract", str(source), str(tmp_path / "2"), "--jobs", "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_a_pipe_is_answered_line_by_line() -> None:
    code = "from flows.cli import main; main(['extract', '-', '-'])"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for number in range(3):
            child.stdin.write(json.dumps({"id": str(number), "text": TEXT}) + "\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == str(number)


def test_a_reader_that_leaves_ends_it_quietly(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text((json.dumps({"id": "a", "text": TEXT}) + "\n") * 2000, encoding="utf-8")
    code = f"from flows.cli import main; main(['extract', {str(source)!r}, '-', '--jobs', '1'])"
    run = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" | head -n 1 >/dev/null', sys.executable, code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""


def test_a_text_file_is_shown_with_its_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    _run("extract", str(path))
    shown = capsys.readouterr().out
    assert "[killed three people]" in shown or "[three people]" in shown
    assert "12" in shown
    path.write_bytes(b"\xcf")
    _run("extract", str(path), code=1)
    assert f"{path}: line 1: not UTF-8" in capsys.readouterr().err


def test_imported_places_are_used(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = ["999999991", "Zhukovanka Druha", "", "", "50.1", "36.2", "P", "PPL", "UA", "", "07"]
    line = "\t".join([*fields, "", "", "", "90", "", "120", "Europe/Kyiv", "2025-01-01"])
    (tmp_path / "UA.txt").write_text(line + "\n", encoding="utf-8")
    path, target = tmp_path / "a.txt", tmp_path / "a.jsonl"
    path.write_text("Shelling killed two people in Zhukovanka Druha on Monday.", encoding="utf-8")
    found = []
    for _ in range(2):
        _run("extract", str(path), str(target))
        found.append([p["geoname_id"] for p in json.loads(target.read_text("utf-8"))["places"]])
        _run("gazetteer", "import", str(tmp_path / "UA.txt"))
    assert "1 places added" in capsys.readouterr().out
    assert 999999991 not in found[0]
    assert 999999991 in found[1]


def test_a_text_file_can_be_written_as_a_line(tmp_path: Path) -> None:
    path, target = tmp_path / "a.txt", tmp_path / "a.jsonl"
    path.write_text(TEXT, encoding="utf-8")
    _run("extract", str(path), str(target))
    assert json.loads(target.read_text("utf-8"))["id"] == "a"


def test_nothing_is_left_where_extract_is_stopped(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("", encoding="utf-8")
    target.write_text("before", encoding="utf-8")
    from flows.commands import extract

    def stopped() -> None:
        with extract._written(str(target)) as out:
            out.write(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stopped()
    assert target.read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.usefixtures("shelf")
class TestOnAWarehouse:
    def test_sql_prints_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        _run("sql", "SELECT publisher, is_current FROM article ORDER BY 1")
        assert [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()] == [
            ["publisher", "is_current"],
            ["─" * 22],
            ["The", "Post", "True"],
            ["The", "Wire", "True"],
        ]

    def test_a_table_that_is_too_wide_is_shown_row_by_row(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _run("sql", "SELECT * FROM event_toll")
        lines = [line.split() for line in capsys.readouterr().out.splitlines()]
        assert ["row", "1"] in lines
        assert ["killed_best", "4"] in lines or ["killed_best", "3"] in lines

    def test_sql_prints_csv_and_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        query = "SELECT 'a,\"b' AS a, [1, 2] AS b, NULL AS c, sum(x) AS d FROM range(5) AS r(x)"
        _run("sql", query, "--csv")
        rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
        assert rows == [["a", "b", "c", "d"], ['a,"b', "[1, 2]", "", "10"]]
        _run("sql", query, "--json")
        assert json.loads(capsys.readouterr().out) == [
            {"a": 'a,"b', "b": [1, 2], "c": None, "d": 10}
        ]

    @pytest.mark.parametrize(
        ("form", "shown"),
        [(["--csv"], "a,[/b],a\n1,2,3\n"), ([], "a   [/b]   a"), ([], "1   2      3")],
    )
    def test_columns_of_one_name_and_names_like_markup_are_shown(
        self, form: list[str], shown: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _run("sql", 'SELECT 1 AS a, 2 AS "[/b]", 3 AS a', *form)
        assert shown in capsys.readouterr().out

    @pytest.mark.parametrize("form", [["--json"], ["--parquet", "a.parquet"]])
    def test_columns_of_one_name_are_refused_where_names_tell_them_apart(
        self,
        form: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        _run("sql", "SELECT 1 AS a, 2 AS b, 3 AS a", *form, code=1)
        assert "more than one column is named a: give each" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []

    def test_sql_writes_parquet(self, tmp_path: Path) -> None:
        import pyarrow.parquet as pq

        _run("sql", "SELECT publisher FROM article", "--parquet", str(tmp_path / "a.parquet"))
        assert pq.read_table(tmp_path / "a.parquet").num_rows == 2

    @pytest.mark.parametrize("query", ["SELEC 1", "SELECT nope", "DELETE FROM core.claim"])
    def test_sql_that_fails_says_so(self, query: str, capsys: pytest.CaptureFixture[str]) -> None:
        _run("sql", query, code=1)
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_the_prompt_reads_to_the_semicolon_and_survives_errors(self, shelf: Path) -> None:
        said = "SELECT\n41 + 1;\nnonsense;\n\\t\nSELECT 7 * 6;\n\\q\nSELECT 'never';\n"
        run = _child("sql", stdin=said, TOLLBOOK_HOME=str(shelf))
        assert run.returncode == 1  # nobody sees an error in a pipe
        assert run.stdout.count(" 42 ") == 2
        assert "mart.event_toll" in run.stdout
        assert "nonsense" in run.stderr
        assert "never" not in run.stdout

    @pytest.mark.parametrize(
        ("form", "shown"),
        [("--csv", "a\n1\n"), ("--json", '[{"a":1}]\n')],
    )
    def test_sql_from_a_pipe_is_answered_in_the_form_asked_for(
        self, form: str, shown: str, shelf: Path
    ) -> None:
        run = _child("sql", form, stdin="select 1 as a;\n", TOLLBOOK_HOME=str(shelf))
        assert (run.returncode, run.stdout, run.stderr) == (0, shown, "")
        assert _child("sql", form, stdin="selec 1", TOLLBOOK_HOME=str(shelf)).returncode == 1

    def test_parquet_from_a_pipe(self, shelf: Path, tmp_path: Path) -> None:
        import pyarrow.parquet as pq

        path = tmp_path / "a.parquet"
        _child("sql", "--parquet", str(path), stdin="select 1 as a", TOLLBOOK_HOME=str(shelf))
        assert pq.read_table(path).to_pylist() == [{"a": 1}]

    def test_every_statement_is_answered(self, capsys: pytest.CaptureFixture[str]) -> None:
        _run("sql", "SELECT 41 + 1 AS a; SELECT 43 AS b")
        shown = capsys.readouterr().out
        assert " 42 " in shown
        assert " 43 " in shown

    @pytest.mark.parametrize("form", [["--csv"], ["--json"], ["--parquet", "a.parquet"]])
    def test_a_file_takes_one_answer(
        self,
        form: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        _run("sql", "SELECT 1; SELECT 2", *form, code=2)
        shown = capsys.readouterr()
        assert "2 answers" in shown.err
        assert shown.out == ""
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("word", ["exit", "quit", ".quit", "EXIT;", r"\q"])
    def test_the_prompt_ends_at_a_word(self, word: str, shelf: Path) -> None:
        run = _child("sql", stdin=f"{word}\nSELECT 'never';\n", TOLLBOOK_HOME=str(shelf))
        assert (run.returncode, run.stdout) == (0, "")

    @pytest.mark.parametrize("word", ["help", ".help", r"\h"])
    def test_the_prompt_has_help(self, word: str, shelf: Path) -> None:
        run = _child("sql", stdin=f"{word}\nSELECT\n'help'\n;\n", TOLLBOOK_HOME=str(shelf))
        assert "ends in ; is answered" in run.stderr
        assert run.returncode == 0
        assert " help " in run.stdout

    def test_tables_are_listed_with_their_meaning(self, capsys: pytest.CaptureFixture[str]) -> None:
        _run("tables")
        assert "mart.toll_timeline" in capsys.readouterr().out
        _run("tables", "event_toll")
        shown = capsys.readouterr().out.split()
        assert shown[shown.index("killed_best") + 1] == "BIGINT"
        assert "VARCHAR[]" in shown
        _run("tables", "nonsense", code=2)

    def test_explain_shows_what_is_behind_a_number(
        self, shelf: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from warehouse.query import run_sql

        query = "SELECT event_id, incident_id, claim_id FROM incident_claims WHERE best = 3"
        (row,) = run_sql(shelf, query).to_pylist()
        for which in row.values():
            _run("explain", which)
            shown = capsys.readouterr().out
            assert "Oleh Marchenko" in shown
            assert "The Wire, 2025-07-01 06:00 UTC" in shown
            assert "https://wire.example/strike" in shown
            assert "A drone strike on Kharkiv [" in shown
            assert "three people" in shown
        _run("explain", "nonsense", code=1)

    def test_the_quarantine_is_listed_and_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        _run("quarantine", "list")
        listed = capsys.readouterr().out
        which = next(word for word in listed.split() if len(word) == 16 and word.isalnum())
        _run("quarantine", "show", which[:6])
        shown = capsys.readouterr()
        assert shown.out == ARTICLES["bad.txt"]
        assert "'2025-02-30' is no date that exists" in shown.err
        _run("quarantine", "show", "nonsense", code=1)

    def test_runs_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        _run("runs")
        lines = capsys.readouterr().out.splitlines()
        (line,) = [line for line in lines if line.rstrip().endswith("samples")]
        run_id, status, *_, read, loaded, same, refused, _ = line.split()
        assert len(run_id) == 22
        assert status == "completed"
        assert (read, loaded, same, refused) == ("3", "2", "0", "1")


def test_run_loads_and_says_what_to_do_next(
    prefect: None, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    _run("run", str(path))
    shown = capsys.readouterr().out
    assert "Read 1 articles: 1 loaded, 0 unchanged, 0 quarantined." in shown
    assert str(home / "published" / "tollbook.duckdb") in shown
    queries = [line.split('"')[1] for line in shown.splitlines() if ' sql "' in line]
    assert len(queries) == 3
    for query in queries:
        _run("sql", query)


def test_refusals_are_named_on_the_screen(
    prefect: None,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"text": f"{n} people died.", "date": "2025-02-30"} for n in range(7)]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Path("b.jsonl").write_text('{"text": "A", "date": "x"}', encoding="utf-8")
    Path("page.weird").write_bytes(b"\xff\nraw   " + b"x" * 200)
    _run("run", "a.jsonl", "b.jsonl", "page.weird")
    said = [line for line in capsys.readouterr().err.splitlines() if "Prefect" not in line]
    assert [line.split()[0] for line in said[:5]] == [f"a.jsonl:{n}" for n in range(1, 6)]
    assert all("'2025-02-30' is no date that exists" in line for line in said[:5])
    assert said[5].startswith("and 4 more: ")
    assert said[5].endswith(" quarantine list")
    _run("run", "b.jsonl")
    said = [line for line in capsys.readouterr().err.splitlines() if "Prefect" not in line]
    assert said == ["b.jsonl:1 published_at: 'x' is no date that exists (expected YYYY-MM-DD)"]
    _run("sql", "SELECT quarantine_id FROM quarantine WHERE source = 'page.weird'", "--csv")
    which = capsys.readouterr().out.split()[1]
    _run("quarantine", "show", which)
    shown = capsys.readouterr()
    assert shown.out == "\\xff\nraw   " + "x" * 200
    assert "bytes that are no text as \\xNN" in shown.err
    _run("runs")
    assert str(tmp_path) not in capsys.readouterr().out


def test_only_a_new_prefect_home_is_announced(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import settings

    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    assert settings.set_up_prefect(settings.load())
    (tmp_path / "prefect.db").touch()
    assert not settings.set_up_prefect(settings.load())


def test_a_run_that_is_stopped_says_what_is_kept(
    prefect: None, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from flows import ingest

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(ingest, "extract", stopped)
    _run("run", str(path), code=130)
    said = [line for line in capsys.readouterr().err.splitlines() if "Prefect" not in line]
    assert said == ["Stopped. What was loaded is kept; run the same command again to go on."]
    _run("runs")
    assert "stopped by the user" in " ".join(capsys.readouterr().out.split())


def test_a_run_that_fails_says_so_in_one_line(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from flows import steps, cli\n"
        "def fails(*_): raise ValueError('the disk is full')\n"
        "steps.load_frames = fails; cli.main(['run', sys.argv[1]])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert [line for line in run.stderr.splitlines() if "Starting" not in line] == [
        "tollbook: internal error, ValueError: the disk is full (--debug shows where)"
    ]
    # The failure is published: whoever looks sees it.
    assert "failed" in _child("runs").stdout
    report = (home / "published" / "report.html").read_text("utf-8")
    assert "The last run failed" in report
    assert "the disk is full" in report


def test_evaluate_tells_gains_and_losses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"id": "1", "text": TEXT, "killed": 3, "injured": 12, "published_at": "2025-07-01"}
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    _run("evaluate", str(gold), "--out", str(out), "--jobs", "1")
    assert "killed" in capsys.readouterr().out
    kept = json.loads((out / "gold.json").read_text("utf-8"))
    assert kept["gained"] == kept["lost"] == []
    gold.write_text(json.dumps({**row, "killed": 4}) + "\n", encoding="utf-8")
    _run("evaluate", str(gold), "--out", str(out), "--jobs", "1")
    assert "lost against the last run" in capsys.readouterr().out
    assert json.loads((out / "gold.json").read_text("utf-8"))["lost"]
    gold.write_text("{\n", encoding="utf-8")
    _run("evaluate", str(gold), "--out", str(out), code=1)
    assert "gold.jsonl:1: not JSON" in capsys.readouterr().err
