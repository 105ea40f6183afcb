# The targets of those who change the program; the Makefile includes them where tests/ is there.
NODE := $(CACHE)/node
SPARK := $(CACHE)/spark
.PHONY: test sentences stress lint bench scale lighthouse words schemas node

# A run starts some hundred processes: where the environment keeps no compiled code, each would compile the program anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: lint node ## run all checks of the code and all tests
	@.ci/packages $(BIN)/python test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

sentences: site ## print the sentence of every chart of the site, and its numbers, to be read by a person
	@$(BIN)/python -m tests.sentences site

stress: libs node $(REPLAY)/.ready $(SPARK)/.ready ## publish under hardship: kills, full disks, many at once; in many rounds; replay in pywb; index on Spark
	@.ci/packages $(BIN)/python stress
	PYTHONPATH=$(SPARK) $(BIN)/python -m pytest -m "stress or hypothesis" --hypothesis-profile stress

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
