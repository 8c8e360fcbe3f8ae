# `make demo` and `make test` do all the set-up they need. Every step looks at
# what is there first, so repeating a target is quick and changes nothing.

PRESET ?= default
BUILD  := $(if $(filter default,$(PRESET)),build,build-$(PRESET))
# Compiles that run at once; CMake caps them by the machine's memory besides.
JOBS   ?= $(shell nproc)
PYTHON_ENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup configure build demo test test-lit test-python bench docs format clean

help: ## This list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: ## System packages and the Python environment .venv.
	@scripts/system-packages.sh
	@scripts/python-environment.sh

configure: setup
	@scripts/configure.sh $(PRESET)

build: configure ## The compiler, in build/ (PRESET=debug: in build-debug/).
	@scripts/build.sh $(BUILD) $(JOBS)

demo: build ## Trace, convert, check and match a real model.
	@scripts/demo.sh $(BUILD)

test: build ## All tests: lit, then pytest.
	@scripts/test.sh $(BUILD) $(JOBS)

test-lit: build ## The compiler's own tests (LIT_ARGS="--filter=…" chooses).
	@scripts/test.sh $(BUILD) $(JOBS) lit

test-python: build ## The tests against PyTorch and ONNX Runtime (PYTEST_ARGS="-k …").
	@scripts/test.sh $(BUILD) $(JOBS) pytest

bench: build ## Time and memory against torch.onnx.export.
	@$(PYTHON_ENV) -m pip install --quiet -r benchmarks/requirements.txt
	@$(PYTHON_ENV) benchmarks/compare.py

docs: build ## The reference of dialects and passes, in build/docs.
	@cmake --build $(BUILD) --target docs

format: ## clang-format over all C++ sources.
	@scripts/format.sh

clean: ## Removes the build; .venv stays.
	rm -rf build build-debug build-sanitize compile_commands.json
