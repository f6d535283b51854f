# Two commands on a fresh machine: `make run` and `make test`. Both make .venv the first time.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
CORPUS ?=
JOBS ?= 2
SEED ?= 2026
COUNT ?= 100000
DOCUMENTS ?= 10000

.DEFAULT_GOAL := help
.PHONY: help run test check lint types notebooks lock dictionary benchmarks doctor fuzz clean

help: ## say what there is
	@echo "dz_analysis: two commands do most: make run, make test"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else f'Python 3.11 to 3.13 is needed, found {v[0]}.{v[1]}; name another one: make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -c "import pathlib; pathlib.Path('$(READY)').touch()"

run: $(READY) ## measure, run the notebooks, write figures/ and build/ (CORPUS=name for another corpus)
	$(BIN)/dz run $(CORPUS)

test: $(READY) ## lint, types, unit tests, notebooks compared with their stored outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(JOBS) -m "not long"
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --nbval notebooks -p no:cacheprovider

.PHONY: slow
slow: $(READY) ## what CI only samples: kills, a Dask cluster, 10,000 documents (an hour), then the whole fuzz (hours)
	$(BIN)/python -m pytest -n $(JOBS) -m long
	$(BIN)/dz run provinces -p regions=山东省
	$(MAKE) scale
	$(MAKE) fuzz

lint: $(READY) ## check and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY) ## check the types
	$(BIN)/mypy

notebooks: $(READY) ## run the published notebooks again and keep their outputs
	$(BIN)/python -m dz_analysis.suite

dictionary: $(READY) ## write data/DICTIONARY.md and its Chinese twin from the contract
	$(BIN)/python -m dz_analysis.datapackage

benchmarks: $(READY) ## measure speed and memory beside jieba (python -m benchmarks: quality and statistics too)
	$(BIN)/python -m benchmarks speed scale

.PHONY: scale
scale: $(READY) ## measure a large corpus with known truth: processes, memory, agreement (DOCUMENTS=10000)
	$(BIN)/python -m benchmarks.scale $(DOCUMENTS)

.PHONY: confidence
confidence: $(READY) ## read all marked texts anew and fit how sure a row is (DZ_GOLD, DZ_BLIND, DZ_PAGES)
	$(BIN)/python tools/fit_confidence.py --pages $(DZ_PAGES)
	$(BIN)/python tools/fit_confidence.py --collect --write

.PHONY: publish
publish: $(READY) ## make tables, floors, outputs, panels and READMEs anew (DZ_TEXTS, DZ_GOLD)
	$(BIN)/python tools/publish.py

doctor: $(READY) ## check fonts, kernels, word lists and corpora, with cures
	$(BIN)/dz doctor

fuzz: $(READY) ## read broken files, manifests and tables, 100,000 of them (hours; SEED=… COUNT=… for others)
	PYTHONPATH=. $(BIN)/python tests/reading/fuzz.py $(SEED) $(COUNT)

lock: ## resolve pyproject into requirements.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --group dev --group bench --extra dask pyproject.toml -o requirements.lock

clean: ## remove what a run made
	rm -rf build .pytest_cache .mypy_cache .ruff_cache
