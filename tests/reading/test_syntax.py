"""What a linguist would ask of a dependency tree."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Token

from onrecord.reading.syntax import (
    core_phrase,
    doers,
    is_negated,
    is_passive,
    obliques,
    phrase_with_of,
    subjects,
    undergoers,
)

# word/UPOS/tag/relation/head, by hand, so that the tests do not depend on a parser.
TREES = {
    "active": "Rebels/NOUN/NNS/nsubj/1 shelled/VERB/VBD/ROOT/1 the/DET/DT/det/3 town/NOUN/NN/obj/1",
    "gerund": (
        "Shelling/VERB/VBG/csubj/3 by/ADP/IN/case/2 rebels/NOUN/NNS/obl/0 killed/VERB/VBD/ROOT/3 twelve/NUM/CD/obj/3"
    ),
    "passive": (
        "The/DET/DT/det/1 town/NOUN/NN/nsubj:pass/3 was/AUX/VBD/aux:pass/3 shelled/VERB/VBN/ROOT/3 "
        "by/ADP/IN/case/5 rebels/NOUN/NNS/obl:agent/3"
    ),
    "shared subject": (
        "Rebels/NOUN/NNS/nsubj/1 attacked/VERB/VBD/ROOT/1 and/CCONJ/CC/cc/3 burned/VERB/VBD/conj/1 "
        "houses/NOUN/NNS/obj/3"
    ),
    "relative clause": (
        "men/NOUN/NNS/nsubj/4 who/PRON/WP/nsubj/2 shot/VERB/VBD/acl:relcl/0 him/PRON/PRP/obj/2 fled/VERB/VBD/ROOT/4"
    ),
    "control": (
        "Police/NOUN/NNS/nsubj/1 forced/VERB/VBD/ROOT/1 students/NOUN/NNS/obj/1 to/PART/TO/mark/4 leave/VERB/VB/xcomp/1"
    ),
    "participle": (
        "They/PRON/PRP/nsubj/1 fled/VERB/VBD/ROOT/1 killing/VERB/VBG/advcl/1 two/NUM/CD/nummod/4 guards/NOUN/NNS/obj/2"
    ),
    "reduced passive": (
        "men/NOUN/NNS/nsubj/4 killed/VERB/VBN/acl/0 by/ADP/IN/case/3 rebels/NOUN/NNS/obl/1 lay/VERB/VBD/ROOT/4"
    ),
    "negation": "Rebels/NOUN/NNS/nsubj/3 did/AUX/VBD/aux/3 not/PART/RB/advmod/3 attack/VERB/VB/ROOT/3",
    "phrase": (
        "the/DET/DT/det/4 two/NUM/CD/nummod/4 Syrian/ADJ/JJ/amod/4 army/NOUN/NN/compound/4 units/NOUN/NNS/ROOT/4 "
        "in/ADP/IN/case/6 Homs/PROPN/NNP/nmod/4"
    ),
    "name": "Colonel/PROPN/NNP/ROOT/0 John/PROPN/NNP/flat/0 Smith/PROPN/NNP/flat/0 spoke/VERB/VBD/conj/0",
    "of": (
        "members/NOUN/NNS/ROOT/0 of/ADP/IN/case/3 the/DET/DT/det/3 Front/PROPN/NNP/nmod/0 in/ADP/IN/case/5 "
        "Homs/PROPN/NNP/nmod/0"
    ),
    "possessor": "his/PRON/PRP$/nmod:poss/2 two/NUM/CD/nummod/2 guards/NOUN/NNS/ROOT/2",
    "against": (
        "attacks/NOUN/NNS/ROOT/0 on/ADP/IN/case/2 schools/NOUN/NNS/nmod/0 and/CCONJ/CC/cc/4 clinics/NOUN/NNS/conj/2"
    ),
}


def tree(name: str) -> Doc:
    parts = [word.split("/") for word in TREES[name].split()]
    columns = list(zip(*parts, strict=True))
    return Doc(
        spacy.blank("en").vocab,
        words=list(columns[0]),
        pos=list(columns[1]),
        tags=list(columns[2]),
        deps=list(columns[3]),
        heads=[int(head) for head in columns[4]],
        lemmas=[word.lower() for word in columns[0]],
    )


def words(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("name", "verb", "does", "suffers"),
    [
        ("active", "shelled", ["Rebels"], ["town"]),
        ("passive", "shelled", ["rebels"], ["town"]),
        ("shared subject", "burned", ["Rebels"], ["houses"]),
        ("relative clause", "shot", ["men"], ["him"]),
        ("control", "leave", ["students"], []),
        ("participle", "killing", ["They"], ["guards"]),
        ("reduced passive", "killed", ["rebels"], ["men"]),
        ("gerund", "Shelling", ["rebels"], []),
    ],
)
def test_doers_and_undergoers_of(name: str, verb: str, does: list[str], suffers: list[str]) -> None:
    token = word(tree(name), verb)
    assert (words(doers(token)), words(undergoers(token))) == (does, suffers)


def test_a_reduced_relative_is_passive() -> None:
    assert is_passive(word(tree("reduced passive"), "killed"))
    assert not is_passive(word(tree("participle"), "killing"))


def test_the_subject_of_a_relative_clause_is_what_it_is_about() -> None:
    assert words(subjects(word(tree("relative clause"), "shot"))) == ["men"]


def test_negation_stands_with_its_verb() -> None:
    assert is_negated(word(tree("negation"), "attack"))
    assert not is_negated(word(tree("active"), "shelled"))


@pytest.mark.parametrize(
    ("name", "head", "phrase"),
    [
        ("phrase", "units", "Syrian army units"),
        ("name", "Colonel", "Colonel John Smith"),
        ("possessor", "guards", "guards"),
    ],
)
def test_the_core_phrase_of(name: str, head: str, phrase: str) -> None:
    assert core_phrase(word(tree(name), head)).text == phrase


def test_a_phrase_goes_on_by_of_but_not_by_in() -> None:
    assert phrase_with_of(word(tree("of"), "members")).text == "members of the Front"


def test_obliques_are_found_by_their_preposition() -> None:
    attacks = word(tree("against"), "attacks")
    assert words(obliques(attacks, "on", "against")) == ["schools"]
    assert obliques(attacks, "by") == []
