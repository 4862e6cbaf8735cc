from pathlib import Path

from onrecord.cli.manual import pages

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


def test_the_page_of_the_commands_is_what_they_say_of_themselves():
    assert PAGE.read_text(encoding="utf-8") == "".join(pages()), "run make docs"
