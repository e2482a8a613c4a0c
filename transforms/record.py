"""The form of the small records that are made by the hundred for each article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A dataclass with slots that nothing may change once it is made.

    mypy holds the code to that. At run time the class is not frozen: a frozen one sets each field
    by a call, which made the records cost a tenth of all the reading of a text.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
