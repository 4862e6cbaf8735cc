"""What an account says was hit: what tells two attacks on one town in one day apart.

"The town of Idrin" or "rebel-held districts" is no site: a market that was hit is in it as well. "The Midan district"
is one, and so are "the market" and "the police station".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.schema import Incident, Reading
from onrecord.record.wording import rarity, words_of

_NAMING = 1.5
"""Rarity of a word that names a site at all ("well" is common, but so are few others that do)."""
_TELLING = 2.0
"""Rarity of a word that says which target was struck."""
_ARTICLE = 2
"""Letters of an Arabic or Spanish article."""
_WIDE = frozenset({"settlement", "adm2", "adm1", "region", "country", "sea"})
_CLASS = "("
"""With what a class of sites begins among their words."""
_HEAD_ENDS = (" of ", " in ", " near ")


def sites_of(reading: Reading, incident: Incident) -> tuple[str, ...]:
    """The words that name sites among what was struck: "market", or "midan" of a district, not "town" or its name.

    Of words for one class of sites there is the class besides, in brackets: a clinic may be called a hospital.
    """
    sites = [target.text for target in incident.targets if target.kind == "facility"]
    if not sites:
        return ()
    known = _named(reading)
    words = {word for site in sites for word in _telling(site) if rarity(word) > _NAMING} - known
    classes = {f"{_CLASS}{kind})" for word in words if (kind := _classes().get(word))}
    return tuple(sorted(words | classes))


def words_in(sites: Iterable[str]) -> str:
    """What `sites_of` gave, to be read: its words without the classes."""
    return " ".join(word for word in sites if not word.startswith(_CLASS))


def struck_of(reading: Reading, incident: Incident) -> tuple[str, ...]:
    """The words that tell something of who and what was struck ("bakery", not "people"), and keys of entities."""
    words = {word for target in incident.targets for word in _naming(target.text) if rarity(word) > _TELLING}
    entities = {entity.id: entity.key for entity in reading.entities}
    keys = {key for target in incident.targets if (key := entities.get(target.entity or ""))}
    return tuple(sorted(words | keys))


def _naming(text: str) -> Iterator[str]:
    """The words of a name; "al-Furqan" and "al-Midan" have no more in common than "the one" and "the other"."""
    return (word for word in words_of(text) if len(word) > _ARTICLE)


def _telling(site: str) -> Iterator[str]:
    """The words of a site; of a whole town, or of any building, only those that are names."""
    if _head(site) not in _of_any_target():
        return _naming(site)
    names = (word for word in site.split() if word.rpartition("-")[2][:1].isupper())
    return (word for name in names for word in _naming(name) if word not in _of_any_target())


def _head(site: str) -> str:
    """The noun of a target: "town" of "the rebel-held town of Idrin"."""
    for end in _HEAD_ENDS:
        site = site.partition(end)[0]
    return site.split()[-1].casefold() if site.split() else ""


def _named(reading: Reading) -> frozenset[str]:
    """The words of the names, in all spellings, of towns and what is wider, of sides, and of peoples."""
    wider = {each.id: each.name for each in reading.entities if each.type != "place" or each.level in _WIDE}
    names = [*wider.values(), *(mention.text for mention in reading.mentions if mention.entity in wider)]
    return frozenset(word for name in names for word in words_of(name)) | _demonyms()


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(word for row in rows("demonyms") for word in words_of(row["word"]))


@cache
def _of_any_target() -> frozenset[str]:
    return frozenset(word for word, kind in _classes().items() if not kind)


@cache
def _classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in rows("site-nouns")}
