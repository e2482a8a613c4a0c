"""What docs/security.md says beyond the tests of each part: pickles, code, file names, licences."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.store import Response, Store
from tests import licences

ROOT = Path(__file__).parents[1]
MODULES = [
    path
    for folder in ("flows", "transforms", "expectations", "warehouse", "seeds")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
_IMPORTS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "telnetlib"}
_CALLS = {"eval", "exec", "read_pickle", "unsafe_load", "full_load", "system", "popen"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_comes_in_is_run(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            assert not {name.partition(".")[0] for name in names} & _IMPORTS
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            assert called not in _CALLS
            for word in node.keywords:
                on = isinstance(word.value, ast.Constant) and word.value.value is True
                assert not (word.arg in ("shell", "allow_pickle") and on)


def test_yaml_is_read_as_strings_alone() -> None:
    """PyYAML's BaseLoader and SafeLoader make no objects."""
    read = [found for path in MODULES for found in _YAML.findall(path.read_text("utf-8"))]
    assert read
    assert all("BaseLoader" in call or "SafeLoader" in call for call in read)


_YAML = re.compile(r"yaml\.\w*load\w*\([^)]*\)")


@pytest.mark.parametrize(
    "url",
    ["http://x.example/../../../etc/passwd", "http://x.example/%2e%2e%2f\x00", "../../x", "C:\\x"],
)
def test_no_address_names_a_file(url: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "raw")
    digest = store.keep(b"x")
    store.note(Response(url, url, 200, {}, datetime.now(UTC), digest))
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 2
    assert all(re.fullmatch(r"raw/(bodies|urls)/\w\w/[0-9a-f]{64}\.\w+", str(p)) for p in made)


def test_licences_are_listed() -> None:
    """Versions of the environment may differ from the lock: what is installed must be listed."""
    page = licences.PAGE.read_text(encoding="utf-8")
    assert [name for name in licences.needed() if f"| {name} |" not in page] == []


def test_who_is_under_the_gpl_alone_is_known() -> None:
    """A dictionary: data in a package of its own, which the user installs from its authors."""
    strict = {
        name
        for name, said in licences.needed().items()
        if re.search(r"\bA?GPL", said) and " OR " not in said
    }
    assert strict <= {"pymorphy3-dicts-uk"}


def test_every_threat_names_a_test_that_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", text)
    assert len(named) >= 12
    assert [name for name in named if not (ROOT / name).is_file()] == []
