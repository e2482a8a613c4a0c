"""Made-up articles in any number: templates, real toponyms, paragraphs of the sample articles.

The same seed gives the same articles. Each has its own places, names and numbers, so that no cache
holds all that a run meets, as with news.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from seeds import read as seeds
from transforms.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


#: An article is at least so many characters long, and a few hundred longer at most.
LENGTH = 2_200
_WORDS = "two three four five six seven eight nine ten eleven twelve fifteen twenty".split()
_PLACES = 3_000
_LEAST_PEOPLE = 3_000
#: A paragraph in so many comes from a sample article.
_SAMPLED = 4


def articles(count: int, seed: int, templates: Path) -> Iterator[dict[str, str]]:
    """Yields articles as ``tollbook extract`` reads them: id, text, published_at."""
    writer = Writer(Random(seed), seeds.toml_at(templates))
    for number in range(count):
        yield {"id": f"made-{seed}-{number}", "text": writer.text(), "published_at": "2024-06-05"}


class Writer:
    """Fills templates; a mapping, so that each name in braces is a choice made when it is met."""

    def __init__(self, random: Random, templates: dict[str, dict[str, str]]) -> None:
        self.random = random
        self.lead, self.body = list(templates["lead"]), list(templates["body"])
        self._words = {name: words.split("|") for name, words in templates["words"].items()}
        self._given = [name.title() for name in seeds.lines("lexicons/en/given_names.txt")]
        self._towns = towns(random, _PLACES)
        self._paragraphs = _paragraphs(seeds.SEEDS / "articles")
        #: What some names in braces always mean in this article.
        self.place: dict[str, str] = {}

    def text(self) -> str:
        """One article."""
        towns = self.random.sample(self._towns, 3)
        self.place = dict(zip(("town", "region", "country"), towns[0], strict=True))
        self.place |= {"other": towns[1][0], "third": towns[2][0], "TOWN": towns[0][0].upper()}
        paragraphs = [self.filled(self.lead)]
        while sum(map(len, paragraphs)) < LENGTH:
            paragraphs.append(self._paragraph())
        return "\n\n".join(paragraphs)

    def _paragraph(self) -> str:
        if self.random.randrange(_SAMPLED) == 0:
            return self.random.choice(self._paragraphs)
        return " ".join(self.filled(self.body) for _ in range(self.random.randint(1, 3)))

    def filled(self, templates: list[str]) -> str:
        """One of some templates, its choices made."""
        filled = self.random.choice(templates).format_map(self)
        return filled[0].upper() + filled[1:]

    def __getitem__(self, name: str) -> str:
        if name in self.place:
            return self.place[name]
        if name[0].isupper():
            return self[name.lower()].capitalize()
        return self._chosen(name)

    def _chosen(self, name: str) -> str:
        random = self.random
        match name:
            case "count":
                return random.choice((*_WORDS, str(random.randint(2, 60))))
            case "hurt" | "number":
                return f"{random.choice((random.randint(11, 99), random.randint(100, 4000))):,}"
            case "age":
                return str(random.randint(17, 80))
            case "name":
                return f"{random.choice(self._given)} {random.choice(self._words['surname'])}"
            case _:
                return random.choice(self._words[name])


def towns(random: Random, count: int) -> list[tuple[str, str, str]]:
    """Towns of all the world with their region and country."""
    places = gazetteer.load()
    found: list[tuple[str, str, str]] = []
    while len(found) < count:
        place = places.place(random.randrange(len(places)))
        if place.level == 4 and place.population > _LEAST_PEOPLE and place.admin1 and place.country:
            region, country = places.place(place.admin1), places.place(place.country)
            found.append((place.name, region.name, country.name))
    return found


def _paragraphs(folder: Path) -> list[str]:
    """The paragraphs of the sample articles, without the particulars above them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
    bodies = [text.split("\n---\n", 1)[1] for text in texts]
    return [part.strip() for body in bodies for part in body.split("\n\n") if part.strip()]
