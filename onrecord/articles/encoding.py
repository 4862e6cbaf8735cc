"""Bytes to characters: by mark, by what the server or the page says, by guess; never worse than they came.

The order is that of the HTML standard's sniffing (byte order mark, then Content-Type, then the page's own `meta`),
except that bytes which are valid UTF-8 beyond ASCII are UTF-8 whatever was said, since no other text is so by chance.
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import ArticleError

META_REACH = 4096
"""Bytes at the beginning of a page in which its `meta charset` is looked for (the standard asks for 1,024)."""
MOST_BEYOND_ASCII = 0.2
"""Share of bytes beyond ASCII in what may be English."""
MOST_BROKEN = 0.01
"""Share of characters that may be unreadable before the whole is."""
GUESS_REACH = 1 << 16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?+\s*+([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_WIDER = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
          "iso8859-9": "cp1254", "euc_kr": "cp949", "shift_jis": "cp932"}  # fmt: skip
"""What browsers read under these names (WHATWG Encoding Standard)."""
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A whole UTF-8 sequence beyond ASCII, as there is hardly ever by chance."""
_IMPLAUSIBLE = re.compile("(?<![A-Za-z])[À-ÿŠšŽžŒœŸƒ](?![A-Za-z])|[¤¦¨¬¯¶¸ˆ˜¹²³¼¾†‡‰]")
"""Characters of Windows-1252 that English has no use for: a lone accented letter, a mark out of its language."""
_NOT_OF_THE_WEB = (
    *("mac_roman", "mac_latin2", "mac_cyrillic", "mac_greek", "mac_iceland", "mac_turkish", "hp_roman8"),
    *("cp037", "cp273", "cp424", "cp500", "cp1026", "cp1140", "cp437", "cp850", "cp852", "cp858"),
)
_UNREADABLE = re.compile("[\ufffd\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def decoded(data: bytes, *, where: str, content_type: str | None = None, is_page: bool = False) -> str:
    """The text of some bytes, with line ends as "\\n".

    `content_type` is the server's; with `is_page` the page's own `meta charset` is looked for too.
    Raises `ArticleError` where more than one character in a hundred cannot be read in any encoding.
    """
    text = _decoded(data, _declared(data, content_type, is_page))
    if len(_UNREADABLE.findall(text)) > max(1, MOST_BROKEN * len(text)):
        raise ArticleError(
            "is text in no encoding that is known, or damaged",
            where=where,
            advice="save it again as UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    utf8 = _strictly(data, "utf-8")
    if utf8 is not None:
        return utf8
    stated = _strictly(data, declared) if declared and declared != "utf-8" else None
    return stated if stated is not None else _guessed(data)


def _declared(data: bytes, content_type: str | None, is_page: bool) -> str | None:
    """The Python name of the encoding that the server or the page states."""
    in_header = _CHARSET.search(content_type or "")
    in_page = _META_CHARSET.search(data[:META_REACH]) or _XML_ENCODING.search(data[:200]) if is_page else None
    label = in_header[1] if in_header else in_page[1].decode("ascii", "replace") if in_page else ""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    """The likeliest reading: UTF-8 with a few broken bytes, Windows-1252 for what is mostly ASCII, else a guess."""
    repaired = data.decode("utf-8", "replace")
    if repaired.count("\ufffd") <= MOST_BROKEN * len(repaired) and _MULTIBYTE.search(data):
        return repaired
    if len(data) - len(data.translate(None, _BEYOND_ASCII)) < MOST_BEYOND_ASCII * len(data):
        return _IMPLAUSIBLE.sub("\ufffd", data.decode("cp1252", "replace"))
    from charset_normalizer import from_bytes

    best = from_bytes(data[:GUESS_REACH], cp_exclusion=list(_NOT_OF_THE_WEB)).best()
    guess = _strictly(data, best.encoding) if best else None
    return guess if guess is not None else data.decode("cp1252", "replace")
