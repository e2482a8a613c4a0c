"""The reader of texts compiled to machine code: the same rows, in little more than half the time.

mypyc compiles typed modules as they are. Three things it cannot take are written otherwise in the
copy that it is given; the sources stay as people read them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
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
        _build(Path(work), modules)
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
    fields are looked up when the class is made, so what is imported for types must be there.
    """
    if "@record" in source:
        source = re.sub(r"^@record$", "@dataclass(unsafe_hash=True)", source, flags=re.M)
        source = source.replace(_IMPORT, "from dataclasses import dataclass\n")
    source = re.sub(
        r"^(@dataclass\(.*?)(?:, slots=True|slots=True(?:, )?)", r"\1", source, flags=re.M
    )
    if "@dataclass" in source or "(NamedTuple)" in source:
        source = re.sub(r"^if TYPE_CHECKING:", "if True:", source, flags=re.M)
    return source


def _build(work: Path, modules: list[str]) -> None:
    command = [sys.executable, "-c", _BUILD, *modules]
    seen = {**os.environ, "MYPYPATH": str(_SOURCES.parent)}
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
