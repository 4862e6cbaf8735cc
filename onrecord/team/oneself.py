"""Who works on this machine, where nobody signs in."""

from __future__ import annotations

import getpass


def user_name() -> str:
    """The name under which one works on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
