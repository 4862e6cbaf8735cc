"""Which words of a text judge: the lexicon of designations, and where its words stand as such in a document.

The words are in `data/labels.tsv`, with the tone that each has; a user's own file of that form adds to them. A word
counts where it names, not in the name of a party ("Army of Islam") nor in a compound ("rebel-held").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import Row, rows
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.own_files import own_files
from onrecord.reading.quotation_marks import Quotation, is_scare, quotation_of, quotations
from onrecord.reading.schema import Mention, Tone

LONGEST = 6
"""As many tokens has the longest designation of the lexicon ("state sponsor of terrorism", hyphens counted)."""
_APOSTROPHES = str.maketrans("’‘`", "'''")
_TONES: tuple[Tone, ...] = ("hostile", "approving", "neutral")
"""Which tone of a phrase outdoes which."""
_HYPHENS = frozenset("-‐‑–")
_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})


@dataclass(frozen=True, slots=True)
class LabelWord:
    """A designation of the lexicon; the fields are the columns of `data/labels.tsv`."""

    word: str
    word_class: str
    designates: str
    tone: Tone
    when: str
    not_before: frozenset[str]
    names: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word of the lexicon at some tokens, `end` exclusive."""

    start: int
    end: int
    word: LabelWord


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
        return next(tone for tone in _TONES if tone in tones)

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
    counting = [found for found in _occurrences(doc) if not _in_a_name(doc, found) and not _is_homonym(doc, found)]
    kept: list[Occurrence] = []
    for _ in range(2):  # a word that counts only beside another label needs to know which of those count
        context = _Context(doc, quoted, {found.start for found in kept}, {found.end for found in kept})
        kept = [found for found in counting if _WHEN[found.word.when](context, found)]
    return tuple(_designation(doc, phrase, quoted) for phrase in _phrases(doc, kept))


def words_with_role(role: str) -> frozenset[str]:
    """The context words of that role, from `data/label-contexts.tsv` and the user's files of that name."""
    return _words_with_role(role, own_files("label-contexts"))


@cache
def _words_with_role(role: str, _own_files: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("label-contexts") if row["role"] == role)


def has_context(token: Token, *roles: str) -> bool:
    """Whether a word is a context word of one of the roles, in whatever form."""
    return any(ground_form(token, words_with_role(role)) in words_with_role(role) for role in roles)


def _with_roles(roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(words_with_role(role) for role in roles))


def head_of_phrase(doc: Doc, at: int) -> Token:
    """The noun that the token at `at` stands before, or itself: "terrorist" of "terrorist groups" gives "groups"."""
    token = doc[at]
    for _ in range(LONGEST):
        head = token.head
        if (
            token.dep_ not in {"amod", "compound", "nmod", "flat", "nummod", "conj"}
            or not token.i < head.i <= token.i + LONGEST
        ):
            break
        token = head
    return token


def lexicon() -> dict[str, LabelWord]:
    """The designations by every form they take in a text, in small letters."""
    return _lexicon(own_files("labels"))


@cache
def _lexicon(_own_files: tuple[Path, ...]) -> dict[str, LabelWord]:
    """The lexicon; the user's files, that `rows` adds, tell one lexicon from another."""
    forms: dict[str, LabelWord] = {}
    for row in rows("labels"):
        for form, plural in _forms(row["word"], row["class"]):
            forms.setdefault(form, _label_word(row, plural))
    return forms


def _label_word(row: Row, plural: bool) -> LabelWord:
    return LabelWord(
        word=row["word"],
        word_class=row["class"],
        designates=row["designates"],
        tone=next(tone for tone in _TONES if tone == row["tone"]),
        when=row["when"],
        not_before=frozenset(row["not_before"].split()),
        names=row["names"],
        plural=plural,
    )


def _forms(word: str, word_class: str) -> Iterator[tuple[str, bool]]:
    """The forms of a word, each with whether it is a plural."""
    yield word, False
    if word_class == "noun":
        yield _plural(word), True
    if word_class == "verb":
        stem = word.removesuffix("e")
        yield from ((form, False) for form in (_plural(word), stem + "ed", stem + "ing"))


def _plural(word: str) -> str:
    head, space, rest = word.partition(" ")
    if rest.startswith(("against ", "of ", "for ")):
        return _plural(head) + space + rest
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("lf"):
        return word[:-1] + "ves"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "hero")) else "s")


def _occurrences(doc: Doc) -> Iterator[Occurrence]:
    """The words of the lexicon in the text, the longest at each place, none within a hyphenated word."""
    forms = lexicon()
    first_words = _first_words(own_files("labels"))
    at = 0
    while at < len(doc):
        begins = doc[at].lower_.translate(_APOSTROPHES) in first_words
        found = _longest(doc, at, forms) if begins else None
        if found is not None and not _hyphenated(doc, found):
            yield found
        at = found.end if found is not None else at + 1


@cache
def _first_words(own: tuple[Path, ...]) -> frozenset[str]:
    """What a token may be with which a designation begins: "so" of "so-called", "da" of "da-esh"."""
    forms = _lexicon(own)
    return frozenset(part for form in forms for part in (form, form.split(" ")[0], form.split(" ")[0].split("-")[0]))


def _longest(doc: Doc, at: int, forms: dict[str, LabelWord]) -> Occurrence | None:
    for end in range(min(at + LONGEST, len(doc)), at, -1):
        word = forms.get(doc[at:end].text.lower().translate(_APOSTROPHES))
        if word is not None:
            return Occurrence(at, end, word)
    return None


def _hyphenated(doc: Doc, found: Occurrence) -> bool:
    before = found.start > 0 and doc[found.start - 1].text in _HYPHENS and not doc[found.start - 1].whitespace_
    before = before and found.start > 1 and not doc[found.start - 2].whitespace_
    after = found.end + 1 < len(doc) and doc[found.end].text in _HYPHENS
    return before or (after and not doc[found.end - 1].whitespace_ and not doc[found.end].whitespace_)


def _in_a_name(doc: Doc, found: Occurrence) -> bool:
    """Whether the word is part of the name of a party: "Syria Revolutionaries Front", "Army of Islam".

    A name that ends with the word ("Nusra Front Militants", in a headline) is a name and its designation.
    """
    if not doc[found.start].text[:1].isupper() or found.word.word.startswith("da"):
        return False
    if _is_headline(doc, found):
        return False
    name = next((name for name in _names(doc) if name.start <= found.start and found.end <= name.end), None)
    if name is None or len(name) == found.end - found.start:
        return False
    goes_on = name.end > found.end and doc[found.end].text[:1].isupper()
    of_before = found.start > name.start and doc[found.start - 1].lower_ == "of"
    return goes_on or of_before


def _is_headline(doc: Doc, found: Occurrence) -> bool:
    """Whether nearly all words around are capitalised, so that capitals make no name."""
    around = [token for token in doc[max(found.start - 5, 0) : found.end + 5] if token.is_alpha and len(token) > 3]
    return len(around) > 4 and sum(token.text[:1].isupper() for token in around) >= 0.85 * len(around)


def _names(doc: Doc) -> Iterator[Span]:
    for mention in doc._.mentions:
        if mention.type in {"organisation", "facility", "person"}:
            span = span_of(doc, mention)
            if span is not None:
                yield span


def span_of(doc: Doc, mention: Mention) -> Span | None:
    """The tokens of a mention."""
    return doc.char_span(mention.start, mention.end, alignment_mode="expand")


def _is_homonym(doc: Doc, found: Occurrence) -> bool:
    return found.end < len(doc) and doc[found.end].lower_ in found.word.not_before


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
            if token.pos_ not in _BETWEEN and token.text not in _HYPHENS:
                break
            tokens.append(token)
        return tuple(tokens)


def _always(_context: _Context, _found: Occurrence) -> bool:
    return True


def _before(*roles: str) -> Callable[[_Context, Occurrence], bool]:
    """A condition: a noun of one of the roles comes within the phrase, or another label, or scare quotes hold it."""

    def holds(context: _Context, found: Occurrence) -> bool:
        words = _with_roles(roles)
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
        words = _with_roles(roles)
        after = [token for token in context.phrase_after(found) if token.pos_ != "ADJ"][:1]
        return any(token.lemma_.lower() in words or token.lower_ in words for token in after)

    return holds


def _before_place(context: _Context, found: Occurrence) -> bool:
    head = head_of_phrase(context.doc, found.start)
    is_place = any(token.ent_type_ == "place" for token in (head, *context.phrase_after(found)))
    return is_place or head.lemma_ in {"territory", "land", "area", "city", "town", "village", "region", "capital"}


def _of_somebody(context: _Context, found: Occurrence) -> bool:
    """Whether somebody's deed is meant, not the thing at large: "the regime's crimes", "these crimes"."""
    token = context.doc[found.end - 1]
    head = head_of_phrase(context.doc, found.start)
    if any(child.dep_ in {"nmod:poss", "det:poss"} for child in (*token.children, *head.children)):
        return True
    before = context.doc[found.start - 1] if found.start else None
    after = context.following(found)
    follows = {"against", "by", "of", "committed", "perpetrated", "carried"}
    if after is not None and after.lower_ in follows:
        return True
    if before is None:
        return False
    possessed = before.lower_ in {"'s", "’s", "these", "this", "such"} or before.ent_type_ != ""
    return possessed or found.start in context.label_ends


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


def _place_object(context: _Context, found: Occurrence) -> bool:
    """Whether the verb is done to a place: "cleanse the city of its enemies", but not "clean a wound"."""
    verb = context.doc[found.start]
    objects = [child for child in verb.children if child.dep_ in {"obj", "nsubj:pass"}]
    nouns = {
        "area",
        "city",
        "town",
        "village",
        "region",
        "territory",
        "country",
        "district",
        "neighbourhood",
        "province",
    }
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
    return all(token.pos_ in {"ADJ", "NOUN", "PROPN"} or token.text in _HYPHENS for token in between)


def _designation(doc: Doc, words: tuple[Occurrence, ...], quoted: tuple[Quotation, ...]) -> Designation:
    quotation = quotation_of(doc[words[0].start], quoted)
    scare = quotation is not None and is_scare(doc, quotation)
    return Designation(words[0].start, words[-1].end, words, quotation, scare)
