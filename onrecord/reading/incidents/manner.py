"""How something was done: the modes of its tellings and weapons, and which of these do not say it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.words import any_lemma_in, weapon_mode
from onrecord.reading.syntax import prepositions

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


def narrowest_mode(modes: Iterable[str | None]) -> str | None:
    """Of the modes of several tellings the one that an incident gets: means before aims, narrow before wide."""
    found = [mode for mode in modes if mode]
    if "abduct" in found:
        return "abduct"
    return next((mode for mode in MEANS if mode in found), found[0] if found else None)


def is_support(trigger: Token) -> bool:
    """ "clashes with fighters who are backed by air strikes": the strikes are not how these fight."""
    return trigger.dep_ in {"obl", "obl:agent", "nmod"} and any_lemma_in(trigger.head, incident_words("backing"))


def is_spoil(weapon: Token) -> bool:
    """Whether it was taken or destroyed: "guns were confiscated", "vehicles equipped with guns were destroyed"."""
    holder = weapon
    while _belongs_to_head(holder):
        holder = holder.head
    return holder.dep_ in {"obj", "nsubj:pass"} and any_lemma_in(holder.head, incident_words("seizing"))


def _belongs_to_head(token: Token) -> bool:
    """Whether what becomes of its head becomes of it."""
    if token.dep_ in {"obl", "acl"}:
        return any_lemma_in(token.head if token.dep_ == "obl" else token, incident_words("carrying"))
    return token.dep_ in {"conj", "compound"} or (token.dep_ == "nmod" and "with" in prepositions(token))


def mode_of_weapon(weapon: Span) -> str | None:
    """The mode that a weapon tells; None where it tells none."""
    return weapon_mode(" ".join(token.lemma_.lower() for token in weapon)) or None
