"""What harms people without anybody's deed: earthquakes, epidemics, accidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.words import lemmas
from onrecord.reading.syntax import children, obliques, subjects


def is_by_no_deed(token: Token) -> bool:
    """Whether a word for harm has a cause that nobody did: "an earthquake killed 900", "deaths from cholera"."""
    return any(_is_other_cause(cause) for cause in _causes(token))


def _causes(token: Token) -> Iterator[Token]:
    if token.pos_ in {"VERB", "AUX"}:
        yield from subjects(token)
    yield from obliques(token, *incident_words("cause"))
    yield from children(token, "compound")


def _is_other_cause(noun: Token) -> bool:
    known = next((_other_causes()[lemma] for lemma in lemmas(noun) if lemma in _other_causes()), None)
    if known is None:
        return False
    return not known or any(found.lower_ in known for found in children(noun, "compound", "amod", "nmod"))


@cache
def _other_causes() -> Mapping[str, frozenset[str]]:
    return {row["noun"]: frozenset(row["of"].split("|")) - {""} for row in rows("other-causes")}
