# Needs python3 >= 3.11 with venv and pip; `make lock` also needs uv. Nothing has to be activated.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SEED ?=
OUT ?= demo-out
READY := $(VENV)/.ready
UV_COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" --quiet pyproject.toml

.PHONY: help setup services demo test e2e lint format templates bench bench-accounts bench-extract fuzz simulate mutants lock clean

help:  ## What can be made
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile | sed 's/:[^#]*## /\t/' | expand -t 16

setup: $(READY)  ## A virtual environment with the locked requirements and zwgk itself

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "python3 >= 3.11 is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

services:  ## As root on Debian: PostgreSQL and Chromium for their tests, where they are missing
	tests/services.sh

demo: $(READY)  ## A simulated banner watched for three nights across a month's end: make demo SEED=7
	$(PY) -m demo $(if $(SEED),--seed $(SEED)) --out $(OUT)

test: $(READY)  ## All tests; those of PostgreSQL where one is installed
	$(PY) tests/with_postgresql.py $(PY) -m pytest -n 2 --dist loadscope $(PYTEST_ARGS)

e2e: $(READY)  ## Only the console in a real Chromium: one month's story, the keyboard, every page
	$(PY) -m pytest tests/e2e $(PYTEST_ARGS)

lint: $(READY)  ## Style, types, import rules
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(READY)  ## Put all files into the house's form
	$(VENV)/bin/ruff check --fix-only --quiet .
	$(VENV)/bin/ruff format .

templates: $(READY)  ## Make the shipped Word templates anew from notices/layout
	$(PY) -m notices.layout

bench: $(READY)  ## Measure; what and how: benchmarks/README.md
	$(PY) -m benchmarks

bench-accounts: $(READY)  ## 200 accounts over 8 platforms looked at in one run
	$(PY) -m benchmarks.accounts

PEERS := build/bench-extract
$(PEERS)/.ready: benchmarks/extract/requirements.lock
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	touch $@

bench-extract: $(READY) $(PEERS)/.ready  ## Reading pages beside gne, trafilatura and htmldate: make bench-extract PAGES=folder
	$(PY) -m benchmarks.extract $(PAGES) --peers $(PEERS)/bin/python

simulate: $(READY)  ## A planted year of 57 units held against its truth: make simulate SEEDS=20
	$(PY) -m demo.simulate --seeds $(or $(SEEDS),2)

FUZZ := build/fuzz
SECONDS ?= 60
$(FUZZ)/.ready: requirements.lock benchmarks/fuzz/requirements.lock
	test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
		-r requirements.lock -r benchmarks/fuzz/requirements.lock
	touch $@

fuzz: $(FUZZ)/.ready  ## Any bytes into the page readers: make fuzz SECONDS=600, make fuzz CASE=build/fuzz-cases/crash-…
	$(FUZZ)/bin/python -m benchmarks.fuzz --seconds $(SECONDS) $(if $(CASE),--case $(CASE))

mutants: $(READY)  ## Break the rules of judgement one by one: each time the demo or a test must fail
	$(PY) -m demo.mutants

lock:  ## Choose versions anew and write the locks (needs uv)
	$(UV_COMPILE) --extra build --extra postgresql -o requirements.lock
	$(UV_COMPILE) --extra build --extra postgresql --extra browser -o requirements-browser.lock
	$(UV_COMPILE) --extra build --extra dev -o requirements-dev.lock
	$(subst pyproject.toml,benchmarks/extract/requirements.in,$(UV_COMPILE)) -o benchmarks/extract/requirements.lock
	$(subst pyproject.toml,benchmarks/fuzz/requirements.in,$(UV_COMPILE)) -o benchmarks/fuzz/requirements.lock

clean:  ## Remove what was made here; deployments are never touched
	rm -rf $(VENV) $(OUT) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
