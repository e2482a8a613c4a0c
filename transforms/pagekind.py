"""Whether a web page is an article: stubs, walls, live blogs and lists of articles are not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from seeds import read as seeds

#: How the text of a stub breaks off.
_BROKEN_OFF = ("…", "...", "[…]", "[...]")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page shows of its kind.

    Attributes:
        url: Its address; empty where that is unknown.
        title: Its headline.
        text: What was taken for the article in it.
        shown: All words of the page, in lower case; needed only where the text is short.
        types: What its data say it is, in lower case: types of schema.org and og:type.
        free: Whether its data say that it may be read for nothing.
        links: How many links have words enough for a headline.
        listed: The lines of the text that are such links.
    """

    url: str
    title: str
    text: str
    shown: str
    types: frozenset[str] = frozenset()
    free: bool | None = None
    links: int = 0
    listed: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the text has, headlines and captions left out."""
        least = words("index")["paragraph_words"]
        return sum(len(line.split()) >= least for line in self.text.splitlines())


@cache
def words(name: str) -> dict[str, Any]:
    """A table of seeds/pages.toml."""
    found: dict[str, Any] = seeds.toml("pages.toml")[name]
    return found


def refusal(page: PageFacts) -> str | None:
    """Why a page is no article, or None if it may be one."""
    if _is_live(page):
        return str(words("live")["reason"])
    short = is_short(page.text)
    if short:
        for kind in ("challenge", "paywall", "cookie_wall"):
            if _SHORT[kind](page):
                return str(words(kind)["reason"])
    return str(words("index")["reason"]) if _is_index(page, short=short) else None


def is_short(text: str) -> bool:
    """Whether a text has so few words that something else may stand in the article's place."""
    least: int = seeds.toml("pages.toml")["short_words"]
    return len(text.split()) < least


def _is_live(page: PageFacts) -> bool:
    live = words("live")
    if page.types & set(live["types"]):
        return True
    path = urlsplit(page.url).path.casefold().split("/") if page.url else []
    if set(path[:-1]) & set(live["paths"]) or path[-1:] in [[name] for name in live["paths"]]:
        return True
    title = page.title.casefold()
    parts = [part.strip() for part in title.replace("|", ":").split(":")]
    return title.startswith(tuple(live["titles"])) or bool(set(parts) & set(live["titles"]))


def _says(page: PageFacts, kind: str) -> bool:
    return any(phrase in page.shown for phrase in words(kind)["phrases"])


def _is_challenge(page: PageFacts) -> bool:
    """Nothing but the check: an article beside it would have words of its own."""
    return len(page.shown.split()) < 2 * seeds.toml("pages.toml")["short_words"] and _says(
        page, "challenge"
    )


def _is_stub(page: PageFacts) -> bool:
    if page.free is False:
        return True
    return _says(page, "paywall") and (
        not page.text or page.text.rstrip().endswith(_BROKEN_OFF) or page.paragraphs <= 2
    )


def _is_cookie_wall(page: PageFacts) -> bool:
    """The terms are what was taken for the article, or there is nothing else."""
    text = page.text.casefold()
    own = sum(text.count(phrase) for phrase in words("cookie_wall")["phrases"])
    return own > 0 if text else _says(page, "cookie_wall")


_SHORT = {"challenge": _is_challenge, "paywall": _is_stub, "cookie_wall": _is_cookie_wall}


def _is_index(page: PageFacts, *, short: bool) -> bool:
    index = words("index")
    if page.types & set(words("article")["types"]):
        return False
    if page.types & set(index["types"]) and (short or page.listed):
        return True
    if len(page.listed) >= index["least"]:
        lines = sum(bool(line.strip()) for line in page.text.splitlines())
        return bool(len(page.listed) >= index["share"] * lines)
    return bool(short and page.links >= index["links"] and not page.paragraphs)
