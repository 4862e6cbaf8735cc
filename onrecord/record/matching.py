"""Are two accounts one happening, two steps one truce? Points for and against, each with its reason in words.

The points are logarithms of odds, set by hand: what is told of every second happening there (the same kind of attack in
the same country) says little, what is rarely the same by chance (a town, a day, the same 87 wounded) says much. Some
things cannot be: a town 300 km away, a date a week off, a plan and a deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, log10, radians, sin, sqrt

from onrecord.record.features import Features, Where, beginnings
from onrecord.record.grouping import Rule
from onrecord.record.links import Linker
from onrecord.record.sites import words_in
from onrecord.record.wording import cosine

IMPOSSIBLE = -1000.0
_EARTH = 6371.0088
_AGAINST = -3.0
"""Odds against two accounts of like kind, place and time of which no more is known, before all points."""
_BUILT_UP = 25.0
"""Kilometres within which two names of settlements may stand for one place."""
_PROVINCE = 150.0
_SPOT = 0.5
_OTHER_SITE = -4.2
_FEW = 10
"""People harmed of whom the first news may not know."""
_UNDATED = -0.8
"""Happenings of like kind in one place of which nobody knows whether they were in the same week, or year."""
_FORM = 0.55
"""Cosine from which two accounts are one outlet's set sentence with other figures."""
_TRUCE_DAYS = 30
"""Days between two publications on one truce."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reason for (positive) or against (negative) two things being one."""

    reason: str
    weight: float


Points = tuple[Point, ...]


def same_incident(a: Features, b: Features) -> Points:
    """The reasons for and against two accounts being of one incident."""
    return (
        Point("two accounts of which nothing is known", _AGAINST),
        *_kinds(a, b),
        *_days(a, b),
        *_places(a.places, b.places),
        *_tolls(a, b),
        *_shared("named as doing it", a.doers, b.doers, against=-0.3),
        *_struck(a, b),
        *_about(a, b),
        *_wording(a, b),
    )


def same_truce(a: Features, b: Features) -> Points:
    """The reasons for and against two steps being of one truce."""
    begun = _begun_together(a, b)
    if not begun and a.since is not None and b.since is not None and abs(a.since - b.since) > _TRUCE_DAYS:
        return (Point("told more than a month apart", IMPOSSIBLE),)
    return (
        Point("two steps of which nothing is known", -1.7),
        *((Point("told in one article", 1.5),) if a.article == b.article else ()),
        _truce_kinds(a.type, b.type),
        *(begun or _truce_days(a, b)),
        *_truce_places(a, b),
        *_shared("named as parties", a.doers, b.doers, against=-0.3 if {a.mode, b.mode} <= _OF_ALL_SIDES else 0.0),
        *_shared("as its length or beginning", a.marks, b.marks, against=0.0),
        *_wording(a, b),
    )


def total(points: Points) -> float:
    """All points together."""
    return sum(point.weight for point in points)


def kilometres(a: Where, b: Where) -> float | None:
    """Great-circle distance of two places (haversine); `None` where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(chord)))


def _kinds(a: Features, b: Features) -> Points:
    if a.type != b.type:
        return (Point(f"{a.type} and {b.type} are different things", IMPOSSIBLE),)
    points: Points = ()
    if (a.status in _HAPPENED) != (b.status in _HAPPENED):
        points = (Point(f"{a.status} and {b.status}: one may not have happened", -2.0),)
    if a.mode == b.mode:
        return (*points, Point(f"both {a.mode or a.type}", _RARE_MODES.get(a.mode, 1.0) if a.mode else 0.3))
    if a.mode in _WIDE or b.mode in _WIDE:
        return (*points, Point(f"{a.mode or 'no mode'} and {b.mode or 'no mode'} may be one", 0.0))
    taken = any({a.mode, b.mode} <= modes for modes in _TAKEN_FOR_EACH_OTHER)
    return (*points, Point(f"{a.mode} and {b.mode} differ", -0.4 if taken else -1.0))


def _struck(a: Features, b: Features) -> Points:
    """Two attacks on one town in one day are told apart by what they hit.

    Not where one article names what the other one's attack hit: an army that says it struck a command post denies that
    it was a market.
    """
    if bool(a.sites) != bool(b.sites):  # the one says what was hit, the other who: both can be so
        return _shared("named as struck", a.struck, b.struck, against=0.0)
    if not a.sites or set(a.sites) & set(b.sites):  # of people one says "fighters", one "militants"
        return _shared("named as struck", a.struck, b.struck, against=-0.4)
    named = sorted((set(a.sites) & b.around.keys()) | (set(b.sites) & a.around.keys()))
    if named:
        return (Point(f"{', '.join(named)} named in both articles", 0.3),)
    return (Point(f"{words_in(a.sites)} and {words_in(b.sites)} are different sites", _OTHER_SITE),)


def _about(a: Features, b: Features) -> Points:
    return (Point("both articles are about it", 0.7),) if a.main and b.main else ()


def _days(a: Features, b: Features) -> Points:
    if a.since is None or a.until is None or b.since is None or b.until is None:
        return (Point("a date is not known", _UNDATED),)
    if not (a.dated and b.dated):
        return (_told_days(a, b),)
    gap = max(a.since, b.since) - min(a.until, b.until)
    longest = max(a.until - a.since, b.until - b.since)
    if gap > 1:
        return (Point(f"{gap} days apart", IMPOSSIBLE),)
    if gap == 1:
        return (Point("on days next to each other", -1.2), *_forms(a, b))
    if longest == 0:
        return (Point("on the same day", 2.0),)
    if longest <= _WEEK or (a.since, a.until) == (b.since, b.until):
        return (Point("days overlap", _overlap(a.since, a.until, b.since, b.until)),)
    return (Point(f"within the same {longest + 1} days", -0.5 if longest <= _MONTH else -1.5),)


def _overlap(*days: int) -> float:
    """From 1 where the shorter of two spans of days lies within the other one, to near 0 where they only touch."""
    first, last, since, until = days
    shared = min(last, until) - max(first, since) + 1
    return shared / (min(last - first, until - since) + 1)


def _forms(a: Features, b: Features) -> Points:
    """An outlet that reports from one front daily fills in one sentence: the more alike, the less of one happening."""
    if not a.outlet or a.outlet != b.outlet or cosine(a.words, b.words) < _FORM:
        return ()
    return (Point("one outlet says the same of two days", -6.0),)


def _told_days(a: Features, b: Features) -> Point:
    """News that names no day is of the day before, mostly: how far from it the other one is, or was told."""
    if a.until is None or b.until is None or a.since is None or b.since is None:
        return Point("a date is not known", 0.0)
    if not (a.since <= b.until + 1 and b.since <= a.until + 1):
        return Point("told in different weeks", IMPOSSIBLE)
    dated, other = (a, b) if a.dated else (b, a)
    if dated.dated and dated.since is not None and other.until is not None and dated.since > other.until:
        return Point("told the day before the other happened", -1.2)
    apart = abs(a.until - b.until)
    return Point(f"told {apart} days apart", {0: 0.5, 1: 0.5, 2: -0.5}.get(apart, -1.2))


def _places(a: Sequence[Where], b: Sequence[Where]) -> Points:
    """The nearest two of the places of both: sites and towns where both have such, a country where one has no more."""
    if not a or not b:
        return (Point("a place is not known", 0.0),)
    one, other = _telling_places(a, b), _telling_places(b, a)
    nearest = max(
        (_place(ours, theirs) for ours in one for theirs in other), key=lambda each: (each.weight, each.reason)
    )
    return (nearest, *_sites_apart(one, other)) if nearest.weight > 0 else (nearest,)


def _sites_apart(a: Sequence[Where], b: Sequence[Where]) -> Points:
    """In one town two accounts may name two parts of it, none of which is near one of the other's."""
    one, other = ([place for place in places if place.level == "facility"] for places in (a, b))
    between = [kilometres(ours, theirs) for ours in one for theirs in other]
    if not between or any(apart is None or apart <= _SPOT for apart in between):
        return ()
    return (Point(f"in it two sites {min(filter(None, between)):.1f} km apart", -1.2),)


def _telling_places(ours: Sequence[Where], theirs: Sequence[Where]) -> Sequence[Where]:
    """The places without those that only hold the others: "Aleppo, Syria" is not near "Deir ez-Zor, Syria".

    A name that is on no map tells nothing beside one that is, unless both accounts have it.
    """
    settled = [place for place in ours if place.level in _SETTLED]
    unknown = [place for place in ours if place.level is None]
    named = {place.key for place in theirs}
    if settled:
        unknown = [place for place in unknown if place.key in named]
    if (settled or unknown) and any(place.level in _SETTLED for place in theirs):
        return [*settled, *unknown]
    return [place for place in ours if place.level != "country"] or ours


def _place(a: Where, b: Where) -> Point:
    narrow = a.level in _SETTLED and b.level in _SETTLED
    if a.key == b.key:
        return Point(f"the same place ({a.level or 'name'})", _SAME_PLACE.get(a.level or "", 1.0))
    if a.country and b.country and a.country != b.country:
        return Point("in different countries", IMPOSSIBLE)
    apart = kilometres(a, b)
    if apart is None or "country" in (a.level, b.level):
        return Point("one place may hold the other", 0.2)
    if a.level == b.level == "facility" and apart > _SPOT:
        return Point(f"two sites {apart:.1f} km apart", -1.5)
    if apart <= 5.0:
        return Point(f"places {apart:.1f} km apart", 1.5)
    if narrow:
        near = apart <= _BUILT_UP
        return Point(f"places {apart:.0f} km apart", 0.3 if near else IMPOSSIBLE)
    return Point(f"a province and a place {apart:.0f} km apart", 0.3 if apart <= _PROVINCE else IMPOSSIBLE)


def _tolls(a: Features, b: Features) -> Points:
    points: list[Point] = []
    for effect in sorted(a.tolls.keys() & b.tolls.keys()):
        points.append(_toll(effect, a.tolls[effect], b.tolls[effect]))
    return tuple(points)


def _toll(effect: str, a: tuple[int, int | None], b: tuple[int, int | None]) -> Point:
    share = 1.0 if effect == "killed" else 0.6
    words = f"{a[0]} and {b[0]} {effect}"
    if a[0] == b[0]:
        return Point(f"both {a[0]} {effect}", share * (0.5 + min(2.0, log10(a[0] + 1) * 1.2)))
    if (a[1] is None or a[1] >= b[0]) and (b[1] is None or b[1] >= a[0]):
        return Point(f"{words} can be one toll", 0.2)
    if min(a[0], b[0]) == 0 and max(a[0], b[0]) <= _FEW:
        return Point(f"{words}: at first none may have been known of", share * -0.5)
    ratio = (max(a[0], b[0]) + 1) / (min(a[0], b[0]) + 1)
    if ratio <= 1.3:
        return Point(f"{words} are near", share * 0.3)
    return Point(f"{words} differ", share * (-0.5 if ratio <= 2 else -1.4 if ratio <= 3 else -2.4))


def _shared(what: str, a: Sequence[str], b: Sequence[str], against: float) -> Points:
    if not a or not b:
        return ()
    both = sorted(set(a) & set(b))
    return (Point(f"both have {', '.join(both)} {what}", 0.8) if both else Point(f"different ones {what}", against),)


def _wording(a: Features, b: Features) -> Points:
    alike, around = cosine(a.words, b.words), cosine(a.around, b.around)
    return (
        Point(f"sentences alike by {alike:.2f}", alike),
        Point(f"articles alike by {around:.2f}", _likeness(around) if a.main and b.main else around),
    )


def _likeness(around: float) -> float:
    """Articles that are about one thing share words; that they share few says more than that they share some."""
    return (4.0 if around >= _UNRELATED else 10.0) * (around - _UNRELATED)


def _truce_places(a: Features, b: Features) -> Points:
    """Truces of one time are few: where one place may hold the other it is hardly another truce.

    A breach is told with the place where it was, not with that of the truce.
    """
    (point,) = _places(a.places, b.places)
    if point.weight == IMPOSSIBLE:
        breach = "violated" in (a.mode, b.mode) and any(
            one.country == other.country for one in a.places for other in b.places
        )
        return (Point("a breach may be anywhere", 1.0) if breach else Point(point.reason, -1.5),)
    return (Point(point.reason, max(point.weight, 1.0) if a.places and b.places else 0.0),)


def _truce_kinds(a: str, b: str) -> Point:
    """What one calls a pause another calls a ceasefire; an evacuation or a corridor is often a part of one."""
    if a == b:
        return Point("the same kind of truce", 1.0)
    if {a, b} <= _STOPS:
        return Point("a ceasefire and a pause are told of the same truces", 0.8)
    return Point("kinds of truce that go together", 0.3)


def _begun_together(a: Features, b: Features) -> Points:
    """Truces that began on one day are one however long afterwards they are told of."""
    days = sorted(beginnings(a) & beginnings(b))
    return (Point(f"both began on {days[0]}", 2.0),) if days else ()


def _truce_days(a: Features, b: Features) -> Points:
    if a.since is None or b.since is None:
        return (Point("a date is not known", 0.0),)
    apart = abs(a.since - b.since)
    return (Point(f"told {apart} days apart", 1.0 if apart <= 3 else 0.8 if apart <= 10 else 0.0),)


_UNRELATED = 0.1
"""Cosine of the words of articles on different happenings of a war."""
_HAPPENED = frozenset({"reported", "claimed", "denied"})
_WIDE = frozenset({None, "destroy", "targeted"})
"""Modes for acts whose means is not told: the other account may tell it."""
_OF_ALL_SIDES = frozenset({"agreed", "started", "extended", "announced"})
"""Steps that name the sides of a truce; the others name who breaks, refuses or offers it."""
_RARE_MODES = {"unconventional": 2.0, "drone": 1.3, "suicide-attack": 1.3}
"""What weighs more than other modes where both have it: few attacks are made with poison."""
_TAKEN_FOR_EACH_OTHER = (
    frozenset({"aerial", "drone", "heavy-weapons"}),
    frozenset({"explosives", "suicide-attack"}),
    frozenset({"explosives", "heavy-weapons"}),
    frozenset({"beat", "firearms", "primitive", "torture"}),
)
"""Modes that outlets, or readers, take for each other where one attack is meant."""
_WEEK, _MONTH = 7, 31
_STOPS = frozenset({"ceasefire", "humanitarian-pause"})
_SETTLED = frozenset({"facility", "settlement"})
_SAME_PLACE = {"facility": 2.5, "settlement": 2.0, "adm2": 1.2, "adm1": 0.8, "region": 0.5, "country": 0.2, "sea": 0.5}


def _weigh_accounts(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    ours = _features(newcomer)
    return [total(same_incident(ours, _features(other))) for other in others]


def _weigh_steps(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    ours = _features(newcomer)
    return [total(same_truce(ours, _features(other))) for other in others]


_features = lru_cache(maxsize=2048)(Features.from_bytes)


_LADDER = (1.0, 2.0, 3.0, 4.0, 6.0)
ACCOUNTS = Linker(kind="incident", rule=Rule(ladder=_LADDER, cut=1.8, unlinked=-1.0), weigh=_weigh_accounts, apart=True)
"""Finds and weighs accounts of one incident; accounts of one article are of different ones."""
STEPS = Linker(kind="truce", rule=Rule(ladder=(0.5, *_LADDER), cut=0.7, unlinked=0.0), weigh=_weigh_steps)
"""Finds and weighs steps of one truce."""
