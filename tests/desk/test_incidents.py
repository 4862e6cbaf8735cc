"""The pages on incidents, on a real server."""

from __future__ import annotations

from pathlib import Path

import httpx2

from onrecord.record import Record
from tests.desk.serving import Server


def test_an_id_of_an_account_leads_to_its_incident_with_what_was_asked(desk: Server, war_at: Path) -> None:
    with Record.open(war_at) as record:
        incident = next(each for each in record.incidents() if len(each.accounts) > 1)
    account = next(each.id for each in incident.accounts if each.id != incident.id)
    answer = httpx2.get(f"{desk.url}/incidents/{account}?rule=conservative&done=merged")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/incidents/{incident.id}?rule=conservative&done=merged"
