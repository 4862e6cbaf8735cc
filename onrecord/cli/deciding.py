"""`onrecord decide`, `decisions`, `why` and `contradictions`: judging what the machine read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.listing import EVENT_TYPES
from onrecord.cli.options import Command, existing_record, filter_of, filter_options, json_option, record_option
from onrecord.cli.terminal import print_json, print_listing, say

if TYPE_CHECKING:
    from onrecord.record.decisions import Act


@click.group(short_help="Accept, correct, reject, merge, split, move, withhold.")
def decide() -> None:
    """Decide over what the machine read. The machine's reading stays; the decision is kept beside it, with who, when
    and why, in a log that only grows, and everything on the record follows it. Nothing is erased: a decision can be
    undone by another.

    A fact is named by its article and its own id, as "onrecord decisions --facts ARTICLE" lists them.

    \b
    onrecord decisions --facts a91c0
    onrecord decide correct a91c0/k3 count 17 --by Ann --why "the hospital's list"
    onrecord decide merge i3f2a i77b0 --by Ann --why "one raid, two spellings"
    """


def _decision(command: Command) -> Command:
    """The options that every decision takes."""
    options = (
        click.option("--by", required=True, help="Who decides."),
        click.option("--why", required=True, help="The reason."),
        click.option("--against", metavar="STATE", help="Only if it is still in the state that --json shows."),
        record_option,
        json_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@decide.command()
@click.argument("fact")
@_decision
def accept(fact: str, **given: Any) -> None:
    """The FACT is as it stands on the record."""
    from onrecord.record.decisions import Accept

    _decide(Accept(fact), **given)


@decide.command()
@click.argument("fact")
@_decision
def reject(fact: str, **given: Any) -> None:
    """The article does not say so: leave the FACT out."""
    from onrecord.record.decisions import Reject

    _decide(Reject(fact), **given)


@decide.command()
@click.argument("fact")
@click.argument("field")
@click.argument("value")
@_decision
def correct(fact: str, field: str, value: str, **given: Any) -> None:
    """The article says VALUE for a FIELD of the FACT.

    Fields of a toll: count, low, high, qualifier, effect, status, group, of, since, until, where, incident,
    attribution; of an incident: type, mode, status, date, where, perpetrators, targets, attribution; of a step of a
    truce: kind, step, parties, where, start, end; of a label: of, by, tone; of a statement: speaker, quote, act.

    Several places or parties are parted by ";", a period of days is 2016-10-14/2016-10-16, - is "not known".

    \b
    onrecord decide correct a91c0/k3 count 17 --by Ann --why "the hospital's list"
    onrecord decide correct a91c0/i1 where "Aleppo; Syria" --by Ann --why "the caption names it"
    """
    from onrecord.record.decisions import Correct

    _decide(Correct(fact, field, None if value == "-" else value), **given)


@decide.command()
@click.argument("incidents", nargs=-1, required=True)
@_decision
def merge(incidents: tuple[str, ...], **given: Any) -> None:
    """These INCIDENTS (or truces) are one."""
    from onrecord.record.decisions import Merge

    _decide(Merge(incidents), **given)


@decide.command()
@click.argument("incident")
@click.argument("accounts", nargs=-1, required=True)
@_decision
def split(incident: str, accounts: tuple[str, ...], **given: Any) -> None:
    """These ACCOUNTS of an INCIDENT (named by their ids or their articles') tell of another one."""
    from onrecord.record.decisions import Split

    _decide(Split(incident, accounts), **given)


@decide.command()
@click.argument("accounts", nargs=-1, required=True)
@click.option("--into", required=True, metavar="INCIDENT", help="Where they belong.")
@_decision
def move(accounts: tuple[str, ...], into: str, **given: Any) -> None:
    """These ACCOUNTS tell of another incident."""
    from onrecord.record.decisions import Move

    _decide(Move(accounts, into), **given)


@decide.command()
@click.option("--incident", metavar="ID", help="An incident.")
@click.option("--person", metavar="NAME", help="A person by name, or by key: wikidata:Q42.")
@_decision
def withhold(incident: str | None, person: str | None, **given: Any) -> None:
    """Keep an incident or a person out of everything that is given out: listings, reports, exports, pages.

    Names are blackened in the texts too. What is withheld is listed by "onrecord decisions --withheld".
    """
    from onrecord.record.decisions import Withhold

    _decide(Withhold(incident=incident, person=person), **given)


@decide.command()
@click.argument("decision")
@_decision
def undo(decision: str, **given: Any) -> None:
    """This DECISION no longer holds."""
    from onrecord.record.decisions import Undo

    _decide(Undo(decision), **given)


@click.command(short_help="What people decided; --facts: what they can decide on.")
@click.argument("on", required=False)
@click.option("--facts", "facts", metavar="ARTICLE", help="The facts of an article, as read and as decided.")
@click.option("--withheld", is_flag=True, help="What is withheld now, by name.")
@record_option
@json_option
def decisions(on: str | None, facts: str | None, withheld: bool, record_at: str | None, as_json: bool) -> None:
    """List the decisions on record, ON a fact, article, incident or truce where one is named.

    \b
    onrecord decisions
    onrecord decisions i3f2a --json
    onrecord decisions --facts a91c0
    """
    from onrecord.views.deciding import decision_listing, fact_listing

    with existing_record(record_at) as record:
        if facts is not None:
            found = record.facts(record.article(facts).id)
            print_json(found) if as_json else print_listing(fact_listing(found))
        else:
            made = record.withheld() if withheld else record.decisions(on)
            print_json(made) if as_json else print_listing(decision_listing(made))


@click.command(short_help="Why accounts are one incident, in words and numbers.")
@click.argument("incident")
@record_option
@json_option
def why(incident: str, record_at: str | None, as_json: bool) -> None:
    """Show what joined each account of an INCIDENT with the others, what keeps the nearest other incidents apart, and
    what people decided on it.

    \b
    onrecord why i3f2a
    """
    from onrecord.views.deciding import explanation_lines

    with existing_record(record_at) as record:
        explained = record.why(incident)
        if as_json:
            print_json([explained])
            return
        for line in explanation_lines(explained, record.incident(incident)):
            say(line)


@click.command(short_help="Where accounts of one incident contradict each other.")
@filter_options(EVENT_TYPES)
@record_option
@json_option
def contradictions(record_at: str | None, as_json: bool, **given: Any) -> None:
    """List where accounts of one incident cannot both be right: on the toll, who did it, where, when, and whether it
    happened; each side with its sentence and whose word it is.

    \b
    onrecord contradictions --place Aleppo
    onrecord contradictions --json
    """
    from onrecord.views.deciding import contradiction_listing

    with existing_record(record_at) as record:
        found = record.contradictions(filter_of(**given))
        print_json(found) if as_json else print_listing(contradiction_listing(found))


def _decide(act: Act, *, by: str, why: str, against: str | None, record_at: str | None, as_json: bool) -> None:
    from onrecord.views.decided import decision_words

    with existing_record(record_at) as record:
        made = record.decide(act, by=by, why=why, against=against)
    if as_json:
        print_json([made])
    else:
        say(f"{made.id}  {decision_words(made)}; to take it back: onrecord decide undo {made.id}")
