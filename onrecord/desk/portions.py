"""Long lists in portions that one statement, or one transaction, can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
AT_ONCE = 100


def portions(all_of: Sequence[Thing], size: int = AT_ONCE) -> Iterator[Sequence[Thing]]:
    """The things in their order, so many at once."""
    return (all_of[at : at + size] for at in range(0, len(all_of), size))
