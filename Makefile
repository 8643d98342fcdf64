# The newcomer's two commands are `make html` and `make test`; `make` alone lists the rest.
# Each command first makes .venv and installs the pinned packages, if that hasn't been done yet.

PYTHON ?= python3
EDITION ?= reader
REPORT ?= data/szga-2024.txt
EARLIER ?=
SECONDS ?= 600
# The release of Pyodide, a folder or archive; left out, its files come from package registries.
PYODIDE ?=
# As typed, not expanded: a file name may hold $(...), which make would run. Without override, what
# is given on the command line would be expanded all the same.
override REPORT := $(value REPORT)
override EARLIER := $(value EARLIER)
export REPORT EARLIER

# Settings of their own: those of the user would change the outputs.
SETTINGS := $(CURDIR)/build/settings
$(shell mkdir -p build/settings)
export MPLBACKEND :=
export MPLCONFIGDIR := $(SETTINGS)/matplotlib
export MATPLOTLIBRC := $(CURDIR)/nbconvert/matplotlibrc
export IPYTHONDIR := $(SETTINGS)/ipython

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/ready
NBCONVERT := $(BIN)/jupyter nbconvert --log-level=WARN
NOTEBOOKS := $(sort $(wildcard notebooks/*/*.ipynb))
REVEAL = $(shell $(BIN)/python -c "from importlib.util import find_spec; \
  print(*find_spec('sphinx_revealjs').submodule_search_locations)")/_static/revealjs
FUZZERS := $(addprefix fuzz-,reading parsing extraction comparison checks)
# Per cent of the lines of the package that the tests run.
FLOOR := 97
CODE := $(if $(filter full,$(EDITION)),--Edition.show_code=True)

REFERENCE := $(BIN)/pdoc --no-show-source --output-directory build/html/api lawreport_utils

# $(call each_language,COMMAND) runs COMMAND for Chinese and for English, as $$language.
each_language = set -e; for language in zh en; do $(1); done
PAGES := $(NBCONVERT) --config nbconvert/pages.py --HTMLExporter.language_code=$$language
# The marked report of the notebooks, in $$language, into a folder.
MARKED := $(BIN)/python -c "import sys; from lawreport_utils import marked_text, read_report; \
  marked_text(read_report('data/szga-2024.txt'), language=sys.argv[1]).save(sys.argv[2])" $$language

.DELETE_ON_ERROR:
.PHONY: help html docs lab test coverage slides report exercises kit reader room wheelhouse bench score evidence fuzz $(FUZZERS) execute audit constraints clean

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

html: $(READY)  ## the notebooks as web pages in build/html (EDITION=full shows the code)
	@rm -rf build/html
	@$(call each_language,$(PAGES) --to html $(CODE) --Edition.marked=True --output-dir build/html/$$language \
	  nbconvert/$$language/index.ipynb notebooks/$$language/*.ipynb; \
	  $(MARKED) build/html/$$language/marked.html)
	@cp nbconvert/index.html build/html/
	@$(REFERENCE)
	@echo "Open build/html/index.html"

docs: $(READY)  ## the reference of the package's functions in build/html/api
	@$(REFERENCE)

lab: $(READY)  ## the notebooks in JupyterLab, their figures trusted
	@$(BIN)/jupyter trust $(NOTEBOOKS)
	@$(BIN)/jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements" \
	  2>/dev/null
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/zh/00_start_here.ipynb

test: $(READY)  ## unit tests, doctests and every notebook, compared output by output
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --junit-xml=build/tests.xml

coverage: $(READY)  ## the same unit tests, measured: fails where fewer lines are run than are today
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --cov=lawreport_utils --cov-report=term:skip-covered \
	  --cov-fail-under=$(FLOOR) tests lawreport_utils

slides: $(READY)  ## slides from the notebooks in build/slides, with a reveal.js of their own
	@rm -rf build/slides
	@$(call each_language,$(PAGES) --to slides --output-dir build/slides/$$language \
	  $$(grep -l '"slide_type": "slide"' notebooks/$$language/*.ipynb))
	@mkdir -p build/slides/reveal.js/dist/theme build/slides/reveal.js/plugin
	@cp $(REVEAL)/LICENSE build/slides/reveal.js/
	@cp $(REVEAL)/dist/reveal.js $(REVEAL)/dist/reveal.css build/slides/reveal.js/dist/
	@cp -r $(REVEAL)/plugin/notes build/slides/reveal.js/plugin/
	@cp nbconvert/lawreport_slides/theme.css build/slides/reveal.js/dist/theme/lawreport.css
	@ls build/slides/*/*.html

report: $(READY)  ## the marked report and the tables of a report: make report REPORT=path/to/report.docx
	@$(call each_language,$(BIN)/python -m lawreport_utils read --language $$language \
	  --output build/report/$$language -- "$$REPORT")

exercises: $(READY)  ## exercises with checks from a report: make exercises REPORT=path EARLIER=path
	@$(BIN)/python room/exercises.py -- "$$REPORT" "$$EARLIER"

kit: slides  ## a zip for learners, without answers, and one for the trainer (make room first)
	@rm -rf build/handout
	@$(BIN)/python room/kit.py

room: $(READY)  ## the notebooks in a browser alone, from any web server: build/room
	$(BIN)/python room/training.py $(PYODIDE)

reader: $(READY)  ## a folder that reads a report by double click, nothing installed: build/lawreport-reader.zip
	$(BIN)/python room/reader.py $(PYODIDE)

wheelhouse: $(READY)  ## everything to install on Windows, macOS or Linux without a network
	$(BIN)/python tools/wheelhouse.py build/wheelhouse

bench: $(READY)  ## measure speed and scaling anew into benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py

score: $(READY)  ## how many figures and claims of the labelled sentences are found
	@$(BIN)/python benchmarks/score.py

evidence: $(READY)  ## words of the lexicon that no labelled sentence needs; fails if one is new
	@$(BIN)/python tools/evidence.py

fuzz: $(FUZZERS)  ## ten minutes each of made-up input for reading, parsing … checks (Linux, macOS); make -j2 fuzz

$(FUZZERS): fuzz-%: build/fuzz/ready
	@PYTHONPATH=build/fuzz/packages:$(CURDIR) $(BIN)/python benchmarks/fuzz.py $* -max_total_time=$(SECONDS) \
	  >build/fuzz/$*.log 2>&1 || { tail -20 build/fuzz/$*.log; exit 1; }
	@echo "$*: $$(grep ^Done build/fuzz/$*.log)"

build/fuzz/ready: $(READY)
	@mkdir -p build/fuzz
	@$(BIN)/pip install --quiet --upgrade --target build/fuzz/packages atheris==3.0.0
	@touch $@

execute: $(READY)  ## run the notebooks again and store their outputs
	$(NBCONVERT) --config nbconvert/execute.py --to notebook --execute --inplace $(NOTEBOOKS)

audit: html  ## audit the pages for accessibility (needs npm and Chromium)
	npm install --silent --no-save --prefix build/npm axe-core@4
	$(BIN)/python tools/audit.py build/npm/node_modules/axe-core/axe.min.js build/html/zh/*.html build/html/en/*.html

constraints: $(READY)  ## renew constraints.txt from what can be had today
	@$(BIN)/pip install --quiet --upgrade --target build/uv uv
	build/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
	  --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make constraints" \
	  --output-file constraints.txt pyproject.toml

clean:  ## remove what was built, but not .venv
	rm -rf build dist

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is \
	needed, this is " + sys.version.split()[0] + "; choose another: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
