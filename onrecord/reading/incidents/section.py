"""The happenings of an article: who did what to whom, where, when and with what, in PLOVER's types and modes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Span

from onrecord.articles.article import TextSpan
from onrecord.reading.document import article_of, text_span
from onrecord.reading.incidents.agreement import are_far_apart, overlap
from onrecord.reading.incidents.blame import with_blame
from onrecord.reading.incidents.casualties import joined_by_tolls, shared_out
from onrecord.reading.incidents.drafts import Draft, is_followed
from onrecord.reading.incidents.evidence import NARROW, Told, is_familiar
from onrecord.reading.incidents.fillers import WEIGHED, Cast, Weights
from onrecord.reading.incidents.mentions import EventMention, mentions_in
from onrecord.reading.incidents.merging import drafts_of
from onrecord.reading.incidents.news_setting import NewsSetting, day_of_news, where_of_news
from onrecord.reading.incidents.participants import (
    LEAST_ELSEWHERE,
    given_by_parse,
    least_of,
    parsed_weapons,
    perpetrators_of,
    roles_of_tokens,
    targets_of,
    weapons_of,
)
from onrecord.reading.incidents.setting import Day, Setting, level_order
from onrecord.reading.incidents.weighing import weighed
from onrecord.reading.incidents.words import hedge
from onrecord.reading.schema import Attribution, DateRange, Incident, IncidentStatus, WhereRelation
from onrecord.reading.syntax import sentence_numbers

# What an article is about is told early, told again, and told of the dead rather than of words about them.
_EARLY, _AGAIN, _HARM, _FORCE, _DEEP = 1.0, 0.3, 3.0, 0.3, 0.25
_MAIN_TOLL = 8.0  # for what tells the main toll, unless the article first tells of other attacks
_RECALLED, _LONG_AGO = 12.0, 8  # weeks
_OPENING = 2  # sentences
# Below these likelihoods a telling is taken for a remark, by itself and where no other one of its article is likelier;
# set where the score on held-back training articles is best. A text of a few sentences is taken at its word.
_LEAST, _LEAST_OF_ARTICLE, _SHORT = 0.18, 0.3, 4


def incidents_of(doc: Doc) -> tuple[Incident, ...]:
    """The happenings that the document tells, in order of the text; accounts of one happening are one incident.

    Uses the names, times, attributions and casualties of `doc._`; links casualties by their ids. At most one is `main`.
    """
    setting = Setting(doc, sentence_numbers(doc))
    found = happenings_in(setting)
    told = weighed(found, setting) if is_familiar(setting) else found
    told = [filled(each, setting) for each in kept(told, setting)]
    return tuple(_numbered(_with_main(told, setting)))


def happenings_in(setting: Setting, weights: Weights | None = None) -> list[Told]:
    """All that may be a happening, remarks on such deeds in general too, with nobody in it yet.

    `weights` take the place of the shipped ones that say how likely somebody had part in it, for any article; those
    speak only for articles on the conflicts that they were learned from.
    """
    drafts = joined_by_tolls(drafts_of(mentions_in(setting.doc, setting), setting), setting)
    with_blame(drafts, setting)
    tolls = shared_out(drafts, setting)
    given = [given_by_parse(draft, setting) for draft in drafts]
    is_weighing = weights is not None or is_familiar(setting)
    cast = Cast(setting, drafts, roles_of_tokens(given, drafts), weights, is_weighing=is_weighing)
    return [
        Told(
            draft,
            _incident(draft, f"i{number + 1}", tolls.by_draft.get(id(draft), ()), setting),
            len(drafts),
            given[number],
            tuple(cast.candidates(number)) if draft.type in WEIGHED else (),
            tuple(cast.arms(number)) if draft.type in WEIGHED else (),
            order=number,
            is_news=draft is tolls.news,
        )
        for number, draft in enumerate(drafts)
    ]


def kept(told: Sequence[Told], setting: Setting) -> list[Told]:
    """Those that are one happening; of types other than those that the weights were learned from, all are kept."""
    likeliest = max((each.chance for each in told if each.incident.type in WEIGHED), default=0.0)
    least = _LEAST if likeliest >= _LEAST_OF_ARTICLE else math.inf
    return [each for each in told if _is_one(each, least, setting)]


def _is_one(told: Told, least: float, setting: Setting) -> bool:
    if told.incident.type not in WEIGHED or len(setting.sentences) <= _SHORT:
        return True
    counted = _is_counted(told, setting)
    if is_familiar(setting):
        return told.chance >= least or (told.is_news and counted and _has_day_or_spot(told, setting))
    return told.is_news or counted or _is_pinned_down(told)


def _has_day_or_spot(told: Told, setting: Setting) -> bool:
    places = (setting.entities[place] for place in told.incident.where if place in setting.entities)
    return _has_day(told) or any(level_order(place) <= NARROW for place in places)


def _is_pinned_down(told: Told) -> bool:
    """Whether its day, its place and who had part in it say enough to make it one happening."""
    people = bool(told.given.doing or told.given.undergoing)
    return sum((_has_day(told), people, bool(told.incident.where))) > 1


def _has_day(told: Told) -> bool:
    date = told.incident.date
    return date is not None and date.start == date.end


def _is_counted(told: Told, setting: Setting) -> bool:
    casualties = setting.doc._.casualties
    return any(each.count is not None for each in casualties if each.id in told.incident.casualties)


def filled(told: Told, setting: Setting) -> Told:
    """The happening with those who had part in it."""
    type_ = told.incident.type
    weighed = type_ == "ASSAULT"
    least = LEAST_ELSEWHERE
    if len(setting.sentences) > _SHORT and is_familiar(setting):
        least = least_of(math.sqrt(max(told.chance, _LEAST)))
    candidates = told.candidates if weighed else ()
    incident = replace(
        told.incident,
        perpetrators=perpetrators_of(told.given, candidates, least, setting),
        targets=targets_of(told.given, candidates, least, type_),
        weapons=weapons_of(told.arms, least) if weighed else parsed_weapons(told.draft),
    )
    return replace(told, incident=incident)


def _numbered(incidents: Iterable[Incident]) -> list[Incident]:
    return [replace(incident, id=f"i{number}") for number, incident in enumerate(incidents, start=1)]


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
        perpetrators=(),
        targets=(),
        weapons=(),
        casualties=tolls,
        evidence=tuple(_sentence_span(setting.sentences[number], setting.text) for number in draft.sentences),
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
    """The first day told of it; else one told beside it; else a longer time. Beginnings ("since May") are none."""
    told = [day.range for day in draft.days if not day.is_since]
    single = [each for each in told if each.start == each.end]
    beside = [day.range for day in draft.near_days if not day.is_since and not _is_of_another(day, draft)]
    return next(iter(single or beside or told), None)


def _is_of_another(day: Day, draft: Draft) -> bool:
    """Whether its sentence gives the deed another time: "students who were abducted in 2020 were freed on Monday"."""
    numbers, first = draft.setting.numbers, draft.mentions[0].sentence
    own = [each.range for each in draft.days if numbers[each.token.i] == first and not each.is_since]
    return numbers[day.token.i] == first and bool(own) and not any(overlap(day.range, each) for each in own)


def _sentence_span(sentence: Span, whole: str) -> TextSpan:
    """The sentence without blanks at its ends, from the `whole` text: spaCy puts a span's together anew."""
    text = whole[sentence.start_char : sentence.end_char].rstrip()
    lead = len(text) - len(text.lstrip())
    start = sentence.start_char + lead
    return TextSpan(start, start + len(text) - lead, text[lead:])


def _with_main(told: list[Told], setting: Setting) -> list[Incident]:
    if not told:
        return []
    attacks = [each for each in told if each.incident.type == "ASSAULT"]
    fresh = [each for each in attacks if not _is_long_ago(each.draft)]
    recalls = any(each.incident.casualties for each in fresh)
    first = _first_of(fresh or attacks)
    weights = [_weight(each, first) - _RECALLED * (recalls and _is_long_ago(each.draft)) for each in told]
    best = weights.index(max(weights))
    others = [each for at, each in enumerate(told) if at != best]
    return [_as_news(each, others, setting) if at == best else each.incident for at, each in enumerate(told)]


def _first_of(attacks: list[Told]) -> int:
    """The number of the sentence that first tells an attack as having happened."""
    return min((each.draft.sentences[0] for each in attacks if each.incident.status != "claimed"), default=0)


def _as_news(told: Told, others: list[Told], setting: Setting) -> Incident:
    """What the article is about: the places and the day that the weights for news give, in whatever words told.

    Where others with tolls of their own happened far away is no place of it.
    """
    incident = told.incident
    view = NewsSetting(told.draft, [each.draft for each in others], incident.casualties, setting)
    where = where_of_news(incident.where, view, trusting=len(setting.sentences) <= _SHORT)
    far = [each.incident for each in others if each.incident.casualties and are_far_apart(each.draft, told.draft)]
    elsewhere = {id_ for other in far for id_ in other.where}
    where = tuple(id_ for id_ in where if id_ in incident.where or id_ not in elsewhere) or where
    return replace(
        incident,
        main=True,
        date=_own_day(told.draft, incident.date) or day_of_news(view, incident.date),
        where=where,
        where_relation=_relation(told.draft, where),
    )


def _own_day(draft: Draft, given: DateRange | None) -> DateRange | None:
    """Its date where it is told to have happened long before the article: "in 2019, a bombing killed 19"."""
    return given if _is_long_ago(draft) else None


def _is_long_ago(draft: Draft) -> bool:
    """Whether the sentence that tells it first says that it happened more than some weeks before publication."""
    numbers = draft.setting.numbers
    first = draft.mentions[0].sentence
    days = [day for day in draft.days if numbers[day.token.i] == first and not day.is_since]
    return bool(days) and all(_weeks_before_publication(day.range, draft.setting) > _LONG_AGO for day in days)


def _weeks_before_publication(days: DateRange, setting: Setting) -> float:
    published = article_of(setting.doc).published
    try:
        return (date.fromisoformat((published or "")[:10]) - date.fromisoformat(days.end)).days / 7
    except ValueError:
        return 0.0


def _relation(draft: Draft, where: tuple[str, ...]) -> WhereRelation | None:
    """How the narrowest place stands to what happened there, as far as the words that tell it say so."""
    if not where:
        return None
    return next((place.relation for place in draft.places if place.entity.id == where[0]), "in")


def _weight(told: Told, first_assault: int) -> float:
    first = told.draft.mentions[0]
    weight = -_EARLY * told.draft.sentences[0] - _DEEP * first.depth + _AGAIN * len(told.draft.mentions)
    if told.incident.type == "ASSAULT":
        weight += _FORCE + (_HARM if told.incident.casualties and not is_followed(first.trigger) else 0.0)
        at_once = told.draft.sentences[0] - first_assault <= _OPENING
        weight += _MAIN_TOLL if told.is_news and at_once else 0.0
    return weight
