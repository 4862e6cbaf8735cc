"""What befell the people that a phrase counts: the word that says so, and how the phrase hangs on it.

Relations are those of Universal Dependencies. Each way in which news ties people to a harm is one small function;
the search goes from the phrase itself outwards and ends with the neighbouring words, for texts that were parsed badly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.schema import Effect
from onrecord.reading.victims import Victims, collectives, is_people, partitives

_FURTHEST = 7
_FIGURE_REACH = 10
_AFTER_REACH = 6
_BETWEEN = frozenset({"AUX", "ADV", "PART"})
_BETWEEN_LISTED = _BETWEEN | {"NUM", "NOUN", "PROPN", "ADJ"}
_CLAUSES = frozenset({"acl", "acl:relcl"})
_SECONDARY = frozenset({"xcomp", "ccomp", "amod", "acl", "advcl", "conj", "dep", "parataxis", "obj", "obl"})
_OBJECTS = frozenset({"obj", "nsubj:pass", "iobj"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PASSIVE = frozenset({"aux:pass", "nsubj:pass"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_TAKING = frozenset({"take", "hold", "seize", "capture", "keep"})
_QUALIFYING = frozenset({"least", "than", "to", "as", "about", "over", "nearly", "some", "around", "almost"})
_REPORTS = frozenset({"report", "sign"})
_LOSING = frozenset({"lose", "claim", "cost", "take", "save"})
_AMONG = frozenset({"among", "amongst"})


@dataclass(frozen=True, slots=True)
class HarmWord:
    """How a word says that people come to harm; see the header of `data/harm.tsv`."""

    effect: Effect
    victim: str
    needs: str


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm done to counted people.

    `word` is the token that says it. `joint` says that the number is that of dead and wounded together, `among` is the
    phrase in which these people are counted too ("two medics were among 31 killed"), if there is one.
    """

    effect: Effect
    word: Token
    joint: bool = False
    among: Token | None = None


def harm_to(victims: Victims) -> Harm | None:
    """What befell the people, or None where the phrase is tied to no harm."""
    if victims.quantity.high == 0 and victims.noun is not None and victims.noun.lemma_.lower() == "toll":
        return None  # "gave no toll"
    for found in (
        _told_by_the_noun,
        _told_by_taking,
        _told_by_the_next_word,
        _told_by_the_verb_before,
        _told_by_an_attribute,
        _told_by_the_governor,
        _told_by_the_words_after,
        _told_by_a_figure_before,
    ):
        harm = found(victims)
        if harm is not None:
            return harm
    return None


def harm_word(token: Token, kind: str) -> HarmWord | None:
    """The token as a harm word of the class (verb, noun or adjective), whatever tag and lemma the model gave it."""
    if kind == "verb" and token.pos_ not in _VERBAL and not token.lower_.endswith("ed"):
        return None
    if kind == "noun" and token.pos_ == "VERB":
        return None
    return (
        _words().get((token.lemma_.lower(), kind))
        or _words().get((token.lower_, kind))
        or _forms(kind).get(token.lower_)
    )


def effect_of(token: Token) -> Effect | None:
    """What befell those for whom the word stands: "the dead", "the wounded", "those killed"; None where it does not say."""
    word = harm_word(token, "adjective") or harm_word(token, "noun") or harm_word(token, "verb")
    return word.effect if word is not None else None


def is_passive(verb: Token) -> bool:
    """Whether the verb is told of those who suffer it: "were killed", "people killed in the raid"."""
    if any(child.dep_ in _PASSIVE for child in verb.children):
        return True
    if not _is_past(verb) or verb.tag_ == "VBD" or any(child.dep_ == "obj" for child in verb.children):
        return False
    return not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def _is_past(verb: Token) -> bool:
    return (
        verb.tag_ in ("VBN", "VBD") or verb.lower_.endswith("ed") or verb.lower_ in ("slain", "shot", "hurt", "hanged")
    )


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or verb.lower_.endswith("ing")


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
            return Harm(word.effect, noun, joint=_is_joint(noun, word.effect))
    if victims.quantity.high == 0 and noun.i >= victims.start:
        return _told_of_none(noun)
    word = harm_word(noun, "noun")
    if word is not None and word.needs in ("life", "remains"):
        return _remains_or_lives(noun, word)
    return None


def _told_of_none(noun: Token) -> Harm | None:
    """ "no reports of dead or wounded", "no word of casualties", "no losses"."""
    for token in (noun, *(noun.children if noun.lemma_.lower() in _REPORTS else ())):
        word = harm_word(token, "noun") or harm_word(token, "adjective")
        if word is not None and word.victim != "taken" and token.lemma_.lower() != "toll":
            return Harm(word.effect, token)
    return None


def _told_by_taking(victims: Victims) -> Harm | None:
    """ "took 12 hostages", "12 people were taken hostage"."""
    doc = victims.doc
    for token in (*doc[max(victims.end - 1, victims.start) : min(victims.end + 3, victims.head.sent.end)],):
        word = _words().get((token.lower_, "noun")) or harm_word(token, "noun")
        if (
            word is not None
            and word.victim == "taken"
            and any(above.lemma_.lower() in _TAKING for above in (token.head, victims.head.head))
        ):
            return Harm(word.effect, token)
    return None


def _remains_or_lives(noun: Token, word: HarmWord) -> Harm | None:
    """ "claimed 12 lives", "12 bodies were found": lives are lost, bodies are dead whatever is done to them."""
    if word.needs == "life":
        governor = noun.head
        return Harm(word.effect, governor) if governor.lemma_.lower() in _LOSING else None
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
        if _is_of_somebody_elses(child) or (victims.quantity.count == 1 and _is_before_a_number(child)):
            return None
        word = harm_word(child, "verb")
        if word is not None and word.victim == "object" and is_passive(child):
            return _if_people(word, child, victims)
        if word is not None and word.victim == "subject":
            return _if_people(word, child, victims)
    if child.dep_ in ("amod", "acl", "acl:relcl", "compound"):
        word = harm_word(child, "adjective")
        if word is not None and not _is_active(child):
            return Harm(word.effect, child, joint=_is_joint(child, word.effect))
    return None


def _is_of_somebody_elses(clause: Token) -> bool:
    """ "a woman whose niece was killed"."""
    return any(token.lower_ == "whose" for token in clause.doc[clause.head.i + 1 : clause.i])


def _is_active(token: Token) -> bool:
    return any(child.dep_ == "obj" for child in token.children)


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
    if governor is token:
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
        return _if_people(word, governor, victims)
    if relation == "nsubj:pass" or (relation == "nsubj" and word is None):
        for verb in governor.conjuncts:
            word = harm_word(verb, "verb") if verb.i > governor.i and not _has_subject(verb) else None
            if (
                word is not None
                and not _is_active(verb)
                and relation == ("nsubj:pass" if word.victim == "object" else relation)
            ):
                return _if_people(word, verb, victims)
    adjective = harm_word(governor, "adjective")
    is_state = adjective is not None and (word is None or not _is_past(governor))
    if adjective is not None and is_state and relation in _SUBJECTS and governor.i > token.i:
        return Harm(adjective.effect, governor, joint=_is_joint(governor, adjective.effect))
    return None


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _relation(token: Token, victims: Victims) -> str:
    """The phrase's relation; an oblique whose preposition belongs to the number ("over 12") is an object."""
    if token.dep_ in ("obl", "nmod", "advmod"):
        cases = [child for child in token.children if child.dep_ == "case"]
        within = all(victims.quantity.start <= case.i < victims.quantity.last for case in cases)
        return "obj" if within and victims.head is token and token.i > token.head.i else token.dep_
    return token.dep_


def _suffers(relation: str, verb: Token, word: HarmWord, victims: Victims) -> bool:
    if word.victim == "subject":
        return relation in _SUBJECTS
    if relation in ("obj", "iobj"):
        return verb.tag_ != "NN"
    if relation == "nsubj:pass":
        return victims.quantity.count != 1 or not (_is_before_a_number(verb) or _is_apart(victims, verb))
    if relation != "nsubj" or _is_active(verb) or _is_before_a_number(verb):
        return False
    several = victims.quantity.count != 1
    return any(child.dep_ in _PASSIVE for child in verb.children) or (several and _is_past(verb))


def _is_apart(victims: Victims, verb: Token) -> bool:
    """Whether a single person is parsed as subject of a verb that stands before the name or far from it."""
    return not 0 < verb.i - victims.head.i < _AFTER_REACH + _FIGURE_REACH


def _is_before_a_number(verb: Token) -> bool:
    """ "a bomber killed at least 12": those whom the verb harms stand after it, whatever the parse says."""
    return any(
        token.like_num and (token.i == verb.i + 1 or verb.doc[token.i - 1].lower_ in _QUALIFYING)
        for token in verb.doc[verb.i + 1 : verb.i + 4]
    )


def _as_part_of_a_figure(token: Token, victims: Victims) -> Harm | None:
    """ "the toll rose to 34", "put the number of dead at 58", "a toll of 12", "the dead numbered 12"."""
    if victims.noun is not None and not harm_word(victims.noun, "noun"):
        return None
    governor = token.head
    figures = [governor] if governor.pos_ in ("NOUN", "PROPN") and token.dep_ in ("nmod", "appos", "nummod") else []
    if governor.pos_ in ("VERB", "AUX", "NUM") or token.dep_ in _SUBJECTS:
        figures += [child for child in governor.children if child.dep_ in ("nsubj", "nsubj:pass", "obj")]
    for figure in figures:
        effect = _counted_effect(figure)
        if effect is not None and figure is not token:
            return Harm(effect, figure)
    return None


def _told_by_a_figure_before(victims: Victims) -> Harm | None:
    """ "the death toll on Monday rose again to 34": the last number's noun before the phrase, in its sentence."""
    doc, start = victims.doc, victims.start
    if victims.noun is not None or doc[max(start - 1, 0)].lower_ == "from":
        return None
    for token in reversed(doc[max(start - _FIGURE_REACH, victims.head.sent.start) : start]):
        if token.like_num and token.lower_ != "one":
            return None
        effect = _counted_effect(token) if token.pos_ == "NOUN" else None
        if effect is not None:
            return Harm(effect, token)
    return None


def _counted_effect(figure: Token) -> Effect | None:
    """Of which harm the noun is the number: "death toll", "the number of wounded", "the dead"."""
    lemma = figure.lemma_.lower()
    around = [*figure.children, *(grandchild for child in figure.children for grandchild in child.children)]
    told = [word for token in around if (word := harm_word(token, "noun") or harm_word(token, "adjective"))]
    if lemma == "toll":
        return next((word.effect for word in told), "killed")
    if lemma in ("number", "count", "figure", "tally", "total"):
        return next((word.effect for word in told), None)
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
    if word is None and _is_gerund(governor):
        word = harm_word(governor, "verb")
        return _if_people(word, governor, victims) if word is not None and "of" in cases else None
    if word is None or word.victim != "of" or word.needs == "zero":
        return None
    if word.needs == "life":
        return _remains_or_lives(governor, word)
    return _if_people(word, governor, victims)


def _beside_a_result(token: Token, victims: Victims) -> Harm | None:
    """ "left 12 people dead", "12 were found dead", "12 are reported killed"."""
    governor = token.head
    if token.dep_ not in (*_OBJECTS, *_SUBJECTS) or governor.pos_ not in ("VERB", "AUX"):
        return None
    for child in governor.children:
        if child.dep_ not in _SECONDARY or child.i < token.i - 1:
            continue
        word = harm_word(child, "adjective")
        if word is not None and not _is_active(child) and not any(c.dep_ in _SUBJECTS for c in child.children):
            return Harm(word.effect, child, joint=_is_joint(child, word.effect))
    lives = [child for child in governor.children if child.dep_ == "obj" and child.lemma_ in ("life", "live")]
    if lives and governor.lemma_.lower() == "lose" and token.dep_ in _SUBJECTS:
        return Harm("killed", governor)
    return None


def _among_others(token: Token, victims: Victims) -> Harm | None:
    """ "two medics were among the dead", "the victims included two medics", "two of those killed were medics"."""
    governor = token.head
    cases = {child.lower_ for child in governor.children if child.dep_ == "case"}
    if token.dep_ in _SUBJECTS and cases & _AMONG:
        harm = _harm_of_the_whole(governor)
        return Harm(harm.effect, harm.word, among=governor) if harm else None
    if token.dep_ == "obj" and governor.lemma_.lower() in ("include", "comprise", "number"):
        for child in governor.children:
            harm = _harm_of_the_whole(child) if child.dep_ in _SUBJECTS else None
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
        if word is not None and child.dep_ in (*_CLAUSES, "amod") and not _is_active(child):
            return Harm(word.effect, child)
    return None


def _told_by_the_verb_before(victims: Victims) -> Harm | None:
    """ "… killing 12 …": a harm verb right before the number, whatever its parse."""
    doc, at = victims.doc, victims.start - 1
    if at < victims.head.sent.start or victims.quantity.high == 0 or victims.named:
        return None
    verb = doc[at]
    word = harm_word(verb, "verb") or _forms("verb").get(verb.lower_)  # "kills 26" is no noun
    if word is None or word.victim != "object" or any(child.dep_ in _PASSIVE for child in verb.children):
        return None
    if victims.noun is not None and victims.noun.lower_ in partitives():
        return None
    return None if _is_subject(victims) else _if_people(word, verb, victims)


def _is_subject(victims: Victims) -> bool:
    """ "… those killed 160 people were injured": the phrase has a verb of its own after it."""
    following = victims.doc[victims.end : min(victims.end + 4, victims.head.sent.end)]
    passive = len(following) > 1 and following[0].pos_ == "AUX"
    return passive and any(harm_word(token, "adjective") is not None for token in following[1:])


def _told_by_the_next_word(victims: Victims) -> Harm | None:
    """ "12 killed 30 others injured", "55 wounded": a participle or adjective right after the phrase, none of its own."""
    doc, at, end = victims.doc, victims.end, victims.head.sent.end
    while victims.noun is None and at < end and doc[at].pos_ == "AUX":
        at += 1
    if at >= end or victims.quantity.count == 1 or victims.quantity.high == 0:
        return None
    word = harm_word(doc[at], "adjective") or harm_word(doc[at], "verb")
    if (
        word is None
        or word.victim not in ("self", "subject")
        or _is_gerund(doc[at])
        or _takes_the_number_after(doc[at])
    ):
        return None
    if not _fits(word, victims) and victims.noun is not None:
        return None
    return Harm(word.effect, doc[at], joint=_is_joint(doc[at], word.effect))


def _takes_the_number_after(verb: Token) -> bool:
    """ "12 soldiers wounded 30 men", but not "12 killed 30 wounded", where the next number has its own word."""
    if not _is_before_a_number(verb):
        return False
    following = verb.doc[verb.i + 2 : min(verb.i + 5, verb.sent.end)]
    return not any(harm_word(token, "adjective") is not None for token in following)


def _told_by_the_words_after(victims: Victims) -> Harm | None:
    """ "12 people … killed": the harm word after the phrase, whatever its parse."""
    for token in _after(victims):
        word = harm_word(token, "adjective") or harm_word(token, "verb")
        if word is None:
            continue
        if _is_before_a_number(token) or (victims.quantity.count == 1 and token.i == victims.end):
            return None
        if word.victim in ("subject", "self") or (not _is_active(token) and _is_past(token)):
            return Harm(word.effect, token, joint=_is_joint(token, word.effect)) if _fits(word, victims) else None
        return None
    return None


def _after(victims: Victims) -> Iterator[Token]:
    """The words that follow the phrase, as long as they can stand between it and its verb."""
    end = min(victims.end + _AFTER_REACH, victims.head.sent.end)
    following = victims.doc[victims.end : end]
    in_a_list = len(following) > 0 and following[0].like_num  # "40 civilians 25 fighters killed"
    for token in following:
        yield token
        between = _BETWEEN_LISTED if in_a_list else _BETWEEN
        if token.pos_ not in between and token.lower_ not in ("others", "people", "persons"):
            return


def _if_people(word: HarmWord, token: Token, victims: Victims) -> Harm | None:
    return Harm(word.effect, token, joint=_is_joint(token, word.effect)) if _fits(word, victims) else None


def _fits(word: HarmWord, victims: Victims) -> bool:
    """Whether the word can mean harm to what is counted: a terrorist is eliminated, and so is a tax."""
    return word.needs != "person" or (victims.noun is not None and is_people(victims.noun))


def _is_joint(token: Token, effect: Effect) -> bool:
    """ "killed or wounded", "dead and injured": one number for both."""
    if effect != "killed":
        return False
    for child in token.conjuncts:
        word = harm_word(child, "adjective") or harm_word(child, "verb") or harm_word(child, "noun")
        if word is not None and word.effect == "wounded" and not _has_victims(child):
            return abs(child.i - token.i) <= 3
    return False


def _has_victims(token: Token) -> bool:
    return any(child.dep_ in (*_OBJECTS, *_SUBJECTS, "nummod", "det") for child in token.children)


@cache
def _forms(kind: str) -> Mapping[str, HarmWord]:
    """The regular inflections of the words, for tokens whose lemma was not found."""
    endings = ("s", "es") if kind == "noun" else ("s", "es", "ed", "ing")
    found: dict[str, HarmWord] = {}
    for (word, of_kind), entry in _words().items():
        if of_kind == kind and kind != "adjective":
            stem = word.removesuffix("e")
            found |= dict.fromkeys((word + "s", *(stem + ending for ending in endings)), entry)
    return found


@cache
def _words() -> Mapping[tuple[str, str], HarmWord]:
    return {
        (row["word"], row["class"]): HarmWord(row["effect"], row["victim"], row["needs"])  # type: ignore[arg-type]
        for row in rows("harm")
    }
