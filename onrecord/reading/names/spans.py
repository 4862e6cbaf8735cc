"""Where the names in a text begin and end, and of which type they are: the model's names set right by the lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from onrecord.reading.names.actors import AGENCY_ROLES, Actor, ActorBase, actor_base, first_word
from onrecord.reading.names.contexts import name_words
from onrecord.reading.names.word_names import demonyms, is_demonym, things
from onrecord.reading.places.gazetteer import gazetteer
from onrecord.reading.schema import MentionType
from onrecord.reading.spelling import folded
from onrecord.reading.words import Words, words_of

MODEL_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "facility": "facility",
}
# A single word of these parts of speech is no name: "He", "Rebels", "Flour" at the start of a sentence.
_NO_NAME = frozenset(["PRON", "DET", "VERB", "AUX", "ADV", "ADP", "NUM"])
_NO_NAMES: dict[MentionType, frozenset[str]] = {
    "person": _NO_NAME | {"NOUN"},
    "organisation": _NO_NAME,
    "place": _NO_NAME,
    "facility": _NO_NAME,
}
_LONGEST_ALIAS = 9
_BREAKS = frozenset(["[", "(", "]", ")", "/", "|", '"', "“", "”", "--", "—", "–", ":", ";"])
_PUNCTUATION = frozenset([*_BREAKS, ",", ".", "'", "’", "‘", "-", "*", "•", "...", "…", "?", "!", "&"])
_ARTICLES = frozenset(["the", "a", "an"])
_LOOSE_LAST = frozenset(["'s", "’s", "'", "’", "and", "of", "the"])


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name from token `start` up to, not including, token `end`; `actor` where the actor base knows it."""

    start: int
    end: int
    type: MentionType
    actor: Actor | None = None

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def tokens(self) -> range:
        return range(self.start, self.end)

    def overlaps(self, other: NameSpan) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: NameSpan) -> bool:
        return self.start <= other.start and other.end <= self.end

    def is_within(self, other: NameSpan) -> bool:
        return other.covers(self)


def name_spans(doc: Doc, words: Words | None = None, on: str | None = None) -> list[NameSpan]:
    """The names of a document in their order; none overlaps another. `on` (ISO 8601) is the day it was published."""
    words = words or words_of(doc)
    weapons_and_platforms = _things(words)
    learned = [name for name in _whole(_model_spans(doc, words)) if not any(map(name.is_within, weapons_and_platforms))]
    known = joined(list(_own_places(words)), _actor_spans(words, on))
    names = _settled(words, known, learned)
    names = joined(names, (NameSpan(*found) for found in demonyms(words)))
    return sorted(joined(names, weapons_and_platforms), key=lambda name: name.start)


def _things(words: Words) -> list[NameSpan]:
    weapons = [NameSpan(start, end, "weapon") for start, end in things(words, "weapon")]
    return joined(weapons, (NameSpan(start, end, "platform") for start, end in things(words, "platform")))


def joined(names: list[NameSpan], more: Iterable[NameSpan]) -> list[NameSpan]:
    """The names, and those of the others that overlap none of them."""
    covered = {token for name in names for token in range(name.start, name.end)}
    both = list(names)
    for name in more:
        tokens = range(name.start, name.end)
        if covered.isdisjoint(tokens):
            both.append(name)
            covered.update(tokens)
    return both


def _settled(words: Words, known: list[NameSpan], learned: list[NameSpan]) -> list[NameSpan]:
    """The model's names and the actors', one where both have one: the longer, of the type that the base knows."""
    names: list[NameSpan] = []
    taken: list[NameSpan] = []
    for name in learned:
        inside = [actor for actor in known if name.overlaps(actor)]
        best = max(inside, key=len, default=None)
        if best is None:
            names.append(name)
        elif name.covers(best) and len(name) > len(best) and _is_longer_name(words, name, best):
            names.append(replace(name, actor=best.actor if name.type == best.type == "person" else None))
            taken.extend(inside)
    return joined(names, [actor for actor in known if actor not in taken])


def _is_longer_name(words: Words, name: NameSpan, actor: NameSpan) -> bool:
    """Whether a longer name holds the actor's as a part ("US Army Corps of Engineers"), and does not just touch it."""
    if name.type != actor.type and not (name.type in {"organisation", "facility"} and actor.start == name.start):
        return False
    if name.type == "person":
        # A surname of the base may be another's; a full name is the actor's, and what stands before it no part of it.
        return name.end == actor.end and len(actor) == 1
    if actor.actor is not None and actor.actor.role in AGENCY_ROLES:
        return False
    return words.forms[name.end - 1][:1].isupper() and words.lower[name.end - 1] not in name_words("loose-addition")


def _model_spans(doc: Doc, words: Words) -> Iterator[NameSpan]:
    for entity in doc.ents:
        type_ = MODEL_TYPES.get(entity.label_)
        if type_ is None:
            continue
        start, end = _trimmed(words, entity.start, entity.end)
        if end - start == 1 and doc[start].pos_ in _NO_NAMES[type_]:
            continue
        is_name = start < end and any(character.isalpha() for character in words.between(start, end))
        if is_name and not (end - start == 1 and is_demonym(words.forms[start])):
            yield NameSpan(start, end, type_)


def _whole(names: Iterable[NameSpan]) -> list[NameSpan]:
    """The names, a person's one where the model cut the first word off: "Jose" and "Antonio Mora" in a row."""
    found: list[NameSpan] = []
    for name in names:
        before = found[-1] if found else None
        if (
            before is not None
            and before.end == name.start
            and len(before) == 1
            and before.type == name.type == "person"
        ):
            name = NameSpan(found.pop().start, name.end, "person")
        found.append(name)
    return found


def _trimmed(words: Words, start: int, end: int) -> tuple[int, int]:
    """A span without what does not belong to a name: a bracket or line end and all after it, articles, "'s"."""
    for at in range(start, end):
        if (words.forms[at] in _BREAKS and at > start) or "\n" in words.forms[at]:
            end = at
            break
    while start < end and (words.lower[start] in _ARTICLES | _PUNCTUATION | {"#"} or words.forms[start].isspace()):
        start += 1
    while start < end and (words.lower[end - 1] in _LOOSE_LAST | _PUNCTUATION or words.forms[end - 1].isspace()):
        end -= 1
    return start, end


def _actor_spans(words: Words, on: str | None) -> Iterator[NameSpan]:
    """The longest names of the actor base that stand in the text, from left to right."""
    base, at = actor_base(), 0
    while at < len(words):
        span = _actor_at(words, at, base, on) if first_word(words.forms[at]) in base.first_words else None
        if span is not None:
            yield span
            at = span.end
        else:
            at += 1


def _actor_at(words: Words, start: int, base: ActorBase, on: str | None) -> NameSpan | None:
    begin = words.text[words.starts[start]]
    for end in range(min(len(words), start + _LONGEST_ALIAS), start, -1):
        if words.forms[end - 1] in _PUNCTUATION or words.forms[end - 1].isspace():
            continue
        name = words.between(start, end)
        if "\n" in name or not (begin.isupper() or name in base.plain_aliases or name[:3] in {"al-", "al "}):
            continue
        actor = base.named(name, on)
        if actor is not None:
            return NameSpan(start, end, actor.type, actor)
    return None


def _own_places(words: Words) -> Iterator[NameSpan]:
    """The places that a user's file names, wherever they stand: the model may not take them for names."""
    own = gazetteer().corrected
    if not own:
        return
    longest, at = max(len(name.split()) for name in own) + 2, 0
    while at < len(words):
        ends = range(min(len(words), at + longest), at, -1) if words.forms[at][:1].isupper() else ()
        end = next((end for end in ends if folded(words.name(at, end)) in own), None)
        if end is not None:
            yield NameSpan(at, end, "place")
        at = end or at + 1
