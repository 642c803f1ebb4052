# Only make and Python 3.11 or newer are taken for granted; the rest comes from the locks.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv/bin
SIZE ?= small
TEST_PROCESSES ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run dev test check fix demo shell bench explain assets lock system

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Create .venv with the locked Python packages, if they have changed
	@test -n "$(PYTHON)" || { echo "Atelier needs Python 3.11 or newer: install it, or say which with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) devstack/bootstrap.py

run: setup ## Run the shop with everything it needs (PORT=8000, DATA_DIR=.data, SIZE=small); Ctrl-C stops it
	@$(VENV)/python -m devstack.run --size $(SIZE)

dev: setup ## The same, restarting the web server when a file changes
	@$(VENV)/python -m devstack.run --reload --size $(SIZE)

test: setup system assets check ## Everything that CI runs
	$(VENV)/pytest -n $(TEST_PROCESSES) -m "not journey"
	$(VENV)/pytest -m journey

check: setup ## Style, types, import contracts, templates
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/djlint --lint --quiet templates

fix: setup ## Mend what can be mended by itself
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

demo: setup ## Load the demo shop (SIZE=tiny, small, medium or full), in the running stack if there is one
	@$(VENV)/python -m devstack.command flask demo --size $(SIZE)
	@$(VENV)/python -m devstack.command flask reindex

shell: setup ## A Python prompt inside the shop
	@$(VENV)/python -m devstack.command flask shell

bench: setup ## Measure speed (SIZE=small, medium or full; loads what is missing)
	@$(VENV)/python -m bench --size $(SIZE)

explain: setup ## Write docs/queries.md: the plans of the heaviest questions
	@$(VENV)/python -m devstack.command python -m bench.explain

assets: setup ## Build CSS and JS, if what they are made of has changed
	@$(VENV)/python -m devstack.assets

lock: setup ## Write the locks anew after a change in pyproject.toml (UPGRADE=--upgrade for newer versions)
	@$(VENV)/python -m devstack.lock $(UPGRADE)

system: setup ## Look for the system packages that tests need; CI on Debian installs them
	@$(VENV)/python -m devstack.system
