"""Where the words of the lexicon stand as labels in a document, and which of them make one label together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from onrecord.reading.labels.words import (
    LONGEST,
    TONES,
    Occurrence,
    head_of_phrase,
    is_homonym,
    is_in_a_name,
    occurrences,
    words_with_role,
    words_with_roles,
)
from onrecord.reading.marks import HYPHENS
from onrecord.reading.quotation_marks import Quotation, is_scare, quotation_of, quotations
from onrecord.reading.schema import Tone
from onrecord.reading.syntax import IN_PHRASE


@dataclass(frozen=True, slots=True)
class Designation:
    """One label phrase: its words from first to last, and the quotation in which it stands."""

    start: int
    end: int
    words: tuple[Occurrence, ...]
    quotation: Quotation | None
    scare_quotes: bool

    @property
    def tone(self) -> Tone:
        tones = {occurrence.word.tone for occurrence in self.words}
        return next(tone for tone in TONES if tone in tones)

    @property
    def designates(self) -> str:
        """What is designated: a side where one of the words is a name for it, else what the last word says."""
        if any(occurrence.word.word_class == "name" for occurrence in self.words):
            return "side"
        return self.words[-1].word.designates

    @property
    def names_somebody(self) -> bool:
        """Whether the designation is itself a name ("Daesh"), or stands before a name that it doubts ("so-called")."""
        words = [occurrence.word for occurrence in self.words]
        return any(word.word_class == "name" or word.names or word.word.startswith(("so-", "self-")) for word in words)

    def span(self, doc: Doc) -> Span:
        return doc[self.start : self.end]


def designations(doc: Doc) -> tuple[Designation, ...]:
    """The label phrases of a document, in their order."""
    quoted = quotations(doc)
    counting = [found for found in occurrences(doc) if not is_in_a_name(doc, found) and not is_homonym(doc, found)]
    kept: list[Occurrence] = []
    for _ in range(2):  # a word that counts only beside another label needs to know which of those count
        context = _Context(doc, quoted, {found.start for found in kept}, {found.end for found in kept})
        kept = [found for found in counting if _WHEN[found.word.when](context, found)]
    return tuple(_designation(doc, phrase, quoted) for phrase in _phrases(doc, kept))


@dataclass(frozen=True, slots=True)
class _Context:
    """What decides whether a word with a condition counts: the text, its quotations, and where labels are."""

    doc: Doc
    quotations: tuple[Quotation, ...]
    label_starts: set[int]
    label_ends: set[int]

    def following(self, found: Occurrence) -> Token | None:
        return self.doc[found.end] if found.end < len(self.doc) else None

    def phrase_after(self, found: Occurrence) -> tuple[Token, ...]:
        """The next few tokens, as far as they can belong to the same noun phrase."""
        tokens: list[Token] = []
        for token in self.doc[found.end : found.end + LONGEST]:
            if token.pos_ not in IN_PHRASE and token.text not in HYPHENS:
                break
            tokens.append(token)
        return tuple(tokens)


def _always(_context: _Context, _found: Occurrence) -> bool:
    return True


def _before(*roles: str) -> Callable[[_Context, Occurrence], bool]:
    """A condition: a noun of one of the roles comes within the phrase, or another label, or scare quotes hold it."""

    def holds(context: _Context, found: Occurrence) -> bool:
        words = words_with_roles(roles)
        after = context.phrase_after(found)
        return (
            any(token.lemma_.lower() in words or token.lower_ in words for token in after)
            or any(token.i in context.label_starts for token in after)
            or any(token.ent_type_ == "organisation" for token in after[:1])
            or _quoted(context, found)
        )

    return holds


def _with_label(context: _Context, found: Occurrence) -> bool:
    return any(token.i in context.label_starts for token in context.phrase_after(found))


def _before_role_only(*roles: str) -> Callable[[_Context, Occurrence], bool]:
    """A condition: the very next noun is one of the roles."""

    def holds(context: _Context, found: Occurrence) -> bool:
        words = words_with_roles(roles)
        after = [token for token in context.phrase_after(found) if token.pos_ != "ADJ"][:1]
        return any(token.lemma_.lower() in words or token.lower_ in words for token in after)

    return holds


def _before_place(context: _Context, found: Occurrence) -> bool:
    head = head_of_phrase(context.doc, found.start)
    is_place = any(token.ent_type_ == "place" for token in (head, *context.phrase_after(found)))
    return is_place or head.lemma_ in words_with_role("land")


def _of_somebody(context: _Context, found: Occurrence) -> bool:
    """Whether somebody's deed is meant, not the thing at large: "the regime's crimes", "these crimes"."""
    token = context.doc[found.end - 1]
    head = head_of_phrase(context.doc, found.start)
    if any(child.dep_ in {"nmod:poss", "det:poss"} for child in (*token.children, *head.children)):
        return True
    before = context.doc[found.start - 1] if found.start else None
    after = context.following(found)
    if after is not None and after.lower_ in words_with_role("whose-deed"):
        return True
    if before is None:
        return False
    possessed = before.lower_ in {"'s", "’s", "these", "this", "such"} or before.ent_type_ != ""
    return possessed or found.start in context.label_ends or _quoted_as_name(context, found)


def _of_terror(context: _Context, found: Occurrence) -> bool:
    return _before_role_only("terror")(context, found) or _of_somebody(context, found)


def _as_side(context: _Context, found: Occurrence) -> bool:
    """Whether a side is meant: no "strong opposition to a plan", no "little resistance"."""
    if context.phrase_after(found):
        return True
    after = context.following(found)
    before = context.doc[found.start - 1] if found.start else None
    if before is not None and before.lemma_.lower() in words_with_role("attitude"):
        return False
    if before is not None and found.start in context.label_ends:
        return True
    definite = before is not None and (before.lower_ == "the" or before.pos_ in {"ADJ", "PROPN"})
    return after is None or after.lower_ != "to" or (definite and found.word.word == "resistance")


def _of_side(context: _Context, found: Occurrence) -> bool:
    """Whether a noun that follows is one for people, a side or a deed: no "revolutionary drug"."""
    head = head_of_phrase(context.doc, found.end - 1)
    return head.i < found.end or _before("people", "group", "force", "deed")(context, found)


def _as_enemy(context: _Context, found: Occurrence) -> bool:
    """Whether the other side of a war is meant: "the enemy", "enemy troops"; no "enemy of waste"."""
    if context.phrase_after(found):
        return _before("people", "force", "deed", "arms")(context, found)
    before, after = context.doc[found.start - 1] if found.start else None, context.following(found)
    definite = before is not None and (before.lower_ == "the" or before.ent_type_ == "nationality")
    return (definite and (after is None or after.lower_ != "of")) or _quoted_as_name(context, found)


def _place_object(context: _Context, found: Occurrence) -> bool:
    """Whether the verb is done to a place: "cleanse the city of its enemies", but not "clean a wound"."""
    verb = context.doc[found.start]
    objects = [child for child in verb.children if child.dep_ in {"obj", "nsubj:pass"}]
    nouns = words_with_role("land")
    if any(word.ent_type_ in {"place", "facility"} or word.lemma_ in nouns for one in objects for word in one.subtree):
        return True
    following = context.doc[found.end : found.end + 4]
    return any(token.ent_type_ == "place" for token in following) and _quoted(context, found)


def _quoted(context: _Context, found: Occurrence) -> bool:
    quotation = quotation_of(context.doc[found.start], context.quotations)
    return quotation is not None and is_scare(context.doc, quotation)


def _quoted_as_name(context: _Context, found: Occurrence) -> bool:
    """Whether the scare quotes hold hardly more than the word, so that it is the word which they question."""
    quotation = quotation_of(context.doc[found.start], context.quotations)
    return quotation is not None and quotation.end - quotation.start <= found.end - found.start + 1


def _spoken(context: _Context, found: Occurrence) -> bool:
    return quotation_of(context.doc[found.start], context.quotations) is not None


_WHEN: dict[str, Callable[[_Context, Occurrence], bool]] = defaultdict(
    lambda: _always,
    {
        "of-people": _before("people", "group"),
        "of-deed": _before("deed"),
        "of-either": _before("people", "group", "deed"),
        "of-force": _before_role_only("force"),
        "of-government": _before_role_only("ruler"),
        "of-somebody": _of_somebody,
        "of-terror": _of_terror,
        "with-label": _with_label,
        "before-place": _before_place,
        "place-object": _place_object,
        "as-side": _as_side,
        "as-enemy": _as_enemy,
        "of-side": _of_side,
        "quoted": _quoted_as_name,
        "spoken": _spoken,
    },
)


CONDITIONS = frozenset(_WHEN)
"""What the column `when` may say, beside nothing."""


def _phrases(doc: Doc, found: list[Occurrence]) -> Iterator[tuple[Occurrence, ...]]:
    """The occurrences, those of one noun phrase taken together."""
    phrase: list[Occurrence] = []
    for occurrence in found:
        if phrase and not _one_phrase(doc, phrase[-1], occurrence):
            yield tuple(phrase)
            phrase = []
        phrase.append(occurrence)
    if phrase:
        yield tuple(phrase)


def _one_phrase(doc: Doc, first: Occurrence, second: Occurrence) -> bool:
    """Whether two labels name together: "Daesh Takfiri", "moderate Syrian rebels", "extremist and terrorist" groups."""
    between = doc[first.end : second.start]
    if first.word.plural or len(between) > 4 or doc[first.start].sent != doc[second.start].sent:
        return False
    if len(between) == 1 and between[0].lower_ in {"and", "or"}:
        both = (first.word, second.word)
        one_sort = all(
            word.tone == "hostile" and word.designates == "side" and word.word_class != "name" for word in both
        )
        return one_sort and not second.word.plural
    if first.word.designates == "government" or (len(between) and second.word.designates == "government"):
        return False
    return all(token.pos_ in {"ADJ", "NOUN", "PROPN"} or token.text in HYPHENS for token in between)


def _designation(doc: Doc, words: tuple[Occurrence, ...], quoted: tuple[Quotation, ...]) -> Designation:
    quotation = quotation_of(doc[words[0].start], quoted)
    scare = quotation is not None and is_scare(doc, quotation)
    return Designation(words[0].start, words[-1].end, words, quotation, scare)
