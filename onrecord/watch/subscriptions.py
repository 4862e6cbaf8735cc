"""Which feeds are watched: addresses, OPML 2.0 files, text files with an address a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import SourceError
from onrecord.sources.limits import LARGEST_FEED, bounded


def feeds_named(given: Iterable[str]) -> list[str]:
    """The addresses of feeds that are given, or stand in the files that are, once each and in their order.

    In a text file an address stands on each line; blank lines and those that begin with # are left out. Raises
    `SourceError` for a file that cannot be read or names no feed, and for what is no address.
    """
    return list(dict.fromkeys(address for each in given for address in _named(each)))


def _named(given: str) -> Iterator[str]:
    if given.startswith(("http://", "https://")):
        yield _checked(given, given)
        return
    try:
        with Path(given).open("rb") as stream:
            data = bounded(stream, LARGEST_FEED, where=given)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise SourceError(
            f"is neither an address nor a file that can be read ({reason})",
            where=given,
            advice="give the address of a feed, an OPML file, or a text file with an address a line",
        ) from fault
    found = list(_in_opml(data, given) if b"<opml" in data[:4096].lower() else _in_lines(data, given))
    if not found:
        raise SourceError("names no feed", where=given, advice="write an address on each line")
    yield from found


def _in_lines(data: bytes, name: str) -> Iterator[str]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise SourceError("is no text in UTF-8", where=name, advice="save it as UTF-8") from fault
    for number, line in enumerate(map(str.strip, lines), start=1):
        if line and not line.startswith("#"):
            yield _checked(line, f"{name}:{number}")


def _in_opml(data: bytes, name: str) -> Iterator[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise SourceError(f"is damaged OPML ({fault.msg})", where=name, advice="export it again") from fault
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl")
        if address and address.strip():
            yield _checked(address.strip(), name)


def _checked(address: str, where: str) -> str:
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and address.isprintable()
    except ValueError:
        good = False
    if not good or " " in address:
        raise SourceError(f"{address[:80]!r} is no address of a feed", where=where, advice="write it as https://…")
    return parts._replace(fragment="").geturl()
