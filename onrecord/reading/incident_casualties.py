"""Which toll belongs to which happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.reading.casualties import TollSite, toll_sites
from onrecord.reading.incident_merging import Draft
from onrecord.reading.incident_setting import Setting, reaches
from onrecord.reading.incident_words import any_lemma_in
from onrecord.reading.schema import Casualty
from onrecord.reading.syntax import ancestors, children

# Of these nobody can say that one happening of theirs killed: their tolls are those of a period.
_CAMPAIGNS = frozenset(
    {"war", "conflict", "violence", "crisis", "uprising", "unrest", "insurgency", "revolt", "campaign"}
)
_TAKEN = frozenset({"detained", "kidnapped"})
_FOLLOWS = 3


def casualties_by_draft(drafts: list[Draft], setting: Setting) -> dict[int, tuple[str, ...]]:
    """The ids of each draft's casualties, by the draft's `id()`; the tolls of a period or campaign are nobody's."""
    own = {casualty.id: _draft_of(casualty, drafts, setting) for casualty in setting.doc._.casualties}
    found: dict[int, list[str]] = {}
    for casualty, draft in _with_their_happening(own, toll_sites(setting.doc)).items():
        found.setdefault(id(draft), []).append(casualty)
    return {key: tuple(ids) for key, ids in found.items()}


def _with_their_happening(own: Mapping[str, Draft | None], sites: Sequence[TollSite]) -> dict[str, Draft]:
    """The draft of each casualty: the one to which most tolls of its happening belong, and those of no other one."""
    votes: dict[int, Counter[int]] = {}
    draft_by_id: dict[int, Draft] = {}
    for site in sites:
        draft = own.get(site.casualty)
        if draft is not None and site.happening is not None:
            votes.setdefault(site.happening, Counter())[id(draft)] += 1
            draft_by_id[id(draft)] = draft
    elected: dict[int | None, Draft] = {}
    for happening in sorted(votes):
        taken = {id(draft) for draft in elected.values()}
        free = [key for key, _ in votes[happening].most_common() if key not in taken]
        if free:
            elected[happening] = draft_by_id[free[0]]
    return {site.casualty: elected[site.happening] for site in sites if site.happening in elected}


def _draft_of(casualty: Casualty, drafts: list[Draft], setting: Setting) -> Draft | None:
    tokens = setting.tokens_at(casualty.start, casualty.end)
    if not tokens or casualty.since is not None or casualty.until is not None:
        return None
    if _is_of_a_campaign(tokens[-1]):
        return None
    sentence = setting.numbers[tokens[0].i]
    fitting = [draft for draft in drafts if _can_harm(draft, casualty)]
    here = [draft for draft in fitting if sentence in draft.sentences]
    return _nearest(tokens, here) if here else _before(sentence, fitting)


def _is_of_a_campaign(token: Token) -> bool:
    for above in ancestors(token):
        if any(any_lemma_in(found, _CAMPAIGNS) for found in children(above, "nsubj", "obl:agent")):
            return True
        if any_lemma_in(above, _CAMPAIGNS) and above.pos_ == "NOUN":
            return True
    return False


def _can_harm(draft: Draft, casualty: Casualty) -> bool:
    if draft.mentions[0].status in {"threatened", "planned", "demanded"}:
        return False
    if casualty.effect in _TAKEN:
        return draft.mode in {"abduct", "arrest"} or draft.type == "COERCE"
    if casualty.effect == "displaced":
        return draft.type in {"ASSAULT", "SANCTION", "COERCE"}
    return draft.type == "ASSAULT" and draft.mode != "abduct"


def _nearest(tokens: list[Token], here: list[Draft]) -> Draft:
    of_trigger = {mention.trigger.i: draft for draft in here for mention in draft.mentions}
    for token in tokens:
        at = reaches(token, set(of_trigger))
        if at is not None:
            return of_trigger[at]
    nearest = min(of_trigger, key=lambda at: abs(at - tokens[0].i))
    return of_trigger[nearest]


def _before(sentence: int, fitting: list[Draft]) -> Draft | None:
    told = [draft for draft in fitting if any(0 < sentence - number <= _FOLLOWS for number in draft.sentences)]
    if told:
        return max(told, key=lambda draft: max(number for number in draft.sentences if number < sentence))
    return fitting[0] if len(fitting) == 1 else None
