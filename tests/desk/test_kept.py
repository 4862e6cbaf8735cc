"""Views that are kept until the record changes."""

from __future__ import annotations

import threading
from functools import partial

from onrecord.desk.kept import Kept


def _made(made: list[int], state: int) -> int:
    made.append(state)
    return len(made)


def test_a_view_is_made_once_for_each_state_of_the_record() -> None:
    kept = Kept()
    made: list[int] = []
    for state in (1, 1, 2, 2, 1):
        assert kept.get("page", state, partial(_made, made, state)) == len(made)
    assert made == [1, 2, 1]


def test_only_so_many_are_kept_those_last_asked_for() -> None:
    kept = Kept(most=2)
    made: list[str] = []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, 0, partial(made.append, key))
    assert made == ["a", "b", "c", "b"]


def test_threads_that_ask_at_once_share_one_making() -> None:
    kept, made = Kept(), []
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait()
        kept.get("page", 0, lambda: made.append(1))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
