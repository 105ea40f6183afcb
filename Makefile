# Every step that CI takes is a target here, so that a person can take it too.
PYTHON ?= python3
BIN := .venv/bin
CACHE := .cache
NODE := $(CACHE)/node
REPLAY := $(CACHE)/replay
SPARK := $(CACHE)/spark
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
AGAINST ?= main
.PHONY: help site serve check new import status diff save publish refusals verify wacz impact test sentences stress lint bench scale lighthouse lock schemas words clean libs node

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: libs ## check everything and build the whole site into site/
	$(BIN)/barometer build

serve: $(BIN)/.ready ## preview the site on this machine; saved files show at once
	$(BIN)/barometer serve

check: $(BIN)/.ready ## report everything that is wrong with data and pages
	$(BIN)/barometer check

publish: libs ## publish what is new to the branch that is served
	$(BIN)/barometer publish

verify: libs ## check everything that is published against its checksums and tags
	$(BIN)/barometer verify

wacz: site $(REPLAY)/.ready ## pack each edition of site/ for web archives, as a WACZ, into .cache/wacz/
	$(BIN)/barometer wacz

new: $(BIN)/.ready ## begin a publication: make new KIND=issue, or KIND="policy 2027-energy --title 'On Energy'"
	$(BIN)/barometer new $(KIND)

import: $(BIN)/.ready ## bring in a spreadsheet: make import FILE=events.xlsx INTO=issues/20
	$(BIN)/barometer import "$(FILE)" --into $(INTO)

status: $(BIN)/.ready ## how far the drafts are, and what is open before they are published
	$(BIN)/barometer status

diff: $(BIN)/.ready ## what the working tree changes in what is published
	$(BIN)/barometer diff

save: $(BIN)/.ready ## check, then commit everything and push: make save WHY="Events of March"
	$(BIN)/barometer check
	git add --all
	git commit --message "$(or $(WHY),$(error say why: make save WHY="Events of March"))"
	git push

refusals: $(BIN)/.ready ## what publishing would do, and what it would refuse; nothing is done
	$(BIN)/barometer publish --dry-run

impact: $(BIN)/.ready ## what the working tree changes against AGAINST (main), as Markdown
	@$(BIN)/barometer diff --against $(AGAINST) --format markdown

test: lint node ## run all checks of the code and all tests
	@.ci/packages $(BIN)/python test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

sentences: site ## print the sentence of every chart of the site, and its numbers, to be read by a person
	@$(BIN)/python -m tests.sentences site

stress: libs node $(REPLAY)/.ready $(SPARK)/.ready ## publish under hardship: kills, full disks, many at once; in many rounds; replay in pywb; index on Spark
	@.ci/packages $(BIN)/python stress
	PYTHONPATH=$(SPARK) $(BIN)/python -m pytest -m stress --hypothesis-profile stress

lint: $(BIN)/.ready ## check the code: ruff, mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: libs ## time whole and partial builds and publishing, as ratios; weigh one more edition
	$(BIN)/python -m tests.bench

scale: $(BIN)/.ready ## index 50 million made events with DuckDB, and add an issue: seconds, memory, partitions read; EVENTS, ISSUES
	$(BIN)/python -m tests.scale

lighthouse: site node ## what Lighthouse says of each kind of page on a phone; on a quiet machine
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm install --silent --no-audit --no-fund --no-save --prefix $(CACHE)/lighthouse lighthouse@13.5.0
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.lighthouse site $(CACHE)/lighthouse/node_modules/lighthouse/cli/index.js

NOISE = Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By

words: $(BIN)/.ready ## gather the messages of the program for the translators, into macros/languages/
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --omit-header --no-location --sort-output --no-wrap --output-file $(CACHE)/messages.pot macros docs/overrides hooks
	@for catalogue in macros/languages/*.po; do \
	  $(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --input-file $(CACHE)/messages.pot --output-file $$catalogue --locale $$(basename $$catalogue .po | tr - _) && \
	  sed -E '1{/^$$/d;}; /^"($(NOISE)):/d' $$catalogue > $(CACHE)/catalogue.po && mv $(CACHE)/catalogue.po $$catalogue; done

schemas: $(BIN)/.ready ## write docs/schemas/ anew from the model
	$(BIN)/barometer schemas

lock: ## lock every dependency anew, with hashes
	$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --extra test \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove everything that can be made again
	rm -rf .venv .cache site build *.egg-info

$(BIN)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

libs: $(BIN)/.ready # the system libraries of the PDFs, where they are missing and may be installed
	@.ci/packages $(BIN)/python site

# In an environment of their own: they need some fifty libraries that nothing else here does.
$(REPLAY)/.ready:
	@$(PYTHON) -m venv $(REPLAY)
	@$(REPLAY)/bin/python -m pip install --quiet --disable-pip-version-check 'setuptools<81' pywb==2.10.0 wacz==0.6.0
	@touch $@

# Beside the lock file, whose libraries it uses: it is 450 MB, which readers and most tests do not need.
$(SPARK)/.ready: $(BIN)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --upgrade --target $(SPARK) pyspark==4.3.0 py4j==0.10.9.9
	@touch $@

node: $(NODE)/.ready # the Nu HTML checker, the CSL processor and Zotero's translators, for tests

# One of the packages asks for another that lies elsewhere than in the registry, so it is unpacked and not installed.
$(NODE)/.ready: export PATH := $(CURDIR)/$(BIN):$(PATH)
$(NODE)/.ready: $(BIN)/.ready
	@npm install --silent --no-audit --no-fund --no-save --prefix $(NODE) vnu-jar@26.9.27 citeproc@2.4.63 jsdom@22.1.0 xpath@0.0.34 xregexp@4.2.4 iconv-lite@0.4.24
	@mkdir -p $(NODE)/node_modules/zotero-translators
	@cd $(NODE) && tar -xzf "$$(npm pack --silent zotero-translators@0.0.2)" --strip-components=1 -C node_modules/zotero-translators; rm -f zotero-translators-*.tgz
	@touch $@
