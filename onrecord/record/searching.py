"""Full text: which articles have some words, the same on SQLite (FTS5) and PostgreSQL (tsvector with a GIN index).

Both compare words as FTS5's unicode61 does: runs of letters and digits in small letters without their accents. So that
no language's rules come in between, PostgreSQL is given the words with their positions, not the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    TextClause,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

RANKED = 1000
"""Articles that are put in order of how well they fit; of more that have the words the last that came."""
FREQUENT = 20_000
"""Articles from which what they have in common says nothing on how well they fit: the last that came are the best then.

To weigh a word BM25 counts all articles that have it, which takes the longer the more there are."""
PROBED, COMMON = 2_000, 1 / 25
"""The articles that came last by which PostgreSQL's way is chosen. What so large a share of them has is sought from the
last article backwards; anything else in its index of words, which knows all that have it and puts these in order."""
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_LAST_POSITION = 16_383
"""PostgreSQL counts no further."""
_MOST_POSITIONS = 255
"""PostgreSQL keeps no more of one word."""
_TITLE = 4
"""How many times what one in the text weighs a word in the title does."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other, folded; `beginning`: the last is but the beginning of a word."""

    words: tuple[str, ...]
    beginning: bool = False


Words = tuple[Phrase, ...]
"""Phrases all of which an article must have."""


def words_in(query: str) -> Words:
    """What somebody looks for: each word, phrases in double quotes, `*` after the beginning of a word."""
    found = []
    for part in _split(query):
        words = tuple(folded_words(part))
        if words:
            found.append(Phrase(words, beginning=part.rstrip().endswith("*")))
    return tuple(found)


def phrase_in(stretch: str) -> Words:
    """A stretch of text as one phrase; empty where it has no word."""
    words = tuple(folded_words(stretch))
    return (Phrase(words),) if words else ()


def folded_words(stretch: str) -> Iterator[str]:
    """The words of a text as they are compared."""
    return (word for word, _, _ in placed_words(stretch))


def placed_words(stretch: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text as they are compared, each with where it begins and ends."""
    return ((word, found.start(), found.end()) for found in _WORD.finditer(stretch) if (word := folded(found.group())))


def folded(word: str) -> str:
    """A word in small letters without accents."""
    if word.isascii():
        return word.lower()
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return bare.lower()


def articles_with(connection: Connection, words: Words) -> Select[Any]:
    """The numbers of the articles that have all of the phrases."""
    return select(number_of(connection)).select_from(_INDEX).where(_have(connection, words))


def ranked(connection: Connection, words: Words, fits: ColumnElement[bool] | None = None) -> Select[Any]:
    """The numbers of the articles that have all of the phrases, and their rank: the lower, the better.

    `fits` is a further condition on `number_of`. On SQLite the rank is BM25, on PostgreSQL the frequency of the words
    by the article's length (`ts_rank`); either counts a word in the title four times.
    """
    number = number_of(connection)
    if connection.dialect.name == "postgresql":  # which would rank all that it puts in order
        found = _last(connection, words, fits, number).subquery()
        ranked_ones = select(found.c.number, _rank(connection, words))
        return ranked_ones.join_from(found, _INDEX, _INDEX.c.number == found.c.number)
    rank: ColumnElement[Any] = (-number).label("rank") if _frequent(connection, words) else _rank(connection, words)
    found = _last(connection, words, fits, number, rank).subquery()
    return select(found.c.number, found.c.rank)


def _last(
    connection: Connection, words: Words, fits: ColumnElement[bool] | None, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Of the articles that have the words those that came last, so many as are put in order."""
    found: Select[Any] = select(*columns).select_from(_INDEX).where(_have(connection, words))
    found = found if fits is None else found.where(fits)
    if connection.dialect.name == "postgresql" and not _common(connection, words):
        # PostgreSQL guesses that a name is in one of 200 articles, and would go backwards through all for a rarer one.
        all_found = found.cte().prefix_with("MATERIALIZED", dialect="postgresql")
        return select(all_found).order_by(all_found.c.number.desc()).limit(RANKED)
    return found.order_by(number_of(connection).desc()).limit(RANKED)


def _common(connection: Connection, words: Words) -> bool:
    """Whether many of the articles that came last have the words."""
    last = select(_INDEX.c.words).order_by(_INDEX.c.number.desc()).limit(PROBED).subquery("article_words")
    having = connection.scalar(select(func.count()).select_from(last).where(_have(connection, words))) or 0
    return int(having) > COMMON * PROBED


def number_of(connection: Connection) -> ColumnElement[int]:
    """The number of the article in the index of words."""
    name = "rowid" if connection.dialect.name == "sqlite" else "number"
    return literal_column(f"article_words.{name}", Integer).label("number")


def put_words(connection: Connection, number: int) -> None:
    """Put the words of an article among those that can be searched."""
    if connection.dialect.name == "sqlite":
        connection.execute(_PUT, {"number": number})
        return
    title, body = connection.execute(_WORDS, {"number": number}).one()
    given = {"number": number, "words": _as_tsvector(title or "", body)}
    connection.execute(_PUT_VECTOR, given)


def take_words(connection: Connection, number: int) -> None:
    """Take the words of an article away; FTS5 must be told them, so this comes before they are overwritten."""
    connection.execute(_TAKE if connection.dialect.name == "sqlite" else _TAKE_VECTOR, {"number": number})


_INDEX = table("article_words", column("words"), column("number"))
_PUT = text(
    "INSERT INTO article_words(rowid, title, text) SELECT number, title, text FROM articles WHERE number = :number"
)
_TAKE = text(
    "INSERT INTO article_words(article_words, rowid, title, text) SELECT 'delete', number, title, text FROM articles "
    "WHERE number = :number AND source IS NOT NULL"
)
_WORDS = text("SELECT title, text FROM articles WHERE number = :number")
_PUT_VECTOR = text("INSERT INTO article_words (number, words) VALUES (:number, CAST(:words AS tsvector))")
_TAKE_VECTOR = text("DELETE FROM article_words WHERE number = :number")


def _rank(connection: Connection, words: Words) -> ColumnElement[float]:
    if connection.dialect.name == "sqlite":
        return literal_column(f"bm25(article_words, {_TITLE}.0, 1.0)").label("rank")
    weights: ColumnElement[Any] = literal_column(f"'{{{1 / _TITLE}, 0, 0, 1}}'")
    asked = cast(_as_tsquery(words), TSQUERY)
    rank: ColumnElement[float] = func.ts_rank(weights, literal_column("article_words.words"), asked, 1)
    return (-rank).label("rank")


def _frequent(connection: Connection, words: Words) -> bool:
    """Whether one of the phrases is in very many articles, on a database that would count them all."""
    if connection.dialect.name != "sqlite":
        return False
    return any(
        connection.scalar(articles_with(connection, (phrase,)).limit(1).offset(FREQUENT)) is not None
        for phrase in words
    )


def _have(connection: Connection, words: Words) -> TextClause:
    if connection.dialect.name == "sqlite":
        return text("article_words MATCH :words").bindparams(words=_as_fts5(words))
    return text("article_words.words @@ CAST(:words AS tsquery)").bindparams(words=_as_tsquery(words))


def _as_fts5(words: Words) -> str:
    """Each phrase in quotes, so that no word is an operator."""
    return " ".join(f'"{" ".join(phrase.words)}"' + ("*" if phrase.beginning else "") for phrase in words)


def _as_tsquery(words: Words) -> str:
    return " & ".join(_as_tsphrase(phrase) for phrase in words)


def _as_tsphrase(phrase: Phrase) -> str:
    quoted = [f"'{word}'" for word in phrase.words]
    return "(" + " <-> ".join(quoted) + (":*)" if phrase.beginning else ")")


def _as_tsvector(title: str, body: str) -> str:
    """The words with their positions, those of the title before those of the text and not next to them."""
    positions: dict[str, list[str]] = defaultdict(list)
    at = 0
    for stretch, weight in ((title, "A"), (body, "")):
        for word in folded_words(stretch):
            at += 1
            if at <= _LAST_POSITION and len(positions[word]) < _MOST_POSITIONS:
                positions[word].append(f"{at}{weight}")
        at += 1
    return " ".join(f"'{word}':{','.join(where)}" if where else f"'{word}'" for word, where in positions.items())


def _split(query: str) -> list[str]:
    parts: list[str] = []
    for at, stretch in enumerate(query.replace("“", '"').replace("”", '"').split('"')):
        parts += [stretch] if at % 2 else stretch.split()
    return parts
