"""The reader of texts compiled to machine code: the same rows, in little more than half the time.

mypyc compiles typed modules as they are. Three things it cannot take are written otherwise in the
copy that it is given; the sources stay as people read them.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import transforms

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Not read with each article: they work on tables, or judge the reading. Packages are left whole.
_LEFT = re.compile(
    r"(exchange|linking)/|(scoring\w*|normalise|comparing|corrections|duplicates|pagekind)\.py"
)
_NOT = frozenset(("__init__.py", "record.py", "morphology.py"))  # mypyc does not take these
_SOURCES = Path(transforms.__file__).resolve().parent
_IMPORT = "from transforms.record import record\n"
_BUILD = """
import sys
from mypyc.build import mypycify
from setuptools import setup
options = ["--ignore-missing-imports", "--no-warn-no-return"]
setup(
    name="compiled",
    packages=[],
    ext_modules=mypycify([*options, *sys.argv[1:]], opt_level="2", multi_file=True),
    script_args=["build_ext", "--inplace"],
)
"""
# Reads a sentence with what was built: a build that does not even do that is never put in place.
_TRIAL = """
import sys
import transforms
transforms.__path__.insert(0, "transforms")
sys.path.append(".")
from transforms import extract, model
read = extract.extract(model.Article(id="a", text="Three people were killed in Kharkiv."))
assert extract.__file__.endswith((".so", ".pyd")) and read.claims, "Error: it reads nothing"
"""


class CompileError(Exception):
    """The modules cannot be compiled; the message says why and what to do."""


def compile_reader() -> Path:
    """Compile the modules that read texts and put them where they are found.

    Returns:
        The folder, which ``transforms`` imports from until a source changes.

    Raises:
        CompileError: mypyc, setuptools or a C compiler is not there, or mypyc refuses a module.
    """
    folder = transforms.compiled_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as work:
        package = Path(work) / "transforms"
        modules = [str(path.relative_to(work)) for path in _copied(package)]
        _run(_BUILD, modules, Path(work))
        _run(_TRIAL, [], Path(work))
        _place(Path(work), folder)
    return folder


def remove() -> int:
    """Remove all that was compiled for this environment; returns how many builds that were."""
    root = transforms.compiled_root()
    builds = list(root.iterdir()) if root.is_dir() else []
    shutil.rmtree(root, ignore_errors=True)
    return len(builds)


def _copied(package: Path) -> Iterator[Path]:
    """The modules to compile, as mypyc takes them, below a folder of their own."""
    package.mkdir()
    (package / "__init__.py").touch()
    for source in sorted(_SOURCES.rglob("*.py")):
        name = source.relative_to(_SOURCES)
        if _LEFT.match(str(name)) or str(name) in _NOT:
            continue
        copy = package / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(for_mypyc(source.read_text(encoding="utf-8")), encoding="utf-8")
        yield copy


def for_mypyc(source: str) -> str:
    """A module as mypyc can compile it.

    Its classes have no slots to be made and its dataclasses bear no other name; the types of their
    fields are looked up when the class is made, so what they name must be imported by then.
    """
    if "@record" in source:
        source = re.sub(r"^@record$", "@dataclass(unsafe_hash=True)", source, flags=re.M)
        source = source.replace(_IMPORT, "from dataclasses import dataclass\n")
    source = re.sub(
        r"^(@dataclass\(.*?)(?:, slots=True|slots=True(?:, )?)", r"\1", source, flags=re.M
    )
    needed = _field_types(source)
    block = re.search(r"^if TYPE_CHECKING:\n((?:    .*\n|\n)+)", source, flags=re.M)
    if block and needed:
        source = source[: block.end()] + _imports(block[1], needed) + source[block.end() :]
    return source


def _field_types(source: str) -> set[str]:
    """The names in the types of all fields of dataclasses and named tuples."""
    annotations = [
        statement.annotation
        for made in ast.parse(source).body
        if isinstance(made, ast.ClassDef) and (made.decorator_list or made.bases)
        for statement in made.body
        if isinstance(statement, ast.AnnAssign)
    ]
    nodes = [node for annotation in annotations for node in ast.walk(annotation)]
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def _imports(block: str, needed: set[str]) -> str:
    """What a block for types imports of the names that are needed, as a module imports it."""
    found = [
        f"from {line.module} import {name.name} as {name.asname or name.name}\n"
        for line in ast.parse(textwrap.dedent(block)).body
        if isinstance(line, ast.ImportFrom)
        for name in line.names
        if (name.asname or name.name) in needed
    ]
    return "".join([*found, "\n"])


def _run(script: str, arguments: list[str], work: Path) -> None:
    """Run a script of the build beside the copy, and see whether it went well."""
    root = str(_SOURCES.parent)
    seen = {**os.environ, "MYPYPATH": root, "PYTHONPATH": root, "TOLLBOOK_COMPILED": str(work)}
    seen["PYTHONSAFEPATH"] = "1"  # the copy is not to be imported as it stands
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=work, env=seen, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if "rror" in line]
        why = said[-1] if said else "no C compiler, or it stopped"
        raise CompileError(f"the reader cannot be compiled, and is used as it stands: {why}")


def _place(work: Path, folder: Path) -> None:
    """Put what was built where it is found, whole or not at all; what was there before goes."""
    shutil.rmtree(work / "build")
    shutil.rmtree(work / ".mypy_cache", ignore_errors=True)
    for file in work.rglob("*.py"):
        file.unlink()
    for old in folder.parent.iterdir():
        if old not in (work, folder):
            shutil.rmtree(old)
    if not folder.exists():
        work.rename(folder)
