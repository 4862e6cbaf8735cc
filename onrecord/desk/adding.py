"""The page on which articles are handed in: files, a text, an address; and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.desk import csrf
from onrecord.desk.intake import Intake, new_folder
from onrecord.desk.rendering import page
from onrecord.desk.signing_in import require
from onrecord.record import Record

MOST_FILES = 200
LARGEST = 64 << 20
"""Bytes of one file; more than that is better added from the command line."""
FAILURES = 50
_UNSAFE = re.compile(r"[^\w.@+ -]+")


def adding(request: Request) -> Response:
    """The form, what is being read, and what could not be."""
    record: Record = request.app.state.record
    intake: Intake = request.app.state.intake
    failures = list(islice(record.failures(), FAILURES))
    return page(request, "add.html", jobs=intake.jobs, busy=intake.busy, failures=failures, most=MOST_FILES)


async def add(request: Request) -> Response:
    """Take in what was handed in, and have it read."""
    person = require(request, "add")
    async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=LARGEST) as form:
        csrf.check(request, form)
        handed = await _handed_in(form)
    if handed is None:
        raise HTTPException(422, "Nothing was handed in: choose files, or paste a text or an address.")
    what, arguments, folder = handed
    intake: Intake = request.app.state.intake
    await run_in_threadpool(intake.hand_in, what, person.name, arguments, folder)
    return RedirectResponse("/add?done=added", 303)


async def _handed_in(form: FormData) -> tuple[str, list[str], Path | None] | None:
    """What, the command that puts it on record, and the folder in which it waits."""
    address = _text(form, "address")
    if address:
        if urlsplit(address).scheme not in ("http", "https"):
            raise HTTPException(422, f"“{address}” is no address of the web. It begins with https:// or http://.")
        return address, ["add", "--", address], None
    uploads = [upload for upload in form.getlist("files") if isinstance(upload, UploadFile) and upload.filename]
    pasted = _text(form, "text")
    if not uploads and not pasted:
        return None
    folder = new_folder()
    given = list(_options(form))
    if uploads:
        for number, upload in enumerate(uploads):
            name = _file_name(upload.filename or "", number)
            await run_in_threadpool((folder / name).write_bytes, await upload.read())
        names = [upload.filename or "" for upload in uploads]
        what = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        return what, ["add", *given, "--", str(folder)], folder
    (folder / "pasted.txt").write_text(pasted, encoding="utf-8")
    return f"a text: “{' '.join(pasted.split())[:60]}…”", ["add", *given, "--", str(folder)], folder


def _options(form: FormData) -> Iterator[str]:
    for name in ("published", "outlet", "url"):
        value = _text(form, name)
        if value:
            yield f"--{name}={value}"


def _file_name(name: str, number: int) -> str:
    """A name that is safe for a file here; the number keeps files of one name apart."""
    safe = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip(". ") or "file"
    return f"{number:03}-{safe[-100:]}"


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


ROUTES = [Route("/add", adding, name="add"), Route("/add", add, methods=["POST"])]
