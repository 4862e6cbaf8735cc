"""One connection a host at a time, with a pause, on a clock that the test turns."""

from __future__ import annotations

import threading

from onrecord.sources.fetching import turns as module
from onrecord.sources.fetching.turns import Turns


class Clock:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def turns_on(clock: Clock) -> Turns:
    return Turns(lambda: clock.now, clock.sleep)


def test_a_host_is_left_alone_for_its_delay() -> None:
    clock = Clock()
    turns = turns_on(clock)
    for host in ("a.example", "a.example", "b.example"):
        with turns.turn(host, 2.0):
            clock.now += 0.5
    assert clock.slept == [2.0]


def test_a_turn_that_fails_counts_as_one() -> None:
    clock = Clock()
    turns = turns_on(clock)
    for _ in range(2):
        try:
            with turns.turn("a.example", 1.0):
                raise OSError
        except OSError:
            continue
    assert clock.slept == [1.0]


def test_no_two_threads_ask_one_host_at_once() -> None:
    turns, together, most = Turns(), [0], [0]
    inside = threading.Lock()

    def ask() -> None:
        for _ in range(20):
            with turns.turn("a.example", 0.0):
                with inside:
                    together[0] += 1
                    most[0] = max(most[0], together[0])
                threading.Event().wait(0.0005)
                with inside:
                    together[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_two_hosts_are_asked_at_once() -> None:
    turns, met = Turns(), threading.Barrier(2, timeout=30)

    def ask(host: str) -> None:
        with turns.turn(host, 0.0):
            met.wait()

    threads = [threading.Thread(target=ask, args=(host,)) for host in ("a.example", "b.example")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not met.broken


def test_hosts_met_long_ago_are_forgotten(monkeypatch: object) -> None:
    turns = turns_on(Clock())
    for number in range(module.MOST_HOSTS + 50):
        with turns.turn(f"{number}.example", 1.0):
            pass
    assert len(turns._hosts) <= module.MOST_HOSTS
