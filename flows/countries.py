"""Countries as people write them: by name or by a code of ISO 3166-1."""

from __future__ import annotations

from difflib import get_close_matches

from seeds import read as seeds


def code(written: str) -> str:
    """The two-letter code of a country: of "Ukraine", "UA", "UKR" or "804".

    Raises:
        ValueError: there is no such country; the message names those that may be meant.
    """
    known = _known()
    asked = written.strip().casefold()
    if asked in known:
        return known[asked]
    near = get_close_matches(asked, [name for name in known if len(name) > 3], n=3, cutoff=0.6)
    meant = ", ".join(dict.fromkeys(_name(known[name]) for name in near))
    raise ValueError(
        f"there is no country {written!r}" + (f": did you mean {meant}?" if near else "")
    )


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in seeds.rows("codes/countries.csv"):
        number = row["iso"] and row["iso"].zfill(3)
        for key in filter(None, (row["code"], row["iso3"], number, row["name"])):
            found.setdefault(key.casefold(), row["code"])
    return found


def _name(wanted: str) -> str:
    return next(r["name"] for r in seeds.rows("codes/countries.csv") if r["code"] == wanted)
