# Everything here needs Python 3.11, 3.12 or 3.13 and make, and nothing else.

SUPPORTED = import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	if $$python -c '$(SUPPORTED)' >/dev/null 2>&1; then echo $$python; break; fi; done)
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.PHONY: help demo test lint format messages browser screenshots bench crash crash-patrol lock clean .venv

help:
	@echo 'make demo    a sample campaign over 703 branches, played up to now, then served'
	@echo 'make test    style, types, layers and every test'
	@echo 'make browser a Chromium for the tests of the pages'
	@echo 'make lint    style, types and layers alone'
	@echo 'make format  bring the code into its form'
	@echo 'make messages   bring what pages say into the catalogue of translations'
	@echo 'make screenshots the pictures in docs/, from the sample'
	@echo 'make bench   the measurements in benchmarks/'
	@echo 'make crash   kill workers over and over while they deliver, on both databases, and count what arrives'
	@echo 'make crash-patrol   kill a patrol at every step, on both databases'
	@echo 'make lock    requirements.lock from pyproject.toml (newer versions: make lock ARGS=--upgrade)'
	@echo 'make .venv   the environment that all of these use'
	@echo 'make clean   take away what make has made'

demo: .venv
	@$(BIN)/rollcall demo $(ARGS)

# What fails soonest comes first; the summary of the tests is the last line.
test: lint browser
	$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

# Debian's where one may be installed, else Playwright's own; where there is none, tests in a browser say so.
browser: .venv
	@command -v chromium chromium-browser google-chrome-stable google-chrome >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && apt-get -qq update && apt-get -qq install -y chromium fonts-noto-cjk; } >/dev/null 2>&1 \
		|| $(BIN)/playwright install chromium >/dev/null 2>&1 \
		|| echo 'No Chromium could be installed; name one on the PATH to run the tests of the pages in it.' >&2

lint: .venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# Refusals and faults are said in pages too: their words are keys of the catalogue wherever they are made.
SAID_IN = cli serving simulation web actions reports sheets models rules notifications config
SAYING = Refusal Unknown Forbidden Stale TooOften Lapsed NoEvidence Frozen MissingFigure WrongFigures WrongValue Said Changed KeyTaken say
messages: .venv
	$(BIN)/pybabel --quiet extract --mapping config/locales/babel.cfg --no-location --sort-output --omit-header \
		$(foreach word,$(SAYING),--keyword $(word)) --output config/locales/messages.pot $(SAID_IN)
	$(BIN)/pybabel --quiet update --locale zh --no-fuzzy-matching --ignore-obsolete --omit-header \
		--input-file config/locales/messages.pot --output-file config/locales/zh/LC_MESSAGES/messages.po
	@rm config/locales/messages.pot

screenshots: .venv browser
	mkdir -p docs/screenshots
	SCREENSHOTS=docs/screenshots $(BIN)/pytest tests/web/test_screenshots.py $(ARGS)

bench: .venv
	$(BIN)/python -m benchmarks $(ARGS)

crash: .venv
	@$(BIN)/python -m tests.crash $(ARGS)

crash-patrol: .venv
	CRASH_POINTS=all $(BIN)/pytest -o faulthandler_timeout=3600 tests/flows/test_crash.py $(ARGS)

# Wheels alone: building an archive would fetch what no hash in the lock covers.
lock: .venv
	$(BIN)/uv pip compile --quiet pyproject.toml --group test --universal --python-version 3.11 --only-binary :all: \
		--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' --output-file requirements.lock $(ARGS)

clean:
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv: .venv/installed

# A stamp is the last thing made, so that an interrupted installation is begun anew and never taken for a finished one.
# The lock is complete, so pip has no dependencies to look for; older ones take an extra there for something unlocked.
.venv/locked: requirements.lock
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(SUPPORTED)' || { \
		echo 'Rollcall needs Python 3.11, 3.12 or 3.13 with venv; name one with: make PYTHON=/path/to/python' >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version): $$(grep -c '==' requirements.lock) packages, a minute or two the first time."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@{ $(PIP) install --progress-bar off --only-binary :all: --no-deps --require-hashes -r requirements.lock && touch $@; } | { \
		count=0; while read -r verb rest; do case $$verb in \
			Collecting) count=$$((count + 1)); [ $$((count % 20)) -ne 0 ] || echo "  $$count fetched";; \
			Installing) echo "  $$count fetched, unpacking";; \
		esac; done; }
	@[ -e $@ ]

.venv/installed: .venv/locked pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@
