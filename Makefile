# What one does with Icecore, each with its own set-up. `make help` lists it.
SHELL := /bin/bash
BUILD := build/release
# Debian's Python, which has the packages that scripts/setup.sh installs.
PYTHON := $(firstword $(wildcard /usr/bin/python3) python3)
JOBS ?= $(shell nproc)
SECONDS_EACH ?= 20
PREFIX ?= /usr/local
# For CMake, of every build: `make build OPTIONS=-DICECORE_COLD_BUILD=ON` (of which the build folder then stays).
OPTIONS ?=
CONFIGURE = cmake --preset $(1) $(OPTIONS) >build/$(1)-configure.log || { cat build/$(1)-configure.log; exit 1; }

.PHONY: help quickstart build python test debug asan fuzz tidy format check bench install clean
.DEFAULT_GOAL := help

help: ## What there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

quickstart: ## A real model's checkpoint: listed, frozen, proved
	@scripts/setup.sh build test
	@mkdir -p build && $(call CONFIGURE,release)
	@ninja -C $(BUILD) -j $(JOBS) icecore_program
	@PYTHON=$(PYTHON) scripts/quickstart.sh $(BUILD)/icecore

build: ## The library, the program and the tests, in build/release
	@scripts/setup.sh build test
	@mkdir -p build && $(call CONFIGURE,release)
	@ninja -C $(BUILD) -j $(JOBS)

VENV := build/venv
python: ## build/venv: a virtual environment with the Python package
	@scripts/setup.sh build test python
	@[ -x $(VENV)/bin/python ] || $(PYTHON) -m venv $(VENV)
	@cmp -s python/requirements.txt $(VENV)/requirements.txt || { \
	  $(VENV)/bin/pip install --quiet --disable-pip-version-check -r python/requirements.txt && \
	  cp python/requirements.txt $(VENV)/requirements.txt; }
	@mkdir -p build && cmake --preset release -DICECORE_PYTHON=ON \
	  -DICECORE_PYTHON_EXECUTABLE=$(CURDIR)/$(VENV)/bin/python >build/release-configure.log || \
	  { cat build/release-configure.log; exit 1; }
	@ninja -C $(BUILD) -j $(JOBS) icecore_python icecore_python_stub
	@echo $(CURDIR)/$(BUILD)/python >$$($(VENV)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/icecore.pth

test: python build ## Every test
	@ctest --test-dir $(BUILD) --output-on-failure -j $(JOBS)

debug: ## A debug build with its tests, in build/debug
	@scripts/setup.sh build test
	@mkdir -p build && $(call CONFIGURE,debug)
	@ninja -C build/debug -j $(JOBS)
	@ctest --test-dir build/debug --output-on-failure -j $(JOBS)

asan: ## The tests under the address and undefined-behaviour sanitizers
	@scripts/setup.sh build test fuzz
	@mkdir -p build && $(call CONFIGURE,asan)
	@ninja -C build/asan -j $(JOBS)
	@ctest --test-dir build/asan --output-on-failure -j $(JOBS)

fuzz: ## Every fuzzer for SECONDS_EACH (20) seconds, after its corpus
	@scripts/setup.sh build test fuzz
	@mkdir -p build && $(call CONFIGURE,asan)
	@ninja -C build/asan -j $(JOBS) icecore_fuzzers
	@scripts/fuzz.sh build/asan $(SECONDS_EACH)

tidy: build ## clang-tidy on every source file
	@scripts/setup.sh lint
	@scripts/tidy.sh $(BUILD) all

format: ## Lays out every source file by .clang-format
	@scripts/setup.sh lint
	@scripts/format.sh fix

check: ## Layout of the files, arrows between the modules, names of classes
	@scripts/setup.sh lint
	@scripts/format.sh check
	@$(PYTHON) scripts/check_arrows.py
	@$(PYTHON) scripts/check_one_definition.py

bench: build ## The benchmarks of bench/ (docs/performance.md)
	@bench/run.sh $(BUILD)

install: ## Library, headers, program and CMake package below PREFIX (/usr/local)
	@scripts/setup.sh build test
	@mkdir -p build && $(call CONFIGURE,release)
	@ninja -C $(BUILD) -j $(JOBS) icecore_library icecore_program
	@cmake --install $(BUILD) --prefix $(PREFIX)

clean: ## Removes build/
	@rm -rf build
