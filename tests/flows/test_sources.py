"""Sources by name: what ships is read, and a malformed file is named with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows import readers, sources
from seeds.read import SeedError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """name = "mine"
kind = "folder"
path = "texts"
publisher = "The Post"
licence = "by permission"
language = "en"
"""
PAGES = GOOD.replace('"folder"', '"pages"')


def _write(home: Path, text: str, name: str = "mine") -> Path:
    (home / "sources" / "texts").mkdir(parents=True, exist_ok=True)
    path = home / "sources" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_samples_ship(tmp_path: Path) -> None:
    known = sources.load(tmp_path)
    assert list(known) == [sources.DEFAULT]
    found = list(readers.read(sources.expand(["samples"], known)))
    assert len(found) >= 24
    assert all(isinstance(item, readers.RawArticle) for item in found)


def test_the_users_own_are_read_too(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    urls = 'urls = ["https://a.example/1", "http://a.example/2"]'
    _write(tmp_path, PAGES.replace("mine", "web").replace('path = "texts"', urls), "web")
    known = sources.load(tmp_path)
    assert sources.expand(["web", "a.txt", "mine", "./mine"], known) == [
        "https://a.example/1",
        "http://a.example/2",
        "a.txt",
        str(tmp_path / "sources" / "texts"),
        "./mine",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('licence = "by permission"\n', ""), "licence: is missing"),
        (GOOD.replace('"en"', "7"), "language: 7 is no text"),
        (GOOD.replace('"en"', '" "'), "language: ' ' is no text"),
        (GOOD + "note = 1\n", "note: 1 is no text"),
        (GOOD + "lisence = 1\n", "lisence: no such key; there are kind, language, licence"),
        (GOOD.replace('"mine"', '"yours"'), "name: must be that of the file, 'mine'"),
        (GOOD.replace('"folder"', '"feed"'), "kind: 'feed' is none of folder, pages"),
        (GOOD.replace('path = "texts"\n', ""), "path: must be given for kind 'folder'"),
        (GOOD + 'urls = ["https://a.example"]\n', "urls: must be given for kind 'pages', and for"),
        (GOOD.replace('"texts"', '"gone"'), "path: there is no folder"),
        (GOOD.replace('"texts"', "[]"), "path: [] is no text"),
        (PAGES.replace('path = "texts"', "urls = []"), "urls: expected a list of addresses"),
        (PAGES.replace('path = "texts"', 'urls = ["ftp://x"]'), "urls: 'ftp://x' is no address"),
    ],
)
def test_a_malformed_file_is_named_with_its_key(text: str, said: str, tmp_path: Path) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(sources.SourceFileError) as caught:
        sources.load(tmp_path)
    assert str(caught.value).startswith(f"{path}: {said}")


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD.replace('"mine"', '"samples"'), "samples")
    with pytest.raises(sources.SourceFileError, match="another source 'samples'") as caught:
        sources.load(tmp_path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD + "nonsense\n")
    with pytest.raises(SeedError, match=r"line 7") as caught:
        sources.load(tmp_path)
    assert str(path) in str(caught.value)
