"""Which articles share their wording: exact and near copies, by MinHash over word 5-grams with banded LSH.

A. Broder, "On the resemblance and containment of documents", 1997; banding after P. Indyk and R. Motwani, 1998. With
32 bands of 4 rows two articles become candidates with probability 1 - (1 - J^4)^32: 0.93 at a Jaccard index of 0.53,
0.997 at 0.65. The estimate of J from 128 permutations has a standard error of at most 0.045.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np

from onrecord.reading.schema import Reading
from onrecord.record.grouping import Rule
from onrecord.record.ids import body
from onrecord.record.links import Ask, Key, Linker, Node

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

_PRIME = (1 << 61) - 1


def wording(article: str, reading: Reading, rank: str) -> Node:
    """The article as a node among wordings; who credits another for it comes after who published it that day."""
    credited = any(credit.agency.casefold() != (reading.outlet or "").casefold() for credit in reading.credits)
    hashes = shingles(body(reading))
    signature = minhash(hashes)
    bands = signature.reshape(BANDS, ROWS)
    keys = tuple(f"{at}:{hashlib.sha256(band.tobytes()).hexdigest()[:12]}" for at, band in enumerate(bands))
    return Node(
        id=article,
        article=article,
        local="",
        rank=f"{rank[:10]}{'+' if credited else ' '}{rank[10:]}"[:40],
        features=len(hashes).to_bytes(4, "little") + signature.tobytes(),
        keys=tuple(Key(key) for key in keys),
        asks=(Ask(keys),),
    )


def shingles(text: str) -> np.ndarray:
    """64-bit hashes of the different word 5-grams of a text, punctuation and case apart; sorted."""
    words = ["".join(filter(str.isalnum, word)) for word in text.casefold().split()]
    words = [word for word in words if word]
    grams = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    hashes = [int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "little") for gram in grams]
    return np.unique(np.array(hashes, dtype=np.uint64))


def minhash(hashes: np.ndarray) -> np.ndarray:
    """The signature of a set of 64-bit hashes: the least value under each of 128 permutations, 32 bits of it."""
    multipliers, offsets = _permutations()
    low = (hashes & np.uint64(0xFFFFFFFF))[None, :]
    high = (hashes >> np.uint64(32))[None, :]
    with np.errstate(over="ignore"):
        mixed = low * multipliers[:, None] + high * offsets[:, None]
    least: np.ndarray = (mixed >> np.uint64(32)).min(axis=1)
    return least.astype("<u4")


def resemblance(a: bytes, b: bytes) -> float:
    """How much two wordings have in common, from their features: 1 for the same words, 0 for none shared."""
    (size_a, signature_a), (size_b, signature_b) = _parts(a), _parts(b)
    jaccard = float(np.mean(signature_a == signature_b))
    shorter = min(size_a, size_b)
    contained = min(1.0, jaccard * (size_a + size_b) / ((1 + jaccard) * shorter)) if shorter else 0.0
    if shorter >= FEWEST and contained >= CONTAINED:
        return max(jaccard, min(contained, 0.95) if jaccard < EXACT else EXACT)
    return jaccard


def _parts(features: bytes) -> tuple[int, np.ndarray]:
    return int.from_bytes(features[:4], "little"), np.frombuffer(features, dtype="<u4", offset=4)


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    # Multiply-shift hashing (Dietzfelbinger et al. 1997) needs odd multipliers; the seed is part of the method.
    numbers = np.random.Generator(np.random.PCG64(1997)).integers(1, _PRIME, size=(2, BANDS * ROWS), dtype=np.uint64)
    return numbers[0] | np.uint64(1), numbers[1] | np.uint64(1)


def _weigh(newcomer: bytes, others: Sequence[bytes]) -> list[float]:
    return [resemblance(newcomer, other) for other in others]


COPIES = Linker(kind="copy", rule=Rule(ladder=(NEAR, 0.7, 0.9), cut=NEAR, limit=300), weigh=_weigh)
"""Finds and weighs copies; the weight is the Jaccard index, or the containment of a cut in a longer article."""
