"""By whom a designation is said: the quoted speaker, who is told to use it, or the outlet itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicon import rows
from onrecord.reading.attributions.telling import tells
from onrecord.reading.labels.designations import Designation
from onrecord.reading.labels.parties import ANYBODY, PARTIES, Named, Parties
from onrecord.reading.labels.words import (
    first_conjunct,
    has_context,
    head_of_phrase,
    lexicon,
    words_with_role,
    words_with_roles,
)
from onrecord.reading.quotation_marks import Quotation
from onrecord.reading.schema import Attribution
from onrecord.reading.spans import is_line_break
from onrecord.reading.syntax import RELATIVE, ancestors, children, core_phrase, doers, is_negated, subjects

OUTLET = "outlet"
_BEFORE_TELLER = frozenset({"the", "said", "he", "she", "a", "an"})
_NAME_GIVEN = frozenset({"xcomp", "obl", "obj", "ccomp", "advcl"})
HEADLINE_TOKENS = 25
TELLER_TOKENS = 16
"""As far from a quotation may the verb stand that says who spoke."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`by` as in the contract (entity id, the text's words, "outlet", None for one not told), and the attribution."""

    by: str | None
    attribution: str | None = None


def speaker_of(doc: Doc, one: Designation, parties: Parties) -> Speaker:
    """Who uses the designation.

    Within quotation marks it is the one quoted, and where the naming itself is reported ("labels them terrorists") the
    one who names. In other reported speech the words are the outlet's, which the attribution shows.
    """
    attribution = innermost(doc, doc[one.start])
    if one.quotation is not None:
        return _quoted(doc, one, parties, attribution)
    namer = _namer(parties, one)
    if namer is not None:
        return Speaker(_party(parties, namer), attribution.id if attribution is not None else None)
    if attribution is None:
        return Speaker(OUTLET)
    if _is_what_is_said(doc, one):
        return Speaker(who(attribution), attribution.id)
    return Speaker(OUTLET, attribution.id)


def innermost(doc: Doc, token: Token) -> Attribution | None:
    """The attribution whose content the token stands in; of several the narrowest."""
    holding = [
        attribution
        for attribution in doc._.attributions
        if any(part.start <= token.idx < part.end for part in attribution.content)
    ]
    return min(holding, key=_length, default=None)


def who(attribution: Attribution) -> str | None:
    """The speaker of an attribution: the entity, else the source's own words, None where neither is told."""
    if attribution.speaker is not None:
        return attribution.speaker
    return _without_article(attribution.source[0].text) if attribution.source else None


def _person_meant(attribution: Attribution, parties: Parties) -> str | None:
    """The speaker; his pronoun where what "he" was taken for is no person."""
    source = attribution.source[0].text if attribution.source else ""
    entity = parties.entities.get(attribution.speaker or "")
    if source.lower() in {"he", "she"} and entity is not None:
        is_person = entity.type == "person" and entity.name.lower() not in lexicon()
        return entity.id if is_person else source
    return who(attribution)


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an"} else words


def _length(attribution: Attribution) -> int:
    return sum(part.end - part.start for part in attribution.content)


def _quoted(doc: Doc, one: Designation, parties: Parties, attribution: Attribution | None) -> Speaker:
    """Who is quoted: by the sentence of the quotation, else by its attribution, else by the quotation before."""
    assert one.quotation is not None
    told = attribution or _of_quotation(doc, one.quotation)
    by_sentence = _named_beside(doc, one, parties)
    if by_sentence is not None and (told is None or not _is_source_of(told, by_sentence)):
        return Speaker(_party(parties, by_sentence), None)
    if told is not None and who(told) is not None and not (one.scare_quotes and _is_far(told, doc[one.start])):
        return Speaker(_person_meant(told, parties), told.id)
    before_dash = _before_dash(doc, one, parties)
    if before_dash is not None:
        return Speaker(before_dash)
    if by_sentence is not None:
        return Speaker(_party(parties, by_sentence), told.id if told is not None else None)
    if one.scare_quotes:
        return Speaker(OUTLET)
    near = told or _of_neighbour(doc, one.quotation)
    return Speaker(who(near), near.id) if near is not None else Speaker(None)


def _named_beside(doc: Doc, one: Designation, parties: Parties) -> Token | None:
    """The head of the phrase that the sentence names as speaker."""
    assert one.quotation is not None
    if one.scare_quotes:
        return _namer(parties, one) or _teller_of_clause(parties, one)
    return _teller_beside(doc, one.quotation)


def _is_far(attribution: Attribution, token: Token) -> bool:
    """Whether the source stands in another sentence; a word in scare quotes is hardly his."""
    sentence = token.sent
    return not any(sentence.start_char <= part.start < sentence.end_char for part in attribution.source)


def _before_dash(doc: Doc, one: Designation, parties: Parties) -> str | None:
    """Who is named before the dash or colon of a headline: "Syria's Assad - ... 'terrorists' ..."."""
    start = _line_start(doc, one.start)
    for token in doc[start : one.start]:
        if token.text == ":" or (token.text in {"-", "–", "—"} and token.whitespace_):
            named = list(parties.all_in(doc[start : token.i], PARTIES))
            return named[-1].mention.entity if named else None
    return None


def _line_start(doc: Doc, at: int) -> int:
    """Where the line begins that a token stands in, at most a headline's length before it."""
    start = at
    while start > 0 and at - start < HEADLINE_TOKENS and "\n" not in doc[start - 1].text:
        start -= 1
    return start


def _is_source_of(attribution: Attribution, token: Token) -> bool:
    return any(part.start <= token.idx < part.end for part in attribution.source)


def _teller_beside(doc: Doc, quotation: Quotation) -> Token | None:
    """The subject of the verb of telling next to a quotation: after it ("…", the source said), else before it."""
    after = _teller_in(doc, range(quotation.end, min(quotation.end + TELLER_TOKENS, len(doc))), inverted=True)
    if after is not None and (doc[after.i].sent.start < quotation.end or _begins_sentence(doc, quotation.end)):
        return after
    first = doc[quotation.start].sent.start
    return _teller_in(doc, range(quotation.start - 1, max(quotation.start - TELLER_TOKENS, first, 0) - 1, -1))


def _begins_sentence(doc: Doc, at: int) -> bool:
    """Whether what follows the closing mark goes on in small letters or names who spoke, split off by the parser."""
    words = [token for token in doc[at : at + 3] if token.is_alpha]
    return bool(words) and (words[0].lower_ in _BEFORE_TELLER or words[0].text[:1].islower())


def _teller_in(doc: Doc, places: range, *, inverted: bool = False) -> Token | None:
    """The subject of the first verb of telling; `inverted` where it may stand behind the verb: "said Holt"."""
    for at in places:
        token = doc[at]
        if is_line_break(token) or (token.text in {'"', "“", "”"} and at != places[0]):
            return None
        if token.pos_ == "VERB" and token.lemma_.lower() in _telling():
            own = [found for found in children(token, "nsubj") if found.lower_ not in RELATIVE and found.pos_ != "DET"]
            if own:
                return own[0]
            behind = doc[at + 1 : at + 2] if inverted else None
            return behind[0] if behind and behind[0].pos_ in {"PROPN", "PRON"} else _noun_before(doc, at)
    return None


def _noun_before(doc: Doc, at: int) -> Token | None:
    """The noun right before a verb, where the parse gives the verb no subject."""
    token = doc[at - 1] if at else None
    return token if token is not None and token.pos_ in {"NOUN", "PROPN", "PRON"} else None


@cache
def _telling() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("telling"))


def _of_quotation(doc: Doc, quotation: Quotation) -> Attribution | None:
    """The attribution that another part of the same quotation stands under."""
    start, end = doc[quotation.start].idx, doc[quotation.end - 1].idx
    shared = [
        attribution
        for attribution in doc._.attributions
        if any(part.start <= end and start < part.end for part in attribution.content)
    ]
    return min(shared, key=_length, default=None)


def _of_neighbour(doc: Doc, quotation: Quotation) -> Attribution | None:
    """The attribution of the quotation before, which one without a speaker of its own carries on."""
    start = doc[quotation.start].idx
    before = [
        attribution
        for attribution in doc._.attributions
        if attribution.quote != "indirect" and attribution.content and attribution.content[-1].end <= start
    ]
    return max(before, key=lambda attribution: attribution.content[-1].end, default=None)


def _namer(parties: Parties, one: Designation) -> Token | None:
    """Who is told to give the name: "Damascus calls them terrorists", "classed by the UN as terrorist"."""
    head = first_conjunct(head_of_phrase(parties.doc, one.end - 1))
    verb = head.head
    if has_context(verb, "naming") and is_negated(verb):
        return None
    if not has_context(verb, "naming") or head.dep_ not in _NAME_GIVEN:
        return _subject_before(parties.doc, one)
    if head.dep_ == "obj" and not one.scare_quotes and not _takes_a_name(verb):
        return _subject_before(parties.doc, one)
    direct = _noun_before(parties.doc, verb.i)
    if direct is not None and parties.at(direct, PARTIES) is not None and not children(direct, "case"):
        return direct
    return next((token for token in doers(verb) if _can_name(parties, token)), None)


def _can_name(parties: Parties, token: Token) -> bool:
    named = parties.at(token)
    return named is None or parties.can_act(named.mention.entity) or parties.is_capital(named.mention.entity)


def _takes_a_name(verb: Token) -> bool:
    """Whether its second object is the name given; that of others ("denounced the terrorists") is the one named."""
    return has_context(verb, "calling")


def _subject_before(doc: Doc, one: Designation) -> Token | None:
    """The subject of a verb of naming with "as" right before the designation, however the sentence was parsed."""
    at = one.start - 1
    while at > 0 and (doc[at].is_quote or doc[at].pos_ in {"DET", "ADJ"}):
        at -= 1
    reach = 5 if doc[at].lower_ in {"as", "being"} else 3
    for verb in reversed(doc[max(at - reach, doc[at].sent.start) : at + 1]):
        calls = has_context(verb, "naming") and (reach == 5 or _takes_a_name(verb))
        if verb.pos_ == "VERB" and calls:
            return next((found for found in doers(verb) if found.i < verb.i), None)
    return None


def _teller_of_clause(parties: Parties, one: Designation) -> Token | None:
    """Who does what is told in scare quotes: "the government vowed to fight 'terrorists'".

    A word that only the marks make a label is doubted by who writes it: whoever held a "referendum" had no doubt.
    """
    token = parties.doc[one.start]
    verbs = [above for above in _within_clause(token) if above.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]
    if all(occurrence.word.when == "quoted" for occurrence in one.words):
        verbs = [verb for verb in verbs if tells(verb)]
    for verb in reversed(verbs):
        for subject in subjects(verb):
            apart = subject.right_edge.i < token.i - 1 or subject.i > token.i + 1
            if apart and _may_speak(parties, subject):
                return subject
    return None


def _within_clause(token: Token) -> Iterator[Token]:
    """The token and what is above it, up to the head of a clause that only stands beside another: "…; army blames"."""
    for above in (token, *ancestors(token)):
        yield above
        if above.dep_ in {"parataxis", "conj"} and children(above, "nsubj"):
            return


def _may_speak(parties: Parties, token: Token) -> bool:
    """Whether a noun phrase names somebody, or a side without a name."""
    if parties.at(token) is not None or parties.in_subtree(token, ANYBODY) is not None:
        return True
    return token.pos_ == "NOUN" and token.lemma_.lower() in words_with_roles(("people", "group", "spokesman"))


def _party(parties: Parties, token: Token) -> str | None:
    """The entity a noun phrase names, or its own words where it is a side without a name."""
    named = parties.at(token) or _name_after_title(parties, token)
    if named is not None:
        return named.mention.entity
    if token.lower_ in {"he", "she"}:
        return _person_before(parties, token) or token.text
    if token.pos_ == "NOUN":
        return core_phrase(token).text
    return parties.in_subtree(token, ANYBODY) or token.text


def _name_after_title(parties: Parties, token: Token) -> Named | None:
    """The person whose name follows a title: "spokeswoman Maria Zakharova"."""
    following = parties.doc[token.i + 1 : token.i + 2]
    return parties.at(following[0], frozenset({"person"})) if following else None


def _person_before(parties: Parties, pronoun: Token) -> str | None:
    """The person named last in this sentence or the two before, whom "he" can mean."""
    start = pronoun.sent.start
    for _ in range(2):
        start = parties.doc[start - 1].sent.start if start else start
    people = list(parties.all_in(parties.doc[start : pronoun.i], frozenset({"person"})))
    return people[-1].mention.entity if people else None


def _is_what_is_said(doc: Doc, one: Designation) -> bool:
    """Whether the reported sentence itself says that somebody is it: "he said the group was terrorist"."""
    head = head_of_phrase(doc, one.end - 1)
    if any(child.dep_ == "cop" for child in head.children):
        return True
    return head.dep_ in {"obj", "obl", "xcomp"} and head.head.lemma_.lower() in words_with_role("equating")
