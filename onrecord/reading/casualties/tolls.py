"""The tolls of a document as tokens: counted people, what befell them, and in which larger number they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Doc, Span, Token

from onrecord.reading.casualties.contexts import casualty_words
from onrecord.reading.casualties.counting import counted_people
from onrecord.reading.casualties.figures import another_figure, total_they_lead_to
from onrecord.reading.casualties.harm import harm_to
from onrecord.reading.casualties.harm_nearby import has_word_of_its_own
from onrecord.reading.casualties.harm_words import Harm, counted_effect, effect_of, harm_word
from onrecord.reading.casualties.kinds import kind_of
from onrecord.reading.casualties.parts import (
    is_introduced_as_part,
    is_next_in_list,
    is_the_same_person,
    kind_of_partitive,
    partitive_of,
    those_told_before,
    whole_named_after,
)
from onrecord.reading.casualties.people import Kind, is_people
from onrecord.reading.casualties.reality import is_a_rate, is_real, is_superseded
from onrecord.reading.casualties.shares import (
    death_after,
    kind_of_predicate,
    kind_of_share,
    opens_its_sentence,
    whole_divided,
)
from onrecord.reading.casualties.singles import ordinals
from onrecord.reading.casualties.victims import Victims
from onrecord.reading.schema import Effect
from onrecord.reading.syntax import SUBJECTS, sentence_start

_NEAR = 4
_PRONOUNS = frozenset({"whom", "them", "these", "those"})
_THEY = frozenset({"they", "these", "those"})
_RELATIVE = frozenset({"whom"})


@dataclass(frozen=True, slots=True)
class Toll:
    """Counted people, what befell them, who they are.

    `whole` is the phrase of the larger number that holds them, `told` that of a toll for which this is another figure.
    """

    victims: Victims
    harm: Harm
    kind: Kind
    whole: Victims | None = None
    told: Victims | None = None

    @property
    def effect(self) -> Effect:
        return self.harm.effect

    @property
    def count(self) -> int | None:
        return self.victims.quantity.count

    @property
    def sentence(self) -> int:
        """Where the sentence begins (token index)."""
        return sentence_start(self.victims.head)


def tolls_in(doc: Doc) -> list[Toll]:
    """The tolls told as facts, in the order of the text, each as often as it is told."""
    phrases = counted_people(doc)
    found: list[Toll] = []
    for phrase, previous in zip(phrases, (None, *phrases), strict=False):
        found.extend(_whole_left_out(phrase, previous, found))
        toll = _seen_of_those_told_before(_toll(phrase, found, phrases), found)
        if toll is None or not is_real(toll.harm.word) or is_superseded(phrase) or is_a_rate(phrase):
            continue
        if not (found and is_the_same_person(phrase, found[-1].victims)):
            found.append(toll)
    found = [_in_the_total(toll, found) for toll in found]
    shared = [_with_shared_noun(toll, later) for toll, later in zip_longest(found, found[1:])]
    for at in range(1, len(shared)):
        shared[at] = _with_noun_before(shared[at], shared[at - 1])
    return _without_the_indefinite(shared)


def _whole_left_out(phrase: Victims, previous: Victims | None, told: Sequence[Toll]) -> Iterator[Toll]:
    """ "15 civilians, including two women, had been killed": the number before "including" shares its part's harm."""
    if previous is None or previous.quantity.count == 1 or any(toll.victims == previous for toll in told):
        return
    between = phrase.doc[previous.end : phrase.start]
    if len(between) <= _NEAR and between and is_introduced_as_part(phrase):
        harm = harm_to(phrase)
        people = previous.noun is not None and is_people(previous.noun)
        if harm is not None and people and is_real(harm.word):
            yield Toll(previous, harm, kind_of(previous))


def _seen_of_those_told_before(toll: Toll | None, told: Sequence[Toll]) -> Toll | None:
    """ "I counted nine bodies in front of my shop": what is seen at one spot is a part of the greater toll before."""
    if toll is None or toll.whole is not None or toll.harm.word != toll.victims.noun:
        return toll
    word = harm_word(toll.harm.word, "noun")
    seen = toll.harm.word.dep_ == "obj" and toll.harm.word.head.lemma_.lower() in casualty_words("seeing")
    if word is None or word.needs != "remains" or not seen:
        return toll
    whole = _whole(toll.victims, told, toll.effect)
    return replace(toll, whole=whole.victims) if whole is not None else toll


def _in_the_total(toll: Toll, told: Sequence[Toll]) -> Toll:
    """ "the first killed 16, the second 9, bringing the toll to 25": a part of the total that its sentence leads to."""
    if toll.whole is not None:
        return toll
    for total in told:
        later = total.victims.start > toll.victims.start and total.sentence == toll.sentence
        same = later and total.effect == toll.effect and total.whole is None and _can_hold(total, toll.victims)
        if same and total_they_lead_to(total.victims):
            return replace(toll, whole=total.victims)
    return toll


def _without_the_indefinite(tolls: list[Toll]) -> list[Toll]:
    """The tolls without "several" and "many" dead where the text has figures: such words add nothing to these."""
    figures = {toll.effect for toll in tolls if toll.count}
    return [toll for toll in tolls if toll.effect not in figures or not toll.victims.quantity.is_indefinite]


def _with_shared_noun(toll: Toll, later: Toll | None) -> Toll:
    """ "killed 28 and wounded 30 militants": the first number counts what the second one does."""
    if later is None or toll.victims.noun is not None or later.victims.noun is None or toll.kind != Kind():
        return toll
    between = toll.victims.doc[toll.victims.end : later.victims.start]
    linked = 0 < len(between) <= _NEAR and between[0].lower_ in ("and", "or") and later.harm.word in between
    return replace(toll, kind=later.kind) if linked else toll


def _with_noun_before(toll: Toll, earlier: Toll) -> Toll:
    """ "three soldiers died in Raqqa, five in Hasakah": the later number counts what the first one does."""
    if toll.victims.noun is not None or toll.whole is not None or earlier.whole is not None:
        return toll
    same = toll.harm.word == earlier.harm.word and toll.kind == Kind()
    return replace(toll, kind=earlier.kind) if same else toll


def _toll(phrase: Victims, told: Sequence[Toll], phrases: Sequence[Victims]) -> Toll | None:
    own = _harm_in_its_list(phrase, told) or harm_to(phrase)
    if phrase.head.lower_ in ordinals():
        return _one_more(phrase, own, told)
    return (
        _within_a_later_one(phrase, phrases)
        or _within_an_earlier_one(phrase, own, told)
        or _by_itself(phrase, own)
        or _next_in_list(phrase, own, told)
        or _elsewhere(phrase, told)
        or _told_anew(phrase, told)
        or _with_those(phrase, told)
    )


def _one_more(phrase: Victims, own: Harm | None, told: Sequence[Toll]) -> Toll | None:
    """ "executed 12 men; a thirteenth was crucified": one more than were told before."""
    before = next((toll for toll in reversed(told) if toll.count == ordinals()[phrase.head.lower_] - 1), None)
    return Toll(phrase, own, before.kind) if own is not None and before is not None else None


def _told_anew(phrase: Victims, told: Sequence[Toll]) -> Toll | None:
    """ "killed dozens of rebels. The opposition put the number at seven"."""
    figure = another_figure(phrase)
    if figure is None or not told:
        return None
    last = [toll for toll in told if toll.sentence == told[-1].sentence and toll.whole is None]
    effect = counted_effect(figure) or (last[0].effect if len({toll.effect for toll in last}) == 1 else None)
    same = next((toll for toll in last if toll.effect == effect), None)
    if effect is None or same is None:
        return Toll(phrase, Harm(effect, figure), Kind()) if effect is not None else None
    return Toll(phrase, Harm(effect, figure), same.kind, told=same.victims)


def _with_those(phrase: Victims, told: Sequence[Toll]) -> Toll | None:
    """ "two brothers were killed along with their father"."""
    if (
        not told
        or phrase.noun is None
        or not is_people(phrase.noun)
        or told[-1].sentence != sentence_start(phrase.head)
    ):
        return None
    lead = phrase.doc[told[-1].harm.word.i + 1 : phrase.start]
    opened = 0 < len(lead) <= 2 and lead[0].lower_ in casualty_words("with")
    return Toll(phrase, told[-1].harm, kind_of(phrase)) if opened else None


def _can_refer(partitive: Token, whole: Toll, own: Harm | None) -> bool:
    """Whether the word can mean the people of the toll: "whom" those of its sentence, "them" also those before."""
    if partitive.lower_ not in _PRONOUNS or own is not None:
        return True
    sentences = partitive.doc[whole.victims.start : partitive.i].sents  # type: ignore[attr-defined]  # missing in its stubs
    distance = len(list(sentences)) - 1
    return distance == 0 if partitive.lower_ in _RELATIVE else distance <= 1


def _harm_in_its_list(phrase: Victims, told: Sequence[Toll]) -> Harm | None:
    """ "killing seven and injuring a teacher and 19 others": what befell the one before befell the next in its list."""
    if not told or told[-1].whole is not None or not is_next_in_list(phrase, told[-1].victims):
        return None
    if phrase.quantity.high == 0:
        return None  # "..., without saying who they were"
    harm, victims = told[-1].harm, told[-1].victims
    return harm if 0 <= victims.start - harm.word.i <= _NEAR and not has_word_of_its_own(phrase) else None


def _by_itself(phrase: Victims, harm: Harm | None) -> Toll | None:
    if harm is None:
        return None
    if phrase.quantity.high == 0 and harm.word.i >= phrase.end and harm.word.head == phrase.noun:
        phrase = replace(phrase, end=max([harm.word.i, *(word.i for word in harm.word.conjuncts)]) + 1)
    partitive = partitive_of(phrase)
    return Toll(phrase, harm, kind_of_partitive(partitive) if partitive is not None else kind_of(phrase))


def _within_a_later_one(phrase: Victims, phrases: Sequence[Victims]) -> Toll | None:
    """ "two medics were among at least 31 people killed", "15 of the 48 wounded are children"."""
    whole = whole_named_after(phrase, phrases)
    if whole is not None:
        harm = harm_to(whole)
        return Toll(phrase, harm, kind_of(phrase), whole) if harm is not None else None
    whole = whole_divided(phrase, phrases)
    harm, own = harm_to(whole) if whole is not None else None, harm_to(phrase)
    if whole is None or harm is None or (own is not None and own.effect != harm.effect):
        return None
    death = death_after(whole) if harm.effect != "killed" else None
    if death is not None:
        return Toll(phrase, Harm("killed", death), kind_of(phrase))
    return Toll(phrase, harm, kind_of_share(whole), whole)


def _within_an_earlier_one(phrase: Victims, own: Harm | None, told: Sequence[Toll]) -> Toll | None:
    """ "17, including five children", "eight of them women", "three children were among the dead"."""
    partitive = partitive_of(phrase)
    if partitive is not None:
        whole = _whole(phrase, told, own.effect if own else effect_of(partitive))
        if whole is not None and not _can_refer(partitive, whole, own):
            return None
        part = _part(phrase, whole, kind_of_partitive(partitive))
        alone = part is not None and effect_of(partitive) is not None  # "14 of the dead" are all dead
        return replace(part, harm=replace(part.harm, joint=False)) if part is not None and alone else part
    if own is None and _is_listed(phrase):
        return _part(phrase, _whole(phrase, told, None, near=True), kind_of(phrase))
    if is_introduced_as_part(phrase):
        whole = _whole(phrase, told, None, near=True)
        return None if _died_later(own, phrase, whole) else _part(phrase, whole, kind_of(phrase))
    if told and told[-1].whole is not None and is_next_in_list(phrase, told[-1].victims):
        same = own is None or own.effect == told[-1].effect
        return Toll(phrase, told[-1].harm, kind_of(phrase), told[-1].whole) if same else None
    if told and told[-1].harm.among is not None and is_next_in_list(phrase, told[-1].victims):
        return None  # "among the dead were four children and a woman": no part of the children
    if told and told[-1].whole is not None and phrase.noun is None and own is None and _is_beside(told[-1], phrase):
        return Toll(phrase, told[-1].harm, kind_of_predicate(phrase), told[-1].whole)
    opening = next((toll for toll in told if toll.sentence == sentence_start(phrase.head)), None)
    if opening is not None and _is_share_of(opening, phrase, own):
        named = phrase.noun is not None and is_people(phrase.noun)
        return _part(phrase, opening, kind_of(phrase) if named else kind_of_predicate(phrase))
    included = _those_included(phrase, told)
    if included is not None:
        return _part(phrase, included, kind_of(phrase))
    those = those_told_before(phrase)
    if those is not None or (own is not None and own.among is not None):
        effect = effect_of(those) if those is not None else None
        whole = _whole(phrase, told, effect or (own.effect if own else "killed"))
        if whole is None and own is None and those is not None and effect is not None:
            return Toll(phrase, Harm(effect, those, among=those), kind_of(phrase))
        return _part(phrase, whole, kind_of(phrase) if phrase.noun is not None else kind_of_predicate(phrase))
    return None


def _is_beside(part: Toll, phrase: Victims) -> bool:
    """ "Of these, seven were killed at home and five were women": the next share of the same sentence."""
    return part.sentence == sentence_start(phrase.head) and kind_of_predicate(phrase) != Kind()


def _is_share_of(opening: Toll, phrase: Victims, own: Harm | None) -> bool:
    """ "Of the 25 dead, 11 were women and 6 children"."""
    alone = own is None or (phrase.noun is None and own.effect == opening.effect)
    return alone and opening.whole is None and _can_hold(opening, phrase) and opens_its_sentence(opening.victims)


def _those_included(phrase: Victims, told: Sequence[Toll]) -> Toll | None:
    """ "They included six children": the toll of the sentence before, where that has but one of its effect."""
    verb = phrase.head.head
    if verb.lemma_.lower() not in casualty_words("including") or verb.i >= phrase.start or not told:
        return None
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if subject is None or subject.lower_ not in _THEY:
        return None
    before = [toll for toll in told if toll.sentence == told[-1].sentence and toll.whole is None]
    holding = [toll for toll in before if _can_hold(toll, phrase)]
    near = subject.i > 0 and told[-1].sentence == sentence_start(subject.doc[sentence_start(subject) - 1])
    return holding[0] if near and len({toll.effect for toll in before}) == 1 and len(holding) == 1 else None


def _died_later(own: Harm | None, phrase: Victims, whole: Toll | None) -> bool:
    """ "45 wounded, of whom six later died": no part of the wounded."""
    if own is None or whole is None or own.word.i < phrase.start:
        return False
    return (own.effect, whole.effect) == ("killed", "wounded")


def _is_listed(phrase: Victims) -> bool:
    """ "59 were killed: 29 rebels and 30 soldiers": whether the phrase begins a list of those counted before."""
    before = phrase.doc[phrase.start - 1] if phrase.start else None
    return before is not None and before.text == ":" and phrase.noun is not None and is_people(phrase.noun)


def _next_in_list(phrase: Victims, own: Harm | None, told: Sequence[Toll]) -> Toll | None:
    """ "killed 15 civilians and 27 militiamen", where the parse has lost the second ones."""
    if own is not None or not told or phrase.noun is None or not is_people(phrase.noun) or phrase.quantity.high == 0:
        return None
    previous = told[-1]
    if previous.whole is not None or previous.harm.word.i > previous.victims.start or phrase.named:
        return None
    return Toll(phrase, previous.harm, kind_of(phrase)) if is_next_in_list(phrase, previous.victims) else None


def _elsewhere(phrase: Victims, told: Sequence[Toll]) -> Toll | None:
    """ "five were killed in Aleppo, three in Homs", "in Aleppo five were killed, in Homs three", "the second three"."""
    if phrase.noun is not None or not told or told[-1].sentence != sentence_start(phrase.head):
        return None
    doc = phrase.doc
    sides = (doc[phrase.end : phrase.end + 2], before := doc[max(phrase.start - 2, 0) : phrase.start])
    elsewhere = any(_is_in_a_place(side) for side in sides) or _is_the_next(before)
    return Toll(phrase, told[-1].harm, told[-1].kind) if elsewhere else None


def _is_the_next(words: Span) -> bool:
    """ "the first blast killed 14, the second 8"."""
    return len(words) == 2 and words[0].lower_ == "the" and words[1].lower_ in ordinals()


def _is_in_a_place(words: Span) -> bool:
    return len(words) == 2 and words[0].pos_ == "ADP" and words[0].lower_ != "of" and words[1].ent_type_ == "place"


def _part(phrase: Victims, whole: Toll | None, kind: Kind) -> Toll | None:
    return Toll(phrase, whole.harm, kind, whole.victims) if whole is not None else None


def _whole(phrase: Victims, told: Sequence[Toll], effect: Effect | None, *, near: bool = False) -> Toll | None:
    """The last toll that can hold the phrase's people; `near`: one of the same sentence."""
    for toll in reversed(told):
        if near and toll.sentence != sentence_start(phrase.head):
            return None
        if toll.whole is None and (effect is None or toll.effect == effect) and _can_hold(toll, phrase):
            return toll
    return None


def _can_hold(toll: Toll, phrase: Victims) -> bool:
    whole, part = toll.victims.quantity, phrase.quantity
    if whole.count is None or part.count is None:
        return whole.high is None
    return whole.count > part.count
