"""Time stamps by others (RFC 3161): an authority signs that it saw the head of the journal at a moment of its clock.

The authority is sent the SHA-256 of the last entry of the journal and a number used once, nothing of what is on record.
Its answer is kept among the archived bytes and told of in the journal. Anyone can check it without this program:

    openssl ts -verify -digest HASH_OF_THE_ENTRY -in answer.tsr -CAfile authority.pem
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from onrecord.archive.capturing import PROGRAM, put
from onrecord.errors import DataError, FetchError, RecordError
from onrecord.record import Record, journal, tables
from onrecord.record.journal import Entry, Head
from onrecord.sources.fetching import Policy, fetch
from onrecord.sources.fetching.policy import policy_in_force

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

KIND = "stamped"
"""The kind of its entries in the journal."""
_ADVICE = "ask another authority"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority gave: `at` is the moment (ISO 8601, UTC) by its clock, `answer` the SHA-256 of what it sent."""

    number: int
    """Of the entry that tells of it."""
    head: Head
    authority: str
    at: str
    answer: str


def stamp(
    record: Record, authority: str, *, policy: Policy | None = None, roots: Sequence[Certificate] = ()
) -> tuple[Stamp, str]:
    """Have the head of the journal stamped and keep the answer; gives it, and this machine's moment (ISO 8601).

    With `roots` the signature is proved before anything is kept. Raises `FetchError` where the authority does not
    answer, refuses, or answers to something else; `RecordError` where there is nothing to stamp; `DataError` where the
    extra `timestamps` is not installed.
    """
    client = _client()
    with record.connection() as connection:
        head = journal.head(connection)
        if not head.number:
            raise RecordError("there is nothing in the journal to stamp", advice="add something first")
        (entry,) = journal.entries(connection, after=head.number - 1, limit=1)
    asked = client.TimestampRequestBuilder(
        data=journal.hashed(entry), hash_algorithm=client.HashAlgorithm.SHA256
    ).build()
    # robots.txt is about pages; a redirect would hand the question to somebody else.
    bounds = replace(policy or policy_in_force(), robots=False, redirects=0, delay=0.0)
    answer = fetch(authority, policy=bounds, data=asked.as_bytes(), content_type="application/timestamp-query")
    if answer.status != 200:
        raise FetchError(f"the authority answered {answer.status}", where=authority, advice=_ADVICE)
    try:
        given = _read(answer.body)
    except ValueError as fault:
        raise FetchError("the authority's answer cannot be read", where=authority, advice=_ADVICE) from fault
    if given.status != client.PKIStatus.GRANTED:
        raise FetchError(f"the authority refuses ({given.status})", where=authority, advice=_ADVICE)
    if given.tst_info.nonce != asked.nonce or given.tst_info.message_imprint.message.hex() != head.hash:
        raise FetchError("the authority answered to another question", where=authority, advice=_ADVICE)
    if roots:
        forged = signature_fault(answer.body, head.hash, roots)
        if forged:
            raise FetchError(f"the authority's signature does not hold ({forged})", where=authority, advice=_ADVICE)
    return _kept(record, head, authority, answer.body, given), answer.at


def stamps(connection: Connection) -> Iterator[Stamp]:
    """The time stamps on record, the first given first."""
    for entry in journal.entries(connection, kind=KIND):
        yield _stamp(entry)


def answer_of(connection: Connection, given: Stamp) -> bytes | None:
    """What the authority sent, as it came; None where it is missing."""
    data = connection.scalar(select(tables.blobs.c.data).where(tables.blobs.c.sha256 == given.answer))
    return None if data is None else bytes(data)


def certificates_in(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """The certificates in PEM files; raises `DataError` where there is none, or the extra is not installed."""
    if not paths:
        return ()
    _client()
    from cryptography.x509 import load_pem_x509_certificates

    found: list[Certificate] = []
    for path in paths:
        try:
            found += load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as fault:
            raise DataError(
                f"holds no certificate that can be read ({fault})",
                where=str(path),
                advice="give the authority's certificates as PEM",
            ) from fault
    return tuple(found)


def imprint_fault(answer: bytes, given: Stamp) -> str | None:
    """Why an answer is not for the head that it was asked for, or of another moment; None where it is as told."""
    try:
        read = _read(answer)
    except ValueError:
        return "cannot be read"
    if read.status or read.tst_info.message_imprint.message.hex() != given.head.hash:
        return "is for another entry"
    return None if _moment(read) == given.at else "is of another moment than the journal says"


def signature_fault(answer: bytes, digest: str, roots: Sequence[Certificate]) -> str | None:
    """Why nobody whom these roots vouch for signed this SHA-256; None where somebody did.

    Certificates are taken to be in force where they were at the moment of the stamp.
    """
    client = _client()
    builder = client.VerifierBuilder()
    for root in dict.fromkeys(roots):
        builder = builder.add_root_certificate(root)
    try:
        with _own_faults():
            builder.build().verify(_read(answer), bytes.fromhex(digest))
    except (client.VerificationError, ValueError) as fault:
        return str(fault).partition(": ErrorStack")[0]
    return None


@contextmanager
def _own_faults() -> Iterator[None]:
    """The client is written in Rust: a damaged answer can end in what is no `Exception`."""
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise ValueError("it cannot be read") from fault


def _read(answer: bytes) -> TimeStampResponse:
    """An authority's answer; raises `ValueError` where it is none, or grants a stamp that cannot be read."""
    with _own_faults():
        read: TimeStampResponse = _client().decode_timestamp_response(answer)
        if read.status == 0:
            _moment(read)
        return read


def _kept(record: Record, head: Head, authority: str, answer: bytes, given: TimeStampResponse) -> Stamp:
    with record.connection(writes=True) as connection:
        what = {
            "number": head.number,
            "hash": head.hash,
            "authority": authority,
            "moment": _moment(given),
            "answer": put(connection, answer),
        }
        entry = journal.append(connection, kind=KIND, subject=f"entry {head.number}", by=PROGRAM, what=what)
    return _stamp(entry)


def _stamp(entry: Entry) -> Stamp:
    told = entry.what
    return Stamp(
        entry.number, Head(told["number"], told["hash"]), told["authority"], told["moment"], str(told["answer"])
    )


def _moment(given: TimeStampResponse) -> str:
    return str(given.tst_info.gen_time.astimezone(UTC).isoformat())


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as fault:
        raise DataError("time stamps need more", advice="pip install 'onrecord[timestamps]'") from fault
    return rfc3161_client
