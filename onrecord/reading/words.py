"""A document's words as plain lists: spaCy makes a token's text anew each time it is asked for.

Marks of notes that the tokeniser leaves on a word are cut off: "Iraq.[3" is "Iraq".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

_NOTE = re.compile(r"(?<=\w\w)[.,;]?[\[(].*")


@dataclass(frozen=True, slots=True)
class Words:
    """The text, and of each token its form, its lower-case form, where it starts and where it ends in the text."""

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
    """The words of a document."""
    forms = [_NOTE.sub("", token.text) for token in doc]
    starts = [token.idx for token in doc]
    ends = [start + len(form) for start, form in zip(starts, forms, strict=True)]
    return Words(doc.text, forms, [form.lower() for form in forms], starts, ends)
