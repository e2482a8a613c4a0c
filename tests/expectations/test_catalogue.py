"""Every expectation passes on its passing rows and fails on its failing ones, in real GX."""

from __future__ import annotations

from typing import get_args

import pytest
from pandas import DataFrame

from expectations import examples
from expectations.base import Batch, Expectation
from expectations.catalogue import TABLES, catalogue
from expectations.families import codes
from expectations.validate import CheckResult, check, validate
from transforms import model

ALL = pytest.mark.parametrize("expectation", catalogue(), ids=lambda e: e.name)


def result_of(expectation: Expectation, frames: dict[str, DataFrame]) -> CheckResult:
    ((_, result, _),) = check((expectation,), Batch(frames))
    return result


@ALL
def test_passing_rows_pass(expectation: Expectation) -> None:
    result = result_of(expectation, examples.passing(expectation))
    assert (result.status, result.error) == ("passed", None)
    assert result.unexpected == 0


@ALL
def test_failing_rows_fail(expectation: Expectation) -> None:
    result = result_of(expectation, examples.failing(expectation))
    assert (result.status, result.error) == ("failed", None)
    assert result.unexpected > 0
    if expectation.about_rows:
        key = TABLES[expectation.suite].key
        assert all(key in row for row in result.sample)
        assert len(result.sample) == min(result.unexpected, 5)


@ALL
def test_nullable_types_are_judged_alike(expectation: Expectation) -> None:
    for frames, status in (
        (examples.passing(expectation), "passed"),
        (examples.failing(expectation), "failed"),
    ):
        nullable = {name: frame.convert_dtypes() for name, frame in frames.items()}
        result = result_of(expectation, nullable)
        assert (result.status, result.error) == (status, None)


@ALL
def test_each_failing_row_is_named(expectation: Expectation) -> None:
    if not expectation.about_rows:
        return
    subset = expectation.name == "claim_subset_within_whole"  # its first row is the whole
    expected = len(expectation.fails) - subset
    assert result_of(expectation, examples.failing(expectation)).unexpected == expected


@ALL
def test_its_sentence_is_one_a_user_understands(expectation: Expectation) -> None:
    sentence = expectation.sentence
    assert sentence.endswith(".")
    assert 20 < len(sentence) < 200
    assert "_" not in sentence


def test_names_are_unique() -> None:
    names = [expectation.name for expectation in catalogue()]
    assert len(names) == len(set(names))


def test_every_table_has_columns_and_key_checked() -> None:
    for suite in TABLES:
        kinds = {e.name.split("_", 1)[1] for e in catalogue() if e.suite == suite}
        assert "columns" in kinds
        assert kinds & {"id_unique", "version_unique"}


def test_a_sound_batch_passes_everything_at_every_severity() -> None:
    validation = validate(examples.frames("articles"))
    assert [r for r in validation.results if r.status != "passed"] == []
    assert len(validation.results) == len(catalogue())


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("measures", model.Measure),
        ("scopes", model.Scope),
        ("relations", model.Relation),
        ("qualifiers", model.Qualifier),
        ("categories", model.Category),
        ("certainties", model.Certainty),
    ],
)
def test_code_lists_are_those_of_the_model(name: str, literal: object) -> None:
    assert codes(name) == set(get_args(literal))
