"""A headless Chromium that may reach nothing: for the tests of the report and its pictures.

``python -m tests.expectations.browser data/published/report.html docs/img`` takes the pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """A browser on this machine: ``TOLLBOOK_CHROMIUM``, else one on the path."""
    asked = os.environ.get("TOLLBOOK_CHROMIUM")
    return asked or next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser.

    Raises:
        FileNotFoundError: there is none on this machine.
    """
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        raise FileNotFoundError("no Chromium on this machine; set TOLLBOOK_CHROMIUM to one")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_ARGS))
        try:
            yield running
        finally:
            running.close()


def open_report(page: Page, report: Path) -> None:
    """Open a report and wait until its script has drawn everything."""
    page.goto(report.absolute().as_uri())
    page.wait_for_selector("html[data-ready]")


def pictures(report: Path, folder: Path) -> list[Path]:
    """The report in light and dark on a desk, and on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = (("light", 1280, 1500), ("dark", 1280, 1500), ("phone", 390, 1500))
    taken = []
    with browser() as running:
        for name, width, height in kinds:
            page = running.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if name == "dark" else "light",
            )
            open_report(page, report)
            taken.append(folder / f"report-{name}.png")
            page.screenshot(path=taken[-1])
        page = running.new_page(viewport={"width": 1280, "height": 900})
        open_report(page, report)
        links = page.locator("#worklist a")
        (links if links.count() else page.locator(".event .toll")).first.click()
        page.wait_for_timeout(800)  # the page scrolls to it
        taken.append(folder / "report-sentence.png")
        page.screenshot(path=taken[-1])
    return taken


if __name__ == "__main__":
    pictures(Path(sys.argv[1]), Path(sys.argv[2]))
