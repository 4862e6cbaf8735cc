"""Where a text names an arrangement that stops or limits fighting, or lets people or forces through.

The names stand in `data/truce-arrangements.tsv`; beside them count a halt to fire that a verb tells ("to halt air
strikes"), people who leave under a deal, and "the deal" where it takes an arrangement up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from onrecord.lexicon import rows
from onrecord.reading.ground_forms import ground_form
from onrecord.reading.own_files import own_files
from onrecord.reading.schema import TruceKind
from onrecord.reading.syntax import ancestors, children, conjuncts, is_passive, prepositions, undergoers

LONGEST = 7
"""As many tokens has the longest name of an arrangement, hyphens counted."""
_HYPHENS = frozenset("-‐‑–")
_UNDER = frozenset({"under", "through", "as", "per", "via", "following", "after"})
_KINDS: tuple[TruceKind, ...] = ("ceasefire", "humanitarian-pause", "evacuation", "corridor", "withdrawal", "no-fly")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One place at which an arrangement is named, or told by a verb.

    `token` is the word that the syntax of the sentence hangs on. `told_by` is `name` for a noun, `verb` for
    one that is its own step (evacuate, leave under a deal), `halt` for a verb that stops fire, `deal` for "the deal".
    """

    token: Token
    start: int
    end: int
    kind: TruceKind
    told_by: str

    @property
    def sentence(self) -> Span:
        return self.token.sent


def arrangements(doc: Doc) -> tuple[Arrangement, ...]:
    """The arrangements that a document names, in their order."""
    found = list(_named(doc))
    found += [*_halts(doc, found), *_leaving_under_a_deal(doc)]
    taken = {at for one in found for at in range(one.start, one.end)}
    found += [deal for deal in _deals(doc, found) if deal.token.i not in taken]
    return tuple(sorted(_distinct(found), key=lambda one: one.start))


def truce_words(role: str) -> frozenset[str]:
    """The context words of that role, from `data/truce-contexts.tsv` and the user's files of that name."""
    return _truce_words(role, own_files("truce-contexts"))


@cache
def _truce_words(role: str, _own_files: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("truce-contexts") if row["role"] == role)


def lemma(token: Token) -> str:
    """The ground form of a word; where the model left it inflected, that of the lexicons' words which it comes from."""
    return ground_form(token, _ground_forms(own_files("truce-steps"), own_files("truce-contexts")))


@cache
def _ground_forms(_steps: tuple[Path, ...], _contexts: tuple[Path, ...]) -> frozenset[str]:
    words = {word for row in rows("truce-steps") for word in row["lemma"].split()}
    return frozenset(words | {row["word"] for row in rows("truce-contexts")})


def has_role(token: Token, role: str) -> bool:
    """Whether the word or its lemma is a context word of that role."""
    words = truce_words(role)
    return lemma(token) in words or token.lower_ in words


def _distinct(found: list[Arrangement]) -> Iterator[Arrangement]:
    """The arrangements without those that lie within a longer one."""
    for one in found:
        within = (other for other in found if other is not one and other.start <= one.start and one.end <= other.end)
        if not any(other.end - other.start > one.end - one.start for other in within):
            yield one


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    is_verb: bool
    kind: TruceKind
    needs: str


def _names() -> dict[str, _Name]:
    """The names of arrangements by each form they take in a text, in small letters."""
    return _names_of(own_files("truce-arrangements"))


@cache
def _names_of(_own_files: tuple[Path, ...]) -> dict[str, _Name]:
    forms: dict[str, _Name] = {}
    for row in rows("truce-arrangements"):
        kind = next(kind for kind in _KINDS if kind == row["kind"])
        name = _Name(row["words"], row["class"] == "verb", kind, row["needs"])
        for form in (name.words, *_inflected(name)):
            forms.setdefault(form, name)
    return forms


def _inflected(name: _Name) -> Iterator[str]:
    if name.is_verb:
        return
    head, space, rest = name.words.partition(" ")
    if any(f" {preposition} " in name.words for preposition in ("of", "on", "in", "to", "for")):
        yield head + "s" + space + rest
    elif name.words.endswith("y"):
        yield name.words[:-1] + "ies"
    else:
        yield name.words + ("es" if name.words.endswith("s") else "s")


def _named(doc: Doc) -> Iterator[Arrangement]:
    names = _names()
    first_words = _first_words(own_files("truce-arrangements"))
    at = 0
    while at < len(doc):
        begins = doc[at].lower_ in first_words or doc[at].pos_ == "VERB"
        found = _longest(doc, at, names) if begins else None
        if found is None:
            at += 1
            continue
        end, name = found
        token = _head(doc[at:end])
        if _WHEN[name.needs](doc, at, end, token) and not _is_something_else(doc, at, end):
            yield Arrangement(token, at, end, _kind(doc, at, end, name), "verb" if name.is_verb else "name")
        at = end


@cache
def _first_words(own: tuple[Path, ...]) -> frozenset[str]:
    """What a token may be with which a name begins: "no" of "no-fly zone"."""
    firsts = {form.split(" ")[0] for form in _names_of(own)}
    return frozenset(firsts | {first.split("-")[0] for first in firsts})


def _head(name: Span) -> Token:
    """The word of a name that the sentence hangs on: before "of", "on", "to", else its last."""
    for token in name:
        if token.lower_ in {"of", "on", "to", "in", "for"} and token.i > name.start:
            return token.doc[token.i - 1]
    return name[-1]


def _longest(doc: Doc, at: int, names: dict[str, _Name]) -> tuple[int, _Name] | None:
    for end in range(min(at + LONGEST, len(doc)), at, -1):
        name = names.get(doc[at:end].text.lower())
        if name is not None and not name.is_verb:
            return end, name
    by_lemma = names.get(lemma(doc[at]))
    if by_lemma is not None and by_lemma.is_verb and doc[at].pos_ == "VERB":
        return at + 1, by_lemma
    two = names.get(f"{lemma(doc[at])} {doc[at + 1].lower_}") if at + 1 < len(doc) else None
    return (at + 2, two) if two is not None and two.is_verb and doc[at].pos_ == "VERB" else None


def _kind(doc: Doc, start: int, end: int, name: _Name) -> TruceKind:
    """The kind of the name; "humanitarian" before a ceasefire makes it a pause, and fighters who leave a withdrawal."""
    before = {token.lower_ for token in doc[max(start - 3, 0) : start]}
    if name.kind == "ceasefire" and "humanitarian" in before:
        return "humanitarian-pause"
    return name.kind


def _is_something_else(doc: Doc, start: int, end: int) -> bool:
    """Whether the name only modifies what is no arrangement ("ceasefire line"), or is half of a compound."""
    if end < len(doc) and lemma(doc[end]) in {"line", "monitor", "monitoring", "commission", "observer"}:
        return True
    hyphen_before = start > 0 and doc[start - 1].text in _HYPHENS and not doc[start - 1].whitespace_
    return hyphen_before and doc[start - 2 : start - 1].text.lower() in {"anti", "pro", "post", "pre"}


def _always(_doc: Doc, _start: int, _end: int, _token: Token) -> bool:
    return True


def _is_marked(doc: Doc, start: int, end: int, token: Token) -> bool:
    """Whether a length, a "humanitarian", a declarer or what pauses stands with "pause"."""
    before = doc[max(start - 5, token.sent.start) : start]
    if any(
        word.lower_ in {"humanitarian", "hour", "day", "week", "daily", "hours", "truce", "local"} for word in before
    ):
        return True
    following = doc[end : min(end + 8, token.sent.end)]
    return any(has_role(word, "fire") or word.lower_ in {"declared", "announced"} for word in following)


def _is_for_people(doc: Doc, start: int, _end: int, token: Token) -> bool:
    """Whether a corridor lets people through, and is no strip of land that a side holds."""
    around = {word.lower_ for word in doc[max(start - 4, token.sent.start) : start]}
    if around & {"narrow", "supply", "land", "military", "strategic", "northern", "southern", "eastern", "western"}:
        return False
    people = any(has_role(word, "leaver") or lemma(word) in {"leave", "flee", "aid"} for word in token.sent)
    return people or "humanitarian" in around or any("humanitarian" in sent.text.lower() for sent in token.doc.sents)


def _is_under_a_deal(doc: Doc, _start: int, _end: int, token: Token) -> bool:
    if _deal_beside(token) is not None or _deal_after(token):
        return True
    before = doc[max(token.sent.start - 60, 0) : token.sent.start]
    return any(has_role(word, "deal") and _kind_by_wording(word) is not None for word in before if word.pos_ == "NOUN")


def _are_leavers(_doc: Doc, _start: int, _end: int, token: Token) -> bool:
    """Whether those who leave do so under some arrangement: not the wounded, nor people out of a burning building."""
    about = {"nmod", "compound", "amod", "nmod:poss", "obl"}
    moved = [*undergoers(token), *(child for child in token.children if child.dep_ in about)]
    if any(has_role(word, "not-leaver") for one in moved for word in (one, *one.children)):
        return False
    if token.pos_ == "NOUN" or any(has_role(word, "frame") for word in token.sent if word.i != token.i):
        return not any(has_role(word, "not-leaver") for word in token.sent[: token.i - token.sent.start + 5])
    return any(has_role(one, "leaver") for one in moved)


def _is_wanted(_doc: Doc, _start: int, _end: int, token: Token) -> bool:
    """Whether somebody asks for the zone, makes it or polices it."""
    verbs = {
        "create",
        "establish",
        "set",
        "declare",
        "impose",
        "propose",
        "call",
        "want",
        "demand",
        "enforce",
        "agree",
        "plan",
    }
    return any(lemma(above) in verbs for above in ancestors(token)) or any(lemma(word) in verbs for word in token.sent)


def _with_arrangement(doc: Doc, start: int, end: int, _token: Token) -> bool:
    words = {lemma(word) for word in (*doc[max(start - 2, 0) : start], *doc[end : end + 2])}
    return bool(words & (truce_words("deal") | {"zone", "area", "talk", "process"}))


_WHEN: dict[str, Callable[[Doc, int, int, Token], bool]] = {
    "": _always,
    "marked": _is_marked,
    "for-people": _is_for_people,
    "under-deal": _is_under_a_deal,
    "leavers": _are_leavers,
    "wanted": _is_wanted,
    "arrangement": _with_arrangement,
}


def _deal_beside(token: Token) -> Token | None:
    """The noun for a deal that a verb of leaving is tied to: "left under an accord", "an accord that they leave"."""
    for child in token.children:
        if (
            child.dep_ in {"obl", "nmod", "advcl"}
            and not _UNDER.isdisjoint(prepositions(child))
            and has_role(child, "deal")
        ):
            return child
    for above in ancestors(token):
        if has_role(above, "deal") and above.pos_ == "NOUN":
            return above
        if above.dep_ in {"ccomp", "root", "ROOT"}:
            break
    return None


def _halts(doc: Doc, named: list[Arrangement]) -> Iterator[Arrangement]:
    """Verbs by which fire is stopped: "it would halt fire", "called on them to cease air strikes"."""
    for token in doc:
        if token.pos_ != "VERB" or lemma(token) not in truce_words("halting") or is_passive(token):
            continue
        stopped = [one for found in children(token, "obj") for one in conjuncts(found) if has_role(one, "fire")]
        plain = all(lemma(one) not in {"operation", "activity", "violence", "operations"} for one in stopped)
        if stopped and ((plain and lemma(token) != "stop") or _is_own_fire(token)):
            yield Arrangement(token, token.i, token.i + 1, _kind_of_halt(token, named), "halt")


def _is_own_fire(verb: Token) -> bool:
    """Whether "stop" is of one's own fire: one is asked to, promises to, or one's jets stop their raids."""
    if any(has_role(above, "asking") or has_role(above, "promising") for above in ancestors(verb)):
        return True
    return any(has_role(subject, "means") for subject in children(verb, "nsubj"))


def _kind_of_halt(verb: Token, named: list[Arrangement]) -> TruceKind:
    """A pause where fire stops for some hours or for aid, or where the text has named one just before."""
    before = [one for one in named if one.start < verb.i and _sentences_between(one.token, verb) <= 2]
    if before and before[-1].kind in {"ceasefire", "humanitarian-pause"}:
        return before[-1].kind
    return "humanitarian-pause" if _is_for_aid(verb.sent) else "ceasefire"


def _is_for_aid(sentence: Span) -> bool:
    """Whether fire stops for some hours, or so that aid comes in or people out."""
    return any(token.lower_ in {"humanitarian", "aid", "hours", "hour"} for token in sentence)


def _leaving_under_a_deal(doc: Doc) -> Iterator[Arrangement]:
    for token in doc:
        if token.pos_ != "VERB" or lemma(token) not in truce_words("leaving") - {"evacuate", "withdraw"}:
            continue
        if any(_deal_of(child) for child in children(token, "obl")) or _deal_after(token):
            yield Arrangement(token, token.i, token.i + 1, _kind_of_leaving(token), "verb")


def _deal_of(oblique: Token) -> bool:
    return has_role(oblique, "deal") and not _UNDER.isdisjoint(prepositions(oblique))


def _deal_after(verb: Token) -> bool:
    """Whether "under an agreement" follows within the clause, however the sentence was parsed."""
    doc = verb.doc
    for token in doc[verb.i + 1 : min(verb.i + 18, verb.sent.end)]:
        if token.pos_ == "AUX" or token.tag_ in {"VBD", "VBZ", "VBP"}:
            return False
        if token.lower_ in {"under", "through", "following", "via", "per", "part"}:
            return any(has_role(word, "deal") for word in doc[token.i + 1 : min(token.i + 7, verb.sent.end)])
    return False


def _kind_of_leaving(verb: Token, before: Iterable[Token] = ()) -> TruceKind:
    """Forces withdraw; people, and fighters with their families or out of a besieged place, are evacuated."""
    forces = {"troop", "force", "army", "soldier", "tank", "weapon", "artillery"}
    who = {lemma(word) for word in (*verb.subtree, *before)}
    return "withdrawal" if who & forces and not who & {"civilian", "family", "evacuee"} else "evacuation"


def _deals(doc: Doc, named: list[Arrangement]) -> Iterator[Arrangement]:
    """Nouns for a deal: that somebody leave or cease fire, or that takes up an arrangement named before."""
    for token in doc:
        if token.pos_ != "NOUN" or lemma(token) not in truce_words("deal") - {
            "truce",
            "plan",
            "initiative",
            "framework",
        }:
            continue
        kind = _kind_of_content(token) or _kind_taken_up(token, named)
        if kind is not None:
            yield Arrangement(token, token.i, token.i + 1, kind, "deal")


def _kind_of_content(deal: Token) -> TruceKind | None:
    """What a deal is about, by the verb of its clause: "a deal that rebels would leave the town"."""
    for clause in deal.children:
        if clause.dep_ not in {"acl", "acl:relcl", "ccomp", "advcl"} and not (
            clause.dep_ == "nmod" and lemma(clause) == "evacuation"
        ):
            continue
        verbs = [word for word in clause.subtree if word.pos_ == "VERB" and has_role(word, "leaving")]
        if verbs:
            return _kind_of_leaving(verbs[0])
    return _kind_by_wording(deal)


def _kind_by_wording(deal: Token) -> TruceKind | None:
    """The same by the order of words: "deal … that … rebels … leave"."""
    doc, clause, leaver = deal.doc, False, False
    for token in doc[deal.i + 1 : min(deal.i + 28, deal.sent.end)]:
        clause = clause or token.lower_ in {"that", "which", "will", "would", "to", "allowing", "whereby", "for"}
        leaver = leaver or (clause and has_role(token, "leaver"))
        if clause and leaver and token.pos_ == "VERB" and has_role(token, "leaving"):
            return _kind_of_leaving(token, doc[deal.i : token.i])
    return None


def _kind_taken_up(deal: Token, named: list[Arrangement]) -> TruceKind | None:
    """The kind of the arrangement named within three sentences before, where "the deal" or "similar deals" means it."""
    definite = any(child.lower_ in {"the", "this", "that", "these", "such", "similar"} for child in deal.children)
    if not definite or any(
        child.dep_ in {"compound", "nmod"} and not has_role(child, "deal") for child in deal.children
    ):
        return None
    before = [one for one in named if one.start < deal.i and _sentences_between(one.token, deal) <= 3]
    return before[-1].kind if before else None


def _sentences_between(first: Token, second: Token) -> int:
    starts = {token.sent.start for token in first.doc[first.i : second.i + 1]}
    return len(starts) - 1
