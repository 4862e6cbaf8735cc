"""What the reading's components find and leave on a spaCy `Doc`.

`doc._.article` is the article being read. Each section of the contract has an extension of its own name
(`doc._.times`, `doc._.casualties`, ...), a tuple of the values of `schema`. The model leaves the layers below them:
`token.pos_`, `token.dep_` (UD relations), `token.head`, `token.lemma_`, `doc.sents`, `doc.ents` (labels are the
contract's mention types, and `misc`), and the raw attributions as `doc.spans["attribution_source" | "_cue" |
"_content"]`, whose spans carry the number of their attribution as `span.id`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Span, Token

from onrecord.articles.article import Article, TextSpan

SECTIONS = ("mentions", "entities", "times", "attributions", "casualties", "incidents", "truces", "labels")

for _section in SECTIONS:
    if not Doc.has_extension(_section):
        Doc.set_extension(_section, default=())
if not Doc.has_extension("article"):
    Doc.set_extension("article", default=None)


def article_of(doc: Doc) -> Article:
    """The article being read; one of the document's own text where it was not told."""
    article: Article | None = doc._.article
    return article if article is not None else Article(id="", text=doc.text)


def text_of(doc: Doc) -> str:
    """The document's text, which spaCy puts together anew each time that it is asked; kept for the next question."""
    return _text_of(Itself(doc))


def text_span(tokens: Span | Token) -> TextSpan:
    """The stretch of text that a token or span covers."""
    start, text = tokens.idx if isinstance(tokens, Token) else tokens.start_char, tokens.text
    return TextSpan(start, start + len(text), text)


class Itself:
    """A value by which an answer is kept: the same only for itself, so that long tuples need not be compared."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.value is other.value


@lru_cache(maxsize=1)
def _text_of(doc: Itself) -> str:
    text: str = doc.value.text
    return text
