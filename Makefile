# Everything a person or a machine does with this project. It needs python3 (3.11 or newer) with venv, and make.
#
#   make run      set up, build the graph from seeds/, serve it on http://127.0.0.1:8000 (PORT=8123 for another port)
#   make setup    only set up: .venv with the locked dependencies and the command .venv/bin/kg
#   make test     the tests
#   make coverage the tests, and which lines and branches they reach; it takes half as long again
#   make site     the site of the documentation, in build/site
#   make check    all that must be good before a commit: lint, types, import contract, docs and their site, tests

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# The project itself: editable, built by the hatchling of the lock file, so that nothing unlocked is fetched.
THIS_PROJECT := --no-deps --no-build-isolation --editable .
# A stamp says for which pyproject.toml and lock file an installation was made; a newer one of these makes it again.
# Where .venv/ was made in another folder (a moved checkout), its commands point to nowhere: it is made again as well.
INSTALLED := .venv/installed
INSTALLED_DEV := .venv/installed-dev
# The scripts of the pages. CROSSINGS_FRONTEND=none does without them, where no registry of npm can be reached.
SCRIPTS := server/static/manifest.json
SCRIPT_SOURCES := $(shell find server/frontend -name node_modules -prune -o -name __pycache__ -prune -o -type f -print)
ifneq ($(shell cat .venv/made 2>/dev/null),$(CURDIR))
STALE := made-anew
endif

.PHONY: help setup dev run test coverage check lint contract types docs site format lock clean made-anew

help:
	@sed -n 's/^#   make/make/p' Makefile

# The scripts come after the installation, whose Node they may need.
setup: $(INSTALLED)
	@$(MAKE) $(SCRIPTS)

dev: $(INSTALLED_DEV)
	@$(MAKE) $(SCRIPTS)

.venv/made: $(STALE)
	@if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
	    echo "Crossings needs Python 3.11 or newer as $(PYTHON); name another one with: make setup PYTHON=python3.13" >&2
	    exit 1
	fi
	if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then
	    echo "$(PYTHON) has no venv module; on Debian and Ubuntu install it with: apt-get install python3-venv" >&2
	    exit 1
	fi
	echo "Making the virtual environment .venv ..."
	rm -rf .venv
	$(PYTHON) -m venv .venv
	echo '$(CURDIR)' >.venv/made

$(INSTALLED): .venv/made requirements.lock pyproject.toml
	@echo "Installing $$(grep -c '^[a-z].*==' requirements.lock) locked packages (a minute or two the first time) ..."
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) $(THIS_PROJECT)
	touch $@
	echo "Ready: $(BIN)/kg is the command line."

# The development lock holds the runtime lock whole, at the same versions, so one installation serves both stamps.
$(INSTALLED_DEV): .venv/made requirements-dev.lock requirements.lock pyproject.toml
	@echo "Installing $$(grep -c '^[a-z].*==' requirements-dev.lock) locked packages, the development tools among them ..."
	$(PIP) --require-hashes --requirement requirements-dev.lock
	$(PIP) $(THIS_PROJECT)
	touch $(INSTALLED) $@

$(SCRIPTS): $(SCRIPT_SOURCES)
	@echo "Building the scripts of the pages (half a minute the first time) ..."
	$(BIN)/python -m server.frontend.build
	[ ! -e $@ ] || touch $@

run: setup
	@echo "Building the graph from seeds/ ..."
	$(BIN)/kg build seeds
	echo "Serving it on http://127.0.0.1:$(PORT) (Ctrl-C stops it) ..."
	exec $(BIN)/kg serve --port $(PORT)

# A file's tests stay in one process, which makes what they share once.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --durations 20

test: dev
	@echo "Running the tests ..."
	$(PYTEST) $(ARGS)

coverage: dev
	@echo "Running the tests, and measuring what they reach ..."
	$(PYTEST) --cov --cov-report=term $(ARGS)

lint: dev
	@echo "Checking style and format ..."
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/python -m server.frontend.checks lint

types: dev
	@echo "Checking types ..."
	$(BIN)/mypy
	$(BIN)/python -m server.frontend.checks types

contract: dev
	@echo "Checking that kg never imports server ..."
	$(BIN)/lint-imports --no-cache --no-logo

docs: dev
	@echo "Checking that the generated pages are fresh ..."
	$(BIN)/python -m kg.docs --check

# It fails on a link that leads nowhere, a page that is not in the navigation, and whatever is loaded from elsewhere.
site: dev
	@echo "Building the site of the documentation ..."
	$(BIN)/python -m kg.docs.site

check: lint types contract docs site test
	@echo "All checks passed."

format: dev
	@$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/python -m server.frontend.checks format

# Keeps the versions that are locked; `make lock ARGS=--upgrade` takes the newest that pyproject.toml allows. One version
# for every Python, since other versions may parse a sentence otherwise. No index or path of a machine gets into the files.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock: dev
	@echo "Locking the runtime dependencies ..."
	$(COMPILE) $(ARGS) --group build --output-file requirements.lock
	echo "Locking the development tools ..."
	$(COMPILE) $(ARGS) --constraint requirements.lock --group dev --output-file requirements-dev.lock

# The releases, the journal and the tokens in .kg/ are data, not by-products: they stay.
clean:
	@rm -rf .venv build dist server/static server/frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.* htmlcov
	find kg server tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	echo "Removed the virtual environment and the caches; .kg/ stays."
