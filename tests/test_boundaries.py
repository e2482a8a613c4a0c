"""Each folder keeps to its part: what its modules may import, and what help must not load."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("flows", "transforms", "expectations", "warehouse", "seeds")
#: Package -> the only folders that may import it.
HOMES = {
    "prefect": {"flows"},
    "requests": {"flows"},
    "urllib3": {"flows"},
    "socket": {"flows", "warehouse"},  # the warehouse's lock names its host
    "great_expectations": {"expectations"},
    "duckdb": {"warehouse"},
    "typer": {"flows"},
    "rich": {"flows"},
}
#: Folder -> folders that it may import from, besides itself.
MAY_USE = {
    "flows": {"transforms", "expectations", "warehouse", "seeds"},
    "transforms": {"seeds"},
    "expectations": {"transforms", "seeds"},
    "warehouse": {"transforms", "seeds"},
    "seeds": set(),
}
#: Calls that read the clock or chance: a transform that makes one is not pure.
IMPURE = {"now", "today", "time", "utcnow", "random", "urlopen", "getenv", "open", "read_text"}
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


def _folder(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def test_there_are_modules_of_every_folder() -> None:
    assert {_folder(path) for path in MODULES} == set(FOLDERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_keep_to_the_folder(path: Path) -> None:
    folder, imported = _folder(path), _imported(path)
    strays = {name for name in imported if folder not in HOMES.get(name, {folder})}
    neighbours = (imported & set(FOLDERS)) - MAY_USE[folder] - {folder}
    assert not strays, f"{folder} must not import {strays}"
    assert not neighbours, f"{folder} must not import {neighbours}"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if _folder(path) == "transforms"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_transforms_are_pure(path: Path) -> None:
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    called = {
        call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        for call in calls
        if isinstance(call.func, ast.Name | ast.Attribute)
    }
    assert not called & IMPURE


_OPENERS = {"open", "read_text", "read_bytes", "mmap", "read_csv"}
#: The seed reader, what keeps people's corrections, and the scripts that make seeds.
_MAY_OPEN = {"seeds/read.py", "seeds/corrections/__init__.py", "seeds/geo/build.py"}


def _opens_a_seed(source: str) -> bool:
    """Whether a module both makes a path below seeds and opens files."""
    nodes = list(ast.walk(ast.parse(source)))
    return any(map(_is_seed_path, nodes)) and any(map(_is_opening, nodes))


def _is_seed_path(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute | ast.Name):
        return (node.attr if isinstance(node, ast.Attribute) else node.id) == "SEEDS"
    parts: list[ast.expr] = []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call):
        parts = node.args
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(str(text).split("/")[0] == "seeds" for text in texts)


def _is_opening(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
    return name in _OPENERS


@pytest.mark.parametrize(
    ("source", "opens"),
    [
        ("(ROOT / 'seeds' / 'a.toml').read_text()", True),
        ("open('seeds/codes/measures.csv')", True),
        ("Path('seeds/a').open()", True),
        ("from seeds.read import SEEDS\npd.read_csv(SEEDS / 'a.csv')", True),
        ("mmap.mmap((read.SEEDS / 'a').fileno(), 0)", True),
        ("from seeds import read\nread.toml('lexicons/en/dates.toml')", False),
        ("PATH = ROOT / 'seeds' / 'articles'", False),
        ("OURS = {'seeds'}\nopen(os.devnull)", False),
    ],
)
def test_opening_a_seed_is_seen(source: str, opens: bool) -> None:
    assert _opens_a_seed(source) == opens


def test_only_the_seed_reader_opens_a_seed() -> None:
    found = {str(path.relative_to(ROOT)) for path in MODULES if _opens_a_seed(path.read_text())}
    assert found <= _MAY_OPEN
    assert "seeds/read.py" in found


def test_great_expectations_is_imported_only_inside_functions() -> None:
    for path in (ROOT / "expectations").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "great_expectations" not in ast.unparse(node), path


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("flows.cli", {"pandas", "duckdb", "prefect", "great_expectations", "requests", "nupunkt"}),
        ("flows.extraction", {"pandas", "duckdb", "prefect", "great_expectations", "pyarrow"}),
    ],
)
def test_a_quick_start_loads_nothing_heavy(module: str, heavy: set[str]) -> None:
    import subprocess

    code = f"import sys, {module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(run.stdout.split())


def test_help_loads_nothing_to_draw_with() -> None:
    import subprocess

    code = "import flows.cli as c, sys\ntry: c.main(['--help'])\nfinally: print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: tollbook" in run.stdout
    assert not {"rich", "pydantic", "pandas", "prefect"} & set(run.stdout.split())
