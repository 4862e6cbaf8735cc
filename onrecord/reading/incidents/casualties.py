"""Which toll belongs to which happening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.articles.article import TextSpan
from onrecord.reading.document import text_span
from onrecord.reading.incidents.agreement import are_far_apart, can_be_one, lie_apart, places_agree
from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.setting import Setting, reaches
from onrecord.reading.schema import Casualty

_TAKEN = frozenset({"detained", "kidnapped"})
_UNDONE = frozenset({"threatened", "planned", "demanded"})
_FOLLOWS = 3
_HEADLINE = 100  # votes: where the article first tells of its happening decides


@dataclass(frozen=True, slots=True)
class Shared:
    """The ids of each draft's casualties, by the draft's `id()`, and the draft that the article's main toll is of."""

    by_draft: dict[int, tuple[str, ...]]
    news: Draft | None


def joined_by_tolls(drafts: list[Draft], setting: Setting) -> list[Draft]:
    """The drafts with those made one that tell the same toll: headline and body, two accounts with one figure."""
    absorbed: set[int] = set()
    for site in setting.tolls:
        if site.happening is None or len(site.tellings) == 1:
            continue
        casualty = setting.casualties[site.casualty]
        own = [_draft_of(casualty, text_span(telling), drafts, setting) for telling in site.tellings]
        told = [draft for draft in drafts if any(draft is each for each in own) and id(draft) not in absorbed]
        for other in told[1:]:
            if can_be_one(told[0], other):
                told[0].absorb(other)
                absorbed.add(id(other))
    return [draft for draft in drafts if id(draft) not in absorbed]


def shared_out(drafts: list[Draft], setting: Setting) -> Shared:
    """The casualties given to the drafts; the tolls of a period or campaign are nobody's."""
    elected = _drafts_of_happenings(drafts, setting)
    found: dict[int, list[str]] = {}
    begun: set[int] = set()
    for site in setting.tolls:
        if site.happening is not None and site.happening in elected:
            casualty = setting.casualties[site.casualty]
            own = _draft_of(casualty, casualty, drafts, setting)
            draft = elected[site.happening]
            is_added = site.happening in begun and casualty.part_of is None
            if own is not None and _is_its_own(own, draft, casualty, is_added=is_added):
                draft = own
            begun.add(site.happening)
            found.setdefault(id(draft), []).append(site.casualty)
    return Shared({key: tuple(ids) for key, ids in found.items()}, _news(elected, setting))


def _news(elected: Mapping[int | None, Draft], setting: Setting) -> Draft | None:
    """The draft of the news, if the article counts its dead."""
    news = (setting.casualties[site.casualty] for site in setting.tolls if site.happening == 0)
    counted = any(casualty.effect == "killed" for casualty in news)
    return elected.get(0) if counted else None


def _is_its_own(draft: Draft, elected: Draft, casualty: Casualty, *, is_added: bool) -> bool:
    """Whether the text says that a draft is another happening than the one which the casualty was taken to be of.

    Of what is `is_added` to a first toll, another town says so.
    """
    if draft is elected:
        return False
    if (casualty.effect in _TAKEN or elected.type != "ASSAULT") and not _can_harm(elected, casualty):
        return True
    elsewhere = are_far_apart(draft, elected) or not places_agree(draft, elected)
    return draft.is_another or lie_apart(draft, elected) or (is_added and elsewhere)


def _drafts_of_happenings(drafts: list[Draft], setting: Setting) -> dict[int | None, Draft]:
    """For each happening of the tolls the draft to which most of their tellings belong, and those of no other one."""
    votes: dict[int, Counter[int]] = {}
    for site in setting.tolls:
        for number, telling in enumerate(site.tellings):
            draft = _draft_of(setting.casualties[site.casualty], text_span(telling), drafts, setting)
            if draft is not None and site.happening is not None:
                first = site.happening == 0 and not number and 0 not in votes
                votes.setdefault(site.happening, Counter())[drafts.index(draft)] += _HEADLINE if first else 1
    elected: dict[int | None, Draft] = {}
    for happening in sorted(votes):
        free = [drafts[at] for at, _ in votes[happening].most_common() if drafts[at] not in elected.values()]
        if free:
            elected[happening] = free[0]
    return elected


def _draft_of(casualty: Casualty, telling: TextSpan, drafts: list[Draft], setting: Setting) -> Draft | None:
    """The draft to which a telling of a casualty belongs."""
    tokens = setting.tokens_at(telling.start, telling.end)
    if not tokens or casualty.since is not None or casualty.until is not None:
        return None
    sentence = setting.numbers[tokens[0].i]
    fitting = [draft for draft in drafts if _can_harm(draft, casualty)]
    here = [draft for draft in fitting if sentence in draft.sentences]
    return _nearest(tokens, here) if here else _before(sentence, fitting)


def _can_harm(draft: Draft, casualty: Casualty) -> bool:
    if all(mention.status in _UNDONE for mention in draft.mentions):
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
