"""From values to pages: the templates, their filters, and what every page needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord import __version__
from onrecord.desk.corrections import FIELD_NAMES
from onrecord.desk.csrf import FIELD, token_for
from onrecord.views import templating, words

_NOTICES = {
    "accepted": "Accepted. It stands under your name.",
    "corrected": "Corrected. What the machine read stays beside it.",
    "rejected": "Rejected. It no longer counts, and stays to be seen.",
    "undone": "Undone. Both decisions stay in the history.",
    "merged": "Merged: the accounts are of one incident now.",
    "split": "Split: those accounts are an incident of their own now.",
    "moved": "Moved: the accounts are of the other incident now.",
    "withheld": "Withheld: it appears in nothing that is given out.",
    "added": "Handed in: it is being read.",
    "released": "Released. It never changes from now on.",
}
"""What a page says after a deed: by a word in the address, so that nobody can put words of their own on the page."""
_MARKS = '"“”'
FOLDER = Path(__file__).resolve().parent


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as an answer; every page knows the request, who is at the desk and the token for its forms."""
    return HTMLResponse(
        environment()
        .get_template(template)
        .render(
            request=request,
            here=request.url.path,
            person=getattr(request.state, "person", None),
            team=request.app.state.team,
            notice=_NOTICES.get(request.query_params.get("done", "")),
            form_field=FIELD,
            form_token=lambda: token_for(request),
            **values,
        ),
        status,
        headers={"cache-control": "no-store" if status >= 400 else "private, no-cache"},
    )


def moment(at: str) -> str:
    """A moment (ISO 8601, UTC) as one reads it: "14 October 2016, 12:30:05 UTC"."""
    return f"{words.day(at)}, {at[11:19]} UTC"


def quoted(words: str) -> str:
    """Words as a quotation: marks that enclose all of them already do not stand twice."""
    inner = words.strip(_MARKS)
    return f"“{words}”" if set(inner) & set(_MARKS) else f"“{inner}”"


@cache
def environment() -> Environment:
    """The templates of the desk."""
    made = templating.environment(FOLDER / "templates", templating.TEMPLATES)
    made.globals.update(
        version=__version__,
        event_types=words.event_types(),
        event_words=lambda what: words.event_name(*what),
        field_names=FIELD_NAMES,
    )
    made.filters.update(moment=moment, quoted=quoted)
    return made
