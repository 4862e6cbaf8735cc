"""Other names in the place of those that a corpus has, word for word, so that a name is known by its surroundings.

Mention replacement (Dai & Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity Recognition"): the
corpora hold few thousand names, and a network that reads them several times learns them by heart.
"""

from __future__ import annotations

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord import lexicon
from onrecord.reading.model.decode import spans_of
from training.corpora import Window

LOCALES = (
    *"cs_CZ de_DE en_AU en_CA en_GB en_IN en_NZ en_US es_ES es_MX fi_FI fr_FR hr_HR id_ID it_IT nl_NL".split(),
    *"no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR".split(),
)
INVENTED = 4000  # persons with names of these languages
PEOPLE_OF_A_PLACE = 40_000  # smaller places are hardly ever told of
WINDOWS, MENTIONS, FROM_LISTS = 0.4, 0.7, 0.5
MOST_WORDS = 4

Words = tuple[str, ...]
Pools = dict[tuple[str, int], list[Words]]
"""Names by type and number of words."""


def pools_of(windows: Iterable[Window]) -> Pools:
    """The names that these windows' corpora mark for sure."""
    pools: dict[tuple[str, int], set[Words]] = defaultdict(set)
    for window in windows:
        for first, last, kind in _mentions(window):
            pools[kind, last - first].add(tuple(window.words[first:last]))
    return {key: sorted(names) for key, names in sorted(pools.items())}


def listed() -> Pools:
    """Names from lists: invented persons of many countries, GeoNames' towns, the actor base."""
    pools: dict[tuple[str, int], set[Words]] = defaultdict(set)
    for kind, name in (*_invented(), *_towns(), *_actors()):
        words = tuple(name.split())
        if len(words) <= MOST_WORDS and all(_is_plain(word) for word in words):
            pools[kind, len(words)].add(words)
    return {key: sorted(names) for key, names in sorted(pools.items())}


def renamed(window: Window, pools: Pools, lists: Pools, chance: random.Random) -> Window:
    """The window with some of its names replaced, each by the same other name throughout; mostly unchanged.

    Half of the new names come from `pools`, half from `lists` as far as these have any. PolNeAR's windows stay.
    """
    if window.names is None or window.attribution is not None or chance.random() > WINDOWS:
        return window
    words, chosen = list(window.words), {}
    for first, last, kind in _mentions(window):
        old = (kind, *window.words[first:last])
        if old not in chosen:
            chosen[old] = _other(pools, lists, (kind, last - first), chance) if chance.random() < MENTIONS else old[1:]
        words[first:last] = _cased(chosen[old], window.words[first:last])
    return replace(window, words=words)


def _mentions(window: Window) -> Iterator[tuple[int, int, str]]:
    """The names of plain capitalised words: between others ("of", "the") the tree would no longer fit."""
    if window.names is None:
        return
    sure = [tags[0] if len(tags) == 1 or tags[0] != "O" else "O" for tags in window.names]
    for first, last, kind in spans_of(sure):
        plain = last - first <= MOST_WORDS and all(_is_plain(word) for word in window.words[first:last])
        if plain and kind in ("person", "organisation", "place"):
            yield first, last, kind


def _is_plain(word: str) -> bool:
    return word[:1].isupper() and word.replace("-", "").replace("'", "").isalpha()


def _other(pools: Pools, lists: Pools, key: tuple[str, int], chance: random.Random) -> Words:
    listed_names = lists.get(key)
    return chance.choice(listed_names if listed_names and chance.random() < FROM_LISTS else pools[key])


def _cased(name: Words, like: list[str]) -> Words:
    if len("".join(like)) > 4 and all(word.isupper() for word in like):
        return tuple(word.upper() for word in name)
    return name


def _invented() -> Iterator[tuple[str, str]]:
    import faker

    source = faker.Faker(LOCALES)
    source.seed_instance(1)
    for _ in range(INVENTED):
        first, last = source.first_name(), source.last_name()
        yield from (("person", first), ("person", last), ("person", f"{first} {last}"))
        yield "person", f"{first} {source.first_name()} {last}"


def _towns() -> Iterator[tuple[str, str]]:
    with sqlite3.connect(lexicon.DATA / "gazetteer.sqlite") as gazetteer:
        rows = gazetteer.execute("select name from place where population > ? order by id", (PEOPLE_OF_A_PLACE,))
        yield from (("place", name) for (name,) in rows)


def _actors() -> Iterator[tuple[str, str]]:
    for row in lexicon.rows("actors"):
        yield row["type"], row["name"]
