# Each target also works as plain commands; the README lists them. PYTHON chooses the interpreter of a new environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'
SETUP := $(BIN)/.setup
DEV := $(BIN)/.setup-dev
TEST := $(BIN)/python -m pytest -n 2 --dist worksteal

.PHONY: report test test-all check bench explore data picture lock sbom clean

report: $(SETUP)  ## build every page into reports/
	$(BIN)/parkstudy report

test: $(DEV)  ## the tests, with one browser pass of each kind of page; a browser test is skipped without a Chromium
	$(TEST)

test-all: $(DEV)  ## every test there is
	$(TEST) -m ""

check: $(DEV)  ## format, lint, and beside each other types and the fast tests
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy & typed=$$!; $(TEST) -q -m "not slow"; tested=$$?; wait $$typed && exit $$tested

bench: $(DEV)  ## the builder, the data and the explorer, as ratios; takes half an hour
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/explorer.py

explore: $(SETUP)  ## JupyterLab on a copy of the explorer; as root OPTIONS=--allow-root
	$(BIN)/parkstudy explore $(if $(OPTIONS),-- $(OPTIONS))

data: $(DEV)  ## write data/datapackage.json and data/codebook.md; where the data changed, with a higher VERSION=...
	$(BIN)/python -m parkstudy.record.package data $(VERSION)

lock: $(DEV)  ## renew the pins; needs uv, which is not one of them
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --all-extras pyproject.toml -o requirements-dev.lock

sbom: $(DEV)  ## sbom.json: what the lock pins, as CycloneDX, without addresses of a registry; its tool has an environment of its own
	$(PYTHON) -m venv .sbom
	.sbom/bin/python -m pip install --quiet cyclonedx-bom
	.sbom/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --short-PURLs --output-reproducible -i '' -o - \
	| $(BIN)/python -c "import json, sys, parkstudy; made = json.load(sys.stdin); \
	made['metadata']['component']['version'] = parkstudy.__version__; \
	[one.pop('externalReferences', None) for one in made['metadata']['tools']['components']]; \
	json.dump(made, open('sbom.json', 'w'), indent=1)"

picture: $(SETUP)  ## draw the picture of the README
	$(BIN)/python -c "import parkstudy as p; from parkstudy.show import svg; \
	open('docs/tax-per-output.svg', 'wb').write(svg.standalone(p.viewer(p.load().only(''))('tax-per-output').svg))"

clean:
	rm -rf $(VENV) .sbom sbom.json dist reports/*.html reports/*.png reports/manifest.json reports/notebooks reports/failed reports/.built reports/.parts-*

$(SETUP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(DEV): $(SETUP) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@
