"""Whom a pronoun stands for, as far as the words nearby say so."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import is_actor, target_kind
from onrecord.reading.syntax import ancestors, children, governing_verb, subjects

_ONE_PERSON = frozenset({"he", "she", "him", "her", "himself", "herself"})
_SEVERAL = frozenset({"they", "them", "themselves"})
_THING = frozenset({"it", "itself"})
_SPEAKER = frozenset({"i", "we", "us", "me"})
_OBJECTS = frozenset({"him", "her", "them"})
_BACK = 60  # tokens


def referent(token: Token, setting: Setting) -> Token | None:
    """The head of the phrase that a pronoun stands for; the token itself where it is none; None where unclear."""
    form = token.lower_
    if token.pos_ != "PRON":
        return token
    if form in _SPEAKER:
        return _speaker(token)
    if form not in _ONE_PERSON | _SEVERAL | _THING:
        return None
    speaker = _speaker(token)
    if form in _OBJECTS and speaker is not None and not _suits(speaker, form, setting):
        return _antecedent(token, form, setting) or (speaker if _is_many(speaker, form, setting) else None)
    if speaker is not None and (_suits(speaker, form, setting) or _is_many(speaker, form, setting)):
        return speaker
    return _antecedent(token, form, setting)


def _is_many(speaker: Token, form: str, setting: Setting) -> bool:
    """Whether those who speak of themselves as several are an organisation: "the Taliban said they"."""
    mention = setting.mention_of(speaker)
    return form in _SEVERAL and mention is not None and mention.type == "organisation"


def is_own_account(token: Token, setting: Setting) -> bool:
    """Whether somebody tells it of himself: "it" of "the army said it had killed 40 rebels"."""
    speaker = _speaker(token)
    if speaker is None:
        return False
    own = any(each.lower_ in incident_words("own") for each in children(token, "nmod:poss"))  # "its forces"
    return own or (token.pos_ == "PRON" and referent(token, setting) == speaker)


def speaking_owner(forces: Token) -> Token | None:
    """Who tells of his own forces, where nothing else is said of these: "Ankara said its jets had bombed the camp"."""
    own = [each for each in children(forces, "nmod:poss") if each.lower_ in incident_words("own")]
    return _speaker(forces) if own and not children(forces, "amod", "compound", "nmod", "acl") else None


def _speaker(token: Token) -> Token | None:
    """The subject of the statement that the pronoun stands in: "rebels" of "rebels said they would leave"."""
    below = token
    for above in ancestors(token):
        if below.dep_ in {"ccomp", "parataxis"} or _is_told_by(above, below):
            verb = above if above.pos_ == "VERB" else governing_verb(above)
            found = [each for each in subjects(verb) if each.pos_ != "PRON" and each.i < token.i] if verb else []
            return found[0] if found else None
        below = above
    return None


def _is_told_by(noun: Token, clause: Token) -> bool:
    """Whether the clause is what a noun says: "a statement that it carried out the attack"."""
    return clause.dep_ == "acl" and any(found.lower_ == "that" for found in children(clause, "mark"))


def _antecedent(token: Token, form: str, setting: Setting) -> Token | None:
    """The nearest suiting subject, else phrase, before it in its sentence and the one before."""
    sentence = setting.numbers[token.i]
    verb = governing_verb(token)
    beside = {found.i for found in subjects(verb)} if verb is not None and form in _OBJECTS else set()
    suiting = []
    for at in range(token.i - 1, max(-1, token.i - _BACK), -1):
        if setting.numbers[at] < sentence - 1:
            break
        candidate = token.doc[at]
        if at in beside:
            continue  # who shoots "them" is another
        if candidate.dep_ not in {"compound", "flat", "amod"} and _suits(candidate, form, setting):
            suiting.append(candidate)
    leading = [found for found in suiting if (found.dep_ in {"nsubj", "nsubj:pass"}) != (form in _OBJECTS)]
    return next(iter(leading or suiting), None)


def _suits(candidate: Token, form: str, setting: Setting) -> bool:
    if candidate.pos_ not in {"NOUN", "PROPN"}:
        return False
    mention = setting.mention_of(candidate)
    if form in _ONE_PERSON:
        return (mention is not None and mention.type == "person") or _is_one_person(candidate, mention is None)
    if form in _SEVERAL:
        is_group = mention is not None and mention.type == "organisation"
        if is_group and candidate.dep_ == "nsubj" and form not in _OBJECTS:
            return True  # "Boko Haram killed ten farmers when they raided the village"
        return candidate.tag_ in {"NNS", "NNPS"} and (target_kind(candidate) == "person" or is_actor(candidate))
    if mention is None:
        return candidate.tag_ == "NN" and is_actor(candidate) and target_kind(candidate) != "person"
    return mention.type in {"organisation", "place"}


def _is_one_person(candidate: Token, unnamed: bool) -> bool:
    return unnamed and candidate.tag_ == "NN" and target_kind(candidate) == "person"
