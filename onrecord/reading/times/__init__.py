"""Time expressions and what they stand for (TIMEX3, Pustejovsky et al. 2003), by a grammar of English news."""

from onrecord.reading.times.expressions import times_of

__all__ = ["times_of"]
