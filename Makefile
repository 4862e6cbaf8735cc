# Everything one can do here; each target does its own set-up. Needs Python 3.11 to 3.13, make and git.

PYTHON ?= $(shell for python in python3.12 python3.13 python3.11 python3 python; do \
	$$python -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
JOBS ?= 2
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test check bench accuracy fuzz scale soak docs clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(READY) ## reads the sample, prints what is on record and writes report.html
	@$(BIN)/onrecord demo

test: $(READY) ## every test
	@$(BIN)/python -m pytest -n $(JOBS)

check: $(READY) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

accuracy: $(READY) ## scores every benchmark in ../shared/bench and writes docs/accuracy.md
	@$(BIN)/python -m benchmarks.accuracy

bench: $(READY) ## speed and memory of reading, cost of adding to a large record
	@$(BIN)/python -m benchmarks.reading_speed
	@$(BIN)/python -m benchmarks.adding
	@$(BIN)/python -m benchmarks.desk_speed
	@$(BIN)/python -m benchmarks.gazetteer

scale: $(READY) ## fills a record with a million articles and measures it, into docs/scale.md (an hour, 40 GB)
	@$(BIN)/python -m benchmarks.size --docs docs/scale.md

fuzz: $(READY) ## hostile input by the thousand: every one is read or named as a fault
	@$(BIN)/python -m benchmarks.fuzz
	@$(BIN)/python -m benchmarks.fuzz_files
	@$(BIN)/python -m benchmarks.coverage_fuzz
	@HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n $(JOBS)

soak: $(READY) ## hours of kills, flipped bits, broken inputs and a failing feed; writes docs/reliability.md
	@$(BIN)/python -m benchmarks.soak
	@$(BIN)/python -m benchmarks.reliability

docs: $(READY) ## writes the pages of docs/ that are made from the program
	@$(BIN)/python -m onrecord.cli.manual docs/commands.md
	@$(BIN)/python -m onrecord.views.exports.manual docs/export-columns.md

clean: ## removes what the targets made
	rm -rf $(VENV) report.html onrecord-demo.db* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 to 3.13 found; install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
		echo "make: cannot make $(VENV); on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing onrecord into $(VENV) (once; a few minutes on a slow line)"
	@$(PIP) install -e '.[dev]' || { $(BIN)/python -c 'import onrecord, pytest, spacy' 2>/dev/null \
		&& echo "make: the package index is out of reach; going on with what is installed" >&2; } || { \
		echo "make: the packages of pyproject.toml could not be installed; is there a line to a package index?" >&2; exit 1; }
	@touch $@
