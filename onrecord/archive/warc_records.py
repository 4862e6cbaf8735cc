"""WARC 1.1 (ISO 28500:2017): captures as records, byte for byte as they went over the line.

Each record is a gzip member of its own, as the standard's annex D recommends, so that records can be put together to
files as they are. Payload digests are of the content without chunks (section 5.9); on a chunked response, where
programs differ in what they take for the payload, only the block is hashed.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from onrecord import __version__
from onrecord.sources.fetching import Exchange, Fetched

SOFTWARE = f"onrecord/{__version__}"
FIELDS = "application/warc-fields"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit"
_PROFILE_UNCHANGED = f"{_PROFILES}/identical-payload-digest"
_PROFILE_NOT_MODIFIED = f"{_PROFILES}/server-not-modified"


@dataclass(frozen=True, slots=True)
class Original:
    """The capture that a later one found unchanged."""

    record_id: str
    url: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Written:
    """The records of one fetch, packed; `record_id` is that of the answer's own."""

    data: bytes
    record_id: str
    digest: str


def records_of(fetched: Fetched, original: Original | None = None) -> Written:
    """The request and response of each exchange, and a metadata record on the last.

    Where `original` is given and the answer is 304 or has its payload, the answer is a revisit record of it.
    """
    packed: list[bytes] = []
    record_id = ""
    for made in fetched.exchanges:
        record_id = new_id()
        packed.append(_response(made, record_id, original if made is fetched.answer else None))
        packed.append(_request(made, record_id))
    packed.append(_metadata(fetched, record_id))
    return Written(b"".join(packed), record_id, digest_of(fetched.answer.payload))


def warcinfo(name: str, about: Mapping[str, str]) -> bytes:
    """The record at the head of a file: who made it, by what, of which form."""
    said = {"software": SOFTWARE, "format": "WARC File Format 1.1", **about}
    return record("warcinfo", {"WARC-Filename": name, "Content-Type": FIELDS}, fields(said))


def record(kind: str, headers: Mapping[str, str], block: bytes, *, record_id: str | None = None) -> bytes:
    """A record as a gzip member; the fields that every record has are added."""
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id or new_id(),
        **headers,
        "WARC-Block-Digest": digest_of(block),
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in said.items())
    return gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n", mtime=0)


def fields(said: Mapping[str, str] | Iterable[tuple[str, str]]) -> bytes:
    """A block of `application/warc-fields`."""
    pairs = said.items() if isinstance(said, Mapping) else said
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in pairs).encode()


def digest_of(data: bytes) -> str:
    """A labelled digest (section 5.8): SHA-256 in Base32."""
    return f"sha256:{base64.b32encode(sha256(data).digest()).decode()}"


def date_of(moment: str) -> str:
    """A moment in UTC as WARC 1.1 writes it."""
    return moment.replace("+00:00", "Z")


def new_id() -> str:
    """A name for a record that no other has."""
    return f"<{uuid4().urn}>"


def _response(made: Exchange, record_id: str, original: Original | None) -> bytes:
    common = {
        "WARC-Target-URI": made.url,
        "WARC-Date": date_of(made.begun),
        "WARC-IP-Address": made.address,
        "Content-Type": "application/http;msgtype=response",
    }
    digest = digest_of(made.payload)
    if original is not None and made.status == 304:
        revisit = {"WARC-Profile": _PROFILE_NOT_MODIFIED, **_referring(original)}
        return record("revisit", common | revisit, made.response, record_id=record_id)
    if original is not None and digest == original.digest:
        revisit = {"WARC-Profile": _PROFILE_UNCHANGED, **_referring(original), "WARC-Payload-Digest": digest}
        return record("revisit", common | revisit, _head(made.response), record_id=record_id)
    if made.header("Transfer-Encoding") is None:
        common["WARC-Payload-Digest"] = digest
    return record("response", common, made.response, record_id=record_id)


def _referring(original: Original) -> dict[str, str]:
    return {
        "WARC-Refers-To": original.record_id,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": date_of(original.at),
    }


def _head(response: bytes) -> bytes:
    """The response up to the empty line that ends its head."""
    ends = [at + len(end) for end in (b"\r\n\r\n", b"\n\n") if (at := response.find(end)) >= 0]
    return response[: min(ends, default=len(response))]


def _request(made: Exchange, answer: str) -> bytes:
    headers = {
        "WARC-Target-URI": made.url,
        "WARC-Date": date_of(made.begun),
        "WARC-IP-Address": made.address,
        "WARC-Concurrent-To": answer,
        "Content-Type": "application/http;msgtype=request",
    }
    return record("request", headers, made.request)


def _metadata(fetched: Fetched, answer: str) -> bytes:
    headers = {
        "WARC-Target-URI": fetched.url,
        "WARC-Date": date_of(fetched.at),
        "WARC-Concurrent-To": answer,
        "Content-Type": FIELDS,
    }
    return record("metadata", headers, fields(_said(fetched)))


def _said(fetched: Fetched) -> Iterator[tuple[str, str]]:
    yield "software", SOFTWARE
    yield "asked-for", fetched.asked
    for made in fetched.exchanges[:-1]:
        yield "via", made.url
    yield "answered-in-full", date_of(fetched.answer.ended)
    yield "content-sha256", sha256(fetched.body).hexdigest()
    if fetched.answer.certificate:
        yield "certificate-sha256", fetched.answer.certificate


def _one_line(value: str) -> str:
    return " ".join(value.split())
