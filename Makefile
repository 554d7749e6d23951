# `make demo` and `make test` do all set-up themselves. A fresh machine needs Python 3.11+, make and git.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test lint lint-js gate check clean

demo: $(VENV)/.installed
	$(BIN)/kg build seeds --out build

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check kg tests
	$(BIN)/ruff format --check kg tests
	$(BIN)/mypy
	$(BIN)/lint-imports

# The page's JavaScript; apart from `lint`, since only those who change it need Node.
lint-js:
	@command -v npm >/dev/null || { echo "lint-js needs Node 18 or newer with npm: apt-get install nodejs npm"; exit 1; }
	npm ci --prefix .ci --silent --no-audit --no-fund
	.ci/node_modules/.bin/eslint --config .ci/eslint.config.mjs kg/exporters/html/assets/js

gate: $(VENV)/.installed-dev
	$(BIN)/python tests/eval_gate.py --shared $(SHARED)

check: lint test gate

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .ci/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
