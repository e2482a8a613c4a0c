import pytest

from transforms import roles
from transforms.places import read
from transforms.places.gazetteer import load
from transforms.text import read as read_text


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("Shells fell in Aleppo on Friday.", "Aleppo", roles.SCENE),
        ("A mine went off near the town of Homs.", "Homs", roles.SCENE),
        ("Aleppo was shelled on Friday.", "Aleppo", roles.POINT),
        ("IZHEVSK — A drone hit a plant.", "IZHEVSK", roles.DATELINE),
        ("PORTLAND, Ore. (KXYZ) — A boy died.", "PORTLAND", roles.DATELINE),
        ("LIMA, 3 MAY 90 (RADIO) -- A BOMB WENT OFF.", "LIMA", roles.DATELINE),
        ("The dead man is Juan Paz, 24, of Medellin.", "Medellin", roles.HOME),
        ("A Medellin man was shot.", "Medellin", roles.HOME),
        ("He lived in Medellin.", "Medellin", roles.HOME),
        ("The wounded were taken to Aleppo.", "Aleppo", roles.ASIDE),
        ("She died at a hospital in Aleppo, where she was taken.", "Aleppo", roles.ASIDE),
        ("An air strike hit the hospital in Aleppo.", "Aleppo", roles.SCENE),
        ("He was arrested in Homs.", "Homs", roles.ASIDE),
        ("A coalition officer said in Kabul that it was over.", "Kabul", roles.ASIDE),
        ("It fell 12 km north of Homs.", "Homs", roles.SCENE),
        ("It fell 90 miles south-west of Homs.", "Homs", roles.POINT),
        ("The plant, according to Homs, was empty.", "Homs", roles.POINT),
    ],
)
def test_part(text: str, name: str, part: int) -> None:
    doc = read_text(text)
    [mention] = [m for m in read(doc, load()) if m.text == name]
    assert roles.role(doc, mention) == part
