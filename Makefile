# Every target works as the first command on a machine with Python 3.11, git and make.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready

help:  ## what you can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

setup: $(READY)  ## the virtual environment alone

dashboards: $(READY)  ## build the featured dashboards into dashboards/
	@$(BIN)/disclosure build

lab: $(READY)  ## JupyterLab on the notebooks, with the kernel 'analysis'
	@$(BIN)/disclosure lab

test: $(READY)  ## all tests
	@$(BIN)/python -m pytest

lint: $(READY)  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright

lock: $(READY)  ## pin the newest versions that pyproject.toml allows
	@$(BIN)/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --upgrade --no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file requirements.lock

clean:  ## remove what was built (data and notebooks stay)
	@rm -rf .venv dashboards .pytest_cache .ruff_cache

.PHONY: help setup dashboards lab test lint lock clean
