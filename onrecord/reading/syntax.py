"""What a linguist would ask of a dependency tree: phrases, conjuncts, voice, doers and undergoers, negation.

Trees are in Universal Dependencies v2 style (content words are heads): https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
OBJECTS = frozenset({"obj", "nsubj:pass"})
OBLIQUES = frozenset({"obl", "obl:agent", "nmod"})
CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "xcomp"})
NEGATIONS = frozenset({"not", "n't", "never", "nor", "neither", "no"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X"})
IN_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
"""Parts of speech of what may stand before a noun in its phrase."""
RELATIVE = frozenset({"that", "which", "who", "whom", "whose"})
_BEFORE_HEAD = frozenset({"amod", "compound", "flat", "nmod:poss", "nmod", "goeswith"})
_OF_WHAT = frozenset({"for", "from", "of"})
_MAX_CLIMB = 40
_PAST = frozenset({"VBD", "VBN"})
_BE = frozenset({"was", "were", "been", "being", "is", "are"})


def children(token: Token, *relations: str) -> list[Token]:
    """The token's dependents that stand in one of the relations, in order of the text."""
    return [child for child in token.children if child.dep_ in relations]


def child(token: Token, *relations: str) -> Token | None:
    """The first dependent that stands in one of the relations."""
    return next((found for found in token.children if found.dep_ in relations), None)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it: "rebels" of "rebels and soldiers" gives both."""
    found = [token]
    for other in token.children:
        if other.dep_ == "conj":
            found.extend(conjuncts(other))
    return found


def all_conjuncts(tokens: Iterable[Token]) -> list[Token]:
    """The tokens, each with its nominal conjuncts, none twice."""
    found: dict[int, Token] = {}
    for token in tokens:
        for each in conjuncts(token):
            if each.i == token.i or each.pos_ in NOMINAL:
                found.setdefault(each.i, each)
    return list(found.values())


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above the token, nearest first."""
    for _ in range(_MAX_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def prepositions(token: Token) -> tuple[str, ...]:
    """The prepositions of a nominal, lower case: ("against",), ("in",); empty for none."""
    return tuple(marker.lower_ for marker in token.children if marker.dep_ == "case")


def obliques(token: Token, *before: str) -> list[Token]:
    """Dependents behind one of the prepositions: `obliques(attack, "on", "against")` of "attack on the base"."""
    return [
        found for found in token.children if found.dep_ in OBLIQUES and not set(before).isdisjoint(prepositions(found))
    ]


def particle(verb: Token) -> str | None:
    """The verb's particle: "up" of "blew up"."""
    return next((found.lower_ for found in verb.children if found.dep_ == "compound" and found.pos_ == "ADP"), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: "was killed", "killed by", "the men killed"."""
    relations = {found.dep_ for found in verb.children}
    if "obj" in relations and "nsubj:pass" in relations and "aux:pass" not in relations:
        return False  # "armed men kidnapped 87 villagers", misread: a passive without "was" has no object
    if relations & {"nsubj:pass", "aux:pass"} or any(map(_is_agent, verb.children)):
        return True
    if (
        verb.tag_ in _PAST
        and "obj" not in relations
        and any(found.lower_ in _BE for found in children(verb, "aux", "cop"))
    ):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and "obj" not in relations


def is_negated(token: Token) -> bool:
    """Whether a negation stands with the word itself: "did not attack", "no attack"."""
    return any(
        found.lower_ in NEGATIONS and found.dep_ in {"advmod", "det", "cc", "cc:preconj"} for found in token.children
    )


def auxiliaries(verb: Token) -> set[str]:
    """The lemmas, and the lower-case forms, of the verb's auxiliaries."""
    found = children(verb, "aux", "aux:pass")
    return {each.lemma_ for each in found} | {each.lower_ for each in found}


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above the token."""
    return next((above for above in ancestors(token) if above.pos_ == "VERB"), None)


def antecedent(relative_clause: Token) -> Token:
    """The noun that a relative or participial clause says something of."""
    return relative_clause.head


def subjects(verb: Token) -> list[Token]:
    """The verb's subjects, surface or understood: shared by coordination or control, or what the clause modifies.

    "Rebels attacked and burned it": "rebels" for both. "The men who shot him": "men". "They fled, killing two": "they".
    """
    own = children(verb, "nsubj", "nsubj:pass")
    if own:
        return all_conjuncts(_resolved(found, verb) for found in own)
    if verb.dep_ == "acl:relcl" and not _has_relative_object(verb):
        return all_conjuncts([antecedent(verb)])
    if verb.dep_ == "acl" and (verb.tag_ in {"VBN", "VBG"}):
        return all_conjuncts([antecedent(verb)])
    described = _participle_taken_for_main(verb)
    if described is not None:
        return subjects(described)
    if verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        return _inherited_subjects(verb)
    return []


def _participle_taken_for_main(verb: Token) -> Token | None:
    """The verb before, where it only describes the subject: "believed" of "a man believed to be a spy shot two"."""
    if verb.tag_ != "VBD" or not verb.i or child(verb, "mark") is not None:
        return None
    return next((above for above in ancestors(verb.nbor(-1)) if _is_believed_to(above, verb)), None)


def _is_believed_to(above: Token, verb: Token) -> bool:
    if above.tag_ not in _PAST or above.i > verb.i or child(above, "nsubj", "nsubj:pass") is None:
        return False
    return any(
        above.i < found.i < verb.i and any(mark.lower_ == "to" for mark in children(found, "mark"))
        for found in children(above, "xcomp", "ccomp")
    )


def _inherited_subjects(verb: Token) -> list[Token]:
    above = verb.head
    if verb.dep_ == "xcomp":
        controlled = children(above, "obj", "iobj")
        if controlled and not is_passive(above):
            return all_conjuncts(controlled)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and _marks(verb) & _OF_WHAT and not is_passive(above):
        accused = children(above, "obj")  # "accused the army of killing two"
        if accused:
            return all_conjuncts(accused)
    if verb.dep_ == "advcl" and child(verb, "mark") is not None and verb.tag_ not in {"VBG", "VBN", "VB"}:
        return []
    return subjects(above)


def _marks(clause: Token) -> set[str]:
    return {found.lower_ for found in children(clause, "mark")}


def _resolved(subject: Token, verb: Token) -> Token:
    """A relative pronoun stands for the noun before its clause."""
    if subject.lower_ in RELATIVE and verb.dep_ in {"acl:relcl", "acl"}:
        return antecedent(verb)
    return subject


def _has_relative_object(verb: Token) -> bool:
    return any(found.lower_ in RELATIVE for found in children(verb, "obj", "obl", "advmod"))


def doers(verb: Token) -> list[Token]:
    """Who does it: the active subject, or the "by" phrase of a passive or gerund: "was shelled by rebels"."""
    if is_passive(verb):
        return _by(verb)
    return (verb.tag_ == "VBG" and not children(verb, "nsubj") and _by(verb)) or subjects(verb)


def _by(verb: Token) -> list[Token]:
    by = [found for found in verb.children if _is_agent(found) or "by" in prepositions(found)]
    return all_conjuncts(found for found in by if found.dep_ in OBLIQUES)


def _is_agent(token: Token) -> bool:
    """Whether it is marked as who does it; "according to the ministry" never is, whatever the parse says."""
    return token.dep_ == "obl:agent" and set(prepositions(token)) <= {"by"}


def undergoers(verb: Token) -> list[Token]:
    """Whom it is done to: the object, or the passive's subject: "town" of "the town was shelled"."""
    if is_passive(verb):
        return subjects(verb)
    found = all_conjuncts(_resolved(each, verb) for each in children(verb, "obj"))
    if not found and verb.dep_ == "acl:relcl" and child(verb, "nsubj") is not None:
        gap = child(verb, "nsubj")
        if gap is not None and gap.lower_ not in RELATIVE and verb.tag_ in {"VBD", "VBN"}:
            return [antecedent(verb)]
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.i - verb.head.i <= 3:
        return undergoers(verb.head)
    return found


def core_phrase(head: Token, skip: Iterable[str] = ("det", "nummod")) -> Span:
    """The noun phrase of a head without what follows it: "Syrian army units" of "the two Syrian army units in Homs".

    Determiners and numerals before it are left out (`skip`); the rest of a name after its head belongs to it.
    """
    dropped = set(skip)
    before = {found.i: found for found in head.children if found.dep_ in _BEFORE_HEAD and found.i < head.i}
    first = head.i
    while first > 0 and (found := _ending_at(before, first - 1)) is not None and not _opens_with(found, dropped):
        first = _left_edge(found, dropped)
    return head.doc[first : _name_end(head) + 1]


def phrase_with_of(head: Token) -> Span:
    """The core phrase with what follows it by "of": "members of the Armed Forces"."""
    core = core_phrase(head)
    following = next((found for found in head.children if found.i == core.end + 1 or _is_of(found, core.end)), None)
    if following is None or not _is_of(following, core.end):
        return core
    inner = phrase_with_of(following)
    return head.doc[core.start : max(inner.end, core.end)]


def _is_of(token: Token, at: int) -> bool:
    if token.i <= at or at >= len(token.doc) or token.pos_ == "VERB":  # "accused of violating the truce"
        return False
    return token.doc[at].lower_ == "of" and token.doc[at].head.i == token.i


def _ending_at(modifiers: dict[int, Token], at: int) -> Token | None:
    """The modifier whose phrase ends there; a hyphen or bracket between does not part it."""
    for modifier in modifiers.values():
        if modifier.i <= at <= max(modifier.right_edge.i, modifier.i + 1):
            return modifier
    return None


def _opens_with(modifier: Token, dropped: set[str]) -> bool:
    if modifier.dep_ == "nmod:poss" and modifier.pos_ in {"PRON", "DET"}:
        return "det" in dropped
    return any(found.dep_ == "case" and found.i < modifier.i for found in modifier.children) or modifier.dep_ in dropped


def _left_edge(token: Token, dropped: set[str]) -> int:
    within = [
        found.i for found in token.subtree if found.i <= token.i and found.dep_ not in {"case", "punct", "advmod"}
    ]
    start = min(within, default=token.i)
    while start < token.i and token.doc[start].dep_ in dropped | {"punct", "cc"} and not _is_hyphened(token.doc[start]):
        start += 1
    return start


def _is_hyphened(token: Token) -> bool:
    """Whether it is one word with what follows: "15" of "15-year-old"."""
    return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().text in {"-", "–"}


def _name_end(head: Token) -> int:
    """Where the name goes on after its head: "Smith" of "John Smith"."""
    end = head.i
    parts = {found.i for found in head.subtree if found.dep_ in {"flat", "goeswith"}}
    while end + 1 < len(head.doc) and (end + 1 in parts or (head.doc[end + 1].text == "-" and end + 2 in parts)):
        if head.doc[end + 1].pos_ in {"VERB", "AUX", "ADP"} and head.doc[end + 1].text[0].islower():
            break
        end += 1
    return end


def sentence_of(token: Token) -> Span:
    """The token's sentence; `token.sent` looks the document over each time, this once."""
    return _sentences(token.doc)[token.i]


def sentence_start(token: Token) -> int:
    """Where the token's sentence begins."""
    return sentence_of(token).start


@lru_cache(maxsize=1)
def _sentences(doc: Doc) -> list[Span]:
    """For each token its sentence."""
    return [sentence for sentence in doc.sents for _ in range(len(sentence))]


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    numbers = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        for at in range(sentence.start, sentence.end):
            numbers[at] = number
    return numbers
