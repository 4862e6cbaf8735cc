"""Sign-ins: who may begin one, how long it lasts, and how it ends.

A sign-in is a random token that the browser holds; the record keeps its SHA-256, so that whoever reads the database
cannot sign in with it. Moments are seconds since 1970 and come from the caller.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from onrecord.characters import storable
from onrecord.team import people as team
from onrecord.team.people import Person
from onrecord.team.tables import people, sign_in_attempts, sign_ins

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sign-in lasts and how often it may be tried; all in seconds."""

    idle: float = 2 * HOUR
    """Ends when it was not used for so long."""
    whole: float = 12 * HOUR
    """Ends in any case: a working day."""
    window: float = 15 * MINUTE
    by_name: int = 10
    """So many vain attempts at one name in the window, from wherever."""
    by_address: int = 30
    """And so many from one address, at whatever names."""


LIMITS = Limits()


class TooManyAttemptsError(team.TeamError):
    """Signing in was tried in vain too often; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("signing in failed too often", advice=f"wait {-(-seconds // MINUTE)} minutes and try again")
        self.seconds = seconds


def note_attempt(connection: Connection, name: str, address: str, now: float, limits: Limits = LIMITS) -> None:
    """Count an attempt before its password is looked at, so that none can be made side by side uncounted.

    Raises `TooManyAttemptsError` where there were too many at this name or from this address.
    """
    attempts = sign_in_attempts.c
    connection.execute(delete(sign_in_attempts).where(attempts.at < now - limits.window))
    key, network = _key(name), _network(address)
    for column, value, most in ((attempts.name, key, limits.by_name), (attempts.address, network, limits.by_address)):
        wanted = select(func.count(), func.min(attempts.at)).where(column == value)
        count, first = connection.execute(wanted).one()
        if count >= most:
            raise TooManyAttemptsError(max(1, round(first + limits.window - now)))
    connection.execute(insert(sign_in_attempts).values(name=key, address=network, at=now))


def begin(connection: Connection, person: Person, now: float, instead_of: str | None = None) -> str:
    """A new sign-in's token, always a fresh one; the one that the browser had before ends."""
    if instead_of:
        end(connection, instead_of)
    attempts = sign_in_attempts.c
    connection.execute(delete(sign_in_attempts).where(attempts.name == person.name))
    token = secrets.token_urlsafe(32)
    connection.execute(insert(sign_ins).values(token_sha256=_hash(token), person=person.name, began=now, used=now))
    return token


def who(connection: Connection, token: str, now: float, limits: Limits = LIMITS) -> tuple[Person, float] | None:
    """Who is signed in by a token, and when it was last used; `None` for one that is unknown or has expired."""
    held = sign_ins.c
    wanted = (
        select(people.c.name, people.c.role, held.used)
        .join(sign_ins, held.person == people.c.name)
        .where(held.token_sha256 == _hash(token), held.used > now - limits.idle, held.began > now - limits.whole)
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (Person(row.name, row.role), float(row.used))


def note_use(connection: Connection, token: str, now: float, limits: Limits = LIMITS) -> None:
    """Let a sign-in last on from now, and forget those that have expired."""
    held = sign_ins.c
    connection.execute(update(sign_ins).where(held.token_sha256 == _hash(token)).values(used=now))
    connection.execute(delete(sign_ins).where(or_(held.used <= now - limits.idle, held.began <= now - limits.whole)))


def end(connection: Connection, token: str) -> None:
    """Sign out this browser."""
    connection.execute(delete(sign_ins).where(sign_ins.c.token_sha256 == _hash(token)))


def end_all(connection: Connection, name: str) -> None:
    """Sign somebody out everywhere."""
    connection.execute(delete(sign_ins).where(sign_ins.c.person == name))


def _hash(token: str) -> str:
    # No salt and no stretching: 256 random bits cannot be guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _key(name: str) -> str:
    """What was typed as a name, as it is counted."""
    return storable(name.casefold())[:64]


def _network(address: str) -> str:
    """The address, or of IPv6 the /64 that one subscriber has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return _key(address)
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)
