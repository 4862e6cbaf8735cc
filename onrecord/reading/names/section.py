"""The names in an article, and what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from onrecord.articles.article import Article
from onrecord.reading.document import article_of, text_of
from onrecord.reading.marks import DASHES
from onrecord.reading.names.contexts import name_words
from onrecord.reading.names.entities import entities_of
from onrecord.reading.names.institutions import with_institutions
from onrecord.reading.names.kinds import corrected
from onrecord.reading.names.spans import NameSpan, name_spans
from onrecord.reading.places.gazetteer import Place, gazetteer
from onrecord.reading.places.resolution import located
from onrecord.reading.places.spans import acting_places, named_places, with_places
from onrecord.reading.schema import Entity, Mention
from onrecord.reading.words import Words, words_of

_PLACE_TYPES = frozenset({"place", "facility"})


def names_of(doc: Doc) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The article's mentions in their order, and the entities that they stand for.

    Names of the model, set right and added to by the actor base, the gazetteer and word lists. A country or capital
    that acts or speaks is a mention of type organisation of the country's entity. Places come with WGS 84 coordinates,
    ISO 3166-1 country, level and key.
    """
    words = words_of(doc)
    on = (article_of(doc).published or "")[:10] or None
    names = with_places(words, corrected(words, name_spans(doc, words, on), gazetteer()), gazetteer())
    names = [_as_organisation(words, name, article_of(doc)) for name in names]
    places = _places(doc, words, names)
    names = acting_places(doc, names, places, gazetteer())
    names = with_institutions(words, names, places)
    ids, entities = entities_of(words, names, places, on)
    text = text_of(doc)
    mentions = tuple(
        _mention(text, words, number, name, entity)
        for number, (name, entity) in enumerate(zip(names, ids, strict=True), start=1)
    )
    return mentions, entities


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


def _as_organisation(words: Words, name: NameSpan, article: Article) -> NameSpan:
    """The name as an organisation's where it is the outlet's or a credited agency's, or signs a dateline ("(AP) -").

    So is a name after the word for its kind: "the charity Valley Relief".
    """
    if name.type not in _PLACE_TYPES | {"person"} or name.actor is not None:
        return name
    newsrooms = {article.outlet, *(credit.agency for credit in article.credits)}
    around = (words.form(name.start - 1), words.form(name.end), words.form(name.end + 1))
    text = words.name(name.start, name.end)
    signs = around[:2] == ("(", ")") and around[2] in DASHES and not gazetteer().named(text)
    is_called_so = words.lower[name.start - 1] in name_words("organisation") if name.start else False
    is_one = signs or (len(name) > 1 and (text in newsrooms or (is_called_so and not gazetteer().named(text))))
    return replace(name, type="organisation") if is_one else name


def _places(doc: Doc, words: Words, names: Sequence[NameSpan]) -> dict[NameSpan, Place]:
    spans = [name for name in names if name.type in _PLACE_TYPES]
    article = article_of(doc)
    found = located(gazetteer(), named_places(words, spans), article.outlet, article.url)
    return {span: place for span, place in zip(spans, found, strict=True) if place is not None}


def _mention(text: str, words: Words, number: int, name: NameSpan, entity: str) -> Mention:
    start, end = words.starts[name.start], words.ends[name.end - 1]
    return Mention(start, end, text[start:end], f"m{number}", name.type, entity)


def _characters(tokens: Token | Span) -> tuple[int, int]:
    start = tokens.idx if isinstance(tokens, Token) else tokens.start_char
    return start, start + len(tokens.text)
