"""The names in an article, and what they stand for."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from onrecord.reading.schema import Entity, Mention


def names_of(doc: Doc) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The article's mentions in their order, and the entities that they stand for."""
    return (), ()


def entities_by_id(doc: Doc) -> dict[str, Entity]:
    """The reading's entities by their ids."""
    return {entity.id: entity for entity in doc._.entities}


def mention_at(doc: Doc, start: int, end: int) -> Mention | None:
    """The mention that covers most of the characters from `start` to `end`; the first of two equals; None for none."""
    overlaps = [(min(mention.end, end) - max(mention.start, start), mention) for mention in doc._.mentions]
    best = max(overlaps, key=lambda overlap: overlap[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def entity_at(doc: Doc, tokens: Token | Span | tuple[int, int]) -> Entity | None:
    """The entity whose name stands at a token, span or character range; None where none does."""
    start, end = tokens if isinstance(tokens, tuple) else _characters(tokens)
    mention = mention_at(doc, start, end)
    return entities_by_id(doc).get(mention.entity) if mention is not None else None


def _characters(tokens: Token | Span) -> tuple[int, int]:
    start = tokens.idx if isinstance(tokens, Token) else tokens.start_char
    return start, start + len(tokens.text)
