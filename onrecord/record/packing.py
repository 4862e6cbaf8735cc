"""A folder as one ZIP file whose bytes depend on nothing but its files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import IO

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell of: when a file was copied says nothing."""
_ON_UNIX = 3
_RIGHTS = 0o100644 << 16
_AT_ONCE = 1 << 20


def write_zip(file: IO[bytes], folder: Path) -> None:
    """Write the files of a folder to a binary file as ZIP, under the folder's name: sorted, undated, not compressed."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _LONG_AGO)
            entry.create_system, entry.external_attr = _ON_UNIX, _RIGHTS
            with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, _AT_ONCE)
