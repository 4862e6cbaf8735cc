"""Time stamps: given by an authority on loopback, proved under its root, and found out where they lie."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.archive import stamp_proof
from onrecord.archive.broken import Broken, Unproved
from onrecord.archive.proving import Proved, prove
from onrecord.archive.stamping import answer_of, certificates_in, signature_fault, stamp, stamps
from onrecord.errors import DataError, FetchError, RecordError, RefusedError
from onrecord.record import Record, journal
from onrecord.sources.fetching import Policy
from tests.archive.test_proving import changed
from tests.authorities import REFUSAL, Authority
from tests.sites import Site, redirect, response


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def stranger() -> Authority:
    return Authority()


@pytest.fixture
def told(record: Record) -> Record:
    for one in telling(2, seed=3):
        record.add(one.source, one.reading)
    return record


@pytest.fixture
def served(here: Site, authority: Authority) -> Iterator[Site]:
    here.answer_to = authority.answered  # type: ignore[method-assign]
    yield here


def last_part(record: Record, **options: object) -> Proved | Unproved | Broken:
    *_, last = prove(record, links=False, **options)  # type: ignore[arg-type]
    return last


def test_a_stamp_is_of_the_head_and_proved_under_the_authoritys_root(
    told: Record, served: Site, authority: Authority, policy: Policy
) -> None:
    with told.connection() as connection:
        head = journal.head(connection)
    given, here = stamp(told, served.url("/tsr"), policy=policy, roots=[authority.root])
    assert (given.head, given.at) == (head, authority.at.isoformat()) and here.startswith("20")
    assert bytes.fromhex(head.hash) in authority.questions[-1] and len(authority.questions[-1]) < 100
    with told.connection() as connection:
        assert list(stamps(connection)) == [given]
    assert last_part(told, roots=[authority.root]) == Proved("time stamps", 1)


def test_a_stamp_can_be_checked_by_another_program(
    told: Record, served: Site, authority: Authority, policy: Policy, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here; continuous integration has it")
    given, _ = stamp(told, served.url("/tsr"), policy=policy)
    with told.connection() as connection:
        (tmp_path / "answer.tsr").write_bytes(answer_of(connection, given) or b"")
    command = ["openssl", "ts", "-verify", "-digest", given.head.hash, "-in", str(tmp_path / "answer.tsr")]
    done = subprocess.run(
        [*command, "-CAfile", str(authority.saved_root(tmp_path))], capture_output=True, text=True, check=False
    )
    assert "Verification: OK" in done.stdout + done.stderr


def test_without_certificates_it_is_said_that_nobody_looked_at_the_signature(
    told: Record, served: Site, policy: Policy
) -> None:
    stamp(told, served.url("/tsr"), policy=policy)
    last = last_part(told)
    assert isinstance(last, Unproved) and "whose signatures" in last.what and "--certificates" in last.advice


def test_without_the_extra_it_is_said_what_is_missing(
    told: Record, served: Site, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(told, served.url("/tsr"), policy=policy)
    monkeypatch.setattr(stamp_proof, "find_spec", lambda _: None)
    last = last_part(told)
    assert isinstance(last, Unproved) and last.advice == "pip install 'onrecord[timestamps]'"


def test_a_strangers_signature_is_found(
    told: Record, served: Site, authority: Authority, stranger: Authority, policy: Policy
) -> None:
    with pytest.raises(FetchError, match="signature does not hold"):
        stamp(told, served.url("/tsr"), policy=policy, roots=[stranger.root])
    with told.connection() as connection:
        assert list(stamps(connection)) == []
    stamp(told, served.url("/tsr"), policy=policy)
    found = last_part(told, roots=[stranger.root])
    assert isinstance(found, Broken) and found.where == "time stamp of entry 2"


def test_a_stamp_of_something_else_is_not_taken(
    told: Record, here: Site, authority: Authority, policy: Policy, tmp_path: Path
) -> None:
    with Record.open(tmp_path / "other.db") as other:
        (one,) = telling(1, seed=8)
        other.add(one.source, one.reading)
        here.answer_to = authority.answered  # type: ignore[method-assign]
        stamp(other, here.url("/tsr"), policy=policy)
    foreign = authority.answer(authority.questions[-1])
    here.answer_to = lambda _: response(foreign)  # type: ignore[method-assign]
    with pytest.raises(FetchError, match="another question"):
        stamp(told, here.url("/tsr"), policy=policy)


@pytest.mark.parametrize("body", [b"", b"no answer", b"\x30\x80" * 500, REFUSAL, b"0\x05\x30\x03\x02\x01\x00"])
def test_what_is_no_stamp_is_told_and_not_kept(told: Record, here: Site, policy: Policy, body: bytes) -> None:
    here.answer_to = lambda _: response(body)  # type: ignore[method-assign]
    with pytest.raises(FetchError, match=r"cannot be read|refuses"):
        stamp(told, here.url("/tsr"), policy=policy)
    here.answer_to = lambda _: response(body, status="500 Broken")  # type: ignore[method-assign]
    with pytest.raises(FetchError, match="answered 500"):
        stamp(told, here.url("/tsr"), policy=policy)
    assert last_part(told) == Proved("time stamps", 0)


def test_a_stamp_that_is_broken_anywhere_is_told_and_breaks_nothing(
    told: Record, served: Site, authority: Authority, policy: Policy
) -> None:
    given, _ = stamp(told, served.url("/tsr"), policy=policy)
    with told.connection() as connection:
        answer = answer_of(connection, given) or b""
    assert signature_fault(answer, given.head.hash, [authority.root]) is None
    signed = answer.index(bytes.fromhex(given.head.hash))
    for at in (*range(0, len(answer), 41), *range(signed, signed + 32)):
        flipped = bytearray(answer)
        flipped[at] ^= 0x10
        fault = signature_fault(bytes(flipped), given.head.hash, [authority.root])
        assert fault is not None or not signed <= at < signed + 32


def test_an_authority_in_a_closed_network_or_that_sends_elsewhere_is_not_asked(
    told: Record, here: Site, policy: Policy
) -> None:
    with pytest.raises(RefusedError):
        stamp(told, here.url("/tsr"), policy=Policy())
    here.answers["/tsr"] = redirect("/elsewhere")
    with pytest.raises(FetchError):
        stamp(told, here.url("/tsr"), policy=policy)
    assert here.asked() == ["/tsr"]


def test_an_empty_record_has_nothing_to_stamp(record: Record, here: Site) -> None:
    with pytest.raises(RecordError, match="nothing in the journal"):
        stamp(record, here.url("/tsr"))


def test_a_stamp_that_was_changed_is_found(
    told: Record, served: Site, authority: Authority, policy: Policy, tmp_path: Path
) -> None:
    given, _ = stamp(told, served.url("/tsr"), policy=policy)
    told.close()
    changed(tmp_path / "onrecord.db", "UPDATE blobs SET data = zeroblob(40) WHERE sha256 = ?", given.answer)
    with Record.open(tmp_path / "onrecord.db") as record:
        found = last_part(record, roots=[authority.root])
    assert isinstance(found, Broken) and found.where.startswith("archive, ")


def test_certificates_that_are_none_are_told(tmp_path: Path, authority: Authority) -> None:
    path = tmp_path / "root.pem"
    path.write_text("no certificate")
    with pytest.raises(DataError, match="no certificate that can be read"):
        certificates_in([path])
    assert certificates_in([authority.saved_root(tmp_path)]) == (authority.root,)
    assert certificates_in([]) == ()
