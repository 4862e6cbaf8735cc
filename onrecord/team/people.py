"""The people of a team, what each role may do, and their passwords (argon2id, RFC 9106)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.errors import OnRecordError
from onrecord.record.journal import append
from onrecord.team.tables import people, sign_ins

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "coder", "editor"]
Deed = Literal[
    "look", "add", "accept", "reject", "correct", "undo",
    "merge", "split", "move", "withhold", "release", "people",
]  # fmt: skip

ROLES: tuple[Role, ...] = get_args(Role)
DEEDS: dict[Role, frozenset[Deed]] = {
    "reader": frozenset({"look"}),
    "coder": frozenset({"look", "add", "accept", "reject", "correct", "undo"}),
    "editor": frozenset(get_args(Deed)),
}

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
"""Characters; hashing takes longer the longer it is."""
JOURNALED = "people"
"""The kind of entry in the journal that says how the team changed."""
_NAME = re.compile(r"\w[\w.@+ -]{0,62}\w|\w")
_ADVICE = "see: onrecord people list"


class TeamError(OnRecordError):
    """Something about the people of a team that cannot be."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who works on the record; `name` stands under each of their decisions."""

    name: str
    role: Role

    def may(self, deed: Deed) -> bool:
        """Whether the role lets them do it."""
        return deed in DEEDS[self.role]

    @property
    def may_decide(self) -> bool:
        """Whether they may accept, correct and reject facts."""
        return self.may("correct")

    @property
    def may_edit(self) -> bool:
        """Whether they may also merge, split, withhold, release and manage people."""
        return self.may("people")


def add(connection: Connection, name: str, role: Role, password: str, *, by: str) -> Person:
    """Take somebody into the team; raises `TeamError` for a name that is taken or a password that is too weak.

    This and every other change of the team is written in the journal, under the name of who made it (`by`).
    """
    name = checked_name(name)
    if find(connection, name) is not None:
        raise TeamError("is in the team already", where=name, advice="choose another name, or: onrecord people role")
    hashed = _hasher().hash(checked_password(password, name))
    added = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(people).values(name=name, role=role, password=hashed, added=added))
    append(connection, kind=JOURNALED, subject=name, by=by, what={"did": "add", "role": role})
    return Person(name, role)


def team(connection: Connection) -> list[Person]:
    """Everybody, by name."""
    return [Person(row.name, row.role) for row in connection.execute(select(people).order_by(people.c.name))]


def find(connection: Connection, name: str) -> Person | None:
    """Who goes by a name, in whatever letter case."""
    key = _key(name)
    if not _NAME.fullmatch(key):
        return None
    row = connection.execute(select(people).where(people.c.name == key)).one_or_none()
    return None if row is None else Person(row.name, row.role)


def set_role(connection: Connection, name: str, role: Role, *, by: str) -> Person:
    """Give somebody another role; raises `TeamError` where there is no such person, or no editor would be left."""
    person = _known(connection, name)
    if role != "editor":
        _keep_an_editor(connection, person)
    connection.execute(update(people).where(people.c.name == person.name).values(role=role))
    append(connection, kind=JOURNALED, subject=person.name, by=by, what={"did": "role", "role": role})
    return Person(person.name, role)


def set_password(connection: Connection, name: str, password: str, *, by: str) -> None:
    """Give somebody another password and end their sign-ins; raises `TeamError` where that cannot be."""
    person = _known(connection, name)
    hashed = _hasher().hash(checked_password(password, person.name))
    connection.execute(update(people).where(people.c.name == person.name).values(password=hashed))
    connection.execute(delete(sign_ins).where(sign_ins.c.person == person.name))
    append(connection, kind=JOURNALED, subject=person.name, by=by, what={"did": "password"})


def remove(connection: Connection, name: str, *, by: str) -> None:
    """Let somebody go: their sign-ins end, what they decided stays. Raises `TeamError` as `set_role` does."""
    person = _known(connection, name)
    _keep_an_editor(connection, person)
    connection.execute(delete(sign_ins).where(sign_ins.c.person == person.name))
    connection.execute(delete(people).where(people.c.name == person.name))
    append(connection, kind=JOURNALED, subject=person.name, by=by, what={"did": "remove"})


def refuse_empty(connection: Connection) -> None:
    """Raise `TeamError` where there is no editor, so that nobody could sign in and take others in."""
    if not any(person.role == "editor" for person in team(connection)):
        raise TeamError(
            "there is no editor in the team yet", advice="take one in: onrecord people add NAME --role editor"
        )


def verified(connection: Connection, name: str, password: str) -> Person | None:
    """Who has this name and password; it takes as long for a name that nobody has."""
    from argon2.exceptions import VerificationError

    key = _key(name)
    known = select(people).where(people.c.name == key)
    row = connection.execute(known).one_or_none() if _NAME.fullmatch(key) else None
    try:
        _hasher().verify(row.password if row else _nobodys(), _normal(password[:LONGEST_PASSWORD]))
    except VerificationError:
        return None
    return None if row is None else Person(row.name, row.role)


def checked_name(name: str) -> str:
    """The name as it is kept; raises `TeamError` for one that would not stand well under a decision."""
    key = _key(name)
    if not _NAME.fullmatch(key):
        raise TeamError(
            "is no name for a sign-in",
            where=repr(name),
            advice="use up to 64 letters and digits, with spaces and . @ + - between them",
        )
    return key


def checked_password(password: str, name: str) -> str:
    """The password as it is hashed; raises `TeamError` for one that is too short, too long, or the name itself."""
    normal = _normal(password)
    if not SHORTEST_PASSWORD <= len(normal) <= LONGEST_PASSWORD:
        raise TeamError(
            f"the password has {len(normal)} characters; it needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD}",
            advice="take four or five words that do not belong together",
        )
    if len(set(normal)) < 5 or normal.casefold() in {name.casefold(), name.casefold()[::-1]}:
        raise TeamError("the password is too easy to guess", advice="take words that do not belong together")
    return normal


def _known(connection: Connection, name: str) -> Person:
    person = find(connection, name)
    if person is None:
        raise TeamError("is not in the team", where=name, advice=_ADVICE)
    return person


def _keep_an_editor(connection: Connection, person: Person) -> None:
    editors = connection.scalar(select(func.count()).select_from(people).where(people.c.role == "editor"))
    if person.role == "editor" and (editors or 0) <= 1:
        raise TeamError("is the only editor", where=person.name, advice="make somebody else an editor first")


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _normal(password: str) -> str:
    """However a keyboard composes its letters (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has, to be compared with for names that nobody has."""
    import secrets

    return _hasher().hash(secrets.token_urlsafe())
