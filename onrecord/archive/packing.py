"""WACZ 1.1.1: a WARC with an index by address, a list of its pages and the hashes of all of it, in one ZIP file."""

from __future__ import annotations

import hashlib
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.archive.warc_records import SOFTWARE

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_INDEXED = frozenset({"response", "revisit", "resource"})


def pack(warc: Path, path: Path) -> None:
    """The WARC with its index, its pages and a list of the files with their hashes, as one ZIP file (WACZ 1.1.1)."""
    index, pages = _index(warc)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        packed.write(warc, "archive/data.warc.gz")
        files = [_resource_entry("data.warc.gz", "archive/data.warc.gz", warc.stat().st_size, digest_of_file(warc))]
        for name, data in (("indexes/index.cdxj", index), ("pages/pages.jsonl", pages)):
            packed.writestr(name, data)
            files.append(_resource_entry(name.split("/")[1], name, len(data), sha256(data).hexdigest()))
        package = json.dumps(
            {"profile": "data-package", "wacz_version": "1.1.1", "software": SOFTWARE, "resources": files}, indent=2
        ).encode()
        packed.writestr("datapackage.json", package)
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(package).hexdigest()}"}
        packed.writestr("datapackage-digest.json", json.dumps(digest, indent=2))


def _resource_entry(name: str, path: str, size: int, digest: str) -> dict[str, str | int]:
    return {"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _index(warc: Path) -> tuple[bytes, bytes]:
    """The CDXJ index of the pages in a WARC, and their list as JSON Lines."""
    from warcio.archiveiterator import ArchiveIterator

    lines: list[str] = []
    pages = [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All pages"})]
    with warc.open("rb") as stream:
        records = ArchiveIterator(stream)
        for found in records:
            if found.rec_type not in _INDEXED:
                continue
            entry = _entry(found)
            place = {"offset": str(records.get_record_offset()), "length": str(records.get_record_length())}
            at = found.rec_headers.get_header("WARC-Date")
            stamp = "".join(filter(str.isdigit, at))[:14]
            lines.append(f"{surt(entry['url'])} {stamp} {json.dumps(entry | place)}\n")
            if entry["status"] == "200" and found.rec_type == "response":
                pages.append(json.dumps({"url": entry["url"], "ts": at}))
    return "".join(sorted(lines)).encode(), ("\n".join(pages) + "\n").encode()


def _entry(found: ArcWarcRecord) -> dict[str, str]:
    """What the index says of a record, but for where it stands."""
    head = found.rec_headers
    kind = (found.http_headers or head).get_header("Content-Type") or ""
    return {
        "url": head.get_header("WARC-Target-URI"),
        "digest": head.get_header("WARC-Payload-Digest") or head.get_header("WARC-Block-Digest"),
        "mime": "warc/revisit" if found.rec_type == "revisit" else kind.partition(";")[0],
        "status": found.http_headers.get_statuscode() if found.http_headers else "200",
        "filename": "data.warc.gz",
    }


def surt(url: str) -> str:
    """An address in the order in which indexes sort it: the name of the host from its end, then the rest."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url.lower()
    host = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
