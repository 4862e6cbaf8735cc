"""Where the names in a text begin and end, and of which type they are: the model's names set right by the lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.actors import Actor, actor_named, actors
from onrecord.reading.schema import MentionType
from onrecord.reading.spelling import folded

MODEL_TYPES: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "facility": "facility",
}
_LONGEST_ALIAS = 9
_CLOSING = frozenset(["[", "(", "]", ")", "/", "|", '"', "“", "”", "--", "—", "–", ":", ";"])


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name from token `start` up to, not including, token `end`; `actor` where the actor base knows it."""

    start: int
    end: int
    type: MentionType
    actor: Actor | None = None

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: NameSpan) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: NameSpan) -> bool:
        return self.start <= other.start and other.end <= self.end


def name_spans(doc: Doc) -> list[NameSpan]:
    """The names of a document in their order; none overlaps another."""
    known = list(_actor_spans(doc))
    learned = list(_model_spans(doc))
    names = _settled(doc, known, learned)
    for more in (_demonyms(doc), _things(doc, "weapon"), _things(doc, "platform")):
        names = _joined(names, more)
    return sorted(names, key=lambda name: name.start)


def _settled(doc: Doc, known: list[NameSpan], learned: list[NameSpan]) -> list[NameSpan]:
    """The model's names and the actors', one where both have one: the longer, of the type that the base knows."""
    names: list[NameSpan] = []
    taken: list[NameSpan] = []
    for name in learned:
        inside = [actor for actor in known if name.overlaps(actor)]
        best = max(inside, key=len, default=None)
        if best is None:
            names.append(name)
        elif name.covers(best) and len(name) > len(best) and _is_longer_name(doc, name, best):
            names.append(replace(name, actor=best.actor if name.type == best.type == "person" else None))
            taken.extend(inside)
    return _joined(names, [actor for actor in known if actor not in taken])


def _is_longer_name(doc: Doc, name: NameSpan, actor: NameSpan) -> bool:
    """Whether a longer name holds the actor's as a part ("US Army Corps of Engineers"), and does not just touch it."""
    if name.type != actor.type and not (name.type in {"organisation", "facility"} and actor.start == name.start):
        return False
    if name.type == "person":
        return name.end == actor.end
    return doc[name.end - 1].text[:1].isupper() and doc[name.end - 1].lower_ not in _loose_ends()


def _joined(names: list[NameSpan], more: Iterable[NameSpan]) -> list[NameSpan]:
    covered = {token for name in names for token in range(name.start, name.end)}
    joined = list(names)
    for name in more:
        tokens = range(name.start, name.end)
        if covered.isdisjoint(tokens):
            joined.append(name)
            covered.update(tokens)
    return joined


def _model_spans(doc: Doc) -> Iterator[NameSpan]:
    for entity in doc.ents:
        type_ = MODEL_TYPES.get(entity.label_)
        if type_ is None:
            continue
        start, end = _trimmed(doc, entity.start, entity.end)
        if start < end and any(character.isalpha() for character in doc[start:end].text):
            if end - start == 1 and doc[start].text in _demonym_words():
                continue
            yield NameSpan(start, end, type_)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A span without what does not belong to a name: a bracket or line end and all after it, articles, "'s"."""
    for at in range(start, end):
        if (doc[at].text in _CLOSING and at > start) or "\n" in doc[at].text:
            end = at
            break
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while start < end and (_is_loose(doc[end - 1])):
        end -= 1
    return start, end


def _is_loose(token: Token) -> bool:
    return (
        token.lower_ in {"'s", "’s", "'", "’", "and", "of", "the"}
        or token.is_space
        or (token.is_punct and not token.text.endswith("."))
    )


def _actor_spans(doc: Doc) -> Iterator[NameSpan]:
    """The longest names of the actor base that stand in the text, from left to right."""
    first_words, at = _first_words(), 0
    while at < len(doc):
        span = _actor_at(doc, at) if folded(doc[at].text).partition(" ")[0] in first_words else None
        if span is not None:
            yield span
            at = span.end
        else:
            at += 1


def _actor_at(doc: Doc, start: int) -> NameSpan | None:
    text, begin = doc.text, doc[start].idx
    for end in range(min(len(doc), start + _LONGEST_ALIAS), start, -1):
        last = doc[end - 1]
        if (last.is_punct and not last.text.endswith(".")) or last.is_space:
            continue
        words = text[begin : last.idx + len(last)]
        if "\n" in words or not (words[0].isupper() or words in _plain_aliases() or words[:3] in {"al-", "al "}):
            continue
        actor = actor_named(words)
        if actor is not None:
            return NameSpan(start, end, actor.type, actor)
    return None


def _demonyms(doc: Doc) -> Iterator[NameSpan]:
    words = _demonym_words()
    for token in doc:
        if token.text[:1].isupper():
            if token.i + 1 < len(doc) and f"{token.text} {doc[token.i + 1].text}" in words:
                form, end = words[f"{token.text} {doc[token.i + 1].text}"], token.i + 2
            elif token.text in words:
                form, end = words[token.text], token.i + 1
            else:
                continue
            # A people that acts is an organisation; what belongs to it, and one of it, is of that nationality.
            yield NameSpan(token.i, end, "organisation" if form == "people" else "nationality")


def _things(doc: Doc, type_: MentionType) -> Iterator[NameSpan]:
    """Weapons or platforms: a word or phrase that names one, with the modifiers before it."""
    heads, phrases, modifiers = _thing_words(type_)
    at = 0
    while at < len(doc):
        end = _thing_end(doc, at, heads, phrases)
        if end is None:
            at += 1
            continue
        start = at
        while start > 0 and _cased(doc[start - 1].text) in modifiers:
            start -= 1
        start = _before_hyphen(doc, start, modifiers)
        yield NameSpan(start, end, type_)
        at = end


def _thing_end(doc: Doc, at: int, heads: frozenset[str], phrases: dict[str, tuple[str, ...]]) -> int | None:
    best: int | None = at + 1 if _cased(doc[at].text) in heads else None
    for phrase in phrases.get(doc[at].lower_, ()):
        words = doc.text[doc[at].idx : doc[at].idx + len(phrase)]
        if words == phrase or (phrase.islower() and words.lower() == phrase):
            end = at
            while end < len(doc) and doc[end].idx < doc[at].idx + len(phrase):
                end += 1
            if doc[end - 1].idx + len(doc[end - 1]) == doc[at].idx + len(phrase):
                best = max(best or 0, end)
    return best


def _before_hyphen(doc: Doc, start: int, modifiers: frozenset[str]) -> int:
    """The first token of modifiers that the tokeniser split at hyphens: "anti", "-", "tank" before "missile"."""
    for width in (5, 3):
        first = start - width
        if first >= 0 and doc[start - 1].idx + len(doc[start - 1]) < doc[start].idx:
            words = doc.text[doc[first].idx : doc[start - 1].idx + len(doc[start - 1])]
            if "-" in words and " " not in words and _cased(words) in modifiers:
                return first
    return start


def _cased(word: str) -> str:
    """A word as it stands in the word lists: lower case unless capitals stand within it."""
    return word if any(letter.isupper() for letter in word[1:]) else word.lower()


@cache
def _first_words() -> frozenset[str]:
    names = [name for actor in actors() for name in (actor.name, *actor.aliases)]
    names += [row["name"] for row in rows("actor-names")]
    firsts = {folded(name).partition(" ")[0] for name in names}
    return frozenset(firsts | {folded(name.partition("-")[0]) for name in names} - {""})


@cache
def _plain_aliases() -> frozenset[str]:
    """Aliases that begin with a small letter though they are names: "international coalition"."""
    return frozenset(name for actor in actors() for name in actor.aliases if name[:1].islower())


@cache
def _demonym_words() -> dict[str, str]:
    return {row["word"]: row["form"] for row in rows("demonyms")}


@cache
def _loose_ends() -> frozenset[str]:
    return frozenset(["special", "resolution", "news", "spokesman", "resolutions", "leader", "chief", "militants"])


@cache
def _thing_words(type_: MentionType) -> tuple[frozenset[str], dict[str, tuple[str, ...]], frozenset[str]]:
    table = rows(f"{type_}-names")
    phrases: dict[str, list[str]] = {}
    for row in table:
        if row["use"] == "phrase":
            phrases.setdefault(_first_token(row["words"]), []).append(row["words"])
    heads = frozenset(_cased(row["words"]) for row in table if row["use"] == "head")
    modifiers = frozenset(_cased(row["words"]) for row in table if row["use"] == "modifier")
    return heads, {first: tuple(found) for first, found in phrases.items()}, modifiers


def _first_token(words: str) -> str:
    first = words.split()[0].lower()
    return first if any(character.isdigit() for character in first) else first.partition("-")[0]
