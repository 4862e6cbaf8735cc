"""Who is made, or makes himself, the doer of a happening that is told elsewhere: "the FMLN claimed responsibility"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.reference import is_own_account
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import BlameWord, blame_word, event_word, hedge
from onrecord.reading.schema import Blame
from onrecord.reading.syntax import (
    all_conjuncts,
    child,
    children,
    doers,
    is_negated,
    obliques,
    prepositions,
    subjects,
    undergoers,
)

_FOLLOWS = 4  # sentences
_OPEN = frozenset({"if", "whether"})
_TAKEN_UP = frozenset({"it", "this", "that", "them", "these", "those", "both"})


def with_blame(drafts: list[Draft], setting: Setting) -> None:
    """Add to each draft whom the text blames for it."""
    assaults = [draft for draft in drafts if draft.type == "ASSAULT"]
    if not assaults:
        return
    for verb in setting.doc:
        if verb.pos_ in {"NOUN", "ADJ"}:
            _blame_by_predicate(verb, assaults, setting)
        if verb.pos_ != "VERB":
            continue
        _suspect(verb, assaults)
        word = blame_word(verb) if not is_negated(verb) else None
        draft = _blamed_for(verb, assaults, setting) if word is not None else None
        if word is not None and draft is not None:
            draft.blamed += [(token, word.blame) for token in _doers(verb, word) if not is_negated(token)]


def _blame_by_predicate(predicate: Token, assaults: list[Draft], setting: Setting) -> None:
    """Add who is said to be responsible: "officials said the group was behind the attack"."""
    if not _is_blame(predicate) or is_negated(predicate):
        return
    named = all_conjuncts(children(predicate, "nsubj"))
    own = [token for token in named if is_own_account(token, setting)]
    others = [token for token in named if token not in own and token.pos_ != "PRON"]
    draft = _blamed_for(predicate, assaults, setting) if own or others else None
    if draft is not None:
        blame = _blame_of_speaker(predicate, setting)
        draft.blamed += [(token, "claimed") for token in own]
        draft.blamed += [(token, blame) for token in others]


def _is_blame(predicate: Token) -> bool:
    """Whether it says who did a deed, and of the deed itself, not of "a policy for which the court is responsible"."""
    if child(predicate, "cop") is None or any(mark.lower_ in _OPEN for mark in children(predicate, "mark")):
        return False
    if "behind" in prepositions(predicate):
        return event_word(predicate) is not None
    what = obliques(predicate, "for")
    return predicate.lower_ == "responsible" and all(
        event_word(found) is not None or found.lower_ in _TAKEN_UP for found in what
    )


def _blame_of_speaker(predicate: Token, setting: Setting) -> Blame:
    """What the word of him who says so makes of it: "claimed" of his own deed, else an accusation or a suspicion."""
    statement = setting.attribution_over(predicate.idx, predicate.idx + len(predicate.text))
    if statement is None:
        return "stated"
    weakened = (hedge(word, "cue") for cue in statement.cue for word in _forms(cue.text))
    known = next((found.blame for found in weakened if found is not None and found.blame is not None), None)
    return known if known in {"suspected", "denied"} else "accused"


def _forms(cue: str) -> list[str]:
    word = cue.split()[0].lower()
    return [word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed")]


def _suspect(verb: Token, assaults: list[Draft]) -> None:
    """Add whom the doers are believed to be: "Houthi" of "a sniper believed to be a Houthi"."""
    weakened = hedge(verb.lemma_, "cue")
    if weakened is None or weakened.blame != "suspected":
        return
    held = [found for found in children(verb, "xcomp", "ccomp") if children(found, "cop") and _is_infinitive(found)]
    doing = {token.i for token in subjects(verb)}
    for draft in assaults if held else ():
        found = [token for mention in draft.mentions for token in mention.roles.doers if token.i in doing]
        if found:
            draft.blamed += [(token, "suspected") for token in (*found, *all_conjuncts(held))]


def _is_infinitive(predicate: Token) -> bool:
    return any(mark.lower_ == "to" for mark in children(predicate, "mark"))


def _doers(verb: Token, word: BlameWord) -> list[Token]:
    if word.doer == "subject":
        return doers(verb)
    if word.doer == "object":
        return undergoers(verb)
    return all_conjuncts(obliques(verb, word.doer))


def _blamed_for(verb: Token, drafts: list[Draft], setting: Setting) -> Draft | None:
    """The happening that the blame is for: told in the verb's own clause or its noun, else the last one before it.

    What a clause tells of somebody who is blamed ("the group, which has carried out several bombings") is another one.
    """
    aside = {token.i for each in verb.subtree if each.dep_ == "acl:relcl" for token in each.subtree}
    below = ({token.i for token in verb.subtree} | {token.i for token in subjects(verb)}) - aside
    for draft in drafts:
        if any(mention.trigger.i in below for mention in draft.mentions):
            return draft
    sentence = setting.numbers[verb.i]
    found: dict[int, Draft] = {}
    for draft in drafts:
        for mention in draft.mentions:
            if 0 <= sentence - mention.sentence <= _FOLLOWS and mention.trigger.i not in aside:
                found.setdefault(mention.sentence, draft)
    return found[max(found)] if found else None
