# privdesk: every command does the set-up that it needs. `make help` lists them.

PYTHON = .venv/bin/python
ARGS ?=
CHECKS = check-format check-lint check-types check-imports check-texts check-migrations check-tidy

export PYTHON3

.PHONY: help run test check $(CHECKS) format catalogues migration format-fixture bench faults e2e lock setup clean

help: ## list the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run: ## open the desk; ARGS="MY.privdesk" opens a vault, ARGS="--help" lists the command line
	@packaging/setup run
	@$(PYTHON) main.py $(ARGS)

test: setup ## run the tests; ARGS="tests/core -k deadline" runs some of them
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --dist worksteal $(ARGS)

check: setup ## format, lint, types, import directions, texts, migrations, tidiness
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-format:
	$(PYTHON) -m ruff format --check .

check-lint:
	$(PYTHON) -m ruff check .

check-types:
	$(PYTHON) -m mypy

check-imports:
	.venv/bin/lint-imports --no-cache --no-logo

check-texts:
	$(PYTHON) packaging/catalogues.py --check

check-migrations:
	$(PYTHON) -m pytest -q tests/vault/test_migrations.py

check-tidy:
	$(PYTHON) packaging/tidy.py

format: setup ## put the source into the common form
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

catalogues: setup ## compile the Korean translations into one file
	$(PYTHON) packaging/catalogues.py

migration: setup ## write the migration to the models as they are; TITLE="table of sessions"
	$(PYTHON) packaging/migration.py "$(TITLE)"
	$(PYTHON) -m ruff format -q privdesk/vault/migrations/versions

format-fixture: setup ## make the fixture of the format that is not released yet (FORMAT.md)
	$(PYTHON) -m tests.formats.fixture

bench: setup ## measure the figures of the README (minutes)
	$(PYTHON) -m tests.bench $(ARGS)

faults: setup ## kill and break things at random moments (minutes)
	$(PYTHON) -m pytest -m faults -n 2 --dist worksteal -o faulthandler_timeout=2400 \
		tests/faults $(ARGS)

e2e: setup ## play the stories of users at the command line and in the window
	$(PYTHON) -m pytest -m e2e tests/e2e $(ARGS)

lock: setup ## lock the newest releases of what privdesk is made of
	packaging/lock --upgrade

setup: ## prepare the machine and .venv (the others call it)
	@packaging/setup test

clean: ## remove everything that make made
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find privdesk tests packaging -name __pycache__ -prune -exec rm -rf {} +
