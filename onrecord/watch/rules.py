"""What a user wants to be watched and told: `[watch]` and `[[alerts]]` in `onrecord.toml`.

    [watch]
    feeds = ["https://example.org/rss", "feeds.opml"]
    every = 15                                          # minutes

    [[alerts]]
    name = "Many dead in Aleppo"
    toll = 10                                           # a figure above this
    effect = "killed"                                   # else wounded, missing, detained, kidnapped, displaced
    place = "Aleppo"
    actor = "Russia"
    webhook = "https://hooks.example.org/onrecord"      # else only on the desk and the terminal
    secret = "…"                                        # signs what is sent there

    [[alerts]]
    name = "The truce breaks"
    truce = ["violated", "collapsed"]                   # steps

    [[alerts]]
    name = "They contradict each other"
    contradiction = true

What a rule says must all be so; one that names a place or an actor alone tells of every incident there, or of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from onrecord.config import settings
from onrecord.errors import DataError
from onrecord.reading.schema import Effect, TruceStep
from onrecord.watch.pace import MINUTE
from onrecord.watch.subscriptions import feeds_named


@dataclass(frozen=True, slots=True)
class Rule:
    """When somebody wants to be told; what is None or empty asks for nothing."""

    name: str
    toll: int | None = None
    effect: Effect = "killed"
    truce: tuple[TruceStep, ...] = ()
    place: str | None = None
    actor: str | None = None
    contradiction: bool = False
    webhook: str | None = None
    secret: str | None = None

    @property
    def asks_of_incidents(self) -> bool:
        """Whether incidents can fit; a rule on truces alone is about nothing else."""
        return self.toll is not None or self.contradiction or not self.truce


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "name": str,
    "toll": int,
    "effect": str,
    "truce": (str, list),
    "place": str,
    "actor": str,
    "contradiction": bool,
    "webhook": str,
    "secret": str,
}


def rules() -> tuple[Rule, ...]:
    """The rules of the user; raises `DataError` for one that cannot be understood."""
    said = settings()
    found = tuple(rule_of(values, str(said.file)) for values in said.alerts)
    names = [rule.name for rule in found]
    for name in names:
        if names.count(name) > 1:
            raise DataError(
                f"two alerts are named {name!r}", where=str(said.file), advice="give each a name of its own"
            )
    return found


def feeds() -> list[str]:
    """The feeds that the user's settings name; raises `DataError` or `SourceError` where they are not understood."""
    said = settings()
    given = said.watch.get("feeds", [])
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise DataError("[watch] feeds is no list", where=str(said.file), advice='write feeds = ["https://…"]')
    folder = said.file.parent if said.file else Path()
    return feeds_named(each if "://" in each else str(folder / each) for each in given)


def every() -> float:
    """How many seconds pass between two polls of a feed; raises `DataError` for what is no number of minutes."""
    said = settings()
    minutes = said.watch.get("every", 15)
    if not isinstance(minutes, int | float) or isinstance(minutes, bool) or not 1 <= minutes <= 10_000:
        raise DataError("[watch] every is no number of minutes", where=str(said.file), advice="write every = 15")
    return float(minutes) * MINUTE


def rule_of(values: Mapping[str, object], where: str) -> Rule:
    """The rule that a table of the settings describes; raises `DataError` where it does not."""
    name = values.get("name")
    place = f"{where}, alert {name!r}"
    for key, value in values.items():
        if key not in _KINDS:
            raise DataError(f"there is no {key!r} in an alert", where=place, advice=f"there are {', '.join(_KINDS)}")
        if not isinstance(value, _KINDS[key]) or (isinstance(value, bool) and _KINDS[key] is not bool):
            raise DataError(f"{key} = {value!r} is not understood", where=place, advice="see docs/watch.md")
    if not isinstance(name, str) or not name.strip():
        raise DataError("an alert has no name", where=where, advice='write name = "…"')
    known: dict[str, Any] = dict(values)
    truce = known.get("truce", ())
    rule = Rule(**known | {"truce": (truce,) if isinstance(truce, str) else tuple(truce)})
    _check(rule, place)
    return rule


def _check(rule: Rule, where: str) -> None:
    if not (rule.toll is not None or rule.truce or rule.place or rule.actor or rule.contradiction):
        raise DataError(
            "an alert asks for nothing", where=where, advice="give it a toll, truce, place, actor or contradiction"
        )
    if rule.effect not in get_args(Effect):
        raise DataError(f"{rule.effect!r} is no effect", where=where, advice=f"choose of {', '.join(get_args(Effect))}")
    for step in rule.truce:
        if step not in get_args(TruceStep):
            steps = ", ".join(get_args(TruceStep))
            raise DataError(f"{step!r} is no step of a truce", where=where, advice=f"choose of {steps}")
    if rule.webhook is not None and not rule.webhook.startswith(("http://", "https://")):
        raise DataError("a webhook is no address", where=where, advice="write it as https://…")
