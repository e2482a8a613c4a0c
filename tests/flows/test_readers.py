"""Every input yields an article or the reason why it is none, and a bad one costs no other."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import readers
from flows.readers import RawArticle, Rejected, SourceError, model
from flows.readers.identity import address
from flows.readers.model import MAX_BYTES

GOOD = '{"id": "good", "text": "Two people were hurt."}\n'
CYRILLIC = "Троє людей загинули.".encode("cp1251")

#: A file's name, its bytes, the row that is named, and what the message says. Each JSON Lines and
#: CSV file also holds one good row.
BAD = [
    ("empty.txt", b"", None, "the text is empty"),
    ("blank.md", b"---\ntitle: Strike\n---\n \n", None, "the text is empty"),
    ("cp1251.txt", b"Ok\nno: " + CYRILLIC, None, "line 2: not UTF-8: byte 5 of the line is 0xd2"),
    ("utf16.txt", b"\xff\xfeA", None, "line 1: not UTF-16"),
    ("no-such-day.txt", b"---\ndate: 2025-02-30\n---\nText", None, "'2025-02-30' is no date"),
    ("two-days.txt", b"---\ndate: 03/04/2025\n---\nText", None, "is no date that exists"),
    ("yaml.txt", b"---\ntitle: A: b\n---\nText", None, "line 2: front matter: mapping values"),
    ("list.txt", b"---\n- a\n---\nText", None, "line 1: front matter: expected lines of"),
    ("page.pdf", b"%PDF", None, "files of this kind are not read"),
    ("menu.html", b"<html><body><img src=x></body></html>", None, "no article was found"),
    ("koi.html", b"<meta charset=klingon><p>x" + CYRILLIC, None, "unknown encoding 'klingon'"),
    ("cp.html", b"<p>" + CYRILLIC, None, "neither in the encoding that it declares nor in UTF-8"),
    ("cut.jsonl", b'{"id": "1", "text": "Two\n', 1, "not JSON: unexpected end of data at column"),
    ("array.jsonl", b"[1, 2]\n", 1, "expected an object, found list"),
    ("bytes.jsonl", b'{"text": "' + CYRILLIC + b'"}\n', 1, "not UTF-8: byte 11 of the line"),
    ("no-text.jsonl", b'{"id": "1", "title": "Strike"}\n', 1, "there is no text"),
    ("null.jsonl", b'{"id": "1", "text": null}\n', 1, "there is no text"),
    ("number.jsonl", b'{"id": "1", "text": 7}\n', 1, "the field 'text' is int, expected text"),
    ("flag.jsonl", b'{"id": true, "text": "A"}\n', 1, "the field 'id' is bool, expected text"),
    ("space.jsonl", b'{"id": "1", "text": "  "}\n', 1, "the text is empty"),
    ("day.jsonl", b'{"text": "A", "date": "2025-13-01"}\n', 1, "'2025-13-01' is no date"),
    ("surrogate.jsonl", b'{"text": "\\ud800"}\n', 1, "not JSON"),
    ("short.csv", b"text,date\nTwo died\nGood,2025-01-01\n", 2, "1 columns, the header 2"),
    ("quote.csv", b'text,date\n"Two died,2025-01-01\nGood,2025-01-01\n', 2, "not CSV: unexpected"),
    ("stray.csv", b'text,date\n"Two" died,\nGood,2025-01-01\n', 2, "not CSV: ',' expected after"),
    ("cp.csv", b"text,date\n" + CYRILLIC + b",\nGood,\n", 2, "not UTF-8: byte 1 of the line"),
    ("column.csv", b"headline,when\nTwo died,now\n", 1, "no column holds the text"),
    ("void.csv", b"", 1, "the table is empty"),
    ("twice.csv", b"id,text,Text\n1,first,second\n", 1, "names the column 'Text' twice"),
    ("bell.md", b"---\ntitle: a\x07b\n---\nText", None, "line 1: front matter: unacceptable"),
    ("deep.md", b"---\ntitle: " + b"[" * 20_000 + b"\n---\nText", None, "nested too deeply"),
    ("half.md", b'---\ntitle: "\\ud800"\n---\nText', None, "'title' has half a character"),
    ("undefined.html", b"<meta charset=undefined><p>x" + CYRILLIC, None, "neither in the encoding"),
    ("puny.html", b"<meta charset=punycode><p>x" + CYRILLIC, None, "neither in the encoding"),
    ("zone.jsonl", b'{"text": "A", "date": "0001-01-01T00:00:00+05:00"}\n', 1, "is no date"),
    ("late.jsonl", b'{"text": "A", "date": "9999-12-31T23:00:00-05:00"}\n', 1, "is no date"),
    ("host.jsonl", b'{"text": "A", "url": "http://[x]/"}\n', 1, "cannot be an address"),
    ("open.jsonl", b'{"text": "A", "url": "http://[::1/a"}\n', 1, "cannot be an address"),
    ("port.jsonl", b'{"text": "A", "url": "http://a:99999999/b"}\n', 1, "cannot be an address"),
]


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _read(*sources: str) -> tuple[list[RawArticle], list[Rejected]]:
    items = list(readers.read(sources))
    articles = [item for item in items if isinstance(item, RawArticle)]
    return articles, [item for item in items if isinstance(item, Rejected)]


@pytest.mark.parametrize(("name", "data", "line", "reason"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_named_and_the_rest_is_read(
    name: str, data: bytes, line: int | None, reason: str
) -> None:
    Path(name).write_bytes(data + (GOOD.encode() if name.endswith(".jsonl") else b""))
    Path("zz-good.txt").write_text("Two people were hurt.", encoding="utf-8")
    articles, (refused,) = _read(".")
    assert (refused.source, refused.line) == (name, line)
    assert reason in refused.reason
    assert len(refused.raw_sha256 or "") == 64
    assert articles[-1].source == "zz-good.txt"
    rows = [article for article in articles if article.source == name]
    assert len(rows) == (name.endswith(".jsonl") or b"Good" in data)


def test_evidence_is_the_raw_content() -> None:
    Path("a.jsonl").write_bytes(b'{"text": "\xcf"}\n')
    _, (refused,) = _read("a.jsonl")
    assert refused.raw == '{"text": "\\xcf"}\n'
    assert refused.where == "a.jsonl:1"


@pytest.mark.parametrize("name", ["a.weird", "a.txt", "a.pdf"])
def test_a_file_that_is_not_read_keeps_its_beginning_and_the_digest_of_all(name: str) -> None:
    data = b"\xff" + b"x" * MAX_BYTES
    Path(name).write_bytes(data)
    _, (refused,) = _read(name)
    assert refused.raw == "\\xff" + "x" * 999_999
    assert refused.raw_sha256 == hashlib.sha256(data).hexdigest()


def test_what_could_not_be_read_has_no_content_and_no_digest() -> None:
    Path("gone.txt").symlink_to("nowhere.txt")
    _, (refused,) = _read("gone.txt")
    assert refused.reason == "not a regular file"
    assert (refused.raw, refused.raw_sha256) == (None, None)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_overlong_line_is_refused_in_bounded_memory(name: str) -> None:
    import tracemalloc

    head = "text\n" if name.endswith("csv") else ""
    good = "Two were hurt.\n" if name.endswith("csv") else GOOD
    with Path(name).open("w", encoding="utf-8") as file:
        file.write(head + '{"text": "')
        for _ in range(50):
            file.write("x" * 1_000_000)
        file.write(f'"}}\n{good}')
    tracemalloc.start()
    articles, (refused,) = _read(name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.where == f"{name}:{1 + bool(head)}"
    assert f"50,000,013 bytes long; the limit is {MAX_BYTES:,}" in refused.reason
    assert len(refused.raw or "") == 1_000_000
    assert [article.text.strip() for article in articles]
    assert peak < 4 * MAX_BYTES


def test_an_overlong_text_file_is_refused() -> None:
    Path("a.txt").write_bytes(b"x" * (MAX_BYTES + 1))
    _, (refused,) = _read("a.txt")
    assert refused.reason.startswith("the file is 10,000,001 bytes long")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo("pipe.txt")
    Path("gone.txt").symlink_to("nowhere")
    _, refused = _read("gone.txt", "pipe.txt")
    assert [item.reason for item in refused] == ["not a regular file"] * 2


def test_no_link_leads_out_of_a_folder() -> None:
    Path("in").mkdir()
    Path("out").mkdir()
    Path("out/secret.txt").write_text("Secret.", encoding="utf-8")
    Path("in/link.txt").symlink_to("../out/secret.txt")
    Path("in/folder").symlink_to("../out")
    Path("in/own.txt").write_text("Two were hurt.", encoding="utf-8")
    Path("in/same.txt").symlink_to("own.txt")
    Path("in/.hidden.txt").write_text("Hidden.", encoding="utf-8")
    articles, refused = _read("in")
    assert [article.text for article in articles] == ["Two were hurt."]
    assert {item.source for item in refused} == {"in/link.txt", "in/folder"}


def test_what_is_reached_twice_is_refused_once() -> None:
    Path("in").mkdir()
    Path("in/out").symlink_to("..")
    Path("in/loop.txt").symlink_to("loop.txt")
    Path("in/a.pdf").write_bytes(b"%PDF")
    _, refused = _read("in", "./in", "in/*.*", str(Path("in").absolute()))
    assert sorted(item.source for item in refused) == ["in/a.pdf", "in/loop.txt", "in/out"]


def test_a_folder_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/closed/a.txt", "in/open/b.txt"):
        Path(name).parent.mkdir(parents=True)
        Path(name).write_text(name, encoding="utf-8")
    plain = os.scandir

    def scandir(path: str) -> Any:  # a mode would not keep the superuser out
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)
    articles, (refused,) = _read("in", "./in")
    assert [article.source for article in articles] == ["in/open/b.txt"]
    assert refused.where == "in/closed"
    assert refused.reason == "the folder cannot be read: Permission denied"


def test_a_name_that_is_not_unicode_is_shown() -> None:
    Path(os.fsdecode(b"a\xff.txt")).write_text("Two were hurt.", encoding="utf-8")
    (article,), _ = _read(".")
    assert article.source == "a\\udcff.txt"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv"])
def test_what_nobody_has_thought_of_costs_one_input(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("by chance")

    sentence = "Two people were hurt when a drone struck a warehouse by the port, officials said. "
    body = f"<html><body><article><p>{sentence * 4}</p>" if name == "a.html" else "text\nA\n"
    Path(name).write_text(GOOD if name == "a.jsonl" else body, encoding="utf-8")
    monkeypatch.setattr(model, "digest", fails)
    _, (refused,) = _read(name)
    assert refused.reason == "cannot be read: ZeroDivisionError: by chance"


def test_folders_and_globs_are_read_in_order_and_a_file_once() -> None:
    for name in ("b/2.txt", "b/1.txt", "a/x.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(name, encoding="utf-8")
    articles, _ = _read("b", "**/*.txt", "a/../b/1.txt")
    assert [article.source for article in articles] == ["b/1.txt", "b/2.txt", "a/x.txt"]


def test_a_name_that_stands_for_nothing_is_an_error() -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        readers.find("nothing*.txt")


def test_front_matter_gives_the_particulars() -> None:
    Path("a.md").write_text(
        "---\nheadline: 'Strike: two hurt'\nlink: https://x.example/a?utm_source=rss\n"
        "source: The Wire\nbyline: A. Writer\nlang: en\npub-date: 2025-07-01T00:30:00+03:00\n"
        "---\n\nTwo were hurt.\n\n---\n\nMore follows.\n",
        encoding="utf-8",
    )
    (article,), _ = _read("a.md")
    assert article.text == "Two were hurt.\n\n---\n\nMore follows."
    assert article.title == "Strike: two hurt"
    assert (article.publisher, article.author, article.language) == ("The Wire", "A. Writer", "en")
    assert article.published_at == datetime(2025, 6, 30, 21, 30, tzinfo=UTC)
    assert article.published_on == date(2025, 7, 1)


def test_text_without_front_matter_is_verbatim() -> None:
    text = "\n  Two were hurt.\r\n\r\nMore follows.  \n"
    Path("a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (article,), _ = _read("a.txt")
    assert article.text == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_with_other_names_and_delimiters(delimiter: str) -> None:
    rows = [["Headline", "Article Text", "Date"], ["Strike", '"Two ""civilians""\ndied."', ""]]
    Path("a.csv").write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    (article,), _ = _read("a.csv")
    assert (article.title, article.text) == ("Strike", 'Two "civilians"\ndied.')
    assert (article.line, article.published_on) == (2, None)


def test_an_html_page_gives_its_text_and_particulars() -> None:
    sentence = "Two people were hurt when a drone struck a warehouse by the port, officials said. "
    Path("a.html").write_bytes(
        (
            "<html><head><meta charset=windows-1251><title>Порт</title>"
            "<meta property='article:published_time' content='2025-07-01T10:00:00Z'></head><body>"
            f"<nav>Home</nav><article><h1>Порт</h1><p>{sentence * 3}</p><p>{sentence}</p></article>"
        ).encode("cp1251")
    )
    (article,), _ = _read("a.html")
    assert article.title == "Порт"
    assert article.text.count("Two people were hurt") == 4
    assert "Home" not in article.text
    assert article.published_on == date(2025, 7, 1)


def _ids(*rows: dict[str, str]) -> list[str]:
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    articles, _ = _read("a.jsonl")
    return [article.article_id for article in articles]


def test_an_article_is_known_by_its_address() -> None:
    same = [
        "https://X.example/a",
        "http://x.example/a/",
        "https://x.example/a#top",
        "https://x.example/a?utm_source=rss",
    ]
    ids = _ids(*({"url": url, "text": "A"} for url in [*same, "https://x.example/b"]))
    assert len(set(ids[:4])) == 1
    assert ids[4] != ids[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/?p=1", "https://x.example/?p=2"),
        ("https://x.example/a?id=1", "https://x.example/a?id=2"),
        ("https://x.example/a?ref=1", "https://x.example/a?ref=2"),
        ("https://x.example/a?source=1", "https://x.example/a?source=2"),
        ("https://x.example/a?campaign=1", "https://x.example/a?campaign=2"),
        ("https://x.example/a?lang=en", "https://x.example/a?lang=uk"),
        ("https://x.example/#!/1", "https://x.example/#!/2"),
        ("urn:uuid:1", "urn:uuid:2"),
    ],
)
def test_a_query_is_part_of_an_address(one: str, other: str) -> None:
    assert address(one) != address(other)


@pytest.mark.parametrize(
    "mark", ["utm_medium=a", "fbclid=1", "gclid=2", "UTM_X=1&at_medium=b", "mc_cid=3"]
)
def test_trackers_are_none(mark: str) -> None:
    assert address(f"https://x.example/a?id=1&{mark}") == address("http://X.example/a?id=1")


@pytest.mark.parametrize(
    "url", ["https://x.example/", "http://x.example", "https://x.example/?utm_source=a", "n/a", "?"]
)
def test_what_names_no_article(url: str) -> None:
    assert address(url) is None
    assert len(set(_ids({"url": url, "text": "A"}, {"url": url, "text": "B"}))) == 2


@pytest.mark.parametrize("shared", [{"id": "7"}, {"url": "https://x.example/a"}])
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_two_texts_under_one_name_in_a_file(shared: dict[str, str], kind: str) -> None:
    rows = [{**shared, "text": text} for text in ("One.", "Another.", "One.", "A third.")]
    lines = [json.dumps(row) for row in rows]
    if kind == "csv":
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    Path(f"a.{kind}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    articles, refused = _read(f"a.{kind}")
    assert [article.text for article in articles] == ["One.", "One."]
    first = articles[0].line
    assert first is not None
    assert [item.reason for item in refused] == [
        f"line {first + at} has the id or address of line {first} with another text"
        for at in (1, 3)
    ]
    assert "Another." in (refused[0].raw or "")


def test_a_file_is_known_wherever_it_is_read_from(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text("Two were hurt.", encoding="utf-8")
    Path("in/b.jsonl").write_text(GOOD + '{"text": "Four."}\n', encoding="utf-8")
    found = [_read("in")]
    monkeypatch.chdir("in")
    found.append(_read("."))
    names = [[article.key for article in articles] for articles, _ in found]
    assert names[0] == names[1]
    assert len(names[0]) == 3


def test_what_comes_through_a_pipe_is_known_by_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(text: str) -> str:
        data = json.dumps({"id": "1", "text": text}).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        ((article,), _) = _read("-")
        return article.article_id

    assert piped("One.") == piped("One.") != piped("Another.")


def test_rows_without_an_address_or_id_are_known_by_their_text() -> None:
    alone = _ids({"text": "One."})
    assert _ids({"text": "Before."}, {"text": "One."})[1:] == alone
    assert _ids({"id": "1", "text": "A"}) == _ids({"id": "1", "text": "B"})


def test_every_particular_makes_a_version() -> None:
    rows = [{"id": "1", "text": "A"}]
    for name in ("url", "publisher", "title", "author", "language"):
        rows.append({"id": "1", "text": "A", name: "x"})
    rows.append({"id": "1", "text": "A", "published_at": "2025-01-01"})
    _ids(*rows)
    articles, _ = _read("a.jsonl")
    assert len({article.version_id for article in articles}) == len(rows)
    _ids({"id": "1", "text": "B"})
    ((other,), _) = _read("a.jsonl")
    assert other.version_id not in {article.version_id for article in articles}


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)
@given(data=st.binary(max_size=300), kind=st.sampled_from([".txt", ".md", ".jsonl", ".csv"]))
def test_any_bytes_are_read_or_refused(data: bytes, kind: str) -> None:
    path = Path(f"any{kind}")
    path.write_bytes(data)
    articles, refused = _read(str(path))
    assert all(article.text.strip() for article in articles)
    assert all(item.reason and item.source == path.name for item in refused)
    if kind in (".txt", ".md"):
        assert len(articles) + len(refused) == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "title", "date", "x"]),
            st.none() | st.text(max_size=20) | st.integers() | st.lists(st.integers(), max_size=2),
        ),
        max_size=8,
    )
)
def test_every_json_row_is_read_or_refused(rows: list[dict[str, object]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows)
    Path("rows.jsonl").write_text(data, encoding="utf-8")
    articles, refused = _read("rows.jsonl")
    lines = [article.line for article in articles] + [item.line for item in refused]
    assert sorted(lines, key=lambda line: line or 0) == list(range(1, len(rows) + 1))
