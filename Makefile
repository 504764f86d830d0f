# Needs Python 3.11 or later, git and make. Everything else goes into .venv, at the versions of requirements.lock.
# PYTHON=/path/to/python chooses the interpreter that .venv is made with.

SHELL := /bin/sh
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
# Written last by setting up; holds the directory for which it was done, because an environment cannot be moved.
STAMP := $(VENV)/.ready
# There while packages are being installed; found at the start, it means that an earlier run was cut short.
UNFINISHED := $(VENV)/.unfinished

# Sets $$python to the first interpreter that will do, or stops.
define find_python
python=; \
for candidate in $(or $(PYTHON),python3.11 python3); do \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
    python=$$candidate; break; \
  fi; \
done; \
if [ -z "$$python" ]; then \
  echo "setup: no Python 3.11 or later among: $(or $(PYTHON),python3.11 python3). Install one, or say PYTHON=/path/to/python" >&2; \
  exit 1; \
fi
endef

.PHONY: help demo test lint findings mutation lock bench clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(STAMP) ## check the 2010 Oxfordshire draft and print what is wrong with it
	@echo "demo: govmodel check models/oscp-2010.yaml"; \
	errors=$$(mktemp) || exit 1; \
	trap 'rm -f "$$errors"' EXIT; \
	status=0; $(VENV)/bin/govmodel check models/oscp-2010.yaml 2>"$$errors" || status=$$?; \
	cat "$$errors" >&2; \
	if grep -q '^Traceback' "$$errors"; then echo "demo: govmodel crashed" >&2; exit 1; fi; \
	case $$status in \
	  0) echo "demo: ok, nothing found at or above the failing level";; \
	  1) echo "demo: ok, govmodel ended with exit status 1, which means that it has findings";; \
	  *) echo "demo: failed, govmodel ended with exit status $$status" >&2; exit 1;; \
	esac

test: lint ## lint, then all tests
	@echo "test: pytest"
	@$(PY) -m pytest -q -n auto --nbmake notebooks tests

lint: $(STAMP) ## style, types and the order of packages
	@echo "lint: ruff check"
	@$(PY) -m ruff check .
	@echo "lint: ruff format --check"
	@$(PY) -m ruff format --check .
	@echo "lint: mypy --strict"
	@$(PY) -m mypy --strict --num-workers 2 src tests
	@echo "lint: lint-imports"
	@$(VENV)/bin/lint-imports --no-logo

findings: $(STAMP) ## write docs/findings anew: a page of findings for each model
	@$(PY) -m govmodel.cli.pages docs/findings models/*.yaml

mutation: $(STAMP) ## write docs/mutation.md anew: what is found of what was broken on purpose
	@PYTHONPATH=tests $(PY) -m mutation.page docs/mutation.md

bench: $(STAMP) ## run benchmarks/bench_*.py, one after the other
	@set -e; found=; \
	for file in benchmarks/bench_*.py; do \
	  if [ -e "$$file" ]; then found=yes; echo "bench: $$file"; $(PY) "$$file"; fi; \
	done; \
	if [ -z "$$found" ]; then echo "bench: there is no benchmarks/bench_*.py" >&2; exit 1; fi

lock: ## resolve the newest versions afresh and write requirements.lock
	@set -e; $(find_python); \
	scratch=$$(mktemp -d); \
	trap 'rm -rf "$$scratch"' EXIT; \
	echo "lock: resolving with $$("$$python" --version)"; \
	"$$python" -m venv "$$scratch/venv"; \
	pip="$$scratch/venv/bin/python -m pip --disable-pip-version-check"; \
	$$pip install --quiet hatchling editables; \
	$$pip install --quiet --no-build-isolation --editable '.[test,notebooks,distributed]'; \
	$$pip freeze --exclude-editable > "$$scratch/lock"; \
	if grep -Ev '^[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+$$' "$$scratch/lock"; then \
	  echo "lock: the lines above are not name==version; requirements.lock is as it was" >&2; exit 1; \
	fi; \
	cat "$$scratch/lock" > requirements.lock; \
	echo "lock: $$(wc -l < requirements.lock | tr -d ' ') packages in requirements.lock"

clean: ## remove caches and built files (.venv stays)
	@echo "clean: caches and built files"
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov docs/_build
	@for dir in src tests benchmarks notebooks docs; do \
	  if [ -d "$$dir" ]; then find "$$dir" -name __pycache__ -type d -prune -exec rm -rf {} +; fi; \
	done

# A stamp that speaks of another directory, or of an interpreter that is gone, counts as none.
ifneq ($(shell test -x $(PY) && cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

$(STAMP): requirements.lock pyproject.toml
	@set -e; \
	made_for=$$(cat $(STAMP) 2>/dev/null || true); \
	rm -f $(STAMP); \
	if [ -e $(UNFINISHED) ] || { [ -n "$$made_for" ] && [ "$$made_for" != "$(CURDIR)" ]; } \
	  || ! $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)' >/dev/null 2>&1 \
	  || ! $(PIP) --version >/dev/null 2>&1; \
	then \
	  $(find_python); \
	  echo "setup: making $(VENV) with $$("$$python" --version)"; \
	  if ! "$$python" -m venv --clear $(VENV); then \
	    echo "setup: $$python cannot make an environment; some systems keep that in a package of its own (python3-venv)" >&2; \
	    exit 1; \
	  fi; \
	fi; \
	: > $(UNFINISHED); \
	echo "setup: installing the versions in requirements.lock"; \
	if ! $(PIP) install --quiet --requirement requirements.lock; then \
	  rm -f $(UNFINISHED); echo "setup: the packages could not be installed" >&2; exit 1; \
	fi; \
	echo "setup: installing govmodel from this directory"; \
	if ! $(PIP) install --quiet --no-deps --no-build-isolation --editable .; then \
	  rm -f $(UNFINISHED); echo "setup: govmodel could not be installed" >&2; exit 1; \
	fi; \
	rm -f $(UNFINISHED); \
	if ! report=$$($(PIP) check); then \
	  echo "$$report" >&2; \
	  echo "setup: requirements.lock does not give what pyproject.toml asks for; 'make lock' makes it anew" >&2; exit 1; \
	fi; \
	printf '%s\n' "$(CURDIR)" > $(STAMP)
