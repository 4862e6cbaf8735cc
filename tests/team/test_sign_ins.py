"""Sign-ins: how they begin, last and end."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from onrecord.team import people, sign_ins, tables
from onrecord.team.people import Person
from onrecord.team.sign_ins import LIMITS, Limits, TooManyAttemptsError
from tests.team.conftest import PASSWORD


@pytest.fixture
def amal(connection: Connection) -> Person:
    return people.add(connection, "amal", "coder", PASSWORD, by="root")


def test_a_sign_in_says_who_it_is_in_the_role_of_now(connection: Connection, amal: Person) -> None:
    token = sign_ins.begin(connection, amal, 0.0)
    people.set_role(connection, "amal", "editor", by="root")
    assert sign_ins.who(connection, token, 10.0) == (Person("amal", "editor"), 0.0)


def test_the_record_does_not_hold_the_token(connection: Connection, amal: Person) -> None:
    token = sign_ins.begin(connection, amal, 0.0)
    assert token not in str(connection.execute(select(tables.sign_ins)).all())


@pytest.mark.parametrize("token", ["", "x", "\udc80", "' OR 1=1 --"])
def test_a_token_that_was_never_given_is_nobody(connection: Connection, amal: Person, token: str) -> None:
    sign_ins.begin(connection, amal, 0.0)
    assert sign_ins.who(connection, token, 0.0) is None


def test_it_ends_when_it_is_not_used(connection: Connection, amal: Person) -> None:
    token = sign_ins.begin(connection, amal, 0.0)
    assert sign_ins.who(connection, token, LIMITS.idle - 1)
    assert sign_ins.who(connection, token, LIMITS.idle) is None


def test_use_lets_it_last_on_but_not_for_ever(connection: Connection, amal: Person) -> None:
    token = sign_ins.begin(connection, amal, 0.0)
    now = 0.0
    while now + LIMITS.idle / 2 < LIMITS.whole:
        now += LIMITS.idle / 2
        assert sign_ins.who(connection, token, now)
        sign_ins.note_use(connection, token, now)
    assert sign_ins.who(connection, token, LIMITS.whole) is None


def test_expired_ones_are_forgotten(connection: Connection, amal: Person) -> None:
    sign_ins.begin(connection, amal, 0.0)
    other = sign_ins.begin(connection, amal, LIMITS.whole)
    sign_ins.note_use(connection, other, LIMITS.whole)
    assert len(connection.execute(select(tables.sign_ins)).all()) == 1


def test_the_token_is_fresh_at_each_sign_in_and_the_former_one_ends(connection: Connection, amal: Person) -> None:
    first = sign_ins.begin(connection, amal, 0.0)
    second = sign_ins.begin(connection, amal, 1.0, instead_of=first)
    assert first != second
    assert sign_ins.who(connection, first, 2.0) is None
    assert sign_ins.who(connection, second, 2.0)


def test_signing_out_ends_this_one_and_everywhere_ends_all(connection: Connection, amal: Person) -> None:
    here, there, elsewhere = (sign_ins.begin(connection, amal, 0.0) for _ in range(3))
    sign_ins.end(connection, here)
    assert [sign_ins.who(connection, token, 1.0) is None for token in (here, there, elsewhere)] == [True, False, False]
    sign_ins.end_all(connection, "amal")
    assert sign_ins.who(connection, there, 1.0) is None


FEW = Limits(by_name=3, by_address=5)


def test_too_many_attempts_at_a_name_have_to_wait_from_wherever(connection: Connection) -> None:
    for at in range(3):
        sign_ins.note_attempt(connection, "amal", f"192.0.2.{at}", float(at), FEW)
    with pytest.raises(TooManyAttemptsError) as refused:
        sign_ins.note_attempt(connection, "AMAL", "192.0.2.9", 60.0, FEW)
    assert refused.value.seconds == FEW.window - 60
    sign_ins.note_attempt(connection, "bassam", "192.0.2.9", 60.0, FEW)
    sign_ins.note_attempt(connection, "amal", "192.0.2.9", FEW.window + 1, FEW)


@pytest.mark.parametrize(
    "addresses",
    [["192.0.2.1"] * 5, [f"2001:db8::{at}" for at in range(1, 6)]],
    ids=["one address", "one subscriber's /64"],
)
def test_too_many_attempts_from_an_address_have_to_wait_at_whatever_name(
    connection: Connection, addresses: list[str]
) -> None:
    for at, address in enumerate(addresses):
        sign_ins.note_attempt(connection, f"name{at}", address, float(at), FEW)
    with pytest.raises(TooManyAttemptsError):
        sign_ins.note_attempt(connection, "another", addresses[0], 60.0, FEW)
    sign_ins.note_attempt(connection, "another", "198.51.100.7", 60.0, FEW)


def test_who_signs_in_has_no_vain_attempts_left(connection: Connection, amal: Person) -> None:
    for at in range(2):
        sign_ins.note_attempt(connection, "amal", "192.0.2.1", float(at), FEW)
    sign_ins.begin(connection, amal, 3.0)
    for at in range(3):
        sign_ins.note_attempt(connection, "amal", "192.0.2.2", 4.0 + at, FEW)
