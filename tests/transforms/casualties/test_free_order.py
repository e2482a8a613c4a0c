"""Every sentence of the tables of Ukrainian, Russian and Spanish gives the claims of its row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms import case_tables
from tests.transforms.claim_notation import claims_of, written


def _cases(code: str) -> list[object]:
    table = f"casualties_{code}.csv"
    return case_tables.parameters(table, "sentence", lambda row: row["expected"])


def _check(code: str, sentence: str, expected: str) -> None:
    found = sorted(written(claim) for claim in claims_of(sentence, code))
    assert found == ([] if expected == "-" else sorted(expected.split("; ")))


@pytest.mark.parametrize(("sentence", "expected"), _cases("uk"))
def test_ukrainian(sentence: str, expected: str) -> None:
    _check("uk", sentence, expected)


@pytest.mark.parametrize(("sentence", "expected"), _cases("ru"))
def test_russian(sentence: str, expected: str) -> None:
    _check("ru", sentence, expected)


@pytest.mark.parametrize(("sentence", "expected"), _cases("es"))
def test_headlines_of_a_further_language_by_its_lexicon_alone(sentence: str, expected: str) -> None:
    _check("es", sentence, expected)


@pytest.mark.parametrize("code", ["uk", "ru", "es"])
def test_table_is_sound(code: str) -> None:
    rows = case_tables.rows(f"casualties_{code}.csv")
    assert {row["provenance"] for row in rows} <= case_tables.PROVENANCES
    sentences = [row["sentence"] for row in rows]
    assert len(sentences) == len(set(sentences))


_WORDS = {
    "uk": "двоє 12 людей загинули поранених є немає , : — ( ) . і та серед них з із дітей жінка "
    "дістали поранення ще у лікарні стані важкому без жертв ніхто не до кількість зросла",
    "ru": "двое 12 человек погибли раненых есть нет , : — ( ) . и среди них из детей женщина "
    "получили ранения ещё в больнице состоянии тяжёлом без жертв никто не до число выросло",
    "es": "dos 12 personas mueren heridos hay sin , : — ( ) . y entre ellos de niños mujer no a "
    "número sube al menos deja",
}


@pytest.mark.parametrize("code", sorted(_WORDS))
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_order_of_words_is_read_and_every_claim_quotes_its_text(
    code: str, data: st.DataObject
) -> None:
    words = data.draw(st.lists(st.sampled_from(_WORDS[code].split()), max_size=25))
    text = " ".join(words)
    for claim in claims_of(text, code):
        assert claim.quote == text[claim.start : claim.end]
        bounds = [b for b in (claim.low, claim.best, claim.high) if b is not None]
        assert bounds == sorted(bounds)
