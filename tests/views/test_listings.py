import pytest

from onrecord.views import article_listings, listings
from tests.views import invented

LISTINGS = {
    "incidents": (listings.incident_listing, [invented.MARKET, invented.BOMB, invented.UNPLACED]),
    "tolls": (listings.toll_listing, invented.TOLLS),
    "truces": (listings.truce_listing, [invented.TRUCE]),
    "claims": (listings.claim_listing, [invented.CLAIM]),
    "labels": (listings.label_listing, invented.LABELS),
    "articles": (article_listings.article_listing, invented.ARTICLES),
    "failures": (article_listings.failure_listing, [invented.FAILURE]),
    "stories": (article_listings.story_listing, [invented.STORY]),
    "hits": (article_listings.search_listing, [invented.HIT]),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_every_row_has_a_field_for_each_column(name):
    make, shapes = LISTINGS[name]
    listing = make(shapes)
    rows = list(listing.rows)
    assert len(rows) == len(shapes)
    assert all(len(row) == len(listing.columns) for row in rows)


def test_an_incident_shows_its_range_and_on_how_many_it_rests():
    row = next(iter(listings.incident_listing([invented.MARKET]).rows))
    assert row == (
        "ia1", "2016-10-12", "Air strike", "Aleppo", "Russia, terrorists", "market", "15 (8–15 or more)", "", "3", "2",
    )  # fmt: skip


def test_a_toll_shows_whose_each_figure_is():
    row = next(iter(listings.toll_listing(invented.TOLLS[:1]).rows))
    assert row[-1] == "8 (a military source);\n15 or more (doctors)"


def test_a_truce_shows_its_steps_and_by_whose_word():
    row = next(iter(listings.truce_listing([invented.TRUCE]).rows))
    assert row[-1] == "agreed 2016-10-15 (The Herald);\nviolated 2016-10-16 (United Nations)"


def test_the_words_found_are_marked():
    row = next(iter(article_listings.search_listing([invented.HIT]).rows))
    assert row[-1] == "Terrorists shelled a *market* in Aleppo"
