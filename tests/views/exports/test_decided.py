"""What people decided stands in columns of its own, with what the machine read beside it."""

import json
from dataclasses import replace

from onrecord.record.shapes import DecisionOnRecord
from onrecord.views.exports.incident_level import incident_table
from onrecord.views.exports.report_level import report_table
from tests.views import invented

CORRECTED = DecisionOnRecord(
    "d1", 5, "2016-11-02T10:00:00+00:00", "Ann", "correct", "a1/i1", "date", "2016-10-13", "2016-10-12",
    "The paper corrected it.", machine="2016-10-13",
)  # fmt: skip
ACCEPTED = replace(CORRECTED, id="d2", number=7, at="2016-11-03T10:00:00+00:00", by="Bea", act="accept", field=None,
                   subject="a1/k1", why="Checked.", machine=None)  # fmt: skip
MERGED = replace(ACCEPTED, id="d3", number=6, act="merge", subject="ia1", why="One strike.")
NAMES = ("decided", "decided_fields", "machine_values", "decided_values", "decided_by", "decided_on", "decided_why")


def cells(table):
    at = [column.name for column in table.columns].index("decided")
    return [tuple(row[at:]) for row in table.rows]


def market(on_account=(), on_sentence=(), on_incident=()):
    first, *others = invented.MARKET.accounts
    said = replace(first.evidence[0], decisions=tuple(on_sentence))
    first = replace(first, decisions=tuple(on_account), evidence=(said,))
    return replace(invented.MARKET, accounts=(first, *others), decisions=tuple(on_incident))


def test_the_columns_stand_last_in_both_tables():
    for table in (report_table([]), incident_table([])):
        assert tuple(column.name for column in table.columns[-7:]) == NAMES


def test_where_nobody_decided_they_are_empty():
    assert set(cells(report_table([invented.MARKET]))) == {((), (), None, None, (), None, ())}


def test_a_correction_has_the_machines_value_beside_the_persons():
    first, second, _ = cells(report_table([market(on_account=[CORRECTED])]))
    acts, fields, machine, decided, by, on, why = first
    assert (acts, fields, by, on, why) == (
        ("correct",), ("date",), ("Ann",), "2016-11-02", ("The paper corrected it.",),
    )  # fmt: skip
    assert (json.loads(machine), json.loads(decided)) == ({"a1/i1.date": "2016-10-13"}, {"a1/i1.date": "2016-10-12"})
    assert second[0] == ()


def test_an_incident_has_what_was_decided_on_any_part_of_it_in_the_order_of_deciding():
    (row,) = cells(incident_table([market([CORRECTED], [ACCEPTED], [MERGED])]))
    assert row[0] == ("correct", "merge", "accept")
    assert (row[4], row[5]) == (("Ann", "Bea"), "2016-11-03")


def test_what_was_undone_or_lost_its_fact_does_not_count():
    gone = [replace(CORRECTED, undone_by="d9"), replace(ACCEPTED, lost=True)]
    assert cells(incident_table([market(gone)]))[0] == ((), (), None, None, (), None, ())


def test_what_is_decided_on_a_figure_counts_for_the_account_of_its_article():
    figure, origin = invented.FIFTEEN, invented.FIFTEEN.origins[0]
    evidence = (replace(origin.evidence[0], decisions=(ACCEPTED,)), origin.evidence[1])
    toll = replace(invented.KILLED, figures=(replace(figure, origins=(replace(origin, evidence=evidence),)),))
    first, second, third = cells(report_table([replace(invented.MARKET, tolls=(toll,))]))
    assert (first[0], second[0], third[0]) == (("accept",), (), ())
