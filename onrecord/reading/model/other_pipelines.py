"""Another spaCy pipeline in the model's place: what it leaves on a document, in the terms by which the rules read."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span

from onrecord import lexicon
from onrecord.reading.model.clear_trees import is_clear, to_universal


def adapted(doc: Doc) -> Doc:
    """The document with its names' labels as types of mention, and its tree in Universal Dependencies; in place."""
    if is_clear(doc):
        to_universal(doc)
    doc.set_ents([Span(doc, name.start, name.end, label=_types()[name.label_]) for name in doc.ents if _is_name(name)])
    return doc


def _is_name(name: Span) -> bool:
    return name.label_ in _types()


@cache
def _types() -> dict[str, str]:
    """Type of mention by label; the types themselves are labels of pipelines that were trained on our terms."""
    known = {row["label"]: row["type"] for row in lexicon.rows("spacy-names")}
    own = ("person", "organisation", "place", "facility", "nationality", "weapon", "platform", "misc")
    return {**known, **{type_: type_ for type_ in own}}
