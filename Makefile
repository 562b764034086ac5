# Each target sets up what it needs in .venv: with uv where it is installed, else with pip.
PYTHON ?= python3
BIN := .venv/bin
PURE := bot/address.py,bot/brief.py,bot/dedupe/*,bot/digest.py,bot/extract.py,bot/outlet.py,bot/parse/*,bot/schedule.py,bot/search.py,bot/spelling.py,bot/track/*
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo run test check prove clean
.DEFAULT_GOAL := demo

.venv/ready: pyproject.toml constraints.txt
	@echo 'Setting up .venv, this once: seconds with uv, minutes with pip.' >&2
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'; \
	fi
	@$(BIN)/python -m compileall -q bot handlers summarizer
	@touch $@

demo: .venv/ready
	@$(BIN)/nutgraf demo

run: .venv/ready
	@$(BIN)/nutgraf run

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: .venv/ready
	$(BIN)/python -m pytest -n 2 --cov --cov-report=
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --fail-under=100 --include='summarizer/*,$(PURE)'

# Long proofs; short ones of the same run in `make test`.
prove: .venv/ready
	NUTGRAF_KILLS=1000 NUTGRAF_SOAK_HOURS=168 NUTGRAF_HOSTILE_BYTES=16000000 $(BIN)/python -m pytest -p no:randomly --timeout 7200 -k prove

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
