"""What all tests share: Prefect's own database, and a data folder that is no one else's."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Before anything imports Prefect: nothing of a test run may reach the user's own folders.
_SCRATCH = tempfile.TemporaryDirectory(prefix="tollbook-tests-")
os.environ["PREFECT_HOME"] = _SCRATCH.name
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
os.environ["DO_NOT_TRACK"] = "1"
# The tests are of the modules as they stand; test_compiling.py holds the compiled ones to them.
os.environ["TOLLBOOK_COMPILED"] = f"{_SCRATCH.name}/none"


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A Prefect server of this session."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=90):
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which the code under test takes for its own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("TOLLBOOK_HOME", str(folder))
    return folder
