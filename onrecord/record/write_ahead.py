"""Is the log in which SQLite has the latest changes (the `-wal` file) whole?

SQLite passes in silence over all that comes after the first damaged page of the log, and the record is then an earlier
one without a sign of it. So the log of a record that nobody closed is looked through before the record is opened.
Format: https://www.sqlite.org/fileformat2.html#walformat
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC, _BIG_ENDIAN = 0x377F0682, 1
_HEADER = struct.Struct(">8I")
_SUMMED_OF_HEADER = 24
_PAGE_HEADER = struct.Struct(">6I")
_SUMMED_OF_PAGE_HEADER = 8
_SMALLEST, _LARGEST = 512, 65536
_AT_ONCE = 256
_TRIES = 3
_MODULO = 1 << 32

State = Literal["whole", "broken off", "damaged"]
"""`broken off`: its last change is not whole; a program was killed while it wrote that, or it was damaged there."""
Sum = tuple[int, int]


class _Page(NamedTuple):
    """A page of the log: does it say that it is of this run of the log, that it ends a change, and does it follow?"""

    ours: bool
    ends: bool
    follows: bool


def state_of_log(database: Path) -> State:
    """How the log beside the file of a database is; one that is not there, or is empty, is whole."""
    log = database.with_name(f"{database.name}-wal")
    state: State = "whole"
    for _ in range(_TRIES):
        begun = _bytes(log, _HEADER.size)
        state = _state(_bytes(log))
        if state == "whole" or begun == _bytes(log, _HEADER.size):  # else somebody began it anew meanwhile
            break
    return state


def _bytes(log: Path, size: int = -1) -> bytes:
    try:
        with log.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        return b""


def _state(data: bytes) -> State:
    if len(data) <= _HEADER.size:
        return "whole"
    magic, _, size, *_ = _HEADER.unpack_from(data)
    if magic & ~_BIG_ENDIAN != _MAGIC or not _SMALLEST <= size <= _LARGEST or size % 8:
        return "damaged"
    summing = _Summing(big_endian=bool(magic & _BIG_ENDIAN), length=_SUMMED_OF_HEADER)
    if summing.after((0, 0), summing.own([data[:_SUMMED_OF_HEADER]])[0]) != _HEADER.unpack_from(data)[-2:]:
        return "damaged"
    return _state_of_pages(list(_pages(data)))


def _state_of_pages(pages: list[_Page]) -> State:
    """A page that follows is ours; the first that does not ends the log, but for the rest of the last change.

    SQLite sums the pages of a change anew where it wrote some of them twice, last of all: killed before, it leaves a
    change that has its end and does not follow.
    """
    end = next((number for number, page in enumerate(pages) if not page.follows), len(pages))
    if not all(page.ours for page in pages[:end]):
        return "damaged"
    left = [page for page in pages[end:] if page.ours]
    whole_changes = sum(page.ends for page in left)
    if whole_changes > 1 or (whole_changes and not left[-1].ends):
        return "damaged"
    return "broken off" if left else "whole"


def _pages(data: bytes) -> Iterator[_Page]:
    """The whole pages; each is taken to follow the one before it as that says its sum is."""
    magic, _, size, _, *salts, one, other = _HEADER.unpack_from(data)
    step = _PAGE_HEADER.size + size
    summing = _Summing(big_endian=bool(magic & _BIG_ENDIAN), length=_SUMMED_OF_PAGE_HEADER + size)
    before = (one, other)
    places = range(_HEADER.size, len(data) - step + 1, step)
    for first in range(0, len(places), _AT_ONCE):
        some = places[first : first + _AT_ONCE]
        summed = [data[at : at + _SUMMED_OF_PAGE_HEADER] + data[at + _PAGE_HEADER.size : at + step] for at in some]
        for at, own in zip(some, summing.own(summed), strict=True):
            _, size_after, *of_page, one, other = _PAGE_HEADER.unpack_from(data, at)
            yield _Page(of_page == salts, size_after != 0, summing.after(before, own) == (one, other))
            before = (one, other)


class _Summing:
    """The sum that SQLite makes of the log: of each two words x, y two numbers become a' = a + b + x, b' = b + y + a'.

    Over many words that is what a and b come to in the end, and what each word comes to, all added modulo 2^32.
    """

    def __init__(self, *, big_endian: bool, length: int) -> None:
        self._words = ">u4" if big_endian else "<u4"
        self._of_words, self._of_a, self._of_b = _factors(length // 4)

    def own(self, stretches: list[bytes]) -> list[Sum]:
        """What the words of each stretch come to."""
        import numpy as np

        words = np.frombuffer(b"".join(stretches), dtype=self._words).astype(np.uint32).reshape(len(stretches), -1)
        a, b = ((words * factors).sum(axis=1, dtype=np.uint32).tolist() for factors in self._of_words)
        return list(zip(a, b, strict=True))

    def after(self, before: Sum, own: Sum) -> Sum:
        """The sum after a stretch, from that before it and what the stretch comes to."""
        (a, b), (aa, ba), (ab, bb) = before, self._of_a, self._of_b
        return (a * aa + b * ab + own[0]) % _MODULO, (a * ba + b * bb + own[1]) % _MODULO


def _factors(words: int) -> tuple[NDArray[np.uint32], Sum, Sum]:
    """What each word comes to in a (first row) and in b (second row), and the a and the b of before, in the end."""
    import numpy as np

    (aa, ba), (ab, bb) = (1, 0), (0, 1)
    columns: list[Sum] = []
    for _ in range(words // 2):  # from the last two words to the first
        columns += [(ab, bb), ((aa + ab) % _MODULO, (ba + bb) % _MODULO)]
        aa, ab, ba, bb = (each % _MODULO for each in (aa + ab, aa + 2 * ab, ba + bb, ba + 2 * bb))
    return np.array(columns[::-1], dtype=np.uint64).astype(np.uint32).T.copy(), (aa, ba), (ab, bb)
