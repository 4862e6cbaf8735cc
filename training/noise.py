"""What the web does to texts, done to training windows: lost commas, quotation marks, letter case, accents, breaks."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from training.corpora import Window

QUOTES = frozenset("\"“”'‘’«»``''") | {"``", "''"}

# Share of windows that suffer it. Tuned on dev: more costs accuracy on clean text.
NO_QUOTES, UPPER, UPPER_LINE, NO_ACCENTS, NO_BREAKS = 0.06, 0.03, 0.05, 0.05, 0.10


@dataclass(frozen=True, slots=True)
class Shares:
    """Of windows that lose what names hang on most: a reader without a teacher is better off with few."""

    no_commas: float
    lower_case: float


def noisy(window: Window, chance: random.Random, shares: Shares) -> tuple[Window, list[int]]:
    """The window as a careless site would give it, at random, and which of its words are left; mostly unchanged."""
    lost = {","} if chance.random() < shares.no_commas else set()
    if chance.random() < NO_QUOTES:
        lost |= QUOTES
    kept = kept_without(window, lost)
    return disguised(only(window, kept), chance, shares.lower_case), kept


def disguised(window: Window, chance: random.Random, lower: float) -> Window:
    """The same words without letter case (`lower`: the share in lower case), accents or line breaks, at random."""
    draw = chance.random()
    if draw < lower:
        window = replace(window, words=[word.lower() for word in window.words])
    elif draw < lower + UPPER:
        window = replace(window, words=[word.upper() for word in window.words])
    elif draw < lower + UPPER + UPPER_LINE:
        window = _with_upper_first_line(window)
    if chance.random() < NO_ACCENTS:
        window = replace(window, words=[_plain(word) for word in window.words])
    if chance.random() < NO_BREAKS:
        window = replace(window, breaks=[False] * len(window.words))
    return window


def without(window: Window, words: Collection[str]) -> Window:
    """The window without these words, which must be leaves of its trees; unchanged where nothing else would be left."""
    return only(window, kept_without(window, words))


def kept_without(window: Window, words: Collection[str]) -> list[int]:
    """Which words are left without these; all of them where nothing else would be."""
    headed = {head for at, head in enumerate(window.heads or ()) if head != at}
    kept = [at for at, word in enumerate(window.words) if word not in words or at in headed]
    return kept or list(range(len(window.words)))


def only(window: Window, kept: list[int]) -> Window:
    """The window with these words alone; what began with a lost word begins with the next."""
    if len(kept) == len(window.words):
        return window
    place = {at: new for new, at in enumerate(kept)}
    gone = set(range(len(window.words))) - set(kept)
    starts, breaks = window.starts, list(window.breaks)
    if starts is not None:
        starts = list(starts)
    for at in sorted(gone):  # what follows a lost word inherits what began with it
        if at + 1 < len(breaks):
            breaks[at + 1] = breaks[at + 1] or breaks[at]
            if starts is not None:
                starts[at + 1] = starts[at + 1] or starts[at]
    return Window(
        words=[window.words[at] for at in kept],
        breaks=[breaks[at] for at in kept],
        upos=_of(window.upos, kept),
        xpos=_of(window.xpos, kept),
        heads=[place[window.heads[at]] for at in kept] if window.heads is not None else None,
        relations=_of(window.relations, kept),
        starts=_of(starts, kept),
        names=_of(window.names, kept),
        attribution=_reopened(window.attribution, kept) if window.attribution is not None else None,
        from_tweets=window.from_tweets,
        source_of={
            _next(cue, place): None if source is None else _next(source, place)
            for cue, source in window.source_of.items()
        },
        cue_of={_next(part, place): _next(cue, place) for part, cue in window.cue_of.items()},
    )


def _of(values: list[Any] | None, kept: list[int]) -> list[Any] | None:
    return None if values is None else [values[at] for at in kept]


def _reopened(tags: list[str], kept: list[int]) -> list[str]:
    """The kept words' tags; a part whose first word is lost begins with its second."""
    result, before = [], -1
    for at in kept:
        lost = range(before + 1, at)
        opened = tags[at].startswith("I-") and any(tags[each] == "B-" + tags[at][2:] for each in lost)
        result.append("B-" + tags[at][2:] if opened else tags[at])
        before = at
    return result


def _next(at: int, place: dict[int, int]) -> int:
    """The new place of a word, or of the next that is kept: what began with a lost word begins with that one."""
    return min((new for old, new in place.items() if old >= at), default=max(place.values()))


def _with_upper_first_line(window: Window) -> Window:
    end = next((at for at, is_break in enumerate(window.breaks) if is_break and at > 0), min(12, len(window.words)))
    return replace(window, words=[word.upper() if at < end else word for at, word in enumerate(window.words)])


def _plain(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare or word
