"""A picture from a part of a stream or video, for people to see what it shows; the part itself stays as it came."""

from __future__ import annotations

import io
import logging

from onrecord.archive.media.frames import boundary_of

_log = logging.getLogger(__name__)

STILL_TYPE = "image/jpeg"
_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"
WIDEST = 960
"""Pixels."""


def still_of(data: bytes, content_type: str) -> bytes | None:
    """The last picture of a stream of JPEGs, or the first of a video, as a JPEG.

    None where it holds none that can be read, or the extra that reads videos is not installed.
    """
    return _last_picture(data) if boundary_of(content_type) else _first_frame(data)


def _last_picture(data: bytes) -> bytes | None:
    """The last whole picture; the stream may break off in one."""
    end = data.rfind(_ENDS)
    begin = data.rfind(_BEGINS, 0, max(0, end))
    return data[begin : end + len(_ENDS)] if begin >= 0 else None


def _first_frame(data: bytes) -> bytes | None:
    try:
        import av

        with av.open(io.BytesIO(data), "r") as container:
            picture = next(container.decode(video=0)).to_image()  # type: ignore[no-untyped-call]
    except ImportError:
        return None
    except Exception as fault:  # readers of media raise what their parsers happen to raise on damaged bytes
        _log.info("no picture can be taken: %s", fault)
        return None
    picture.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
