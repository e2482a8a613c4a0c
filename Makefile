# Tollbook: `make run` and `make test` are all it takes; Python 3.11 or newer must be there.
PYTHON ?= $(or $(shell command -v python3.11),python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
.DEFAULT_GOAL := help

help: ## list what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(READY) ## set up once, then load the sample articles into the warehouse
	@$(BIN)/tollbook run

test: $(READY) ## the whole test suite, in two processes side by side
	@$(MAKE) --no-print-directory --keep-going --jobs=2 test-flows test-rest

test-flows: $(READY)
	@$(BIN)/python -m pytest tests/flows

test-rest: $(READY)
	@$(BIN)/python -m pytest --ignore=tests/flows

test-quick: $(READY) ## the tests that take no more than a few seconds each
	@$(BIN)/python -m pytest -m "not slow"

check: $(READY) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(READY) ## what it costs: reading, HTML, the flow and Prefect's share, starts, a growing warehouse
	@$(BIN)/python -m benchmarks.extract
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m benchmarks.flow
	@$(BIN)/python -m benchmarks.starts
	@$(BIN)/python -m benchmarks.load

audit: ## look the pinned packages up among the known holes; needs pip-audit and the network
	@if command -v pip-audit >/dev/null; then \
		pip-audit --disable-pip --require-hashes --requirement requirements.lock; \
	else echo "Not audited: there is no pip-audit here (pipx install pip-audit)." >&2; fi

lock: $(READY) ## pin every dependency anew in requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --all-extras pyproject.toml -o requirements.lock

clean: ## remove what set-up made; data/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache

# Set-up is done once, and again when the lock or the project's own file changes. It ends in the
# stamp, so that one that was broken off starts anew. As constraint too: without it an older pip looks
# at the newest sqlalchemy for the one with extras that Prefect asks for.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Tollbook needs Python 3.11 or newer; '$(PYTHON)' is none." \
			"Name yours: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV), once; it takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements.lock --constraint requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation --editable .
	@echo "Compiling the reader of texts, once; it takes a minute, and works without it."
	@$(BIN)/tollbook compile || true
	@touch $@

.PHONY: help run test test-flows test-rest test-quick check bench audit lock clean
