"""`onrecord serve`: what is refused before anything listens."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_a_desk_without_sign_ins_is_for_this_machine_alone(onrecord_in: Run) -> None:
    refused = onrecord_in("serve", "--host", "0.0.0.0")
    assert refused.returncode == 1
    assert "without sign-ins the desk is for this machine alone; leave out --host, or open it" in refused.stderr


def test_a_team_needs_an_editor_first(onrecord_in: Run) -> None:
    refused = onrecord_in("serve", "--team")
    assert refused.returncode == 1
    assert "there is no editor in the team yet; take one in: onrecord people add" in refused.stderr
