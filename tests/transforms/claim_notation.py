"""A short way to write claims in case tables: "killed 3+ part", "injured 24..99 cumulative"."""

from __future__ import annotations

from transforms import language, text
from transforms.casualties import lexicon
from transforms.casualties.find import find
from transforms.casualties.resolve import resolve
from transforms.model import Claim


def claims_of(sentence: str, code: str = "en") -> list[Claim]:
    """The claims of a text, without speakers or places."""
    words = lexicon.load(code)
    doc = text.read(sentence, language.load(code))
    stated = resolve("t", doc, find(doc, words), [], lambda _start, _end: None, words)
    return [item.claim for item in stated]


def written(claim: Claim) -> str:
    """One claim in the notation of the tables."""
    tags = [claim.measure, _count(claim)]
    if claim.relation != "total":
        tags.append(claim.relation)
    if claim.scope != "incident":
        tags.append(claim.scope)
    return " ".join(tags)


def _count(claim: Claim) -> str:
    match claim.qualifier:
        case "exact":
            return str(claim.best)
        case "at_least":
            return f"{claim.low}+"
        case "at_most":
            return f"<={claim.high}"
        case "about":
            return f"~{claim.best}"
        case "implied":
            return "one"
        case "none":
            return "0"
        case "none_reported":
            return "none-reported"
        case "uncounted":
            return "-"
        case "range" | "vague":
            return f"{claim.low}..{'' if claim.high is None else claim.high}"
