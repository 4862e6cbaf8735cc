"""Writes `docs/commands.md`: what `--help` says of every command.

python -m onrecord.cli.manual docs/commands.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.app import onrecord

HEAD = """# The commands

This page is what `onrecord --help` and `onrecord COMMAND --help` say; `make docs` writes it.
"""


def pages() -> Iterator[str]:
    """The page, a section for each command."""
    yield HEAD
    context = click.Context(onrecord, info_name="onrecord", max_content_width=100, terminal_width=100)
    yield _section("onrecord", onrecord.get_help(context))
    for name, command in onrecord.commands.items():
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        yield _section(f"onrecord {name}", command.get_help(inner))


def _section(title: str, text: str) -> str:
    return f"\n## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(pages()), encoding="utf-8")
