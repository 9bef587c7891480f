# Two commands do everything on a machine with git, make and python3 with venv:
#   make demo   installs into .venv, scores the bundled example, says where the page is
#   make test   installs what tests need and runs every check
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
SOURCES = src tests benchmarks examples scripts hatch_build.py

.PHONY: help demo test check benchmark examples docs schema catalogues clean

help:
	@sed -n 's/^#  *make/make/p' Makefile

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml hatch_build.py $(VENV)/.made
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.tested: pyproject.toml hatch_build.py $(VENV)/.made
	$(PIP) install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.installed

catalogues: $(VENV)/.installed
	$(BIN)/python hatch_build.py

demo: catalogues
	$(BIN)/cti demo --out cti-demo --force

test: $(VENV)/.tested catalogues
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-report=xml

benchmark: $(VENV)/.tested catalogues
	$(BIN)/python -m pytest benchmarks --benchmark-only

examples: $(VENV)/.installed catalogues
	$(BIN)/python examples/make.py

docs: $(VENV)/.tested catalogues
	$(BIN)/python scripts/docs.py

clean:
	rm -rf $(VENV) build dist .coverage* coverage.xml .mypy_cache .ruff_cache .pytest_cache .hypothesis cti-demo
