"""Where the accounts of one incident contradict each other: found, and listed with a sentence of each side.

What differs is not yet a contradiction: "at least 20" and 26 can both be so, a province and a town in it too. What two
origins say that cannot both be so is one; an origin that raises its own figure does not contradict itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.record.days import ordinal
from onrecord.record.features import Where
from onrecord.record.matching import kilometres
from onrecord.record.shapes import Account, Evidence, Figure, IncidentOnRecord, Named, Origin, Party, TollRange, Voice

Matter = Literal["toll", "perpetrator", "place", "date", "status"]
_APART = 2.0
"""Kilometres between two named sites from which they are not taken for one; a town's quarters lie nearer."""
_AT_A_PLACE = frozenset({"ASSAULT", "COERCE", "CRIME", "MOBILIZE", "PROTEST"})
"""PLOVER types of what happens at a place, not between people who speak of it."""
_NARROW = frozenset({"facility", "settlement"})


@dataclass(frozen=True, slots=True)
class Side:
    """What some say: in words, with a sentence, whose word it is, and which outlets print it."""

    says: str
    evidence: Evidence
    voices: tuple[Voice, ...]
    """Independent origins."""
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What an incident is known by: as the incident has it."""

    type: str
    mode: str | None
    status: str
    since: str | None
    until: str | None
    places: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A matter on which accounts of an incident cannot both be right."""

    incident: str
    matter: Matter
    about: str
    """What exactly: "killed", "civilian children killed"; the matter's own name where there is no more to say."""
    sides: tuple[Side, ...]
    """Two at least; of a toll lowest first, else those that most origins take first."""
    happening: Happening


def contradictions_in(incident: IncidentOnRecord) -> Iterator[Contradiction]:
    """The contradictions among the accounts of an incident, tolls first."""
    for toll in incident.tolls:
        yield from _of_toll(incident, toll)
    for matter, said in (
        ("perpetrator", _perpetrators(incident)),
        ("place", _places(incident)),
        ("date", _dates(incident)),
        ("status", _statuses(incident)),
    ):
        if len(said) > 1:
            sides = sorted(said, key=lambda side: (-len(side.voices), -len(side.outlets), side.says))
            yield Contradiction(incident.id, matter, matter, tuple(sides), _happening(incident))  # type: ignore[arg-type]


def _happening(incident: IncidentOnRecord) -> Happening:
    of = incident
    return Happening(of.type, of.mode, of.status, of.since, of.until, of.places)


def _of_toll(incident: IncidentOnRecord, toll: TollRange) -> Iterator[Contradiction]:
    """Figures that exclude each other, where different origins give them."""
    last = _last_said(toll.figures)
    against = [figure for figure in toll.figures if _contradicted(figure, last)]
    if len(against) > 1:
        sides = tuple(_side(_in_words(figure), _still_said(figure, last)) for figure in against)
        about = " ".join(filter(None, (toll.status, toll.group, toll.effect)))
        yield Contradiction(incident.id, "toll", about, sides, _happening(incident))


def _contradicted(figure: Figure, last: Mapping[Hashable, Figure]) -> bool:
    """Whether somebody holds to a figure that others, who hold to theirs, exclude."""
    holders = {who for who, theirs in last.items() if theirs is figure}
    return any(_exclude(figure, other) for who, other in last.items() for holder in holders if who != holder)


def _last_said(figures: Sequence[Figure]) -> dict[Hashable, Figure]:
    """The figure that each origin gave last."""
    last: dict[Hashable, tuple[str, Figure]] = {}
    for figure in figures:
        for origin in figure.origins:
            day = max((sentence.published or "" for sentence in origin.evidence), default="")
            who = _giver(origin)
            if who not in last or day > last[who][0]:
                last[who] = (day, figure)
    return {who: figure for who, (_, figure) in last.items()}


def _still_said(figure: Figure, last: Mapping[Hashable, Figure]) -> list[Origin]:
    return [origin for origin in figure.origins if last.get(_giver(origin)) is figure]


def _giver(origin: Origin) -> Hashable:
    """An origin as it can be told from others: "residents" are whoever spoke to that outlet."""
    return (_who(origin.voice), origin.outlets[:1] if origin.voice.kind == "unnamed" else ())


def _who(voice: Voice) -> Hashable:
    return voice.key or (voice.kind, voice.name.casefold())


def _exclude(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot both be so: the ranges that their words allow do not meet."""
    (low_a, high_a), (low_b, high_b) = _ends(a), _ends(b)
    return (high_a is not None and high_a < low_b) or (high_b is not None and high_b < low_a)


def _ends(figure: Figure) -> tuple[int, int | None]:
    low = figure.low if figure.low is not None else figure.count or 0
    return low, figure.high


def _in_words(figure: Figure) -> str:
    return figure.words if figure.count is None else f"{figure.count} ({figure.qualifier.replace('-', ' ')})"


def _side(says: str, origins: Sequence[Origin]) -> Side:
    outlets = dict.fromkeys(outlet for origin in origins for outlet in origin.outlets)
    return Side(says, origins[0].evidence[0], tuple(origin.voice for origin in origins), tuple(outlets))


def _perpetrators(incident: IncidentOnRecord) -> list[Side]:
    """Named parties that are blamed by some accounts and not by others, or said by some not to have done it."""
    blamed = [(account, party) for account in incident.accounts for party in account.perpetrators if _is_named(party)]
    denied = {_key(party) for _, party in blamed if party.blame == "denied"}
    parties = {_key(party) for _, party in blamed}
    together = [{_key(party) for party in account.perpetrators if _is_named(party)} for account in incident.accounts]
    rivals = {key for key in parties if _has_rival(key, parties, [each for each in together if each])}
    told = [
        ((f"{party.name} did not" if party.blame == "denied" else party.name), account, party.evidence)
        for account, party in blamed
        if _key(party) in rivals | denied
    ]
    return _sides(told)


def _has_rival(key: str, parties: set[str], together: Sequence[set[str]]) -> bool:
    """Whether another party is blamed where this one is not, and never both in one account."""
    return any(
        other != key
        and any(other in blamed and key not in blamed for blamed in together)
        and not any({other, key} <= blamed for blamed in together)
        for other in parties
    )


def _is_named(party: Party) -> bool:
    """Whether a party is known by name: "terrorist groups" and "Gunmen" may be anybody's word for anybody."""
    return party.key is not None or sum(word[:1].isupper() for word in party.name.split()) > 1


def _key(party: Party) -> str:
    return party.key or party.name.casefold()


def _places(incident: IncidentOnRecord) -> list[Side]:
    """Sites or towns that lie too far apart to be one; talks in one town are about others."""
    if incident.type not in _AT_A_PLACE:
        return []
    told = [(account, sites) for account in incident.accounts if account.evidence and (sites := _sites(account))]
    return _sides(
        (sites[0].name, account, account.evidence[0])
        for account, sites in told
        if any(_all_far(sites, others) for _, others in told)
    )


def _sites(account: Account) -> list[Named]:
    return [place for place in account.places if place.level in _NARROW]


def _all_far(sites: Sequence[Named], others: Sequence[Named]) -> bool:
    return all(_far(one, other) for one in sites for other in others)


def _far(a: Named, b: Named) -> bool:
    apart = kilometres(_where(a), _where(b))
    return a.level == b.level and a.key != b.key and apart is not None and apart > _APART


def _where(place: Named) -> Where:
    return Where(place.key or place.name, place.latitude, place.longitude, place.country, place.level)


def _dates(incident: IncidentOnRecord) -> list[Side]:
    """Days that do not meet."""
    spans = [(account, ordinal(account.since), ordinal(account.until)) for account in incident.accounts]
    dated = [(account, first, last) for account, first, last in spans if first is not None and last is not None]
    told = [
        (_days(account), account, account.evidence[0])
        for account, first, last in dated
        if account.evidence and any(end < first or last < start for _, start, end in dated)
    ]
    return _sides(told)


def _days(account: Account) -> str:
    return str(account.since) if account.since == account.until else f"{account.since}/{account.until}"


def _statuses(incident: IncidentOnRecord) -> list[Side]:
    """It happened, it is claimed, it is denied."""
    told = [(account.status, account, account.evidence[0]) for account in incident.accounts if account.evidence]
    statuses = {status for status, _, _ in told}
    return _sides(told) if "denied" in statuses and statuses - {"denied"} else []


def _sides(told: Iterable[tuple[str, Account, Evidence]]) -> list[Side]:
    """What is said, each with who says so, the first published first."""
    by_value: dict[str, list[tuple[Account, Evidence]]] = defaultdict(list)
    for says, account, evidence in told:
        by_value[says].append((account, evidence))
    return [
        Side(
            says,
            theirs[0][1],
            tuple({_who(evidence.voice): evidence.voice for _, evidence in theirs}.values()),
            tuple(_once(theirs, lambda each: each[0].article.outlet)),
        )
        for says, theirs in by_value.items()
    ]


def _once(
    values: Iterable[tuple[Account, Evidence]], of: Callable[[tuple[Account, Evidence]], str | None]
) -> Iterator[str]:
    yield from dict.fromkeys(found for value in values if (found := of(value)))
