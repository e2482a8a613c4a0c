"""Which of a place's many names the gazetteer keeps, and which one it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from transforms.places.keys import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCRIPTS = {
    script: regex.compile(rf"^[\p{{{script}}}\p{{Common}}\p{{Inherited}}]+$")
    for script in ("Latin", "Cyrillic", "Arabic", "Hebrew")
}
#: Countries where a script is at home. Elsewhere a name in it is a bot's transliteration.
_AT_HOME = {
    "Cyrillic": frozenset("UA RU BY KZ KG TJ MN BG RS MK MD BA ME UZ".split()),
    "Arabic": frozenset(
        (
            "SY IQ LB JO PS IL EG LY TN DZ MA MR SD SS SO DJ YE OM AE QA BH KW SA IR AF PK TD EH"
        ).split()
    ),
    "Hebrew": frozenset(("IL", "PS")),
}
#: A place of so many people is written of in every script.
_KNOWN_EVERYWHERE = 50_000
_CODE = regex.compile(r"^[A-Z]{2,4}$")
_NO_CAPITAL = regex.compile(r"^[^\p{Lu}]*$")
_ARTICLE = regex.compile(r"^(?:al|el|ad|ar|as|at|an|ash|az|ed|ez|es|ech)[- ]|^['’ʼ‘]")
_GENERIC = regex.compile(
    r" (?:Oblast|Governorate|Krai|Kray|Okrug|Republic|Province|Region|District|County|Department"
    r"|Prefecture|State)$"
)
_TRANSLITERATED = regex.compile(
    r"[āēīōūḨḩŢţḐḑẔẕẖʻ‘]|oblast'?$|Respublika|(?:kiy|kyy) kra[iy]$|okrug$", regex.I
)
_CHINESE = regex.compile(r" (?:Sheng|Shi|Zizhiqu)$")
_LONG_VOWELS = str.maketrans("āēīōūĀĒĪŌŪḨḩḐḑẔẕẖŢţ", "aeiouAEIOUHhDdZzhTt", "ʻ‘’")


def alias_keys(name: str, aliases: Iterable[str], country: str, population: int) -> set[str]:
    """The folded names to keep: the name itself and the aliases that news could write.

    Left out: scripts that Tollbook does not read, names in a script that is foreign to a small
    place, airport codes, and machine romanisations (all in small letters).
    """
    keys = {fold(name)}
    for alias in aliases:
        if _worth(alias, country, population):
            keys.add(fold(alias))
    return {key for key in keys if len(key) > 1}


def _worth(alias: str, country: str, population: int) -> bool:
    script = next((script for script, only in _SCRIPTS.items() if only.match(alias)), None)
    if script is None or _CODE.match(alias):
        return False
    if script == "Latin":
        return not _NO_CAPITAL.match(alias) or bool(_ARTICLE.match(alias))
    return country in _AT_HOME[script] or population >= _KNOWN_EVERYWHERE


def display_name(name: str, aliases: Iterable[str]) -> str:
    """The English name of a division: "Dnipropetrovska oblast" → "Dnipropetrovsk Oblast"."""
    name = _CHINESE.sub("", name)
    english = [alias for alias in aliases if alias.isascii() and _GENERIC.search(alias)]
    governorates = [alias for alias in english if alias.endswith("Governorate")]
    if governorates:
        return min(governorates, key=len)
    if not _TRANSLITERATED.search(name):
        return name
    if english:
        return min(english, key=lambda alias: (not alias.endswith("Oblast"), len(alias)))
    return plain(name)


def plain(name: str) -> str:
    """A name without the marks of scholarly transliteration: "Ḩalab" → "Halab"."""
    if _TRANSLITERATED.search(name):
        return name.translate(_LONG_VOWELS)
    return name
