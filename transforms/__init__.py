"""Pure functions from an article's text to rows: no network, no clock, no database."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def compiled_folder() -> Path:
    """Where the compiled modules of these very sources lie, if `tollbook compile` has made them.

    The folder's name holds the Python and what the sources were: one that is edited is read as it
    stands, and never the compiled one of before.
    """
    sources = sorted(_HERE.rglob("*.py"))
    stamps = [(str(path.relative_to(_HERE)), path.stat()) for path in sources]
    seen = repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stamps])
    key = sha256(seen.encode()).hexdigest()[:16]
    return compiled_root() / f"{sys.implementation.cache_tag}-{key}"


def compiled_root() -> Path:
    """The folder of all that is compiled for this environment, or for ``TOLLBOOK_COMPILED``."""
    own = os.environ.get("TOLLBOOK_COMPILED")
    return Path(own) if own else Path(sys.prefix) / "share" / "tollbook" / "compiled"


def _prefer_compiled() -> None:
    """Import from the compiled modules where there are any."""
    folder = compiled_folder() if compiled_root().is_dir() else None
    if folder is not None and folder.is_dir():
        __path__.insert(0, str(folder / __name__))
        sys.path.append(str(folder))  # what the modules share has a name of its own


_prefer_compiled()
