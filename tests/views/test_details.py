from onrecord.views import details
from tests.views import invented


def test_an_incident_shows_each_figure_with_its_sentence():
    lines = list(details.incident_lines(invented.MARKET))
    assert lines[0] == "ia1  Air strike, Aleppo, 12 October 2016"
    assert lines[1] == "3 accounts, 2 independent origins"
    assert "  15 or more  by doctors, in The Herald, The Copyist" in lines
    assert any(line.strip().startswith("“Terrorists shelled a market") for line in lines)


def test_a_party_is_named_with_how_sure_that_is():
    assert details.party_words(invented.MARKET.accounts[0].perpetrators[0]) == "Russia (suspected)"


def test_a_truce_shows_its_steps():
    lines = list(details.truce_lines(invented.TRUCE))
    assert "2016-10-15  agreed, for 3 hours, by the word of The Herald" in lines
    assert "2016-10-16  violated, by the word of United Nations" in lines


def test_a_story_shows_which_articles_are_copies():
    assert any(line.endswith("(copy of a1)") for line in details.story_lines(invented.STORY))


def test_an_article_comes_with_its_place_and_text():
    lines = list(details.article_lines(invented.article("a2"), invented.reading("a2")))
    assert any("news/a2.txt" in line for line in lines)
    assert lines[-1] == invented.TEXTS["a2"][3]
