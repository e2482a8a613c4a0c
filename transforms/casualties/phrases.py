"""Groups of people in a sentence: "at least three soldiers", "a policeman", "two of them"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from transforms import numbers
from transforms.casualties import ages
from transforms.casualties.lexicon import Person
from transforms.casualties.nouns import Nouns
from transforms.record import record

if TYPE_CHECKING:
    from transforms.casualties.lexicon import Lexicon
    from transforms.numbers import Quantity
    from transforms.text import Doc

Kind = Literal["number", "one", "definite", "plural", "name", "pronoun", "zero"]

_NO_VICTIMS = (["dead"], ["killed"], ["injured"], ["wounded"])  # "six wounded, no dead"
_OCCUPATION = ("er", "or", "ist", "ian", "ant", "man", "woman", "eer", "ee", "men")


#: "Poe and his driver": behind a name these tell that it is a person's.
_POSSESSIVE = frozenset(("his", "her"))


@record
class Group:
    """People named together, over tokens ``first:last``.

    ``quantity`` is None where no number is stated; a singular noun counts one by grammar.
    """

    first: int
    last: int
    kind: Kind
    quantity: Quantity | None = None
    person: Person | None = None
    head: int | None = None
    definite: bool = False  # "the two men": people told of before
    further: bool = False  # "another three", "two others"
    partitive: bool = False  # "three of them", "two of the men"
    subset: bool = False  # after "including"
    bare: bool = False  # a number without a noun

    @property
    def plural(self) -> bool:
        """Whether more than one person is meant."""
        if self.quantity is not None:
            return self.quantity.best != 1
        return self.kind == "plural" or (self.person is not None and self.person.plural)


#: "a 35-year-old": a person of whom nothing else is told.
_SOMEONE = Person("unknown", plural=False, sex=None, age_group=None)


class Phrases:
    """Reads the groups of people in one sentence of a document."""

    def __init__(self, doc: Doc, first: int, last: int, lexicon: Lexicon) -> None:
        self.doc = doc
        self.first = first
        self.last = last
        self.lexicon = lexicon
        self.words = doc.lower
        self.nouns = Nouns(doc, first, last, lexicon)

    def read(self) -> list[Group]:
        """The groups in order; they do not overlap."""
        groups: list[Group] = []
        done = self.first
        for i in self.nouns.openings():
            group = self._group_at(i) if i >= done else None
            if group is None:
                continue
            if not ages.is_age(self.words, self.first, group, groups, self.lexicon):
                groups.append(self._marked(group, groups))
            done = max(group.last, i + 1)
        return groups

    def _group_at(self, i: int) -> Group | None:
        word = self.words[i]
        grammar = self.lexicon.grammar
        if word[0].isdigit() or word in self.lexicon.numbers.starts:
            group = self._number(i) or self._aged(i)
            if group is not None:
                return group
        if word in grammar.zero:
            return self._zero(i)
        if word == "a" and self.nouns.denies_one(i):
            end, head, _ = self.nouns.noun(i + 2)
            return Group(i - 1, end, "zero", head=head) if end is not None else None
        if word in grammar.possessive and word in grammar.pronoun and self._owns(i):
            return self._determined(i)  # "her husband"; "her three daughters" begins at the number
        if word in grammar.pronoun:
            if i > self.first and self.words[i - 1] in ("of", "among"):
                return None  # "most of them": the words around it name the people
            return Group(i, i + 1, "pronoun", definite=True)
        if word in grammar.determiner or (word.endswith("'s") and i + 1 < self.last):
            return self._determined(i) or self._name(i)
        if word in self.lexicon.people:
            return self._bare_noun(i)
        return self._name(i)

    def _owns(self, i: int) -> bool:
        """Whether "her" stands before a noun or a number."""
        if i + 1 >= self.last:
            return False
        if self.nouns.starts_number(i + 1):
            return True
        end, head, _ = self.nouns.noun(i + 1)
        return end is not None and head is not None

    def _number(self, i: int) -> Group | None:
        quantity = numbers.quantity(self.words, i, self.last, self.lexicon.numbers, self.first)
        if quantity is None or self._counts_no_people(quantity):
            return None
        before = self.words[quantity.core - 1] if quantity.core > self.first else ""
        grammar = self.lexicon.grammar
        definite = before in grammar.determiner and before not in grammar.indefinite
        k = quantity.last
        if k < self.last and self.words[k] == "of":
            return self._of(quantity, k, definite)
        end, head, further = self.nouns.noun(k)
        if end is None or (head is None and self.nouns.joins_others(quantity.core)):
            return None
        return Group(
            quantity.first,
            end,
            "number",
            quantity,
            self.lexicon.people.get(self.words[head]) if head is not None else None,
            head,
            definite,
            further or quantity.further,
            bare=end == k,
        )

    def _counts_no_people(self, quantity: Quantity) -> bool:
        words, lex = self.words, self.lexicon.numbers
        after = words[quantity.last] if quantity.last < self.last else ""
        before = words[quantity.core - 1] if quantity.core > self.first else ""
        if before == "." and quantity.core - 1 > self.first:  # "Dec. 25"
            before = words[quantity.core - 2]
        if after in lex.not_people_after or after in ("-", "/", "°", "'"):
            return True
        if before in lex.not_people_before or (
            before in ("/", "-", "–", "§") and self._touches(quantity.core)
        ):
            return True
        core = words[quantity.core]
        return (
            core.isdecimal()
            and len(core) == 4
            and 1900 <= int(core) < 2100
            and after not in self.lexicon.people
            and quantity.qualifier == "exact"
        )

    def _touches(self, i: int) -> bool:
        """Whether no space stands before a token: "AK-47", not "KYIV - Four"."""
        return self.doc.ends[i - 1] == self.doc.starts[i]

    def _of(self, quantity: Quantity, k: int, definite: bool) -> Group | None:
        """ "three of them", "two of the five men", "dozens of people", "a group of 12"."""
        grammar = self.lexicon.grammar
        j = k + 1
        if j >= self.last:
            return Group(quantity.first, k, "number", quantity, bare=True)
        word = self.words[j]
        pointing = word in grammar.pronoun and not (word in grammar.possessive and self._owns(j))
        if pointing or word in ("those", "these", "us", "you", "which", "whom"):
            end, head, _ = self.nouns.noun(j + 1)  # "four of them children"
            last = j + 1 if head is None or end is None else end
            person = self.lexicon.people.get(self.words[head]) if head is not None else None
            return Group(quantity.first, last, "number", quantity, person, head, partitive=True)
        inner = numbers.quantity(self.words, j, self.last, self.lexicon.numbers, j)
        vague = quantity.qualifier == "vague" or quantity.core != quantity.first
        if inner is not None and quantity.qualifier == "vague":
            quantity, vague = replace(inner, first=quantity.first), True
            j = inner.last
        determined = word in grammar.determiner
        if determined:
            j += 1
            whole = (
                numbers.quantity(self.words, j, self.last, self.lexicon.numbers, j)
                if (j < self.last)
                else None
            )
            if whole is not None and self._stated(whole.last):
                # "nine of the 14 dead": both numbers are told
                return Group(quantity.first, k, "number", quantity, partitive=True)
            j = whole.last if whole is not None else j
        if determined and j < self.last and self.words[j] in self.lexicon.triggers:
            return Group(quantity.first, j + 1, "number", quantity, partitive=True)
        end, head, further = self.nouns.noun(j)
        if end is None:
            return None  # "22 of the 30 drones"
        if head is None and end == j and inner is None:
            return None if vague else Group(quantity.first, k, "number", quantity, bare=True)
        person = self.lexicon.people.get(self.words[head]) if head is not None else None
        partitive = determined and not vague and word not in grammar.possessive
        return Group(
            quantity.first, end, "number", quantity, person, head, definite, further, partitive
        )

    def _stated(self, i: int) -> bool:
        return i < self.last and self.words[i] in self.lexicon.triggers

    def _zero(self, i: int) -> Group | None:
        words = self.words
        j = i + 1
        if words[i] == "no":
            if j < self.last and words[j] == "-":
                j += 1
            if j < self.last and words[j] == "one":
                return Group(i, j + 1, "zero")
            end, head, _ = self.nouns.noun(i + 1)
            if end and head is not None:
                return Group(i, end, "zero", head=head)
            return Group(i, j, "zero") if words[i + 1 : j + 1] in _NO_VICTIMS else None
        if words[i] in ("none", "neither") and words[j : j + 1] == ["of"]:
            j = min(j + 2, self.last)  # "none of the", "none of them"
            end, head, _ = self.nouns.noun(j) if j < self.last else (None, None, False)
            return Group(i, end if end is not None and head is not None else j, "zero")
        return Group(i, j, "zero")

    def _determined(self, i: int) -> Group | None:
        """ "a policeman", "the man", "his wife", "a family of five"."""
        grammar, word = self.lexicon.grammar, self.words[i]
        j = i + 1
        if word == "another" and (j >= self.last or self.nouns.stops(j)):
            return Group(i, j, "one", further=True, bare=True)
        if (word == "the" and self._is_other(j)) or self.nouns.counts_on(j):
            return Group(i, j + 1, "one", definite=word == "the", further=True, bare=True)
        if (j >= self.last or self.nouns.starts_number(j)) and not self.nouns.age_follows(j):
            return None
        if self._leads_number(j):
            return None
        end, head, further = self.nouns.noun_after_age(j)
        if end is None or end == j:
            return None
        if head is None:
            return self._occupation(i, end, word)
        person = self.lexicon.people.get(self.words[head], _SOMEONE)
        indefinite = word in grammar.indefinite
        sized = self._sized(i, head, person) if person.collective or person.plural else None
        if sized is not None:
            return sized
        kind: Kind = "plural" if person.plural or person.collective else "one"
        if kind == "one":  # "the priests A. Poe and B. Roe": the names are groups of their own
            end = self.nouns.with_name(end)
        definite = not indefinite and word not in grammar.possessive and not word.endswith("'s")
        if kind == "one" and definite:
            kind = "definite"
        return Group(i, end, kind, None, person, head, definite, further or word == "another")

    def _is_other(self, j: int) -> bool:
        """ "one died and the other is in hospital", "the third was shot": no noun follows."""
        other = j + 1 < self.last and self.words[j] in self.lexicon.grammar.other
        return other and self.words[j] not in ("others", "more") and self.nouns.stops(j + 1)

    def _leads_number(self, j: int) -> bool:
        """ "a further three", "that approximately six": a number takes in what stands before it."""
        for k in range(j + 1, min(j + 3, self.last)):
            if self.nouns.starts_number(k):
                quantity = numbers.quantity(self.words, k, self.last, self.lexicon.numbers, j)
                further = k == j + 1 and self.words[j] in self.lexicon.grammar.other
                return further or (quantity is not None and quantity.first <= j)
        return False

    def _aged(self, i: int) -> Group | None:
        """ "7-year-old Jane Doe": an age without an article before it."""
        if not self.nouns.age_follows(i):
            return None
        end, head, _ = self.nouns.noun_after_age(i)
        if end is None or head is None:
            return None
        person = self.lexicon.people.get(self.words[head], _SOMEONE)
        named = self.nouns.with_name(end)
        kind: Kind = "plural" if person.plural else "name" if named > end else "one"
        return Group(i, named, kind, None, person, head)

    def _sized(self, i: int, head: int, person: Person) -> Group | None:
        """ "a family of five", "a crew of 12"."""
        if self.words[head + 1 : head + 2] != ["of"] or head + 2 >= self.last:
            return None
        size = numbers.quantity(self.words, head + 2, self.last, self.lexicon.numbers, head + 2)
        if size is None:
            return None
        return Group(i, size.last, "number", replace(size, first=i), person, head)

    def _occupation(self, i: int, end: int, word: str) -> Group | None:
        """ "a beekeeper": an unknown noun with the ending of an occupation."""
        grammar = self.lexicon.grammar
        last = self.words[end - 1]
        if word not in grammar.indefinite or not last.endswith(_OCCUPATION) or len(last) < 5:
            return None
        return Group(i, end, "one", head=end - 1, further=word == "another")

    def _bare_noun(self, i: int) -> Group | None:
        end, head, further = self.nouns.noun(i)
        if end is None or head is None:
            return None
        person = self.lexicon.people[self.words[head]]
        named = self.nouns.with_name(end)
        if person.plural or person.collective:
            return Group(i, end, "plural", None, person, head, further=further)
        if named == end == i + 1 and i > self.first and self._is_surname(i):
            return Group(i, end, "name")
        kind: Kind = "name" if named > end else "one"
        return Group(i, named, kind, None, person, head, further=further)

    def _name(self, i: int) -> Group | None:
        """One or more capitalised words: a person only if what follows says so."""
        if not self.nouns.is_name_word(i):
            return None
        end = self.nouns.with_name(i)
        head = self.nouns.plural_head(i, end)
        if head is not None:
            return Group(i, head + 1, "plural", None, self.lexicon.people[self.words[head]], head)
        if end < self.last and self.words[end].endswith("'s") and self.nouns.is_upper(end):
            return None
        if i == self.first and end == i + 1 and not self.doc.caps and not self._acts(end):
            return None  # "Some of the victims", "Early reports": a capital by position
        named = range(i, end) if self.doc.caps else range(end - 1, end)
        if any(self.words[j] in self.lexicon.grammar.not_people for j in named):
            return None  # "South Caldwell High School"
        return Group(i, end, "name", head=None)

    def _is_surname(self, i: int) -> bool:
        """ "revive Baker": a noun with a capital inside a sentence."""
        return not self.doc.caps and self.nouns.is_name_word(i)

    def _acts(self, i: int) -> bool:
        """Whether a verb or a comma follows a name, or "and his driver"."""
        if i >= self.last:
            return False
        word, grammar = self.words[i], self.lexicon.grammar
        if word == "and" and i + 1 < self.last:
            return self.words[i + 1] in _POSSESSIVE
        return (
            word in grammar.be
            or word in grammar.have
            or word in grammar.reporting
            or word in grammar.verb
            or word in grammar.adverb
            or word == ","
            or word in self.lexicon.triggers
        )

    def _marked(self, group: Group, groups: list[Group]) -> Group:
        """Marks a group that "including" makes a part of another, and those joined to it."""
        start = group.first
        gap = self.words[groups[-1].last : start] if groups and groups[-1].subset else []
        goes_on = group.last < self.last and self.words[group.last] in (",", "and")
        if gap in (["and"], [",", "and"]) or (gap == [","] and goes_on):
            apart = self._begins_clause(group) and self._has_verb(groups, start)
            return group if apart else replace(group, subset=True)
        if groups and not group.bare and group.kind == "number" and self._in_brackets(start):
            return replace(group, subset=True)
        including = self.lexicon.grammar.including
        for k in range(max(start - 5, self.first), start):
            for phrase in including.get(self.words[k], ()):
                after = k + len(phrase)
                if tuple(self.words[k:after]) == phrase and self._leads(after, group):
                    return replace(group, subset=True)
        return group

    def _leads(self, i: int, group: Group) -> bool:
        """Whether a group begins at ``i``, or behind a word or two: "opposition leader Ann Poe"."""
        between = self.words[i : group.first]
        named = group.kind == "name" and len(between) <= 2
        return not between or (
            named and all(w.isalpha() and w not in self.lexicon.grammar.stop for w in between)
        )

    def _has_verb(self, groups: list[Group], end: int) -> bool:
        """Whether the whole before "including" has its verb: "killed five, including one, and"."""
        whole = next((g for g in reversed(groups) if not g.subset), groups[0])
        grammar, triggers = self.lexicon.grammar, self.lexicon.triggers
        told = self.words[max(whole.first - 2, self.first) : end]
        return any(word in grammar.be or word in triggers for word in told)

    def _begins_clause(self, group: Group) -> bool:
        if group.last >= self.last:
            return False
        word = self.words[group.last]
        grammar = self.lexicon.grammar
        if word in grammar.be or word in grammar.have or word in grammar.reporting:
            return True
        return word in self.lexicon.triggers

    def _in_brackets(self, i: int) -> bool:
        """ "26 people (19 civilians and seven fighters)": brackets break a number down."""
        before = self.words[self.first : i]
        return before.count("(") > before.count(")")
