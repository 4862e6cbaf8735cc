"""The command line before it does anything: quick, and no surprises."""

import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage

import pytest
from click.testing import CliRunner

from onrecord.cli.app import onrecord

HEAVY = ("spacy", "sqlalchemy", "onnxruntime", "numpy", "pydantic", "trafilatura", "lxml", "jinja2", "rich", "alembic")


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from onrecord.cli.app import run; run(['--help']);"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_takes_less_than_half_a_second():
    def seconds():
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "onrecord.cli", "--help"], capture_output=True, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5  # of the processor, whatever else the machine is at


@pytest.mark.parametrize("name", list(onrecord.commands))
def test_the_help_of_every_command_has_an_example(name):
    done = CliRunner().invoke(onrecord, [name, "--help"])
    assert done.exit_code == 0
    assert f"  onrecord {name}" in done.output or f"| onrecord {name}" in done.output


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-10-14", "2016-10-14", "2016-10-14"),
    ],
)
def test_a_year_or_month_stands_for_its_first_or_last_day(value, since, until):
    from onrecord.cli.options import first_day, last_day

    assert first_day(None, None, value) == since
    assert last_day(None, None, value) == until


@pytest.mark.parametrize("value", ["yesterday", "2016-13", "2016-02-30", "16-01-01", "0000"])
def test_what_is_no_date_is_wrong_usage(value):
    done = CliRunner().invoke(onrecord, ["incidents", "--since", value])
    assert done.exit_code == 2
    assert "is no date; write it as 2016-10-14" in done.stderr


def test_a_command_that_there_is_not_is_wrong_usage():
    assert CliRunner().invoke(onrecord, ["dance"]).exit_code == 2
