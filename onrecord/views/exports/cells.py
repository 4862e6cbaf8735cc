"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from onrecord.views.exports.columns import Cell

BEGINS_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")
"""What a spreadsheet takes for more than text (OWASP, "CSV Injection"); full-width forms are taken for the plain."""

BETWEEN = "; "
"""What stands between the members of a list."""


def unarmed(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    if text[:1].isalnum() or not text.lstrip().startswith(BEGINS_FORMULA):
        return text
    return "'" + text


def written(cell: Cell) -> str | int | float:
    """What stands in the field of a spreadsheet for a cell: nothing for `None`, numbers as they are, texts unarmed.

    Each member of a list is unarmed: where `;` separates fields, each of them is a field of its own.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return unarmed(cell)
    if isinstance(cell, tuple):
        return BETWEEN.join(map(unarmed, cell))
    return cell
