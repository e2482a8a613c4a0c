"""Files that are one article: plain text and Markdown with front matter."""

from __future__ import annotations

import re

from flows.readers.model import FieldError, RawArticle, Rejected, article, decode, read_one

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)


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
