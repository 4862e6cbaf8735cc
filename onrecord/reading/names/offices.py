"""Who is meant by an office alone: "the Syrian president", "Russia's foreign minister", by the day of the article.

Who held what when stands in `data/offices.tsv`.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import Row, rows
from onrecord.reading.names.actors import Actor, actor_named
from onrecord.reading.spelling import folded

_POSSESSIVE = re.compile(r"['’]s? ")
_ORGANISATIONS = {"United Nations": "UN", "NATO": "NATO"}


def holder_of(phrase: str, on: str | None) -> Actor | None:
    """The actor who held the office that a phrase names on a day (ISO 8601).

    None where the phrase is no office of one country ("the president", "the former Syrian president"), where no day is
    known, or where the table does not tell.
    """
    told = _office_of(phrase) if on else None
    if told is None:
        return None
    for row in _terms().get(told, ()):
        if row["since"] <= (on or "") and (not row["until"] or (on or "") < row["until"]):
            return actor_named(row["holder"])
    return None


def is_office(phrase: str) -> bool:
    """Whether a phrase names an office that the table has, whoever holds it."""
    return _office_of(phrase) in _terms()


def _office_of(phrase: str) -> tuple[str, str] | None:
    """The office and what it is of: ("foreign minister", "RU") of "Russia's foreign minister"."""
    words = re.sub(r"^(?:the|The) ", "", " ".join(phrase.split()))
    office, of, whose = words.partition(" of ")
    if of and _plain(office) in _offices():
        return _of(_plain(office), whose.removeprefix("the "))
    for office in _offices():
        if _plain(words).endswith(" " + office):
            first = " ".join(words.split()[: len(words.split()) - _width(words, office)])
            return _of(office, _POSSESSIVE.sub("", first + " ").strip())
    return None


def _of(office: str, whose: str) -> tuple[str, str] | None:
    of = _belonging().get(whose) or _belonging().get(whose.replace(".", ""))
    return (office, of) if of else None


def _width(words: str, office: str) -> int:
    """How many words of the text an office takes: "secretary-general" is one."""
    tail = words.split()
    return next(width for width in range(1, len(tail) + 1) if _plain(" ".join(tail[-width:])) == office)


def _plain(words: str) -> str:
    return folded(words).replace("defense", "defence").replace("secretary of defence", "defence secretary")


@cache
def _terms() -> dict[tuple[str, str], tuple[Row, ...]]:
    terms: dict[tuple[str, str], tuple[Row, ...]] = {}
    for row in rows("offices"):
        key = (row["office"], row["of"])
        terms[key] = (*terms.get(key, ()), row)
    return terms


@cache
def _offices() -> tuple[str, ...]:
    """The offices, the longest first: "vice president" before "president"."""
    return tuple(sorted({row["office"] for row in rows("offices")}, key=lambda office: (-len(office), office)))


@cache
def _belonging() -> dict[str, str]:
    """Countries and organisations by their names and by the words for belonging to them."""
    found = {row["word"]: row["country"] for row in rows("demonyms") if row["country"] and row["form"] == "adjective"}
    for row in rows("actors"):
        of = row["country"] if row["role"] == "state" else _ORGANISATIONS.get(row["name"])
        if of:
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(name, of)
                found.setdefault(name.replace(".", ""), of)
    return found
