"""What must hold of a claim: one passage's statement of one number."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from pandas import DataFrame, Series

from expectations.base import RowRule, Table, ascending, numbers, where
from expectations.families import (
    HasColumns,
    InCodes,
    Present,
    QuoteMatchesText,
    RefersTo,
    UniqueKey,
    ValuesOfType,
    whole_numbers,
)

TABLE = Table(
    suite="claims",
    key="claim_id",
    level="claim",
    columns=(
        "claim_id",
        "article_id",
        "version_id",
        "incident_id",
        "measure",
        "low",
        "best",
        "high",
        "qualifier",
        "scope",
        "relation",
        "parent_claim_id",
        "category",
        "sex",
        "age_group",
        "speaker",
        "speaker_role",
        "certainty",
        "span_start",
        "span_end",
        "quote",
    ),
)
#: More people than one incident has harmed since 1945, by measure: a larger number is first
#: suspected to be a sum of many incidents, a distance or a year.
LARGEST = {"killed": 10_000, "injured": 30_000, "displaced": 5_000_000}


class ClaimColumns(HasColumns):
    """The table of claims has all of its columns."""

    suite = "claims"
    column_set = TABLE.columns
    fails = ({"quote": ...},)


class ClaimTypes(ValuesOfType):
    """A claim's words and codes are texts, its numbers and its span are numbers."""

    suite = "claims"
    texts = (
        "claim_id", "article_id", "version_id", "incident_id", "measure", "qualifier", "scope",
        "relation", "parent_claim_id", "category", "sex", "age_group", "speaker", "speaker_role",
        "certainty", "quote",
    )  # fmt: skip
    figures = ("low", "best", "high", "span_start", "span_end")
    fails = ({"best": "three"}, {"claim_id": "c2", "speaker": 7})


class ClaimIdUnique(UniqueKey):
    """Every claim has an id of its own."""

    suite = "claims"
    key = "claim_id"
    fails = ({}, {})


class ClaimOfArticle(RefersTo):
    """Every claim belongs to an article that is there, in the version it was read from."""

    suite = "claims"
    field, other, other_key = "version_id", "articles", "version_id"
    fails = ({"version_id": "no such version"},)


class ClaimOfIncident(RefersTo):
    """The incident that a claim is counted in is there."""

    suite = "claims"
    field, other, other_key = "incident_id", "incidents", "incident_id"
    shows = ("incident_id", "quote")
    passes = ({}, {"claim_id": "c2", "incident_id": None})
    fails = ({"incident_id": "a1:i9"},)


class ClaimParentThere(RefersTo):
    """The larger number that a claim is part of is itself a claim."""

    suite = "claims"
    field, other, other_key = "parent_claim_id", "claims", "claim_id"
    shows = ("parent_claim_id", "quote")
    passes = ({}, {"claim_id": "c2", "parent_claim_id": "a1:c0-12-killed"})
    fails = ({"parent_claim_id": "nowhere"},)


class ClaimMeasureKnown(InCodes):
    """A claim counts one of the measures of the list: killed, injured, missing and so on."""

    suite = "claims"
    field, code_list = "measure", "measures"
    fails = ({"measure": "hurt"},)


class ClaimMeasurePresent(Present):
    """A claim says what it counts."""

    suite = "claims"
    severity = "critical"
    field = "measure"
    shows = ("quote",)
    fails = ({"measure": None},)


class ClaimQualifierKnown(InCodes):
    """A claim's qualifier (exact, at least, up to …) is in the list."""

    suite = "claims"
    field, code_list = "qualifier", "qualifiers"
    fails = ({"qualifier": "roughly"},)


class ClaimScopeKnown(InCodes):
    """A claim's scope (incident, cumulative, background …) is in the list."""

    suite = "claims"
    field, code_list = "scope", "scopes"
    fails = ({"scope": "war"},)


class ClaimRelationKnown(InCodes):
    """A claim's relation (total, part, subset, update) is in the list."""

    suite = "claims"
    field, code_list = "relation", "relations"
    fails = ({"relation": "sum"},)


class ClaimCategoryKnown(InCodes):
    """The kind of people that a claim counts is in the list."""

    suite = "claims"
    field, code_list = "category", "categories"
    fails = ({"category": "people"},)


class ClaimCertaintyKnown(InCodes):
    """Whether a claim is asserted, alleged or denied is in the list."""

    suite = "claims"
    field, code_list = "certainty", "certainties"
    fails = ({"certainty": "sure"},)


class ClaimSexKnown(InCodes):
    """The sex that a claim counts is in OHCHR's list, where the text gives one."""

    suite = "claims"
    field, code_list = "sex", "sexes"
    passes = ({"sex": None}, {"claim_id": "c2", "sex": "women"})
    fails = ({"sex": "female"},)


class ClaimAgeGroupKnown(InCodes):
    """The age group that a claim counts is in OHCHR's list, where the text gives one."""

    suite = "claims"
    field, code_list = "age_group", "age_groups"
    passes = ({"age_group": None}, {"claim_id": "c2", "age_group": "children"})
    fails = ({"age_group": "teen"},)


class ClaimCountsAreCounts(RowRule):
    """The numbers of a claim are whole numbers of people, not below zero."""

    suite = "claims"
    severity = "critical"
    shows = ("low", "best", "high", "quote")
    fails = ({"low": -1}, {"claim_id": "c2", "best": 2.5}, {"claim_id": "c3", "high": "many"})

    def holds(self, rows: DataFrame) -> Series:
        """Whether every known bound is a whole number from 0."""
        return whole_numbers(rows, ("low", "best", "high"))


class ClaimCountsInOrder(RowRule):
    """A claim's lowest, best and highest number never fall: low ≤ best ≤ high."""

    suite = "claims"
    severity = "critical"
    shows = ("low", "best", "high", "quote")
    passes = ({"high": None}, {"claim_id": "c2", "low": 3, "best": None, "high": 40})
    fails = ({"low": 4, "best": 3}, {"claim_id": "c2", "low": 9, "best": None, "high": 8})

    def holds(self, rows: DataFrame) -> Series:
        """Whether the known bounds ascend."""
        return ascending(*(numbers(rows[bound]) for bound in ("low", "best", "high")))


class ClaimQuoteInText(QuoteMatchesText):
    """A claim's quote is, letter for letter, what the article says at its span."""

    suite = "claims"
    quote = "quote"
    shows = ("quote", "span_start", "span_end")
    fails = (
        {"quote": "Three died"},
        {"claim_id": "c2", "span_start": 5, "span_end": 5, "quote": ""},
        {"claim_id": "c3", "span_end": None},
    )


class ClaimSubsetWithinWhole(RowRule):
    """A part is not larger than its whole: ten in serious condition of 35 in hospital."""

    suite = "claims"
    severity = "warning"
    shows = ("measure", "low", "best", "high", "parent_claim_id", "quote")
    passes = (
        {"measure": "hospitalised", "low": 35, "best": 35, "high": 35},
        {
            "claim_id": "c2",
            "relation": "subset",
            "parent_claim_id": "a1:c0-12-killed",
            "low": 10,
            "best": 10,
            "high": 10,
        },
    )
    fails = (
        {},
        {
            "claim_id": "c2",
            "relation": "subset",
            "parent_claim_id": "a1:c0-12-killed",
            "low": 10,
            "best": 10,
            "high": 10,
        },
    )

    def holds(self, rows: DataFrame) -> Series:
        """Whether the least of a part or subset is not above the most of its parent."""
        whole = rows.drop_duplicates("claim_id").set_index("claim_id")
        most = numbers(whole["high"]).fillna(numbers(whole["best"]))
        limit = rows["parent_claim_id"].map(most).astype("float64")
        least = numbers(rows["low"]).fillna(numbers(rows["best"]))
        parts = rows["relation"].isin(["part", "subset"])
        return where(parts & limit.notna() & least.notna(), least <= limit)


class ClaimSubsetHasWhole(RowRule):
    """A subset (“including ten in serious condition”) says of which number it is part."""

    suite = "claims"
    severity = "info"
    shows = ("measure", "best", "quote")
    passes = ({}, {"claim_id": "c2", "relation": "subset", "parent_claim_id": "a1:c0-12-killed"})
    fails = ({"relation": "subset", "parent_claim_id": None},)

    def holds(self, rows: DataFrame) -> Series:
        """Whether a subset has a parent."""
        return where(rows["relation"] == "subset", rows["parent_claim_id"].notna())


class ClaimVagueHasNoBest(RowRule):
    """Vague words (“dozens”) give a range, never one best number."""

    suite = "claims"
    severity = "warning"
    shows = ("best", "quote")
    passes = ({}, {"claim_id": "c2", "qualifier": "vague", "low": 24, "best": None, "high": None})
    fails = ({"qualifier": "vague", "best": 12},)

    def holds(self, rows: DataFrame) -> Series:
        """Whether best is unknown where the qualifier is vague."""
        return where(rows["qualifier"] == "vague", rows["best"].isna())


class ClaimNobodyIsZero(RowRule):
    """“Nobody was hurt” counts zero; “no reports of casualties” counts nothing at all."""

    suite = "claims"
    severity = "warning"
    shows = ("qualifier", "low", "best", "high", "quote")
    passes = (
        {"qualifier": "none", "low": 0, "best": 0, "high": 0},
        {"claim_id": "c2", "qualifier": "none_reported", "low": None, "best": None, "high": None},
    )
    fails = (
        {"qualifier": "none", "low": 3, "best": 3, "high": 3},
        {"claim_id": "c2", "qualifier": "none_reported", "best": 0},
    )

    def holds(self, rows: DataFrame) -> Series:
        """Zero for none, unknown for none_reported; NA for all other qualifiers."""
        none, silent = (rows["qualifier"] == q for q in ("none", "none_reported"))
        best = numbers(rows["best"])
        return where(none | silent, (none & (best == 0)) | (silent & best.isna()))


class ClaimNumberPlausible(RowRule):
    """One incident's number is of a size that has happened (killed up to 10,000); a larger one
    may be a sum over a war.
    """

    suite = "claims"
    severity = "warning"
    shows = ("measure", "best", "quote")
    passes = ({}, {"claim_id": "c2", "scope": "cumulative", "best": 40_000, "high": 40_000})
    fails = ({"best": 40_000, "high": 40_000},)
    largest: ClassVar[dict[str, int]] = LARGEST

    def holds(self, rows: DataFrame) -> Series:
        """Whether the number is within ``LARGEST``; NA for measures without a limit."""
        limit = rows["measure"].map(self.largest).astype("float64")
        number = numbers(rows["best"]).fillna(numbers(rows["low"]))
        judged = (rows["scope"] == "incident") & limit.notna() & number.notna()
        return where(judged, number <= limit)


class ClaimCountedSomewhere(RowRule):
    """A claim about the reported incident is counted in one."""

    suite = "claims"
    severity = "info"
    shows = ("measure", "best", "quote")
    fails = ({"incident_id": None},)

    def holds(self, rows: DataFrame) -> Series:
        """Whether an incident-scope claim has its incident."""
        return where(rows["scope"] == "incident", rows["incident_id"].notna())


class ClaimSpeakerKnown(RowRule):
    """A claim that is only alleged or denied names who says so."""

    suite = "claims"
    severity = "info"
    shows = ("certainty", "quote")
    passes = ({}, {"claim_id": "c2", "certainty": "alleged", "speaker": "the militia"})
    fails = ({"certainty": "denied", "speaker": None, "speaker_role": None},)

    def holds(self, rows: DataFrame) -> Series:
        """Whether speaker or role is known where the claim is not plainly asserted."""
        named = rows["speaker"].notna() | rows["speaker_role"].notna()
        return where(rows["certainty"].isin(["alleged", "denied"]), pd.Series(named))
