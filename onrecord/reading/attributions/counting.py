"""What those who count the dead say they counted: "the observatory put the toll at 41".

The model was trained on political news, in which nobody counts bodies; these sentences are attributed by rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from onrecord import lexicon
from onrecord.reading.attributions.sources import Group, can_speak
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.syntax import child


def counts_of(doc: Doc, groups: Sequence[Group]) -> Iterator[Group]:
    """The attributions that a verb of counting tells and none of `groups` has."""
    cues = {token.i for group in groups for span in group["cue"] for token in span}
    for verb in doc:
        before = _verbs().get(ground_form(verb, _verb_set())) if verb.pos_ == "VERB" else None
        if before is None or verb.i in cues:
            continue
        counted, teller = child(verb, "obj"), child(verb, "nsubj")
        if counted is None or teller is None or not can_speak(teller):
            continue
        if _is_counted(counted) and (not before or any(word.lower_ == before for word in verb.subtree)):
            yield {
                "source": [doc[teller.left_edge.i : teller.right_edge.i + 1]],
                "cue": [doc[verb.i : verb.i + 1]],
                "content": [doc[counted.left_edge.i : _end(verb)]],
            }


def _is_counted(noun: Token) -> bool:
    return ground_form(noun, _counted()) in _counted() or noun.lower_ in _counted()


def _end(verb: Token) -> int:
    """Behind all that the verb has after it, but for the stop."""
    last = max(word.i for word in verb.subtree)
    while verb.doc[last].is_punct and last > verb.i:
        last -= 1
    return last + 1


@cache
def _verbs() -> dict[str, str]:
    return {row["verb"]: row["before"] for row in lexicon.rows("counting-verbs")}


@cache
def _verb_set() -> frozenset[str]:
    return frozenset(_verbs())


@cache
def _counted() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("counted-nouns"))
