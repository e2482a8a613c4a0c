"""Scores which articles are put to one event, where gold names the incident that each tells of.

B-cubed (Bagga and Baldwin 1998): for each article, the share of its event's articles that are
rightly there (precision) and the share of its incident's articles that are there (recall), as
means over all articles. An article stands in the event of its first incident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from transforms.scoring_records import Result, Row, paired

if TYPE_CHECKING:
    from pandas import DataFrame


def links(corpus: str, golds: Sequence[Row], predictions: Sequence[Row]) -> list[Result]:
    """B-cubed over all articles, and over those whose incident has several ("shared")."""
    from transforms.linking import link

    pairs = paired(golds, predictions)
    linked = link(accounts(pairs)).links
    event_of = dict(zip(linked["incident_id"], linked["event_id"], strict=True))
    found = {str(gold["id"]): _event(read, event_of) for gold, read in pairs}
    true = {str(gold["id"]): str(gold["incident"]) for gold, _ in pairs}
    return [
        *_results(corpus, "event", found, true),
        *_results(corpus, "event of several", found, _several(true)),
    ]


def _event(read: Row, event_of: Mapping[str, str]) -> str:
    first = next(iter(read["incidents"]), None)
    return event_of[first["incident_id"]] if first else f"none: {read['id']}"


def _several(true: Mapping[str, str]) -> dict[str, str]:
    size: dict[str, int] = defaultdict(int)
    for incident in true.values():
        size[incident] += 1
    return {article: incident for article, incident in true.items() if size[incident] > 1}


def _results(
    corpus: str, field: str, found: Mapping[str, str], true: Mapping[str, str]
) -> list[Result]:
    precision, recall = bcubed(found, true)
    both = precision + recall
    values = {
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": 2 * precision * recall / both if both else 0.0,
    }
    return [Result(corpus, field, metric, value, len(true)) for metric, value in values.items()]


def bcubed(found: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> tuple[float, float]:
    """Precision and recall of a clustering of the items of ``true``; 0 and 0 of no items."""
    clusters: dict[Hashable, set[str]] = defaultdict(set)
    classes: dict[Hashable, set[str]] = defaultdict(set)
    for item, label in true.items():
        clusters[found[item]].add(item)
        classes[label].add(item)
    precision = recall = 0.0
    for item, label in true.items():
        common = len(clusters[found[item]] & classes[label])
        precision += common / len(clusters[found[item]])
        recall += common / len(classes[label])
    n = len(true) or 1
    return precision / n, recall / n


def accounts(pairs: Sequence[tuple[Row, Row]]) -> DataFrame:
    """The incidents of contract rows with the columns that linking compares."""
    from pandas import DataFrame

    return DataFrame([row for gold, read in pairs for row in _incidents(gold, read)])


def _incidents(gold: Row, read: Row) -> list[dict[str, Any]]:
    from transforms import language as languages
    from transforms.linking import keys

    start_of = {claim["claim_id"]: claim["start"] for claim in read["claims"]}
    anchors = {
        incident["incident_id"]: [start_of[i] for i in incident["claim_ids"] if i in start_of]
        for incident in read["incidents"]
    }
    seats = [(p["start"], p["end"]) for p in read["places"] if keys.is_seat(p["feature"])]
    speakers = [claim["speaker"] for claim in read["claims"] if claim["speaker"]]
    words = keys.read(
        gold["text"], seats, speakers, anchors, languages.of(read["language"], gold["text"])
    )
    return [
        {
            **(incident["place"] or {}),
            **{name: incident[name] for name in _COPIED},
            "killed_best": incident["killed"]["best"],
            "injured_best": incident["injured"]["best"],
            "article_id": read["id"],
            "published": (gold.get("published_at") or "")[:10] or None,
            "keys": words[incident["incident_id"]],
        }
        for incident in read["incidents"]
    ]


_COPIED = (
    "incident_id", "date_start", "date_end", "sub_event_type", "weapon", "actors",
)  # fmt: skip
