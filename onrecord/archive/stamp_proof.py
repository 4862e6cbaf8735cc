"""Proof that the time stamps on record are for this journal, and signed by whom they should be."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.archive.broken import NotWholeError, Unproved
from onrecord.archive.stamping import Stamp, answer_of, imprint_fault, signature_fault, stamps
from onrecord.record import journal

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

PART = "time stamps"


def stamps_proved(connection: Connection, roots: Sequence[Certificate]) -> int | Unproved:
    """How many there are, all for this journal and signed under these roots.

    `Unproved` where nobody said whose signatures to believe, or their form cannot be read here. Raises `NotWholeError`
    where an answer is missing, is for something else, or bears another's signature.
    """
    given = list(stamps(connection))
    readable = find_spec("rfc3161_client") is not None
    for each in given:
        _prove(connection, each, roots, readable=readable)
    if given and not readable:
        return Unproved(PART, f"what the {len(given)} say cannot be read", "pip install 'onrecord[timestamps]'")
    if given and not roots:
        what = f"{len(given)} are for this journal; whose signatures they bear was not looked at"
        return Unproved(PART, what, "give the authority's certificates by --certificates FILE.pem")
    return len(given)


def _prove(connection: Connection, given: Stamp, roots: Sequence[Certificate], *, readable: bool) -> None:
    where = f"time stamp of entry {given.head.number}"
    entries = journal.entries(connection, after=given.head.number - 1, limit=1)
    if next((entry.hash for entry in entries), None) != given.head.hash:
        raise NotWholeError(where, "is for another journal")
    answer = answer_of(connection, given)
    if answer is None:
        raise NotWholeError(where, "is missing")
    if not readable:
        return
    fault = imprint_fault(answer, given) or (signature_fault(answer, given.head.hash, roots) if roots else None)
    if fault:
        raise NotWholeError(where, fault)
