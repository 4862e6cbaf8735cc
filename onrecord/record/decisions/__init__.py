"""What people decided over what the machine read: kept beside it, never over it, applied to all that is given out."""

from onrecord.record.decisions.acts import Accept, Act, Correct, Merge, Move, Reject, Split, Undo, Withhold

__all__ = ["Accept", "Act", "Correct", "Merge", "Move", "Reject", "Split", "Undo", "Withhold"]
