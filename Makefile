# Every step that CI takes is a target here, so that a person can take it too.
PYTHON ?= python3
BIN := .venv/bin
CACHE := .cache
REPLAY := $(CACHE)/replay
export NO_MKDOCS_2_WARNING := 1
# Where the environment forbids compiled code to be kept, each of the processes that build would compile the program anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
AGAINST ?= main
.PHONY: help site serve check init new import status diff save publish refusals verify wacz impact lock clean libs

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

init: $(BIN)/.ready ## begin a monitor of your own, from nothing: make init FOLDER=../rivers
	$(BIN)/barometer init "$(or $(FOLDER),$(error say where: make init FOLDER=../rivers))"

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

# What those who change the program need; a monitor that was begun with `make init` leaves it out, with the tests.
-include tests/targets.mk
