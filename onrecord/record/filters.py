"""Which part of the record is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.record.range_rules import RangeRule


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the record is wanted; what is `None` does not narrow it.

    `since` and `until` are ISO 8601 dates, both inclusive, and compare with the date of the happening (for articles and
    claims: with the publication). `place` and `actor` are names or keys (`geonames:170063`, `wikidata:Q44329`); a
    country takes in its places; letter case does not matter. `type` is a PLOVER type or mode, a kind or step of truce,
    a tone of label or an effect of toll, after what is asked for. `text` must stand in the article as whole words one
    after the other, letter case and accents apart.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    actor: str | None = None
    outlet: str | None = None
    type: str | None = None
    story: str | None = None
    """Id of a story."""
    article: str | None = None
    """Id of an article."""
    text: str | None = None
    limit: int | None = None
    offset: int = 0
    """How many of the first are passed over."""
    newest: bool = False
    """Whether what happened last comes first; undated things come last in any case."""
    rule: RangeRule = "representative"
    """How the best figure of a toll is chosen: by most origins, the lowest, or the most exact."""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out; order, rule and how many are asked for apart."""
        return replace(self, limit=None, offset=0, newest=False, rule=EVERYTHING.rule) != EVERYTHING


EVERYTHING = Filter()
