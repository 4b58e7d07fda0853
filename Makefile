# privdesk: every command does the set-up that it needs. `make help` lists them.

PYTHON = .venv/bin/python
ARGS ?=

.PHONY: help catalogues

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

catalogues: ## compile the Korean translations into one file
	$(PYTHON) packaging/catalogues.py
