"""The happenings of an article: who did what to whom, where, when and with what, in PLOVER's types and modes."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Span

from onrecord.articles.article import TextSpan
from onrecord.reading.document import text_span
from onrecord.reading.incident_casualties import casualties_by_draft
from onrecord.reading.incident_mentions import EventMention, mentions_in
from onrecord.reading.incident_merging import Draft, drafts_of
from onrecord.reading.incident_participants import perpetrators_of, targets_of, weapons_of
from onrecord.reading.incident_setting import Setting, level_order
from onrecord.reading.incident_words import hedge
from onrecord.reading.schema import Attribution, DateRange, Incident, IncidentStatus
from onrecord.reading.syntax import sentence_numbers

# What an article is about is told early, told again, and told of the dead rather than of words about them.
_EARLY, _AGAIN, _HARM, _FORCE, _DEEP = 1.0, 0.3, 3.0, 0.3, 0.25


def incidents_of(doc: Doc) -> tuple[Incident, ...]:
    """The happenings that the document tells, in order of the text; accounts of one happening are one incident.

    Uses the names, times, attributions and casualties of `doc._`; links casualties by their ids. At most one is `main`.
    """
    setting = Setting(doc, sentence_numbers(doc))
    drafts = drafts_of(mentions_in(doc), setting)
    tolls = casualties_by_draft(drafts, setting)
    incidents = [
        _incident(draft, f"i{number}", tolls.get(id(draft), ()), setting)
        for number, draft in enumerate(drafts, start=1)
    ]
    return tuple(_with_main(incidents, drafts))


def _incident(draft: Draft, id_: str, tolls: tuple[str, ...], setting: Setting) -> Incident:
    attribution = _attribution(draft, setting)
    places = sorted(
        {place.entity.id: place for place in draft.places}.values(), key=lambda each: level_order(each.entity)
    )
    days = _days(draft)
    return Incident(
        id=id_,
        type=draft.type,
        mode=draft.mode,
        status=_status(draft, attribution),
        date=days,
        times=tuple(dict.fromkeys(day.time.id for day in draft.days)),
        where=tuple(place.entity.id for place in places),
        where_relation=places[0].relation if places else None,
        perpetrators=perpetrators_of(draft, setting),
        targets=targets_of(draft, setting),
        weapons=weapons_of(draft),
        casualties=tolls,
        evidence=tuple(_sentence_span(setting.sentences[number]) for number in draft.sentences),
        attribution=attribution.id if attribution is not None else None,
    )


def _attribution(draft: Draft, setting: Setting) -> Attribution | None:
    span = text_span(_leading(draft).trigger)
    return setting.attribution_over(span.start, span.end)


def _leading(draft: Draft) -> EventMention:
    return next((mention for mention in draft.mentions if not mention.generic), draft.mentions[0])


def _status(draft: Draft, attribution: Attribution | None) -> IncidentStatus:
    status = _leading(draft).status
    if status == "reported" and attribution is not None:
        for cue in attribution.cue:
            weakened = hedge(cue.text.split()[0].lower(), "cue")
            if weakened is not None and weakened.status is not None:
                return weakened.status
    return status


def _days(draft: Draft) -> DateRange | None:
    return draft.days[0].range if draft.days else None


def _sentence_span(sentence: Span) -> TextSpan:
    text = sentence.text.rstrip()
    lead = len(text) - len(text.lstrip())
    start = sentence.start_char + lead
    return TextSpan(start, start + len(text) - lead, text[lead:])


def _with_main(incidents: list[Incident], drafts: list[Draft]) -> list[Incident]:
    if not incidents:
        return incidents
    best = max(range(len(incidents)), key=lambda at: (_weight(incidents[at], drafts[at]), -at))
    return [replace(incident, main=at == best) for at, incident in enumerate(incidents)]


def _weight(incident: Incident, draft: Draft) -> float:
    first = draft.mentions[0]
    weight = -_EARLY * draft.sentences[0] - _DEEP * first.depth + _AGAIN * len(draft.mentions)
    if incident.type == "ASSAULT":
        weight += _FORCE + (_HARM if incident.casualties else 0.0)
    return weight
