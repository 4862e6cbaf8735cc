"""`onrecord timestamp`, and `verify` with the certificates of an authority, as a user runs them."""

from __future__ import annotations

from pathlib import Path

from tests.authorities import Authority
from tests.cli.conftest import Run
from tests.sites import site


def test_a_record_is_stamped_proved_and_its_stamps_are_given_out(
    onrecord_in: Run, copied_record: Path, tmp_path: Path
) -> None:
    authority = Authority()
    root = authority.saved_root(tmp_path)
    with site() as here:
        here.answer_to = authority.answered  # type: ignore[method-assign]
        (copied_record.parent / "onrecord.toml").write_text(
            f'[fetching]\nallowed = ["localhost"]\n[timestamps]\nauthority = "{here.url("/tsr")}"\n'
        )
        done = onrecord_in("timestamp")
    assert done.returncode == 0, done.stderr
    assert f"saw entry {number_of(done.stdout)} of the journal at {authority.at.isoformat()}" in done.stdout
    without = onrecord_in("verify", "--quick")
    assert without.returncode == 0 and "not told: time stamps: 1 are for this journal" in without.stderr
    proved = onrecord_in("verify", "--quick", "--certificates", str(root))
    assert proved.returncode == 0 and "whole: time stamps (1)" in proved.stdout
    stranger = Authority().saved_root(tmp_path)
    forged = onrecord_in("verify", "--quick", "--certificates", str(stranger))
    assert forged.returncode == 1 and "not whole: time stamp of entry" in forged.stderr
    assert onrecord_in("timestamp", "--save", "stamps").stdout == "Wrote 1 time stamp to stamps.\n"
    assert len(list((copied_record.parent / "stamps").glob("*.tsr"))) == 1


def test_who_names_no_authority_is_told(onrecord_in: Run, copied_record: Path) -> None:
    done = onrecord_in("timestamp")
    assert done.returncode == 2 and "Name an authority" in done.stderr


def number_of(said: str) -> str:
    return said.partition("saw entry ")[2].partition(" ")[0]
