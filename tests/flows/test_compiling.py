"""The compiled reader reads what the modules do, and is left aside when one of them changes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import orjson
import pytest

import transforms
from flows import compiling
from tests import shared

CASES = Path(__file__).resolve().parents[1] / "cases"
ARTICLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
CORPORA = ("gva_dev", "muc_dev", "isaf_dev", "toponyms_geovirus_dev", "war_news_unlabelled")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to be named by ``TOLLBOOK_COMPILED``: that of set-up, or one made here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TOLLBOOK_COMPILED")
        if transforms.compiled_folder().is_dir():
            return transforms.compiled_root()
    root = tmp_path_factory.mktemp("compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLLBOOK_COMPILED", str(root))
        try:
            compiling.compile_reader()
        except compiling.CompileError as error:
            if "compiler" in str(error):
                pytest.skip(f"no C compiler: {error}")
            raise
    return root


def _texts() -> Iterator[str]:
    """The sample articles, and what every case table has of texts."""
    for path in sorted(ARTICLES.glob("*.md")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(CASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(line for line in file if not line.startswith("#")):
                yield row.get("text") or row.get("sentence") or ""


def _read(file: Path, root: Path) -> bytes:
    """What `tollbook extract` answers with the modules that are compiled below a folder."""
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", "extract", str(file)],
        env={**os.environ, "TOLLBOOK_COMPILED": str(root)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def _same(rows: Sequence[Mapping[str, object]], build: Path, folder: Path) -> None:
    file = folder / "texts.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    plain = _read(file, folder / "none").splitlines()
    assert len(plain) == len(rows)
    assert _read(file, build).splitlines() == plain


@pytest.mark.slow
def test_compiled_it_reads_what_the_modules_read(build: Path, tmp_path: Path) -> None:
    rows = [{"id": str(i), "text": text} for i, text in enumerate(_texts()) if text.strip()]
    assert len(rows) > 1000
    _same(rows, build, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("corpus", CORPORA)
def test_compiled_it_reads_a_corpus_alike(corpus: str, build: Path, tmp_path: Path) -> None:
    keys = ("id", "text", "title", "url", "published_at")
    found = islice(shared.rows(corpus), 400)
    _same([{k: row[k] for k in keys if row.get(k)} for row in found], build, tmp_path)


def test_the_compiled_reader_is_the_one_that_is_used(build: Path) -> None:
    script = "from transforms import extract; print(extract.__file__)"
    for root, ending in ((build, ".so"), (build / "none", ".py")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "TOLLBOOK_COMPILED": str(root)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip().endswith(ending)


def test_what_was_compiled_before_a_change_is_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.py"
    source.write_text("ONE = 1\n", encoding="utf-8")
    monkeypatch.setattr(transforms, "_HERE", tmp_path)
    before = transforms.compiled_folder()
    assert transforms.compiled_folder() == before
    source.write_text("ONE = 11\n", encoding="utf-8")
    assert transforms.compiled_folder() != before


def test_what_mypyc_cannot_take_is_written_otherwise() -> None:
    source = """\
from typing import TYPE_CHECKING

from transforms.record import record

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID


@record
class One:
    path: Path


@dataclass(frozen=True, slots=True)
class Two:
    path: Path
"""
    written = compiling.for_mypyc(source)
    assert "@dataclass(unsafe_hash=True)\nclass One" in written
    assert "@dataclass(frozen=True)\nclass Two" in written
    assert "record" not in written
    assert "\nfrom pathlib import Path as Path\n" in written
    assert "\nfrom uuid" not in written


def test_a_module_that_cannot_be_compiled_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLBOOK_COMPILED", str(tmp_path / "compiled"))
    monkeypatch.setattr(compiling, "_SOURCES", tmp_path)
    (tmp_path / "numbers.py").write_text("NUMBER: int = 'one'\n", encoding="utf-8")
    with pytest.raises(compiling.CompileError, match=r"numbers\.py:1"):
        compiling.compile_reader()
    assert compiling.remove() == 0
