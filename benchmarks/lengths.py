"""Does the time of reading grow with the length of the text, and no faster?

    python -m benchmarks.lengths

Reads each text once, doubled, four and eight times over, and prints the seconds of the processor and by which power of
the length they grow: 1 is in proportion. The texts are an article of the sample, and such as are made to take long: one
sentence without end, brackets, quotation marks, numbers, dates and names by the thousand, and pages left open. Exits
with 1 where the power is above 1.4 between the last two.
"""

from __future__ import annotations

import argparse
import math
import sys
import time

from onrecord.reading.batch import read_sources
from onrecord.sources import Source

MOST = 1.4
TIMES = (1, 2, 4, 8)
SENTENCE = "Two people were killed on Friday when shells fell on the market of Qasr, the mayor of the town said. "
TEXTS: dict[str, tuple[str, str, str]] = {
    "an article": ("text", SENTENCE * 8, ""),
    "one sentence without end": ("text", "Two people were killed in Qasr and " * 40, SENTENCE),
    "brackets": ("text", "(((((he said " * 80, SENTENCE),
    "quotation marks": ("text", "“they “said ‘that " * 80, SENTENCE),
    "numbers": ("text", "17 of 1,203 or 12.5 million, " * 60, SENTENCE),
    "dates": ("text", "on Friday, 14 October 2016, at noon on Monday, " * 40, SENTENCE),
    "names": ("text", "Ahmad al-Hasan of Qasr and the Front of Aleppo, " * 40, SENTENCE),
    "blank lines": ("text", "\n \n\t" * 400, SENTENCE),
    "a page with scripts left open": ("html", "<script " * 2000, f"<html><body><p>{SENTENCE * 4}</p>"),
    "a page of comments left open": ("html", "<!-- <p> " * 2000, f"<html><body><p>{SENTENCE * 4}</p>"),
    "a page nested deep": ("html", "<b><i>" * 40, f"<html><body><p>{SENTENCE * 4}</p>"),
}
"""By name: the kind of source, the part that is repeated, and what stands before it."""


def seconds(kind: str, text: str) -> float:
    """The time of the processor that reading takes."""
    source = Source(text.encode(), "html" if kind == "html" else "text", "here")
    begun = time.process_time()
    for _ in read_sources([source]):
        pass
    return time.process_time() - begun


def main() -> int:
    """Read, measure, report."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    seconds("text", SENTENCE)  # the model is loaded once
    steep = 0
    for name, (kind, part, start) in TEXTS.items():
        took = [seconds(kind, start + part * times) for times in TIMES]
        power = math.log2(max(took[-1], 1e-3) / max(took[-2], 1e-3))
        steep += power > MOST
        print(f"{name:32} {' '.join(f'{one:8.2f}' for one in took)} s   power {power:.2f}", flush=True)
    return bool(steep)


if __name__ == "__main__":
    sys.exit(main())
