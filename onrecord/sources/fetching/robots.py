"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from onrecord.errors import FetchError, RefusedError
from onrecord.sources.fetching.policy import PRODUCT
from onrecord.sources.fetching.targets import Target

KEPT = 24 * 3600.0
"""Seconds for which a robots.txt holds (RFC 9309, section 2.4)."""
KEPT_UNREACHABLE = 600.0
"""Seconds for which one that could not be had holds; nothing is asked in that time."""
LARGEST = 512_000
"""Bytes that are read of one (RFC 9309, section 2.5, wants 500 KiB at least)."""
MOST_SITES = 10_000
LONGEST_DELAY = 60.0
"""Seconds; a longer crawl-delay is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says; `parsed` is None where there is none, `missing` says why it could not be had."""

    parsed: Protego | None
    missing: str | None
    until: float

    def allow(self, target: Target) -> bool:
        """Whether this program may ask for the target."""
        return self.missing is None and (self.parsed is None or self.parsed.can_fetch(target.url, PRODUCT))

    @property
    def delay(self) -> float:
        """The seconds that the site wants between two requests; 0.0 where it does not say."""
        said = self.parsed.crawl_delay(PRODUCT) if self.parsed else None
        return min(float(said or 0.0), LONGEST_DELAY)


class Robots:
    """The rules of the sites met so far; `ask` gives the status and body of a robots.txt, or raises `FetchError`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sites: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def rules(self, target: Target, ask: Callable[[Target], tuple[int, bytes]]) -> Rules:
        """The rules for the target's site, asked for where they are not known or too old.

        Raises `RefusedError` where the site itself may not be asked.
        """
        with self._lock:
            known = self._sites.get(target.origin)
        if known is None or known.until <= self._clock():
            known = self._asked(Target(target.scheme, target.host, target.port, "/robots.txt"), ask)
            with self._lock:
                self._sites[target.origin] = known
                while len(self._sites) > MOST_SITES:
                    del self._sites[next(iter(self._sites))]
        return known

    def _asked(self, target: Target, ask: Callable[[Target], tuple[int, bytes]]) -> Rules:
        try:
            status, body = ask(target)
        except RefusedError:
            raise
        except FetchError as fault:
            return Rules(None, fault.what, self._clock() + KEPT_UNREACHABLE)
        if 200 <= status < 300:
            return Rules(Protego.parse(body[:LARGEST].decode("utf-8", "replace")), None, self._clock() + KEPT)
        if status >= 500:
            return Rules(None, f"the server answered {status}", self._clock() + KEPT_UNREACHABLE)
        return Rules(None, None, self._clock() + KEPT)
