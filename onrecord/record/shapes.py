"""What the record gives back: plain values that a view can print, draw or write to a file.

Nothing here is a bare fact. Every figure, step, label and account carries its `Evidence`: the sentence, where it stands
in which article, and whose word it is. Dates are ISO 8601; `None` means that it is not known.

Ids are short and derived from content, so that the same articles give the same ids in whatever order they come:
`a…` an article, `s…` a story, `i…` an incident, `t…` a truce. What was once an id keeps leading to the thing: an
incident is named after its first account, and the id of any of its accounts finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import (
    NOT_CODED,
    Blame,
    CasualtyStatus,
    Effect,
    IncidentStatus,
    PlaceLevel,
    Precision,
    Qualifier,
    Quote,
    TargetKind,
    Tone,
    TruceKind,
    TruceStep,
    WhereRelation,
)
from onrecord.record.article_shapes import ArticleOnRecord as ArticleOnRecord
from onrecord.record.article_shapes import CopyKind as CopyKind
from onrecord.record.article_shapes import Failure as Failure
from onrecord.record.article_shapes import Provenance as Provenance
from onrecord.record.article_shapes import Story as Story
from onrecord.record.decision_shapes import DecisionAct as DecisionAct
from onrecord.record.decision_shapes import DecisionOnRecord as DecisionOnRecord
from onrecord.record.decision_shapes import FactOnRecord as FactOnRecord
from onrecord.record.filters import EVERYTHING as EVERYTHING
from onrecord.record.filters import Filter as Filter
from onrecord.record.range_rules import RangeRule

VoiceKind = Literal["outlet", "agency", "speaker", "unnamed"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word it is.

    `outlet`: the article says it in its own voice; `agency`: it credits an agency for it; `speaker`: somebody whom the
    text names; `unnamed`: somebody whom it does not name, `words` saying how it calls them ("a military source").
    """

    kind: VoiceKind
    name: str
    key: str | None = None
    """`wikidata:…` where the entity is known."""
    words: str | None = None
    """The text's own words for the source."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that says something, with the words in it that matter.

    `start` and `end` bound the sentence in the article's text and `sentence` is that stretch; `focus` are the words
    that say it (the toll, the label), with offsets in the same text. `voice` is whose word it is. `fact` names what was
    read there, so that people can decide on it, and `decisions` are what they decided on it, if anything: where they
    changed it, what the record shows of it is theirs, and the machine's stands in the decision.
    """

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    start: int
    end: int
    sentence: str
    focus: tuple[TextSpan, ...]
    voice: Voice
    fact: str | None = None
    decisions: tuple[DecisionOnRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A person, organisation or place as several articles name it; coordinates in decimal degrees (WGS 84)."""

    name: str
    key: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    level: PlaceLevel | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure or claim comes from, and who repeats it.

    Copies of one article, and all who cite one speaker or agency, have one origin.
    """

    voice: Voice
    evidence: tuple[Evidence, ...]
    """Where it is said, the first published first."""
    outlets: tuple[str, ...]
    since: str | None
    """Day of the first publication."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people harmed as some give it, with its origins."""

    count: int | None
    low: int | None
    high: int | None
    """`None`: open to above."""
    qualifier: Qualifier
    words: str
    """The text's own words, of the first who gives it."""
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class TollRange:
    """What is said of the number of people harmed, from the lowest to the highest.

    `low` is the lowest number that any origin gives or allows, `high` the highest, and `open` is true where that one is
    given as a least ("at least 370"); `best` is one of the numbers given, chosen by `rule`. They are `None` where no
    number is given. `status` and `group` are `None` where all who were harmed are meant.
    """

    effect: Effect
    status: CasualtyStatus | None
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    open: bool
    origins: int
    """How many independent origins give figures."""
    figures: tuple[Figure, ...]
    """Lowest first."""
    rule: RangeRule = "representative"
    """By which `best` was chosen; see `onrecord.record.range_rules`."""
    disagreement: float = 0.0
    """One minus the share of origins that give the number which most of them give: 0 where all agree."""


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll on the record: of an incident, or (`incident` is `None`) of a period or campaign."""

    id: str
    incident: str | None
    type: str | None
    mode: str | None
    since: str | None
    until: str | None
    places: tuple[Named, ...]
    range: TollRange


@dataclass(frozen=True, slots=True)
class Party:
    """One that is named as perpetrator, by whom and how."""

    name: str
    key: str | None
    words: str
    blame: Blame
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Struck:
    """Whom or what it was done to, as an account says."""

    name: str
    key: str | None
    words: str
    kind: TargetKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Account:
    """One article's telling of an incident."""

    id: str
    article: ArticleOnRecord
    main: bool
    """True where the article is about it."""
    type: str
    mode: str | None
    status: IncidentStatus
    since: str | None
    until: str | None
    places: tuple[Named, ...]
    where_relation: WhereRelation | None
    perpetrators: tuple[Party, ...]
    targets: tuple[Struck, ...]
    weapons: tuple[str, ...]
    tolls: tuple[Figure, ...]
    voice: Voice
    evidence: tuple[Evidence, ...]
    fact: str | None = None
    """What people can decide on: the account as a fact of its article."""
    where_part: bool = False
    """True where only a part of the narrowest place is meant: "northern Syria"."""
    precision: Precision = NOT_CODED
    """How exactly the place and the days are told, in ACLED's and UCDP's codes."""
    decisions: tuple[DecisionOnRecord, ...] = ()
    """What people decided on the account itself: its type, status, date, places, parties."""


@dataclass(frozen=True, slots=True)
class IncidentOnRecord:
    """A happening with all the accounts of it.

    `since` and `until` span the days that most accounts give; `type`, `mode`, `status` and `places` are those of most
    accounts (of those that are level: of the first published). What the accounts disagree on stands in the accounts.
    """

    id: str
    type: str
    mode: str | None
    status: IncidentStatus
    since: str | None
    until: str | None
    places: tuple[Named, ...]
    perpetrators: tuple[str, ...]
    """Names, the most often named first."""
    targets: tuple[str, ...]
    stories: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: int
    """How many independent origins tell of it."""
    tolls: tuple[TollRange, ...]
    """Killed first; of each effect all who were harmed first, then by status and group."""
    accounts: tuple[Account, ...]
    """The first published first."""
    precision: Precision = NOT_CODED
    """How exactly the days and places above are told, in ACLED's and UCDP's codes."""
    decisions: tuple[DecisionOnRecord, ...] = ()
    """What people decided on which accounts belong together, and on withholding it."""
    state: str = ""
    """What a person has seen who has seen this; to be given back as `against` with a decision on it."""


@dataclass(frozen=True, slots=True)
class TruceStepOnRecord:
    """One step of a truce as one article tells it."""

    article: ArticleOnRecord
    step: TruceStep
    kind: TruceKind
    parties: tuple[str, ...]
    places: tuple[Named, ...]
    start: str | None
    end: str | None
    duration: str | None
    terms: tuple[str, ...]
    voice: Voice
    evidence: tuple[Evidence, ...]
    on: str | None
    """The day by which steps are put in order: when it takes effect, else when the article was published."""
    id: str = ""
    fact: str | None = None
    decisions: tuple[DecisionOnRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TruceOnRecord:
    """A ceasefire, pause or corridor across articles: one line of steps, in the order of time."""

    id: str
    kind: TruceKind
    parties: tuple[str, ...]
    places: tuple[Named, ...]
    since: str | None
    until: str | None
    outlets: tuple[str, ...]
    steps: tuple[TruceStepOnRecord, ...]
    decisions: tuple[DecisionOnRecord, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class LabelCell:
    """Who calls whom what, with every sentence that does."""

    by: str
    """A speaker's name, or the outlet's where it speaks in its own voice."""
    by_outlet: bool
    of: str | None
    """Whom; `None` where the text does not tell."""
    label: str
    """The label in lower case."""
    tone: Tone
    scare_quotes: bool
    """True where every use stands in scare quotes."""
    count: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that an article attributes to somebody."""

    article: ArticleOnRecord
    speaker: str | None
    """The name of the one who says it; `None` where it is not named."""
    key: str | None
    source: str
    """The text's own words for the source; empty where it has none."""
    cue: str
    content: str
    """What is said, its parts joined by " … "."""
    quote: Quote
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that has the words searched for, with the best stretch of its text.

    `snippet` marks each word found by U+0002 before and U+0003 after it, so that a view can highlight it as it likes.
    """

    article: ArticleOnRecord
    snippet: str
    rank: float
    """BM25: the lower, the better."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How much is on the record."""

    sources: int
    articles: int
    copies: int
    outlets: int
    stories: int
    incidents: int
    accounts: int
    tolls: int
    truces: int
    labels: int
    claims: int
    failures: int
    since: str | None
    until: str | None
