"""A document's words as plain lists: spaCy makes a token's text anew each time it is asked for.

What is no part of a word is cut off: marks of notes that the tokeniser leaves on it ("Iraq.[3"), and the s of a
possessive that lost its apostrophe on the way ("Syrias"), where the word is a known name without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc

from onrecord.lexicon import rows
from onrecord.reading.contexts import words_of_role
from onrecord.reading.document import text_of

_LETTERS_A_CAPITAL = 300
"""A text with fewer capitals than one in so many letters has lost them: each sentence and name would begin with one."""
_CAPITALISED = frozenset({"person", "organisation", "place", "nationality"})
_SMALL = frozenset({"ADP", "DET", "CCONJ", "PART"})
"""What has no capital within a name: "Observatory for Human Rights"."""
_NOTE = re.compile(r"(?<=\w\w)[.,;]?[\[(].*")


@dataclass(frozen=True, slots=True)
class Words:
    """The text (with the capitals that it may have lost), and the form of each token, as it is and in lower case.

    `starts` and `ends` bound the tokens in the text.
    """

    text: str
    forms: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)

    def between(self, start: int, end: int) -> str:
        """The text from token `start` up to, not including, token `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def name(self, start: int, end: int) -> str:
        """The same on one line, with single blanks."""
        return " ".join(self.between(start, end).split())

    def form(self, at: int) -> str:
        """The form of a token; "" before the first and after the last."""
        return self.forms[at] if 0 <= at < len(self.forms) else ""


def words_of(doc: Doc) -> Words:
    """The words of a document; where it has lost its capitals, names have them again."""
    text = text_of(doc)
    if _has_lost_capitals(text):
        text = _with_capitals(doc, text)
    tokens = [(_form(text[token.idx : token.idx + len(token)]), token.idx) for token in doc]
    forms, starts = [form for form, _ in tokens], [start for _, start in tokens]
    ends = [start + len(form) for start, form in zip(starts, forms, strict=True)]
    return Words(text, forms, [form.lower() for form in forms], starts, ends)


def _has_lost_capitals(text: str) -> bool:
    return _LETTERS_A_CAPITAL * sum(map(str.isupper, text)) < sum(map(str.islower, text))


def _with_capitals(doc: Doc, text: str) -> str:
    """The text, as long as it was, with a capital for each word of the names that the model finds in it."""
    letters = list(text)
    for name in doc.ents:
        for token in name:
            if name.label_ in _CAPITALISED and token.pos_ not in _SMALL:
                letters[token.idx] = letters[token.idx].upper()
    return "".join(letters) if sum(map(len, letters)) == len(text) else text


@lru_cache(maxsize=65536)
def _form(token: str) -> str:
    form = _NOTE.sub("", token)
    return form[:-1] if form.endswith("s") and form[:-1] in _possessors() and not _is_plural(form) else form


@cache
def _possessors() -> frozenset[str]:
    """Names of one word that news puts in the possessive: countries, actors, towns of the wars."""
    tables = (rows("places-countries"), rows("places-known"), rows("actors"))
    names = {name for table in tables for row in table for name in _names(row)}
    return frozenset(name for name in names if len(name) >= 4 and name.isalpha() and name[0].isupper())


def _is_plural(form: str) -> bool:
    return form in _plurals() or form.lower() in words_of_role("name-contexts", "plural")


@cache
def _plurals() -> frozenset[str]:
    """Names and words that end in s by themselves."""
    named = {name for table in ("actors", "places-known") for row in rows(table) for name in _names(row)}
    return frozenset(row["word"] for row in rows("demonyms")) | named


def _names(row: dict[str, str]) -> tuple[str, ...]:
    return (row["name"], *row["aliases"].split("|"))
