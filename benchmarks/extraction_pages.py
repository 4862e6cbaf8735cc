"""Unpack the pages of the extraction benchmark, so that `onrecord read` can read them.

    python -m benchmarks.extraction_pages .cache/extraction-pages
    onrecord read .cache/extraction-pages --json > readings.jsonl

A page's bytes stay as they are, since a reading's id is their hash, by which the answers are found.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARK = ROOT.parent / "shared" / "bench" / "extraction"


def unpack_pages(into: Path, *, benchmark: Path = BENCHMARK, split: str = "dev") -> list[Path]:
    """Writes the split's pages into a folder, which need not exist; gives their paths in the benchmark's order."""
    into.mkdir(parents=True, exist_ok=True)
    lines = (benchmark / f"{split}.articles.jsonl").read_text(encoding="utf-8").splitlines()
    packed = [benchmark / json.loads(line)["html_path"] for line in lines if line.strip()]
    pages = [into / path.name.removesuffix(".gz") for path in packed]
    for path, page in zip(packed, pages, strict=True):
        page.write_bytes(gzip.decompress(path.read_bytes()))
    return pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    print(f"{len(unpack_pages(arguments.folder))} pages in {arguments.folder}")


if __name__ == "__main__":
    main()
