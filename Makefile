# Two commands do all the set-up: `make demo` and `make test`.
# On a bare Debian 12 with Python 3.11 and make, as root or with sudo.

SHELL := /bin/bash
PYTHON ?= $(shell test -x /usr/bin/python3.11 && echo /usr/bin/python3.11 || echo python3)
BIN := .venv/bin
PACKAGES := kiosk_app signage_player device_agent playlists provisioning
READY := .venv/.ready

.PHONY: help deps demo pictures test check fmt format-check lint types contracts licences third-party shell qml soak bench lock clean

help: ## say what there is to say
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t16

deps: $(READY) ## install what is missing: apt packages and the environment

$(READY): requirements.lock packages.debian pyproject.toml .ci/packages .ci/environment
	@.ci/packages packages.debian
	@PYTHON=$(PYTHON) .ci/environment
	@touch $@

demo: $(READY) ## the whole suite with a throw-away city; ONCE=1 ends after the tour
	@exec $(BIN)/python -m tests.demo $(if $(ONCE),--once)

PICTURES := a-skola a-agenda c-attract c-can c-account d-payment d-receipt e-pin g-phone h-alert-lobby-001 h-alert-infobox-001

pictures: $(READY) ## the README's pictures, out of a tour walked now
	@$(BIN)/python -m tests.demo --once --headless --folder pictures
	@mkdir -p docs/pictures
	@cp $(PICTURES:%=build/demo/screenshots/%.png) docs/pictures/

test: check ## everything: make check and all tests
	@mkdir -p build/coverage
	$(BIN)/pytest -n 2 --dist loadgroup --ignore tests/e2e --cov --cov-report=
	$(BIN)/python -m tests.pure_coverage
	$(BIN)/pytest tests/e2e

check: $(READY) format-check lint types contracts licences shell qml ## format, lint, types, contracts, licences

format-check:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy $(PACKAGES) tests

contracts:
	$(BIN)/lint-imports --no-logo

licences:
	$(BIN)/python -m tests.licences

third-party: $(READY) ## licences of the Python libraries that are shipped, into build/third-party.md
	@mkdir -p build
	@$(BIN)/pip-licenses --from=mixed --format=markdown --with-urls --ignore-packages otevrene-mesto \
	  --packages $$($(BIN)/python -m tests.licences --shipped) > build/third-party.md
	@echo "build/third-party.md"

shell:
	shellcheck .ci/packages .ci/environment .ci/run

QML := $(shell find kiosk_app signage_player -name '*.qml')
QMLFORMAT := $(BIN)/pyside6-qmlformat --ignore-settings -w 4 -W -1 --semicolon-rule essential

# qmllint does not see that the qmldir beside a singleton declares it.
qml:
	@$(BIN)/pyside6-qmllint --ignore-settings -W 0 $(filter-out %/Theme.qml,$(QML))
	@$(BIN)/pyside6-qmllint --ignore-settings -W 0 --import disable $(filter %/Theme.qml,$(QML))
	@for file in $(QML); do $(QMLFORMAT) $$file | diff -u $$file - || exit 1; done

fmt: $(READY) ## repair format and what lint can repair
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(QMLFORMAT) -i $(QML)

soak: $(READY) ## the long sweeps that `make test` leaves out
	$(BIN)/pytest -m soak --timeout 7200

bench: $(READY) ## measure, each figure beside a peer or the limit; JSON in build/bench
	@$(BIN)/python -m tests.bench

lock: ## pin what is new in pyproject.toml; UPGRADE=1 moves all versions on
	@mkdir -p build
	cp requirements.lock build/lock
	$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
	  $(if $(UPGRADE),--upgrade) pyproject.toml --group dev --output-file build/lock > build/lock.said
	{ echo "# Made by 'make lock' from pyproject.toml; installed with hashes checked. Do not edit."; \
	  grep -v '^#' build/lock; } > build/lock.whole
	mv build/lock.whole requirements.lock

clean: ## remove what was built; the environment stays
	rm -rf build
