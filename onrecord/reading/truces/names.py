"""The names of arrangements in a text (`data/truce-arrangements.tsv`), and of which kind the arrangements are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import one_of, rows
from onrecord.reading.marks import HYPHENS
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import TruceKind
from onrecord.reading.truces.arrangement import Arrangement
from onrecord.reading.truces.conditions import CONDITIONS
from onrecord.reading.truces.words import lemma, truce_words

LONGEST = 7
"""As many tokens has the longest name of an arrangement, hyphens counted."""
KINDS: tuple[TruceKind, ...] = get_args(TruceKind)


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    is_verb: bool
    kind: TruceKind
    needs: str


def named_in(doc: Doc) -> Iterator[Arrangement]:
    """The arrangements that a document names, in their order, where their condition holds."""
    names = _names()
    first_words = _first_words(own_files("truce-arrangements"))
    at = 0
    while at < len(doc):
        found = _longest(doc, at, names) if doc[at].lower_ in first_words else None
        if found is None and doc[at].pos_ == "VERB":
            found = _verb_at(doc, at, names)
        if found is None:
            at += 1
            continue
        end, name = found
        token = _head(doc[at:end])
        if doc[at].pos_ == "VERB" and not name.is_verb:  # "both sides cease fire" is told by the verb
            at += 1
            continue
        if CONDITIONS[name.needs](doc, at, end, token) and not _is_something_else(doc, at, end):
            yield Arrangement(token, at, end, _kind(doc, at, end, name), "verb" if name.is_verb else "name")
        at = end


def _names() -> dict[str, _Name]:
    """The names of arrangements by each form they take in a text, in small letters."""
    return _names_of(own_files("truce-arrangements"))


@cache
def _names_of(_own_files: tuple[Path, ...]) -> dict[str, _Name]:
    forms: dict[str, _Name] = {}
    for row in rows("truce-arrangements"):
        kind = one_of(KINDS, row, "kind", "truce-arrangements")
        name = _Name(row["words"], row["class"] == "verb", kind, row["needs"])
        for form in (name.words, *_inflected(name)):
            forms.setdefault(form, name)
    return forms


def _inflected(name: _Name) -> Iterator[str]:
    if name.is_verb:
        return
    head, space, rest = name.words.partition(" ")
    if any(f" {preposition} " in name.words for preposition in ("of", "on", "in", "to", "for")):
        yield head + "s" + space + rest
    elif name.words.endswith("y"):
        yield name.words[:-1] + "ies"
    else:
        yield name.words + ("es" if name.words.endswith("s") else "s")


@cache
def _first_words(own: tuple[Path, ...]) -> frozenset[str]:
    """What a token may be with which a name begins: "no" of "no-fly zone"."""
    firsts = {form.split(" ")[0] for form in _names_of(own)}
    return frozenset(firsts | {first.split("-")[0] for first in firsts})


def _head(name: Span) -> Token:
    """The word of a name that the sentence hangs on: before "of", "on", "to", else its last."""
    for token in name:
        if token.lower_ in {"of", "on", "to", "in", "for"} and token.i > name.start:
            return token.doc[token.i - 1]
    return name[-1]


def _longest(doc: Doc, at: int, names: dict[str, _Name]) -> tuple[int, _Name] | None:
    """Where the longest name that begins there ends, and the name."""
    for end in range(min(at + LONGEST, len(doc)), at, -1):
        name = names.get(doc[at:end].text.lower())
        if name is not None and not name.is_verb:
            return end, name
    return None


def _verb_at(doc: Doc, at: int, names: dict[str, _Name]) -> tuple[int, _Name] | None:
    """The same for a verb that stands for a name, with its particle: "cease firing"."""
    by_lemma = names.get(lemma(doc[at]))
    if by_lemma is not None and by_lemma.is_verb:
        return at + 1, by_lemma
    two = names.get(f"{lemma(doc[at])} {doc[at + 1].lower_}") if at + 1 < len(doc) else None
    return (at + 2, two) if two is not None and two.is_verb else None


def _kind(doc: Doc, start: int, end: int, name: _Name) -> TruceKind:
    """The kind of the name; "humanitarian" before a ceasefire makes it a pause, and fighters who leave a withdrawal."""
    before = {token.lower_ for token in doc[max(start - 3, 0) : start]}
    if name.kind == "ceasefire" and "humanitarian" in before:
        return "humanitarian-pause"
    return name.kind


def _is_something_else(doc: Doc, start: int, end: int) -> bool:
    """Whether the name only modifies what is no arrangement ("ceasefire line"), or is half of a compound."""
    if end < len(doc) and lemma(doc[end]) in truce_words("overseeing"):
        return True
    if start > 0 and lemma(doc[start - 1]) in truce_words("other-field"):
        return True
    hyphen_before = start > 0 and doc[start - 1].text in HYPHENS and not doc[start - 1].whitespace_
    return hyphen_before and doc[start - 2 : start - 1].text.lower() in {"anti", "pro", "post", "pre"}
