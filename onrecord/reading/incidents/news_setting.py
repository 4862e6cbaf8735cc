"""Where and when the news of an article happened, among all places and days that its text names.

The parse ties some to the words that tell it, but reports add the village two sentences later ("the strikes hit …"),
and name days on which somebody spoke or took a photograph. A logistic model over where each one stands says which are
the news's own; its weights, trained by `training/news_setting.py`, stand in `data/news-setting-weights.tsv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Token

from onrecord.lexicon import rows
from onrecord.reading.document import article_of
from onrecord.reading.incidents.contexts import incident_words
from onrecord.reading.incidents.drafts import Draft
from onrecord.reading.incidents.fillers import chance_of
from onrecord.reading.incidents.setting import Day, Setting, level_order, where_relation
from onrecord.reading.incidents.words import event_word, lemmas
from onrecord.reading.schema import WIDE_LEVELS, DateRange, Entity, Time
from onrecord.reading.syntax import ancestors, prepositions, subjects

PLACE, DAY = "place", "day"
_FAR, _MANY, _LONGEST_PATH = 12, 4, 3  # sentences, mentions, steps
_LINE = 8  # tokens in which a picture's credit follows its day
_LONGEST = 7  # days; a longer time dates no happening
_STEPS = (0, 1, 2, 3, 4, 6, 9)
_AGES = (0, 1, 2, 3, 5, 8, 32)
_MODIFIERS = frozenset({"nmod", "compound", "appos", "nmod:poss", "amod", "flat"})
_SPAN = re.compile(r"P(?:T(?P<hours>\d+)H|(?P<days>\d+)D)")
_NO_DAYS = frozenset({"day", "today", "yesterday"})
# From these likelihoods on what the parse gives is kept, what else is named is added, and a day is taken: set where
# held-back articles get the right place most often at no more wrong ones.
_GIVEN, _ADDED, _ONLY, _DAY, _SURE = 0.2, 0.3, 0.1, 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Option:
    """A place (its entity's id) or a stretch of days, and what speaks for and against its being the news's own."""

    slot: str
    answer: str | DateRange
    features: frozenset[str]

    @property
    def chance(self) -> float:
        """The probability, between 0 and 1, that it is."""
        return chance_of(_weights()[self.slot], self.features)


def where_of_news(given: Sequence[str], setting: NewsSetting, *, trusting: bool) -> tuple[str, ...]:
    """The ids of the places of the news, narrowest first: those `given` by the parse that are likely, and likely ones.

    A country stays only where the places are in it, or where nothing narrower is told. `trusting`: all that is given
    stays, as in a text of a few sentences.
    """
    chances = {str(option.answer): option.chance for option in setting.places()}
    entities = setting.entities
    local = [id_ for id_ in dict.fromkeys((*given, *chances)) if entities[id_].level not in WIDE_LEVELS]
    chosen = [id_ for id_ in local if chances.get(id_, 0.0) >= (_GIVEN if id_ in given else _ADDED)]
    if trusting:
        chosen = [id_ for id_ in local if id_ in given or id_ in chosen]
    if not chosen and local:
        chosen = [
            best for best in [max(local, key=lambda id_: chances.get(id_, 0.0))] if chances.get(best, 0.0) >= _ONLY
        ]
    countries = {entities[id_].country for id_ in chosen}
    wide = [id_ for id_ in given if id_ not in local and (not chosen or trusting or entities[id_].country in countries)]
    return tuple(sorted((*chosen, *wide), key=lambda id_: level_order(entities[id_])))


def day_of_news(setting: NewsSetting, given: DateRange | None) -> DateRange | None:
    """The likeliest day or days of the news, else those `given` by the parse.

    Only a day that is more likely than not goes before a longer time that is told of the deed itself ("in March").
    """
    best = max(setting.days(), key=lambda option: option.chance, default=None)
    least = _SURE if given is not None and _length(given) > _LONGEST else _DAY
    if best is None or best.chance < least or not isinstance(best.answer, DateRange):
        return given
    return best.answer


class NewsSetting:
    """The options of an article's news: `news`, with the ids of its `tolls`; `others` are the further happenings."""

    def __init__(self, news: Draft, others: Sequence[Draft], tolls: Collection[str], setting: Setting) -> None:
        self._news, self._setting, self.entities = news, setting, setting.entities
        rivals = [draft for draft in others if draft.type == news.type]
        self._triggers = {mention.trigger.i for mention in news.mentions}
        self._rivals = {mention.trigger.i for draft in rivals for mention in draft.mentions}
        self._told_in = set(news.sentences)
        self._rivals_in = {number for draft in rivals for number in draft.sentences}
        casualties = (each for each in setting.doc._.casualties if each.id in tolls)
        self._tolls_in = {setting.numbers[setting.first_token(each)] for each in casualties}

    def places(self) -> list[Option]:
        """Every place that the report names, up to some sentences after the news, in the order of the text."""
        named = list(self._named())
        features: dict[str, set[str]] = {}
        for at, (token, entity) in enumerate(named):
            own = features.setdefault(entity.id, set())
            own.update(self._of_place(token, entity, [each for _, each in named[max(at - _MANY, 0) : at + _MANY]]))
        for id_, whole in self._of_all_mentions(named):
            features[id_].update(whole)
        return [Option(PLACE, id_, frozenset(own)) for id_, own in features.items()]

    def days(self) -> list[Option]:
        """Every stretch of few days that the report names, in the order of the text.

        Neither "since Friday" nor a day after publication is one: news tells what has happened.
        """
        few = (day for day in self._dated() if _length(day.range) <= _LONGEST and not day.is_since)
        named = [day for day in few if self._age(day.range) != "ahead"]
        features: dict[DateRange, set[str]] = {}
        for day in named:
            if day.range not in features:
                age, first = self._age(day.range), _step(self._setting.numbers[day.token.i], _STEPS)
                order = f"order={min(len(features), _MANY)}"
                features[day.range] = {"bias", f"length={_length(day.range)}", f"age={age}", f"first={first}", order}
            features[day.range].update(self._of_day(day))
        counts = Counter(day.range for day in named)
        return [
            Option(DAY, days, frozenset((*own, f"count={min(counts[days], _MANY)}"))) for days, own in features.items()
        ]

    def _named(self) -> Iterator[tuple[Token, Entity]]:
        """The places of the first sentences, each with the token by which it hangs in its clause."""
        setting, seen = self._setting, set()
        for sentence in setting.sentences[: self._news.sentences[0] + _FAR + 1]:
            for token in sentence:
                mention = setting.mention_at.get(token.i)
                entity = setting.entities.get(mention.entity) if mention is not None else None
                if mention is None or entity is None or mention.type != "place" or mention.id in seen:
                    continue
                seen.add(mention.id)
                tokens = setting.tokens_at(mention.start, mention.end)
                inside = {each.i for each in tokens}
                yield next((each for each in tokens if each.head.i not in inside), tokens[-1]), entity

    def _home(self) -> str | None:
        """The country that the document's names of places and peoples point to most often."""
        setting = self._setting
        named = (setting.entities.get(mention.entity) for mention in setting.doc._.mentions)
        countries = Counter(entity.country for entity in named if entity is not None and entity.country)
        return countries.most_common(1)[0][0] if countries else None

    def _of_all_mentions(self, named: Sequence[tuple[Token, Entity]]) -> Iterator[tuple[str, set[str]]]:
        """What is known of each place from all that the report names."""
        entities = {entity.id: entity for _, entity in named}
        counts = Counter(entity.id for _, entity in named)
        home = self._home()
        local = [id_ for id_, entity in entities.items() if entity.level not in WIDE_LEVELS]
        most = max((counts[id_] for id_ in local), default=0)
        given = {place.entity.id: place.relation for place in self._news.places}
        first = {entity.id: self._setting.numbers[token.i] for token, entity in reversed(named)}
        for id_, entity in entities.items():
            level = f" level={entity.level}"
            yield (
                id_,
                {
                    "bias",
                    f"level={entity.level}",
                    f"given={given.get(id_)}",
                    f"given={given.get(id_)}{level}",
                    f"first={_step(first[id_], _STEPS)}{level}",
                    f"count={min(counts[id_], _MANY)}",
                    f"home={entity.country is not None and entity.country == home}",
                    f"locals={min(len(local), _MANY)}{level}",
                    f"most={counts[id_] == most}" if id_ in local else "wide",
                    f"order={min(local.index(id_), _MANY)}" if id_ in local else "wide",
                },
            )

    def _of_place(self, token: Token, entity: Entity, beside: Sequence[Entity]) -> Iterator[str]:
        """What one mention says of a place; `beside` are the places named shortly before and after."""
        yield from self._of_standing(token, " wide" if entity.level in WIDE_LEVELS else " local")
        yield f"relation={where_relation(token)}"
        before = prepositions(token)
        yield f"before={before[0] if before else token.dep_}"
        if token.dep_ in _MODIFIERS:
            yield f"{token.dep_}={lemmas(token.head)[0]}"
        yield from self._of_next_word(token)
        yield f"deed={self._deed_over(token)}"
        yield f"narrowest={level_order(entity) <= min(map(level_order, beside))}"

    def _of_next_word(self, token: Token) -> Iterator[str]:
        """The word after the name: "province", "-held", "'s"."""
        mention = self._setting.mention_at[token.i]
        last = self._setting.tokens_at(mention.start, mention.end)[-1]
        following = token.doc[last.i + 1 : last.i + 3]
        if len(following) == 2 and following[0].text == "-":
            yield f"next=-{following[1].lower_}"
        elif len(following):
            yield f"next={following[0].lower_.strip() or 'break'}"

    def _deed_over(self, token: Token) -> str:
        """How the clause speaks of what happened: "the" of "the strikes hit the town of Azaz"."""
        for above in ancestors(token):
            noun = next((each for each in (above, *subjects(above)) if each.pos_ == "NOUN"), None)
            word = event_word(noun) if noun is not None else None
            if noun is not None and word is not None and word.type == self._news.type:
                return next((each.lower_ for each in noun.children if each.dep_ == "det"), "bare")
        return "none"

    def _dated(self) -> Iterator[Day]:
        """The days that are told, those of "the past 24 hours" among them, in the order of the text."""
        told = [day for number in sorted(self._setting.days) for day in self._setting.days[number]]
        recent = (self._recent(time) for time in self._setting.doc._.times if time.type == "DURATION")
        yield from sorted((*told, *(day for day in recent if day is not None)), key=lambda day: day.time.start)

    def _recent(self, time: Time) -> Day | None:
        """The days of a stretch that ends with publication: "the past two days"; None for any other duration."""
        length, tokens = _SPAN.fullmatch(time.value), self._setting.tokens_at(time.start, time.end)
        if length is None or not tokens or not any(token.lower_ in incident_words("recent") for token in tokens):
            return None
        days = int(length["days"]) if length["days"] else (int(length["hours"]) + 23) // 24
        try:
            until = date.fromisoformat((article_of(self._setting.doc).published or "")[:10])
            since = until - timedelta(days=days)
        except (ValueError, OverflowError):
            return None
        return Day(tokens[0], time, DateRange(since.isoformat(), until.isoformat()))

    def _of_day(self, day: Day) -> Iterator[str]:
        """What one mention says of a day."""
        yield from self._of_standing(day.token, "")
        before = prepositions(day.token)
        yield f"before={before[0] if before else 'none'}"
        yield f"form={_form(day)}"
        yield f"form={_form(day)} age={self._age(day.range)}"
        yield f"given={'day' if day in self._news.days else 'near' if day in self._news.near_days else 'no'}"
        verb = next((each for each in ancestors(day.token) if each.pos_ in {"VERB", "AUX"}), None)
        if verb is not None:
            yield f"verb={lemmas(verb)[0]}"
            yield f"tag={verb.tag_}"
        around = (*day.token.sent, *day.token.doc[day.token.i :][:_LINE])
        if any(each.lower_ in incident_words("picture") for each in around):
            yield "picture"

    def _of_standing(self, token: Token, kind: str) -> Iterator[str]:
        """Where in the text and in its sentence it stands, seen from the words that tell the news."""
        number = self._setting.numbers[token.i]
        yield f"sentence={_step(number - self._news.sentences[0], (-1, *_STEPS))}{kind}"
        yield f"told={'news' if number in self._told_in else 'rival' if number in self._rivals_in else 'none'}{kind}"
        if number in self._tolls_in:
            yield f"toll{kind}"
        path = [token.dep_]
        for above in ancestors(token):
            whose = "news" if above.i in self._triggers else "rival" if above.i in self._rivals else None
            if whose is not None:
                yield f"under={whose}{kind}"
                yield f"path={whose} {'<'.join(path[:_LONGEST_PATH])}"
                return
            path.append(above.dep_)
        yield f"under=none{kind}"

    def _age(self, days: DateRange) -> str:
        """How many days before publication they end."""
        published = article_of(self._setting.doc).published
        try:
            age = (date.fromisoformat((published or "")[:10]) - date.fromisoformat(days.end)).days
        except ValueError:
            return "unknown"
        return _step(age, _AGES) if age >= 0 or days.start <= (published or "") else "ahead"


def _form(day: Day) -> str:
    """How the day is written: "weekday", "early weekday", "date", "year" (with its year), else its words."""
    words = day.time.text.lower().split()
    if any(character.isdigit() for word in words for character in word):
        return "year" if any(len(word) == 4 and word.isdigit() for word in words) else "date"
    if any(word.endswith("day") and word not in _NO_DAYS for word in words):
        return " ".join([*(word for word in words[:1] if not word.endswith("day")), "weekday"])
    return " ".join(words)


def _length(days: DateRange) -> int:
    """How many days; more than any that counts where that cannot be said."""
    if days.start == days.end:
        return 1
    try:
        return (date.fromisoformat(days.end) - date.fromisoformat(days.start)).days + 1
    except ValueError:
        return _LONGEST + 1


def _step(number: int, steps: Sequence[int]) -> str:
    return str(max((step for step in steps if step <= number), default=steps[0]))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """By slot, the weight of each feature."""
    found: dict[str, dict[str, float]] = {PLACE: {}, DAY: {}}
    for row in rows("news-setting-weights"):
        found[row["slot"]][row["feature"]] = float(row["weight"])
    return found
