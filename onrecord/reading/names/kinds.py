"""The model's names set right by what stands in and around them: edges, titles, and a name's type over an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.names.contexts import name_words
from onrecord.reading.names.spans import NameSpan, joined
from onrecord.reading.names.word_names import demonym_type, is_demonym
from onrecord.reading.places.gazetteer import Gazetteer
from onrecord.reading.places.gazetteer_file import BARE_NAME
from onrecord.reading.places.nouns import place_nouns
from onrecord.reading.places.spellings import readings_of
from onrecord.reading.schema import MentionType
from onrecord.reading.spelling import is_address
from onrecord.reading.words import Words

# So many people live in a town that news means it by its name alone, whatever the model took the name for.
WELL_KNOWN = 150_000
SURELY_A_PLACE = 6
_OWN = frozenset({"country", "adm2"})
_PARTIES = frozenset(["D", "R", "I"])
_PLACE_PREPOSITIONS = frozenset(["in", "near", "outside"])
_WIDENINGS = ((3, 0), (0, 3), (2, 0), (0, 2), (1, 0), (0, 1))


def corrected(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """The names without what does not belong to them, and each of the type that it has in the article."""
    taken = {token for name in names for token in range(name.start, name.end)}
    trimmed = [part for name in names for part in _parts(words, name, gazetteer) if not _is_no_name(words, part)]
    free = set(range(len(words))) - taken | {at for name in trimmed if name.type == "place" for at in name.tokens}
    whole = [_whole(words, name, gazetteer, free) if name.type == "place" else name for name in trimmed]
    return _of_one_type(words, joined([], sorted(whole, key=len, reverse=True)), gazetteer)


def _whole(words: Words, name: NameSpan, gazetteer: Gazetteer, free: set[int]) -> NameSpan:
    """A place name with the words beside it that the gazetteer has in it: "Rifaat" of "Tell Rifaat"."""
    for before, after in _WIDENINGS:
        start, end = name.start - before, name.end + after
        beside = {*range(start, name.start), *range(name.end, end)}
        if start < 0 or end > len(words) or not beside <= free or "\n" in words.between(start, end):
            continue
        capital = words.forms[start][:1].isupper() and words.forms[end - 1][:1].isupper()
        opens = words.lower[start] in name_words("opening")
        if capital and not opens and gazetteer.named(words.name(start, end)):
            return replace(name, start=start, end=end)
    return _narrowed(words, name, gazetteer)


def _narrowed(words: Words, name: NameSpan, gazetteer: Gazetteer) -> NameSpan:
    """A place name without a first word that made it none: "Aleppo" of "Retaking Aleppo"."""
    rest = replace(name, start=name.start + 1)
    if len(name) > 1 and not readings_of(gazetteer, words.name(name.start, name.end)):
        return rest if _is_place(words, rest, gazetteer, least=WELL_KNOWN) else name
    return name


def _parts(words: Words, name: NameSpan, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """A name without titles and without the words after it; two where it is two ("Ann Lee of Bethel")."""
    if name.type not in {"person", "organisation", "place"}:
        yield name
        return
    joint = _joint(words, name, gazetteer)
    several = _several(words, name, gazetteer) if joint is None and name.type == "place" else ()
    if several:
        yield from several
    elif joint is not None:
        yield from _parts(words, replace(name, end=joint), gazetteer)
        yield from _parts(words, replace(name, start=joint + 1, type="place", actor=None), gazetteer)
    elif name.actor is None or name.type == "person":
        yield _without_additions(words, _without_titles(words, name), gazetteer)
    else:
        yield name


def _joint(words: Words, name: NameSpan, gazetteer: Gazetteer) -> int | None:
    """The token that parts two places, or a person and the place that the person is of."""
    parts = {"place": ",", "person": "of"}
    for at in range(name.start + 1, name.end - 1):
        if words.lower[at] == parts.get(name.type) and gazetteer.named(words.name(at + 1, name.end)):
            return at
    return None


def _several(words: Words, name: NameSpan, gazetteer: Gazetteer) -> tuple[NameSpan, ...]:
    """The places of a span that has several in a row, their commas lost ("Damascus Hama Idlib"), or a demonym first."""
    if len(name) == 1 or readings_of(gazetteer, words.name(name.start, name.end)):
        return ()
    parts: list[NameSpan] = []
    at = name.start
    while at < name.end:
        ends = (end for end in range(name.end, at, -1) if words.forms[at][0].isupper())
        end = next((end for end in ends if _is_well_known(words, replace(name, start=at, end=end), gazetteer)), None)
        if end is not None:
            parts.append(replace(name, start=at, end=end))
        elif not (is_demonym(words.forms[at]) or words.forms[at].isspace()):
            return ()
        at = end or at + 1
    return tuple(parts)


def _without_titles(words: Words, name: NameSpan) -> NameSpan:
    start = name.start
    if words.form(start) in _PARTIES and words.form(start + 1) == "-" and name.end - start > 2:
        return replace(name, start=start + 2, type="place", actor=None)
    while name.type == "person" and name.end - start > 1 and (_is_title(words, start) or words.forms[start] in ".-"):
        start += 1
    return replace(name, start=start)


def _without_additions(words: Words, name: NameSpan, gazetteer: Gazetteer) -> NameSpan:
    end = _clause_end(words, name)
    while end - name.start > 1 and (_is_addition(words, end - 1) or words.forms[end - 1] in {",", "-", "&"}):
        end -= 1
    shorter = replace(name, end=end)
    if len(shorter) == 1 and is_demonym(words.forms[name.start]):
        return replace(shorter, type=demonym_type(words.forms[name.start]), actor=None)
    if end < name.end and name.type == "organisation" and _is_place(words, shorter, gazetteer, least=0):
        return replace(shorter, type="place")
    return shorter


def _clause_end(words: Words, name: NameSpan) -> int:
    """Where a name ends that ran on over a dash or full stop: "Syria - At", "Raqqa. At"."""
    for at in range(name.start + 1, name.end):
        if words.forms[at] in {".", "–", "—", "#"} or (words.forms[at] == "-" and _stands_free(words, at)):
            return at
    return name.end


def _stands_free(words: Words, at: int) -> bool:
    """Whether a token has a blank on both sides."""
    around = words.text[words.starts[at] - 1 : words.starts[at]] + words.text[words.ends[at] : words.ends[at] + 1]
    return len(around) == 2 and around.isspace()


def _is_addition(words: Words, at: int) -> bool:
    form = words.forms[at]
    beside = form.islower() and form not in name_words("within") and not form[0].isdigit()
    return beside or (_is_title(words, at) and words.form(at - 1) != "-")  # "Port-au-Prince"


def _is_title(words: Words, at: int) -> bool:
    return words.lower[at].rstrip(".") in _titles()


def _is_no_name(words: Words, name: NameSpan) -> bool:
    """Whether a span is an address, or no more than a common word or a title."""
    if name.start >= name.end:
        return True
    text = words.between(name.start, name.end)
    if is_address(text):
        return True
    if name.actor is not None or name.type not in {"person", "organisation", "place"}:
        return False
    if words.lower[name.start] in name_words("within") - name_words("particle") or text.islower():
        return True
    return len(name) == 1 and (words.lower[name.start].strip(".") in _common_words() or _is_title(words, name.start))


def _of_one_type(words: Words, names: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """A name that the model types now this, now that, is what it mostly is; a surname a person, a city a place."""
    votes: defaultdict[str, Counter[MentionType]] = defaultdict(Counter)
    for name in names:
        votes[words.name(name.start, name.end)][name.type] += 1
    persons = {word for text, types in votes.items() if types["person"] and " " in text for word in text.split()}
    ends = {name.end for name in names if name.type == "person"}
    retyped = []
    for name in names:
        vote = votes[words.name(name.start, name.end)]
        where = _stands_where_places_do(words, name, ends)
        retyped.append(_retyped(words, name, vote + Counter({"place": 1} if where else {}), persons, gazetteer))
    return retyped


def _stands_where_places_do(words: Words, name: NameSpan, persons: set[int]) -> bool:
    """Whether a name comes after "in", or after "of" and a person or an age: "in Elida", "Ann Lee, 19, of Elida"."""
    before = words.lower[name.start - 1] if name.start else ""
    if before in _PLACE_PREPOSITIONS:
        return True
    at = name.start - 2 - (words.form(name.start - 2) == ",")
    return before == "of" and (at + 1 in persons or words.form(at).isdigit())


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
    text = words.name(name.start, name.end)
    return text in _named_in_wars() or _is_place(words, name, gazetteer, least=WELL_KNOWN)


def _is_place(words: Words, name: NameSpan, gazetteer: Gazetteer, least: int) -> bool:
    """Whether the gazetteer has the name as a place's own: a country, a region, a town of at least so many people."""
    text = words.name(name.start, name.end)
    first, _, rest = text.partition(" of ")
    found = gazetteer.named(rest if rest and first.lower() in place_nouns("in-name") else text)
    return any(place.rank != BARE_NAME and (place.level in _OWN or place.population >= least) for place in found)


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("person-titles"))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("no-names"))


@cache
def _named_in_wars() -> frozenset[str]:
    """Names of towns and quarters that news on wars has often, and that are no one's given name."""
    names = {name for row in rows("places-known") for name in (row["name"], *row["aliases"].split("|"))}
    return frozenset(name for name in names if " " in name or "-" in name or len(name) >= SURELY_A_PLACE)
