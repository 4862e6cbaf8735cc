"""`onrecord capture` of an RTSP camera on loopback, as a user runs it: parts, the gap where it hung up, proof."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.generated import telling
from onrecord.record import Record
from tests.archive.media.cameras import camera, transport_stream
from tests.cli.conftest import run_apart


@pytest.fixture
def incident(tmp_path: Path) -> str:
    with Record.open(tmp_path / "onrecord.db") as record:
        for told in telling(3, seed=3):
            record.add(told.source, told.reading)
        (tmp_path / "onrecord.toml").write_text('[fetching]\nallowed = ["localhost"]\n')
        return next(incident.id for incident in record.incidents())


def test_a_camera_that_hangs_up_is_recorded_with_its_gap_and_proved(tmp_path: Path, incident: str) -> None:
    data = transport_stream(frames=60)
    with camera(data, sends=len(data) // 2) as at:
        done = run_apart(tmp_path, ["capture", at, "--for", incident, "--minutes", "0.1"])
    assert done.returncode == 0, done.stderr
    said = re.match(r"Recorded (m\d+): a stream in (\d+) parts?, with (\d+) gaps?; its time was over", done.stdout)
    assert said and int(said[2]) >= 2 and int(said[3]) >= 1, done.stdout
    with Record.open(tmp_path / "onrecord.db") as record:
        entries = [entry for entry in record.journal(kind="recorded") if entry.subject.startswith(f"{said[1]}/")]
    kinds = [entry.what["kind"] for entry in entries]
    assert kinds.count("part") == int(said[2]) and kinds.count("gap") == int(said[3]) and kinds[-1] == "end"
    assert all(entry.what["why"] for entry in entries if entry.what["kind"] == "gap")
    proved = run_apart(tmp_path, ["verify"])
    assert proved.returncode == 0, proved.stderr
    assert "whole: media (1)" in proved.stdout
    shown = run_apart(tmp_path, ["archive", "list", "--json"])
    assert shown.returncode == 0 and json.loads("[" + ",".join(shown.stdout.splitlines()) + "]") is not None
