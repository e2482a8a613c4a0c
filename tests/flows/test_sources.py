"""Sources by name: what ships is read, and a malformed file is named with its key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from flows import gather, readers, sources
from flows.sources import check

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """name = "mine"
kind = "folder"
path = "texts"
publisher = "The Post"
licence = "by permission"
language = "en"
"""
API = """name = "mine"
kind = "api"
url = "https://a.example/?y={since:%Y}"
publisher = "The Post"
licence = "by permission"
language = "en"
terms = "free"
schedule = "every 6 hours"
min_articles = 1
max_articles = 50
delay = 2.5
private = true
covers = ["Sudan", "Mali"]
[columns]
url = "links.self"
text = "body"
[paging]
by = "page"
parameter = "p"
first = 1
most = 3
"""
PAGES = GOOD.replace('"folder"', '"pages"')


def _write(home: Path, text: str, name: str = "mine") -> Path:
    (home / "sources" / "texts").mkdir(parents=True, exist_ok=True)
    path = home / "sources" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_samples_ship(tmp_path: Path) -> None:
    found = list(gather.gather(sources.load(tmp_path)[sources.DEFAULT], tmp_path))
    assert len(found) >= 24
    assert all(isinstance(item, readers.RawArticle) for item in found)
    assert {getattr(item, "source_name", None) for item in found} == {sources.DEFAULT}


def test_the_users_own_are_read_too(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    urls = 'urls = ["https://a.example/1", "http://a.example/2"]'
    _write(tmp_path, PAGES.replace("mine", "web").replace('path = "texts"', urls), "web")
    known = sources.load(tmp_path)
    assert known["web"].reads == ("https://a.example/1", "http://a.example/2")
    assert known["mine"].reads == (str(tmp_path / "sources" / "texts"),)


def test_a_whole_source_is_read_as_it_is_written(tmp_path: Path) -> None:
    _write(tmp_path, API)
    found = sources.load(tmp_path)["mine"]
    assert found.every == timedelta(hours=6)
    assert (found.least, found.most, found.delay, found.private) == (1, 50, 2.5, True)
    assert found.covers == ("Sudan", "Mali")
    assert found.columns == {"url": "links.self", "text": "body"}
    assert found.paging == sources.Paging(by="page", parameter="p", first=1, most=3)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace('licence = "by permission"\n', ""), 1, "licence: is missing"),
        (GOOD.replace('"en"', "7"), 6, "language: 7 is no text"),
        (GOOD.replace('"en"', '" "'), 6, "language: ' ' is no text"),
        (GOOD.replace('"en"', '"eng"'), 6, "language: 'eng' is no code of ISO 639-1"),
        (GOOD + "note = 1\n", 7, "note: 1 is no text"),
        (GOOD + "lisence = 1\n", 7, "lisence: no such key; there are columns, covers, delay"),
        (GOOD.replace('"mine"', '"yours"'), 1, "name: must be that of the file, 'mine'"),
        (GOOD.replace('"folder"', '"feet"'), 2, "kind: 'feet' is none of api, feed, folder"),
        (GOOD.replace('path = "texts"\n', ""), 1, "path: must be given for kinds 'folder'"),
        (GOOD + 'urls = ["https://a.example"]\n', 7, "urls: must be given for kinds 'pages', and"),
        (GOOD.replace('"texts"', '"gone"'), 3, "path: there is no folder"),
        (GOOD.replace('"texts"', "[]"), 3, "path: [] is no text"),
        (GOOD.replace("folder", "table"), 3, "path: there is no file"),
        (GOOD + "delay = 3\n", 7, "delay: is only for kinds api, feed, gdelt, pages, sitemap"),
        (PAGES.replace('path = "texts"', "urls = []"), 3, "urls: expected a list of addresses"),
        (PAGES.replace('path = "texts"', 'urls = ["ftp://x"]'), 3, "urls: 'ftp://x' is no address"),
        (API.replace('"every 6 hours"', '"sometimes"'), 8, "schedule: 'sometimes' is none such as"),
        (API.replace('"every 6 hours"', '"every 0 hours"'), 8, "schedule: 'every 0 hours' is none"),
        (API.replace("= 50", "= 0"), 10, "max_articles: is less than min_articles, 1"),
        (API.replace("= 50", "= -1"), 10, "max_articles: -1 is no whole number"),
        (API.replace("2.5", "true"), 11, "delay: True is no number of seconds"),
        (API.replace("private = true", 'private = "yes"'), 12, "private: 'yes' is neither"),
        (API.replace('["Sudan", "Mali"]', "[]"), 13, "covers: [] is no list of texts"),
        (API.replace("{since:%Y}", "{year}"), 3, "url: {year}: an address may leave open only"),
        (API.replace("{since:%Y}", "{since"), 3, "url: 'https://a.example/?y={since' is no addr"),
        (API.replace("https://a.example", "https://a.example:x"), 3, "url: "),
        (API.replace("text = ", "words = "), 14, "columns: words: no such field; there are author"),
        (API.replace('by = "page"', 'by = "hand"'), 17, "paging: by: expected one of next, offset"),
        (API.replace('parameter = "p"\n', ""), 17, "paging: parameter: None is no text"),
        (API.partition("[columns]")[0], 1, "columns: is missing"),
        (API.replace('terms = "free"\n', ""), 1, "terms: is missing"),
    ],
)
def test_a_malformed_file_is_named_with_line_and_key(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(sources.SourceFileError) as caught:
        sources.load(tmp_path)
    assert f"{path}:{line}: {said}" in str(caught.value)


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"en"', "7").replace('"The Post"', "[]") + "x = 1\n"
    _, problems = check.examine(_write(tmp_path, text), tmp_path / "sources")
    assert [(problem.line, problem.what.split(":")[0]) for problem in problems] == [
        (4, "publisher"),
        (6, "language"),
        (7, "x"),
    ]


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD.replace('"mine"', '"samples"'), "samples")
    with pytest.raises(sources.SourceFileError, match="another source 'samples'") as caught:
        sources.load(tmp_path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, GOOD + "nonsense\n")
    with pytest.raises(sources.SourceFileError) as caught:
        sources.load(tmp_path)
    assert str(caught.value).startswith(f"{path}:7: ")


@pytest.mark.parametrize(
    ("written", "every"),
    [
        ("every hour", timedelta(hours=1)),
        ("every 30 minutes", timedelta(minutes=30)),
        ("every 2 weeks", timedelta(weeks=2)),
        ("every other day", None),
        ("hourly", None),
        ("every 0 days", None),
    ],
)
def test_schedules(written: str, every: timedelta | None) -> None:
    assert sources.interval(written) == every


def test_at_least_twelve_outlets_on_five_regions_in_three_languages_ship(tmp_path: Path) -> None:
    known = [source for source in sources.load(tmp_path).values() if source.kind in check.LISTED]
    assert len({source.publisher for source in known}) >= 12
    assert {source.language for source in known} >= {"en", "uk", "ru"}
    covered = {region for source in known for region in source.covers}
    assert covered >= {"Ukraine", "Russia", "Gaza", "Sudan", "Sahel"}
    for source in known:
        assert source.terms, source.name
        assert source.every, source.name
        assert source.most, source.name
        assert not source.private, source.name
