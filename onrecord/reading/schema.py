"""A reading: what one article says, as plain values; the public contract `onrecord-reading/1`.

The dataclasses below are the contract: the JSON Schema that `onrecord schema` prints is made from them. Offsets count
Unicode code points of the reading's `text`, `start` inclusive, `end` exclusive. A list that has nothing is empty, a
value that is not known is `None`. Ids (`m1`, `e1`, ...) are unique within a reading.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final, Literal

from onrecord.articles.article import Boilerplate, Credit, PublishedFrom, TextSpan

FORMAT: Final = "onrecord-reading/1"

MentionType = Literal["person", "organisation", "place", "nationality", "weapon", "platform", "facility"]
PlaceLevel = Literal["facility", "settlement", "adm2", "adm1", "country", "region", "sea"]
WIDE_LEVELS: Final = frozenset[PlaceLevel]({"country", "region", "sea"})
"""Levels of places so wide that a point in their middle says nothing of where something happened."""
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Quote = Literal["direct", "indirect", "mixed"]
Act = Literal["statement", "other"]
Qualifier = Literal["exact", "at-least", "at-most", "about", "vague"]
Effect = Literal["killed", "wounded", "missing", "detained", "kidnapped", "displaced"]
CasualtyStatus = Literal["civilian", "combatant", "unknown"]
IncidentStatus = Literal["reported", "claimed", "denied", "planned", "threatened", "attempted", "demanded"]
WhereRelation = Literal["in", "near", "between", "from-to"]
Blame = Literal["stated", "claimed", "accused", "suspected", "denied"]
TargetKind = Literal["person", "organisation", "facility", "vehicle"]
AcledGeoPrecision = Literal[1, 2, 3]
AcledTimePrecision = Literal[1, 2, 3]
UcdpWherePrecision = Literal[1, 2, 3, 4, 5, 6, 7]
UcdpDatePrecision = Literal[1, 2, 3, 4, 5]
TruceKind = Literal["ceasefire", "humanitarian-pause", "evacuation", "corridor", "withdrawal", "no-fly"]
TruceStep = Literal[
    "proposed", "agreed", "announced", "started", "extended", "violated", "collapsed", "ended", "rejected"
]
Tone = Literal["hostile", "neutral", "approving"]

_DOCUMENTED = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True)
class Mention(TextSpan):
    """A name in the text; `entity` is the id of what it stands for."""

    id: str
    type: MentionType
    entity: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What names stand for. Places carry decimal degrees (WGS 84), an ISO 3166-1 alpha-2 country and a level."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    type: MentionType
    name: str
    key: str | None = None
    """`wikidata:<Q-id>`, for places `geonames:<id>`; where unknown `actor:<name>`, `place:<country>-<name>`."""
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    level: PlaceLevel | None = None


@dataclass(frozen=True, slots=True)
class Time(TextSpan):
    """A time expression with its TIMEX3 type and value (TimeML)."""

    id: str
    type: TimeType
    value: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: source, cue and content, each as parts that may lie apart."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    speaker: str | None = None
    """The entity behind the source; null where it is not named."""
    quote: Quote = "indirect"
    act: Act = "statement"
    """`statement`: says, denies, asks; `other`: wants, plans, backs, decrees."""


@dataclass(frozen=True, slots=True)
class Casualty(TextSpan):
    """A number of people harmed, with the range that the wording allows."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    count: int | None
    """The best figure; null where the text gives none ("dozens")."""
    low: int | None
    high: int | None
    """Null: open to above."""
    qualifier: Qualifier
    effect: Effect
    status: CasualtyStatus = "unknown"
    group: str | None = None
    """children, women, men, journalists, medics, aid-workers ...; null: no narrower group."""
    of: str | None = None
    """The entity whose people they are."""
    part_of: str | None = None
    """The casualty that this one is counted in."""
    incident: str | None = None
    """Null for a toll over a period or campaign."""
    where: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    attribution: str | None = None
    """Whose figure it is; null: the article's own."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, ISO 8601; `XXXX-09-22` where the text gives no year."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Perpetrator(TextSpan):
    """Who is said to have done it, and how it is known."""

    entity: str | None = None
    blame: Blame = "stated"


@dataclass(frozen=True, slots=True)
class Target(TextSpan):
    """Whom or what it was done to."""

    entity: str | None = None
    kind: TargetKind = "person"


@dataclass(frozen=True, slots=True)
class Precision:
    """How exactly a happening's place and days are told, in the codes of conflict data; null: not told, or coarser."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    acled_geo: AcledGeoPrecision | None = None
    """ACLED `geo_precision`: 1 the named town, 2 near it or in a small area, 3 a larger region."""
    acled_time: AcledTimePrecision | None = None
    """ACLED `time_precision`: 1 the day, 2 within a week, 3 within a month."""
    ucdp_where: UcdpWherePrecision | None = None
    """UCDP `where_prec`: 1 the place, 2 near it, 3 a district, 4 a province, 5 part of a country, 6 it, 7 sea."""
    ucdp_date: UcdpDatePrecision | None = None
    """UCDP `date_prec`: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year."""


NOT_CODED = Precision()


@dataclass(frozen=True, slots=True)
class Incident:
    """A happening: who did what to whom, where and when, in PLOVER's types and modes."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    type: str
    mode: str | None = None
    main: bool = False
    """True for the one that the article is about (at most one)."""
    status: IncidentStatus = "reported"
    date: DateRange | None = None
    times: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    """Place entities, narrowest first."""
    where_relation: WhereRelation | None = None
    where_part: bool = False
    """True where only a part of the narrowest place is meant: "northern Syria", "eastern Aleppo"."""
    precision: Precision = NOT_CODED
    """Derived from `where`, `where_relation`, `where_part` and `date`."""
    perpetrators: tuple[Perpetrator, ...] = ()
    targets: tuple[Target, ...] = ()
    weapons: tuple[TextSpan, ...] = ()
    casualties: tuple[str, ...] = ()
    evidence: tuple[TextSpan, ...] = ()
    """The sentences that say so."""
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Truce:
    """One step of a ceasefire, pause, evacuation, corridor, withdrawal or no-fly zone, as told."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    kind: TruceKind
    step: TruceStep
    parties: tuple[str, ...] = ()
    """Entity ids, or the text's own words where a side has no name."""
    where: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    duration: str | None = None
    """ISO 8601 duration."""
    terms: tuple[TextSpan, ...] = ()
    evidence: tuple[TextSpan, ...] = ()
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Label(TextSpan):
    """What a side, person or deed is called, of whom and by whom."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    of: str | None = None
    """Entity id, or the text's own words for a side without a name; null: not told."""
    by: str | None = "outlet"
    """Entity id, the text's own words for a speaker without a name, or `outlet` for the outlet's own voice."""
    tone: Tone = "hostile"
    scare_quotes: bool = False
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program got out of one article."""

    __pydantic_config__: ClassVar[dict[str, bool]] = _DOCUMENTED

    id: str
    """The caller's id, else `sha256:<hex of the source's bytes>`."""
    text: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    updated: str | None = None
    truncated: bool = False
    credits: tuple[Credit, ...] = ()
    language: str = "en"
    boilerplate: tuple[Boilerplate, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[Time, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    incidents: tuple[Incident, ...] = ()
    truces: tuple[Truce, ...] = ()
    labels: tuple[Label, ...] = ()
    format: Literal["onrecord-reading/1"] = FORMAT


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values, `format` first."""
    values = _as_json(reading)
    return {"format": values.pop("format"), **values}


def _as_json(value: object) -> Any:
    """As `dataclasses.asdict`, which copies every last string, in a fraction of the time."""
    if isinstance(value, tuple):
        return tuple(map(_as_json, value))
    names = _fields(type(value))  # type: ignore[arg-type]  # a class can be hashed
    return {name: _as_json(getattr(value, name)) for name in names} if names else value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields; none of any other type."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def from_json(values: dict[str, Any]) -> Reading:
    """The reading that `as_json` gave; raises `pydantic.ValidationError` where `values` break the contract."""
    reading: Reading = _adapter().validate_python(values)
    return reading


def from_line(line: str) -> Reading:
    """The reading that `as_json` gave, as JSON text; raises `pydantic.ValidationError` where it breaks the contract."""
    reading: Reading = _adapter().validate_json(line)
    return reading


def json_schema() -> dict[str, Any]:
    """The contract as JSON Schema (2020-12)."""
    schema = _adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **schema}


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Reading)
