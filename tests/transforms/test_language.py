"""Which language a text is read by, and what its morphology and sentences are."""

import pytest

from seeds import read as seeds
from transforms import language, morphology, text

UK, RU, EN = (language.load(code) for code in ("uk", "ru", "en"))


@pytest.mark.parametrize(
    ("stated", "sample", "code"),
    [
        ("uk", "Троє загиблих.", "uk"),
        ("ru-RU", "Трое погибших.", "ru"),
        ("Ukrainian", "", "uk"),
        ("xx", "Three men were killed.", "en"),
        (None, "Three men were killed.", "en"),
        (None, "У Харкові внаслідок удару загинули двоє людей.", "uk"),
        (None, "В Курске в результате удара погибли два человека, объявлена тревога.", "ru"),
        (None, "Загинуло двоє, повідомив голова громади.", "uk"),
        (None, "", "en"),
        ("xx", "Троє поранених у місті.", "uk"),
    ],
)
def test_the_language_is_as_stated_or_told_by_the_letters(
    stated: str | None, sample: str, code: str
) -> None:
    assert language.of(stated, sample).code == code


def test_english_lemmas_cost_nothing() -> None:
    doc = text.read("Three men were killed.")
    assert doc.lemma is doc.lower
    assert not doc.tag(0)


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`"])
def test_apostrophes_of_all_kinds_are_one(apostrophe: str) -> None:
    doc = text.read(f"П{apostrophe}ятеро загиблих", UK)
    assert (doc.lower[0], doc.lemma[0]) == ("п'ятеро", "п'ятеро")


def test_dots_of_yo_may_be_left_out() -> None:
    one, other = text.read("Ребёнок тяжёлый", RU), text.read("Ребенок тяжелый", RU)
    assert (one.lower, one.lemma) == (other.lower, other.lemma)


def test_latin_twins_of_cyrillic_letters_are_read_as_cyrillic() -> None:
    assert text.read("мiсто", UK).lower == ["місто"]


def test_a_form_tells_case_and_number() -> None:
    doc = text.read("загибель двох людей", UK)
    assert {"gent", "plur"} <= doc.tag(2)


@pytest.mark.parametrize(
    ("sample", "sentences"),
    [
        ("Удар по м. Харків. Троє загиблих.", ["Удар по м. Харків.", "Троє загиблих."]),
        ("Про це заявив І. П. Лис. Далі буде.", ["Про це заявив І. П. Лис.", "Далі буде."]),
        ("⚡️Атака на місто 🔥 Є загиблі", ["⚡️Атака на місто", "🔥 Є загиблі"]),
        ("Київ\nДвоє поранених", ["Київ", "Двоє поранених"]),
        ("Втрати до 1,5 тис. осіб за добу", ["Втрати до 1,5 тис. осіб за добу"]),
        ("Є жертви!!! Рятують людей…", ["Є жертви!!!", "Рятують людей…"]),
    ],
)
def test_sentences_of_reports_and_posts(sample: str, sentences: list[str]) -> None:
    doc = text.read(sample, UK)
    assert [sample[s.start : s.end] for s in doc.sentences] == sentences


@pytest.mark.parametrize("known", language.known(), ids=lambda one: one.code)
def test_every_lexicon_says_how_it_is_read(known: language.Language) -> None:
    assert known.name
    assert known.code not in known.also


def test_a_key_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "toml", lambda _: {"name": "Xish"})
    with pytest.raises(seeds.SeedError, match=r"lexicons/xx/language\.toml lacks script"):
        language.load.__wrapped__("xx")


def test_a_dictionary_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import pymorphy3

    def missing(lang: str) -> None:
        raise ValueError(lang)

    monkeypatch.setattr(pymorphy3, "MorphAnalyzer", missing)
    with pytest.raises(morphology.MorphologyError, match="pip install pymorphy3 pymorphy3-dicts-"):
        morphology.Forms(UK)
