"""Who says it, and in which sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.articles.article import TextSpan
from onrecord.reading.schema import Attribution, Entity, Reading
from onrecord.record.sentences import sentence_around
from onrecord.record.shapes import DecisionOnRecord, Evidence, Named, Voice

GAP = " … "
"""What joins parts that lie apart."""
NOT_NAMED = "a source that is not named"
"""Whose word it is where the text has a statement and no source: "12 were reported dead"."""
_FAR = 800
"""Code points from the first to the last of words that are shown in one piece."""


class Telling:
    """A reading with the id of its article, asked for whose word things are and where they stand.

    The reading is that with what people decided on its facts; `decisions` are these, by the id of the fact.
    """

    def __init__(
        self, article: str, reading: Reading, decisions: Mapping[str, tuple[DecisionOnRecord, ...]] | None = None
    ) -> None:
        self.article = article
        self.reading = reading
        self.decisions = decisions or {}
        self.entities: dict[str, Entity] = {entity.id: entity for entity in reading.entities}
        self._attributions: dict[str, Attribution] = {given.id: given for given in reading.attributions}

    def voice(self, attribution: str | None) -> Voice:
        """Whose word it is that stands under this attribution; `None`: the article's own."""
        given = self._attributions.get(attribution or "")
        return self._own_voice() if given is None else self.speaker(given)

    def attribution(self, id: str) -> Attribution | None:
        """The attribution of this id; `None` where the reading has none."""
        return self._attributions.get(id)

    def speaker(self, given: Attribution) -> Voice:
        """The source of an attribution."""
        words = GAP.join(part.text for part in given.source) or None
        entity = self.entities.get(given.speaker or "")
        if entity is not None:
            return Voice("speaker", entity.name, entity.key, words)
        return Voice("unnamed", words or NOT_NAMED, None, words)

    def at(self, focus: Sequence[TextSpan], attribution: str | None, fact: str | None = None) -> Evidence:
        """The sentence in which these words stand (one at least), with whose word it is.

        Words that stand far from the first ones are left out.
        """
        start = min(part.start for part in focus)
        end = max(part.end for part in focus if part.end - start <= _FAR or part.start == start)
        return self.within(sentence_around(self.reading.text, start, end), focus, attribution, fact)

    def within(
        self, sentence: TextSpan, focus: Sequence[TextSpan], attribution: str | None, fact: str | None = None
    ) -> Evidence:
        """A sentence as evidence of a fact of the reading, with those of the words in focus that stand in it."""
        inside = tuple(part for part in focus if sentence.start <= part.start < part.end <= sentence.end)
        return Evidence(
            article=self.article,
            outlet=self.reading.outlet,
            published=self.reading.published,
            title=self.reading.title,
            url=self.reading.url,
            start=sentence.start,
            end=sentence.end,
            sentence=sentence.text,
            focus=tuple(TextSpan(part.start, part.end, part.text) for part in inside),
            voice=self.voice(attribution),
            fact=None if fact is None else f"{self.article}/{fact}",
            decisions=self.decisions.get(fact or "", ()),
        )

    def name_of(self, party: str | None) -> str | None:
        """The name of an entity; a side without one keeps the text's own words."""
        if party is None:
            return None
        entity = self.entities.get(party)
        return entity.name if entity else party

    def named(self, ids: Sequence[str]) -> tuple[Named, ...]:
        """Entities as the record names them, those that the reading does not have left out."""
        found = (self.entities.get(id) for id in ids)
        return tuple(as_named(entity) for entity in found if entity is not None)

    def _own_voice(self) -> Voice:
        if self.reading.credits:
            return Voice("agency", self.reading.credits[0].agency)
        return Voice("outlet", self.reading.outlet or "the article")


def as_named(entity: Entity) -> Named:
    """An entity as the record names it."""
    return Named(entity.name, entity.key, entity.latitude, entity.longitude, entity.country, entity.level)
