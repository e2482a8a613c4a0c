"""The docs say what is there: each is held to the thing that it describes."""

from __future__ import annotations

import re
import tomllib
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
import typer

from flows import docs
from flows.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def test_the_page_of_commands_is_the_command_line() -> None:
    assert docs.PAGE.read_text("utf-8") == docs.render(), "run `python -m flows.docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_in_the_docs_exist(page: Path) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    typed = re.findall(r"(?:^|`|bin/)tollbook ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    assert set(typed) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))) <= targets


def test_files_and_modules_in_the_examples_exist() -> None:
    page = docs.PAGE.read_text("utf-8")
    words = " ".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).split()
    modules = [after for word, after in pairwise(words) if word == "-m"]
    assert modules
    for module in modules:
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file(), module
    for path in (Path(word.strip("'\"")) for word in words):
        ours = len(path.parts) > 1 and (ROOT / path.parts[0]).is_dir()
        assert not ours or (ROOT / path).exists(), path


def test_make_test_leaves_no_test_out() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    assert not set("mk") & set(re.findall(r"(?<!\S)-([a-z])", options["ini_options"]["addopts"]))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipes = dict(re.findall(r"^([a-z-]+):.*\n((?:\t.*\n)+)", makefile, re.M))
    assert recipes["test"].rstrip().endswith("--keep-going --jobs=2 test-flows test-rest")
    # What one of the two runs is all that the other leaves out.
    assert recipes["test-flows"] == "\t@$(BIN)/python -m pytest tests/flows\n"
    assert recipes["test-rest"] == "\t@$(BIN)/python -m pytest --ignore=tests/flows\n"


def _wanted(project: dict[str, Any]) -> list[str]:
    return [*project["dependencies"], *chain(*project["optional-dependencies"].values())]


def test_every_dependency_is_earned_in_a_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", line)[0] for line in _wanted(project)}
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Dependencies")[2]
    earned = re.findall(r"^\| `([^`]+)` \|", page, re.M)
    assert names == set(earned)


def test_the_lock_names_no_index_and_holds_every_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in _wanted(project):
        name = re.split(r"[<>=\[ ]", line)[0].lower()
        assert re.search(rf"^{re.escape(name)}==\S+", lock, re.MULTILINE), name
    assert lock.count("--hash=sha256:") > 500
