"""The words that say that people come to harm: which harm, how they take those who suffer it, and in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.people import is_people, known_people
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.schema import Effect
from onrecord.reading.syntax import SUBJECTS, prepositions

_OR = frozenset({"and", "or", ",", "/", "&"})
OBJECTS = frozenset({"obj", "nsubj:pass", "iobj"})
PASSIVE = frozenset({"aux:pass", "nsubj:pass"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})


@dataclass(frozen=True, slots=True)
class HarmWord:
    """How a word says that people come to harm; see the header of `data/harm.tsv`."""

    effect: Effect
    victim: str
    needs: str


_TO_DEATH = HarmWord("killed", "object", "")


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


def harm_word(token: Token, kind: str) -> HarmWord | None:
    """The token as a harm word of the class (verb, noun or adjective), whatever tag and lemma the model gave it."""
    if kind == "verb" and token.pos_ not in _VERBAL and not token.lower_.endswith("ed"):
        return None
    if kind == "noun" and token.pos_ == "VERB":
        return None
    return (
        (_TO_DEATH if kind == "verb" and _is_to_death(token) else None)
        or harm_lexicon().get((token.lemma_.lower(), kind))
        or harm_lexicon().get((token.lower_, kind))
        or harm_forms(kind).get(token.lower_)
    )


def _is_to_death(verb: Token) -> bool:
    """ "hacked to death": what is done until somebody dies, whatever it is."""
    return any(found.lower_ == "death" and "to" in prepositions(found) for found in verb.children)


def effect_of(token: Token) -> Effect | None:
    """What befell those for whom the word stands: "the dead", "the wounded"; None where it does not say."""
    word = harm_word(token, "adjective") or harm_word(token, "noun") or harm_word(token, "verb")
    return word.effect if word is not None else None


def counted_effect(figure: Token) -> Effect | None:
    """Of which harm the noun is the number: "death toll", "the number of wounded", "the dead"."""
    lemma = figure.lemma_.lower()
    around = [*figure.children, *(grandchild for child in figure.children for grandchild in child.children)]
    told = [word for token in around if (word := harm_word(token, "noun") or harm_word(token, "adjective"))]
    if lemma == "toll":
        return next((word.effect for word in told), "killed")
    if lemma in casualty_words("figure"):
        return next((word.effect for word in told), None)
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is told of those who suffer it: "were killed", "people killed in the raid"."""
    if any(child.dep_ in PASSIVE for child in verb.children):
        return True
    if not is_past(verb) or verb.tag_ == "VBD" or any(child.dep_ == "obj" for child in verb.children):
        return False
    return not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def is_past(verb: Token) -> bool:
    """Whether the verb has a past form, whatever its tag: "slain", "killed"."""
    return (
        verb.tag_ in ("VBN", "VBD") or verb.lower_.endswith("ed") or verb.lower_ in ("slain", "shot", "hurt", "hanged")
    )


def is_gerund(verb: Token) -> bool:
    """Whether the verb has the form of a gerund: "killing"."""
    return verb.tag_ == "VBG" or verb.lower_.endswith("ing")


def has_object(token: Token) -> bool:
    """Whether the word has a direct object."""
    return any(child.dep_ == "obj" for child in token.children)


def is_before_a_number(verb: Token) -> bool:
    """ "a bomber killed at least 12": those whom the verb harms stand after it, whatever the parse says."""
    return any(
        token.like_num and (token.i == verb.i + 1 or verb.doc[token.i - 1].lower_ in casualty_words("qualifying"))
        for token in verb.doc[verb.i + 1 : verb.i + 4]
    )


def harm_if_people(word: HarmWord, token: Token, victims: Victims) -> Harm | None:
    """The harm that the word tells of those who are counted; None where it can mean none to them."""
    return Harm(word.effect, token, joint=is_joint(token, word.effect)) if fits(word, token, victims) else None


def fits(word: HarmWord, token: Token, victims: Victims) -> bool:
    """Whether the word can mean harm to what is counted: a terrorist is eliminated, and so is a tax."""
    if word.needs == "fighter":
        kind = known_people(victims.noun) if victims.noun is not None else None
        return (kind is not None and kind.status == "combatant") or _are_its_own(victims)
    if word.needs == "person" and victims.noun is None:
        return is_passive(token) and victims.head.dep_ in SUBJECTS  # "15 were executed"
    return word.needs != "person" or (victims.noun is not None and is_people(victims.noun))


def _are_its_own(victims: Victims) -> bool:
    """ "lost 17 men": people whom only an armed side is said to lose."""
    return victims.noun is not None and victims.noun.lower_ in casualty_words("own")


def is_joint(token: Token, effect: Effect) -> bool:
    """ "killed or wounded", "dead and injured": one number for both."""
    if effect != "killed":
        return False
    for child in token.conjuncts:
        word = harm_word(child, "adjective") or harm_word(child, "verb") or harm_word(child, "noun")
        if word is not None and word.effect == "wounded" and not _has_victims(child):
            between = token.doc[min(token.i, child.i) + 1 : max(token.i, child.i)]
            return all(each.lower_ in _OR for each in between)
    return False


def _has_victims(token: Token) -> bool:
    return any(child.dep_ in (*OBJECTS, *SUBJECTS, "nummod", "det") for child in token.children)


@cache
def harm_forms(kind: str) -> Mapping[str, HarmWord]:
    """The regular inflections of the words, for tokens whose lemma was not found."""
    endings = ("s", "es") if kind == "noun" else ("s", "es", "ed", "ing")
    found: dict[str, HarmWord] = {}
    for (word, of_kind), entry in harm_lexicon().items():
        if of_kind == kind and kind != "adjective":
            stem = word.removesuffix("e")
            found |= dict.fromkeys((word + "s", *(stem + ending for ending in endings)), entry)
    return found


@cache
def harm_lexicon() -> Mapping[tuple[str, str], HarmWord]:
    """How words say that people come to harm, by the word and its class (`data/harm.tsv`)."""
    return {
        (row["word"], row["class"]): HarmWord(row["effect"], row["victim"], row["needs"])  # type: ignore[arg-type]
        for row in rows("harm")
    }
