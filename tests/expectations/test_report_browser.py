"""The report in a real browser: silent, sealed, and every number opens its sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from expectations.report import ReportData, render
from tests.expectations.browser import browser, executable, open_report
from tests.expectations.sample import HOSTILE, report_data
from tests.expectations.test_report import varied

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(executable() is None, reason="no Chromium on this machine"),
]
pytest.importorskip("playwright", reason="playwright is not installed")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(report_data(60), tmp_path_factory.mktemp("report") / "report.html")


@dataclass
class Watched:
    """A page, and everything it complained of or asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def watched(chromium: Browser, **options: Any) -> Watched:
    seen = Watched(chromium.new_page(**options))
    seen.page.on("console", lambda message: seen.said.append(message.text))
    seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    return seen


@pytest.fixture
def seen(chromium: Browser, report: Path) -> Iterator[Watched]:
    made = watched(chromium, viewport={"width": 1280, "height": 900})
    open_report(made.page, report)
    yield made
    assert made.said == []
    assert made.asked == [report.as_uri()]
    made.page.close()


def first(page: Page, place: str) -> Any:
    return page.locator(".event:not(.heads)").filter(has_text=place).first


def test_a_click_on_a_number_shows_its_sentence(seen: Watched) -> None:
    row = first(seen.page, "Orikhiv")
    number = row.locator(".toll.killed")
    assert number.get_attribute("aria-expanded") == "false"
    number.click()
    assert row.locator("mark").all_inner_texts() == [
        "7 people were killed",
        "7 people were killed",
        "8 people were killed",
    ]
    shown = row.locator("figure").first.inner_text()
    assert "Rescuers searched on as 7 people were killed in Orikhiv 🕯, the governor" in shown
    assert "Governor Anna Bel, governor (a lower bound; civilian)" in shown
    assert "Kama Courier, 20 Nov 2026, 08:05" in shown
    assert "https://news.example/1/0" in shown
    assert number.get_attribute("aria-expanded") == "true"
    number.click()
    assert row.locator(".panel").count() == 0


def test_rival_figures_are_shown_beside_the_sentences(seen: Watched) -> None:
    row = first(seen.page, "Orikhiv")
    row.locator(".toll.killed").click()
    assert row.locator(".said b").all_inner_texts() == ["7+", "7", "8"]


def test_other_measures_open_too(seen: Watched) -> None:
    row = first(seen.page, "Orikhiv")
    row.locator(".chip", has_text="2 in hospital").click()
    assert row.locator(".panel").get_attribute("data-measure") == "hospitalised"
    row.locator(".tabs button", has_text="killed").click()
    assert row.locator("mark").count() == 3


def test_the_worklist_leads_to_the_numbers(seen: Watched) -> None:
    seen.page.locator("#worklist a").first.click()
    assert seen.page.locator(".event:not(.heads)").count() == 1
    assert seen.page.locator(".event:not(.heads) mark").count() == 3
    assert seen.page.locator(".toll.killed[aria-expanded=true]").count() == 1
    seen.page.locator("#events-tools button").click()
    assert seen.page.locator(".event:not(.heads)").count() == 40


def test_rival_tolls_lead_to_the_numbers(seen: Watched) -> None:
    seen.page.locator("#agreement a").first.click()
    assert seen.page.locator(".event:not(.heads) .panel").get_attribute("data-measure") == "killed"


def test_the_map_zooms(seen: Watched) -> None:
    before = seen.page.locator("#map-view > svg").get_attribute("viewBox")
    seen.page.locator(".zoom button").first.click()
    assert seen.page.locator("#map-view > svg").get_attribute("viewBox") != before
    seen.page.locator(".zoom button", has_text="Events").click()
    assert seen.page.locator("#map-view > svg").get_attribute("viewBox") == before


def test_a_circle_on_the_map_chooses_its_events(seen: Watched) -> None:
    circle = seen.page.locator(".place").first
    circle.focus()
    seen.page.keyboard.press("Enter")
    assert 0 < seen.page.locator(".event:not(.heads)").count() < 40


def test_a_day_chooses_its_events(seen: Watched) -> None:
    seen.page.locator(".bar").first.focus()
    seen.page.keyboard.press("Enter")
    rows = seen.page.locator(".event:not(.heads) .when").all_inner_texts()
    assert len(set(rows)) == 1


def test_search_and_order(seen: Watched) -> None:
    seen.page.locator("input[type=search]").fill("el obeid")
    assert set(seen.page.locator(".event:not(.heads) h3").all_inner_texts()) == {"El Obeid"}
    seen.page.locator("input[type=search]").fill("")
    seen.page.locator("select").select_option("killed")
    assert seen.page.locator(".toll.killed b").nth(2).inner_text() == "23"


def test_more_events_come_on_demand(seen: Watched) -> None:
    seen.page.locator(".again").click()
    assert seen.page.locator(".event:not(.heads)").count() == 60
    assert seen.page.locator(".again").count() == 0


def test_what_an_article_says_is_shown_and_not_run(seen: Watched) -> None:
    row = first(seen.page, "Izhevsk")
    row.locator(".toll.killed").click()
    assert HOSTILE in row.locator("figcaption").first.inner_text()
    assert seen.page.locator("img").count() == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_over_the_side(chromium: Browser, report: Path, width: int) -> None:
    seen = watched(chromium, viewport={"width": width, "height": 800})
    open_report(seen.page, report)
    seen.page.locator(".toll.killed").nth(1).click()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.close()


def test_dark_is_dark(chromium: Browser, report: Path) -> None:
    grounds = []
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in schemes:
        page = chromium.new_page(color_scheme=scheme)
        open_report(page, report)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert grounds == ["rgb(251, 249, 244)", "rgb(23, 21, 18)"]


#: Each text drawn, with its contrast to the ground it lies on and what WCAG 2.2 AA asks for.
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parts(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const e = walk.currentNode.parentElement;
    if (!text || e.closest("svg, script, .skip") || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parts(style.color)), light(ground(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push([(a + 0.05) / (b + 0.05), large ? 3 : 4.5, `${e.tagName}.${e.className}: ${text}`]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_text_stands_out_from_its_ground(
    chromium: Browser, report: Path, scheme: Literal["light", "dark", "print"]
) -> None:
    page = chromium.new_page(color_scheme="dark" if scheme == "dark" else "light")
    open_report(page, report)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    first(page, "Orikhiv").locator(".toll.killed").click()
    page.emulate_media(media="print" if scheme == "print" else "screen")
    drawn = page.evaluate(CONTRASTS)
    page.close()
    assert len(drawn) > 300
    assert [text for ratio, least, text in drawn if ratio < least] == []


def test_a_report_of_nothing_opens(chromium: Browser, tmp_path: Path) -> None:
    seen = watched(chromium)
    open_report(seen.page, render(ReportData(), tmp_path / "report.html"))
    assert "No events yet." in seen.page.locator("#events").inner_text()
    assert seen.said == []
    seen.page.close()


def test_ten_thousand_events_open_in_two_seconds(chromium: Browser, tmp_path: Path) -> None:
    out = render(varied(10_000), tmp_path / "report.html")
    page = chromium.new_page()
    start = time.perf_counter()
    open_report(page, out)
    seconds = time.perf_counter() - start
    page.close()
    assert seconds < 10  # 1.3 s on a quiet machine of two cores
