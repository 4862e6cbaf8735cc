"""Dates as pages write them: ISO 8601 in metadata, RFC 822 in feeds, words in datelines and menus, digits in addresses.

A date is only taken where day, month and year are all given; what could be read in two ways (03/04/2017) is not read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from onrecord.articles.page_words import any_word
from onrecord.lexicon import rows

EARLIEST_YEAR = 1900
"""No page of news is older; smaller years are broken values ("0001-01-01")."""
LONGEST_LINK = 200
DATELINE_REACH = 2_000
DATELINE_LINES = 4
MONTHS = 12
LONGEST_DATELINE = 160
"""Code points at the beginning of a line in which a dateline's date stands."""
LONGEST_PLACE = 60

_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ]+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?")
_URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>\d{1,2}|[a-z]{3,9})[/-](?P<day>\d{1,2})(?=[/_.-]|$)"
    r"|[/_-](?P<year8>(?:19|20)\d{2})(?P<month8>\d{2})(?P<day8>\d{2})(?=[/_.-]|$)",
    re.IGNORECASE,
)


def iso_date(value: object) -> str | None:
    """An ISO 8601 date, or date and time with its offset, in the form of the contract; None for anything else.

    "2016-10-14T08:30:00Z" gives "2016-10-14T08:30:00+00:00"; a time without an offset is dropped, since nobody can
    say when it was; "2016-10" is no date of publication.
    """
    text = str(value).strip()
    found = _ISO.fullmatch(text) or _ISO.match(text)
    if not found or not _real(found["date"]):
        return _compact(text)
    if found["hour"] is None or found["zone"] is None:
        return found["date"]
    try:
        moment = datetime.fromisoformat(f"{found['date']}T{found['hour']}:{found['minute']}:{found['second'] or '00'}")
        return moment.replace(tzinfo=_zone(found["zone"])).isoformat()
    except ValueError:
        return found["date"]


def _compact(text: str) -> str | None:
    found = _COMPACT.fullmatch(text)
    return _date(found["year"], found["month"], found["day"]) if found else None


def _zone(name: str) -> timezone:
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    digits = name[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if name[0] == "-" else offset)


def any_date(value: object) -> str | None:
    """The date in a metadata value: ISO 8601, RFC 822 or English words; None where there is none that is certain."""
    text = str(value).strip()
    return iso_date(text) or rfc822_date(text) or worded_date(text)


def rfc822_date(text: str) -> str | None:
    """The moment of a feed's `pubDate`: "Fri, 14 Oct 2016 08:30:00 GMT"."""
    if not re.match(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year < EARLIEST_YEAR:
        return None
    return moment.isoformat() if moment.tzinfo else moment.date().isoformat()


def worded_date(text: str) -> str | None:
    """The first full date in English words: "14 October 2016", "Friday, Oct. 14, 2016", "October 14th 2016"."""
    for found in _worded().finditer(text):
        written = _date(
            found["year_a"] or found["year_b"],
            str(_months()[(found["month_a"] or found["month_b"]).lower()]),
            found["day_a"] or found["day_b"],
        )
        if written:
            return written
    return None


def url_date(url: str) -> str | None:
    """The date in an address's path: "/2016/10/14/", "/2016/oct/14/", "/news-20161014"."""
    path = re.sub(r"^[a-z]+://[^/]*|[?#].*$", "", url, flags=re.IGNORECASE)
    for found in _URL_DATE.finditer(path):
        if found["year8"]:
            written = _date(found["year8"], found["month8"], found["day8"])
        else:
            month = found["month"].lower()
            written = _date(found["year"], month if month.isdigit() else str(_months().get(month, 0)), found["day"])
        if written:
            return written
    return None


def dateline_date(text: str) -> str | None:
    """The date in a text's dateline where it gives day, month and year: "ALEPPO, Oct 14, 2016 (Reuters) -".

    A dateline begins one of the first lines, or is one; it may follow the title. Without a year it gives no date, and
    neither does a line on a later update or a date within a sentence.
    """
    lines = [line.strip() for line in text[:DATELINE_REACH].split("\n") if line.strip()]
    for line in lines[:DATELINE_LINES]:
        found = _worded().search(line[:LONGEST_DATELINE])
        if found and _is_dateline(line[: found.start()], line[found.end() :].strip()):
            return worded_date(found.group())
    return _numeric_date(lines[0]) if lines else None


def _is_dateline(before: str, after: str) -> bool:
    """Whether a date with these words around it is a dateline, not a part of a title or sentence.

    Before it stand places, an outlet or agency, a weekday, "Published:", or nothing; after it a mark that ends it, or,
    where a weekday, such a word or the line's beginning makes it sure, the title or text at once.
    """
    bare = _dateline_words().sub("", before).strip()
    is_sure = not before or (not bare.endswith(("on", "of")) and _dateline_words().search(before) is not None)
    if len(bare) > LONGEST_PLACE or not all(word[0].isupper() for word in _NAME.findall(bare)):
        return False
    if not (is_sure or not bare or bare.isupper() or bare[-1] in ",.:|–—-/)"):
        return False
    return (
        not after or after[0] in "-–—(:|/" or (is_sure and (not after[0].islower() or after.startswith(("at ", "by "))))
    )


def _numeric_date(line: str) -> str | None:
    """A date in digits at the beginning of a line where only one order of day and month is possible: "28-08-2016"."""
    found = _NUMERIC.match(line)
    if not found:
        return None
    # With full stops the day comes first everywhere; with other marks only a number over 12 tells.
    day_first = found["mark"] == "." or int(found["first"]) > MONTHS
    if not day_first and int(found["second"]) <= MONTHS:
        return None
    day, month = (found["first"], found["second"]) if day_first else (found["second"], found["first"])
    return _date(found["year"], month, day)


def is_dated_link(line: str) -> bool:
    """Whether a line is a link to another story with its date: "How to be a boxer - November 6, 2020"."""
    if len(line) > LONGEST_LINK:
        return False
    found = _dated_end().search(line)
    return found is not None and len(line[: found.start()].strip()) > 0 and worded_date(found.group()) is not None


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["number"]) for row in rows("months")}


@cache
def _worded() -> re.Pattern[str]:
    return re.compile(_WORDED.format(months="|".join(sorted(_months(), key=len, reverse=True))), re.IGNORECASE)


@cache
def _dated_end() -> re.Pattern[str]:
    worded = re.sub(r"\?P<\w+>", "?:", _worded().pattern)
    return re.compile(rf"(?:[-–—|•·(]|\bon\b)\s*(?:\w{{3,9}},?\s+)?(?:{worded})\s*\)?$", re.IGNORECASE)


@cache
def _dateline_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_word('weekday')}|{any_word('dated')})\b", re.IGNORECASE)


_NAME = re.compile(r"(?!(?:of|al|and|the)\b)\w[\w'’-]*")
_NUMERIC = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})\b(?!\s+[a-z])")
_WORDED = (
    r"\b(?P<day_a>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month_a>{months})\.?,?[\s-]+(?P<year_a>\d{{4}})\b"
    r"|\b(?P<month_b>{months})\.?\s+(?P<day_b>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|(?<=\d{{2}}))(?P<year_b>\d{{4}})\b"
)


def _date(year: str, month: str, day: str) -> str | None:
    text = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    return text if _real(text) else None


def _real(text: str) -> bool:
    try:
        return date.fromisoformat(text).year >= EARLIEST_YEAR
    except ValueError:
        return False
