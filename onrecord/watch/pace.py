"""When to ask again: clock and chance of a watcher, and how long it waits after a failure."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

FIRST_WAIT = MINUTE
LONGEST_WAIT = 6 * HOUR
LONGEST_ASKED = DAY
"""A server may ask for so long a pause; longer ones are taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a watcher takes the time and its chances from; tests hand in their own.

    `now` gives seconds since 1970, `chance` a number from 0 to 1.
    """

    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random

    def after_failures(self, failures: int, asked: float | None = None) -> float:
        """When to try again after so many failures in a row: twice as long each time, half of it by chance.

        So that many who failed together do not come back together ("Exponential Backoff And Jitter", AWS 2015). Never
        before the pause that the server asked for, in seconds, is over.
        """
        wait = min(FIRST_WAIT * 2.0 ** min(failures - 1, 20), LONGEST_WAIT)
        wait *= 0.5 + 0.5 * self.chance()
        return self.now() + max(wait, min(asked or 0.0, LONGEST_ASKED))

    def after_success(self, every: float) -> float:
        """When to look at a feed again that is looked at `every` so many seconds, give or take a twentieth."""
        return self.now() + every * (0.95 + 0.1 * self.chance())

    def asked_pause(self, retry_after: str | None) -> float | None:
        """The pause in seconds that a server asks for (RFC 9110, 10.2.3); None where it asks for none."""
        if retry_after is None:
            return None
        if retry_after.strip().isascii() and retry_after.strip().isdigit():
            return float(retry_after.strip()[:9])
        try:
            until = parsedate_to_datetime(retry_after)
        except (ValueError, TypeError, OverflowError):
            return None
        return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - self.now())


def moment(seconds: float) -> str:
    """A moment for people: "2016-10-14 18:30 UTC"."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
