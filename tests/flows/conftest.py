"""A small warehouse, made by the real flow once for all tests that only read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ARTICLES = {
    "strike.md": (
        "---\nurl: https://wire.example/strike\npublisher: The Wire\ntitle: Strike on Kharkiv\n"
        "published_at: 2025-07-01T09:00:00+03:00\n---\n"
        "A drone strike on Kharkiv killed three people and injured at least 12 on Monday, "
        "Governor Oleh Marchenko said.\n\nFive of the injured are in hospital.\n"
    ),
    "later.md": (
        "---\nurl: https://post.example/strike\npublisher: The Post\ntitle: Toll rises\n"
        "published_at: 2025-07-01T18:00:00+03:00\n---\n"
        "The death toll from Monday's drone strike on Kharkiv rose to four, police said.\n"
    ),
    "bad.txt": "---\ndate: 2025-02-30\n---\nTwo people died.\n",
}


def write_articles(folder: Path) -> Path:
    """Two reports of one strike, and a file that cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def books(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a warehouse that the flow has loaded and published."""
    from flows.ingest import ingest

    folder = tmp_path_factory.mktemp("books")
    articles = write_articles(folder / "articles")
    before = os.environ.get("TOLLBOOK_HOME")
    os.environ["TOLLBOOK_HOME"] = str(folder / "data")
    try:
        ingest("samples", [str(articles)])
    finally:
        os.environ.pop("TOLLBOOK_HOME")
        if before is not None:
            os.environ["TOLLBOOK_HOME"] = before
    return folder / "data"


@pytest.fixture(scope="session")
def samples(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that `make run` makes: the articles that ship."""
    from flows import sources
    from flows.ingest import ingest

    home = tmp_path_factory.mktemp("samples") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLLBOOK_HOME", str(home))
        ingest("samples", [], named=[sources.load(home)[sources.DEFAULT]])
    return home


@pytest.fixture
def shelf(books: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the data folder of the commands under test."""
    monkeypatch.setenv("TOLLBOOK_HOME", str(books))
    return books
