"""Scoring the place of incidents against the locations of the MUC-3/4 key templates.

A location is written "COUNTRY: DEPARTMENT (DEPARTMENT): TOWN (TOWN)". It is right when one of the
article's incidents is put at one of the names below the country. Left out are locations that name
a country only, optional templates, and names that do not stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.places.keys import fold
from transforms.scoring_records import Outcome, Row

_KIND = re.compile(r"\([^)]*\)")


def locations(corpus: str, pairs: Sequence[tuple[Row, Row]]) -> list[Outcome]:
    """One outcome for each place at which an article's key puts an event."""
    return [outcome for gold, read in pairs for outcome in _article(corpus, gold, read)]


def _article(corpus: str, gold: Row, read: Row) -> Iterator[Outcome]:
    text = f" {fold(gold['text'])} "
    found = [i["place"] for i in read["incidents"] if i["place"] is not None]
    names = {fold(p[key] or "") for p in found for key in ("name", "admin1")} - {""}
    for location in dict.fromkeys(e.get("location") for e in gold["events"] if not e["optional"]):
        stated = [part for part in _parts(location or "") if f" {part} " in text]
        if stated:
            shown = ", ".join(str(p["name"]) for p in found) or None
            ok = any(_agree(part, name) for part in stated for name in names)
            yield Outcome(corpus, str(gold["id"]), "place", location or "", location, shown, ok)


def _parts(location: str) -> list[str]:
    """The folded names below the country."""
    _, *below = _KIND.sub("", location).split(":")
    return [name for part in below for one in part.split(" - ") if (name := fold(one))]


def _agree(stated: str, name: str) -> bool:
    """Whether two names are one: "San Salvador" and "Departamento de San Salvador"."""
    return f" {stated} " in f" {name} " or f" {name} " in f" {stated} "
