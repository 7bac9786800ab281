# Samspel. `make start` shows it, `make test` tries it all; each installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTEST_ARGS ?= -n 3 --dist loadfile
RESULTS := build/junit.xml
ENGLISH := bot/locale/en/LC_MESSAGES/samspel.po

# What the tests need besides Python: Debian's packages, and how each is seen to be there.
TEST_PACKAGES := chromium fonts-noto-color-emoji fontconfig

.PHONY: help start test test-16 screenshot install install-dev test-tools house lint format types audit bench messages lock hooks clean

help: ## Show this list
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

start: install ## Start Samspel with sample data and open it in a browser
	@exec $(BIN)/samspel start

test: install-dev test-tools ## Run every test, in a real browser and against a real PostgreSQL
	@mkdir -p $(dir $(RESULTS))
	@$(BIN)/python -m pytest --junitxml=$(RESULTS) $(PYTEST_ARGS)

STORIES_16 := report_status needs need_way assignments money mandates poll_answers priority reminders \
	absence digest_led meeting_reports_told questions

test-16: install-dev test-tools ## What asks the database, and a file of stories on each subject, on PostgreSQL 16 under LC_ALL=C
	@LC_ALL=C SAMSPEL_TEST_POSTGRES=16 SAMSPEL_TEST_STORIES_ON=web $(BIN)/python -m pytest --junitxml=build/junit-16.xml \
		$(PYTEST_ARGS) --ignore=tests/unit/test_specimens.py --ignore=tests/unit/test_summaries.py \
		tests/unit tests/delivery tests/year $(STORIES_16:%=tests/conversations/test_%.py)

screenshot: install-dev test-tools ## Draw the pictures of README.md and docs/ anew
	@SAMSPEL_SCREENSHOTS=$(CURDIR)/docs/images $(BIN)/python -m pytest -q tests/end_to_end -k 'readme or digest or question'
	@SAMSPEL_SCREENSHOTS=$(CURDIR)/docs/images $(BIN)/python -m pytest -q tests/slack_types/test_pictures.py \
		tests/adaptive_cards/test_pictures.py tests/playground

install: ## Make .venv/bin/samspel from locked, hashed requirements (at once when nothing changed)
	@$(call install_locked,requirements.txt)

install-dev: ## The same with what tests and checks need
	@$(call install_locked,requirements-dev.txt)

house: install-dev ## The rules of the house alone, in seconds
	@$(BIN)/python -m pytest -q tests/unit/test_house.py tests/unit/test_documents.py

lint: install-dev ## Style, formatting and the three floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

format: install-dev ## Put code in the shape that lint asks for
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: install-dev ## Check all types, strictly
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright

audit: install-dev ## Look for known vulnerabilities in the locked requirements
	@$(BIN)/pip-audit --strict --disable-pip -r requirements.txt
	@$(BIN)/pip-audit --strict --disable-pip -r requirements-dev.txt

bench: install-dev ## Measure, as ratios within one run
	@$(BIN)/python -m tests.benchmarks

messages: install-dev ## Bring the English catalogue in step with the Swedish texts of the code
	@mkdir -p build $(dir $(ENGLISH))
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _ -k ngettext:1,2 --no-location --sort-output \
		--no-wrap -o build/samspel.pot .
	@$(BIN)/pybabel -q update -i build/samspel.pot -o $(ENGLISH) -l en --init-missing --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --omit-header
	@echo "$(ENGLISH): $$($(BIN)/python -m tests.catalogue) text(s) without English"

lock: install-dev ## Lock the requirements anew (UPGRADE=--upgrade takes newer releases)
	@$(BIN)/uv pip compile pyproject.toml --group build $(UPGRADE) $(LOCKED) -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group build --extra dev $(UPGRADE) $(LOCKED) \
		-c requirements.txt -o requirements-dev.txt

LOCKED := -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header

hooks: install-dev ## Check each commit before it is made
	@$(BIN)/pre-commit install

clean: ## Take away what was installed and built; data in var/ stays
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# The rest is how the targets above keep their promise on a machine that has nothing yet.

# A Python that is new enough and can make environments, or one message that says what to do.
define find_python
python=; for each in $(PYTHONS); do \
	if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "Samspel needs Python 3.11 or newer; found: $$(python3 --version 2>&1 || true)." >&2; \
	echo "Install it (Debian 12, Ubuntu 24.04 or newer: apt install python3 python3-venv) and run make again." >&2; \
	exit 1; \
fi; \
if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "$$python cannot make virtual environments: its venv module is packaged by itself." >&2; \
	echo "Install it (Debian, Ubuntu: sudo apt install python3-venv) and run make again." >&2; \
	exit 1; \
fi
endef

# Keyed on what is asked for and on this folder: a copied or moved checkout makes its own .venv.
define install_locked
set -eu -o pipefail; \
wanted="$$(cat requirements-dev.txt $(1) pyproject.toml | cksum) $(CURDIR)"; \
if [ -x $(BIN)/samspel ] && [ "$$(cat $(VENV)/.$(1) 2>/dev/null)" = "$$wanted" ]; then exit 0; fi; \
$(find_python); \
if ! [ -x $(BIN)/python ] || [ "$$(cat $(VENV)/.folder 2>/dev/null)" != "$(CURDIR)" ]; then \
	echo "Making $(VENV) with $$($$python --version)"; \
	"$$python" -m venv --clear $(VENV); echo "$(CURDIR)" > $(VENV)/.folder; \
fi; \
rm -f $(VENV)/.requirements*; \
echo "Installing $$(grep -c '==' $(1)) locked packages from $(1); the first time takes a minute or two"; \
PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes -r $(1) \
	| sed -n 's/^Collecting \([^ ]*\).*/  \1/p' \
	|| { echo "The packages could not be installed, see above; run make again when that is mended." >&2; exit 1; }; \
mkdir -p build; \
$(BIN)/python -m pip install --disable-pip-version-check --no-input --no-deps --no-build-isolation -e . \
	> build/install.log 2>&1 || { cat build/install.log >&2; exit 1; }; \
echo "$$wanted" > $(VENV)/.$(1); \
if [ $(1) = requirements-dev.txt ]; then \
	echo "$$(cat requirements-dev.txt requirements.txt pyproject.toml | cksum) $(CURDIR)" > $(VENV)/.requirements.txt; \
fi
endef

test-tools:
	@if command -v chromium > /dev/null && command -v npm > /dev/null && command -v fc-list > /dev/null \
		&& fc-list :lang=und-zsye | grep -q .; then exit 0; fi; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo="sudo -n"; fi; \
	if ! command -v apt-get > /dev/null || ! $$sudo true 2> /dev/null; then \
		echo "The tests use a real browser. Run this once, then make test again:" >&2; \
		echo "  sudo apt-get update && sudo apt-get install -y $(TEST_PACKAGES) nodejs npm" >&2; \
		exit 1; \
	fi; \
	node=; command -v npm > /dev/null || node="nodejs npm"; \
	echo "Installing what the tests need besides Python: $(TEST_PACKAGES) $$node"; \
	$$sudo apt-get update -qq < /dev/null; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		$(TEST_PACKAGES) $$node < /dev/null > /dev/null
