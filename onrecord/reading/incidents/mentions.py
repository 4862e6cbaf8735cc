"""Where a text tells a happening: the word that does, who did it to whom, and how real it is told to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from onrecord.reading.casualties.harm_words import effect_of
from onrecord.reading.incidents.causes import is_by_no_deed
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.roles import Roles, roles_of
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import EventWord, any_lemma_in, event_word, hedge, is_actor, lemmas
from onrecord.reading.schema import Blame, IncidentStatus
from onrecord.reading.syntax import (
    NEGATIONS,
    all_conjuncts,
    ancestors,
    auxiliaries,
    child,
    children,
    is_negated,
    obliques,
    prepositions,
    subjects,
)

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "THREATEN"})
# What these say is wanted, offered or refused, not told to have happened.
ILLOCUTIONS = frozenset({"AGREE", "THREATEN", "REJECT", "REQUEST"})
_FUTURE = frozenset({"will", "shall", "'ll", "would", "wo"})
_OBLIGATION = frozenset({"must", "should", "ought"})
_POSSIBILITY = frozenset({"can", "could", "may", "might", "ca"})
_FEWER = frozenset({"fewer", "less"})
_TOLD = frozenset({"reported", "claimed", "denied"})
_IF = frozenset({"if", "unless", "whether", "lest"})
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "obj", "obl", "nmod", "acl", "csubj", "nsubj:pass"})
_THREAT_MODES = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "COERCE": "restrict",
    "PROTEST": "restrict",
}
_DEMAND_MODES = {"AID": "assist", "COOPERATE": "assist", "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield"}


@dataclass(frozen=True, slots=True)
class EventMention:
    """One telling of a happening by one word."""

    trigger: Token
    type: str
    mode: str | None
    sentence: int
    roles: Roles
    status: IncidentStatus = "reported"
    blame: Blame = "stated"
    depth: int = 0
    """How far below the root of its sentence it stands, statements ("said") not counted."""
    mutual: bool = False
    """Both sides do it: "clashes", "talks"."""
    generic: bool = False
    """No single happening is told: a bare plural, a possibility, a condition."""


def mentions_in(doc: Doc, setting: Setting) -> tuple[EventMention, ...]:
    """All tellings of happenings, in order of the text."""
    words = {at: word for at, word in _told_words(doc).items() if at not in setting.time_tokens}  # "in March"
    found = []
    for at, word in words.items():
        mention = _mention(doc[at], word, words, setting)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _told_words(doc: Doc) -> dict[int, EventWord]:
    words: dict[int, EventWord] = {}
    for token in doc:
        if token.dep_ in {"compound", "flat", "amod"} and token.pos_ != "VERB":
            continue
        word = event_word(token)
        if word is not None and not _is_state(token, word):
            words[token.i] = word
    return {at: word for at, word in words.items() if not _is_carried(doc[at], word, words)}


def _is_state(token: Token, word: EventWord) -> bool:
    """Whether a participle only says how somebody is: "exiled mayor", "displaced people", "backed by Iran".

    Who was harmed was harmed by somebody: "the murdered priests".
    """
    if token.pos_ != "VERB" or token.tag_ != "VBN":
        return False
    if token.dep_ == "amod":
        return word.roles != "harm"
    is_on_noun = token.dep_ == "acl" or (token.dep_ == "advcl" and token.i > 0 and token.nbor(-1).pos_ == "NOUN")
    return is_on_noun and word.type == "SUPPORT"


def _is_carried(token: Token, word: EventWord, words: dict[int, EventWord]) -> bool:
    """A noun whose verb already tells the same: "talks" of "held talks"."""
    if token.pos_ == "VERB" or token.dep_ not in {"obj", "nsubj:pass", "obl"}:
        return False
    above = words.get(token.head.i)
    if above is None:
        return False
    if above.type == word.type and above.type != "PROTEST":
        return bool(above.conditions)
    # "went on strike", "signed an agreement"
    return any(lemma in condition.words for condition in above.conditions for lemma in lemmas(token))


def _mention(token: Token, word: EventWord, words: dict[int, EventWord], setting: Setting) -> EventMention | None:
    if word.type == "ASSAULT" and is_by_no_deed(token):
        return None
    roles = roles_of(token, word, setting.type_at)
    mention = EventMention(
        token, word.type, word.mode, setting.numbers[token.i], roles, depth=_depth(token), mutual=word.roles == "sides"
    )
    governed = _governed(mention, words)
    if governed is None:
        return None
    return _with_content(_with_mood(governed, token), words, setting)


def _depth(token: Token) -> int:
    return sum(1 for above in ancestors(token) if not _is_statement(above))


def _is_statement(verb: Token) -> bool:
    return child(verb, "ccomp", "parataxis") is not None and event_word(verb) is None


def _governed(mention: EventMention, words: dict[int, EventWord]) -> EventMention | None:
    """The mention under what stands above it; None where it only says what is wanted, offered or refused."""
    mention = _intended(mention)
    token = mention.trigger
    for above in ancestors(token):
        told = words.get(above.i)
        if (
            (token.dep_ in _COMPLEMENTS or any(found.lower_ == "against" for found in children(token, "mark")))
            and told is not None
            and told.type in ILLOCUTIONS
            and above.i != mention.trigger.i
        ):
            return None
        if token.dep_ in {"nmod", "obl"} and told is not None and told.type == "CONSULT":
            return None
        if above.pos_ == "VERB":
            mention = _weakened(mention, token, above)
        if token.dep_ in {"ccomp", "parataxis", "conj", "root", "ROOT", "advcl"}:
            break
        token = above
    return mention


def _intended(mention: EventMention) -> EventMention:
    """The mention under a noun for what is tried or wanted, by those whose it is: "an attempt by rebels to storm"."""
    noun = mention.trigger.head
    own = hedge(mention.trigger.lemma_, "own")  # "defused a bomb"
    if own is not None and own.status is not None:
        return replace(mention, status=own.status)
    if not _is_purpose(mention.trigger) or noun.pos_ != "NOUN" or (meant := hedge(noun.lemma_, "noun")) is None:
        return mention
    whose = all_conjuncts([*obliques(noun, "by", "of"), *children(noun, "nmod:poss")])
    roles = Roles(tuple(whose) or mention.roles.doers, mention.roles.undergoers)
    return replace(mention, status=meant.status or mention.status, roles=roles)


def _weakened(mention: EventMention, below: Token, verb: Token) -> EventMention:
    """The mention under a verb that says it was only tried, planned, alleged or denied."""
    if (
        below.dep_ in {"xcomp", "obj"}
        and (tried := hedge(verb.lemma_, "verb")) is not None
        and tried.status is not None
    ):
        return replace(mention, status=tried.status)
    is_beside = below.dep_ == "advcl" and below.tag_ == "VBG" and child(below, "mark") is None  # "denied it, accusing"
    if below.dep_ in {"xcomp", "ccomp", "advcl"} and not is_beside and (said := hedge(verb.lemma_, "cue")) is not None:
        is_open = mention.status == "reported" or said.status == "denied"
        status = (said.status if is_open else None) or mention.status
        return replace(mention, status=status, blame=said.blame or mention.blame)
    return mention


def _with_mood(mention: EventMention, token: Token) -> EventMention | None:
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        return _with_verbal_mood(mention, token)
    return _with_nominal_mood(mention, token)


def _with_verbal_mood(mention: EventMention, verb: Token) -> EventMention | None:
    modal = auxiliaries(verb) | (auxiliaries(verb.head) if verb.dep_ == "conj" else set())
    negated = is_negated(verb) or _is_never(verb)
    if any(mark.lower_ in _IF for mark in children(verb, "mark", "advmod")):
        return None
    if negated:
        return _refused(mention)
    if modal & _OBLIGATION:
        return _demanded(mention, verb)
    if modal & _POSSIBILITY or _is_way_of_life(verb):
        return replace(mention, generic=True)
    if modal & _FUTURE or mention.status == "planned":
        return _future(mention)
    return replace(mention, generic=True) if _is_purpose(verb) and mention.status in _TOLD else mention


def _is_way_of_life(verb: Token) -> bool:
    """What somebody does all the time: "the group, which is fighting to overthrow the government"."""
    is_now = {found.lower_ for found in children(verb, "aux")} & {"is", "are"}
    return verb.dep_ == "acl:relcl" and verb.tag_ == "VBG" and bool(is_now)


def _is_never(verb: Token) -> bool:
    return any(
        found.lower_ in NEGATIONS and not _is_fewer(found)
        for subject in children(verb, "nsubj", "nsubj:pass")
        for found in (subject, *subject.children)
    )


def _is_fewer(negation: Token) -> bool:
    """ "no fewer than 40 were killed"."""
    return any(token.lower_ in _FEWER for token in negation.doc[negation.i + 1 : negation.i + 2])


def _is_purpose(verb: Token) -> bool:
    """An infinitive that is no complement: "troops were sent to attack"."""
    return verb.dep_ in {"advcl", "acl"} and any(mark.lower_ == "to" for mark in children(verb, "mark"))


def _refused(mention: EventMention) -> EventMention | None:
    """The refusal that "will not help" tells; None where nothing happened at all: "did not attack"."""
    if mention.type not in COOPERATIVE:
        return None
    return replace(mention, type="REJECT", mode=_DEMAND_MODES.get(mention.type, "change"))


def _demanded(mention: EventMention, verb: Token) -> EventMention | None:
    speaker = [found for above in ancestors(verb) if _is_statement(above) for found in subjects(above)][:2]
    if not speaker:
        return replace(mention, generic=True)
    roles = Roles(tuple(speaker), mention.roles.doers)
    return replace(
        mention, type="REQUEST", mode=_DEMAND_MODES.get(mention.type, "change"), roles=roles, status="reported"
    )


def _future(mention: EventMention) -> EventMention:
    if mention.type in COOPERATIVE - {"AGREE"}:
        return replace(mention, type="AGREE", mode=None, status="planned")
    if mention.type in _THREAT_MODES:
        return replace(mention, type="THREATEN", mode=_THREAT_MODES[mention.type], status="threatened")
    return mention


def _with_nominal_mood(mention: EventMention, noun: Token) -> EventMention | None:
    if any(found.lower_ == "no" for found in children(noun, "det")):
        return None
    for modifier in children(noun, "amod"):
        weakened = hedge(modifier.lower_, "mod")
        if weakened is not None and weakened.status is not None:
            mention = replace(mention, status=weakened.status)
        if weakened is not None and weakened.blame is not None:
            mention = replace(mention, blame=weakened.blame)
    return replace(mention, generic=_is_generic(mention, noun))


def _is_generic(mention: EventMention, noun: Token) -> bool:
    """A noun that names a kind of deed rather than one of them: "attacks", "violence" with nothing said of them."""
    if any(
        found.dep_ in {"det", "nummod", "nmod:poss"} and found.lower_ not in {"any", "such", "all"}
        for found in noun.children
    ):
        return False
    if mention.roles.doers or mention.roles.undergoers or _is_cause_of_harm(noun):
        return False
    return not any(set(prepositions(found)) & {"in", "at", "near", "on", "against"} for found in _beside(noun))


def _is_cause_of_harm(noun: Token) -> bool:
    """Whether those who came to harm stand above it: "13 dead in Karachi blast"."""
    return "in" in prepositions(noun) and effect_of(noun.head) is not None


def _beside(noun: Token) -> Iterator[Token]:
    """What hangs on the noun, or on the verb of which it is the subject: "fighting broke out in Marea"."""
    yield from noun.children
    if noun.dep_ == "nsubj" and noun.head.pos_ == "VERB":
        yield from obliques(noun.head, "in", "at", "near")


def _with_content(mention: EventMention | None, words: dict[int, EventWord], setting: Setting) -> EventMention | None:
    """A threat, demand or refusal takes its mode, and its targets, from what is threatened, demanded or refused."""
    if mention is None or mention.type not in ILLOCUTIONS:
        return mention
    if _is_mere_warning(mention, setting):
        return None
    content = next(_content(mention.trigger, words), None)
    if content is None:
        return mention
    token, word = content
    if mention.type == "THREATEN":
        roles = Roles(
            mention.roles.doers, mention.roles.undergoers or roles_of(token, word, setting.type_at).undergoers
        )
        return replace(mention, mode=_THREAT_MODES.get(word.type, mention.mode), roles=roles, status="threatened")
    if mention.type in {"REQUEST", "REJECT"} and mention.mode is None:
        return replace(mention, mode=_DEMAND_MODES.get(word.type, "change"))
    return mention


def _is_mere_warning(mention: EventMention, setting: Setting) -> bool:
    """Whether nobody threatens: "warned that famine could spread", not "warned that it would hit Haifa"."""
    warning = mention.trigger
    if mention.type != "THREATEN" or not any_lemma_in(warning, incident_words("warning")):
        return False
    told = child(warning, "ccomp")
    if told is not None:
        will = auxiliaries(told) & _FUTURE
        return not (will and any(_can_do_it(subject, setting) for subject in children(told, "nsubj")))
    if child(warning, "xcomp") is not None:
        return True  # "warned residents to leave"
    of = obliques(warning, "of", "about")
    return bool(of) and not any(any_lemma_in(found, incident_words("sanction")) for found in of)


def _can_do_it(subject: Token, setting: Setting) -> bool:
    if subject.pos_ == "PRON":
        return True
    return is_actor(subject) or setting.type_at(subject) in {"organisation", "nationality", "person"}


def _content(token: Token, words: dict[int, EventWord]) -> Iterator[tuple[Token, EventWord]]:
    for below in token.subtree:
        if below.i != token.i and below.i in words:
            yield below, words[below.i]
