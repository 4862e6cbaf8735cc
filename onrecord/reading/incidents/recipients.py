"""Whom a deed without force is aimed at: who is asked, threatened, helped or refused, where the text says it.

Of "imposed sanctions on three banks" the grammatical object is a thing; the recipient hangs on it. So the words below
the one that tells the deed are gone through by how near they hang, and the nearest that can be dealt with are taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.casualties.harm_words import harm_word
from onrecord.reading.casualties.people import known_people
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import event_word, is_actor, lemmas, target_kind
from onrecord.reading.syntax import all_conjuncts, children, obliques, prepositions

_OF_DOER = frozenset({"nsubj", "nsubj:pass", "csubj", "obl:agent", "acl:relcl", "appos", "parataxis"})
_WITHIN = frozenset({"nsubj", "nsubj:pass", "obl:agent"})
"""What stands in these relations is no doer of the deed itself, but of what is asked for or refused."""
_DEALT_WITH = frozenset({"person", "organisation", "nationality"})
_NAMES_AND_NOUNS = frozenset({"NOUN", "PROPN"})
_OWN_FORCES = frozenset({"MOBILIZE", "RETREAT"})
"""What is moved by these are the doer's own people and arms."""
_TO_THINGS = frozenset({"THREATEN", "COERCE"})
"""Types that are done to buildings and vehicles, too."""


def recipients_of(mention: EventMention, setting: Setting) -> list[Token]:
    """The heads of the phrases for whom the deed is aimed at: those at one depth only, the nearest."""
    doers = {token.i for token in mention.roles.doers}
    direct = [token for token in mention.roles.undergoers if token.i not in doers]
    direct = [token for token in direct if not _tells(token, mention) or _is_let_go(token, mention)]
    if not _moves_its_own(mention):
        people = [token for token in direct if _is_somebody(token, setting) or _is_let_go(token, mention)]
        things = [token for token in direct if target_kind(token) is not None] if mention.type in _TO_THINGS else []
        if people or things:
            return people or things
    told = {setting.entity_of(token) for token in mention.roles.doers} - {None}
    for level in _levels(mention):
        others = [token for token in level if token.i not in doers and not _tells(token, mention)]
        others = [token for token in others if setting.entity_of(token) not in told]
        people = [token for token in others if _is_named_or_led(token, setting)]
        found = people or [token for token in others if _is_land(token, setting)]
        if found:
            return all_conjuncts(found)
    return []


def _levels(mention: EventMention) -> Iterator[list[Token]]:
    """The words below the one that tells the deed, a list for each depth; but its doers and what is told beside it."""
    own = _moves_its_own(mention)
    level = [found for found in mention.trigger.children if found.dep_ not in _OF_DOER and _goes_on(found)]
    level += [found for found in mention.roles.undergoers if found not in level]
    while level:
        yield [token for token in level if not (own and token.dep_ == "obj")]
        level = [below for token in level for below in token.children if _goes_on(below)]


def _moves_its_own(mention: EventMention) -> bool:
    """Whether what is moved is the doer's; captives who are let go are not."""
    return mention.type in _OWN_FORCES and mention.mode != "release"


def _is_let_go(token: Token, mention: EventMention) -> bool:
    return mention.mode == "release" and target_kind(token) == "person"


def _tells(token: Token, mention: EventMention) -> bool:
    """Whether it is the noun by which the verb tells the deed: "declared a state of emergency"."""
    word = event_word(mention.trigger)
    told = {noun for condition in word.conditions for noun in condition.words} if word is not None else set()
    return any(lemma in told for noun in (token, *obliques(token, "of")) for lemma in lemmas(noun))


def _goes_on(token: Token) -> bool:
    if token.dep_ == "conj" and token.pos_ == "VERB":
        return False
    return (token.dep_ in _WITHIN or token.dep_ not in _OF_DOER) and not _is_beside(token)


def _is_beside(token: Token) -> bool:
    """Whether it tells when or why rather than to whom: "after a raid", "as the opposition marched"."""
    return any(found.lower_ in incident_words("beside") for found in children(token, "case", "mark", "advmod"))


def _is_named_or_led(token: Token, setting: Setting) -> bool:
    """Whether it is somebody, but no forces without a name: "troops" that are sent are the sender's."""
    if setting.type_at(token) is None and (token.dep_ == "compound" or _is_sent(token)):
        return False
    return _is_somebody(token, setting)


def _is_sent(token: Token) -> bool:
    kind = known_people(token)
    is_moved = token.dep_ not in _WITHIN and set(prepositions(token)) <= {"of"}
    return is_moved and kind is not None and kind.status == "combatant"


def _is_somebody(token: Token, setting: Setting) -> bool:
    """Whether it is a person, group or power."""
    if token.i in setting.time_tokens:
        return False
    type_ = setting.type_at(token)
    if type_ is not None:
        return type_ in _DEALT_WITH and token.pos_ != "PRON"
    if token.pos_ not in _NAMES_AND_NOUNS or event_word(token) is not None or harm_word(token, "noun") is not None:
        return False
    return is_actor(token) or known_people(token) is not None


def _is_land(token: Token, setting: Setting) -> bool:
    """Whether it is a country, or a place that the deed is done to by its name."""
    entity = setting.entity_of(token)
    if entity is None or entity.type != "place" or token.pos_ == "PRON" or token.i in setting.dateline_tokens:
        return False
    return (
        entity.level == "country"
        or token.dep_ == "obj"
        or not incident_words("towards").isdisjoint(prepositions(token))
    )
