"""The settings: where they are found, and how long they hold."""

from pathlib import Path

import pytest

from onrecord.config import settings, settings_held


@pytest.fixture
def other_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with settings, in a folder that is not the working folder."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "onrecord.toml").write_text('[record]\nurl = "sqlite:///other.db"\n')
    monkeypatch.chdir(tmp_path)
    return folder


def test_settings_are_those_of_the_folder_one_works_in(other_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().record == "onrecord.db"
    monkeypatch.chdir(other_settings)
    assert settings().record == "sqlite:///other.db"


def test_held_settings_stay_until_the_context_ends(other_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with settings_held():
        monkeypatch.chdir(other_settings)
        assert settings().record == "onrecord.db"
    assert settings().record == "sqlite:///other.db"


def test_settings_held_within_settings_held_are_the_same(other_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with settings_held():
        monkeypatch.chdir(other_settings)
        with settings_held():
            assert settings().record == "onrecord.db"
        assert settings().record == "onrecord.db"
