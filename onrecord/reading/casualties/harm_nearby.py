"""What the words right beside a counted phrase say of its people: for headlines and texts that were parsed badly."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_words import (
    PASSIVE,
    Harm,
    counted_effect,
    fits,
    harm_forms,
    harm_if_people,
    harm_lexicon,
    harm_word,
    has_object,
    is_before_a_number,
    is_gerund,
    is_joint,
    is_past,
)
from onrecord.reading.casualties.people import is_people, partitives
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import sentence_of

_FIGURE_REACH = 10
_AFTER_REACH = 6
_CLAUSE_REACH = 12
_CLOSING = frozenset({";", ":", ".", "("})
_BETWEEN = frozenset({"AUX", "ADV", "PART"})
_BETWEEN_LISTED = _BETWEEN | {"NUM", "NOUN", "PROPN", "ADJ"}
_REFLEXIVE = frozenset({"himself", "herself", "themselves"})


def told_by_the_next_word(victims: Victims) -> Harm | None:
    """ "12 killed 30 others injured", "55 wounded": a participle or adjective right after the phrase."""
    doc, at, end = victims.doc, victims.end, sentence_of(victims.head).end
    while at < end and (doc[at].pos_ == "AUX" or doc[at].lower_ in casualty_words("resulting")):
        at += 1
    if at >= end or victims.quantity.count == 1 or victims.quantity.high == 0:
        return None
    word = harm_word(doc[at], "adjective") or harm_word(doc[at], "verb")
    if word is None or word.victim not in ("self", "subject") or is_gerund(doc[at]) or _takes_the_number_after(doc[at]):
        return None
    if not fits(word, doc[at], victims) and victims.noun is not None:
        return None
    return Harm(word.effect, doc[at], joint=is_joint(doc[at], word.effect))


def _takes_the_number_after(verb: Token) -> bool:
    """ "12 soldiers wounded 30 men", but not "12 killed 30 wounded", where the next number has its own word."""
    if not is_before_a_number(verb):
        return False
    following = verb.doc[verb.i + 2 : min(verb.i + 5, sentence_of(verb).end)]
    return not any(harm_word(token, "adjective") is not None for token in following)


def has_word_of_its_own(victims: Victims) -> bool:
    """Whether the words right after the phrase say what befell its people."""
    attributes = victims.doc[victims.quantity.end : victims.end]
    if any(harm_word(token, "adjective") is not None for token in attributes):
        return True  # "44 dead and 140 injured people"
    return told_by_the_next_word(victims) is not None or told_by_the_words_after(victims) is not None


def told_by_the_noun_before(victims: Victims) -> Harm | None:
    """ "the death of one civilian and injury of 13": a noun for the harm and "of" right before the number."""
    doc, at = victims.doc, victims.start - 2
    if at < sentence_of(victims.head).start or doc[at + 1].lower_ != "of" or victims.quantity.high == 0:
        return None
    word = harm_word(doc[at], "noun")
    if word is None or word.victim != "of" or word.needs not in ("", "event"):
        return None
    return harm_if_people(word, doc[at], victims)


def told_by_the_verb_before(victims: Victims) -> Harm | None:
    """ "… killing 12 …", "killed himself and 12 …": a harm verb right before the number, whatever its parse."""
    doc, at = victims.doc, victims.start - 1
    if at > 2 and doc[at].lower_ == "and" and doc[at - 1].lower_ in _REFLEXIVE:
        at -= 2
    if at < sentence_of(victims.head).start or victims.quantity.high == 0 or victims.named:
        return None
    verb = doc[at]
    word = harm_word(verb, "verb") or harm_forms("verb").get(verb.lower_)  # "kills 26" is no noun
    if word is None or word.victim != "object" or _is_told_of_its_subject(verb):
        return None
    if victims.noun is not None and victims.noun.lower_ in partitives():
        return None
    return None if _is_subject(victims) else harm_if_people(word, verb, victims)


def _is_told_of_its_subject(verb: Token) -> bool:
    """ "were killed", "12 people killed": the verb has whom it harms before it; "strikes killed" has what harms."""
    suffering = [child for child in verb.children if child.dep_ in PASSIVE]
    return any(child.dep_ == "aux:pass" or is_people(child) or child.pos_ == "NUM" for child in suffering)


def _is_subject(victims: Victims) -> bool:
    """ "… those killed 160 people were injured": the phrase has a verb of its own after it."""
    following = victims.doc[victims.end : min(victims.end + 4, sentence_of(victims.head).end)]
    passive = len(following) > 1 and following[0].pos_ == "AUX"
    return passive and any(harm_word(token, "adjective") is not None for token in following[1:])


def told_by_what_the_verb_left_them(victims: Victims) -> Harm | None:
    """ "shot dead five people": the verb's result between it and the phrase, wherever the parse hangs it."""
    before = victims.doc[max(victims.start - 2, 0) : victims.start]
    if len(before) < 2 or before[0].pos_ != "VERB":
        return None
    word = harm_word(before[1], "adjective")
    return Harm(word.effect, before[1]) if word is not None and word.effect == "killed" else None


def told_by_the_words_after(victims: Victims) -> Harm | None:
    """ "12 people … killed": the harm word after the phrase, whatever its parse."""
    for token in _after(victims):
        word = harm_word(token, "adjective") or harm_word(token, "verb")
        if word is None:
            continue
        if is_before_a_number(token) or (victims.quantity.count == 1 and token.i == victims.end):
            return None
        if word.victim in ("subject", "self") or (not has_object(token) and is_past(token)):
            return Harm(word.effect, token, joint=is_joint(token, word.effect)) if fits(word, token, victims) else None
        return None
    return None


def told_by_the_verb_of_the_clause(victims: Victims) -> Harm | None:
    """ "19 fighters from the group and four civilians were killed": the passive to which the phrase is the subject."""
    doc, sentence = victims.doc, sentence_of(victims.head)
    if not _can_be_subject(victims):
        return None
    for token in doc[victims.end : min(victims.end + _CLAUSE_REACH, sentence.end)]:
        if token.pos_ == "AUX":
            verb = next((each for each in doc[token.i + 1 : token.i + 4] if each.pos_ not in _BETWEEN), None)
            word = harm_word(verb, "verb") if verb is not None else None
            passive = verb is not None and is_past(verb) and not has_object(verb)
            return harm_if_people(word, verb, victims) if word is not None and verb is not None and passive else None
        if token.pos_ == "VERB" or token.text in _CLOSING:
            return None
    return None


def _can_be_subject(victims: Victims) -> bool:
    """Whether the word before the phrase leaves it free to be the subject: no verb that takes it, no preposition."""
    if victims.start == sentence_of(victims.head).start:
        return True
    before = victims.doc[victims.start - 1]
    speaking = casualty_words("speech") | {"claim"}
    speaks = before.lemma_.lower() in speaking or before.lower_ in speaking
    return speaks or before.pos_ in ("SCONJ", "PUNCT", "PROPN", "NOUN", "PRON", "ADV")


def _after(victims: Victims) -> Iterator[Token]:
    """The words that follow the phrase, as long as they can stand between it and its verb."""
    end = min(victims.end + _AFTER_REACH, sentence_of(victims.head).end)
    following = victims.doc[victims.end : end]
    in_a_list = len(following) > 0 and following[0].like_num  # "40 civilians 25 fighters killed"
    for token in following:
        yield token
        between = _BETWEEN_LISTED if in_a_list else _BETWEEN
        if token.pos_ not in between and token.lower_ not in ("others", "people", "persons"):
            return


def told_by_taking(victims: Victims) -> Harm | None:
    """ "took 12 hostages", "12 people were taken hostage"."""
    doc = victims.doc
    for token in (*doc[max(victims.end - 1, victims.start) : min(victims.end + 3, sentence_of(victims.head).end)],):
        word = harm_lexicon().get((token.lower_, "noun")) or harm_word(token, "noun")
        if (
            word is not None
            and word.victim == "taken"
            and any(above.lemma_.lower() in casualty_words("taking") for above in (token.head, victims.head.head))
        ):
            return Harm(word.effect, token)
    return None


def told_by_a_figure_before(victims: Victims) -> Harm | None:
    """ "the death toll on Monday rose again to 34": the last number's noun before the phrase, in its sentence."""
    doc, start = victims.doc, victims.start
    if victims.noun is not None or doc[max(start - 1, 0)].lower_ == "from":
        return None
    for token in reversed(doc[max(start - _FIGURE_REACH, sentence_of(victims.head).start) : start]):
        if token.like_num and token.lower_ != "one" and not _is_in_a_time(token):
            return None
        effect = counted_effect(token) if token.pos_ == "NOUN" else None
        if effect is not None:
            return Harm(effect, token)
    return None


def _is_in_a_time(token: Token) -> bool:
    """ "the number killed since October 7 to 34,500": the day of a date counts nobody."""
    return any(time.start <= token.idx < time.end for time in token.doc._.times)
