"""Names in a text and what they stand for, on documents whose names and syntax are given: no model is needed."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.articles.article import Article
from onrecord.reading import document  # noqa: F401  (registers the extensions)
from onrecord.reading.names.section import entities_by_id, entity_at, mention_at, names_of
from onrecord.reading.schema import Entity, Mention

BLANK = spacy.blank("en")


def read(text: str, *ents: tuple[str, str], outlet: str | None = None, deps: dict[str, str] | None = None) -> Doc:
    """A document with the model's names as given, by their text, and the dependencies of some words."""
    doc = BLANK(text)
    doc.ents = [_span(doc, words, label) for words, label in ents]
    for token in doc:
        token.pos_, token.dep_ = ("VERB", "ROOT") if (deps or {}).get(token.text) == "verb" else ("PROPN", "dep")
    verb = next((token for token in doc if token.pos_ == "VERB"), None)
    for token in doc:
        if deps and deps.get(token.text, "verb") != "verb" and verb is not None:
            token.dep_, token.head = deps[token.text], verb
    doc._.article = Article(id="a", text=text, outlet=outlet)
    doc._.mentions, doc._.entities = names_of(doc)
    return doc


def _span(doc: Doc, words: str, label: str) -> Span:
    start = doc.text.index(words)
    span = doc.char_span(start, start + len(words), label=label)
    assert span is not None, words
    return span


def found(doc: Doc) -> list[tuple[str, str, str]]:
    """Each mention's text and type, and its entity's name."""
    entities = entities_by_id(doc)
    return [(one.text, one.type, entities[one.entity].name) for one in doc._.mentions]


def test_full_and_short_names_of_a_person_are_one_entity() -> None:
    doc = read("Marta Kessler spoke. Later Kessler left.", ("Marta Kessler", "person"))
    doc.ents = [*doc.ents, Span(doc, 5, 6, label="person")]
    doc._.mentions, doc._.entities = names_of(doc)
    assert found(doc) == [("Marta Kessler", "person", "Marta Kessler"), ("Kessler", "person", "Marta Kessler")]


def test_a_title_is_no_part_of_a_name() -> None:
    doc = read("They met Colonel Marta Kessler.", ("Colonel Marta Kessler", "person"))
    assert found(doc) == [("Marta Kessler", "person", "Marta Kessler")]


def test_a_president_is_one_person_under_all_his_names() -> None:
    doc = read("Bashar al-Assad spoke; Assad said so.")
    assert {name for *_, name in found(doc)} == {"Bashar al-Assad"}
    assert [entity.key for entity in doc._.entities] == ["wikidata:Q44329"]


def test_a_renamed_group_is_one_entity() -> None:
    doc = read("Al-Nusra Front, now known as Fateh al-Sham Front, withdrew.")
    assert {name for *_, name in found(doc)} == {"Hayat Tahrir al-Sham"}


def test_an_acronym_in_brackets_stands_for_the_name_before_it() -> None:
    doc = read(
        "The Valley Relief Committee (VRC) left. VRC trucks burned.", ("Valley Relief Committee", "organisation")
    )
    doc.ents = [*doc.ents, _span(doc, "VRC", "organisation"), Span(doc, 9, 10, label="organisation")]
    doc._.mentions, doc._.entities = names_of(doc)
    assert [one for one in found(doc) if one[1] == "organisation"] == [
        ("Valley Relief Committee", "organisation", "Valley Relief Committee"),
        ("VRC", "organisation", "Valley Relief Committee"),
        ("VRC", "organisation", "Valley Relief Committee"),
    ]


def test_a_town_comes_with_its_spot() -> None:
    doc = read("Shells fell on Idlib in Syria.", ("Idlib", "place"), ("Syria", "place"))
    town = entity_at(doc, _span(doc, "Idlib", "place"))
    assert town is not None
    assert (town.country, town.level, town.key) == ("SY", "settlement", "geonames:169389")
    assert town.latitude == pytest.approx(35.93, abs=0.05)
    assert town.longitude == pytest.approx(36.63, abs=0.05)


def test_a_country_that_acts_is_an_organisation_and_still_the_country() -> None:
    doc = read("Jordan denied it.", ("Jordan", "place"), deps={"Jordan": "nsubj", "denied": "verb"})
    assert found(doc) == [("Jordan", "organisation", "Jordan")]
    assert doc._.entities[0].type == "place"


def test_demonyms_are_nationalities_and_peoples_organisations() -> None:
    doc = read("A Syrian doctor told Syrians to leave.")
    assert [(text, type_) for text, type_, _ in found(doc)] == [("Syrian", "nationality"), ("Syrians", "organisation")]


def test_weapons_and_vehicles_come_with_the_words_before_them() -> None:
    doc = read("Rebels fired anti-tank missiles at an armoured vehicle; a car bomb hit two fighter jets.")
    assert [(text, type_) for text, type_, _ in found(doc)] == [
        ("anti-tank missiles", "weapon"),
        ("armoured vehicle", "platform"),
        ("car bomb", "weapon"),
        ("fighter jets", "platform"),
    ]


def test_a_state_after_a_town_is_found_though_the_model_missed_it() -> None:
    doc = read("He lives in Paris, Tex., near the park.", ("Paris", "place"))
    assert [(text, name) for text, _, name in found(doc)] == [("Paris", "Paris"), ("Tex.", "Texas")]
    assert doc._.entities[0].latitude == pytest.approx(33.66, abs=0.1)


def test_an_address_or_a_common_word_is_no_place() -> None:
    doc = read("Write to desk@example.com in the City.", ("desk@example.com", "place"), ("City", "place"))
    assert found(doc) == []


def test_offsets_fit_the_text_and_ids_are_unique() -> None:
    doc = read("The UN said Moscow's jets hit Aleppo.", ("Moscow", "place"), ("Aleppo", "place"))
    mentions: tuple[Mention, ...] = doc._.mentions
    entities: tuple[Entity, ...] = doc._.entities
    assert all(doc.text[one.start : one.end] == one.text for one in mentions)
    assert len({one.id for one in mentions}) == len(mentions)
    assert {one.entity for one in mentions} == {entity.id for entity in entities}


def test_the_mention_that_covers_most_is_found() -> None:
    doc = read("The UN said so.")
    at = doc.text.index("UN")
    mention = mention_at(doc, at, at + 6)
    assert mention is not None and mention.text == "UN"
    assert mention_at(doc, 12, 14) is None


def test_a_name_that_ends_in_s_is_no_possessive_of_a_shorter_one() -> None:
    doc = read("Hamas met envoys", ("Hamas", "organisation"))
    assert [(mention.text, mention.type) for mention in doc._.mentions] == [("Hamas", "organisation")]


def test_who_signs_a_dateline_is_no_place() -> None:
    doc = read("Beirut (Coastal Wire) - It rained.", ("Beirut", "place"), ("Coastal Wire", "place"))
    assert found(doc) == [("Beirut", "place", "Beirut"), ("Coastal Wire", "organisation", "Coastal Wire")]


def test_the_outlet_itself_is_no_place() -> None:
    doc = read("He told Orchard Valley News of it.", ("Orchard Valley News", "place"), outlet="Orchard Valley News")
    assert found(doc) == [("Orchard Valley News", "organisation", "Orchard Valley News")]


def test_a_quarter_is_no_namesake_abroad() -> None:
    text = "Shells hit the Hamdaniyah district of Aleppo. Two died in Aleppo, Syria."
    doc = read(text, ("Hamdaniyah", "place"), ("Aleppo", "place"), ("Syria", "place"))
    assert "IQ" not in {entity.country for entity in doc._.entities}


def test_a_name_after_the_word_for_its_kind_is_an_organisation() -> None:
    doc = read("He works for the charity Orchard Relief there.", ("Orchard Relief", "place"))
    assert found(doc) == [("Orchard Relief", "organisation", "Orchard Relief")]


@pytest.mark.parametrize("short", ["Mora", "Vidal", "Rosa Mora", "Mora Vidal"])
def test_a_part_of_a_name_of_three_words_stands_for_it(short: str) -> None:
    text = f"Shots at {short} failed on Monday. Deputy Rosa Mora Vidal left Lima."
    doc = read(text, (short, "person"), ("Rosa Mora Vidal", "person"))
    assert [entity.name for entity in doc._.entities] == ["Rosa Mora Vidal"]


def test_names_are_found_in_a_text_that_lost_its_capitals(nlp: Language) -> None:
    text = "shelling by government forces killed 12 civilians in aleppo on friday, residents of the town told reuters."
    doc = nlp(text)
    assert [(entity.name, entity.key) for entity in doc._.entities if entity.key] == [
        ("Aleppo", "geonames:170063"),
        ("Reuters", "wikidata:Q130879"),
    ]
    assert all(text[each.start : each.end] == each.text for each in doc._.mentions)


def test_a_name_of_two_words_that_two_people_end_with_stays_by_itself() -> None:
    text = "Mora Vidal left. Rosa Mora Vidal and Luis Mora Vidal stayed in Lima."
    doc = read(text, ("Mora Vidal", "person"), ("Rosa Mora Vidal", "person"), ("Luis Mora Vidal", "person"))
    assert {"Mora Vidal", "Rosa Mora Vidal", "Luis Mora Vidal"} == {entity.name for entity in doc._.entities}


def test_a_person_s_name_that_was_cut_after_its_first_word_is_one() -> None:
    doc = read("They shot Jose Antonio Mora there.", ("Jose", "person"), ("Antonio Mora", "person"))
    assert [mention.text for mention in doc._.mentions] == ["Jose Antonio Mora"]


def test_a_title_within_a_hyphened_name_is_a_part_of_it() -> None:
    doc = read("Gangs attacked a prison in Port-au-Prince on Sunday.", ("Port-au-Prince", "place"))
    assert [(entity.name, entity.country) for entity in doc._.entities] == [("Port-au-Prince", "HT")]
