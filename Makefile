# One environment in .venv, made on first use; every target works on a fresh machine with python3, git and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# What somebody changed or committed in demo/ is that person's: it is not removed.
SPARE_DEMO := if [ -e demo ] && { [ ! -e demo/.git ] || [ -n "$$(git -C demo status --porcelain 2>&1)" ] \
	|| [ "$$(git -C demo rev-list --count --all)" != 1 ]; }; then \
	echo "demo/ holds changes of yours: move or remove it first" >&2; exit 1; fi

.PHONY: help demo test lint fmt bench editors docs i18n clean

help:
	@echo "make demo    a case repository from sample_cases/, validated and assessed"
	@echo "make test    all the tests"
	@echo "make lint    ruff and mypy"
	@echo "make fmt     sort imports and mend what ruff can mend"
	@echo "make bench   speed as ratios against check-jsonschema and yamllint"
	@echo "make editors  completion and errors in an editor, tried with yaml-language-server"
	@echo "make docs    regenerate the generated pages of docs/"
	@echo "make i18n    compile the message catalogues"

$(READY): pyproject.toml
	@$(PYTHON) -m venv .venv || { echo "python3 cannot make environments here; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(READY)
	@$(SPARE_DEMO)
	@rm -rf demo && cp -R sample_cases demo
	@git -C demo init -q
	@git -C demo add -A
	@git -C demo -c user.name=demo -c user.email=demo@example.invalid -c commit.gpgsign=false commit -q -m "A township's cases"
	@echo '$$ enforce validate'
	@cd demo && ../$(BIN)/enforce validate .
	@echo
	@echo '$$ enforce assess cases/2026/SJ-2026-003.yaml'
	@cd demo && ../$(BIN)/enforce assess cases/2026/SJ-2026-003.yaml
	@echo
	@echo "The case repository is in demo/; its commands run there as $(CURDIR)/$(BIN)/enforce"

test: $(READY)
	@$(BIN)/python -m pytest -n 2

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

fmt: $(READY)
	@$(BIN)/ruff check --fix .

bench: $(READY)
	@$(BIN)/python -m tests.bench

editors: $(READY)
	@command -v npm >/dev/null || { echo "make editors needs npm, to install yaml-language-server" >&2; exit 1; }
	@npm install --silent --no-audit --no-fund --prefix .venv-editors yaml-language-server@2
	@YAML_LANGUAGE_SERVER=$(CURDIR)/.venv-editors/node_modules/.bin/yaml-language-server $(BIN)/python -m pytest tests/editors

docs: $(READY)
	@$(BIN)/python -m tests.docs.generate

i18n: $(READY)
	@$(BIN)/python -m tests.catalogues

clean:
	@$(SPARE_DEMO)
	@rm -rf .venv .venv-editors demo build dist .mypy_cache .ruff_cache .hypothesis
