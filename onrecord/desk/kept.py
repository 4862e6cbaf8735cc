"""Views that are dear to make, kept until the record changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
MOST = 200


class Kept:
    """The last views made, each for one state of the record; several threads may ask at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._turn = threading.Lock()
        self._views: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Value]) -> Value:
        """The view under a key, made anew where the record's state is another than when it was made."""
        with self._turn:
            held = self._views.get(key)
            if held is not None and held[0] == state:
                self._views.move_to_end(key)
                return held[1]  # type: ignore[no-any-return]
        made = make()
        with self._turn:
            self._views[key] = (state, made)
            self._views.move_to_end(key)
            while len(self._views) > self._most:
                self._views.popitem(last=False)
        return made
