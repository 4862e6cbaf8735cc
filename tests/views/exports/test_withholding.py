"""What is withheld is in no export and in no release."""

import pytest

from benchmarks.generated import telling
from onrecord.record import Filter, Record
from onrecord.record.decisions import Withhold
from onrecord.record.releases import Releases
from onrecord.views.exports import FORMS, LEVELS, export_bytes
from onrecord.views.exports.writing import WITH_LEVELS
from onrecord.views.release import make_release

CASES = [(form, level) for form in FORMS for level in ((None, *LEVELS) if form in WITH_LEVELS else (None,))]
BINARY = {"xlsx", "parquet"}


@pytest.fixture(scope="module")
def withheld(tmp_path_factory):
    """A record in which one incident is withheld, and that incident as it was."""
    path = tmp_path_factory.mktemp("withheld") / "war.db"
    with Record.open(path) as record:
        for told in telling(9, seed=11, per_attack=3):
            record.add(told.source, told.reading)
        hidden, *_ = record.incidents()
        record.decide(Withhold(hidden.id), by="Ann", why="A witness could be found out.")
        make_release(record, Releases.beside(path), "one", by="Ann")
        yield record, Releases.beside(path), hidden


@pytest.mark.parametrize(("form", "level"), CASES)
def test_a_withheld_incident_is_in_no_export(withheld, form, level):
    record, releases, hidden = withheld
    for holdings in (record, releases.opened("one")):
        given = b"".join(export_bytes(holdings, Filter(), form, level))
        assert given
        if form not in BINARY:
            sentences = {said.sentence for account in hidden.accounts for said in account.evidence}
            assert hidden.id.encode() not in given
            assert not any(sentence.encode() in given for sentence in sentences)


def test_a_withheld_incident_is_in_no_file_of_a_release(withheld):
    _, releases, hidden = withheld
    sentences = {said.sentence for account in hidden.accounts for said in account.evidence}
    for path in releases.path("one").iterdir():
        text = path.read_text(encoding="utf-8")
        assert hidden.id not in text
        assert "A witness could be found out." not in text
        assert not any(sentence in text for sentence in sentences), path.name
