"""The record beside a reference list: UCDP GED or ACLED."""

from onrecord.views.comparison.comparing import Comparison, compare
from onrecord.views.comparison.reference import Reference, read_reference

__all__ = ["Comparison", "Reference", "compare", "read_reference"]
