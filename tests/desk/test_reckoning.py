"""What is doubtful about an incident, and what hangs on it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.desk.reckoning import OutletFigure, figures_by_outlet, reckoned
from tests.views import invented


def test_figures_that_differ_are_a_dispute_and_a_doubt() -> None:
    known = reckoned(invented.MARKET)
    assert known.disputes == ("toll",)
    assert "figures contradict each other" in known.doubts
    assert known.killed is invented.KILLED


def test_accounts_that_name_others_dispute_who_did_it() -> None:
    russia, state, copy = invented.MARKET.accounts
    blamed = {"name": "Free Army", "key": "wikidata:Q1", "blame": "accused", "evidence": invented.SHELLING_2}
    party = replace(russia.perpetrators[0], **blamed)
    accounts = (russia, replace(state, perpetrators=(party,)), copy)
    assert "who" in reckoned(replace(invented.MARKET, accounts=accounts)).disputes


def test_what_has_no_place_and_no_date_is_more_uncertain() -> None:
    bare = replace(invented.BOMB, places=(), since=None)
    assert reckoned(bare).uncertainty > reckoned(invented.BOMB).uncertainty
    assert 0 <= reckoned(bare).uncertainty <= 1


def test_the_deadlier_weighs_more() -> None:
    assert reckoned(invented.MARKET).consequence > reckoned(invented.BOMB).consequence


def test_an_outlet_is_held_against_the_middle_of_the_others() -> None:
    assert set(figures_by_outlet(invented.MARKET)) >= {OutletFigure("State News", 8, 15)}


def test_where_one_outlet_alone_gives_a_figure_there_is_nothing_to_compare() -> None:
    assert list(figures_by_outlet(invented.BOMB)) == []
