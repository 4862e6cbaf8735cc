"""The actor base: names, sides, dates."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.lexicon import rows
from onrecord.reading.names.actors import actor_named, actors, is_agency, is_monitor, side_of
from onrecord.reading.schema import Entity

ROLES = set(
    "state government force armed-group coalition party international aid monitor civic agency broadcaster newspaper "
    "leader official spokesman".split()
)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Jabhat al-Nusra", "Hayat Tahrir al-Sham"),
        ("Fateh al-Sham Front", "Hayat Tahrir al-Sham"),
        ("Daesh", "Islamic State"),
        ("ISIL", "Islamic State"),
        ("the U.N.", "United Nations"),
        ("Bashar Al-Assad", "Bashar al-Assad"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("SOHR", "Syrian Observatory for Human Rights"),
        ("U.S.", "United States"),
    ],
)
def test_an_actor_is_known_by_all_its_names(alias: str, name: str) -> None:
    actor = actor_named(alias)
    assert actor is not None and actor.name == name


@pytest.mark.parametrize("word", ["is", "us", "who", "The", "nobody in particular"])
def test_common_words_are_no_acronyms(word: str) -> None:
    assert actor_named(word) is None


def test_a_name_borne_for_a_time_is_known_at_that_time() -> None:
    actor = actor_named("Al-Qaeda in Iraq", on="2005-06-01")
    assert actor is not None and actor.name == "Islamic State"


@pytest.mark.parametrize(
    ("name", "on", "actor"),
    [
        ("SPLA", "2009-01-01", "Sudan People's Liberation Army"),
        ("SPLA", "2015-01-01", "South Sudan People's Defence Forces"),
        ("spla", "2015-01-01", None),
        ("GSPC", "2005-01-01", "Al-Qaeda in the Islamic Maghreb"),
        ("Syrian government", "2016-10-14", "Syrian government"),
        ("Syrian government", "2025-02-01", "Syrian transitional government"),
        ("Syrian government", None, "Syrian government"),
        ("Afghan government", "2023-01-01", "Taliban"),
        ("Jabhat al-Nusra", "2014-05-05", "Hayat Tahrir al-Sham"),
        ("Jabhat Fateh al-Sham", "2016-10-14", "Hayat Tahrir al-Sham"),
        ("HTS", "2018-05-05", "Hayat Tahrir al-Sham"),
    ],
)
def test_a_name_means_who_bore_it_on_the_day(name: str, on: str | None, actor: str | None) -> None:
    found = actor_named(name, on)
    assert (found.name if found else None) == actor


def test_an_article_is_read_by_the_day_of_its_publication() -> None:
    text = "Talks with the Syrian government in Damascus ended on Monday."
    names = [
        {entity.name for entity in onrecord.read(text, published=day).entities} for day in ("2016-10-14", "2025-03-03")
    ]
    assert ["Syrian government" in found for found in names] == [True, False]


def test_sides_are_told_by_name_or_entity() -> None:
    assert side_of("Syrian army") == "syria-government"
    assert side_of(Entity("e1", "organisation", "Free Syrian Army")) == "syria-opposition"
    assert side_of("United Nations") is None
    assert side_of(None) is None


def test_agencies_and_monitors_are_told_from_parties() -> None:
    assert is_agency(Entity("e1", "organisation", "Agence France-Presse"))
    assert is_monitor(Entity("e1", "organisation", "Syrian Observatory for Human Rights"))
    assert not is_monitor(Entity("e1", "organisation", "Hezbollah"))
    assert not is_agency(None)


def test_every_row_keeps_to_its_form() -> None:
    table = rows("actors")
    assert [row["name"].casefold() for row in table] == sorted(row["name"].casefold() for row in table)
    assert len({row["name"] for row in table}) == len(table)
    for row in table:
        assert row["role"] in ROLES, row
        assert row["type"] in {"person", "organisation", "place"}, row
        assert not row["wikidata"] or row["wikidata"][1:].isdigit(), row
        assert not row["country"] or len(row["country"]) == 2, row
    names = {actor.name for actor in actors()}
    assert {row["actor"] for row in rows("actor-names")} <= names


def test_a_user_adds_actors_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "name\ttype\trole\tside\tcountry\twikidata\taliases\n"
    (tmp_path / "mine.tsv").write_text(header + "Valley Guard\torganisation\tarmed-group\tvalley\tSY\t\tVGX\n")
    (tmp_path / "onrecord.toml").write_text('[lexicons]\nactors = ["mine.tsv"]\n')
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "onrecord.toml"))
    assert side_of("VGX") == "valley"
    monkeypatch.delenv("ONRECORD_CONFIG")
    assert side_of("VGX") is None
