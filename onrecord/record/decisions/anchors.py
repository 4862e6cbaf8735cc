"""To what a decision holds on, so that it survives a new reading: the sentence and the words, not the offsets.

The ids of facts (`k3`) and all offsets may be others when the reader improves. A fact is found again in its article, or
in another one from the same bytes, by its sentence, and in the sentence by its words, kind and place; after W3C's Web
Annotation model, whose text quotes survive where text positions do not. Where the sentence no longer has such a fact,
the decision is without it, and comes back with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Attribution, Casualty, Incident, Label, Reading, Truce
from onrecord.record.sentences import sentence_around

Told = Casualty | Incident | Truce | Label | Attribution
Section = Literal["casualties", "incidents", "truces", "labels", "attributions"]
SECTIONS: tuple[Section, ...] = ("casualties", "incidents", "truces", "labels", "attributions")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A fact as it can be found again. `at` counts code points from the beginning of the sentence, `start` of the text;
    `sides` are those who did it, to whom and where, and tell apart what stands in one sentence."""

    article: str
    sha256: str
    section: Section
    local: str
    kind: str
    sentence: str
    words: str
    at: int
    start: int
    sides: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self) | {"sides": list(self.sides)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Anchor:
        """What `as_json` gave."""
        return cls(**(values | {"sides": tuple(values["sides"])}))


def told(reading: Reading, local: str) -> tuple[Section, Told] | None:
    """The fact of this id in a reading, and in which section it is."""
    for section in SECTIONS:
        for fact in getattr(reading, section):
            if fact.id == local:
                return section, fact
    return None


def anchor_of(reading: Reading, local: str, article: str, sha256: str) -> Anchor | None:
    """The anchor of a fact; `None` where the reading has none of this id."""
    found = told(reading, local)
    if found is None:
        return None
    section, fact = found
    words = _words(fact)
    sentence = _sentences(reading, fact)[0]
    return Anchor(
        article=article,
        sha256=sha256,
        section=section,
        local=local,
        kind=_kind(fact),
        sentence=_folded(sentence.text),
        words=_folded(words.text),
        at=words.start - sentence.start,
        start=words.start,
        sides=_sides(reading, fact),
    )


def found_again(reading: Reading, anchor: Anchor) -> str | None:
    """The id of the fact in a reading; `None` where its sentence has no such fact any more."""
    here = [fact for fact in getattr(reading, anchor.section) if _stands_in(reading, fact, anchor.sentence)]
    alike = [fact for fact in here if _folded(_words(fact).text) == anchor.words or _kind(fact) == anchor.kind]
    best = min(alike, key=lambda fact: _distance(reading, fact, anchor), default=None)
    return None if best is None else best.id


def _stands_in(reading: Reading, fact: Told, sentence: str) -> bool:
    return any(_folded(each.text) == sentence for each in _sentences(reading, fact))


def _distance(reading: Reading, fact: Told, anchor: Anchor) -> tuple[bool, bool, int, int, int, str]:
    """How far a fact of the same sentence is from the one that is looked for: what differs, then where it stands."""
    words, sentence = _words(fact), _sentences(reading, fact)[0]
    return (
        _folded(words.text) != anchor.words,
        _kind(fact) != anchor.kind,
        -len(set(_sides(reading, fact)) & set(anchor.sides)),
        abs(words.start - sentence.start - anchor.at),
        abs(words.start - anchor.start),
        fact.id,
    )


def _words(fact: Told) -> TextSpan:
    """The words that stand for a fact: its own, else the first of those that say so."""
    if isinstance(fact, Casualty | Label):
        return fact
    if isinstance(fact, Attribution):
        return next(iter((*fact.content, *fact.source, *fact.cue)), _NOTHING)
    others = (*fact.perpetrators, *fact.targets) if isinstance(fact, Incident) else fact.terms
    return next(iter((*fact.evidence, *others)), _NOTHING)


_NOTHING = TextSpan(0, 0, "")


def _sentences(reading: Reading, fact: Told) -> tuple[TextSpan, ...]:
    """The sentences that tell of a fact, one at least."""
    if isinstance(fact, Incident | Truce) and fact.evidence:
        return fact.evidence
    words = _words(fact)
    return (sentence_around(reading.text, words.start, words.end),)


def _kind(fact: Told) -> str:
    if isinstance(fact, Casualty):
        return f"{fact.effect} {fact.status} {fact.group or ''}".strip()
    if isinstance(fact, Incident):
        return f"{fact.type} {fact.mode or ''}".strip()
    if isinstance(fact, Truce):
        return f"{fact.kind} {fact.step}"
    return fact.tone if isinstance(fact, Label) else fact.act


def _sides(reading: Reading, fact: Told) -> tuple[str, ...]:
    """Who and where, as names: what tells two facts of one sentence apart."""
    names = {entity.id: entity.name for entity in reading.entities}
    if isinstance(fact, Incident):
        sides = [*fact.where, *(doer.text for doer in fact.perpetrators), *(target.text for target in fact.targets)]
    elif isinstance(fact, Truce):
        sides = [*fact.where, *fact.parties]
    elif isinstance(fact, Casualty):
        sides = [*fact.where, fact.of or ""]
    else:
        sides = []
    return tuple(sorted({_folded(names.get(side, side)) for side in sides if side}))


def _folded(text: str) -> str:
    """The words and numbers of a text alone, in small letters: what a better cleaning of a page leaves as it is."""
    return " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())
