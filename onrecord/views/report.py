from collections.abc import Iterator
from typing import Any


def report_of(record: Any, of: Any, *, title: str | None = None) -> Iterator[str]:
    yield ""
