import re
from pathlib import Path

import pytest

from onrecord.cli.app import onrecord
from onrecord.cli.manual import pages

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


@pytest.mark.parametrize("name", list(onrecord.commands))
def test_the_page_of_the_commands_has_every_option(name):
    section = PAGE.read_text(encoding="utf-8").split(f"\n## onrecord {name}\n")[1].split("\n## ")[0]
    options = {option for parameter in onrecord.commands[name].params for option in parameter.opts if "-" in option}
    assert {option for option in options if option not in section} == set(), "run make docs"


def test_the_page_has_a_section_for_each_command():
    headings = re.findall(r"^## onrecord (\S+)$", "".join(pages()), re.MULTILINE)
    assert headings == list(onrecord.commands)
