"""What the record gives as JSON: the one form that `--json`, the API and the exports share."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from onrecord.reading.schema import Reading, as_json


def plain(value: object) -> Any:
    """The value as JSON knows it: dataclasses as objects, a reading as the contract has it."""
    if isinstance(value, Reading):
        return as_json(value)
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


def encoded(value: object) -> bytes:
    """One line of JSON in UTF-8; half a surrogate pair, which has no UTF-8, stays escaped."""
    known = plain(value)
    try:
        return json.dumps(known, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(known).encode()
