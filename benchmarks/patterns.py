"""Does any pattern of the program take time that grows faster than the text, whatever the text?

    python -m benchmarks.patterns

Gathers every regular expression that the program compiles (each module is imported, a text is read, a page taken apart,
and the literals in the code are looked up besides), makes for each such strings as it finds hardest: what one of its
repeats takes, over and over, and then what it does not take. Prints those for which the time of the processor grows by
a power of the length above 1.5, with the string. Exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import math
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent / "onrecord"
SHORT, LONG = 1_500, 6_000
"""Repetitions of what a repeat takes."""
MOST = 1.5
LONGEST = 5.0
FELT = 0.04
"""Seconds of the processor under which nothing is told from chance."""
PAGE = (
    "<html><head><title>Raid</title></head><body><article><h1>Raid</h1><p>By A. Writer, 14 October 2016</p>"
    "<p>Two people were killed on Friday when shells fell on the market of Aleppo, the mayor said.</p>"
    "</article></body></html>"
)
ENDS = ("\x00", "\n", " ", "!", "x", "")
BEGINNINGS = ("", "\x00")
BOUNDED = {
    "articles/boilerplate.py": "lines of more than 600 characters are not held against them",
    "articles/metadata.py": "blanks are one each before, and titles and bylines are short",
    "reading/numbers.py": "held against a whole word",
    "reading/places/outlet_home.py": "held against a whole name",
}
"""Files whose patterns never meet a long text, and why."""


@dataclass(frozen=True, slots=True)
class Steep:
    """A pattern, the part that was repeated, and by which power of the length its time grows."""

    pattern: str
    where: str
    part: str
    power: float
    seconds: float


def gathered() -> dict[tuple[str, int], str]:
    """Every pattern with its flags, and where it was first compiled; by a new process, which has imported nothing."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as new:
        return new.submit(_gathered_here).result()


def _gathered_here() -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    plain: Callable[..., Any] = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: Any) -> Any:
        where = _caller(sys._getframe(1))
        if where and isinstance(pattern, str):
            found.setdefault((pattern, int(flags)), where)
        return plain(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]
    try:
        _exercise()
    finally:
        re._compile = plain  # type: ignore[attr-defined]
    for pattern, flags, where in _literals():
        found.setdefault((pattern, flags), where)
    return found


def _caller(frame: FrameType | None) -> str | None:
    """The file of the program that asked, directly or by the standard library."""
    while frame is not None and "/re/" in frame.f_code.co_filename.replace("\\", "/"):
        frame = frame.f_back
    if frame is None or not frame.f_code.co_filename.startswith(str(ROOT)):
        return None
    return f"{Path(frame.f_code.co_filename).relative_to(ROOT)}:{frame.f_lineno}"


def _exercise() -> None:
    """Import all modules and use what makes its patterns when it is first used."""
    import onrecord
    from onrecord.reading.batch import read_sources
    from onrecord.sources import Source

    for module in pkgutil.walk_packages([str(ROOT)], "onrecord."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    onrecord.load()
    text = "KYIV (Reuters) - On Friday, 14 October 2016, 1,200 of 12.5 million people fled, he said. “They died.”"
    for kind, body in (("text", text), ("html", PAGE)):
        list(read_sources([Source(body.encode(), kind, "here")]))  # type: ignore[arg-type]


def _literals() -> Iterator[tuple[str, int, str]]:
    """Patterns that are written out in calls of `re` in the code, wherever they stand."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first, of = node.args[0], node.func.value
            is_pattern = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if isinstance(of, ast.Name) and of.id == "re" and is_pattern:
                yield first.value, 0, f"{path.relative_to(ROOT)}:{node.lineno}"


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """What comes before, and what is to be repeated: for each repeat in a pattern what it takes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(pattern, flags)
    seen = set()
    for before, body in _repeats(tree, ""):
        for part in {body, body[:1], " " if body.isspace() else body}:
            if part and (before, part) not in seen:
                seen.add((before, part))
                yield before, part


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Each repeat without a small bound: an example of what leads to it, and of what it takes."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 20:
                yield from ((before, example) for example in _examples(body))
            yield from _repeats(body, before)
        elif code is codes.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], before)
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats(value, before)
        before += _example([(code, value)])


def _examples(tree: Any) -> Iterator[str]:
    """Some strings that a part of a pattern takes: of a choice, one for each."""
    items = list(tree)
    if len(items) == 1 and items[0][0] is codes.BRANCH:
        for branch in items[0][1][1]:
            yield from _examples(branch)
    elif len(items) == 1 and items[0][0] is codes.SUBPATTERN:
        yield from _examples(items[0][1][3])
    elif len(items) == 1 and items[0][0] is codes.IN:
        yield from dict.fromkeys(_of_class(each, items[0][1]) for each in items[0][1])
    else:
        yield _example(items)


def _example(tree: Any) -> str:
    """A short string that a part of a pattern takes, as far as one can tell without trying."""
    return "".join(_of(code, value) for code, value in tree)


def _of(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _of_class(value[0], value)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = value
        return _example(body) * (max(least, 1) if most else 0)
    if code is codes.SUBPATTERN:
        return _example(value[3])
    if code is codes.ATOMIC_GROUP:
        return _example(value)
    return _example(value[1][0]) if code is codes.BRANCH else ""


def _of_class(item: Any, whole: Any) -> str:
    code, value = item
    if code is codes.NEGATE:
        taken = {chr(each[1]) for each in whole if each[0] is codes.LITERAL}
        return next(each for each in "a1 .-'\"" if each not in taken)
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0])
    if code is codes.CATEGORY:
        kinds = {"DIGIT": "1", "SPACE": " ", "WORD": "a"}
        negated = {"DIGIT": "a", "SPACE": "a", "WORD": " "}
        name = str(value).removeprefix("CATEGORY_").removeprefix("UNI_")
        return negated[name[4:]] if name.startswith("NOT_") else kinds[name]
    return "a"


def steepest(pattern: str, flags: int, where: str) -> Steep | None:
    """The string for which the time of a pattern grows fastest, if that is too fast; None where none is found."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compiled = re.compile(pattern, flags)
    for before, part in attacks(pattern, flags):
        for start in BEGINNINGS:
            for end in ENDS:
                late = _seconds(compiled, start + before + part * LONG + end)
                if late < FELT:
                    continue
                early = min(_seconds(compiled, start + before + part * SHORT + end) for _ in range(2))
                if early < LONGEST > late:
                    late = min(late, _seconds(compiled, start + before + part * LONG + end))
                power = math.inf if early >= LONGEST else _power(early, late)
                if power > MOST:
                    return Steep(pattern, where, repr((start + before, part, end)), power, late)
    return None


def endless(pattern: str, flags: int, times: int = 40) -> str | None:
    """A short string on which a pattern does not come to an end within `LONGEST`; None where none is found."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compiled = re.compile(pattern, flags)
    for before, part in attacks(pattern, flags):
        for end in ENDS:
            if _seconds(compiled, before + part * times + end) >= LONGEST:
                return before + part * times + end
    return None


def _power(early: float, late: float) -> float:
    return math.log(max(late, 1e-6) / max(early, 1e-6)) / math.log(LONG / SHORT)


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    """The time of the processor for one search, which is given up after `LONGEST`."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    former = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    begun = time.process_time()
    try:
        compiled.search(text)
    except TimeoutError:
        return LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
    return time.process_time() - begun


def all_steep(tell: Callable[[Steep], None] = lambda _: None) -> tuple[int, list[Steep]]:
    """How many patterns there are, and those that take too long."""
    found = gathered()
    steep = []
    for (pattern, flags), where in sorted(found.items()):
        if where.partition(":")[0] in BOUNDED:
            continue
        each = steepest(pattern, flags, where)
        if each is not None:
            tell(each)
            steep.append(each)
    return len(found), steep


def said(each: Steep) -> str:
    """A line on a pattern that takes too long."""
    shown = each.pattern if len(each.pattern) < 200 else each.pattern[:200] + "…"
    return f"{each.where}: {shown!r} on {each.part[:120]}: power {each.power:.1f}, {each.seconds:.2f} s"


def main() -> int:
    """Gather, attack, report."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    number, steep = all_steep(lambda each: print(said(each), flush=True))
    print(f"{number} patterns, {len(steep)} of which grow faster than the text")
    return bool(steep)


if __name__ == "__main__":
    sys.exit(main())
