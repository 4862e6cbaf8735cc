"""Which articles share their wording: exact, near and reworded copies, by MinHash over word 5-grams with banded LSH.

A. Broder, "On the resemblance and containment of documents", 1997; banding after P. Indyk and R. Motwani, 1998. With
32 bands of 4 rows two articles become candidates with probability 1 - (1 - J^4)^32: 0.93 at a Jaccard index of 0.53,
0.997 at 0.65. The estimate of J from 128 permutations has a standard error of at most 0.045.

A copy in other words (a spun one, or an agency's text that a desk has cut and touched up) keeps few 5-grams, but it
begins with the same names, numbers and rare words, and goes on naming and numbering in the same order. Such copies are
sought among articles on one story only; where there is a doubt, there is none. Measured in docs/linking.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from struct import Struct

import numpy as np

from onrecord.reading.schema import Reading
from onrecord.record.days import day_of
from onrecord.record.grouping import Rule
from onrecord.record.ids import body, outlet_key
from onrecord.record.links import Ask, Key, Linker, Node
from onrecord.record.shapes import CopyKind
from onrecord.record.wording import rarity, words_of

SHINGLE = 5
BANDS, ROWS = 32, 4
EXACT = 1.0
NEAR = 0.5
"""Jaccard index of word 5-grams from which two articles count as copies; where one is contained in the other, see
`resemblance`."""
CONTAINED = 0.8
"""Share of the shorter article's 5-grams that the longer one must hold for the shorter one to be a cut of it."""
FEWEST = 20
"""5-grams that an article must have to be taken for a cut of a longer one."""

LEAD = 80
"""Words of the beginning that are compared: furniture of a page and its standing paragraphs come later."""
SAME_LEAD = 0.4
"""Share of the telling words of the shorter beginning without which nothing short of `VERBATIM` is a copy."""
VERBATIM = 0.9
REWORDED = 0.6
"""What a reworded copy weighs."""
REWORDED_LEAD, REWORDED_TEXT, REWORDED_NAMES = 0.6, 0.25, 0.35
"""Shares of the beginning's telling words, and of the shorter article's 5-grams or of its sequences of names and
numbers, from which an article is taken for another's copy in other words."""
MOSTLY, MOSTLY_LEAD = 0.5, 0.35
"""Share of the shorter article's 5-grams from which this share of the beginning will do: a desk has put its own lead
before an agency's text."""
_FEWEST_NAMES = 8
_TELLING = 2.5
_DAYS = 2

_PRIME = (1 << 61) - 1


def wording(article: str, reading: Reading, rank: str) -> Node:
    """The article as a node among wordings; who credits another for it comes after who published it that day."""
    credited = any(credit.agency.casefold() != (reading.outlet or "").casefold() for credit in reading.credits)
    text = body(reading)
    hashes = shingles(text)
    signature = minhash(hashes)
    bands = signature.reshape(BANDS, ROWS)
    keys = tuple(f"{at}:{hashlib.sha256(band.tobytes()).hexdigest()[:12]}" for at, band in enumerate(bands))
    names = _hashed(sequences(text))
    lead = _hashed(telling_words(text))
    return Node(
        id=article,
        article=article,
        local="",
        rank=f"{rank[:10]}{'+' if credited else ' '}{rank[10:]}"[:40],
        features=_HEAD.pack(len(hashes), len(names), len(lead), day_of(reading) or 0, _short(outlet_key(reading)))
        + signature.tobytes()
        + minhash(names).tobytes()
        + lead.astype("<u4").tobytes(),
        keys=tuple(Key(key) for key in keys),
        asks=(Ask(keys),),
    )


def telling_words(text: str) -> set[str]:
    """The numbers and rarer words with which a text begins."""
    beginning = list(words_of(text))[:LEAD]
    return {word for word in beginning if word.isdigit() or rarity(word) > _TELLING}


def sequences(text: str) -> set[str]:
    """The names and numbers of a text in their order, by threes; words that begin a sentence are among the names."""
    names = [word.casefold() for word in _names(text)]
    return {" ".join(names[at : at + 3]) for at in range(len(names) - 2)}


def _names(text: str) -> Iterator[str]:
    for piece in text.split():
        word = piece.strip(_MARKS).removesuffix("'s").removesuffix("’s")
        if word and (word[0].isdigit() or (word[0].isupper() and rarity(word.casefold()) > 1.0)):
            yield word


_MARKS = ".,;:!?\"'“”‘’()[]—–-…"
_HEAD = Struct("<IIIiI")


def _hashed(texts: set[str]) -> np.ndarray:
    hashes = [int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") for text in texts]
    return np.unique(np.array(hashes, dtype=np.uint64))


def _short(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little")


def shingles(text: str) -> np.ndarray:
    """64-bit hashes of the different word 5-grams of a text, punctuation and case apart; sorted."""
    words = ["".join(filter(str.isalnum, word)) for word in text.casefold().split()]
    words = [word for word in words if word]
    grams = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    hashes = [int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "little") for gram in grams]
    return np.unique(np.array(hashes, dtype=np.uint64))


def minhash(hashes: np.ndarray) -> np.ndarray:
    """The signature of a set of 64-bit hashes: the least value under each of 128 permutations, 32 bits of it."""
    if not len(hashes):
        return np.full(BANDS * ROWS, 0xFFFFFFFF, dtype="<u4")
    multipliers, offsets = _permutations()
    low = (hashes & np.uint64(0xFFFFFFFF))[None, :]
    high = (hashes >> np.uint64(32))[None, :]
    with np.errstate(over="ignore"):
        mixed = low * multipliers[:, None] + high * offsets[:, None]
    least: np.ndarray = (mixed >> np.uint64(32)).min(axis=1)
    return least.astype("<u4")


def resemblance(a: bytes, b: bytes) -> float:
    """How much two wordings have in common, from their features: 1 for the same words, 0 for none shared."""
    common = in_common(a, b)
    if common.jaccard >= VERBATIM:
        return common.jaccard
    reworded = REWORDED if common.near and _reworded(common) else 0.0
    if common.lead < SAME_LEAD:
        return reworded or min(common.jaccard, _UNLIKE)
    if common.long and common.contained >= CONTAINED:
        return max(common.jaccard, min(common.contained, 0.95))
    return max(common.jaccard, reworded)


@dataclass(frozen=True, slots=True)
class Common:
    """What two articles have in common: the Jaccard index of their 5-grams, and shares of the shorter one."""

    jaccard: float
    contained: float
    """Of its 5-grams."""
    lead: float
    """Of the telling words with which it begins."""
    named: float
    """Of its sequences of names and numbers; 0 where it has too few to say anything."""
    long: bool
    """Whether both have as many 5-grams as a cut of another must have."""
    near: bool
    """Whether they are by different outlets and of the same days, or of days that are not known."""


def in_common(a: bytes, b: bytes) -> Common:
    """What two wordings have in common, from their features."""
    ours, theirs = _wording(a), _wording(b)
    jaccard = float(np.mean(ours.signature == theirs.signature))
    enough = min(ours.sequences, theirs.sequences) >= _FEWEST_NAMES
    alike = float(np.mean(ours.names == theirs.names)) if enough else 0.0
    known = bool(ours.day and theirs.day)
    return Common(
        jaccard=jaccard,
        contained=_contained(jaccard, ours.size, theirs.size),
        lead=_lead(ours, theirs),
        named=_contained(alike, ours.sequences, theirs.sequences) if enough else 0.0,
        long=min(ours.size, theirs.size) >= FEWEST,
        near=ours.outlet != theirs.outlet and not (known and abs(ours.day - theirs.day) > _DAYS),
    )


def kind_of_copy(weight: float | None) -> CopyKind:
    """In which way one of two copies has the words of the other, from what their link weighs (`None`: via others)."""
    if weight is None:
        return "near"
    return "exact" if weight >= EXACT else "reworded" if weight == REWORDED else "near"


@dataclass(frozen=True, slots=True)
class _Wording:
    """The features of an article: how many 5-grams and sequences of names it has, their signatures, how it begins."""

    size: int
    sequences: int
    day: int
    outlet: int
    signature: np.ndarray
    names: np.ndarray
    lead: frozenset[int]


_UNLIKE = NEAR - 0.01


@lru_cache(maxsize=2048)
def _wording(features: bytes) -> _Wording:
    half = BANDS * ROWS
    if len(features) == 4 * (1 + half):  # of a record made before copies in other words were sought
        size, *signature = np.frombuffer(features, dtype="<u4")
        return _Wording(int(size), 0, 0, 0, np.array(signature), np.zeros(half, dtype="<u4"), frozenset())
    size, sequences, lead, day, outlet = _HEAD.unpack_from(features)
    numbers = np.frombuffer(features, dtype="<u4", offset=_HEAD.size)
    return _Wording(
        size=size,
        sequences=sequences,
        day=day,
        outlet=outlet,
        signature=numbers[:half],
        names=numbers[half : 2 * half],
        lead=frozenset(numbers[2 * half : 2 * half + lead].tolist()),
    )


def _contained(jaccard: float, one: int, other: int) -> float:
    """The share of the smaller of two sets that the larger one has, from their Jaccard index."""
    smaller = min(one, other)
    return min(1.0, jaccard * (one + other) / ((1 + jaccard) * smaller)) if smaller else 0.0


def _lead(a: _Wording, b: _Wording) -> float:
    fewer = min(len(a.lead), len(b.lead))
    return len(a.lead & b.lead) / fewer if fewer else 1.0


def _reworded(common: Common) -> bool:
    """Whether one has the other's text in other words."""
    if common.long and common.contained >= MOSTLY and common.lead >= MOSTLY_LEAD:
        return True
    alike = (common.long and common.contained >= REWORDED_TEXT) or common.named >= REWORDED_NAMES
    return alike and common.lead >= REWORDED_LEAD


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    # Multiply-shift hashing (Dietzfelbinger et al. 1997) needs odd multipliers; the seed is part of the method.
    numbers = np.random.Generator(np.random.PCG64(1997)).integers(1, _PRIME, size=(2, BANDS * ROWS), dtype=np.uint64)
    return numbers[0] | np.uint64(1), numbers[1] | np.uint64(1)


def _weigh(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    return [resemblance(newcomer, other) for other in others]


COPIES = Linker(kind="copy", rule=Rule(ladder=(NEAR, 0.7, 0.9), cut=NEAR, limit=300), weigh=_weigh)
"""Finds and weighs copies; the weight is the Jaccard index, or the containment of a cut in a longer article."""
