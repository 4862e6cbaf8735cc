"""Other spaCy pipelines in the embedded model's place, shown with a tiny one that is trained here."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

import onrecord
from onrecord.errors import ReaderError
from onrecord.reading.model.clear_trees import to_universal

# Each word with its head and relation in the ClearNLP style, and the names, as spaCy's English pipelines have them.
TAUGHT = [
    (
        "Shelling by rebels killed 12 people in Aleppo",
        [3, 0, 1, 3, 5, 3, 3, 6],
        ["nsubj", "prep", "pobj", "ROOT", "nummod", "dobj", "prep", "pobj"],
        {7: "GPE"},
    ),
    (
        "Soldiers were killed by rebels in Homs",
        [2, 2, 2, 2, 3, 2, 5],
        ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj"],
        {6: "GPE"},
    ),
    ("Karim Daoud is a doctor", [1, 2, 2, 4, 2], ["compound", "nsubj", "ROOT", "det", "attr"], {0: "PERSON"}),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with a parser and a recogniser of names that know the sentences of `TAUGHT` by heart."""
    nlp = spacy.blank("en")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    nlp.add_pipe("ner")
    examples = [example_of(nlp, *each) for each in TAUGHT]
    optimizer = nlp.initialize(lambda: examples)
    spacy.util.fix_random_seed(1)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    path = tmp_path_factory.mktemp("tiny")
    nlp.to_disk(path)
    return path


def example_of(nlp: Language, text: str, heads: list[int], relations: list[str], names: dict[int, str]) -> Example:
    tags = ["O"] * len(heads)
    for at, label in names.items():
        tags[at] = f"B-{label}" if label == "PERSON" else f"U-{label}"
        if label == "PERSON":
            tags[at + 1] = f"L-{label}"
    return Example.from_dict(nlp.make_doc(text), {"heads": heads, "deps": relations, "entities": tags})


def test_its_trees_and_names_are_read_and_the_model_adds_the_rest(tiny: Path) -> None:
    nlp = onrecord.load(str(tiny))
    doc = nlp(TAUGHT[0][0])
    assert [(toll.count, toll.effect) for toll in doc._.casualties] == [(12, "killed")]
    assert [(mention.text, mention.type) for mention in doc._.mentions if mention.type == "place"] == [
        ("Aleppo", "place")
    ]
    assert doc[7].dep_ == "obl" and doc[7].head.text == "killed"
    assert doc[5].tag_ == "NNS"
    (incident,) = doc._.incidents
    assert (incident.type, [each.text for each in incident.perpetrators]) == ("ASSAULT", ["rebels"])


def test_statements_are_attributed_by_the_embedded_model(tiny: Path) -> None:
    doc = onrecord.load(str(tiny))("The army said that 12 soldiers were killed.")
    assert [attribution.source[0].text for attribution in doc._.attributions] == ["The army"]


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(ReaderError, match=r"en_core_web_none: .*spacy download en_core_web_none"):
        onrecord.load("en_core_web_none")


@pytest.mark.parametrize(
    ("words", "heads", "relations", "expected"),
    [
        (
            *TAUGHT[1][:3],
            "killed:nsubj:pass killed:aux:pass ROOT rebels:case killed:obl:agent Homs:case killed:obl",
        ),
        (*TAUGHT[2][:3], "Daoud:compound doctor:nsubj doctor:cop doctor:det ROOT"),
        (
            "men from behind the wall fired",
            [5, 0, 1, 4, 2, 5],
            ["nsubj", "prep", "prep", "det", "pobj", "ROOT"],
            "fired:nsubj wall:case wall:case wall:det men:nmod ROOT",
        ),
        (
            "rebels , soldiers and police left",
            [5, 0, 0, 2, 2, 5],
            ["nsubj", "punct", "conj", "cc", "conj", "ROOT"],
            "left:nsubj rebels:punct rebels:conj police:cc rebels:conj ROOT",
        ),
    ],
)
def test_a_clearnlp_tree_becomes_a_universal_one(
    words: str, heads: list[int], relations: list[str], expected: str
) -> None:
    parts = {"is": "AUX", "were": "AUX", "killed": "VERB", "fired": "VERB", "left": "VERB"}
    lemmas = ["be" if parts.get(word) == "AUX" else word for word in words.split()]
    pos = [parts.get(word, "NOUN") for word in words.split()]
    vocab = spacy.blank("en").vocab
    doc = to_universal(Doc(vocab, words=words.split(), heads=heads, deps=relations, lemmas=lemmas, pos=pos))
    found = ["ROOT" if token.dep_ == "ROOT" else f"{token.head.text}:{token.dep_}" for token in doc]
    assert " ".join(found) == expected
