"""A person's decision in words, so that nobody takes it for what the machine read."""

from __future__ import annotations

from typing import Any

from onrecord.record.decision_shapes import DecisionOnRecord

_VERBS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "merge": "merged",
    "split": "split",
    "move": "moved",
    "withhold": "withheld",
    "undo": "undid",
}


def decided(made: DecisionOnRecord) -> str:
    """A decision in a line, with who, when and why."""
    return f"✎ {made.by}, {made.at[:10]}: {decision_words(made)} ({made.why}; {made.id})"


def decision_words(made: DecisionOnRecord) -> str:
    """A decision in words: "corrected count of a91c0/k3: 70 → 17 (machine: 70)"."""
    if made.act == "correct":
        values = f"{value_words(made.before)} → {value_words(made.after)}"
        return f"corrected {made.field} of {made.subject}: {values} (machine: {value_words(made.machine)})"
    if made.act == "merge" and isinstance(made.before, dict):
        return f"merged {_listed(made.before)}"
    if made.act in ("split", "move") and isinstance(made.after, list):
        moved = made.after[-1] if made.act == "split" else made.after
        return f"{_VERBS[made.act]} {_listed(moved)} {'out of' if made.act == 'split' else 'into'} {made.subject}"
    return f"{_VERBS[made.act]} {made.subject}"


def value_words(value: Any) -> str:
    """A value as a decision keeps it, in words."""
    if value is None or value == []:
        return "not known"
    if isinstance(value, dict):
        return str(value.get("name") or "/".join(dict.fromkeys(str(part) for part in value.values())))
    if isinstance(value, list):
        return _listed(value_words(each) for each in value)
    return str(value)


def _listed(words: Any) -> str:
    return ", ".join(words)
