"""Who calls whom what, as a table: a row for each who speaks, a column for each who is spoken of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record.shapes import LabelCell

COLUMNS = 6
NOT_TOLD = "not told"
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What one calls the others, in the order of the columns."""

    by: str
    by_outlet: bool
    cells: tuple[tuple[LabelCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table; the last columns may be those of the less named (`others`) and of those not told."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(labels: Iterable[LabelCell]) -> Matrix | None:
    """The table of the labels, those who are most often named or speak most often first; None where there is none."""
    cells = list(labels)
    if not cells:
        return None
    columns = _columns(cells)
    by: dict[tuple[str, bool], dict[str, list[LabelCell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        name = cell.of or NOT_TOLD
        by[cell.by, cell.by_outlet][name if name in columns else OTHERS].append(cell)
    rows = [
        MatrixRow(name, outlet, tuple(tuple(sorted(of[column], key=_order)) for column in columns))
        for (name, outlet), of in by.items()
    ]
    return Matrix(columns, tuple(sorted(rows, key=_by_volume)))


def _columns(cells: Iterable[LabelCell]) -> tuple[str, ...]:
    named: Counter[str] = Counter()
    for cell in cells:
        named[cell.of or NOT_TOLD] += cell.count
    ranked = sorted((name for name in named if name != NOT_TOLD), key=lambda name: (-named[name], name))
    rest = [OTHERS] if len(ranked) > COLUMNS else []
    return (*ranked[:COLUMNS], *rest, *([NOT_TOLD] if NOT_TOLD in named else []))


def _order(cell: LabelCell) -> tuple[int, str]:
    return -cell.count, cell.label


def _by_volume(row: MatrixRow) -> tuple[bool, int, str]:
    return not row.by_outlet, -sum(cell.count for cells in row.cells for cell in cells), row.by
