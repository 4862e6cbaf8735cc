"""What stands around a phrase: its words and title, what it hangs on and who says it, as named features."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.incidents.setting import Setting
from onrecord.reading.incidents.words import EventWord, blame_word, event_word, lemmas
from onrecord.reading.names.actors import actor_of
from onrecord.reading.schema import Mention
from onrecord.reading.syntax import children, prepositions

_MEANING = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_NEAR = 8  # tokens


class Surroundings:
    """The features of where the phrases of a document stand, whatever happening is asked for."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._known: dict[int, frozenset[str]] = {}
        self._within: dict[int, frozenset[str]] = {}
        self._around: dict[int, frozenset[str]] = {}
        self._sentences: dict[int, list[tuple[int, str]]] = {}
        self._cues: dict[int, list[Token]] = {}
        self._words: dict[int, EventWord | None] = {}
        self._sources = {
            token.i
            for attribution in setting.doc._.attributions
            for part in attribution.source
            for token in setting.tokens_at(part.start, part.end)
        }

    def of(self, head: Token) -> frozenset[str]:
        """The features of the phrase with that head."""
        known = self._known.get(head.i)
        if known is None:
            known = self._known[head.i] = frozenset(self._features(head))
        return known

    def within(self, head: Token) -> frozenset[str]:
        """The same for a phrase in a sentence that tells the happening."""
        known = self._within.get(head.i)
        if known is None:
            known = self._within[head.i] = frozenset(f"in:{feature}" for feature in self.of(head))
        return known

    def around(self, head: Token) -> frozenset[str]:
        """The words of its sentence that mean something, those near it apart."""
        known = self._around.get(head.i)
        if known is None:
            words = self._words_of(self.setting.numbers[head.i])
            near = (f"beside={word}" for at, word in words if 0 < abs(at - head.i) <= _NEAR)
            known = self._around[head.i] = frozenset((*(f"sentence={word}" for _, word in words), *near))
        return known

    def _words_of(self, number: int) -> list[tuple[int, str]]:
        known = self._sentences.get(number)
        if known is None:
            sentence = self.setting.sentences[number]
            known = [(token.i, token.lemma_.lower()) for token in sentence if token.pos_ in _MEANING]
            self._sentences[number] = known
        return known

    def _features(self, head: Token) -> Iterator[str]:
        mention = self.setting.mention_of(head)
        if mention is not None and mention.type != "nationality":
            yield f"head={mention.type}"
            yield from self._of_name(head, mention)
        else:
            yield f"head={lemmas(head)[0]}"
        yield f"tag={head.tag_}"
        yield from self._of_place(head)
        yield from (feature for below in head.children for feature in self._of_modifier(head, below))
        yield from self._of_speech(head)

    def _of_name(self, head: Token, mention: Mention) -> Iterator[str]:
        setting = self.setting
        entity = setting.entities.get(mention.entity)
        if mention.type != "person":
            name = entity.name if entity is not None else mention.text
            yield f"name={' '.join(name.lower().split())}"
        actor = actor_of(entity)
        if actor is not None:
            yield f"role={actor.role}"
        before = setting.tokens_at(mention.start, mention.end)[0].i - 1
        title = head.doc[before] if before >= 0 else None
        if title is not None and title.pos_ in {"NOUN", "PROPN"} and title.i not in setting.mention_at:
            yield f"title={lemmas(title)[0]}"
        described = [*children(head, "appos"), *([head.head] if head.dep_ in {"appos", "flat"} else [])]
        yield from (f"described={lemmas(each)[0]}" for each in described if each.i not in setting.mention_at)

    def _of_place(self, head: Token) -> Iterator[str]:
        """What it hangs on, and how."""
        above, preposition = head.head, "|".join(prepositions(head)[:1])
        yield f"link={head.dep_}:{preposition}"
        yield f"under={lemmas(above)[0]}"
        yield f"under={lemmas(above)[0]}:{head.dep_}:{preposition}"
        word = self._event_word(above)
        if word is not None:
            yield f"event={word.type}-{word.mode}:{head.dep_}:{preposition}"
        if above.head is not above:
            yield f"under={lemmas(above.head)[0]}:{above.dep_}:{head.dep_}"
        if head.dep_ == "conj":
            yield f"and={above.dep_}:{lemmas(above.head)[0]}"
        yield f"before={_form(head.doc[max(head.left_edge.i - 1, 0)])}"
        after = head.right_edge.i + 1
        if after < len(head.doc):
            yield f"after={_form(head.doc[after])}"

    def _of_modifier(self, head: Token, below: Token) -> Iterator[str]:
        if below.dep_ in {"det", "nmod:poss"} and below.i < head.i:
            yield f"determiner={below.lower_ if below.dep_ == 'det' else 'possessive'}"
        elif below.dep_ in {"amod", "compound"}:
            yield f"modifier={self._type_or_lemma(below)}"
        elif below.dep_ == "nummod":
            yield "number"
        elif below.dep_ in {"acl", "acl:relcl"}:
            yield f"clause={below.dep_}:{lemmas(below)[0]}"
        elif below.dep_ == "appos":
            yield f"apposition={self.setting.type_at(below)}"
        elif below.dep_ == "nmod":
            yield f"of={'|'.join(prepositions(below)[:1])}:{self._type_or_lemma(below)}"

    def _of_speech(self, head: Token) -> Iterator[str]:
        attribution = self.setting.attribution_over(head.idx, head.idx + len(head.text))
        yield f"quote={attribution.quote if attribution is not None else 'none'}"
        if head.i in self._sources:
            yield "source"
        for cue in self._blaming(self.setting.numbers[head.i]):
            yield f"cue={lemmas(cue)[0]}:{'after' if cue.i < head.i else 'before'}"

    def _blaming(self, number: int) -> list[Token]:
        """The verbs of a sentence that make somebody a doer."""
        known = self._cues.get(number)
        if known is None:
            sentence = self.setting.sentences[number]
            known = [token for token in sentence if token.pos_ == "VERB" and blame_word(token) is not None]
            self._cues[number] = known
        return known

    def _event_word(self, token: Token) -> EventWord | None:
        if token.i not in self._words:
            self._words[token.i] = event_word(token)
        return self._words[token.i]

    def _type_or_lemma(self, token: Token) -> str:
        return self.setting.type_at(token) or lemmas(token)[0]


def _form(token: Token) -> str:
    """The token's form in small letters; "break" for a line break."""
    return token.lower_.strip() or "break"
