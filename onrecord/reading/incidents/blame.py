"""Who is made, or makes himself, the doer of a happening that is told elsewhere: "the FMLN claimed responsibility"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import BlameWord, blame_word
from onrecord.reading.syntax import all_conjuncts, doers, is_negated, obliques, subjects, undergoers

_FOLLOWS = 4  # sentences


def with_blame(drafts: list[Draft], setting: Setting) -> None:
    """Add to each draft whom the text blames for it."""
    assaults = [draft for draft in drafts if draft.type == "ASSAULT"]
    if not assaults:
        return
    for verb in setting.doc:
        if verb.pos_ != "VERB":
            continue
        word = blame_word(verb) if not is_negated(verb) else None
        draft = _blamed_for(verb, assaults, setting) if word is not None else None
        if word is not None and draft is not None:
            draft.blamed += [(token, word.blame) for token in _doers(verb, word) if not is_negated(token)]


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
