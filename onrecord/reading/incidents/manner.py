"""How something was done: the modes of its tellings and weapons, and which of these do not say it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

from onrecord.reading.incidents.words import any_lemma_in, weapon_mode
from onrecord.reading.syntax import ancestors

# Modes that say how it was done, against those that say what for; the narrower goes first.
MEANS = (
    "unconventional",
    "suicide-attack",
    "drone",
    "aerial",
    "explosives",
    "heavy-weapons",
    "firearms",
    "primitive",
    "crowd-control",
)
_BACKING = frozenset({"back", "support", "cover"})
_SEIZING = frozenset({"seize", "confiscate", "capture", "recover", "find", "discover", "destroy"})


def narrowest_mode(modes: Iterable[str | None]) -> str | None:
    """Of the modes of several tellings the one that an incident gets: means before aims, narrow before wide."""
    found = [mode for mode in modes if mode]
    if "abduct" in found:
        return "abduct"
    return next((mode for mode in MEANS if mode in found), found[0] if found else None)


def is_support(trigger: Token) -> bool:
    """ "clashes with fighters who are backed by air strikes": the strikes are not how these fight."""
    return trigger.dep_ in {"obl", "obl:agent", "nmod"} and any_lemma_in(trigger.head, _BACKING)


def is_spoil(weapon: Token) -> bool:
    """ "machine guns were confiscated": what is taken or destroyed is not what it was done with."""
    holder = next((each for each in (weapon, *ancestors(weapon)) if each.dep_ not in {"conj", "compound"}), weapon)
    return holder.dep_ in {"obj", "nsubj:pass"} and any_lemma_in(holder.head, _SEIZING)


def mode_of_weapon(weapon: Span) -> str | None:
    return weapon_mode(" ".join(token.lemma_.lower() for token in weapon)) or None
