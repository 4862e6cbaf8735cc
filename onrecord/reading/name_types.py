"""The model's names set right by what stands in and around them: edges, titles, and a name's type over an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.gazetteer import BARE_NAME, Gazetteer
from onrecord.reading.name_spans import NameSpan
from onrecord.reading.schema import MentionType
from onrecord.reading.words import Words

# So many people live in a town that news means it by its name alone, whatever the model took the name for.
WELL_KNOWN = 150_000
_WITHIN_NAMES = frozenset(["of", "de", "al", "el", "la", "the", "and", "for", "du", "der", "von", "van", "bin", "ibn"])


def corrected(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """The names without what does not belong to them, and each of the type that it has in the article."""
    trimmed = [part for name in names for part in _parts(words, name, gazetteer) if not _is_no_name(words, part)]
    return _of_one_type(words, trimmed, gazetteer)


def _parts(words: Words, name: NameSpan, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """A name without titles and without the words after it ("Winfield police"); two where a comma parts two places."""
    if name.actor is not None or name.type not in {"person", "organisation", "place"}:
        yield name
    elif name.type == "place" and "," in words.forms[name.start : name.end]:
        comma = words.forms.index(",", name.start, name.end)
        yield from _parts(words, replace(name, end=comma), gazetteer)
        yield from _parts(words, replace(name, start=comma + 1), gazetteer)
    else:
        yield _without_additions(words, name, gazetteer)


def _without_additions(words: Words, name: NameSpan, gazetteer: Gazetteer) -> NameSpan:
    start, end = name.start, name.end
    if name.type == "person":
        while end - start > 1 and _is_title(words, start):
            start += 1
            if words.forms[start] in {".", "-"} and end - start > 1:
                start += 1
    while end - start > 1 and (_is_addition(words, end - 1) or words.forms[end - 1] in {",", "-", "&"}):
        end -= 1
    shorter = replace(name, start=start, end=end)
    if end < name.end and name.type != "place" and _is_place(words, shorter, gazetteer, least=0):
        return replace(shorter, type="place")
    return shorter


def _is_addition(words: Words, at: int) -> bool:
    form = words.forms[at]
    return (form.islower() and form not in _WITHIN_NAMES and not form[0].isdigit()) or _is_title(words, at)


def _is_title(words: Words, at: int) -> bool:
    return words.lower[at].rstrip(".") in _titles()


def _is_no_name(words: Words, name: NameSpan) -> bool:
    """Whether a span is an address, or no more than a common word or a title."""
    if name.start >= name.end:
        return True
    text = words.between(name.start, name.end)
    if "@" in text or (name.end - name.start == 1 and "." in text.strip(".") and text.islower()):
        return True
    if name.actor is not None or name.type not in {"person", "organisation", "place"}:
        return False
    if len(name) == 1 and (words.lower[name.start].strip(".") in _common_words() or _is_title(words, name.start)):
        return True
    return name.type == "place" and text.islower()


def _of_one_type(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """A name that the model types now this, now that, is what it mostly is; a surname a person, a city a place."""
    votes: defaultdict[str, Counter[MentionType]] = defaultdict(Counter)
    for name in names:
        votes[words.name(name.start, name.end)][name.type] += 1
    persons = {word for text, types in votes.items() if types["person"] and " " in text for word in text.split()}
    return [_retyped(words, name, votes[words.name(name.start, name.end)], persons, gazetteer) for name in names]


def _retyped(
    words: Words, name: NameSpan, votes: Counter[MentionType], persons: set[str], gazetteer: Gazetteer
) -> NameSpan:
    if name.actor is not None or name.type not in {"person", "organisation", "place"}:
        return name
    text = words.name(name.start, name.end)
    if text in persons and name.type == "place" and not _is_well_known(words, name, gazetteer):
        return replace(name, type="person")
    if name.type == "place" or text in persons:
        return name
    if _is_well_known(words, name, gazetteer) or (votes["place"] and _is_place(words, name, gazetteer, least=0)):
        return replace(name, type="place")
    return name


def _is_well_known(words: Words, name: NameSpan, gazetteer: Gazetteer) -> bool:
    return _is_place(words, name, gazetteer, least=WELL_KNOWN)


def _is_place(words: Words, name: NameSpan, gazetteer: Gazetteer, least: int) -> bool:
    """Whether the gazetteer has the name as a place's own: a country, a region, a town of at least so many people."""
    found = gazetteer.named(words.name(name.start, name.end))
    return any(place.rank != BARE_NAME and (place.level == "country" or place.population >= least) for place in found)


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("person-titles"))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place-stopwords"))
