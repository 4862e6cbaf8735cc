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
    yield from _sections(onrecord, "onrecord", None)


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """A section for the command, and one for each of those within it."""
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    yield _section(context.command_path, command.get_help(context))
    if isinstance(command, click.Group):
        for inner, within in command.commands.items():
            yield from _sections(within, inner, context)


def _section(title: str, text: str) -> str:
    return f"\n## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text("".join(pages()), encoding="utf-8")
