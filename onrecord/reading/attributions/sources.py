"""Who can be a source: somebody, or a paper."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord import lexicon
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.names.section import entity_at


def can_speak(noun: Token) -> bool:
    """Whether the noun's words are somebody's or a paper's: who cites "a threat" or "the strategy" cites nobody."""
    entity = entity_at(noun.doc, noun)
    if entity is not None:
        return entity.type in {"person", "organisation"}
    return ground_form(noun, _sources()) in _sources()


@cache
def _sources() -> frozenset[str]:
    columns = (("cited-nouns", "noun"), ("people", "noun"), ("speaker-roles", "noun"))
    return frozenset(row[column] for name, column in columns for row in lexicon.rows(name))
