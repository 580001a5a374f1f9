# Two commands on a fresh machine: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CARDS ?= sample_cards

.PHONY: run test check docs pictures format lock bench clean

run: $(VENV)/ready
	@$(BIN)/cardtui $(CARDS)

# Side by side, but those of a module in turn: most wait for programs on terminals.
test: check
	$(BIN)/pytest --numprocesses auto --dist loadscope

check: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/mkdocs build --strict --quiet

# The pages as a site in site/, and the manual page.
docs: $(VENV)/ready
	$(BIN)/python docs/make_man.py > docs/cardtui.1
	$(BIN)/mkdocs build --strict

# The pictures of the README and the pages; look at them before they are committed.
pictures: $(VENV)/ready
	$(BIN)/python docs/make_pictures.py

format: $(VENV)/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/ready
	$(BIN)/python -m benchmarks.run

# Everything at the versions of the lock file, then cardtui itself, editable.
$(VENV)/ready: requirements-dev.lock pyproject.toml
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "cardtui needs Python 3.11 or later; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv; writes the lock file anew from pyproject.toml.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--group dev --upgrade pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) dist site .mypy_cache .ruff_cache .pytest_cache
