"""The report's file: complete in itself, escaped, small, with enough contrast; and its status."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from expectations.report import ReportData, render
from expectations.report.model import status
from tests.expectations.sample import HOSTILE, checks, report_data, run, sources
from warehouse import report_data as from_warehouse

CSS = Path(__file__).parents[2] / "expectations" / "report" / "report.css"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report") / "report.html"
    return render(report_data(), out).read_text(encoding="utf-8")


def embedded(page: str) -> dict[str, Any]:
    found = re.search(r'id="data">([A-Za-z0-9+/=]+)</script>', page)
    assert found is not None
    content: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1])))
    return content


def test_nothing_outside_is_loaded(page: str) -> None:
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "@import" not in page
    assert "url(" not in page
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of a namespace


def test_the_policy_lets_in_only_its_own_style_and_script(page: str) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    policy = found[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_what_an_article_says_is_never_markup(page: str) -> None:
    assert HOSTILE not in page
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img src=x" in page  # in a sample row


def test_the_sentence_is_cut_at_the_words_that_count(page: str) -> None:
    claim = embedded(page)["claims"]["e0"][0]
    before, quote, after = claim[-3:]
    assert quote == "0 people were killed"
    assert before.endswith("on as ")
    assert "🕯" in after


def test_every_event_and_statement_is_embedded(page: str) -> None:
    content = embedded(page)
    assert len(content["events"]) == 40
    assert sum(map(len, content["claims"].values())) == 120
    assert len(content["articles"]) == 120
    assert "killed_high" in content["events"][0]
    assert "missing_low" not in content["events"][0]  # unknown is left out, not made zero


def test_failed_expectations_show_their_rows(page: str) -> None:
    assert page.count('<details class="check"') == 4
    assert "7 of 120" in page
    assert "The first 2 of 7." in page
    assert "not judged" in page
    assert "KeyError: &#39;sex&#39;" in page


def test_what_people_have_put_right_is_shown(page: str) -> None:
    _, _, section = page.partition("<h3>Put right by people</h3>")
    assert 'href="#event=e0;">killed best</a>, Kama Courier' in section
    assert "<td>21</td><td>unknown</td><td>told by telephone" in section


def test_sources_are_shown_with_schedule_last_run_and_health(page: str) -> None:
    _, _, section = page.partition('<h2 id="sources-head">')
    read, _, unread = section.partition("1 source not read yet")
    assert re.findall(r'<th scope="row">([\w-]+)', read) == [
        "failed-wire", "late-wire", "warned-wire", "ok-wire",
    ]  # fmt: skip
    assert "<td>every 2 hours</td><td>23 November 2026, 05:40</td><td>40</td>" in read
    assert '<b class="warn">failed: gave 2 articles, fewer than its minimum of 5</b>' in read
    assert "<td>1,204</td><td>1</td>" in read
    assert "new-wire" in unread
    assert "<td>never</td><td></td>" in unread


def test_quality_json_lies_beside_it(tmp_path: Path) -> None:
    render(report_data(), tmp_path / "report.html")
    found = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert found["state"] == "bad"
    assert [e["status"] for e in found["expectations"]][:2] == ["errored", "failed"]
    assert found["expectations"][1]["sample"][0]["quote"] == HOSTILE
    assert [source["state"] for source in found["sources"]][:2] == ["failed", "late"]
    assert found["runs"][0]["started_at"] == "2026-11-23T06:00:00"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quality.json", "report.html"]


def only(wanted: str, severity: str = "critical") -> list[dict[str, Any]]:
    """The checks that passed, and those of one status and severity."""
    rows = [c for c in checks() if (c["status"], c["severity"]) == (wanted, severity)]
    return [c for c in checks() if c["status"] == "passed" or c in rows]


@pytest.mark.parametrize(
    ("data", "state", "word", "because"),
    [
        (ReportData(), "look", "Nothing is loaded yet", "ledger"),
        (ReportData(run=[run()]), "good", "The books are in order", "nothing new to check"),
        (ReportData(run=[run()], check=only("passed")), "good", "in order", "1 expectation 1 held"),
        (
            ReportData(run=[run("crashed", message="killed at load")]),
            "bad",
            "The last run crashed",
            "killed at load",
        ),
        (
            ReportData(run=[run("failed", message="No claim twice.")], held_back=True),
            "bad",
            "Publishing is held back",
            "last good snapshot. No claim twice.",
        ),
        (ReportData(run=[run(adds_up=False)]), "bad", "do not add up", "24 articles"),
        (ReportData(run=[run(quarantined=1, loaded=19)]), "look", "held back", "1 held back"),
        (
            ReportData(run=[run()], check=checks()),
            "bad",
            "could not be judged",
            "1 could not be judged",
        ),
        (
            ReportData(run=[run()], check=only("failed", severity="critical")),
            "look",
            "held back",
            "1 did not (1 of them critical)",
        ),
        (
            ReportData(run=[run()], check=only("failed", severity="warning")),
            "look",
            "points to look at",
            "(none of them critical)",
        ),
        (
            ReportData(run=[run()], source=sources()),
            "look",
            "points to look at",
            "Of 5 sources: 1 failed and 1 late.",
        ),
        (ReportData(run=[run()], source=sources()[2:]), "good", "in order", "nothing new to check"),
        (
            ReportData(run=[run()], check=only("failed", severity="info")),
            "good",
            "The books are in order",
            "1 did not",
        ),
    ],
)
def test_status(data: ReportData, state: str, word: str, because: str) -> None:
    found = status(data)
    assert found.state == state
    assert word in found.word
    assert because in found.because


def test_a_report_of_nothing_is_whole(tmp_path: Path) -> None:
    page = render(ReportData(), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Nothing is loaded yet" in page
    assert embedded(page)["events"] == []


def varied(count: int) -> ReportData:
    """Events whose sentences have the variety of prose, so that they compress as prose does."""
    chance = random.Random(7)
    words = [
        "".join(chance.choices("abcdefghilmnoprstu", k=chance.randint(2, 9))) for _ in "." * 5000
    ]
    data = report_data(count)
    told = []
    for row in data.claim:
        tail = " ".join(chance.choices(words, k=30))
        told.append({**row, "sentence": row["sentence"] + tail, "title": tail[:60]})
    return replace(data, claim=told)


def test_ten_thousand_events_stay_under_eight_megabytes(tmp_path: Path) -> None:
    out = render(varied(10_000), tmp_path / "report.html")
    assert out.stat().st_size < 8_000_000


def test_the_queries_are_the_fields_of_the_report() -> None:
    queries = {path.stem for path in from_warehouse.QUERIES.glob("*.sql")}
    assert queries == set(ReportData.__dataclass_fields__) - {"held_back"}


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("soft", "paper", 4.5),
        ("soft", "wash", 4.5),
        ("ink", "wash", 7),
        ("ink", "land", 4.5),
        ("killed", "paper", 4.5),
        ("injured", "paper", 4.5),
        ("link", "paper", 4.5),
        ("good", "paper", 3),
        ("mark-ink", "mark", 4.5),
    ],
)
def test_contrast(scheme: str, text: str, ground: str, least: float) -> None:
    css = CSS.read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    assert len(blocks) == 3
    palette = colours(blocks[["light", "dark", "print"].index(scheme)])
    assert contrast(palette[text], palette[ground]) >= least
