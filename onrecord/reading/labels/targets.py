"""Of whom a designation is said: in the phrase, beside it, or just before it; for deeds, who did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from onrecord.reading.attributions.sources import says_what_another_is
from onrecord.reading.labels.deeds import doer_of
from onrecord.reading.labels.designations import Designation
from onrecord.reading.labels.parties import ANYBODY, PARTIES, Named, Parties
from onrecord.reading.labels.speakers import innermost
from onrecord.reading.labels.told import DEFINITE, DEMONSTRATIVE, Told, determiner
from onrecord.reading.labels.words import first_conjunct, has_context, head_of_phrase, words_with_role
from onrecord.reading.names.actors import actor_named, actor_of
from onrecord.reading.names.section import mention_at
from onrecord.reading.schema import MentionType
from onrecord.reading.syntax import children, is_negated

_NAMING_PREPOSITIONS = frozenset({"of", "from", "like"})
_PLACES: frozenset[MentionType] = frozenset({"place", "facility", "organisation"})
_AT_LARGE = frozenset({"rebel", "opposition", "moderates"})
"""Designations that mean a camp of many groups, so that "the rebels" are not the group named last."""


def targets_of(parties: Parties, found: tuple[Designation, ...]) -> tuple[str | None, ...]:
    """For each designation the entity designated, or the text's own words for it; None where nobody is named."""
    told = Told(governments=_governments_named(parties, found))
    return tuple(_remembered(parties, one, told) for one in found)


def _remembered(parties: Parties, one: Designation, told: Told) -> str | None:
    target = _BY_KIND[_kind(parties.doc, one)](parties, one, told)
    if target is not None and one.designates == "side":
        told.designated[target] += 1
    if target is not None and one.designates == "deed":
        told.doer = target
    return target


def _kind(doc: Doc, one: Designation) -> str:
    """What is designated, by the noun that follows: a "terror group" is a side, a "criminal act" a deed."""
    head = head_of_phrase(doc, one.end - 1)
    noun = head.lemma_.lower()
    if head.i < one.end or any(occurrence.word.word_class == "name" for occurrence in one.words):
        return one.designates  # "the Daesh threat" is no deed of somebody who is to be found
    if one.designates == "deed" and noun in words_with_role("people") | words_with_role("group"):
        return "side"
    if one.designates == "side" and noun in words_with_role("deed"):
        return "deed"
    return one.designates


def _governments_named(parties: Parties, found: tuple[Designation, ...]) -> Counter[str]:
    """The governments that designations name in their own phrase ("the Assad regime"), by how often."""
    named = (_government_in_phrase(parties, one) for one in found if one.designates == "government")
    return Counter(entity for entity in named if entity is not None)


def _government(parties: Parties, one: Designation, told: Told) -> str | None:
    own = _government_in_phrase(parties, one)
    if own is not None:
        return own
    if told.governments:
        return told.governments.most_common(1)[0][0]
    return parties.government() or one.span(parties.doc).text


def _government_in_phrase(parties: Parties, one: Designation) -> str | None:
    """The government that its own phrase names: "the Assad regime", "the Iranian regime", "the regime of X"."""
    before = parties.before(one.start, ANYBODY, possessive=True)
    if before is not None and parties.stands_for_government(before):
        return parties.government_of(before.mention.entity)
    lost = parties.of_word(parties.doc[one.start - 1]) if one.start else None
    after = _after_preposition(parties, one.end, ANYBODY, frozenset({"of"}))
    found = next((entity for entity in (lost, after) if entity is not None and parties.can_act(entity)), None)
    return parties.government_of(found) if found is not None else None


def _side(parties: Parties, one: Designation, told: Told) -> str | None:
    beside = _in_phrase(parties, one) or _of_people(parties, one) or _such_as(parties, one)
    return (
        _named_by_itself(parties, one)
        or (beside if beside is not None and _may_be_called(parties, one, beside) else None)
        or _equated(parties, one)
        or _equated_by_wording(parties, one)
        or _named_just_before(parties, one, told)
    )


def _of_people(parties: Parties, one: Designation) -> str | None:
    """The name after "of" or "from": of people ("militants of X"), not of what they hold ("stronghold of X")."""
    head = head_of_phrase(parties.doc, one.end - 1)
    if head.i >= one.end and not has_context(head, "people", "group", "force"):
        return None
    return _after_preposition(parties, _phrase_end(parties.doc, one), PARTIES, _NAMING_PREPOSITIONS)


def _may_be_called(parties: Parties, one: Designation, entity: str) -> bool:
    """Whether the designation fits a name beside it: no state, no ruler and no news agency are rebels."""
    word = one.words[-1].word
    if word.word.startswith(("so-", "self-")) or word.word == "opposition" or _is_territorial(one):
        return True
    if parties.is_state(entity) or parties.is_news(entity):
        return False
    return word.tone == "hostile" or not parties.rules(entity)


def _named_by_itself(parties: Parties, one: Designation) -> str | None:
    """Who is designated where the designation is a name of its own: "Daesh", "the Zionist entity"."""
    for occurrence in one.words:
        if occurrence.word.names:
            named = parties.at(parties.doc[occurrence.start], PARTIES)
            own = named.mention.entity if named is not None and occurrence.word.word_class == "name" else None
            return own or _entity_of_actor(parties, occurrence.word.names) or occurrence.word.names
    return _entity_doubted(parties, one) if one.scare_quotes and _is_territorial(one) else None


def _entity_doubted(parties: Parties, one: Designation) -> str | None:
    """Whose name the doubted words are part of: the Donetsk "people's republic"."""
    span = one.span(parties.doc)
    mention = mention_at(parties.doc, span.start_char, span.end_char)
    actor = actor_of(parties.entities.get(mention.entity)) if mention is not None else None
    return mention.entity if mention is not None and actor is not None else None


def _entity_of_actor(parties: Parties, name: str) -> str | None:
    actor = actor_named(name)
    if actor is None:
        return None
    same = (id_ for id_, entity in parties.entities.items() if actor_named(entity.name) == actor)
    return next(same, None)


def _in_phrase(parties: Parties, one: Designation) -> str | None:
    """The name before ("ISIS terrorists") or after ("the rebel group Jaish al-Islam", "so-called Islamic State")."""
    sceptical = one.words[-1].word.word.startswith(("so-", "self-"))
    if sceptical:
        named = parties.after(one.end, ANYBODY) or parties.before(one.start, PARTIES, possessive=True)
        return named.mention.entity if named is not None else None
    types = ANYBODY if _is_territorial(one) else PARTIES
    before = parties.before(one.start, types)
    if before is None and one.start != one.words[-1].start:
        before = parties.before(one.words[-1].start, types)
    if before is not None:
        return before.mention.entity
    if one.words[-1].word.plural:
        return None
    after = parties.after(one.end, types)
    return after.mention.entity if after is not None and not _ends_sentence(parties.doc, one.end, after) else None


def _is_territorial(one: Designation) -> bool:
    """Whether a place or nationality before the designation says whose it is: "Russian invaders"."""
    return any(occurrence.word.word in words_with_role("territorial") for occurrence in one.words)


def _ends_sentence(doc: Doc, start: int, named: Named) -> bool:
    return doc[start - 1].sent.start != named.span.sent.start


def _phrase_end(doc: Doc, one: Designation) -> int:
    return max(one.end, head_of_phrase(doc, one.end - 1).i + 1)


def _after_preposition(
    parties: Parties, end: int, types: frozenset[MentionType], prepositions: frozenset[str]
) -> str | None:
    """The name that a preposition ties to the phrase: "militants of the Jabhat Fatah al-Sham"."""
    doc = parties.doc
    if end >= len(doc) or doc[end].lower_ not in prepositions:
        return None
    for token in doc[end + 1 : end + 6]:
        named = parties.at(token, types)
        if named is not None:
            return named.mention.entity
        if token.pos_ in {"VERB", "AUX", "SCONJ", "ADP"} or token.is_sent_start or token.text in '.;,”"':
            return None
    return None


def _such_as(parties: Parties, one: Designation) -> str | None:
    doc, end = parties.doc, _phrase_end(parties.doc, one)
    after = doc[end : end + 2].text.lower()
    if after not in {"such as", "known as", "identified as", "named as"} and doc[end : end + 1].text.lower() not in {
        "called",
        "named",
    }:
        return None
    return next((named.mention.entity for named in parties.all_in(doc[end : end + 8])), None)


def _equated(parties: Parties, one: Designation) -> str | None:
    """Who is said to be it: "X is a terrorist group", "X, a terrorist group", "considers X a terrorist group"."""
    noun = head_of_phrase(parties.doc, one.end - 1)
    head = first_conjunct(noun)
    if any(map(is_negated, (noun, head, head.head))):
        return None
    if any(child.dep_ == "cop" for child in head.children):
        subjects = (child for child in head.children if child.dep_ == "nsubj")
        found = next((who for each in subjects if (who := _referent(parties, one, each, head)) is not None), None)
        return found or _object_named(parties, one, head)
    if head.dep_ == "appos":
        return parties.in_subtree(head.head, PARTIES)
    if head.dep_ in {"xcomp", "obl", "obj"} and head.head.lemma_.lower() in words_with_role("naming"):
        return _object_named(parties, one, head)
    appositions = (parties.in_subtree(child, PARTIES) for child in head.children if child.dep_ == "appos")
    return next((entity for entity in appositions if entity is not None), None)


def _object_named(parties: Parties, one: Designation, head: Token) -> str | None:
    """Whom the verb of naming above gives the name to: "considers X a spy", "X, accused of being a spy"."""
    verb = head.head
    if not has_context(verb, "naming"):
        return None
    objects = [child for child in verb.children if child.dep_ in {"obj", "nsubj:pass"} and child != head]
    named = (_referent(parties, one, child, verb) for child in objects)
    return next((entity for entity in named if entity is not None), None) or _relative_antecedent(parties, verb)


def _equated_by_wording(parties: Parties, one: Designation) -> str | None:
    """The same by the order of words: "X is a terrorist", "X, a terrorist", "regards X as a terrorist"."""
    doc, at = parties.doc, one.start - 1
    while at > 0 and (doc[at].pos_ in {"ADJ", "ADV"} or doc[at].is_quote):
        at -= 1
    if at < 1 or doc[at].pos_ != "DET" or doc[at].lower_ in DEMONSTRATIVE:
        return None
    link = doc[at - 1]
    if link.lemma_.lower() == "be" or link.text == ",":
        named = parties.at(doc[at - 2], PARTIES) if at > 1 else None
        return named.mention.entity if named is not None else None
    given = at - 2 if link.lower_ in {"as", "being"} else at - 1
    named = parties.at(doc[given], PARTIES) if given > 0 else None
    if named is None:
        return None
    before = doc[max(named.span.start - 2, 0) : named.span.start]
    return named.mention.entity if any(has_context(token, "naming") for token in before) else None


def _referent(parties: Parties, one: Designation, token: Token, clause: Token) -> str | None:
    if token.lower_ in {"which", "who", "that", "whom"}:
        return _relative_antecedent(parties, clause)
    if token.lower_ in {"it", "they"}:
        return parties.taken_up(token)
    if token.lower_ in {"we", "i"} and one.quotation is not None:
        said = innermost(parties.doc, token)
        return said.speaker if said is not None else None
    return parties.in_subtree(token, PARTIES)


def _relative_antecedent(parties: Parties, clause: Token) -> str | None:
    if clause.dep_ in {"acl:relcl", "acl"}:
        return parties.in_subtree(clause.head, PARTIES)
    return None


def _named_just_before(parties: Parties, one: Designation, told: Told) -> str | None:
    """The armed group named just before, where the phrase takes it up: "the group", "these terrorists".

    What is quoted takes up only what was named in the quotation, and an agent is not whom the sentence says it harmed.
    """
    doc = parties.doc
    opener = determiner(doc, one)
    if opener not in DEFINITE or one.words[-1].word.word in _AT_LARGE:
        return None
    head = head_of_phrase(doc, one.end - 1)
    of_group = head.lemma_.lower() in words_with_role("group") and head.tag_ != "NNS"
    if not (of_group or one.words[-1].word.plural or opener in DEMONSTRATIVE):
        return None
    start, end = _window(doc, one)
    groups = [
        group for group in _groups_in(parties, doc[start:end], told) if group not in _of_same_clause(parties, one)
    ]
    if groups:
        return groups[-1]
    earlier = set(_groups_in(parties, doc[:end], told)) if one.quotation is None else set()
    return earlier.pop() if len(earlier) == 1 else None


def _of_same_clause(parties: Parties, one: Designation) -> set[str]:
    """Who is the subject of the clause whose object is designated: not the designated one too."""
    verb = head_of_phrase(parties.doc, one.end - 1).head
    tokens = [token for token in verb.children if token.dep_ in {"nsubj", "nsubj:pass"} and token.i < one.start]
    return {found for token in tokens if (found := parties.in_subtree(token, PARTIES)) is not None}


def _window(doc: Doc, one: Designation) -> tuple[int, int]:
    """From where to where the antecedent of a phrase can stand: the sentence before, and its own up to the phrase."""
    sentence = doc[one.start].sent
    start = doc[sentence.start - 1].sent.start if sentence.start else sentence.start
    if one.quotation is not None:
        start = max(start, one.quotation.start)
    is_agent = any(token.lower_ == "by" for token in doc[max(one.start - 3, sentence.start) : one.start])
    end = sentence.start if is_agent else one.start
    return start, max(end, start)


def _groups_in(parties: Parties, tokens: Span, told: Told) -> list[str]:
    """The armed groups that the tokens name, and what else was designated as a side before."""
    return [
        named.mention.entity
        for named in parties.all_in(tokens, frozenset({"organisation"}))
        if (parties.is_armed_group(named.mention.entity) or named.mention.entity in told.designated)
        and not says_what_another_is(named.span.root)
    ]


def _place(parties: Parties, one: Designation, _told: Told) -> str | None:
    """The place that is liberated, occupied or cleansed."""
    doc, token = parties.doc, parties.doc[one.words[-1].start]
    if one.words[-1].word.word_class == "verb" or token.pos_ == "VERB":
        objects = [child for child in token.children if child.dep_ in {"obj", "nsubj:pass"}]
        for child in objects:
            found = parties.in_subtree(child, _PLACES) or _place_before(parties, child)
            if found is not None:
                return found
    after = parties.after(one.end, _PLACES)
    if after is not None:
        return after.mention.entity
    tied = _after_preposition(parties, one.end, _PLACES, frozenset({"of", "the", "to"}))
    head = head_of_phrase(doc, one.start)
    return tied or parties.in_subtree(head, _PLACES)


def _place_before(parties: Parties, token: Token) -> str | None:
    """The facility or place named last, where "this building", "the city" takes it up."""
    if not any(child.lower_ in DEFINITE for child in token.children):
        return None
    before = list(parties.all_in(parties.doc[: token.i], frozenset({"place", "facility"})))
    facilities = [named for named in before if named.mention.type == "facility"] or before
    return facilities[-1].mention.entity if facilities else None


def _dead(parties: Parties, one: Designation, _told: Told) -> str | None:
    """Who died, where a person is named: "the martyr X", "the martyrdom of X", "X was martyred"."""
    doc, persons = parties.doc, frozenset[MentionType]({"person"})
    after = parties.after(one.end, persons)
    if after is not None:
        return after.mention.entity
    killed = [found for token in doc[one.start : one.end] for found in children(token, "nsubj:pass", "obj")]
    of_phrase = _after_preposition(parties, one.end, persons, frozenset({"of"}))
    return of_phrase or next((found for each in killed if (found := parties.in_subtree(each, persons))), None)


def _nobody(_parties: Parties, _one: Designation, _told: Told) -> str | None:
    return None


_BY_KIND: dict[str, Callable[[Parties, Designation, Told], str | None]] = {
    "side": _side,
    "government": _government,
    "deed": doer_of,
    "place": _place,
    "dead": _dead,
    "cause": _nobody,
}
