# Two commands do everything: `make run` and `make test`. Each sets up what it needs first.
# They need Python 3.11 or later and make; PYTHON=python3.12 picks another interpreter.

PYTHON ?= python3
BIN := .venv/bin
DATA ?=
PAGES ?=
STAMP := .venv/.ready
CHAT := .venv-chat

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check train bench month clean

help:  ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP)  ## Set up .venv with everything, from requirements.lock with its hashes

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cocorico needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 $(MAKECMDGOALS)")'
	@echo "Setting up .venv (once; about a minute)..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(CHAT)/.ready: requirements-chat.lock
	@echo "Setting up $(CHAT), the chat server of the tests (once; half a minute)..."
	@test -x $(CHAT)/bin/python || $(PYTHON) -m venv $(CHAT)
	@$(CHAT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-chat.lock
	@touch $@

run: $(STAMP)  ## Start the daemon (DATA=folder for another data folder)
	@$(BIN)/cocorico run $(if $(DATA),--data "$(DATA)")

demo: $(STAMP)  ## Watch it work without network: a local news site, real spiders, a real mailbox
	@$(BIN)/cocorico demo

test: check $(CHAT)/.ready  ## Check and test everything
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(STAMP)  ## Types, lint, format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

train: $(STAMP)  ## Check the corpus, and make config/model.json from it
	@$(BIN)/python -m monitor.learning check
	@$(BIN)/python -m monitor.learning train

bench: $(STAMP)  ## Measure speed against a baseline in the same run (PAGES=folder measures extraction on its pages, too)
	@$(BIN)/python -m bench.pipeline
	@$(BIN)/python -m bench.listing
	@$(BIN)/python -m bench.polls --sources 300 --rounds 1
	@$(BIN)/python -m bench.day --sources 2000 --articles 33000 --hosts 700 --minutes 15 --speed 15
	@$(BIN)/python -m bench.classify
	@$(BIN)/python -m bench.rules
	@$(BIN)/python -m bench.stories --stories 20000 --announcements 100
	@$(BIN)/python -m bench.extract$(if $(PAGES), "$(PAGES)")

month: $(STAMP)  ## Live through a simulated month and say what went wrong (SEED=3 READ=classifier SIZE=0.2)
	@$(BIN)/python -m tests.month --seed $(or $(SEED),1) --read $(or $(READ),truth) --size $(or $(SIZE),1)

clean:  ## Remove what setup and the checks made
	rm -rf .venv $(CHAT) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info demo-data
