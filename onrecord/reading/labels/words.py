"""Which words of a text judge: the lexicon of designations, and where its words stand as such in a document.

The words are in `data/labels.tsv`, with the tone that each has; a user's own file of that form adds to them. A word
counts where it names, not in the name of a party ("Army of Islam") nor in a compound ("rebel-held").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import Row, one_of, rows
from onrecord.reading.contexts import words_of_role
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.marks import HYPHENS
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import Tone
from onrecord.reading.spans import tokens_of
from onrecord.reading.syntax import NOMINAL

LONGEST = 6
"""As many tokens has the longest designation of the lexicon ("state sponsor of terrorism", hyphens counted)."""
_APOSTROPHES = str.maketrans("’‘`", "'''")
TONES: tuple[Tone, ...] = ("hostile", "approving", "neutral")
CLASSES = ("noun", "adjective", "verb", "name")
DESIGNATED = ("side", "government", "deed", "cause", "dead", "place")
"""Which tone of a phrase outdoes which."""


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A designation of the lexicon; the fields are the columns of `data/labels.tsv`."""

    word: str
    word_class: str
    designates: str
    tone: Tone
    when: str
    not_before: frozenset[str]
    names: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word of the lexicon at some tokens, `end` exclusive."""

    start: int
    end: int
    word: LabelWord


def words_with_role(role: str) -> frozenset[str]:
    """The words beside a designation that have this role."""
    return words_of_role("label-contexts", role)


def has_context(token: Token, *roles: str) -> bool:
    """Whether a word is a context word of one of the roles, in whatever form."""
    return any(ground_form(token, words_with_role(role)) in words_with_role(role) for role in roles)


def words_with_roles(roles: tuple[str, ...]) -> frozenset[str]:
    """The context words of any of the roles."""
    return frozenset[str]().union(*(words_with_role(role) for role in roles))


def head_of_phrase(doc: Doc, at: int) -> Token:
    """The noun that the token at `at` stands before, or itself: "terrorist" of "terrorist groups" gives "groups"."""
    token = doc[at]
    for _ in range(LONGEST):
        head = token.head
        if (
            token.dep_ not in {"amod", "compound", "nmod", "flat", "nummod", "conj"}
            or not token.i < head.i <= token.i + LONGEST
        ):
            break
        token = head
    return token


def first_conjunct(noun: Token) -> Token:
    """The noun that it is coordinated with: "animals" for the "Nazis" of "called them animals and Nazis"."""
    while noun.dep_ == "conj" and noun.head.i < noun.i and noun.head.pos_ in NOMINAL:
        noun = noun.head
    return noun


def lexicon() -> dict[str, LabelWord]:
    """The designations by every form they take in a text, in small letters."""
    return _lexicon(own_files("labels"))


@cache
def _lexicon(_own_files: tuple[Path, ...]) -> dict[str, LabelWord]:
    """The lexicon; the user's files, that `rows` adds, tell one lexicon from another."""
    forms: dict[str, LabelWord] = {}
    for row in rows("labels"):
        for form, plural in _forms(row["word"], row["class"]):
            forms.setdefault(form, _label_word(row, plural))
    return forms


def _label_word(row: Row, plural: bool) -> LabelWord:
    return LabelWord(
        word=row["word"],
        word_class=one_of(CLASSES, row, "class", "labels"),
        designates=one_of(DESIGNATED, row, "designates", "labels"),
        tone=one_of(TONES, row, "tone", "labels"),
        when=row["when"],
        not_before=frozenset(row["not_before"].split()),
        names=row["names"],
        plural=plural,
    )


def _forms(word: str, word_class: str) -> Iterator[tuple[str, bool]]:
    """The forms of a word, each with whether it is a plural."""
    yield word, False
    if word_class == "noun":
        yield _plural(word), True
    if word_class == "verb":
        stem = word.removesuffix("e")
        yield from ((form, False) for form in (_plural(word), stem + "ed", stem + "ing"))


def _plural(word: str) -> str:
    head, space, rest = word.partition(" ")
    if rest.startswith(("against ", "of ", "for ")):
        return _plural(head) + space + rest
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("lf"):
        return word[:-1] + "ves"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "hero")) else "s")


def occurrences(doc: Doc) -> Iterator[Occurrence]:
    """The words of the lexicon in the text, the longest at each place, none within a hyphenated word."""
    forms = lexicon()
    first_words = _first_words(own_files("labels"))
    at = 0
    while at < len(doc):
        begins = doc[at].lower_.translate(_APOSTROPHES) in first_words
        found = _longest(doc, at, forms) if begins else None
        if found is not None and not _hyphenated(doc, found):
            yield found
        at = found.end if found is not None else at + 1


@cache
def _first_words(own: tuple[Path, ...]) -> frozenset[str]:
    """What a token may be with which a designation begins: "so" of "so-called", "people" of "people's republic"."""
    words = {form.split(" ")[0] for form in _lexicon(own)} | set(_lexicon(own))
    return frozenset(part for word in words for part in (word, word.split("-")[0], word.split("'")[0]))


def _longest(doc: Doc, at: int, forms: dict[str, LabelWord]) -> Occurrence | None:
    for end in range(min(at + LONGEST, len(doc)), at, -1):
        word = forms.get(doc[at:end].text.lower().translate(_APOSTROPHES))
        if word is not None:
            return Occurrence(at, end, word)
    return None


def _hyphenated(doc: Doc, found: Occurrence) -> bool:
    before = found.start > 0 and doc[found.start - 1].text in HYPHENS and not doc[found.start - 1].whitespace_
    before = before and found.start > 1 and not doc[found.start - 2].whitespace_
    after = found.end + 1 < len(doc) and doc[found.end].text in HYPHENS
    return before or (after and not doc[found.end - 1].whitespace_ and not doc[found.end].whitespace_)


def is_in_a_name(doc: Doc, found: Occurrence) -> bool:
    """Whether the word is part of the name of a party: "Syria Revolutionaries Front", "Army of Islam".

    A name that ends with the word ("Nusra Front Militants", in a headline) is a name and its designation.
    """
    if not doc[found.start].text[:1].isupper() or found.word.word.startswith("da"):
        return False
    if _is_headline(doc, found):
        return False
    name = next((name for name in _names(doc) if name.start <= found.start and found.end <= name.end), None)
    if name is None or len(name) == found.end - found.start:
        return False
    if name.start < found.start and found.end == name.end and _is_person(doc, name):
        return True
    goes_on = name.end > found.end and doc[found.end].text[:1].isupper()
    of_before = found.start > name.start and doc[found.start - 1].lower_ == "of"
    return goes_on or of_before


def _is_person(doc: Doc, name: Span) -> bool:
    """Whether the name is a person's, who may be called Mujahid."""
    return any(mention.type == "person" and mention.start == name.start_char for mention in doc._.mentions)


def _is_headline(doc: Doc, found: Occurrence) -> bool:
    """Whether nearly all words around are capitalised, so that capitals make no name."""
    around = [token for token in doc[max(found.start - 5, 0) : found.end + 5] if token.is_alpha and len(token) > 3]
    return len(around) > 4 and sum(token.text[:1].isupper() for token in around) >= 0.85 * len(around)


def _names(doc: Doc) -> Iterator[Span]:
    for mention in doc._.mentions:
        if mention.type in {"organisation", "facility", "person"}:
            span = tokens_of(doc, mention)
            if span is not None:
                yield span


def is_homonym(doc: Doc, found: Occurrence) -> bool:
    """Whether the word means something else before the word that follows: "criminal court"."""
    return found.end < len(doc) and doc[found.end].lower_ in found.word.not_before
