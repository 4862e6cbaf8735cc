"""The entity behind the source of a statement: named in it, or named before and taken up by "he" or "the minister"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from onrecord import lexicon
from onrecord.reading.attributions.sources import says_what_another_is
from onrecord.reading.document import article_of, text_of
from onrecord.reading.marks import HYPHENS
from onrecord.reading.names.actors import AGENCY_ROLES, is_agency
from onrecord.reading.names.offices import holder_of, is_office
from onrecord.reading.quotation_marks import Quotation
from onrecord.reading.schema import Entity, Mention
from onrecord.reading.spans import is_line_break, tokens_of
from onrecord.reading.syntax import children, prepositions

_PERSONAL = {"he": "person", "she": "person", "who": "person", "they": "organisation", "it": "organisation"}
_SPEAKING = ("person", "organisation")
_SENTENCES_BACK = 4
"""Further back a pronoun's antecedent is anybody's guess."""


class Speakers:
    """Finds speakers in one document; remembers who spoke before, so that "he" can be told."""

    def __init__(
        self,
        doc: Doc,
        quoted: Sequence[Quotation],
        contents: Sequence[Sequence[Span]],
        sources: Sequence[Span] = (),
    ) -> None:
        self._doc = doc
        self._text = text_of(doc)
        self._entities: dict[str, Entity] = {entity.id: entity for entity in doc._.entities}
        self._mentions: list[Mention] = [
            mention for mention in doc._.mentions if self._entities[mention.entity].type in (*_SPEAKING, "place")
        ]
        self._sentence_of = {token.i: at for at, sentence in enumerate(doc.sents) for token in sentence}
        spoken = {token.i for spans in contents for span in spans for token in span}
        self._unnamed = [source.root for source in sources if self._is_unnamed(source)]
        self._unclaimed = [quotation for quotation in quoted if _is_long(quotation) and quotation.start not in spoken]
        self._unclaimed += [one for one, other in pairwise(quoted) if self._is_cut_off(one, other)]

    def _is_cut_off(self, quotation: Quotation, following: Quotation) -> bool:
        """Whether a new quotation follows a long one in the same paragraph, and not a word stands between the two."""
        between = self._doc[quotation.end : following.start]
        empty = not any(token.text[0].isalnum() or is_line_break(token) for token in between)
        return empty and _is_long(quotation)

    def speaker_of(self, source: Sequence[Span], content: Sequence[Span] = ()) -> str | None:
        """The id of the entity that speaks; None where it is not named, or where the text no longer says who it is.

        Who speaks names himself in nothing of `content`: "the regime of X jailed a doctor, she said".
        """
        if not source:
            return None
        span = source[0]
        named = self._named(span)
        if named is not None:
            return named
        if is_office(span.text):
            return self._holder(span)
        head = span.root
        if head.lower_ in _PERSONAL and len(span) == 1:
            return self._antecedent(head, _PERSONAL[head.lower_], content)
        taken_up = _roles().get(head.lemma_.lower())
        is_definite = span[0].lower_ in {"the", "this", "that", "his", "her", "its"}
        return (
            self._antecedent(head, taken_up, content) if taken_up and is_definite and not _is_of_another(head) else None
        )

    def _holder(self, span: Span) -> str | None:
        """The one who held the office on the day of publication, where the text names that one anywhere."""
        holder = holder_of(span.text, (article_of(self._doc).published or "")[:10] or None)
        named = (id for id, entity in self._entities.items() if holder is not None and entity.name == holder.name)
        return next(named, None)

    def _named(self, span: Span) -> str | None:
        """The entity that the source names: the person in it, else the organisation, else the place that speaks."""
        beside = {token.idx for clause in children(span.root, "acl", "acl:relcl") for token in clause.subtree}
        inside = [each for each in self._mentions if span.start_char <= each.start and each.end <= span.end_char]
        inside = [each for each in inside if each.start not in beside and not self._is_in_compound(each)]
        for kind in (*_SPEAKING, "place"):
            of_kind = [each for each in inside if self._entities[each.entity].type == kind]
            if of_kind and (kind != "place" or _is_name_alone(span, of_kind[0])):
                return of_kind[0].entity
        return None

    def _is_in_compound(self, mention: Mention) -> bool:
        """Whether the name only begins a compound: "Houthi-run"."""
        return self._text[mention.end : mention.end + 1] in HYPHENS

    def _antecedent(self, token: Token, kind: str, content: Sequence[Span]) -> str | None:
        """The nearest entity of the kind named before, where nothing stands between that leaves it open."""
        here = self._sentence_of[token.i]
        for mention in reversed(self._mentions):
            entity = self._entities[mention.entity]
            if mention.end > token.idx or entity.type != kind or _is_other_newsroom(entity, token):
                continue
            first = self._first_token(mention)
            of_source = first.i >= token.left_edge.i
            if of_source or says_what_another_is(first) or any(span.start <= first.i < span.end for span in content):
                continue
            if here - self._sentence_of[first.i] > _SENTENCES_BACK or self._speaker_is_lost(first, token):
                return None
            if any(first.sent.start <= other.i < token.i and _may_be(other, token) for other in self._unnamed):
                return None
            if _is_subject(first) or self._sentence_of[first.i] < here:
                return mention.entity
        return None

    def _is_unnamed(self, source: Span) -> bool:
        """Whether it is a noun phrase without a name: "a doctor", "local sources"."""
        return source.root.pos_ == "NOUN" and self._named(source) is None

    def _speaker_is_lost(self, antecedent: Token, pronoun: Token) -> bool:
        """Whether a quotation that nobody is said to have spoken stands between: the page cut its speaker away."""
        return any(antecedent.i < quotation.start <= pronoun.i for quotation in self._unclaimed)

    def _first_token(self, mention: Mention) -> Token:
        span = tokens_of(self._doc, mention)
        assert span is not None
        return span[0]


def _is_other_newsroom(entity: Entity, token: Token) -> bool:
    """Whether a newsroom is asked about by a word for something else: "the ministry" is no agency."""
    return token.pos_ == "NOUN" and token.lemma_.lower() not in AGENCY_ROLES and is_agency(entity)


def _may_be(unnamed: Token, pronoun: Token) -> bool:
    """Whether the pronoun may take up the unnamed speaker, by number."""
    return (unnamed.tag_ == "NNS") == (pronoun.lower_ == "they" or pronoun.tag_ == "NNS")


def _is_long(quotation: Quotation) -> bool:
    return quotation.end - quotation.start > 5


def _is_of_another(noun: Token) -> bool:
    """Whether the phrase says whose it is, so that it is none named before: "the regional prosecutor's office"."""
    possessors = [each for each in children(noun, "nmod:poss") if each.pos_ != "PRON"]
    return bool(possessors) or any("of" in prepositions(each) for each in children(noun, "nmod"))


def _is_name_alone(span: Span, mention: Mention) -> bool:
    return len(span.text.removeprefix("the ").removeprefix("The ")) - (mention.end - mention.start) <= 1


def _is_subject(token: Token) -> bool:
    return any(each.dep_ in {"nsubj", "nsubj:pass", "obl:agent", "ROOT"} for each in (token, token.head))


@cache
def _roles() -> dict[str, str]:
    return {row["noun"]: row["type"] for row in lexicon.rows("speaker-roles")}
