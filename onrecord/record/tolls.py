"""Tolls across articles: who gives which number, on whose word, and the range of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.reading.schema import Casualty, CasualtyStatus, Effect
from onrecord.record.copied_sentences import taken_from
from onrecord.record.evidence import Telling
from onrecord.record.figures import Bounds, bounds, kinds_of, wholes_of
from onrecord.record.range_rules import Vote, best_of, disagreement
from onrecord.record.shapes import Evidence, Figure, Origin, TollRange
from onrecord.record.shelf import OriginKey, Shelf

EFFECTS: tuple[Effect, ...] = ("killed", "wounded", "missing", "detained", "kidnapped", "displaced")
Scope = tuple[Effect, CasualtyStatus | None, str | None]


@dataclass(frozen=True, slots=True)
class Said:
    """A number that an article gives, with its sentence."""

    bounds: Bounds
    figure: Casualty
    evidence: Evidence
    origin: OriginKey

    @property
    def day(self) -> str:
        """The day of publication, unknown ones last."""
        return (self.evidence.published or "9999")[:10]


def toll_ranges(shelf: Shelf, tellings: Iterable[tuple[Telling, Sequence[Casualty]]]) -> tuple[TollRange, ...]:
    """The ranges of what several tellings say of one happening: all who were harmed first, then by status and group."""
    scopes: dict[Scope, list[Said]] = defaultdict(list)
    for telling, figures in tellings:
        for whole in wholes_of(figures):
            said = _said(shelf, telling, whole.figures[0], whole.bounds, whole.figures)
            scopes[whole.effect, None, None].append(said)
        for kind in kinds_of(figures):
            first = kind.figures[0]
            said = _said(shelf, telling, first, kind.bounds, kind.figures)
            scopes[kind.effect, None if first.status == "unknown" else first.status, first.group].append(said)
    return tuple(_range(shelf, scope, scopes[scope]) for scope in sorted(scopes, key=_place_of))


def figure_of(shelf: Shelf, telling: Telling, figure: Casualty) -> Figure:
    """A figure of one article."""
    said = _said(shelf, telling, figure, bounds(figure) or (0, 0, None), [figure])
    return Figure(figure.count, figure.low, figure.high, figure.qualifier, figure.text, tuple(_origins(shelf, [said])))


def origins_of(shelf: Shelf, evidence: Iterable[Evidence]) -> list[Origin]:
    """The independent origins of sentences that say one thing, the first published first."""
    by_origin: dict[OriginKey, list[Evidence]] = defaultdict(list)
    in_order = sorted(evidence, key=_place_of_evidence)
    for sentence, key in zip(in_order, origin_keys(shelf, in_order), strict=True):
        by_origin[key].append(sentence)
    return [_origin(shelf, sentences) for sentences in by_origin.values()]


def origin_keys(shelf: Shelf, evidence: Sequence[Evidence]) -> list[OriginKey]:
    """What tells the origins of sentences apart (the first published first): a repeated sentence has the first one's.

    Who speaks is an origin whoever prints it; what articles say in their own voice, or on the word of somebody whom
    they do not name, is looked up among the sentences that others printed before.
    """
    keys: list[OriginKey] = []
    before: list[tuple[str, OriginKey]] = []
    for sentence in evidence:
        key, _ = shelf.origin(sentence.voice, sentence.article)
        if sentence.voice.kind != "speaker":
            at = taken_from(sentence.sentence, [words for words, _ in before])
            key = key if at is None else before[at][1]
            before.append((sentence.sentence, key))
        keys.append(key)
    return keys


def _place_of_evidence(given: Evidence) -> tuple[str, str, int]:
    return (given.published or "9999")[:10], given.article, given.start


def _said(shelf: Shelf, telling: Telling, figure: Casualty, known: Bounds, focus: Sequence[Casualty]) -> Said:
    evidence = telling.at(focus, figure.attribution, figure.id)
    key, _ = shelf.origin(evidence.voice, telling.article)
    return Said(known, figure, evidence, key)


def _with_origins(shelf: Shelf, said: Sequence[Said]) -> list[Said]:
    """What is said, with the origin that each sentence has among the others."""
    in_order = sorted(said, key=lambda given: _place_of_evidence(given.evidence))
    keys = origin_keys(shelf, [given.evidence for given in in_order])
    return [replace(given, origin=key) for given, key in zip(in_order, keys, strict=True)]


def _range(shelf: Shelf, scope: Scope, said: Sequence[Said]) -> TollRange:
    effect, status, group = scope
    said = _with_origins(shelf, said)
    votes = _votes(said)
    highest = max(given.bounds[2] if given.bounds[2] is not None else given.bounds[1] for given in said)
    return TollRange(
        effect=effect,
        status=status,
        group=group,
        low=min(given.bounds[0] for given in said),
        best=best_of(votes, shelf.rule),
        high=highest,
        open=any(given.bounds[2] is None and given.bounds[1] == highest for given in said),
        origins=len({given.origin for given in said}),
        figures=tuple(_figures(shelf, said)),
        rule=shelf.rule,
        disagreement=disagreement(votes),
    )


def _votes(said: Sequence[Said]) -> list[Vote]:
    """What each origin said last; of what it said on one day the lower number."""
    last: dict[OriginKey, Said] = {}
    for given in sorted(said, key=lambda given: (_day_of(given), -given.bounds[1])):
        last[given.origin] = given
    return [Vote(given.bounds[1], given.figure.qualifier, _day_of(given)) for given in last.values()]


def _day_of(given: Said) -> str:
    return given.day if given.evidence.published else ""


def _figures(shelf: Shelf, said: Sequence[Said]) -> Iterator[Figure]:
    alike: dict[tuple[Bounds, str], list[Said]] = defaultdict(list)
    for given in sorted(said, key=lambda given: (given.day, given.evidence.article, given.evidence.start)):
        alike[given.bounds, given.figure.qualifier].append(given)
    for (known, _), theirs in sorted(alike.items(), key=lambda item: (item[0][0][0], item[0][0][1], item[0][1])):
        low, count, high = known
        first = theirs[0].figure
        known_count = None if first.count is None and first.qualifier == "vague" else count
        yield Figure(known_count, low, high, first.qualifier, first.text, tuple(_origins(shelf, theirs)))


def _origins(shelf: Shelf, said: Sequence[Said]) -> list[Origin]:
    return origins_of(shelf, [given.evidence for given in said])


def _origin(shelf: Shelf, sentences: Sequence[Evidence]) -> Origin:
    _, voice = shelf.origin(sentences[0].voice, sentences[0].article)
    dated = [sentence.published[:10] for sentence in sentences if sentence.published]
    outlets = tuple(dict.fromkeys(sentence.outlet for sentence in sentences if sentence.outlet))
    return Origin(voice, tuple(sentences), outlets, min(dated, default=None))


def _place_of(scope: Scope) -> tuple[int, bool, str, bool, str]:
    effect, status, group = scope
    return EFFECTS.index(effect), bool(status or group), status or "", group is not None, group or ""
