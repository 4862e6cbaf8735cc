"""What the API lists, and how each of it is found on the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from onrecord.archive.media import Medium, media_told
from onrecord.desk.api.parameters import ABOUT, FILTERS, ON, WORDS, Parameter
from onrecord.reading.schema import Reading
from onrecord.record import Filter, Record, cards_given, roll, selecting
from onrecord.record.contradictions import Contradiction
from onrecord.record.explaining import Explanation
from onrecord.record.releases import Release, Releases
from onrecord.record.shapes import (
    ArticleOnRecord,
    Claim,
    DecisionOnRecord,
    Failure,
    IncidentOnRecord,
    LabelCell,
    SearchHit,
    Story,
    Summary,
    Toll,
    TruceOnRecord,
)
from onrecord.record.shelf import Shelf

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What the desk holds: the record, and beside it its releases (None where a record in memory has none)."""

    record: Record
    releases: Releases | None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A thing that is JSON already."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the things that were asked for; `total` is how many there are, `None` where nobody counted."""

    items: tuple[Any, ...]
    total: int | None
    more: bool
    """Whether there are things after these."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing: its shape, what it means, what narrows it, and a page of it."""

    name: str
    shape: type
    means: str
    parameters: Sequence[Parameter]
    page: Callable[[Held, Values, int, int], Page]


@dataclass(frozen=True, slots=True)
class One:
    """A single thing: under which path, its shape, what it means, and how it is found."""

    path: str
    shape: type
    means: str
    find: Callable[[Record, str], Any]
    pattern: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Something of which there is one; what narrows it, and how it is made."""

    name: str
    shape: type
    means: str
    make: Callable[[Record, Values], Any]
    parameters: Sequence[Parameter] = field(default_factory=tuple)


def filters(type_means: str | None = None) -> tuple[Parameter, ...]:
    """The filters of a listing; `type_means` says what `type` takes there, None that it takes none."""
    found = [parameter for name, parameter in FILTERS.items() if name != "type"]
    if type_means is not None:
        found.append(replace(FILTERS["type"], means=type_means))
    return tuple(found)


def filter_of(values: Values) -> Filter:
    """The filter that the values of an address describe."""
    return Filter(**{name: value for name, value in values.items() if name in FILTERS})


def _kept(kind: str) -> Callable[[Shelf, Sequence[str]], Iterable[Any]]:
    """Finds things as they were last put together, as JSON."""

    def find(shelf: Shelf, ids: Sequence[str]) -> Iterable[Any]:
        return map(Encoded, cards_given.as_json(shelf, kind, ids))

    return find


def _by_id(
    kind: str, find: Callable[[Shelf, Sequence[str]], Iterable[Any]]
) -> Callable[[Held, Values, int, int], Page]:
    """Pages of things that are chosen by their ids, so that those before the page cost nothing."""

    def page(held: Held, values: Values, offset: int, limit: int) -> Page:
        with held.record.connection() as connection:
            shelf, of = Shelf(connection), filter_of(values)
            if shelf.forbids(of):
                return Page((), 0, False)
            but = shelf.withheld_groups if kind == "incident" else frozenset()
            number = selecting.count(connection, kind, of, but=but)
            chosen = selecting.ids(connection, kind, replace(of, limit=limit, offset=offset), but=but)
            items = tuple(find(shelf, list(chosen)))
        return Page(items, number, offset + limit < number)

    return page


def _in_order(ask: Callable[[Held, Values, int], Iterable[Any]]) -> Callable[[Held, Values, int, int], Page]:
    """Pages of things that come one after the other; they are counted where their end is in sight."""

    def page(held: Held, values: Values, offset: int, limit: int) -> Page:
        end = offset + limit
        found = list(islice(ask(held, values, end + 1), end + 1))
        return Page(tuple(found[offset:end]), len(found) if len(found) <= end else None, len(found) > end)

    return page


def _media(held: Held, values: Values, most: int) -> Iterable[Medium]:
    return media_told(held.record, values.get("about"))


def _search(held: Held, values: Values, most: int) -> Iterable[SearchHit]:
    if not selecting.match_words(values["words"]):
        return ()
    return held.record.search(values["words"], replace(filter_of(values), limit=most))


def _outlets(held: Held, values: Values, most: int) -> Iterable[roll.OutletOnRecord]:
    with held.record.connection() as connection:
        return list(roll.outlets(connection))


def _named(kind: Any) -> Callable[[Held, Values, int, int], Page]:
    def page(held: Held, values: Values, offset: int, limit: int) -> Page:
        with held.record.connection() as connection:
            total = roll.count_named(connection, kind)
            items = tuple(roll.named(Shelf(connection), kind, limit=limit, offset=offset))
        return Page(items, total, offset + limit < total)

    return page


EVENT_TYPES = "A PLOVER type or mode: ASSAULT, aerial, heavy-weapons, abduct …"

LISTED = (
    Listed(
        "incidents",
        IncidentOnRecord,
        "What happened, where and when, by date; each with all of its accounts and the range of its tolls.",
        filters(EVENT_TYPES),
        _by_id("incident", _kept("incident")),
    ),
    Listed(
        "tolls",
        Toll,
        "How many were harmed: low, best and high, and whose figure each is.",
        filters("An effect: killed, wounded, missing, detained, kidnapped, displaced; or a type of incident."),
        _in_order(lambda held, values, most: held.record.tolls(replace(filter_of(values), limit=most))),
    ),
    Listed(
        "truces",
        TruceOnRecord,
        "What became of each ceasefire, pause and corridor, step by step.",
        filters("A kind or step: ceasefire, humanitarian-pause, agreed, extended, violated …"),
        _by_id("truce", _kept("truce")),
    ),
    Listed(
        "claims",
        Claim,
        "Who says what; `actor` is who speaks.",
        filters("direct, indirect or mixed quotation."),
        _in_order(lambda held, values, most: held.record.claims(replace(filter_of(values), limit=most))),
    ),
    Listed(
        "labels",
        LabelCell,
        "Who calls whom what, the most frequent first.",
        filters("A tone: hostile, neutral or approving."),
        _in_order(lambda held, values, most: held.record.labels(filter_of(values))),
    ),
    Listed(
        "articles",
        ArticleOnRecord,
        "The articles, the first published first.",
        filters(),
        _by_id("article", Shelf.articles),
    ),
    Listed(
        "stories",
        Story,
        "Articles on one happening, by first publication.",
        filters(),
        _in_order(lambda held, values, most: held.record.stories(replace(filter_of(values), limit=most))),
    ),
    Listed(
        "search",
        SearchHit,
        "Articles by their words, the best first; U+0002 and U+0003 mark the words found in a snippet.",
        (WORDS, *filters()),
        _in_order(_search),
    ),
    Listed("outlets", roll.OutletOnRecord, "The outlets, those with most articles first.", (), _in_order(_outlets)),
    Listed("places", roll.NamedOnRecord, "The places of incidents, the most told of first.", (), _named("place")),
    Listed("actors", roll.NamedOnRecord, "The parties to incidents, the most named first.", (), _named("actor")),
    Listed(
        "contradictions",
        Contradiction,
        "Where accounts of one incident cannot both be right: each side with its sentence and whose word it is.",
        filters(EVENT_TYPES),
        _in_order(lambda held, values, most: held.record.contradictions(replace(filter_of(values), limit=most))),
    ),
    Listed(
        "media",
        Medium,
        "Photographs, videos and streams recorded of incidents and truces, with what they claim of themselves.",
        (ABOUT,),
        _in_order(_media),
    ),
    Listed(
        "releases",
        Release,
        "The releases of the record, the first made first.",
        (),
        _in_order(lambda held, values, most: held.releases.all() if held.releases else ()),
    ),
    Listed(
        "decisions",
        DecisionOnRecord,
        "What people decided over what the machine read, the first made first; those undone among them.",
        (ON,),
        _in_order(lambda held, values, most: held.record.decisions(values.get("on"))),
    ),
    Listed(
        "failures",
        Failure,
        "What could not be read, with the reason and what to do.",
        (),
        _in_order(lambda held, values, most: held.record.failures()),
    ),
)

SINGLE = (
    One(
        "incidents", IncidentOnRecord, "The incident of this id, or with the account of this id.", Record.incident, "i"
    ),
    One("truces", TruceOnRecord, "The truce of this id, or with the step of this id.", Record.truce, "t"),
    One("articles", ArticleOnRecord, "The article of this id.", Record.article, "a"),
    One("stories", Story, "The story of this id.", Record.story, "s"),
    One("why", Explanation, "Why the accounts of the incident of this id are one.", Record.why, "i"),
    One("readings", Reading, "What was read in the article of this id, and its text.", Record.reading, "a"),
)

WHOLE = (
    Whole(
        "summary",
        Summary,
        "How much is on record.",
        lambda record, values: record.summary(filter_of(values)),
        filters(EVENT_TYPES),
    ),
)
