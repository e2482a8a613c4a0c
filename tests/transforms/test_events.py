import pytest

from seeds.read import rows, toml
from transforms import events, language
from transforms.text import read

LEXICON = rows(f"{language.load('en').folder}/{events.SEED}")
EVERY = [
    pytest.param(known, row, id=f"{known.code}-{row['phrase'][:40]}")
    for known in language.known()
    if known.has(events.SEED)
    for row in rows(f"{known.folder}/{events.SEED}")
]


def kinds(text: str, known: language.Language | None = None) -> list[tuple[str, str]]:
    mentions = events.find(read(text, known))
    return [(found.sub_event_type, found.weapon or "") for found in mentions]


@pytest.mark.parametrize(("known", "row"), EVERY)
def test_row_is_proved_by_its_example_and_bounded_by_its_counter_example(
    known: language.Language, row: dict[str, str]
) -> None:
    kind = (row["sub_event_type"], row["weapon"])
    assert kind in kinds(row["example"], known)
    assert kind in kinds(row["example"].upper(), known)
    assert kind not in kinds(row["counter_example"], known)


def test_rows_keep_to_the_code_lists() -> None:
    sub_events = {row["sub_event_type"] for row in rows("codes/sub_events.csv")}
    weapons = toml("lexicons/en/weapons.toml")["weapons"].keys()
    assert {row["sub_event_type"] for row in LEXICON} <= sub_events
    assert {row["weapon"] for row in LEXICON} - {""} == weapons


def test_mentions_stand_in_the_text_in_order() -> None:
    text = "Gunmen opened fire on a bus; a roadside bomb then hit troops, and clashes went on."
    mentions = events.find(read(text))
    assert [m.text for m in mentions] == [text[m.start : m.end] for m in mentions]
    assert [m.text for m in mentions] == ["Gunmen", "opened fire", "roadside bomb", "clashes"]
