"""Views that are dear to make, kept until the record changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
MOST = 200
_MADE_AT_ONCE = 16
"""Views that may be made at once; of those that share a lock, one waits for the other."""


class Kept:
    """The last views made, each for one state of the record; several threads may ask at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._turn = threading.Lock()
        self._making = tuple(threading.Lock() for _ in range(_MADE_AT_ONCE))
        self._views: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Value]) -> Value:
        """The view under a key, made anew where the record's state is another than when it was made."""
        found, view = self._held(key, state)
        if found:
            return view  # type: ignore[no-any-return]
        with self._making[hash(key) % len(self._making)]:
            found, view = self._held(key, state)  # another thread may have made it meanwhile
            if found:
                return view  # type: ignore[no-any-return]
            made = make()
            self._keep(key, state, made)
            return made

    def _held(self, key: Hashable, state: Hashable) -> tuple[bool, Any]:
        with self._turn:
            held = self._views.get(key)
            if held is None or held[0] != state:
                return False, None
            self._views.move_to_end(key)
            return True, held[1]

    def _keep(self, key: Hashable, state: Hashable, view: Any) -> None:
        with self._turn:
            self._views[key] = (state, view)
            self._views.move_to_end(key)
            while len(self._views) > self._most:
                self._views.popitem(last=False)
