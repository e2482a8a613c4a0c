"""The licences of what Tollbook needs, by the packages' own metadata: docs/licences.md.

``python -m tests.licences`` writes the page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
_NAME = re.compile(r"[\w.-]+")
_HEAD = """# Licences

Tollbook itself is under Apache-2.0. What it needs at run time, and what that needs, by the own
metadata of each package; `python -m tests.licences` makes this page. Where a package leaves a
choice (OR), Tollbook's is the one that is not the GPL. `pymorphy3-dicts-uk` is a dictionary
under the GPL, installed from its authors as a package of its own; whoever hands on
Tollbook with it should know that.

| package | licence |
|---|---|
"""


def needed() -> dict[str, str]:
    """Every package that a run needs, with its licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = {}
    wanted = project["dependencies"] + project["optional-dependencies"]["dask"]
    waiting = [_named(line) for line in wanted]
    while waiting:
        name = waiting.pop()
        if name not in found and (licence := licence_of(name)):
            found[name] = licence
            waiting += _needs(name)
    return dict(sorted(found.items()))


def licence_of(name: str) -> str | None:
    """What a package says of its licence, in a few words; None where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:  # for another system or an older Python
        return None
    listed = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or ()
              if line.startswith("License ::")]  # fmt: skip
    stated = [(said.get_all(key) or [""])[0] for key in ("License-Expression", "License")]
    return stated[0] or stated[1].split("\n")[0][:60] or ", ".join(listed) or "not stated"


def _needs(name: str) -> Iterator[str]:
    for line in requires(name) or ():
        if "extra ==" not in line:
            yield _named(line)


def _named(line: str) -> str:
    found = _NAME.match(line)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def page() -> str:
    """The page."""
    return _HEAD + "".join(f"| {name} | {said} |\n" for name, said in needed().items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
