"""The people of a team, their roles and passwords."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from onrecord.team import people, sign_ins, tables
from onrecord.team.people import Person, TeamError
from tests.team.conftest import PASSWORD


def test_who_is_added_can_sign_in_and_stands_in_the_list(connection: Connection) -> None:
    people.add(connection, "Amal", "editor", PASSWORD, by="root")
    assert people.team(connection) == [Person("amal", "editor")]
    assert people.verified(connection, "AMAL", PASSWORD) == Person("amal", "editor")


def test_the_password_is_nowhere_in_the_table(connection: Connection) -> None:
    people.add(connection, "amal", "editor", PASSWORD, by="root")
    kept = connection.scalar(select(tables.people.c.password))
    assert kept.startswith("$argon2id$") and PASSWORD not in kept


@pytest.mark.parametrize(("name", "password"), [("amal", PASSWORD + "x"), ("amal", ""), ("nobody", PASSWORD)])
def test_a_wrong_name_or_password_opens_nothing(connection: Connection, name: str, password: str) -> None:
    people.add(connection, "amal", "editor", PASSWORD, by="root")
    assert people.verified(connection, name, password) is None


def test_a_name_that_nobody_has_is_looked_at_as_long(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add(connection, "amal", "editor", PASSWORD, by="root")
    looked_at: list[str] = []
    hasher = people._hasher()
    verify = type(hasher).verify
    monkeypatch.setattr(
        type(hasher), "verify", lambda self, hashed, given: looked_at.append(hashed) or verify(self, hashed, given)
    )
    for name in ("amal", "nobody"):
        people.verified(connection, name, "wrong")
    known, unknown = (hashed.split("$")[:4] for hashed in looked_at)
    assert known == unknown  # the same algorithm at the same cost


def test_letters_count_however_the_keyboard_composes_them(connection: Connection) -> None:
    people.add(connection, "renée", "editor", "crème brûlée deux fois", by="root")
    assert people.verified(connection, "rene\u0301e", "cre\u0300me bru\u0302le\u0301e deux fois")


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "x" * 1001, "amal the coder"])
def test_a_password_that_is_easy_to_guess_is_refused(connection: Connection, password: str) -> None:
    with pytest.raises(TeamError):
        people.add(connection, "Amal the coder", "coder", password, by="root")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "<b>", "a" * 65, "a\u202eb", "=cmd()"])
def test_a_name_that_would_not_stand_well_under_a_decision_is_refused(connection: Connection, name: str) -> None:
    with pytest.raises(TeamError):
        people.add(connection, name, "coder", PASSWORD, by="root")


def test_a_name_is_given_once_in_whatever_case(connection: Connection) -> None:
    people.add(connection, "Amal", "coder", PASSWORD, by="root")
    with pytest.raises(TeamError, match="in the team already"):
        people.add(connection, "aMaL", "editor", PASSWORD, by="root")


def test_the_only_editor_stays_one(connection: Connection) -> None:
    people.add(connection, "amal", "editor", PASSWORD, by="root")
    people.add(connection, "bassam", "coder", PASSWORD, by="root")
    for change in (
        lambda: people.remove(connection, "amal", by="root"),
        lambda: people.set_role(connection, "amal", "reader", by="root"),
    ):
        with pytest.raises(TeamError, match="only editor"):
            change()
    people.set_role(connection, "bassam", "editor", by="root")
    people.remove(connection, "amal", by="root")
    assert people.team(connection) == [Person("bassam", "editor")]


def test_who_is_removed_or_has_a_new_password_is_signed_out(connection: Connection) -> None:
    for name in ("amal", "bassam"):
        people.add(connection, name, "editor", PASSWORD, by="root")
    tokens = [sign_ins.begin(connection, Person(name, "editor"), 0.0) for name in ("amal", "bassam")]
    people.remove(connection, "amal", by="root")
    people.set_password(connection, "bassam", "another lantern in orbit", by="root")
    assert [sign_ins.who(connection, token, 1.0) for token in tokens] == [None, None]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reader", {"look"}),
        ("coder", {"look", "add", "accept", "reject", "correct", "undo"}),
        ("editor", {*people.DEEDS["editor"]}),
    ],
)
def test_a_role_may_do_this_and_nothing_else(role: people.Role, may: set[str]) -> None:
    assert {deed for deed in people.DEEDS["editor"] if Person("x", role).may(deed)} == may
