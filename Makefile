# Two commands do everything on a machine with git, make and python3 with venv:
#   make demo   installs into .venv, scores the bundled example, says where the page is
#   make test   installs what tests need and runs every check
#   make quick  runs the checks that take a minute together, for the middle of a change
#   make floors installs the lowest versions allowed, aside, and runs every command with them
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
WORDS = $(wildcard src/ctimaturity/language/locale/*/LC_MESSAGES/*.po)
SOURCES = src tests benchmarks examples scripts hatch_build.py

# Tests start the tool some hundred times: each start would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick lint floors fuzz coverage benchmark examples docs catalogues screenshots clean

help:
	@sed -n 's/^#  *make/make/p' Makefile

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Installing compiles the catalogues.
$(VENV)/.installed: pyproject.toml hatch_build.py $(WORDS) $(VENV)/.made
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.tested: pyproject.toml hatch_build.py $(VENV)/.made
	$(PIP) install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.installed

catalogues: $(VENV)/.tested
	$(BIN)/python hatch_build.py

demo: $(VENV)/.installed
	$(BIN)/cti demo --out cti-demo --force

lint: $(VENV)/.tested
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

# A file goes to one worker as a whole, in the order of their names: what its tests share is made once, and the dear
# files with few tests do not come last.
test: lint catalogues
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# The rooms that hold rules and arithmetic; what writes documents or runs commands is for `make test`.
QUICK = tests/analysis tests/definitions tests/files tests/indicators tests/language \
	tests/model tests/questionnaires tests/results tests/scoring tests/workbook

quick: lint catalogues
	$(BIN)/python -m pytest $(QUICK) -n auto --dist loadfile --no-loadscope-reorder -q -m "not office and not browser and not slow"

FLOORS = build/floors

floors:
	rm -rf $(FLOORS)
	$(PYTHON) -m venv $(FLOORS)
	$(PYTHON) scripts/floors.py > $(FLOORS)/floors.txt
	$(FLOORS)/bin/python -m pip --disable-pip-version-check install --quiet --requirement $(FLOORS)/floors.txt
	$(FLOORS)/bin/python -m pip --disable-pip-version-check install --quiet --no-build-isolation .
	$(FLOORS)/bin/python scripts/smoke.py

# How many changed workbooks, two of five by ranges of cells (20,000); a run finds more with another number of them.
FUZZ ?= 50000

fuzz: $(VENV)/.tested catalogues
	CTI_FUZZ=$(FUZZ) $(BIN)/python -m pytest tests/mangling tests/hostile/test_fuzz.py tests/workbook/test_planted_batch.py -n auto

coverage: $(VENV)/.tested catalogues
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term --cov-report=html

benchmark: $(VENV)/.tested catalogues
	$(BIN)/python -m pytest benchmarks -s

examples: $(VENV)/.installed
	$(BIN)/python examples/make.py
	$(BIN)/python examples/make_rounds.py

docs: $(VENV)/.tested catalogues
	$(BIN)/python scripts/docs.py

screenshots: $(VENV)/.tested catalogues
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) build dist .coverage* coverage.xml .mypy_cache .ruff_cache .pytest_cache .hypothesis cti-demo
