"""Parts of the work as Parquet files, by which machines hand them to each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from flows.parts import TABLES, Findings
from flows.readers import Page, RawArticle, Rejected
from transforms import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

Record = Page | RawArticle | Rejected
_KINDS = {kind.__name__: kind for kind in (Page, RawArticle, Rejected)}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of parts, which goes when it is left.

    Attributes:
        place: Its path, or its address in an object storage that pyarrow knows.
    """

    place: str

    @classmethod
    def new(cls, parent: str) -> Folder:
        """A folder that nobody else uses."""
        made = cls(f"{parent.rstrip('/')}/{uuid4().hex}")
        system, path = made._at()
        system.create_dir(path)
        return made

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        system, path = self._at()
        system.delete_dir(path)

    def write_records(self, name: str, records: Sequence[Record]) -> str:
        """Write pages, articles and rejected inputs in their order; returns the name."""
        rows = [{"kind": type(one).__name__, **_flat(one)} for one in records]
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: [row.get(name) for row in rows] for name in names}
        self._write(name, pa.table(columns))
        return name

    def records(self, name: str) -> list[Any]:
        """What ``write_records`` wrote."""
        return [_record(row) for row in self._read(name).to_pylist()]

    def write_findings(self, name: str, found: Findings) -> str:
        """Write what was read out of a part, a file for each of its tables; returns the name."""
        languages, refusals = zip(*found.answers, strict=True)
        self._write(f"{name}-answers", pa.table({"language": languages, "refusal": refusals}))
        for kind, frame in found.tables.items():
            self._write(f"{name}-{kind}", pa.Table.from_pandas(frame, preserve_index=False))
        return name

    def findings(self, name: str) -> Findings:
        """What ``write_findings`` wrote."""
        answers = self._read(f"{name}-answers").to_pylist()
        told = [(row["language"], row["refusal"]) for row in answers]
        return Findings(told, {kind: _frame(self._read(f"{name}-{kind}")) for kind in TABLES})

    def _write(self, name: str, table: pa.Table) -> None:
        system, path = self._at()
        pq.write_table(table, f"{path}/{name}.parquet", compression="zstd", filesystem=system)

    def _read(self, name: str) -> pa.Table:
        system, path = self._at()
        return pq.read_table(f"{path}/{name}.parquet", filesystem=system)

    def _at(self) -> tuple[Any, str]:
        system, path = pafs.FileSystem.from_uri(self.place)
        return system, path


def _flat(record: Record) -> dict[str, Any]:
    """A record's fields, each a value of its own."""
    row = asdict(record)
    return row | {"hints": orjson.dumps(row["hints"]).decode()} if "hints" in row else row


def _record(row: dict[str, Any]) -> Record:
    kind = _KINDS[row["kind"]]
    values = {field.name: row[field.name] for field in fields(kind)}
    if "hints" in values:
        values["hints"] = orjson.loads(values["hints"])
    return kind(**values)


def _frame(table: pa.Table) -> pd.DataFrame:
    """A table as ``normalise`` makes it."""
    frame = table.to_pandas()
    lists = [field.name for field in table.schema if pa.types.is_list(field.type)]
    values = {name: pd.Series(table[name].to_pylist(), dtype=object) for name in lists}
    return normalise.uniform(frame.assign(**values))
