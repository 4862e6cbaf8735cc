"""`onrecord people`: the team from the command line."""

from __future__ import annotations

import json

from tests.cli.conftest import Run
from tests.team.conftest import PASSWORD, _quick_hashes  # noqa: F401


def test_the_first_editor_comes_in_with_a_password_from_the_standard_input(onrecord_in: Run) -> None:
    added = onrecord_in("people", "add", "Amal", "--role", "editor", "--password-stdin", input=f"{PASSWORD}\n")
    assert (added.returncode, added.stdout) == (0, "amal is in the team as editor.\n")
    assert onrecord_in("people", "list").stdout == "amal\teditor\n"
    assert json.loads(onrecord_in("people", "list", "--json").stdout) == {"name": "amal", "role": "editor"}


def test_without_it_the_password_is_asked_for_twice_and_not_shown(onrecord_in: Run) -> None:
    added = onrecord_in("people", "add", "amal", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert added.returncode == 0 and PASSWORD not in added.stdout
    assert "amal is in the team as coder." in added.stdout


def test_a_weak_password_is_refused_with_advice(onrecord_in: Run) -> None:
    refused = onrecord_in("people", "add", "amal", "--password-stdin", input="short\n")
    assert refused.returncode == 1
    assert "needs 12 to 1000; take four or five words" in refused.stderr
    assert onrecord_in("people", "list").stdout == ""


def test_roles_and_passwords_change_and_people_go(onrecord_in: Run) -> None:
    for name in ("amal", "bassam"):
        onrecord_in("people", "add", name, "--role", "editor", "--password-stdin", input=PASSWORD)
    assert onrecord_in("people", "role", "bassam", "reader").stdout == "bassam is reader now.\n"
    assert onrecord_in("people", "password", "bassam", "--password-stdin", input=PASSWORD + "!").returncode == 0
    assert onrecord_in("people", "remove", "bassam").stdout == "bassam is no longer in the team.\n"
    refused = onrecord_in("people", "remove", "amal")
    assert (refused.returncode, "is the only editor" in refused.stderr) == (1, True)


def test_somebody_who_is_not_there_cannot_be_changed(onrecord_in: Run) -> None:
    onrecord_in("people", "add", "amal", "--role", "editor", "--password-stdin", input=PASSWORD)
    assert "nobody: is not in the team" in onrecord_in("people", "role", "nobody", "coder").stderr
