"""Web pages: the article in one, its dates and language, or what the page is in its place."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson

from flows.readers.model import FieldError, RawArticle, Rejected, article, read_one
from transforms import pagekind
from transforms.pagekind import PageFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
#: Where a page states its dates with the time of day, in the order of preference.
_STAMPS = {
    "published_at": (("article:published_time", "og:published_time"), "datePublished"),
    "updated_at": (("article:modified_time", "og:updated_time"), "dateModified"),
}
#: Characters of a text below which its language is a guess.
_TELLING = 60


def page(
    data: bytes,
    source: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    hints: Mapping[str, Any] | None = None,
) -> RawArticle | Rejected:
    """The article of an HTML page, without its menus, boxes and comments.

    Args:
        data: The page's bytes.
        source: The file or address they came from.
        url: The address it was fetched from; without one, the address the page gives itself.
        charset: What the server says of the encoding.
        hints: What the list that named the page says of it, for what the page does not say.
    """

    def make() -> RawArticle:
        return article(fields(page_text(data, charset), url, hints or {}), source, None)

    return read_one(make, source, None, data)


def page_text(data: bytes, charset: str | None) -> str:
    """The page's characters by the first encoding that is declared and holds for all of it."""
    for name in _declared(data, charset):
        try:
            return data.decode(name)
        except UnicodeError:  # a plain one from such as "undefined" and "punycode"
            continue
        except LookupError:
            raise FieldError(f"the page declares an unknown encoding {name!r}") from None
    raise FieldError("the page is neither in the encoding that it declares nor in UTF-8")


def _declared(data: bytes, charset: str | None) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
    if charset:
        yield charset
    if meta := _META_CHARSET.search(data, 0, 4096):
        yield meta[1].decode("ascii")
    yield "utf-8-sig"


@dataclass(frozen=True, slots=True)
class _Data:
    """What a page says of itself in its data."""

    meta: Mapping[str, str]
    linked: tuple[Mapping[str, Any], ...]  # objects of JSON-LD

    @property
    def types(self) -> frozenset[str]:
        found: list[Any] = [self.meta.get("og:type", "")]
        for node in self.linked:
            stated = node.get("@type")
            found += stated if isinstance(stated, list) else [stated]
        return frozenset(name.casefold() for name in found if isinstance(name, str) and name)

    @property
    def free(self) -> bool | None:
        stated = [node["isAccessibleForFree"] for node in self.linked if _is_paid_about(node)]
        values = {str(value).casefold() for value in stated}
        return None if not values else "false" not in values

    def stamp(self, name: str, day: date | None) -> str | None:
        """The moment of publication or change, if it is on the day that was found."""
        metas, key = _STAMPS[name]
        stated = [self.meta.get(meta) for meta in metas] + [node.get(key) for node in self.linked]
        found = (value for value in stated if isinstance(value, str) and len(value) > 10)
        return next((value for value in found if day and value.startswith(str(day))), None)


def _is_paid_about(node: Mapping[str, Any]) -> bool:
    """Whether a node tells of the whole article: parts of a page have their own say."""
    return "isAccessibleForFree" in node and node.get("@type") != "WebPageElement"


def fields(html: str, url: str | None, hints: Mapping[str, Any]) -> dict[str, object]:
    """The fields of the article in a page.

    Raises:
        FieldError: there is none; the message says what the page is.
    """
    import trafilatura

    tree = trafilatura.load_html(html)
    if tree is None:
        raise FieldError("no article was found in the page")
    data = _data(tree)
    found = _extracted(tree, url)
    text = str(found["text"] or "")
    if reason := pagekind.refusal(_facts(tree, data, url or "", str(found["title"] or ""), text)):
        raise FieldError(reason)
    if not text:
        raise FieldError("no article was found in the page")
    return {**found, **_dates(tree, data, found["published_at"], hints), **_known(found, hints)}


def text_of(data: bytes, url: str | None = None, charset: str | None = None) -> str:
    """The text of a page, be it an article or not.

    Raises:
        FieldError: its characters cannot be read.
    """
    import trafilatura

    tree = trafilatura.load_html(page_text(data, charset))
    return "" if tree is None else str(_extracted(tree, url)["text"] or "")


def _extracted(tree: Any, url: str | None) -> dict[str, Any]:
    import trafilatura

    document = trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        # Without a stated date the page has none: a guess from its footer would be worse.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None or isinstance(document, dict):
        return dict.fromkeys(("text", "title", "author", "publisher", "published_at", "url"))
    own = document.url if document.url and urlsplit(document.url).path.strip("/") else None
    return {
        "text": document.text,
        "title": document.title,
        "author": document.author,
        "publisher": document.sitename,
        "published_at": document.date,
        "url": url or own,
    }


def _known(found: Mapping[str, Any], hints: Mapping[str, Any]) -> dict[str, object]:
    """Title and language: the words tell the language better than the page's own mark."""
    language = language_of(str(found["text"]))
    return {"title": found["title"] or hints.get("title"), "language": language}


def _dates(
    tree: Any, data: _Data, published: str | None, hints: Mapping[str, Any]
) -> dict[str, str | None]:
    """When the article was published and when it was changed, kept apart."""
    from datetime import date

    from htmldate import find_date

    changed = find_date(tree, extensive_search=False, original_date=False)
    updated = changed if changed and (not published or changed >= published) else None
    stamps = {}
    for name, day in (("published_at", published), ("updated_at", updated)):
        whole = data.stamp(name, date.fromisoformat(day) if day else None)
        stamps[name] = whole or day or hints.get(name)
    if (said := stamps["updated_at"]) and (stamps["published_at"] or "").startswith(said):
        stamps["updated_at"] = None  # the day of publication once more
    return stamps


def language_of(text: str) -> str | None:
    """The language of a text by its words; None where they are too few to tell."""
    return _classify(text[:2_000]) if len(text) >= _TELLING else None


def _classify(text: str) -> str | None:
    found: str | None = _identifier()(text)[0]
    return found


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid.classify


def _data(tree: Any) -> _Data:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.setdefault(name, meta.get("content"))
    scripts = tree.iterfind(".//script[@type='application/ld+json']")
    linked = [node for script in scripts for node in _nodes(_parsed(script.text))]
    return _Data(metas, tuple(linked))


def _parsed(text: str | None) -> Any:
    try:
        return orjson.loads(text or "null")
    except (orjson.JSONDecodeError, UnicodeError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that tell of the page: those on top, and those of its graph."""
    if isinstance(value, list) and depth < 3:
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)


def _facts(tree: Any, data: _Data, url: str, title: str, text: str) -> PageFacts:
    index = pagekind.words("index")
    links = [" ".join(" ".join(link.itertext()).split()) for link in tree.iter("a")]
    headlines = [link for link in links if link.count(" ") + 1 >= index["link_words"]]
    return PageFacts(
        url=url,
        title=title,
        text=text,
        shown=_shown(tree) if pagekind.is_short(text) else "",
        types=data.types,
        free=data.free,
        links=len(headlines),
        listed=tuple(_listed(text, frozenset(headlines))),
    )


def _listed(text: str, headlines: frozenset[str]) -> Iterator[str]:
    """The lines of a text that are links of the page, marks of a list taken off."""
    for line in text.splitlines():
        plain = " ".join(line.lstrip("-•* ").split())
        if plain in headlines:
            yield plain


def _shown(tree: Any) -> str:
    texts = tree.xpath("//body//text()[not(parent::script or parent::style)]")
    return " ".join(" ".join(texts).split()).casefold()
