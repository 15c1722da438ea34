# From a bare Python 3.11 (or newer), make and git, `make serve` and `make test` do everything.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
FACTS = ../shared/data
HOST = 127.0.0.1
PORT = 8000
MODE = site
MINUTES = 10
SIZES = 100000 1000000

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RETI := $(BIN)/reti-graph
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-strip-extras --no-header --upgrade

.DELETE_ON_ERROR:
.PHONY: help serve test check fmt golden coverage benchmarks benchmarks-http benchmarks-stores benchmarks-soak benchmarks-scale ckan import build wheel lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

serve: .venv/run ## show the graph in a browser (HOST=127.0.0.1 PORT=8000)
	$(RETI) serve --host $(HOST) --port $(PORT)

test: .venv/dev ## run the tests
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: .venv/dev ## everything a change must pass: style, types, layers, data, tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(RETI) fmt --check
	$(RETI) validate
	$(BIN)/pytest --numprocesses auto --dist loadfile

fmt: .venv/dev ## put code and data into their one form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(RETI) fmt

golden: .venv/dev ## write the expected output in tests and pages anew, to be read before it is kept
	$(BIN)/python -m tests.shell_examples README.md docs/*.md
	$(BIN)/pytest --update-golden

coverage: .venv/dev ## run the tests and show what they do not reach
	$(BIN)/pytest --cov --cov-report=term

benchmarks: .venv/run ## measure how long the program takes (benchmarks/README.md)
	$(BIN)/python benchmarks/site.py

benchmarks-http: .venv/run benchmarks/.venv/run ## measure the server beside others, at most 25 minutes (benchmarks/README.md)
	$(BIN)/python -m benchmarks.http

benchmarks-stores: .venv/dev ## measure the same questions in stores of other makes (benchmarks/README.md)
	$(BIN)/python -m benchmarks.stores

benchmarks-soak: .venv/dev ## check every answer under load while releases change (MODE=site|store|release MINUTES=10)
	$(BIN)/python -m benchmarks.soak --mode $(MODE) --minutes $(MINUTES)

benchmarks-scale: .venv/run ## build and serve made-up sites beside the engines alone (SIZES="100000 1000000")
	$(BIN)/python -m benchmarks.scale $(SIZES)

ckan: .venv/run .ckan/run ## read the catalogue with CKAN's own parser and compare every field
	.ci/try-ckan .ckan/bin/python

import: .venv/dev ## write the data of other sources anew from collected rows (FACTS=folder of CSV files)
	$(BIN)/python -m tools.import_facts $(FACTS)

build: .venv/dev ## make the source archive and, from it, the wheel, in dist/
	rm -rf dist
	$(BIN)/hatchling build --target sdist
	mkdir dist/unpacked
	tar -xzf dist/*.tar.gz -C dist/unpacked --strip-components 1
	cd dist/unpacked && ../../$(BIN)/hatchling build --target wheel
	mv dist/unpacked/dist/*.whl dist/
	rm -rf dist/unpacked

wheel: build ## install the wheel in a new environment and use it from an empty folder
	.ci/try-wheel $(BIN)/python dist/*.whl

lock: .venv/dev ## choose the newest versions the ranges allow, with their hashes
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(COMPILE) pyproject.toml - --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove what make made
	rm -rf .venv .ckan dist benchmarks/.venv

# What it takes to run the program: the locked libraries and the project itself.
.venv/run: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "reti-graph needs Python 3.11 or newer: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# What it takes to work on it, too.
.venv/dev: .venv/run requirements-dev.lock
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# The servers that are compared with, apart from the project's own libraries.
benchmarks/.venv/run: benchmarks/requirements.txt
	$(PYTHON) -m venv --clear benchmarks/.venv
	benchmarks/.venv/bin/python -m pip --disable-pip-version-check --quiet install --requirement $<
	@touch $@

# CKAN and its extensions, apart from the project's own libraries.
.ckan/run: tools/ckan/requirements.txt
	$(PYTHON) -m venv --clear .ckan
	.ckan/bin/python -m pip --disable-pip-version-check --quiet install --requirement $<
	@touch $@
