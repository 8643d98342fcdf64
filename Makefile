# The newcomer's two commands are `make html` and `make test`; `make` alone lists the rest.
# Each command first makes .venv and installs the pinned packages, if that hasn't been done yet.

PYTHON ?= python3
EDITION ?= reader
REPORT ?= data/szga-2024.txt

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/ready
EXTRAS := formats,fast,cluster,publish,dev
NBCONVERT := $(BIN)/jupyter nbconvert --log-level=WARN
EXECUTE := --to notebook --execute --ExecutePreprocessor.record_timing=False \
  --KernelManager.transport_encryption=auto
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
DECKS := $(shell grep -l '"slide_type": "slide"' $(NOTEBOOKS) /dev/null)
CODE := $(if $(filter full,$(EDITION)),--Edition.show_code=True)

# $(call each_language,COMMAND) runs COMMAND for the Chinese and for the English edition, as $$language.
each_language = set -e; for language in zh en; do $(1); done

.DELETE_ON_ERROR:
.PHONY: help html lab test slides report kit wheelhouse bench execute constraints clean

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

html: $(READY)  ## the notebooks as web pages in build/html (EDITION=full shows the code)
	@rm -rf build/html
	@$(call each_language,$(NBCONVERT) --config nbconvert/$$language.py --to html $(CODE) \
	  --output-dir build/html/$$language nbconvert/index.ipynb $(NOTEBOOKS))
	@cp nbconvert/index.html build/html/
	@echo "Open build/html/index.html"

lab: $(READY)  ## the notebooks in JupyterLab, their figures trusted
	@$(BIN)/jupyter trust $(NOTEBOOKS)
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

test: $(READY)  ## unit tests, doctests and every notebook, compared output by output
	$(BIN)/pytest

clean:  ## remove what was built, but not .venv
	rm -rf build dist

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is \
	needed, this is " + sys.version.split()[0] + "; choose another: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[$(EXTRAS)]"
	@touch $@
