# make run FILE=report.pdf   check a report and print the JSON (the first time, it sets up .venv)
# make quick                 ruff and the tests that take no process of their own: after each change
# make test                  ruff, mypy, all tests: before a change goes in

FILE ?= corpus/pdf/004.pdf
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
# As many processes of tests as there are cores, each with a file after the other, so that what the tests of a file
# share is made once; `make test PARALLEL=` runs one test after the other.
PARALLEL ?= -n auto --dist loadfile --no-loadscope-reorder

export FILE

.DEFAULT_GOAL := run
.PHONY: run quick test bench schema readme pictures clean

run: $(VENV)/.installed
	@$(BIN)/de06-extract $(ARGS) -- "$$FILE"

quick: $(VENV)/.installed-dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow"

test: $(VENV)/.installed-dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest $(PARALLEL)

# All but benchmarks/thresholds.py, which reads all sentences anew for each of some hundred changes: an hour.
bench: $(VENV)/.installed-dev
	@for benchmark in $(filter-out benchmarks/thresholds.py,$(wildcard benchmarks/*.py)); do echo "== $$benchmark"; $(BIN)/python "$$benchmark" || exit 1; done

# What is generated from the code, and compared with it by the tests.
schema: $(VENV)/.installed-dev
	$(BIN)/python -m tests.schema.test_report > schemas/report.schema.json.part
	mv schemas/report.schema.json.part schemas/report.schema.json
	$(BIN)/python -m tests.output.test_record > schemas/record.schema.json.part
	mv schemas/record.schema.json.part schemas/record.schema.json
	$(BIN)/python -m tests.pipeline.test_explain > schemas/explanation.schema.json.part
	mv schemas/explanation.schema.json.part schemas/explanation.schema.json
	$(BIN)/python -m tests.web.api.test_description > schemas/api.openapi.json.part
	mv schemas/api.openapi.json.part schemas/api.openapi.json

readme: $(VENV)/.installed-dev
	$(BIN)/python -m tests.test_readme

# The pictures of the README, where Chromium and LibreOffice are.
pictures: $(VENV)/.installed-dev
	$(BIN)/python tools/make_pictures.py

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests benchmarks training -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made by the first Python that is new enough and can make one; what pip says goes to standard
# error, so that `make run > report.json` holds the report alone.
FIND_PYTHON = for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; done; \
	if [ -z "$$python" ]; then \
	echo "de06-extract needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt install python3.11-venv)" >&2; \
	exit 1; fi

# Scans are read by Tesseract with its data for Vietnamese; tests draw scans with a font of its letters.
GET_TESSERACT = { tesseract --list-langs 2>/dev/null | grep -qx vie && [ -e /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf ]; } || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update && \
	apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie fonts-dejavu-core; } >&2; } || \
	echo "Tesseract with Vietnamese or a font is missing: scans cannot be read, and tests of them are skipped" \
	"(Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie fonts-dejavu-core)" >&2
# Documents of other word processors are read by way of LibreOffice; it is installed where this user may do so.
GET_LIBREOFFICE = command -v soffice >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	{ apt-get update && apt-get install -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui; } >&2; } \
	|| echo "LibreOffice is missing: .doc, .rtf and .odt cannot be read, and tests of them are skipped" \
	"(Debian, Ubuntu: apt install libreoffice-writer-nogui libreoffice-calc-nogui)" >&2

# Tests look at annotated PDFs with programs of their own; those are installed where this user may do so.
GET_PDF_TOOLS = { command -v qpdf && command -v pdfsig; } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	{ apt-get update && apt-get install -y --no-install-recommends qpdf poppler-utils; } >&2; } \
	|| echo "qpdf or pdfsig is missing: tests of annotated PDFs are skipped (Debian, Ubuntu: apt install qpdf poppler-utils)" >&2

# Microsoft's validator of SARIF, by which the log is tested, where there is npm.
GET_SARIF_VALIDATOR = { command -v npm >/dev/null && npm install --prefix $(VENV) --no-save --no-audit --no-fund \
	@microsoft/sarif-multitool-linux && chmod +x $(VENV)/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool; } >&2 \
	|| echo "npm is missing or @microsoft/sarif-multitool-linux cannot be had: the test with Microsoft's validator of SARIF" \
	"is skipped" >&2

# A browser, in which the page is tested: on paper, by keys, and for what is in the way of anybody.
GET_BROWSER = command -v chromium >/dev/null || command -v google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && \
	command -v apt-get >/dev/null && { apt-get update && apt-get install -y --no-install-recommends chromium; } >&2; } \
	|| echo "Chromium is missing: the tests of the page in a browser are skipped (Debian, Ubuntu: apt install chromium)" >&2

$(VENV)/.installed: pyproject.toml
	@$(FIND_PYTHON); echo "Setting up $(VENV) with $$python" >&2; "$$python" -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --editable . >&2
	@touch $@

$(VENV)/.installed-dev: pyproject.toml
	@$(FIND_PYTHON); echo "Setting up $(VENV) with $$python" >&2; "$$python" -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --editable '.[dev]' >&2
	@$(GET_TESSERACT)
	@$(GET_LIBREOFFICE)
	@$(GET_PDF_TOOLS)
	@$(GET_BROWSER)
	@$(GET_SARIF_VALIDATOR)
	@touch $(VENV)/.installed $@
