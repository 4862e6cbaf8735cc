"""The same statement of several articles put together: who said it, since when, who repeats it, in which words.

A quotation is rarely printed the same everywhere: it is cut, translated anew, or put into other words by a site that
rewrites what it takes ("global law" for "international law"). Statements of one speaker are one where most of the rarer
words of the shorter one stand in the other, and their numbers agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.record.accounts import folded
from onrecord.record.shapes import Claim
from onrecord.record.wording import rarity, words_of

ALIKE = 0.75
"""Share of the weight of the shorter statement's words that the longer one must have."""
FEWEST = 4
"""Words that tell something which a statement must have: "It was an attack." can be said by anybody at any time."""
_TELLING, _RARE = 1.0, 2.0
_MOST_HOLDING = 200
"""Statements that have a word, beyond which it finds no others: what all say tells nothing."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Repeated:
    """One statement with all articles that have it."""

    speaker: str | None
    key: str | None
    since: str | None
    """When it was printed first, as far as that is known."""
    outlets: tuple[str, ...]
    """Who prints it, the first first."""
    wordings: tuple[str, ...]
    """What it is made to say, each wording once; case, marks and blanks apart."""
    claims: tuple[Claim, ...]
    """The first published first."""


def together(claims: Iterable[Claim]) -> list[Repeated]:
    """The statements put together, those with the most outlets first; their order does not matter."""
    in_order = sorted(claims, key=_place)
    by_speaker: dict[str, list[Claim]] = defaultdict(list)
    for claim in in_order:
        by_speaker[claim.key or folded(claim.speaker or claim.source)].append(claim)
    found = [group for theirs in by_speaker.values() for group in _alike(theirs)]
    return sorted((_repeated(group) for group in found), key=lambda one: (-len(one.outlets), _place(one.claims[0])))


def same_statement(one: str, other: str) -> bool:
    """Whether two contents say the same, one of them perhaps cut or in other words."""
    return _same(_weights(one), _weights(other))


def _repeated(claims: Sequence[Claim]) -> Repeated:
    wordings: dict[str, str] = {}
    for claim in claims:
        wordings.setdefault(" ".join(words_of(claim.content)), claim.content)
    return Repeated(
        speaker=claims[0].speaker,
        key=claims[0].key,
        since=min((each.article.published for each in claims if each.article.published), default=None),
        outlets=tuple(dict.fromkeys(each.article.outlet for each in claims if each.article.outlet)),
        wordings=tuple(wordings.values()),
        claims=tuple(claims),
    )


def _place(claim: Claim) -> tuple[str, str, int]:
    return claim.article.published or "9999", claim.article.id, claim.evidence.start


def _alike(claims: Sequence[Claim]) -> list[list[Claim]]:
    """The groups of one speaker's statements that are linked by likeness."""
    weights = [_weights(claim.content) for claim in claims]
    group = list(range(len(claims)))
    for a, b in _candidates(weights):
        if group[a] != group[b] and _same(weights[a], weights[b]):
            taken, kept = max(group[a], group[b]), min(group[a], group[b])
            group = [kept if number == taken else number for number in group]
    members: dict[int, list[Claim]] = defaultdict(list)
    for number, claim in zip(group, claims, strict=True):
        members[number].append(claim)
    return list(members.values())


def _candidates(weights: Sequence[Weights]) -> Iterator[tuple[int, int]]:
    """Pairs of statements that share a rare word."""
    holding: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(weights):
        for word in (word for word, weight in words.items() if weight > _RARE):
            if len(holding[word]) < _MOST_HOLDING:
                yield from ((before, at) for before in holding[word])
                holding[word].append(at)


def _same(one: Weights, other: Weights) -> bool:
    shorter, longer = sorted((one, other), key=lambda words: sum(words.values()))
    if len(shorter) < FEWEST or _numbers(shorter) - _numbers(longer):
        return False
    common = sum(weight for word, weight in shorter.items() if word in longer)
    return common >= ALIKE * sum(shorter.values())


def _numbers(words: Weights) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _weights(content: str) -> Weights:
    return {word: weight for word in words_of(content) if (weight := rarity(word)) > _TELLING or word[0].isdigit()}
