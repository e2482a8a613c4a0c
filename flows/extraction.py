"""What `tollbook extract` does to each line: a line in, a line out, whatever the line holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from flows.readers.lines import Line
from seeds.read import SeedError
from transforms import contract
from transforms.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from flows.readers.model import Rejected


def answer(line: Line | Rejected, overlay: Path | None = None) -> bytes:
    """The output line for an input line; one that cannot be read yields an ``errors`` entry.

    Args:
        line: A JSON object with an article, as the contract says.
        overlay: A gazetteer with imported places.

    Raises:
        SeedError: a lexicon is broken.
    """
    if not isinstance(line, Line):
        return _encoded(contract.error_row(None, f"line {line.line}: {line.reason}"))
    row: object = None
    try:
        row = orjson.loads(line.data)
        return _encoded(contract.to_row(extract(contract.article_from(row), overlay)))
    except orjson.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.pos + 1}"
    except contract.ContractError as error:
        reason = str(error)
    except SeedError:  # no fault of the article's: with a broken lexicon none can be read
        raise
    except Exception as error:  # noqa: BLE001  one article must not end a run over thousands
        reason = f"cannot be read: {type(error).__name__}: {error}"
    return _encoded(contract.error_row(_id(row), f"line {line.number}: {reason}"))


def _encoded(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def _id(row: object) -> str | None:
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) else None
