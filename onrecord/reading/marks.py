"""The marks of which text has several: hyphens within words, dashes between them."""

from __future__ import annotations

HYPHENS = frozenset("-‐‑–")
DASHES = frozenset({"-", "--", "–", "—"})
