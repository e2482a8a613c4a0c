"""Work part by part: in the order of what is given, whoever does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import parts
from flows.readers import Page, RawArticle, Rejected, read
from flows.settings import Settings

_BODY = (
    "<html><body><article><h1>Shelling of town {at}</h1><p>Shelling of town {at} killed {at} "
    "people on Monday, the governor of the region said to reporters who had come by bus.</p>"
    "<p>Rescuers searched the ruins of a school and of two houses until the evening, and said "
    "that they would go on when it was light again.</p></article></body></html>"
)


def _page(at: int) -> Page:
    return Page(_BODY.format(at=at).encode(), f"{at}.html", at, url=f"https://a.example/{at}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_read_in_their_place_among_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(parts, "_WORTH_PAGES", 3)
    refused = Rejected("x.txt", None, "empty", None, None)
    given: list[parts.Item | Page] = [
        _page(1),
        refused,
        _page(2),
        _page(3),
        _page(4),
        refused,
        _page(5),
    ]
    found = list(parts.pages(Settings(tmp_path), given, jobs))
    assert found == [item.read() if isinstance(item, Page) else item for item in given]
    read = [item.line for item in found if isinstance(item, RawArticle)]
    assert read == [1, 2, 3, 4, 5]


def test_what_is_found_does_not_hang_on_how_it_was_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Shelling of Kharkiv killed {at + 2} people on Monday.\n" for at in range(5)]
    for at, text in enumerate(texts):
        (tmp_path / f"{at}.txt").write_text(text, encoding="utf-8")
    articles = [item for item in read([str(tmp_path)]) if isinstance(item, RawArticle)]
    monkeypatch.setattr(parts, "SIZE", 2)
    cut = list(parts.findings(Settings(tmp_path), articles))
    assert [len(part) for part, _ in cut] == [2, 2, 1]
    whole = parts.extracted(articles, None)
    for name in parts.TABLES:
        rows = [row for _, found in cut for row in found.tables[name].to_dict("records")]
        assert list(map(str, rows)) == list(map(str, whole.tables[name].to_dict("records")))
    assert [one for _, found in cut for one in found.answers] == whole.answers


def test_of_nothing_there_are_tables_all_the_same(tmp_path: Path) -> None:
    ((part, found),) = parts.findings(Settings(tmp_path, cluster="tcp://127.0.0.1:1"), [])
    assert (part, found.answers) == ([], [])
    assert {name: len(found.tables[name]) for name in found.tables} == dict.fromkeys(
        parts.TABLES, 0
    )
