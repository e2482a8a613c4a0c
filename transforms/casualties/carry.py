"""Subjects carried over: "the man fired at police and was killed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.casualties.arguments import Clause
    from transforms.casualties.phrases import Group

#: Auxiliaries of a singular and of a plural subject.
SINGULAR = frozenset(("was", "is", "has"))
PLURAL = frozenset(("were", "are", "have"))
_ONE = SINGULAR | {"'s"}
#: "the gunman then fled", "the men, who …, fled": words between a subject and its verb.
_REACH = 3


def subject(clause: Clause, edge: int, index: int) -> list[Group]:
    """The subject of the verb before "and", if the one at ``edge`` agrees with it.

    Args:
        clause: the sentence.
        edge: first token of the second verb, right behind "and".
        index: of the last group before it.
    """
    if clause.word(edge) not in _ONE | PLURAL:
        return []  # "found a handgun and shot": it may have an object of its own
    for i in range(index, -1, -1):
        group = clause.groups[i]
        if group.last == edge - 1 or clause.is_governed(group) or _is_object(clause, group):
            continue
        if not _agrees(clause.word(edge), group) or not _does(clause, group, edge):
            return []
        return clause.coordinated(clause.host(i))
    return []


def _is_object(clause: Clause, group: Group) -> bool:
    before = clause.word(group.first - 1)
    return before in clause.grammar.predicate or before.endswith("ed")


def _agrees(auxiliary: str, group: Group) -> bool:
    return auxiliary not in (_ONE if group.plural else PLURAL)


def _does(clause: Clause, group: Group, edge: int) -> bool:
    """Whether a verb of its own follows a group, before the one at ``edge``."""
    for i in range(group.last, min(group.last + _REACH, edge - 1)):
        word = clause.word(i)
        if word in clause.grammar.reporting:
            return False  # "police say several people were outside and were shot"
        if word in clause.grammar.predicate or word.endswith("ed") or clause.is_be_word(word):
            return True
        if word not in clause.grammar.adverb and word not in clause.grammar.relative:
            return False
    return False
