"""What a release says it was made with: the files of the program, whatever Python keeps beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.views.release import methodology


def test_compiled_files_beside_the_data_are_no_ingredients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__init__.py").touch()
    (tmp_path / "labels.tsv").write_text("word\n", encoding="utf-8")
    monkeypatch.setattr(methodology, "DATA", tmp_path)
    assert [ingredient.name for ingredient in methodology.rule_files()] == ["labels.tsv"]
