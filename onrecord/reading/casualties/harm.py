"""What befell the people that a phrase counts: the word that says so, and how the phrase hangs on it.

Relations are those of Universal Dependencies. Each way in which news ties people to a harm is one small function;
the search goes from the phrase itself outwards and ends with the neighbouring words, for texts that were parsed badly.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.harm_nearby import (
    told_by_a_figure_before,
    told_by_taking,
    told_by_the_next_word,
    told_by_the_noun_before,
    told_by_the_verb_before,
    told_by_the_verb_of_the_clause,
    told_by_the_words_after,
    told_by_what_the_verb_left_them,
)
from onrecord.reading.casualties.harm_words import (
    OBJECTS,
    PASSIVE,
    Harm,
    HarmWord,
    counted_effect,
    harm_if_people,
    harm_word,
    has_object,
    is_before_a_number,
    is_gerund,
    is_joint,
    is_passive,
    is_past,
)
from onrecord.reading.casualties.parts import AMONG
from onrecord.reading.casualties.people import collectives, singulars
from onrecord.reading.casualties.shares import is_divided
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.syntax import SUBJECTS

_FURTHEST = 7
_FIGURE_REACH = 10
_AFTER_REACH = 6
_CLAUSES = frozenset({"acl", "acl:relcl"})
_SECONDARY = frozenset({"xcomp", "ccomp", "amod", "acl", "advcl", "conj", "dep", "parataxis", "obj", "obl"})
_REPORTS = frozenset({"report", "sign"})


def harm_to(victims: Victims) -> Harm | None:
    """What befell the people, or None where the phrase is tied to no harm."""
    if victims.quantity.high == 0 and victims.noun is not None and victims.noun.lemma_.lower() == "toll":
        return None  # "gave no toll"
    if victims.named and victims.head.dep_ == "conj" and victims.head.head.ent_type_ == "organisation":
        return None  # the name of one more group, taken for a person's
    if is_divided(victims):
        return _told_by_the_noun(victims) or _told_by_an_attribute(victims) or _told_right_after(victims)
    for found in (
        _told_by_the_noun,
        told_by_taking,
        told_by_what_the_verb_left_them,
        told_by_the_next_word,
        told_by_the_noun_before,
        told_by_the_verb_before,
        told_by_a_figure_before,
        _told_by_an_attribute,
        _told_by_the_governor,
        told_by_the_words_after,
        told_by_the_verb_of_the_clause,
    ):
        harm = found(victims)
        if harm is not None:
            return harm
    return None


def _told_right_after(victims: Victims) -> Harm | None:
    """ "most of the 21 killed were women", but not "most of the 21 were killed"."""
    following = victims.doc[victims.end : victims.end + 2]
    bare = victims.noun is None or (len(following) == 2 and following[1].pos_ == "AUX")
    return told_by_the_next_word(victims) if bare and len(following) > 0 and following[0].pos_ != "AUX" else None


def _told_by_the_noun(victims: Victims) -> Harm | None:
    """ "12 dead", "30 deaths", "a toll of 12", "no casualties"; for bodies and lives see the words around them."""
    noun = victims.noun
    if noun is None:
        return None
    for kind in ("adjective", "noun"):
        word = harm_word(noun, kind)
        if (
            word is not None
            and word.victim in ("self", "of")
            and word.needs in ("", "zero" if victims.quantity.high == 0 else "")
        ):
            later = _death(victims) if word.effect == "wounded" else None
            return later or Harm(word.effect, noun, joint=is_joint(noun, word.effect))
    if victims.quantity.high == 0 and noun.i >= victims.start:
        return _told_of_none(noun)
    word = harm_word(noun, "noun")
    if word is not None and word.needs in ("life", "remains"):
        return _remains_or_lives(noun, word)
    return None


def _death(victims: Victims) -> Harm | None:
    """The death of those told of as wounded: "three of the wounded died"."""
    for token in dict.fromkeys((victims.head, victims.noun)):
        verb = token.head if token is not None and token.dep_ in SUBJECTS else None
        word = harm_word(verb, "verb") if verb is not None else None
        if verb is not None and word is not None and (word.effect, word.victim) == ("killed", "subject"):
            return Harm("killed", verb)
    return None


def _told_of_none(noun: Token) -> Harm | None:
    """ "no reports of dead or wounded", "no word of casualties", "no losses"."""
    for token in (noun, *(noun.children if noun.lemma_.lower() in _REPORTS else ())):
        word = harm_word(token, "noun") or harm_word(token, "adjective")
        if word is not None and word.victim != "taken" and token.lemma_.lower() != "toll":
            return Harm(word.effect, token)
    return None


def _remains_or_lives(noun: Token, word: HarmWord) -> Harm | None:
    """ "claimed 12 lives", "12 bodies were found": lives are lost, bodies are dead whatever is done to them."""
    if word.needs == "life":
        governor = noun.head
        return Harm(word.effect, governor) if governor.lemma_.lower() in casualty_words("losing") else None
    return Harm(word.effect, noun)


def _told_by_an_attribute(victims: Victims) -> Harm | None:
    """ "12 people killed in the raid", "12 who died", "40 wounded civilians", "12 civilians dead"."""
    for holder in dict.fromkeys((victims.noun, victims.head)):
        for child in holder.children if holder is not None else ():
            harm = _attribute(child, victims)
            if harm is not None:
                return harm
    return None


def _attribute(child: Token, victims: Victims) -> Harm | None:
    if child.dep_ in _CLAUSES:
        if _is_of_somebody_elses(child) or (victims.quantity.count == 1 and is_before_a_number(child)):
            return None
        word = harm_word(child, "verb")
        if word is not None and word.victim == "object" and is_passive(child):
            return harm_if_people(word, child, victims)
        if word is not None and word.victim == "subject" and not _has_other_subject(child):
            return harm_if_people(word, child, victims)
    if child.dep_ in ("amod", "acl", "acl:relcl", "compound"):
        word = harm_word(child, "adjective")
        if word is not None and not has_object(child):
            return Harm(word.effect, child, joint=is_joint(child, word.effect))
    return None


def _has_other_subject(clause: Token) -> bool:
    """ "its figure: 21 people died", which a parser may take for a clause on the noun before it."""
    return any(token.dep_ in SUBJECTS and token.pos_ in ("NOUN", "PROPN", "NUM") for token in clause.children)


def _is_of_somebody_elses(clause: Token) -> bool:
    """ "a woman whose niece was killed"."""
    return any(token.lower_ == "whose" for token in clause.doc[clause.head.i + 1 : clause.i])


def _told_by_the_governor(victims: Victims) -> Harm | None:
    """The harm word that governs the phrase, over coordination, "of", "family of six" and the like."""
    token = victims.head
    for _ in range(_FURTHEST):
        for relation in (_as_argument, _as_part_of_a_figure, _of_a_noun, _beside_a_result, _among_others):
            harm = relation(token, victims)
            if harm is not None:
                return harm
        if not _goes_on(token):
            return None
        token = token.head
    return None


def _goes_on(token: Token) -> bool:
    """Whether what befalls the phrase befalls those with whom it stands in one place of the clause."""
    governor = token.head
    if governor == token:
        return False
    if token.dep_ in ("conj", "appos", "flat", "compound", "list"):
        return governor.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM", "DET") and _is_without_number(
            token, governor
        )
    return token.dep_ == "nmod" and governor.lemma_.lower() in collectives()


def _is_without_number(token: Token, governor: Token) -> bool:
    return token.dep_ != "appos" or governor.i < token.i


def _as_argument(token: Token, victims: Victims) -> Harm | None:
    """ "killed 12", "12 were killed", "12 died", "12 are dead", "12 dead" in a headline."""
    governor, relation = token.head, _relation(token, victims)
    word = harm_word(governor, "verb")
    if word is not None and _suffers(relation, governor, word, victims):
        return harm_if_people(word, governor, victims)
    if relation == "nsubj:pass" or (relation == "nsubj" and word is None):
        for verb in governor.conjuncts:
            word = harm_word(verb, "verb") if verb.i > governor.i and not _has_subject(verb) else None
            if (
                word is not None
                and not has_object(verb)
                and relation == ("nsubj:pass" if word.victim == "object" else relation)
            ):
                return harm_if_people(word, verb, victims)
    adjective = harm_word(governor, "adjective")
    is_state = adjective is not None and (word is None or not is_past(governor))
    if adjective is not None and is_state and relation in SUBJECTS and governor.i > token.i:
        return Harm(adjective.effect, governor, joint=is_joint(governor, adjective.effect))
    return None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _relation(token: Token, victims: Victims) -> str:
    """The phrase's relation; an oblique whose preposition belongs to the number ("over 12") is an object."""
    if token.dep_ in ("obl", "nmod", "advmod"):
        cases = [child for child in token.children if child.dep_ == "case"]
        within = all(victims.quantity.start <= case.i < victims.quantity.last for case in cases)
        return "obj" if within and victims.head == token and token.i > token.head.i else token.dep_
    return token.dep_


def _suffers(relation: str, verb: Token, word: HarmWord, victims: Victims) -> bool:
    if word.victim == "subject":
        return relation in SUBJECTS
    if relation in ("obj", "iobj"):
        return verb.tag_ != "NN"
    if relation == "nsubj:pass":
        return victims.quantity.count != 1 or not (is_before_a_number(verb) or _is_apart(victims, verb))
    if relation != "nsubj" or has_object(verb) or is_before_a_number(verb):
        return False
    several = victims.quantity.count != 1
    return any(child.dep_ in PASSIVE for child in verb.children) or (several and is_past(verb))


def _is_apart(victims: Victims, verb: Token) -> bool:
    """Whether a single person is parsed as subject of a verb that stands before the name or far from it."""
    return not 0 < verb.i - victims.head.i < _AFTER_REACH + _FIGURE_REACH


def _as_part_of_a_figure(token: Token, victims: Victims) -> Harm | None:
    """ "the toll rose to 34", "put the number of dead at 58", "a toll of 12", "the dead numbered 12"."""
    if victims.noun is not None and not harm_word(victims.noun, "noun"):
        return None
    governor = token.head
    figures = [governor] if governor.pos_ in ("NOUN", "PROPN") and token.dep_ in ("nmod", "appos", "nummod") else []
    if governor.pos_ in ("VERB", "AUX", "NUM") or token.dep_ in SUBJECTS:
        figures += [child for child in governor.children if child.dep_ in ("nsubj", "nsubj:pass", "obj")]
    for figure in figures:
        effect = counted_effect(figure)
        if effect is not None and figure != token:
            return Harm(effect, figure)
    return None


def _of_a_noun(token: Token, victims: Victims) -> Harm | None:
    """ "the death of 12", "the bodies of 12 civilians", "the lives of 12 people", "the killing of 12"."""
    governor = token.head
    if token.dep_ not in ("nmod", "nmod:poss", "obl", "obj"):
        return None
    cases = {child.lower_ for child in token.children if child.dep_ == "case"}
    if token.dep_ != "nmod:poss" and not cases & {"of", "to", "for"}:
        return None
    word = harm_word(governor, "noun")
    if word is None and is_gerund(governor):
        word = harm_word(governor, "verb")
        return harm_if_people(word, governor, victims) if word is not None and "of" in cases else None
    if word is None or word.victim != "of" or word.needs == "zero":
        return None
    if word.needs == "life":
        return _remains_or_lives(governor, word)
    return harm_if_people(word, governor, victims)


def _beside_a_result(token: Token, victims: Victims) -> Harm | None:
    """ "left 12 people dead", "12 were found dead", "12 are reported killed"."""
    governor = token.head
    if token.dep_ not in (*OBJECTS, *SUBJECTS) or governor.pos_ not in ("VERB", "AUX"):
        return None
    for child in governor.children:
        if child.dep_ not in _SECONDARY or child.i < token.i - 1 or _is_of_another_number(child, token):
            continue
        word = harm_word(child, "adjective")
        if word is not None and not has_object(child) and not any(c.dep_ in SUBJECTS for c in child.children):
            return Harm(word.effect, child, joint=is_joint(child, word.effect))
    lives = [child for child in governor.children if child.dep_ == "obj" and child.lemma_ in ("life", "live")]
    if lives and governor.lemma_.lower() == "lose" and token.dep_ in SUBJECTS:
        return Harm("killed", governor)
    if lives and governor.lemma_.lower() == "cost" and token.dep_ in OBJECTS and token not in lives:
        return Harm("killed", governor)
    return _suffered(token, governor)


def _suffered(token: Token, governor: Token) -> Harm | None:
    """ "six employees suffered light injuries"."""
    if token.dep_ not in SUBJECTS or governor.lemma_.lower() not in casualty_words("suffering"):
        return None
    hurts = casualty_words("hurts")
    hurt = [child for child in governor.children if child.dep_ == "obj" and _is_of(hurts, child)]
    return Harm("wounded", governor) if hurt else None


def _is_of(words: frozenset[str], noun: Token) -> bool:
    return not words.isdisjoint((noun.lemma_.lower(), *singulars(noun.lower_)))


def _is_of_another_number(result: Token, counted: Token) -> bool:
    """ "reached 37, among them seven women, and 68 injured": a state told with a number of its own."""
    before = result.doc[result.i - 1]
    return result.i > counted.i + 1 and before.like_num and before.i != counted.i


def _among_others(token: Token, victims: Victims) -> Harm | None:
    """ "two medics were among the dead", "the victims included two medics", "two of those killed were medics"."""
    governor = token.head
    cases = {child.lower_ for child in governor.children if child.dep_ == "case"}
    if token.dep_ in SUBJECTS and cases & AMONG:
        harm = _harm_of_the_whole(governor)
        return Harm(harm.effect, harm.word, among=governor) if harm else None
    if token.dep_ == "obj" and governor.lemma_.lower() in casualty_words("including"):
        for child in governor.children:
            harm = _harm_of_the_whole(child) if child.dep_ in SUBJECTS else None
            if harm is not None:
                return Harm(harm.effect, harm.word, among=child)
    return None


def _harm_of_the_whole(token: Token) -> Harm | None:
    """What befell the people that a noun phrase without regard to its number stands for: "the dead", "those killed"."""
    word = harm_word(token, "adjective") or harm_word(token, "noun")
    if word is not None and word.victim in ("self", "of"):
        return Harm(word.effect, token)
    for child in token.children:
        word = harm_word(child, "verb") or harm_word(child, "adjective")
        if word is not None and child.dep_ in (*_CLAUSES, "amod") and not has_object(child):
            return Harm(word.effect, child)
    return None
