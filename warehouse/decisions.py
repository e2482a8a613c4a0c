"""What people have decided of links: the file's decisions become the warehouse's."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from seeds.corrections import LinkDecision
from warehouse import events
from warehouse.sql import transaction, value

_COLUMNS = ", ".join(LinkDecision._fields)


def follow(con: duckdb.DuckDBPyConnection, run_id: str, decisions: Sequence[LinkDecision]) -> int:
    """Link anew what decisions made, changed or taken back since the last time are about.

    Args:
        con: the writer's connection.
        run_id: a running run.
        decisions: all that hold now.

    Returns:
        How many decisions are new, changed or gone.
    """
    with transaction(con):
        _stage(con, decisions)
        changed = int(value(con, "SELECT count(*) FROM changed_decision"))
        if changed:
            events.remember(con)
            con.execute("DELETE FROM core.link_decision")
            con.execute(f"INSERT INTO core.link_decision BY NAME SELECT {_COLUMNS} FROM decided")
            events.refresh(con, run_id)
        return changed


def _stage(con: duckdb.DuckDBPyConnection, decisions: Sequence[LinkDecision]) -> None:
    columns = zip(*decisions, strict=True) if decisions else ([] for _ in LinkDecision._fields)
    given = {
        name: pa.array(v, pa.string())
        for name, v in zip(LinkDecision._fields, columns, strict=True)
    }
    con.register("given", pa.table(given))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE decided AS "
        "SELECT * REPLACE (decided_on::DATE AS decided_on) FROM given"
    )
    con.unregister("given")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_decision AS "
        f"(SELECT {_COLUMNS} FROM decided EXCEPT SELECT {_COLUMNS} FROM core.link_decision) UNION "
        f"(SELECT {_COLUMNS} FROM core.link_decision EXCEPT SELECT {_COLUMNS} FROM decided)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE changed_article AS SELECT DISTINCT article_id "
        "FROM core.current_incident WHERE incident_id IN "
        "(SELECT one FROM changed_decision UNION ALL SELECT other FROM changed_decision)"
    )
