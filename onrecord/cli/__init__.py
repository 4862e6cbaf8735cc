"""The command line: each command parses what it is given, calls the library and prints what it gets."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `onrecord` with the arguments of the process, and end the process with its status."""
    from onrecord.cli.app import run

    raise SystemExit(run())
