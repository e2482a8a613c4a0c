"""Files that are one article: plain text and Markdown with front matter, and HTML pages."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.readers.model import FieldError, RawArticle, Rejected, article, decode, read_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def plain(data: bytes, source: str) -> RawArticle | Rejected:
    """The article of a text or Markdown file; its front matter gives the title, date and so on."""

    def make() -> RawArticle:
        metadata, text = _front_matter(decode(data).removeprefix("\ufeff"))
        return article({**metadata, "text": text}, source, None)

    return read_one(make, source, None, data)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    import yaml

    try:
        # The base loader keeps every value as it is written: YAML's own dates lose the zone.
        metadata = yaml.load(found[1], Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise FieldError(f"front matter: {error.problem}", line) from None
    except yaml.YAMLError as error:
        raise FieldError(f"front matter: {str(error).partition(chr(10))[0]}", 1) from None
    except RecursionError:
        raise FieldError("front matter: nested too deeply", 1) from None
    if not isinstance(metadata, dict):
        raise FieldError("front matter: expected lines of 'name: value'", 1)
    return metadata, text[found.end() :].strip()


def page(
    data: bytes, source: str, *, url: str | None = None, charset: str | None = None
) -> RawArticle | Rejected:
    """The article of an HTML page, without its menus, boxes and comments.

    Args:
        data: The page's bytes.
        source: The file or address they came from.
        url: The address it was fetched from; without one, the address the page gives itself.
        charset: What the server says of the encoding.
    """

    def make() -> RawArticle:
        return article(_page_fields(_page_text(data, charset), url), source, None)

    return read_one(make, source, None, data)


def _page_text(data: bytes, charset: str | None) -> str:
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


def _page_fields(html: str, url: str | None) -> dict[str, object]:
    import trafilatura

    document = trafilatura.bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        # Without a stated date the page has none: a guess from its footer would be worse.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None or isinstance(document, dict) or not document.text:
        raise FieldError("no article was found in the page")
    own = document.url if document.url and urlsplit(document.url).path.strip("/") else None
    return {
        "text": document.text,
        "title": document.title,
        "author": document.author,
        "publisher": document.sitename,
        "published_at": document.date,
        "language": document.language,
        "url": url or own,
    }
