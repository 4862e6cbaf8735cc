"""What the sentence of a toll says of day and place, and whether it leaves the happening told before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.tolls import Toll
from onrecord.reading.date_ranges import day_range
from onrecord.reading.document import article_of, text_of
from onrecord.reading.schema import Entity, Mention, Time
from onrecord.reading.spans import tokens_of
from onrecord.reading.syntax import ancestors, prepositions, sentence_of

_NEWS = timedelta(days=7)  # an undated happening of the news lies within these days before its publication
_COUNTS_FROM = frozenset({"since", "until"})
_SPEAKER_REACH = 12
_LONGEST_PHRASE = 5
_OPENING = 5  # "After the raid, 12 people were killed": an opening clause leads to the toll
_AFTER = frozenset({"after", "following"})


@dataclass(frozen=True, slots=True)
class Cues:
    """What a toll's clause says of day and place; `turn` is how it leaves the happening before ("": it does not).

    `words` is the stretch of text that speaks of this toll and of no other one.
    """

    days: tuple[str, str] | None
    places: tuple[Entity, ...]
    turn: str
    words: Span


def cues_of(toll: Toll, tolls: Sequence[Toll]) -> Cues:
    """The cues of a toll among those of its article."""
    doc, sentence = toll.victims.doc, sentence_of(toll.victims.head)
    own = {toll.harm.word.i, *(word.i for word in toll.harm.word.conjuncts)}
    others = [other.victims for other in tolls if other.sentence == toll.sentence and other.harm.word.i not in own]
    before = max((other.end for other in others if other.start < toll.victims.start), default=None)
    end = min((other.start for other in others if other.start > toll.victims.start), default=sentence.end)
    stretch = doc[sentence.start if before is None else toll.victims.start : end]
    places = tuple(entity for mention in _mentions(stretch) if (entity := _place(doc, mention)) is not None)
    lead = doc[before if before is not None else sentence.start : max(toll.victims.end, toll.harm.word.i)]
    away = _is_in_a_clause_of_before(lead, toll) or is_recalled(toll.harm.word)
    turn = "away" if away else _turn(lead)
    return Cues(_days_in(stretch), places, turn, stretch)


def _days_in(clause: Span) -> tuple[str, str] | None:
    """The days of the clause's first time that dates the harm and not its report or the page."""
    published = (article_of(clause.doc).published or "")[:10]
    for time, token in _times(clause):
        days = day_range(time.value)
        dateline = time.value[:10] == published and any(character.isdigit() for character in time.text)
        if days is not None and not dateline and not _dates_a_report(token, days):
            return days
    return None


def _dates_a_report(token: Token, days: tuple[str, str]) -> bool:
    """ "said on Friday", "since Monday", "on Monday the agency said": when somebody spoke, or since when it counts."""
    before = token.doc[max(token.i - 3, sentence_of(token).start) : token.i]
    if any(word.lower_ in _COUNTS_FROM or _is_speech(word) for word in before):
        return True
    after = token.doc[token.i + 1 : min(token.i + _SPEAKER_REACH, sentence_of(token).end)]
    verb = next((word for word in after if word.pos_ == "VERB"), None)
    return days[0] == days[1] and token.i <= sentence_of(token).start + 1 and verb is not None and _is_speech(verb)


def _is_speech(word: Token) -> bool:
    return not casualty_words("speech").isdisjoint((word.lemma_.lower(), word.lower_))


def _turn(lead: Span) -> str:
    """How the words that lead to the toll leave the happening before."""
    words = [token.lower_ for token in lead]
    for length in range(_LONGEST_PHRASE, 0, -1):
        for at in range(len(words) - length + 1):
            turn = _phrases().get(tuple(words[at : at + length]))
            if turn is not None:
                return turn
    return ""


def _is_in_a_clause_of_before(lead: Span, toll: Toll) -> bool:
    """ "12 were killed a day after rebels killed a pilot", "in retaliation for the killing of a pilot"."""
    after = next((token for token in reversed(list(lead)) if token.lower_ in _AFTER), None)
    if after is None or after.i <= sentence_of(after).start + _OPENING:
        return _comes_before(toll.harm.word)  # "After the raid, 12 were killed" leads to the toll
    between = toll.victims.doc[after.i + 1 : toll.victims.start]
    return len(between) == 0 or any(token.pos_ == "VERB" for token in between) or _comes_before(toll.harm.word)


def _comes_before(word: Token) -> bool:
    """Whether the harm itself stands after "after" or answers for what was done in return."""
    for token in (word, *ancestors(word)):
        if any(child.lower_ in _AFTER and child.dep_ in ("mark", "case") for child in token.children):
            return True
        if token.dep_ == "nmod" and token.head.lemma_.lower() in casualty_words("answer"):
            return True
        of_that = token.dep_ == "nmod" and "of" in prepositions(
            token
        )  # "after the bombing of the bank, in which 12 died"
        if not of_that and token.dep_ not in ("conj", "xcomp", "aux:pass", "acl:relcl"):
            return False
    return False


def is_recalled(word: Token) -> bool:
    """ "the deadliest attack since February, when 54 died": whether the deed is told of a time before the news."""
    when = next((child for child in word.children if child.lower_ == "when"), None)
    news = days_of_news(word.doc)
    if when is None or news is None:
        return False
    text = text_of(word.doc)
    told = (day_range(time.value) for time in word.doc._.times if text[time.end : when.idx] in (" ", ", "))
    return any(days is not None and days[1] < news[0] for days in told)


def days_of_news(doc: Doc) -> tuple[str, str] | None:
    """The days in which what an article tells as news can have happened; None where it has no date."""
    published = article_of(doc).published
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return (day - _NEWS).isoformat(), day.isoformat()


def _place(doc: Doc, mention: Mention) -> Entity | None:
    return next((entity for entity in doc._.entities if entity.id == mention.entity), None)


def _mentions(clause: Span) -> Iterator[Mention]:
    for mention in clause.doc._.mentions:
        if (
            mention.type in ("place", "facility")
            and clause.start_char <= mention.start
            and mention.end <= clause.end_char
        ):
            span = tokens_of(clause.doc, mention)
            if span is not None and not _describes_a_name(span):
                yield mention


def _describes_a_name(span: Span) -> bool:
    """ "the London-based monitor", "Syria's army": a place that says only whose or what kind."""
    following = span.doc[span.end : span.end + 2]
    return len(following) == 2 and following[0].text == "-" and following[1].lower_ == "based"


def _times(clause: Span) -> Iterator[tuple[Time, Token]]:
    for time in clause.doc._.times:
        if clause.start_char <= time.start and time.end <= clause.end_char:
            span = tokens_of(clause.doc, time)
            if span is not None:
                yield time, span[0]


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    return {tuple(row["phrase"].split()): row["turn"] for row in rows("other-happening-phrases")}
