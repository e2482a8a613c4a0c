"""Every example of every --help runs as it stands, on the warehouse that `make run` makes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import typer

from flows.cli import app, main
from warehouse.query import run_sql

ROOT = Path(__file__).resolve().parents[2]
TEXT = "A drone strike on Kharkiv killed three people and injured 12, police said."
#: What no test can run: the network, a browser, what has no end or needs data of all the world,
#: the project's own tools.
_NOT_HERE = ("https://", "tollbook serve", "run un-news", "--open", "gazetteer build", "python -m")


def _examples(command: Any) -> list[str]:
    lines = [part.strip() for part in (command.epilog or "").split("\n\n")]
    found = [line.partition("Example: ")[2] for line in lines if line.startswith("Example: ")]
    for below in getattr(command, "commands", {}).values():
        found += _examples(below)
    return list(dict.fromkeys(found))


EXAMPLES = [
    example
    for example in _examples(typer.main.get_command(app))
    if not any(word in example for word in _NOT_HERE)
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working directory with the files that the examples call the user's own."""
    row = json.dumps({"id": "a", "text": TEXT}) + "\n"
    (tmp_path / "articles" / "july").mkdir(parents=True)
    (tmp_path / "articles" / "july" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    for name in ("articles.jsonl", "more.jsonl"):
        (tmp_path / name).write_text(row, encoding="utf-8")
    mine = 'name = "my-source"\nkind = "pages"\nurls = ["https://a.example/1"]\n'
    mine += 'publisher = "The Post"\nlicence = "by permission"\nlanguage = "en"\n'
    (tmp_path / "my-source.toml").write_text(mine, encoding="utf-8")
    gold = json.dumps({"id": "a", "text": TEXT, "killed": 3, "injured": 12})
    (tmp_path / "gold.jsonl").write_text(gold + "\n", encoding="utf-8")
    (tmp_path / "events.csv").write_text(
        "event_date,latitude,longitude,country,fatalities\n2025-07-01,56.85,53.2,Russia,3\n",
        encoding="utf-8",
    )
    place = ["999999991", "Zhukovanka Druha", "", "", "50.1", "36.2", "P", "PPL", "UA", "", "07"]
    dump = "\t".join([*place, "", "", "", "90", "", "120", "Europe/Kyiv", "2025-01-01"])
    with ZipFile(tmp_path / "UA.zip", "w") as file:
        file.writestr("UA.txt", dump + "\n")
    command = tmp_path / "bin" / "tollbook"
    command.parent.mkdir()
    start = "import sys; from flows.cli import main; main(sys.argv[1:])"
    command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{start}' \"$@\"\n")
    command.chmod(0o755)
    return tmp_path


@pytest.fixture(scope="module")
def refused(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with a refused article, and its id in quarantine; the samples have none."""
    from flows.ingest import ingest

    folder = tmp_path_factory.mktemp("refused")
    home, bad = folder / "data", folder / "bad.jsonl"
    bad.write_text("{", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLLBOOK_HOME", str(home))
        ingest("refused", [str(bad)])
    bad.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")  # mended
    (held,) = run_sql(home, "SELECT quarantine_id FROM quality.quarantine").to_pylist()
    return home, held["quarantine_id"]


@pytest.fixture
def at_desk(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory and the environment of an example."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("PATH", f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TOLLBOOK_CORRECTIONS", str(tmp_path / "corrections"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return desk


def _run(line: str, said: pytest.CaptureFixture[str]) -> tuple[int | str | None, str]:
    """Exit code and error output. Only what needs a shell gets one: to start takes seconds."""
    if set(line) & set("|>") or "gazetteer" in line:  # a gazetteer stays loaded in its process
        ran = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        return ran.returncode, ran.stderr
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(line)[1:])
    return ended.value.code or 0, said.readouterr().err


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 15


def _marked(example: str) -> Any:
    works = re.match(r"tollbook (run\b(?!s)|reextract|gazetteer)", example)
    return pytest.param(example, marks=pytest.mark.slow if works else ())


@pytest.mark.parametrize("example", [_marked(example) for example in EXAMPLES])
def test_an_example_runs(
    example: str,
    at_desk: Path,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if re.match(r"tollbook (run|reextract|gazetteer)\b", example):  # the others only read
        home = tmp_path / "data"
    elif " ID" in example:
        home, quarantine_id = request.getfixturevalue("refused")
        example = re.sub(r"\bID\b", quarantine_id, example)
    else:
        home = request.getfixturevalue("samples")
    monkeypatch.setenv("TOLLBOOK_HOME", str(home))
    if "review forget" in example:  # what was decided before
        first = example.replace("forget", "same") + " --why 'one plant'"
        assert _run(first, capsys) == (0, "")
    code, errors = _run(example, capsys)
    assert code == 0, errors
    assert "Traceback" not in errors
