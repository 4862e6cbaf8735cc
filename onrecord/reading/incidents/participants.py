"""An incident's perpetrators, targets and weapons, as phrases of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span, Token

from onrecord.articles.article import TextSpan
from onrecord.reading.document import text_span
from onrecord.reading.incidents.fillers import Candidate, candidates_in, likelihood
from onrecord.reading.incidents.mentions import EventMention
from onrecord.reading.incidents.merging import DEFINITE, LEAD, Draft, takes_up
from onrecord.reading.incidents.reference import referent
from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import (
    any_lemma_in,
    event_word,
    hedge,
    is_actor,
    is_means,
    lemmas,
    target_kind,
    weapon_mode,
)
from onrecord.reading.names.actors import is_agency, is_monitor
from onrecord.reading.schema import Blame, Entity, Mention, Perpetrator, Target, TargetKind
from onrecord.reading.syntax import obliques, phrase_with_of

PERPETRATOR, TARGET = "perpetrator", "target"
# Below these likelihoods what the parse gives is dropped; from these on more is added (best on held-back articles).
_SURE = frozenset({"organisation", "nationality", "platform"})
LEAST_GIVEN = {PERPETRATOR: 0.12, TARGET: 0.05}
LEAST_ADDED = {PERPETRATOR: 0.4, TARGET: 0.45}
_CARRIERS = frozenset({"aerial", "drone"})
_GO_OFF = frozenset({"bus", "car", "lorry", "minibus", "motorbike", "motorcycle", "taxi", "truck", "van", "vehicle"})
# Of these only a nearer word makes doers: "armed people", and "people were killed" is easily misread.
_ANYBODY = frozenset({"people", "person", "man", "woman", "individual", "civilian", "child"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase for somebody or something, by its head."""

    head: Token
    mention: Mention | None
    span: TextSpan

    @property
    def entity(self) -> str | None:
        return self.mention.entity if self.mention is not None else None

    @property
    def is_anaphoric(self) -> bool:
        """Whether it only takes up what was named: "the group", "the minister"."""
        bare = all(found.dep_ in {"det", "case", "punct"} for found in self.head.children)
        return self.mention is None and bare and any(found.lower_ in DEFINITE for found in self.head.children)


def perpetrators_of(draft: Draft, setting: Setting) -> tuple[Perpetrator, ...]:
    """All who are named as having done it, each once, the group and the organisation that it is of apart."""
    blames = _doing_by_parse(draft, setting)
    phrases = _likely(PERPETRATOR, list(blames), draft, setting)
    return tuple(_perpetrator(phrase, blames.get(phrase, "stated"), setting) for phrase in _each_once(phrases))


def targets_of(draft: Draft, setting: Setting) -> tuple[Target, ...]:
    """All whom or what it was done to, each once."""
    phrases = _each_once(_likely(TARGET, _undergoing_by_parse(draft, setting), draft, setting))
    return tuple(_target(phrase, kind) for phrase in phrases if (kind := _kind(phrase, draft.type)) is not None)


def candidates_of(draft: Draft, setting: Setting) -> Iterator[tuple[Candidate, TextSpan, str | None]]:
    """All that the weights choose from, each with its phrase and the entity of it: for training."""
    for slot, given in _given(draft, setting).items():
        phrases = {phrase.head.i: phrase for phrase in given}
        for phrase in _more(slot, phrases, draft, setting):
            phrases[phrase.head.i] = phrase
        for phrase in phrases.values():
            candidate = Candidate(phrase.head, slot, _parsed_as(phrase, draft, setting))
            yield candidate, _span_of(phrase, slot, setting), phrase.entity


def weapons_of(draft: Draft) -> tuple[TextSpan, ...]:
    """What it was done with; where no weapon is told, the word for the way of fighting ("clashes"), if there is one."""
    found: dict[str, TextSpan] = {}
    for weapon in draft.weapons:
        found.setdefault(lemmas(weapon.root)[0], text_span(weapon))
    if not found and draft.type == "ASSAULT" and draft.mode in {None, "targeted", "firearms"}:
        return tuple(text_span(mention.trigger) for mention in draft.mentions if is_means(mention.trigger))[:1]
    return tuple(found.values())


def _doing_by_parse(draft: Draft, setting: Setting) -> dict[_Phrase, Blame]:
    harmed = _harmed(draft, setting)
    leading = _doing(_leading(draft), setting, harmed)
    doing = leading or next(filter(None, (_doing([each], setting, harmed) for each in draft.mentions)), {})
    for token, blame in draft.blamed:
        doing |= {phrase: blame for phrase in _acting(token, draft.type, setting, harmed) if phrase not in doing}
    return doing


def _undergoing_by_parse(draft: Draft, setting: Setting) -> list[_Phrase]:
    doers = {token.i for mention in draft.mentions for token in mention.roles.doers}
    heads = [token for mention in draft.mentions for token in mention.roles.undergoers if token.i not in doers]
    heads = [each for head in heads for each in _by_name(head, setting)]
    phrases = [_phrase(head, setting) for head in dict.fromkeys(_referents(heads, setting))]
    return [phrase for phrase in phrases if _kind(phrase, draft.type) is not None]


def _given(draft: Draft, setting: Setting) -> dict[str, list[_Phrase]]:
    return {PERPETRATOR: list(_doing_by_parse(draft, setting)), TARGET: _undergoing_by_parse(draft, setting)}


def _likely(slot: str, given: list[_Phrase], draft: Draft, setting: Setting) -> list[_Phrase]:
    """What the parse gives without what is seldom one, and what else stands near enough; of assaults alone."""
    if draft.type != "ASSAULT":
        return given
    kept = [
        phrase
        for phrase in given
        if (phrase.mention is not None and phrase.mention.type in _SURE)
        or _chance(phrase, slot, draft, setting) >= LEAST_GIVEN[slot]
    ]
    more = _more(slot, {phrase.head.i: phrase for phrase in given}, draft, setting)
    return kept + [phrase for phrase in more if _chance(phrase, slot, draft, setting) >= LEAST_ADDED[slot]]


def _more(slot: str, given: Mapping[int, _Phrase], draft: Draft, setting: Setting) -> Iterator[_Phrase]:
    for head in candidates_in(draft, setting, slot):
        phrase = _phrase(head, setting)
        if head.i in given or any(other.span == phrase.span for other in given.values()):
            continue
        entity = setting.entities.get(phrase.entity or "")
        if _can_act(phrase, draft.type, entity) if slot == PERPETRATOR else _kind(phrase, draft.type) is not None:
            yield phrase


def _chance(phrase: _Phrase, slot: str, draft: Draft, setting: Setting) -> float:
    return likelihood(Candidate(phrase.head, slot, _parsed_as(phrase, draft, setting)), draft, setting)


def _parsed_as(phrase: _Phrase, draft: Draft, setting: Setting) -> str:
    """What the parse makes of a phrase: "doer", "undergoer", "blamed" or nothing."""
    given = {
        "doer": (token for mention in draft.mentions for token in mention.roles.doers),
        "undergoer": (token for mention in draft.mentions for token in mention.roles.undergoers),
        "blamed": (token for token, _ in draft.blamed),
    }
    inside = range(setting.first_token(phrase.span), phrase.head.i + 1)
    return next((name for name, tokens in given.items() if any(token.i in inside for token in tokens)), "")


def _leading(draft: Draft) -> list[EventMention]:
    """The tellings that are surely of it: the first ones, and those that take it up ("the attack")."""
    near = draft.mentions[0].sentence + LEAD
    return [mention for mention in draft.mentions if mention.sentence <= near or takes_up(mention.trigger)]


def _doing(mentions: Iterable[EventMention], setting: Setting, harmed: set[str]) -> dict[_Phrase, Blame]:
    found: dict[_Phrase, Blame] = {}
    for mention in mentions:
        for token in mention.roles.doers:
            for phrase in _acting(token, mention.type, setting, harmed):
                found.setdefault(phrase, mention.blame)
    return found


def _acting(token: Token, type_: str, setting: Setting, harmed: set[str]) -> Iterator[_Phrase]:
    """Who acts by a token of a clause: the phrase that it stands for, and the organisation of it."""
    for head in _referents([token], setting):
        for each in _with_organisation(head, setting):
            phrase = _phrase(each, setting)
            if phrase.entity not in harmed and _can_act(phrase, type_, setting.entities.get(phrase.entity or "")):
                yield phrase


def _harmed(draft: Draft, setting: Setting) -> set[str]:
    """The organisations whose people it was done to: no doers of it, even where they fight."""
    near = draft.mentions[0].sentence + LEAD
    heads = (token for each in draft.mentions if each.sentence <= near for token in each.roles.undergoers)
    named = (setting.mention_of(each) for head in heads for each in _with_organisation(head, setting))
    return {mention.entity for mention in named if mention is not None and mention.type == "organisation"}


def _referents(tokens: Iterable[Token], setting: Setting) -> list[Token]:
    aside = setting.time_tokens | setting.dateline_tokens
    found = (referent(token, setting) for token in tokens if token.i not in aside)
    return [token for token in found if token is not None]


def _by_name(head: Token, setting: Setting) -> list[Token]:
    """Those whom a noun is of, where they are named after it: "the priests John Smith, Juan Perez and Jose Gomez"."""
    named = [found for found in head.subtree if found.i > head.i and found.dep_ in {"appos", "conj", "flat"}]
    persons = [found for found in named if found.dep_ != "flat" and setting.type_at(found) == "person"]
    return persons if persons and any(found.dep_ == "appos" for found in persons) else [head]


def _each_once(phrases: list[_Phrase]) -> list[_Phrase]:
    """Each of them by its first phrase; what only takes up another one is left out."""
    named = any(phrase.entity for phrase in phrases)
    found: dict[str, _Phrase] = {}
    for phrase in phrases:
        if phrase.is_anaphoric and len(phrases) > 1 and (named or _is_taken_up(phrase, phrases)):
            continue
        found.setdefault(phrase.entity or lemmas(phrase.head)[0], phrase)
    return list(found.values())


def _is_taken_up(phrase: _Phrase, phrases: list[_Phrase]) -> bool:
    return any(other.head.i != phrase.head.i and not other.is_anaphoric for other in phrases)


def _with_organisation(head: Token, setting: Setting) -> list[Token]:
    """The phrase's head, and the organisation that it is a part of: "members", "FMLN" of "members of the FMLN"."""
    own = setting.mention_of(head)
    if own is not None and own.type in {"organisation", "person"}:
        return [head]
    inner = [found for found in head.children if found.dep_ in {"compound", "amod", "nmod:poss", "appos", "nmod"}]
    inner = [found for found in inner if not obliques(head) or found not in obliques(head)] + obliques(
        head, "of", "from"
    )
    named = [found for found in inner if setting.type_at(found) == "organisation" and not is_actor(found)]
    return [head, *named]


def _span_of(phrase: _Phrase, slot: str, setting: Setting) -> TextSpan:
    """The phrase; of a perpetrator without the organisation before its head, which is named apart."""
    if slot != PERPETRATOR or phrase.entity is not None:
        return phrase.span
    named = [
        found for found in phrase.head.children if found.i < phrase.head.i and setting.type_at(found) == "organisation"
    ]
    if not named or is_actor(named[-1]):
        return phrase.span
    end = setting.mention_at[named[-1].i].end
    text = setting.doc.text[end : phrase.span.end]
    start = end + len(text) - len(text.lstrip(" '’s\"”"))
    return TextSpan(start, phrase.span.end, setting.doc.text[start : phrase.span.end])


def _perpetrator(phrase: _Phrase, blame: Blame, setting: Setting) -> Perpetrator:
    for modifier in phrase.head.children:
        weakened = hedge(modifier.lower_, "mod") if modifier.dep_ == "amod" else None
        if weakened is not None and weakened.blame is not None:
            blame = weakened.blame
    span = _span_of(phrase, PERPETRATOR, setting)
    return Perpetrator(span.start, span.end, span.text, phrase.entity, blame)


def _can_act(phrase: _Phrase, type_: str, entity: Entity | None) -> bool:
    head = phrase.head
    if head.pos_ in {"PRON", "DET", "NUM"}:
        return False
    if phrase.mention is not None and phrase.mention.type == "platform" and any_lemma_in(head, _GO_OFF):
        return False
    if phrase.mention is not None:
        return phrase.mention.type != "weapon" and not (is_agency(entity) or is_monitor(entity))
    mode = next((mode for lemma in lemmas(head) if (mode := weapon_mode(lemma)) is not None), None)
    if mode is not None and mode not in _CARRIERS:
        return False
    if any_lemma_in(head, _ANYBODY):
        return any(found.dep_ == "amod" for found in head.children) or head.dep_ == "obl:agent"
    if type_ != "ASSAULT" and head.pos_ == "NOUN":
        return event_word(head) is None and target_kind(head) not in {"facility", "vehicle"}
    return is_actor(head) or (head.pos_ == "PROPN" and head.tag_ != "NN" and head.is_title)


def _target(phrase: _Phrase, kind: TargetKind) -> Target:
    span = phrase.span
    return Target(span.start, span.end, span.text, phrase.entity, kind)


def _kind(phrase: _Phrase, type_: str) -> TargetKind | None:
    head = phrase.head
    if head.pos_ in {"PRON", "DET", "NUM"}:
        return None
    if phrase.mention is not None:
        named: dict[str, TargetKind] = {
            "person": "person",
            "nationality": "person",
            "organisation": "organisation",
            "facility": "facility",
            "platform": "vehicle",
        }
        found = named.get(phrase.mention.type)
    else:
        found = None if event_word(head) is not None and head.pos_ == "NOUN" else target_kind(head)
    return found or (None if type_ == "ASSAULT" else "organisation")


def _phrase(head: Token, setting: Setting) -> _Phrase:
    """The name itself where the head stands in one that is not only a part of the phrase, else its core."""
    mention = setting.mention_of(head)
    if mention is not None and mention.type not in {"nationality", "platform"}:
        return _Phrase(head, mention, TextSpan(mention.start, mention.end, mention.text))
    span: Span = phrase_with_of(head)
    return _Phrase(head, mention, text_span(span))
