"""What a fetch may do: how much, how long, from where, and as whom."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord import __version__

PRODUCT = "onrecord"
"""The token by which a robots.txt names this program (RFC 9309, section 2.2.1)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The bounds of a fetch.

    `allowed` names hosts (in small letters; "localhost", "wiki.intranet") that may be asked although their addresses
    are not public, and are asked without a delay. `largest` bounds the bytes that are received, `largest_unpacked` what
    they unpack to, `seconds` the time of all exchanges together, waiting for a turn apart. `delay` is in seconds,
    between the end of one exchange with a host and the beginning of the next. `contact` is an address for the
    operators of sites.
    """

    allowed: frozenset[str] = frozenset()
    largest: int = 20_000_000
    largest_unpacked: int = 40_000_000
    seconds: float = 60.0
    redirects: int = 8
    delay: float = 2.0
    robots: bool = True
    contact: str | None = None

    @property
    def agent(self) -> str:
        """The `User-Agent`: who asks, in which version, and where to complain."""
        return f"{PRODUCT}/{__version__}" + (f" (+{self.contact})" if self.contact else "")


def policy_in_force() -> Policy:
    """The policy with what the user's settings say of it: `[fetching] allowed` and `contact`."""
    from onrecord.config import settings

    said = settings()
    return Policy(allowed=frozenset(said.allowed_hosts), contact=said.contact)
