"""How a place's name is written as a key, so that the ways of writing it meet.

``fold`` brings spellings together that differ only in case, diacritics and punctuation; every
lookup uses it. ``skeleton`` goes further and brings transliterations together (Guliaipole,
Gulyaypole, Huliaipole); it makes unlike names alike too, so it may only be asked inside a country
that the article is known to be about.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_MARKS = regex.compile(r"\p{M}+")
_APOSTROPHES = regex.compile(r"['’ʼ‘`ʻʹʺ″′]")
_OTHER = regex.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
    | {"ə": "a", "ß": "ss", "ґ": "г", "ё": "е"}
)
#: Words of names that are written short as often as in full.
SHORT_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "twp": "township"}

_SKELETON = (
    (regex.compile(r"[ '-]+"), ""),
    (regex.compile(r"(?<=[bcdfgklmnprstvz])(?:yi|yy|iy|ij|ii|yj)(?=[aeou]|$)"), "i"),
    (regex.compile(r"shch|sch|sh|ch|tch|zh|dzh|dj|cz|sz|j(?=[eiou])"), "s"),
    (regex.compile(r"kh|gh|ph|[ghx]"), "g"),
    (regex.compile(r"ts|tz|z|c(?=[ei])"), "s"),
    (regex.compile(r"ck|[cqk]"), "k"),
    (regex.compile(r"w|b(?=$)"), "v"),
    (regex.compile(r"ou|oo|u"), "o"),
    (regex.compile(r"th"), "t"),
    (regex.compile(r"[yij]+(?=[aeo])|(?<=[aeo])[yij]+"), ""),
    (regex.compile(r"ee|[yije]+"), "i"),
    (regex.compile(r"(.)\1+"), r"\1"),
)
#: So many letters of two skeletons tell that they are of one name.
_ALIKE = 4
#: Cyrillic letters, folded, as English writes them; what it leaves out is none.
_LATIN = str.maketrans(
    dict(zip("абвгдезиіклмнопрстуфыэє", "abvgdeziiklmnoprstufyee", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ь": "", "ъ": ""}
)
#: The Arabic article as it is written before a name, assimilated or not.
ARTICLES = frozenset("al el ad ar as at an ash az ed ez es er en".split())
_ARTICLE = regex.compile(rf"^(?:{'|'.join(sorted(ARTICLES))}) +")


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes and punctuation: ``Sana'a`` → ``sanaa``."""
    if name.isascii():
        plain = name.lower()
    else:
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", name).casefold()).translate(_LETTERS)
    words = _OTHER.sub(" ", _APOSTROPHES.sub("", plain)).split()
    return " ".join(SHORT_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=16384)
def skeleton(key: str) -> str:
    """The frame of a folded name that its transliterations share.

    From the transliteration tables of Ukrainian, Russian and Arabic (BGN/PCGN, national 2010, ISO
    9): h, g, kh and gh fall together, as do i, y, j and the glides, o and u, and the sibilants.
    """
    frame = _ARTICLE.sub("", key)
    for pattern, written in _SKELETON:
        frame = pattern.sub(written, frame)
    return frame


def alike(key: str, name: str) -> bool:
    """Whether a folded name in Cyrillic letters is another way to write one in Latin letters."""
    frame, shown = skeleton(key.translate(_LATIN)), skeleton(fold(name))
    size = min(len(frame), len(shown), _ALIKE)
    return frame[:size] == shown[:size]
