"""A small record made up by hand, so that the views can be tried without reading anything."""

from __future__ import annotations

from dataclasses import replace

from onrecord.articles.article import Boilerplate, TextSpan
from onrecord.reading.schema import Reading
from onrecord.record.shapes import (
    Account,
    ArticleOnRecord,
    Claim,
    Evidence,
    Failure,
    Figure,
    IncidentOnRecord,
    LabelCell,
    Named,
    Origin,
    Party,
    Provenance,
    SearchHit,
    Story,
    Struck,
    Summary,
    Toll,
    TollRange,
    TruceOnRecord,
    TruceStepOnRecord,
    Voice,
)
from onrecord.views.report import Material

ALEPPO = Named("Aleppo", "geonames:170063", 36.20124, 37.16117, "SY", "settlement")
IDLIB = Named("Idlib", "geonames:169389", 35.93062, 36.63393, "SY", "settlement")
LAUSANNE = Named("Lausanne", "geonames:2659994", 46.516, 6.63282, "CH", "settlement")
ATTACK = '"><script>alert(1)</script>'

TEXTS = {
    "a1": (
        "The Herald",
        "2016-10-13",
        "Air strikes hit a market in Aleppo",
        "Air strikes on a market in Aleppo killed at least 15 people on Wednesday, doctors said.\n\n"
        "“The terrorists hide among civilians,” Colonel Adam Adams said. A Russian jet was seen.\n\nRead also: sport",
    ),
    "a2": (
        "State News",
        "2016-10-13",
        "Terrorists shell Aleppo",
        "Terrorists shelled a market in Aleppo on Wednesday, killing 8 people, a military source said.",
    ),
    "a3": (
        "The Copyist",
        "2016-10-14",
        "Air strikes hit a market in Aleppo",
        "Air strikes on a market in Aleppo killed at least 15 people on Wednesday, doctors said.",
    ),
    "a4": (
        f"Evil {ATTACK}",
        "2016-10-15",
        f"A title {ATTACK}",
        f"A bomb {ATTACK} wounded 3 people in Idlib on Friday. =HYPERLINK(1) said so.",
    ),
    "a5": (
        "The Herald",
        "2016-10-17",
        "A pause is agreed",
        "Both sides agreed on a ceasefire in Aleppo.\n\nIt was broken on 16 October, the United Nations said.",
    ),
}


def article(id: str) -> ArticleOnRecord:
    """One of the articles."""
    outlet, published, title, text = TEXTS[id]
    return ArticleOnRecord(
        id=id,
        reading_id=f"sha256:{id}",
        outlet=outlet,
        url="javascript:alert(1)" if id == "a4" else f"https://{id}.example/story",
        title=title,
        byline=None,
        published=published,
        updated=None,
        language="en",
        truncated=False,
        words=len(text.split()),
        story="s1",
        copy_of="a1" if id == "a3" else None,
        copy="exact" if id == "a3" else None,
        agencies=(),
        provenance=(Provenance("0" * 64, f"news/{id}.txt", None, None, "2016-10-20T00:00:00+00:00"),),
    )


def reading(id: str) -> Reading:
    """Its reading, as far as a report needs it."""
    text = TEXTS[id][3]
    aside = text.find("Read also: sport")
    boilerplate = (Boilerplate(aside, aside + 16, "Read also: sport", "related-links"),) if aside >= 0 else ()
    return Reading(id=f"sha256:{id}", text=text, boilerplate=boilerplate)


def evidence(id: str, sentence: str, *focus: str, voice: Voice | None = None) -> Evidence:
    """The sentence where it stands in the article."""
    outlet, published, title, text = TEXTS[id]
    start = text.index(sentence)
    words = tuple(TextSpan(text.index(word), text.index(word) + len(word), word) for word in focus)
    said_by = voice or Voice("outlet", outlet)
    end = start + len(sentence)
    return Evidence(id, outlet, published, title, f"https://{id}.example/story", start, end, sentence, words, said_by)


DOCTORS = Voice("unnamed", "doctors", words="doctors")
MILITARY = Voice("unnamed", "a military source", words="a military source")
UN = Voice("speaker", "United Nations", "wikidata:Q1065")

STRIKE_1 = evidence("a1", TEXTS["a1"][3].split("\n")[0], "at least 15 people", voice=DOCTORS)
STRIKE_3 = evidence("a3", TEXTS["a3"][3], "at least 15 people", voice=DOCTORS)
SHELLING_2 = evidence("a2", TEXTS["a2"][3], "8 people", voice=MILITARY)
BOMB_4 = evidence("a4", TEXTS["a4"][3].split(" =")[0], "3 people")
AGREED_5 = evidence("a5", "Both sides agreed on a ceasefire in Aleppo.")
BROKEN_5 = evidence("a5", "It was broken on 16 October, the United Nations said.", voice=UN)
QUOTE_1 = evidence("a1", "“The terrorists hide among civilians,” Colonel Adam Adams said.", "terrorists")

FIFTEEN = Figure(
    15, 15, None, "at-least", "at least 15 people",
    (Origin(DOCTORS, (STRIKE_1, STRIKE_3), ("The Herald", "The Copyist"), "2016-10-13"),),
)  # fmt: skip
EIGHT = Figure(8, 8, 8, "exact", "8 people", (Origin(MILITARY, (SHELLING_2,), ("State News",), "2016-10-13"),))
THREE = Figure(3, 3, 3, "exact", "3 people", (Origin(BOMB_4.voice, (BOMB_4,), (BOMB_4.outlet or "",), "2016-10-15"),))
KILLED = TollRange("killed", None, None, 8, 15, 15, True, 2, (EIGHT, FIFTEEN))
WOUNDED = TollRange("wounded", None, None, 3, 3, 3, False, 1, (THREE,))


def account(id: str, said: Evidence, **other: object) -> Account:
    """An account of the strike on the market."""
    made = Account(
        id=f"i{id}",
        article=article(id),
        main=True,
        type="ASSAULT",
        mode="aerial",
        status="reported",
        since="2016-10-12",
        until="2016-10-12",
        places=(ALEPPO,),
        where_relation="in",
        perpetrators=(),
        targets=(Struck("market", None, "a market", "facility", said),),
        weapons=(),
        tolls=(),
        voice=said.voice,
        evidence=(said,),
    )
    return replace(made, **other)


MARKET = IncidentOnRecord(
    id="ia1",
    type="ASSAULT",
    mode="aerial",
    status="reported",
    since="2016-10-12",
    until="2016-10-12",
    places=(ALEPPO,),
    perpetrators=("Russia", "terrorists"),
    targets=("market",),
    stories=("s1",),
    outlets=("The Herald", "State News", "The Copyist"),
    origins=2,
    tolls=(KILLED,),
    accounts=(
        account("a1", STRIKE_1, perpetrators=(Party("Russia", "wikidata:Q159", "Russian", "suspected", STRIKE_1),)),
        account("a2", SHELLING_2, mode="heavy-weapons"),
        account("a3", STRIKE_3),
    ),
)
BOMB = replace(
    MARKET,
    id="ia4",
    mode="explosives",
    since="2016-10-14",
    until="2016-10-14",
    places=(IDLIB,),
    perpetrators=(),
    targets=(),
    outlets=(BOMB_4.outlet or "",),
    origins=1,
    tolls=(WOUNDED,),
    accounts=(account("a4", BOMB_4, mode="explosives", places=(IDLIB,), weapons=(f"A bomb {ATTACK}",)),),
)
UNPLACED = replace(
    MARKET, id="ia5", type="CONSULT", mode=None, since=None, until=None, places=(), tolls=(), origins=1,
    outlets=("The Herald",), accounts=(account("a5", AGREED_5, type="CONSULT", mode=None, places=()),),
)  # fmt: skip

TOLLS = (
    Toll("t1", "ia1", "ASSAULT", "aerial", "2016-10-12", "2016-10-12", (ALEPPO,), KILLED),
    Toll("t2", "ia4", "ASSAULT", "explosives", "2016-10-14", "2016-10-14", (IDLIB,), WOUNDED),
    Toll("t3", None, None, None, "2016-09-22", "2016-10-13", (ALEPPO,), replace(KILLED, group="children")),
)


def _step(step: str, said: Evidence, on: str | None, **other: object) -> TruceStepOnRecord:
    made = TruceStepOnRecord(
        article("a5"),
        "agreed",
        "ceasefire",
        ("Syria", "rebels"),
        (ALEPPO,),
        on,
        None,
        None,
        (),
        said.voice,
        (said,),
        on,
    )
    return replace(made, step=step, **other)


TRUCE = TruceOnRecord(
    "ta5", "ceasefire", ("Syria", "rebels"), (ALEPPO,), "2016-10-15", "2016-10-16", ("The Herald",),
    (_step("agreed", AGREED_5, "2016-10-15", duration="PT3H"), _step("violated", BROKEN_5, "2016-10-16")),
)  # fmt: skip

LABELS = (
    LabelCell("State News", True, None, "terrorists", "hostile", False, 1, (SHELLING_2,)),
    LabelCell("Adam Adams", False, "rebels", "terrorists", "hostile", True, 1, (QUOTE_1,)),
)

ARTICLES = tuple(article(id) for id in TEXTS)
STORY = Story("s1", ARTICLES[0].title, "2016-10-13", "2016-10-17", ARTICLES, ("The Herald", "State News"), ("Aleppo",))
CLAIM = Claim(
    ARTICLES[0],
    "Adam Adams",
    None,
    "Colonel Adam Adams",
    "said",
    "The terrorists hide among civilians",
    "direct",
    QUOTE_1,
)
FAILURE = Failure("news/empty.txt", "is empty", "leave it out", None, "2016-10-20T00:00:00+00:00")
HIT = SearchHit(ARTICLES[1], "Terrorists shelled a \x02market\x03 in Aleppo", -1.5)
SUMMARY = Summary(
    sources=5, articles=5, copies=1, outlets=4, stories=1, incidents=3, accounts=5, tolls=3, truces=1, labels=2,
    claims=1, failures=1, since="2016-10-13", until="2016-10-17",
)  # fmt: skip


def material() -> Material:
    """What a report on all of it is made of."""
    return Material(
        SUMMARY, (MARKET, BOMB, UNPLACED), TOLLS, (TRUCE,), LABELS, tuple((article(id), reading(id)) for id in TEXTS)
    )
