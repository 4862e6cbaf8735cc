"""An incident's perpetrators, targets and weapons, as phrases of the text."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

from onrecord.articles.article import TextSpan
from onrecord.reading.document import text_span
from onrecord.reading.incident_merging import Draft
from onrecord.reading.incident_reference import referent
from onrecord.reading.incident_setting import Setting
from onrecord.reading.incident_words import event_word, hedge, is_actor, is_means, lemmas, target_kind, weapon_mode
from onrecord.reading.schema import Blame, Mention, Perpetrator, Target, TargetKind
from onrecord.reading.syntax import core_phrase, obliques

_CARRIERS = frozenset({"aerial", "drone"})
_MEMBERS = frozenset(
    {"member", "element", "fighter", "soldier", "troop", "unit", "faction", "militant", "leader", "group"}
)


def perpetrators_of(draft: Draft, setting: Setting) -> tuple[Perpetrator, ...]:
    """All who are named as having done it, each once, the group and the organisation that it is of apart."""
    found: dict[str, Perpetrator] = {}
    for mention in draft.mentions:
        for token in _referents(mention.roles.doers, setting):
            for head in _with_organisation(token, setting):
                perpetrator = _perpetrator(head, mention.blame, setting)
                if perpetrator is not None:
                    found.setdefault(perpetrator.entity or perpetrator.text.lower(), perpetrator)
    return tuple(found.values())


def targets_of(draft: Draft, setting: Setting) -> tuple[Target, ...]:
    """All whom or what it was done to, each once."""
    found: dict[str, Target] = {}
    doers = {token.i for mention in draft.mentions for token in mention.roles.doers}
    for mention in draft.mentions:
        for token in _referents(mention.roles.undergoers, setting):
            target = _target(token, draft.type, setting) if token.i not in doers else None
            if target is not None:
                found.setdefault(target.entity or target.text.lower(), target)
    return tuple(found.values())


def weapons_of(draft: Draft) -> tuple[TextSpan, ...]:
    """What it was done with; where no weapon is told, the word for the way of fighting ("clashes"), if there is one."""
    found: dict[str, TextSpan] = {}
    for weapon in draft.weapons:
        span = text_span(weapon)
        found.setdefault(span.text.lower(), span)
    if not found and draft.type == "ASSAULT" and draft.mode in {None, "targeted"}:
        for mention in draft.mentions:
            trigger = mention.trigger
            if is_means(trigger):
                return (text_span(trigger),)
    return tuple(found.values())


def _referents(tokens: Iterable[Token], setting: Setting) -> list[Token]:
    found = (referent(token, setting) for token in tokens if token.i not in setting.time_tokens)
    return [token for token in found if token is not None]


def _with_organisation(head: Token, setting: Setting) -> list[Token]:
    """The phrase's head, and the organisation that it is a part of: "members", "FMLN" of "members of the FMLN"."""
    own = setting.mention_of(head)
    if own is not None and own.type in {"organisation", "person"}:
        return [head]
    inner = [found for found in head.children if found.dep_ in {"compound", "amod", "nmod:poss", "appos"}]
    inner += obliques(head, "of", "from")
    named = [found for found in inner if _type_at(found, setting) == "organisation"]
    return [head, *named]


def _type_at(token: Token, setting: Setting) -> str | None:
    mention = setting.mention_at.get(token.i)
    return mention.type if mention is not None else None


def _perpetrator(head: Token, blame: Blame, setting: Setting) -> Perpetrator | None:
    if not _can_act(head, setting):
        return None
    mention = setting.mention_of(head)
    span = _phrase(head, mention)
    for modifier in head.children:
        weakened = hedge(modifier.lower_, "mod") if modifier.dep_ == "amod" else None
        if weakened is not None and weakened.blame is not None:
            blame = weakened.blame
    return Perpetrator(span.start, span.end, span.text, mention.entity if mention is not None else None, blame)


def _can_act(head: Token, setting: Setting) -> bool:
    if head.pos_ in {"PRON", "DET", "NUM"}:
        return False
    mention = setting.mention_of(head)
    if mention is not None:
        return mention.type not in {"weapon"}
    mode = next((mode for lemma in lemmas(head) if (mode := weapon_mode(lemma)) is not None), None)
    if mode is not None and mode not in _CARRIERS:
        return False
    return is_actor(head) or target_kind(head) == "person" or head.pos_ == "PROPN"


def _target(head: Token, type_: str, setting: Setting) -> Target | None:
    if head.pos_ in {"PRON", "DET", "NUM"}:
        return None
    mention = setting.mention_of(head)
    kind = _kind(head, mention)
    if kind is None:
        if type_ == "ASSAULT":
            return None
        kind = "organisation"
    span = _phrase(head, mention)
    return Target(span.start, span.end, span.text, mention.entity if mention is not None else None, kind)


def _kind(head: Token, mention: Mention | None) -> TargetKind | None:
    if mention is not None:
        named: dict[str, TargetKind] = {
            "person": "person",
            "nationality": "person",
            "organisation": "organisation",
            "facility": "facility",
            "platform": "vehicle",
        }
        return named.get(mention.type)
    if event_word(head) is not None and head.pos_ == "NOUN":
        return None
    return target_kind(head)


def _phrase(head: Token, mention: Mention | None) -> TextSpan:
    """The name itself where the head stands in one that is not only a part of the phrase, else the core phrase."""
    if mention is not None and mention.type != "nationality":
        return TextSpan(mention.start, mention.end, mention.text)
    span: Span = core_phrase(head)
    return text_span(span)
