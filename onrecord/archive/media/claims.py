"""What a photograph or video says of itself: when, where and by what it was made. Anybody can write that into it."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Mapping
from typing import Any

from onrecord.errors import DataError

_log = logging.getLogger(__name__)

_EXIF, _GPS = 0x8769, 0x8825
_TIME, _OFFSET, _MAKER, _MODEL, _SOFTWARE = 0x9003, 0x9011, 0x010F, 0x0110, 0x0131
_LONGEST = 200
"""Characters of one claim."""


def claims_of(data: bytes, kind: str) -> dict[str, str]:
    """The claims of a file by name ("made", "position", "device", "software"); {} where it makes none, or is damaged.

    "position" is latitude and longitude in degrees of WGS 84, as far as the file gives them. Raises `DataError` where
    the extra that reads such files is not installed.
    """
    try:
        found = _of_photograph(data) if kind == "photograph" else _of_video(data)
    except ImportError as fault:
        raise DataError("reading media needs more", advice="pip install 'onrecord[media]'") from fault
    except Exception as fault:  # readers of media raise what their parsers happen to raise on damaged bytes
        _log.info("claims cannot be read: %s", fault)
        return {}
    return {name: _plain(value) for name, value in found.items() if value and _plain(value)}


def _of_photograph(data: bytes) -> Mapping[str, Any]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a tag is damaged: then there is no claim
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
        inner, place = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    made = " ".join(str(part) for part in (inner.get(_TIME), inner.get(_OFFSET)) if part)
    device = " ".join(str(part) for part in (exif.get(_MAKER), exif.get(_MODEL)) if part)
    return {"made": made, "position": _position(place), "device": device, "software": exif.get(_SOFTWARE)}


def _position(place: Mapping[int, Any]) -> str | None:
    if not {1, 2, 3, 4} <= place.keys():
        return None
    latitude = _degrees(place[2]) * (-1 if str(place[1]).upper().startswith("S") else 1)
    longitude = _degrees(place[4]) * (-1 if str(place[3]).upper().startswith("W") else 1)
    return f"{latitude:.6f}, {longitude:.6f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _of_video(data: bytes) -> Mapping[str, Any]:
    import av

    with av.open(io.BytesIO(data)) as container:
        said = {name.lower(): value for name, value in container.metadata.items()}
    position = said.get("location") or said.get("com.apple.quicktime.location.iso6709")
    device = " ".join(said[name] for name in ("com.apple.quicktime.make", "com.apple.quicktime.model") if name in said)
    made = said.get("com.apple.quicktime.creationdate") or said.get("creation_time")
    return {"made": made, "position": position, "device": device, "software": said.get("encoder")}


def _plain(value: object) -> str:
    return "".join(character for character in str(value) if character.isprintable()).strip()[:_LONGEST]
