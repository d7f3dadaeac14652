# Two commands do all the set-up: make run, make test.
PYTHON ?= python3
VENV := .venv
PYTEST = $(VENV)/bin/python -m pytest
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: help screenshots run demo test test-reports test-spark bench lint build check lock clean

help:  ## say what each command does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/run.stamp  ## build the tables and serve the dashboard on http://localhost:8501
	$(VENV)/bin/python -m etl build
	$(VENV)/bin/streamlit run app.py

demo: $(VENV)/run.stamp  ## make, build and serve the demonstration city (simulated data) from .demo/
	$(VENV)/bin/python -m etl demo --to .demo --seed 1
	LIVELIHOOD_DATA=.demo $(VENV)/bin/python -m etl build
	LIVELIHOOD_DATA=.demo $(VENV)/bin/streamlit run app.py

test: $(VENV)/test.stamp  ## install what the tests need, then lint, types and tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	@echo "types and browser tests run beside the others; their reports come last"
	@$(VENV)/bin/mypy > $(VENV)/types.log 2>&1 & types=$$!; \
	$(PYTEST) tests/browser > $(VENV)/browser-tests.log 2>&1 & browser=$$!; \
	$(PYTEST) -n auto --maxprocesses 4 --dist loadfile --ignore tests/browser --ignore tests/spark; others=$$?; \
	wait $$types; typed=$$?; wait $$browser; shown=$$?; cat $(VENV)/types.log $(VENV)/browser-tests.log; \
	exit $$((others || typed || shown))

test-reports: $(VENV)/test.stamp  ## briefings and downloads alone, without LibreOffice
	$(PYTEST) tests/pages/reports --ignore tests/pages/reports/test_conversion.py

test-spark: $(VENV)/spark.stamp  ## the same tables on a real Spark cluster, on loopback: the extra [spark] and Java 17 (4 minutes)
	$(PYTEST) tests/spark

bench: $(VENV)/bench.stamp  ## measure the screens beside an empty page, Dash and no caches (half an hour; a quiet machine)
	$(VENV)/bin/python bench/screens.py

lint: $(VENV)/test.stamp  ## ruff and mypy
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

build: $(VENV)/run.stamp  ## read the sources and publish the tables
	$(VENV)/bin/python -m etl build

check: $(VENV)/run.stamp  ## reconcile without publishing
	$(VENV)/bin/python -m etl check

screenshots: $(VENV)/test.stamp  ## take the pictures of the READMEs from the demonstration city
	$(VENV)/bin/python docs/screenshots.py

lock: $(VENV)/bin/python  ## compile the lock files from pyproject.toml (names, versions and hashes only)
	$(PIP) install uv
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    pyproject.toml -o requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --extra test -c requirements.lock pyproject.toml -o tests/requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --extra bench -c tests/requirements.lock pyproject.toml -o bench/requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --extra test --extra spark -c tests/requirements.lock pyproject.toml -o tests/spark/requirements.lock

clean:  ## remove what was built and installed
	rm -rf $(VENV) data/tables .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.stamp: tests/requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r tests/requirements.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: bench/requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r bench/requirements.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/spark.stamp: tests/spark/requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r tests/spark/requirements.lock
	@touch $@ $(VENV)/run.stamp $(VENV)/test.stamp
