"""Names that word lists know: words for belonging to a country or people, and for weapons and vehicles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.schema import MentionType
from onrecord.reading.words import Words


@dataclass(frozen=True, slots=True)
class _ThingWords:
    """Words that name a thing by themselves, phrases by their first word, the words that go before them; `firsts` are
    the first words of all names, in lower case."""

    heads: frozenset[str]
    phrases: dict[str, tuple[str, ...]]
    modifiers: frozenset[str]
    firsts: frozenset[str]


def is_demonym(word: str) -> bool:
    """Whether a word says to which country, people or creed somebody or something belongs."""
    return word in _demonym_forms()


def demonym_type(word: str) -> MentionType:
    """The type of a demonym: a people in the plural ("Syrians") is an organisation, as it acts; else nationality."""
    return "organisation" if _demonym_forms()[word] == "people" else "nationality"


def demonyms(words: Words) -> Iterator[tuple[int, int, MentionType]]:
    """The words for belonging to a country or people, as (first token, token after the last, type)."""
    forms = _demonym_forms()
    for at, word in enumerate(words.forms):
        if not word[:1].isupper():
            continue
        pair = f"{word} {words.form(at + 1)}"
        if pair in forms:
            yield at, at + 2, demonym_type(pair)
        elif word in forms:
            yield at, at + 1, demonym_type(word)


def things(words: Words, type_: MentionType) -> Iterator[tuple[int, int]]:
    """The weapons or platforms: words that name one, with the modifiers before them ("anti-tank missiles")."""
    known, at = _thing_words(type_), 0
    for start, word in enumerate(words.lower):
        if start < at or word not in known.firsts:
            continue
        at = start
        end = _thing_end(words, at, known)
        if end is not None:
            yield _with_modifiers(words, at, known.modifiers), end
            at = end


def _thing_end(words: Words, at: int, known: _ThingWords) -> int | None:
    best = at + 1 if _cased(words.forms[at]) in known.heads else None
    for phrase in known.phrases.get(words.lower[at], ()):
        begin = words.starts[at]
        found = words.text[begin : begin + len(phrase)]
        if found == phrase or (phrase.islower() and found.lower() == phrase):
            end = next((one for one in range(at + 1, len(words) + 1) if words.ends[one - 1] >= begin + len(phrase)), at)
            if words.ends[end - 1] == begin + len(phrase):
                best = max(best or 0, end)
    return best


def _with_modifiers(words: Words, end: int, modifiers: frozenset[str]) -> int:
    """Where the modifiers before token `end` begin; the tokeniser makes three tokens of "anti-tank"."""
    start = end
    while start > 0:
        width = next((width for width in (5, 3) if _is_hyphened(words, start - width, start, modifiers)), 0)
        width = width or int(_cased(words.forms[start - 1]) in modifiers)
        if not width:
            break
        start -= width
    return start


def _is_hyphened(words: Words, first: int, start: int, modifiers: frozenset[str]) -> bool:
    if first < 0:
        return False
    name = words.between(first, start)
    return "-" in name and " " not in name and _cased(name) in modifiers


def _cased(word: str) -> str:
    """A word as it stands in the word lists: lower case unless capitals stand within it."""
    return word if word[1:] != word[1:].lower() else word.lower()


@cache
def _demonym_forms() -> dict[str, str]:
    return {row["word"]: row["form"] for row in rows("demonyms")}


@cache
def _thing_words(type_: MentionType) -> _ThingWords:
    table = rows(f"{type_}-names")
    phrases: dict[str, list[str]] = {}
    for row in table:
        if row["use"] == "phrase":
            for first in {row["words"].split()[0].lower(), row["words"].split()[0].lower().partition("-")[0]}:
                phrases.setdefault(first, []).append(row["words"])
    words = {use: frozenset(_cased(row["words"]) for row in table if row["use"] == use) for use in ("head", "modifier")}
    firsts = frozenset(phrases) | {head.lower() for head in words["head"]}
    return _ThingWords(
        words["head"], {first: tuple(found) for first, found in phrases.items()}, words["modifier"], firsts
    )
