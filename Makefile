# `make demo` and `make test` set up everything they need by themselves.
# PYTHON names the Python that the virtual environment is made with.
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python -m luukku.web.project.manage
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml

.PHONY: demo test check pytest bench docs screenshots lock setup setup-test clean

demo: setup  ## Luukku with demo data on this machine; prints the address
	$(BIN)/python -m luukku.web.project.demo

test: setup-test check pytest  ## all checks and tests

check: setup-test  ## style, types, import contracts, migrations, deployment settings, pages, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/python tools/check_deploy.py
	PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check
	$(MAKE) docs

pytest: setup-test
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest -n 2 --dist worksteal

bench: setup-test  ## figures asked beside figures measured; takes minutes
	$(BIN)/python benchmarks/run.py

docs: setup-test
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

screenshots: setup-test  ## the studio at 1440 and 390 px into docs/images
	$(BIN)/python tools/screenshots.py

lock: setup  ## renew the lock files after changing pyproject.toml or package.json
	$(LOCK) --extra web --output-file requirements/web.txt
	$(LOCK) --extra web --group dev --output-file requirements/dev.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only

setup:
	$(PYTHON) tools/setup.py run

setup-test:
	$(PYTHON) tools/setup.py test

clean:
	rm -rf .venv node_modules docs/_build src/luukku/web/ui/static/built
