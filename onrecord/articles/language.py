"""The language of a text, by its letters and its small words: enough to keep other languages out of an English reader.

Short English is never taken for something else: a text counts as English until another language is plainly ahead.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from onrecord.articles.article import Article
from onrecord.errors import ArticleError
from onrecord.lexicon import rows

ENGLISH = "en"
UNKNOWN = "und"
"""ISO 639-2 for a language that is not determined."""
REACH = 6_000
"""Code points from the beginning that are looked at."""
FEWEST_WORDS = 8
"""Fewer words in Latin letters are taken for English."""
LEAD = 1.5
"""Times as many small words as English that another language must have."""
FEWEST_DISTINCT = 3
"""Different small words of another language that a text must have."""
FEWEST_FOR_UNKNOWN = 100
LEAST_ENGLISH = 0.04
"""Share of small words below which a text of some length is no English; in news it is 0.35 to 0.5."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class ForeignLanguageError(ArticleError):
    """An article in another language than English; `article` is what was taken from its source, unread."""

    def __init__(self, article: Article, *, where: str | None = None) -> None:
        super().__init__(
            f"is in {language_name(article.language)}; onrecord reads English",
            where=where,
            advice="hand in a translation",
        )
        self.article = article

    def __reduce__(self) -> tuple[object, ...]:
        return _foreign, (self.article, self.where)


def _foreign(article: Article, where: str | None) -> ForeignLanguageError:
    return ForeignLanguageError(article, where=where)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that most of a text is in; "und" where it is none that is known."""
    beginning = text[:REACH]
    script = _script_language(beginning)
    return script or _latin_language([word.lower() for word in _WORD.findall(beginning)])


def language_name(code: str) -> str:
    """The English name of a language for a message, or a description where there is none."""
    if code == UNKNOWN:
        return "a language that is not known"
    names = {row["language"]: row["name"] for row in rows("languages")}
    return names.get(code, f"another language ({code})")


def _script_language(text: str) -> str | None:
    """The language of the script that most letters are of; None for Latin letters and for no letters at all."""
    if text.isascii():
        return None
    letters = Counter(letter for letter in text.lower() if letter.isalpha())
    counts = Counter({script: sum(n for letter, n in letters.items() if letter in script) for script in _scripts()})
    if not counts:
        return None
    script, count = counts.most_common(1)[0]
    if 2 * count <= letters.total():
        return _mixed_east_asian(counts, letters.total())
    for language, telling in script.unless:
        if sum(letters[letter] for letter in telling) > count / 100:
            return language
    return script.language


def _mixed_east_asian(counts: Counter[_Script], letters: int) -> str | None:
    """Japanese mixes kana with Chinese characters, so that neither may be most."""
    both = {script.language: count for script, count in counts.items() if script.language in {"ja", "zh"}}
    return "ja" if letters and 2 * sum(both.values()) > letters else None


def _latin_language(words: list[str]) -> str:
    if len(words) < FEWEST_WORDS:
        return ENGLISH
    counts = Counter(words)
    hits = {language: sum(counts[word] for word in small) for language, small in _function_words().items()}
    best = max(hits, key=lambda language: (hits[language], language == ENGLISH))
    distinct = sum(word in counts for word in _function_words()[best])
    if best != ENGLISH and hits[best] > LEAD * hits[ENGLISH] and distinct >= FEWEST_DISTINCT:
        return best
    if len(words) >= FEWEST_FOR_UNKNOWN and hits[ENGLISH] < LEAST_ENGLISH * len(words):
        return UNKNOWN
    return ENGLISH


@dataclass(frozen=True, slots=True)
class _Script:
    first: str
    last: str
    language: str
    unless: tuple[tuple[str, str], ...]

    def __contains__(self, letter: str) -> bool:
        return self.first <= letter <= self.last


@cache
def _scripts() -> tuple[_Script, ...]:
    return tuple(
        _Script(
            chr(int(row["first"], 16)),
            chr(int(row["last"], 16)),
            row["language"],
            tuple((part.partition(":")[0], part.partition(":")[2]) for part in row["unless"].split()),
        )
        for row in rows("scripts")
    )


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(row["words"].split()) for row in rows("function-words")}
