# Two commands do everything: `make run` (the main job) and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SAMPLE := sample_chains/fabric-pear-trace

.PHONY: run test lint bench screenshots headless libraries clean soak

run: $(READY) libraries
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	  $(BIN)/provenance-explorer $(SAMPLE); \
	else $(MAKE) --no-print-directory headless; fi

# The main job without a screen: verify, trace, report, and draw the window's pictures.
headless: $(READY) libraries
	@mkdir -p out
	$(BIN)/provenance-explorer verify --trust $(SAMPLE)/trust_anchors $(SAMPLE)/ledgersData
	$(BIN)/provenance-explorer trace $(SAMPLE)/ledgersData --item box/X00012
	$(BIN)/provenance-explorer report $(SAMPLE)/ledgersData --trust $(SAMPLE)/trust_anchors -o out/report.html
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.gui.screenshots out/screenshots
	@echo "No display here: the report is out/report.html, the window's pictures are in out/screenshots."

test: $(READY) libraries lint
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto --dist loadfile \
	  --cov --cov-report=term:skip-covered

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(READY) libraries
	$(BIN)/python -m benchmarks

screenshots: $(READY) libraries
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.gui.screenshots out/screenshots

# The long forms of the tests (docs/testing.md); run before a release.
soak: $(READY) libraries
	SOAK=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -o faulthandler_timeout=0

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
	  || { echo "Python 3.11 to 3.14 is needed: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,fast]'
	@touch $(READY)

libraries: $(READY)
	@sh .ci/system-libraries $(BIN)/python

clean:
	rm -rf $(VENV) out build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
