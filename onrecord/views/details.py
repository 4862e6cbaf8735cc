"""One thing on record in full, as lines of text: an incident, a toll's figures, a truce, a story, an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.reading.schema import Reading
from onrecord.record.contradictions import Happening
from onrecord.record.shapes import (
    Account,
    ArticleOnRecord,
    Evidence,
    Figure,
    IncidentOnRecord,
    Party,
    Story,
    TollRange,
    TruceOnRecord,
)
from onrecord.views.decided import decided
from onrecord.views.listing import dates, listed, places, short_date
from onrecord.views.plain import one_line
from onrecord.views.reading import facts_of
from onrecord.views.words import cite, counted, days, duration, event_name, figure_of, range_of, voice_of, who_of


def incident_lines(incident: IncidentOnRecord) -> Iterator[str]:
    """The incident, its tolls by origin, and its accounts one after the other."""
    yield f"{incident.id}  {headline(incident)}"
    yield f"{counted(len(incident.accounts), 'account')}, {counted(incident.origins, 'independent origin')}"
    yield from _field("by", listed(incident.perpetrators))
    yield from _field("against", listed(incident.targets))
    for made in incident.decisions:
        yield decided(made)
    for toll in incident.tolls:
        yield ""
        yield from toll_lines(toll)
    for account in incident.accounts:
        yield ""
        yield from _account_lines(account)


def headline(incident: IncidentOnRecord | Happening) -> str:
    """The incident in a line: "Air strike, Aleppo, 14 October 2016"."""
    what = event_name(incident.type, incident.mode)
    where = incident.places[0].name if incident.places else "place not told"
    status = "" if incident.status == "reported" else f" ({incident.status})"
    return f"{what}{status}, {where}, {days(incident.since, incident.until)}"


def toll_lines(toll: TollRange) -> Iterator[str]:
    """The range, then each figure with its origins and their sentences."""
    yield f"{who_of(toll)}: {range_of(toll) or 'no figure'}, {counted(toll.origins, 'origin')}"
    for figure in toll.figures:
        yield from _figure_lines(figure)


def _figure_lines(figure: Figure) -> Iterator[str]:
    for origin in figure.origins:
        outlets = f", in {listed(origin.outlets)}" if origin.outlets else ""
        yield f"  {figure_of(figure)}  by {voice_of(origin.voice)}{outlets}"
        for evidence in origin.evidence[:1]:
            yield f"      {_quoted(evidence)}"
        for made in _decisions(origin.evidence):
            yield f"      {made}"


def _account_lines(account: Account) -> Iterator[str]:
    yield f"{_article_line(account.article)}  ({account.id})"
    yield f"  {event_name(account.type, account.mode)}, {account.status}, {dates(account.since, account.until)}"
    yield from _field("  where", places(account.places))
    yield from _field("  by", listed(party_words(party) for party in account.perpetrators))
    yield from _field("  against", listed(dict.fromkeys(target.words for target in account.targets)))
    yield from _field("  with", listed(account.weapons))
    for made in account.decisions:
        yield f"      {decided(made)}"
    for evidence in account.evidence:
        yield f"      {_quoted(evidence)}"


def party_words(party: Party) -> str:
    """Who is named and how sure that is: "Russia (accused)"."""
    return party.name if party.blame == "stated" else f"{party.name} ({party.blame})"


def truce_lines(truce: TruceOnRecord) -> Iterator[str]:
    """The truce and its steps, each with whose word it is and the sentence."""
    yield f"{truce.id}  {truce.kind}, {places(truce.places) or 'place not told'}, {days(truce.since, truce.until)}"
    yield from _field("parties", listed(truce.parties))
    for step in truce.steps:
        yield ""
        length = f", for {duration(step.duration)}" if step.duration else ""
        yield f"{step.on or 'undated'}  {step.step}{length}, by the word of {voice_of(step.voice)}"
        yield from _field("  terms", "; ".join(one_line(term) for term in step.terms))
        for evidence in step.evidence:
            yield f"      {_quoted(evidence)}"
        for made in step.decisions:
            yield f"      {decided(made)}"


def story_lines(story: Story) -> Iterator[str]:
    """The story and its articles."""
    yield f"{story.id}  {story.title or 'untitled'}, {days(short_date(story.since), short_date(story.until))}"
    yield from _field("where", listed(story.places))
    for article in story.articles:
        yield _article_line(article) + (f"  (copy of {article.copy_of})" if article.copy_of else "")


def article_lines(article: ArticleOnRecord, reading: Reading) -> Iterator[str]:
    """The article: where it came from, what was read in it, and its text."""
    yield _article_line(article)
    yield from _field("by", article.byline or "")
    yield from _field("at", article.url or "")
    yield from _field("story", article.story)
    yield from _field("copy of", article.copy_of or "")
    yield from _field("credits", listed(article.agencies))
    for met in article.provenance:
        yield f"from: {met.origin}, added {met.added}, SHA-256 {met.sha256}"
    yield from facts_of(reading)
    yield ""
    yield "Text"
    yield from reading.text.splitlines()


def _decisions(evidence: Iterable[Evidence]) -> Iterable[str]:
    """What people decided on what sentences say, each once."""
    return dict.fromkeys(decided(made) for sentence in evidence for made in sentence.decisions)


def _article_line(article: ArticleOnRecord) -> str:
    when = short_date(article.published) or "undated"
    return f"{article.id}  {when}  {article.outlet or 'unknown outlet'}: {article.title or 'untitled'}"


def _field(name: str, value: str) -> Iterable[str]:
    return (f"{name}: {value}",) if value else ()


def _quoted(evidence: Evidence) -> str:
    return f"“{one_line(evidence.sentence)}” ({cite(evidence)}; {evidence.article})"
