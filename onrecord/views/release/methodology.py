"""The methodology of a release: how it was read, by what, from which sources, what people decided, what it cannot do.

After the Every Casualty Standards (2016, revised 2020): source types, collection, evaluation, corroboration, quality
control, definitions and criteria of inclusion are published with the data.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.config import settings
from onrecord.lexicon import DATA
from onrecord.record.releases import Release
from onrecord.views import templating
from onrecord.views.plain import one_line
from onrecord.views.release.contents import Contents

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"
MODEL = Path(__file__).resolve().parents[2] / "reading" / "model" / "weights"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A file that took part in the reading, and its SHA-256."""

    name: str
    sha256: str


def write_methodology(folder: Path, release: Release, contents: Contents) -> None:
    """Write `methodology.md` and `methodology.html` into the folder of a release."""
    values = _values(release, contents)
    for name in ("methodology.md", "methodology.html"):
        text = _environment().get_template(name).render(values)
        (folder / name).write_text(text, encoding="utf-8", errors="backslashreplace")


def model_files() -> tuple[Ingredient, ...]:
    """The files of the embedded model."""
    return tuple(Ingredient(path.name, _sha256(path)) for path in sorted(MODEL.iterdir()) if path.is_file())


def rule_files() -> tuple[Ingredient, ...]:
    """The word lists, patterns and tables that come with the program."""
    return tuple(
        Ingredient(path.name, _sha256(path))
        for path in sorted(DATA.iterdir())
        if path.is_file() and path.suffix != ".py"
    )


def own_files() -> tuple[Ingredient, ...]:
    """The files that the user added to them."""
    paths = sorted(path for files in settings().lexicons.values() for path in files)
    return tuple(Ingredient(path.name, _sha256(path)) for path in paths if path.is_file())


def together(files: Iterable[Ingredient]) -> str:
    """One SHA-256 for all of these: over their list of sums, as sha256sum writes it."""
    return hashlib.sha256("".join(f"{file.sha256}  {file.name}\n" for file in files).encode()).hexdigest()


def _values(release: Release, contents: Contents) -> dict[str, Any]:
    rules = rule_files()
    decisions = contents.decisions.values()
    return {
        "release": release,
        "counts": release.counts,
        "outlets": sorted(contents.outlets.values(), key=lambda outlet: (-outlet.articles, outlet.name)),
        "agencies": contents.agencies.most_common(),
        "read_by": contents.read_by,
        "model": model_files(),
        "rules": len(rules),
        "rules_sum": together(rules),
        "own": own_files(),
        "acts": sorted(Counter(decision.act for decision in decisions).items()),
        "people": sorted({decision.by for decision in decisions}),
    }


@cache
def _environment() -> Environment:
    made = templating.environment(TEMPLATES, keep_trailing_newline=True)
    made.filters["plain"] = _plain
    made.globals["look"] = (templating.TEMPLATES / "look.css").read_text(encoding="utf-8")
    return made


def _plain(text: str) -> str:
    """Text from outside that Markdown takes for nothing but text, on one line."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+!|~&$" else letter for letter in one_line(text))


@cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
