"""`onrecord people`: who may sign in to the desk of a team, and as what."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import existing_record, json_option, open_record, record_option
from onrecord.cli.terminal import print_json, say

if TYPE_CHECKING:
    from onrecord.team import Role

ROLES = click.Choice(("reader", "coder", "editor"))
role_option = click.option("--role", type=ROLES, default="coder", show_default=True, help="What they may do.")
stdin_option = click.option("--password-stdin", is_flag=True, help="Take the password from the standard input.")


@click.group(short_help="Who may sign in to the desk of a team, and as what.")
def people() -> None:
    """Say who may sign in to the desk of a team (onrecord serve --team), and as what.

    A reader looks; a coder also accepts, rejects and corrects facts and adds articles; an editor also merges, splits,
    withholds, releases and manages people. Every decision carries the name of who made it.

    \b
    onrecord people add amal --role editor
    onrecord people list
    onrecord people remove amal
    """


@people.command(short_help="Take somebody into the team.")
@click.argument("name")
@role_option
@stdin_option
@record_option
def add(name: str, role: Role, password_stdin: bool, record_at: str | None) -> None:
    """Take NAME into the team; asks for a password of 12 characters or more.

    \b
    onrecord people add amal --role editor
    """
    from onrecord.team import people as team
    from onrecord.team.oneself import user_name

    team.checked_name(name)
    password = _password(password_stdin)
    with open_record(record_at) as record, record.connection(writes=True) as connection:
        person = team.add(connection, name, role, password, by=user_name())
    say(f"{person.name} is in the team as {person.role}.")


@people.command(name="list", short_help="Everybody in the team.")
@record_option
@json_option
def list_people(record_at: str | None, as_json: bool) -> None:
    """List who is in the team, with their roles."""
    from onrecord.team import people as team

    with existing_record(record_at) as record, record.connection() as connection:
        everybody = team.team(connection)
    if as_json:
        print_json(everybody)
        return
    for person in everybody:
        say(f"{person.name}\t{person.role}")


@people.command(short_help="Give somebody another role.")
@click.argument("name")
@click.argument("new_role", metavar="ROLE", type=ROLES)
@record_option
def role(name: str, new_role: Role, record_at: str | None) -> None:
    """Give NAME another ROLE: reader, coder or editor. It holds from their next click on."""
    from onrecord.team import people as team
    from onrecord.team.oneself import user_name

    with existing_record(record_at) as record, record.connection(writes=True) as connection:
        person = team.set_role(connection, name, new_role, by=user_name())
    say(f"{person.name} is {person.role} now.")


@people.command(short_help="Give somebody another password.")
@click.argument("name")
@stdin_option
@record_option
def password(name: str, password_stdin: bool, record_at: str | None) -> None:
    """Give NAME another password, and sign them out everywhere."""
    from onrecord.team import people as team
    from onrecord.team.oneself import user_name

    given = _password(password_stdin)
    with existing_record(record_at) as record, record.connection(writes=True) as connection:
        team.set_password(connection, name, given, by=user_name())
    say(f"{name} has another password and is signed out everywhere.")


@people.command(short_help="Let somebody go.")
@click.argument("name")
@record_option
def remove(name: str, record_at: str | None) -> None:
    """Take NAME out of the team and sign them out everywhere; what they decided stays, under their name."""
    from onrecord.team import people as team
    from onrecord.team.oneself import user_name

    with existing_record(record_at) as record, record.connection(writes=True) as connection:
        team.remove(connection, name, by=user_name())
    say(f"{name} is no longer in the team.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given
