# Everything a checkout can do. `make` alone lists it.
# Torch stays out of .venv: only `encoder` and `bench` use an environment that has it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

ENCODER_VENV := .venv-encoder
ENCODER_BIN := $(ENCODER_VENV)/bin
ENCODER_READY := $(ENCODER_VENV)/.ready
EXPORT := evidencereview.training.encoder_export

FUZZ_VENV := .venv-fuzz
FUZZ_SECONDS ?= 600

# Published forms and their labels lie beside the checkout; what needs them says so where they are missing.
SHARED := ../shared
SEALED := alliance-2024

# The first Python that is new enough; name one yourself with `make setup PYTHON=/path/to/python`.
PYTHON ?=
define FIND_PYTHON
python=; for each in $(PYTHON) python3.11 python3.12 python3.13 python3 python; do \
	if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then python=$$each; break; fi; \
done; \
if test -z "$${python:-}"; then echo "Python 3.11 or newer is needed; name it with PYTHON=/path/to/python" >&2; exit 2; fi
endef

.PHONY: help setup demo test test-all suite check fuzz bench train card notebooks encoder cross-encoder known-requirements evaluate evaluate-sealed wheel clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/\1|\2/' | while IFS='|' read -r name what; do printf '  make %-16s %s\n' "$$name" "$$what"; done

setup: $(READY) ## make .venv and install the package into it (done once)
	@:

$(READY): pyproject.toml
	@$(FIND_PYTHON); echo "making $(VENV) with $$("$$python" --version)"; "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,train]'
	@touch $@

demo: setup ## review the sample form of an invented landlord
	@$(BIN)/evidencereview demo

test: setup ## the fast tests
	$(BIN)/python -m pytest -m 'not slow'

test-all: setup suite ## the tests that need a browser, an office suite or minutes
	$(BIN)/python -m pytest -m slow

# Best effort: a test whose program is missing says so and is skipped.
suite:
	@missing=; \
	command -v soffice > /dev/null || missing="$$missing libreoffice-writer-nogui libreoffice-calc-nogui"; \
	command -v chromium > /dev/null || command -v google-chrome > /dev/null || missing="$$missing chromium"; \
	if test -z "$$missing"; then exit 0; fi; \
	if ! command -v apt-get > /dev/null; then echo "not installed here, so their tests are skipped:$$missing"; exit 0; fi; \
	as_root=; if test "$$(id -u)" != 0; then as_root="sudo -n"; fi; \
	echo "installing$$missing"; \
	if ! { $$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing; } > /dev/null 2>&1; then \
		echo "could not be installed, so their tests are skipped:$$missing"; fi

check: setup ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

train: setup ## fit the heads anew from training_data, without torch
	$(BIN)/python -m evidencereview.training.train

card: setup ## measure anew what the model card and the datasheet say, and write them
	$(BIN)/python -m evidencereview.training.sections
	$(BIN)/python -m evidencereview.training.behaviour
	@if test -d $(SHARED)/labels; then $(BIN)/python -m evidencereview.training.figures; \
	else echo "the figures on published forms need $(SHARED); those in models/ are kept"; fi
	$(BIN)/python -m evidencereview.training.datasheet
	$(BIN)/python -m evidencereview.training.card

notebooks: setup ## run the notebooks, as the slow tests do
	$(BIN)/python -m pytest -m slow tests/test_notebooks.py

encoder: $(ENCODER_READY) ## export models/encoder anew from the packaged weights (its own environment, with torch)
	$(ENCODER_BIN)/python -m $(EXPORT)

cross-encoder: $(ENCODER_READY) ## fine-tune models/cross_encoder anew on training_data (with torch, about forty minutes); then `train`
	$(ENCODER_BIN)/python -m evidencereview.training.cross_encoder_export

known-requirements: setup ## keep the vectors of requirements as published forms print them (after `encoder`)
	@if test -d $(SHARED)/corpus; then \
		$(BIN)/python -m evidencereview.training.known_requirements --shared $(SHARED) --without $(SEALED); \
	else echo "known-requirements needs the published forms in $(SHARED); those in models/ are kept"; fi

# Torch first and by itself: this version has a small build for processors alone.
$(ENCODER_READY): pyproject.toml
	@$(FIND_PYTHON); echo "making $(ENCODER_VENV) with $$("$$python" --version)"; "$$python" -m venv $(ENCODER_VENV)
	@$(ENCODER_BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(ENCODER_BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[encoder]'
	@touch $@

fuzz: $(FUZZ_VENV)/.ready ## feed the readers with made-up files for FUZZ_SECONDS (600); what it finds is kept in .fuzz
	@mkdir -p .fuzz
	cd .fuzz && ../$(FUZZ_VENV)/bin/python ../tests/fuzz/fuzz_readers.py inputs -dict=../tests/fuzz/readers.dict -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=1500 -max_len=20000 -print_final_stats=1

# Atheris is built for Linux alone, so it has an environment of its own.
$(FUZZ_VENV)/.ready: pyproject.toml
	@$(FIND_PYTHON); echo "making $(FUZZ_VENV) with $$("$$python" --version)"; "$$python" -m venv $(FUZZ_VENV)
	@$(FUZZ_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	@touch $@

bench: setup $(ENCODER_READY) ## time one cold review, many forms, the encoder and a cluster against a plain script
	@if test -d $(SHARED); then \
		$(BIN)/python tests/bench.py --ours $(BIN)/python --theirs $(ENCODER_BIN)/python --shared $(SHARED); \
	else echo "bench needs the published forms in $(SHARED), which are not here"; fi
	$(BIN)/python tests/bench_pdf.py

evaluate: setup ## measure the open labelled forms beside plain baselines
	@if test -d $(SHARED)/labels; then \
		$(BIN)/evidencereview evaluate $(SHARED)/corpus $(SHARED)/labels --without $(SEALED); \
	else echo "evaluate needs the labelled forms in $(SHARED), which are not here"; fi

evaluate-sealed: setup ## measure the sealed form too, once, and log it with the commit
	@if test -d $(SHARED)/labels; then \
		$(BIN)/python -m evidencereview.training.sealed --shared $(SHARED); \
	else echo "evaluate-sealed needs the labelled forms in $(SHARED), which are not here"; fi

wheel: setup ## build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist

clean: ## remove what was built and cached (the environments stay)
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .bench .fuzz
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
