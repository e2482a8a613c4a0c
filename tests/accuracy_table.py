"""The table of docs/accuracy.md: each figure is the floor that the tests hold the reading to."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests import own_gold

DOC = own_gold.ROOT / "docs" / "accuracy.md"
_HEAD = ("corpus", "texts", "field", "measure", "reached", "aimed at")
_GVA, _ISAF, _MUC = (
    "news of US shootings (GVA)",
    "military press releases (ISAF)",
    "wire reports in capitals (MUC)",
)
_OWN, _UK, _RU = "Tollbook's own samples", "own gold in Ukrainian", "own gold in Russian"


class _Row(NamedTuple):
    corpus: str
    texts: str
    field: str
    measure: str
    table: str  # of floors.toml
    figure: str
    aim: str


_ROWS = tuple(
    _Row(*row)
    for row in (
        (_GVA, "4,679", "killed, where the count is over 0", "exact",
         "gva_dev", "killed exact_gold>0", "0.85"),
        (_GVA, "", "killed, and the text states the number", "exact",
         "gva_dev", "killed exact_where_stated", ""),
        (_GVA, "", "injured, where the count is over 0", "exact",
         "gva_dev", "injured exact_gold>0", "0.75"),
        (_GVA, "", "injured, and the text states the number", "exact",
         "gva_dev", "injured exact_where_stated", ""),
        (_GVA, "", "nobody killed, and none read", "share",
         "gva_dev", "killed none_read_gold=0", "0.97"),
        (_GVA, "", "nobody injured, and none read", "share",
         "gva_dev", "injured none_read_gold=0", "0.97"),
        (_GVA, "", "place of the incident", "within 25 km",
         "gva_dev", "place within_25_km", "0.85"),
        (_GVA, "", "day of the incident", "within a day", "gva_dev", "date within_1_day", ""),
        (_GVA, "", "articles linked, where several share an incident", "B-cubed F1",
         "gva_dev", "event of several bcubed_f1", "0.85"),
        (_ISAF, "724", "killed, and the text states the number", "exact",
         "isaf_dev", "killed exact_where_stated", "0.85"),
        (_ISAF, "", "captured, and the text states the number", "exact",
         "isaf_dev", "captured exact_where_stated", ""),
        (_MUC, "1,500", "killed, by target", "F1", "muc_dev", "killed f1", "0.75"),
        (_MUC, "", "injured, by target", "F1", "muc_dev", "injured f1", "0.75"),
        *(
            (name, texts, field, measure, table, figure, aim)
            for name, number, table, aim in (
                (_OWN, "33", "own", "0.98"),
                (_UK, "42", "own_uk", "0.95"),
                (_RU, "40", "own_ru", "0.95"),
            )
            for texts, field, measure, figure in (
                (number, "claims", "F1", "claim f1"),
                ("", "incidents", "F1", "incident f1"),
                ("", "toll of killed", "exact", "incident.killed accuracy"),
                ("", "toll of injured", "exact", "incident.injured accuracy"),
                ("", "place of the incident", "exact", "incident.place accuracy"),
                ("", "day of the incident", "exact", "incident.date_start accuracy"),
                ("", "who says so", "exact", "claim.speaker accuracy"),
            )
        ),
    )
)  # fmt: skip


def table(floors: dict[str, Any]) -> str:
    """The table in Markdown, of the floors that there are."""
    lines = [_line(_HEAD), _line(("---",) * len(_HEAD))]
    seen = ""
    for row in _ROWS:
        corpus = "" if row.corpus == seen else row.corpus
        seen = row.corpus
        reached = f"{floors[row.table][row.figure]:.3f}".rstrip("0").removesuffix(".")
        lines.append(_line((corpus, row.texts, row.field, row.measure, reached, row.aim)))
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def parts() -> tuple[str, str, str]:
    """The page up to its first table, that table, and what follows it."""
    before, rest = DOC.read_text(encoding="utf-8").split(_line(_HEAD), 1)
    found, after = rest.split("\n\n", 1)
    return before, _line(_HEAD) + found, "\n\n" + after


def write(floors: dict[str, Any]) -> None:
    """Put the table into the page."""
    before, _, after = parts()
    DOC.write_text(before + table(floors) + after, encoding="utf-8")
