# run, test, check, bench, lock; every tool's settings stand in pyproject.toml.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test test-fast check format bench fuzz docs screens lock clean
.DEFAULT_GOAL := run

# The newest stamp means: what the lock file names is installed, nothing to do.
run: $(VENV)/.run
	@$(BIN)/nabla run

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto

test-fast: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto -m "not slow"

check: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet . || { echo "make format would change files"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy
	@$(BIN)/python -m bot docs --check

format: $(VENV)/.dev
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/.dev
	@$(BIN)/python -m pytest -p no:cacheprovider -q -s -o python_files="bench_*.py" tests/benchmarks

# With atheris installed, tests/benchmarks/fuzz_reading.py --coverage is guided by coverage as well.
fuzz: $(VENV)/.dev
	@PYTHONPATH=. $(BIN)/python tests/benchmarks/fuzz_reading.py 100000 7

docs: $(VENV)/.dev
	@$(BIN)/python -m bot docs

# The pictures of docs/conversations.md, from real replies; a browser draws them.
screens: $(VENV)/.dev
	@$(BIN)/python -m tests.screens

# Both lock files hold names, versions and hashes only: no index and no address.
lock: $(VENV)/.dev
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --quiet --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --quiet --upgrade -o requirements-dev.lock

clean:
	@rm -rf $(VENV) build *.egg-info

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Nabla into $(VENV) (once, a minute or two) ..." >&2
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements.lock >&2
	@$(PIP) install --quiet --no-deps --no-build-isolation --config-settings editable_mode=compat -e . >&2
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing the tools for tests and checks ..." >&2
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock >&2
	@touch $@

$(BIN)/python:
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh bin/make-venv
