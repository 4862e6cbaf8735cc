"""Words of telling: which verbs and nouns say that somebody says something."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord import lexicon
from onrecord.reading.ground_forms import ground_form


def tells(token: Token) -> bool:
    """Whether the word says that somebody says something: "said", "announcement"."""
    return token.lower_ in _telling() or ground_form(token, _telling()) in _telling()


def tells_hearer(verb: Token) -> bool:
    """Whether the verb's object is the hearer: "told", "assured"."""
    return ground_form(verb, _told_to()) in _told_to()


def tells_object(verb: Token) -> bool:
    """Whether the verb's object alone is what is told: "claimed responsibility", "denied the report"."""
    return ground_form(verb, _telling_objects()) in _telling_objects()


def tells_deed(verb: Token) -> bool:
    """Whether the verb lays what was done "on" somebody: "blames the raid on rebels"."""
    return ground_form(verb, _telling_deeds()) in _telling_deeds()


def is_as_saying(verb: Token) -> bool:
    """Whether it stands behind "as" and says that somebody says something: "was quoted as saying"."""
    return verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).lower_ == "as" and tells(verb)


@cache
def _told_to() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("telling") if row["object"] == "hearer")


@cache
def _telling_objects() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("telling") if row["object"] == "told")


@cache
def _telling_deeds() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("telling") if row["object"] == "deed")


@cache
def _telling() -> frozenset[str]:
    counting = (row["verb"] for row in lexicon.rows("counting-verbs"))
    return frozenset([*counting, *(row["word"] for row in lexicon.rows("telling"))])
