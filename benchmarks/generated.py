"""Readings made up by a program: a war in which nothing is true, to measure and test the record without the model.

Attacks happen in made-up towns; outlets of made-up names tell of each with their own words and tolls, some in the words
of another. What belongs together is known, and the same seed gives the same readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from onrecord.articles.article import TextSpan
from onrecord.lexicon import rows
from onrecord.reading.schema import (
    Attribution,
    Casualty,
    DateRange,
    Entity,
    Incident,
    Label,
    Mention,
    Perpetrator,
    Reading,
    Target,
    Truce,
)
from onrecord.sources.source import Source

FIRST_DAY = date(2031, 3, 1)
MODES = {
    "aerial": ("air strike", "Warplanes bombed", "The raid hit"),
    "heavy-weapons": ("shelling", "Shells fell on", "Artillery struck"),
    "explosives": ("bombing", "A bomb went off in", "An explosion tore through"),
}
SPOTS = ("the bakery", "the market", "the bus station", "the clinic", "the school", "the well", "the mill")
WITNESSES = ("the Monitor of Harm", "the Red Lantern medics", "the governor", "a military source", "residents")
SIDES = ("the Northern Front", "the Republic's army", "the River Brigades", "the Coalition of the South")


@dataclass(frozen=True, slots=True)
class Town:
    """A made-up place with coordinates."""

    name: str
    key: str
    latitude: float
    longitude: float
    country: str


@dataclass(frozen=True, slots=True)
class Attack:
    """A made-up happening."""

    number: int
    town: Town
    day: date
    mode: str
    spot: str
    side: str
    killed: int


@dataclass(frozen=True, slots=True)
class Told:
    """One article with its reading, and the attack that it tells of."""

    source: Source
    reading: Reading
    attack: Attack


def telling(articles: int, seed: int = 0, towns: int = 60, per_attack: int = 4, per_day: int = 5) -> Iterator[Told]:
    """This many articles, `per_attack` of them on each attack, `per_day` attacks a day; in the order of attacks."""
    random = Random(seed)
    places = [_town(random, number) for number in range(towns)]
    for number in range(-(-articles // per_attack)):
        attack = _attack(random, number, places, per_day)
        first: Told | None = None
        for at in range(min(per_attack, articles - number * per_attack)):
            copied = first is not None and random.random() < 0.25
            told = _copy(first, at) if copied and first else _article(random, attack, at)
            first = first or told
            yield told


def one_town(attacks: int = 400, per_attack: int = 5, seed: int = 0) -> Iterator[Told]:
    """Accounts of like attacks (air strikes, by one side) on one town: on every third day two of them.

    Of each attack there is a first account, then copies, accounts in other words, and one of some days later that gives
    a toll which has risen. Two attacks on one day struck different places.
    """
    random = Random(seed)
    town, side = _town(random, 0), SIDES[0]
    day, before = FIRST_DAY, ""
    for number in range(attacks):
        second = number % 4 == 3
        day = day if second else day + timedelta(days=random.choice((1, 1, 2)))
        before = random.choice([spot for spot in SPOTS if spot != before])
        attack = Attack(number, town, day, "aerial", before, side, random.randint(1, 60))
        first = _article(random, attack, 0)
        yield first
        for at in range(1, per_attack - 1):
            yield _copy(first, at) if random.random() < 0.25 else _article(random, attack, at)
        yield _late(random, attack, per_attack - 1)


def _late(random: Random, attack: Attack, at: int) -> Told:
    """An article of some days later: the toll has risen."""
    town, toll = attack.town.name, attack.killed + random.randint(1, 8)
    witness = random.choice(WITNESSES)
    raid = f"{attack.day:%A}'s air strike on {attack.spot} in {town}"
    lead = f"The toll of {raid} rose to {toll} people killed, {witness} said."
    blame = f"It was blamed on {attack.side}, which \u201cterrorists\u201d have fought for months."
    fillers = [_filler(random, _topic(attack.number)) for _ in range(8)]
    published = attack.day + timedelta(days=random.randint(1, 4))
    outlet = f"Outlet {(attack.number * 7 + at * 3) % 23}"
    return told(attack, f"Toll rises in {town}", [lead, blame, *fillers], toll, witness, outlet, published)


def _town(random: Random, number: int) -> Town:
    latitude, longitude = round(random.uniform(30.0, 37.0), 4), round(random.uniform(36.0, 46.0), 4)
    return Town(
        f"{_name(random)}{'ab ir un os'.split()[number % 4]}", f"geonames:9{number:06}", latitude, longitude, "XZ"
    )


def _attack(random: Random, number: int, towns: Sequence[Town], per_day: int) -> Attack:
    return Attack(
        number=number,
        town=random.choice(towns),
        day=FIRST_DAY + timedelta(days=number // per_day),
        mode=random.choice(sorted(MODES)),
        spot=random.choice(SPOTS),
        side=random.choice(SIDES),
        killed=random.randint(1, 90),
    )


def _article(random: Random, attack: Attack, at: int) -> Told:
    noun, *verbs = MODES[attack.mode]
    town, toll = attack.town.name, max(1, attack.killed + random.choice((-2, 0, 0, 0, 1, 5)))
    witness = random.choice(WITNESSES)
    lead = f"{random.choice(verbs)} {attack.spot} in {town} on {attack.day:%A}, killing {toll} people, {witness} said."
    blame = f"The {noun} was blamed on {attack.side}, which \u201cterrorists\u201d have fought for months."
    topic = _topic(attack.number)
    fillers = [_filler(random, topic) for _ in range(12)]
    outlet = f"Outlet {(attack.number * 7 + at * 3) % 23}"
    published = attack.day + timedelta(days=random.choice((0, 0, 1)))
    return told(attack, f"{noun.title()} in {town}", [lead, blame, *fillers], toll, witness, outlet, published)


def told(
    attack: Attack, title: str, sentences: Sequence[str], toll: int, witness: str, outlet: str, published: date
) -> Told:
    """An article of these sentences; the first tells of the attack, its toll and its witness, the second blames."""
    text = "\n".join(sentences)
    lead, blame = _span(text, sentences[0]), _span(text, sentences[1])
    reading = Reading(
        id=f"{outlet} {attack.number}",
        text=text,
        outlet=outlet,
        title=title,
        published=published.isoformat(),
        published_from="given",
        mentions=(_mention(text, "m1", attack.town.name, "place", "e1"),),
        entities=(_place(attack.town), Entity("e2", "organisation", attack.side)),
        attributions=(Attribution("a1", (_span(text, witness),), (_span(text, "said"),), (lead,)),),
        casualties=(_casualty(text, toll),),
        incidents=(_incident(text, attack, lead, blame),),
        truces=_truces(text, attack, blame),
        labels=(Label(*_bounds(text, "terrorists"), "l1", of="e2", scare_quotes=True),),
    )
    data = f"{outlet}\n{published}\n{text}".encode()
    return Told(Source(data, "text", f"{outlet}/{attack.number}.txt"), reading, attack)


def _copy(first: Told, at: int) -> Told:
    outlet = f"Outlet {(first.attack.number * 5 + at) % 23 + 23}"
    reading = first.reading
    lead, blame, *rest = reading.text.split("\n")
    toll = reading.casualties[0].count or 0
    witness = reading.attributions[0].source[0].text
    published = date.fromisoformat(reading.published or "") + timedelta(days=at % 2)
    return told(first.attack, f"{reading.title}: report", [lead, blame, *rest[:-1]], toll, witness, outlet, published)


def _filler(random: Random, topic: Sequence[str]) -> str:
    """A sentence without sense: words as frequent as in news, and some that belong to this attack."""
    words, frequencies = _vocabulary()
    chosen = [*random.choices(words, cum_weights=frequencies, k=12), *random.choices(topic, k=4)]
    random.shuffle(chosen)
    return f"{' '.join(chosen).capitalize()}."


def _topic(number: int) -> list[str]:
    words, _ = _vocabulary()
    return Random(number).sample(words, 15)


@cache
def _vocabulary() -> tuple[list[str], list[int]]:
    entries = [(row["word"], int(row["articles"])) for row in rows("word-documents") if row["word"].isalpha()]
    return [word for word, _ in entries], list(accumulate(n for _, n in entries))


def _name(random: Random) -> str:
    return "".join(random.choice("bdfgklmnrst") + random.choice("aeiou") for _ in range(3)).title()


def _bounds(text: str, words: str) -> tuple[int, int, str]:
    start = text.index(words)
    return start, start + len(words), words


def _span(text: str, words: str) -> TextSpan:
    return TextSpan(*_bounds(text, words))


def _mention(text: str, id: str, name: str, type: str, entity: str) -> Mention:
    return Mention(*_bounds(text, name), id, "place" if type == "place" else "organisation", entity)


def _place(town: Town) -> Entity:
    return Entity("e1", "place", town.name, town.key, town.latitude, town.longitude, town.country, "settlement")


def _casualty(text: str, toll: int) -> Casualty:
    start, end, words = _bounds(text, f"{toll} people")
    return Casualty(
        start,
        end,
        words,
        "k1",
        count=toll,
        low=toll,
        high=toll,
        qualifier="exact",
        effect="killed",
        incident="i1",
        where=("e1",),
        attribution="a1",
    )


def _incident(text: str, attack: Attack, lead: TextSpan, blame: TextSpan) -> Incident:
    return Incident(
        "i1",
        "ASSAULT",
        attack.mode,
        main=True,
        date=DateRange(attack.day.isoformat(), attack.day.isoformat()),
        where=("e1",),
        where_relation="in",
        perpetrators=(Perpetrator(*_bounds(text, attack.side), entity="e2", blame="accused"),),
        targets=(Target(*_bounds(text, attack.spot), kind="facility"),),
        casualties=("k1",),
        evidence=(lead, blame),
        attribution="a1",
    )


def _truces(text: str, attack: Attack, sentence: TextSpan) -> tuple[Truce, ...]:
    if attack.number % 10:
        return ()
    return (Truce("u1", "ceasefire", "violated", ("e2",), ("e1",), attack.day.isoformat(), evidence=(sentence,)),)
