# The two commands most people need are `make lab` and `make test`; `make help` lists the rest.
# Without make (Windows), the README gives the same steps as plain pip lines.

PYTHON ?= python3
PORT ?=
HEADLESS ?=
TORCH_INDEX ?=

VENV_PYTHON = .venv/bin/python
BOOTSTRAP = "$(PYTHON)" tools/bootstrap.py --torch-index "$(TORCH_INDEX)"
ON = $(filter-out 0 no off false,$(HEADLESS))

.DEFAULT_GOAL := help
.PHONY: help find-python lab test check notebooks bench-setup bench

help:
	@echo "make lab          install the course into .venv and open JupyterLab on work/00_start_here.ipynb"
	@echo "make test         run every test: package, parity with other libraries, notebooks, solutions"
	@echo "make check        lint, unit tests and build check, in a few minutes"
	@echo "make notebooks    build and execute the notebooks from solutions/*.py"
	@echo "make bench-setup  install what the benchmarks compare with"
	@echo "make bench        run the benchmarks and write benchmarks/RESULTS.md"
	@echo ""
	@echo "Variables, as in \`make lab PORT=9000\`:"
	@echo "  PYTHON=python3.12  the Python (3.11 or later) that creates .venv; default python3"
	@echo "  PORT=9000          JupyterLab's port; default: the first free one from 8888"
	@echo "  HEADLESS=1         lab: no browser, exactly port 8888 or PORT, stay in the foreground"
	@echo "  TORCH_INDEX=https://download.pytorch.org/whl/cpu"
	@echo "                     Linux without an NVIDIA GPU: a PyTorch without gigabytes of CUDA"

find-python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo "minillama: there is no command '$(PYTHON)'. Install Python 3.11 or later (python.org, your package"; \
	  echo "  manager, conda or pyenv), or name the one you have: make lab PYTHON=/path/to/python3"; exit 1; }

lab: find-python
	@$(BOOTSTRAP) course
	@$(VENV_PYTHON) tools/lab.py $(if $(PORT),--port $(PORT)) $(if $(ON),--headless)

test: find-python
	@$(BOOTSTRAP) dev
	@$(VENV_PYTHON) tools/run_tests.py test

check: find-python
	@$(BOOTSTRAP) dev
	@$(VENV_PYTHON) tools/run_tests.py check

notebooks: find-python
	@$(BOOTSTRAP) dev
	@$(VENV_PYTHON) tools/build_notebooks.py --execute

bench-setup: find-python
	@$(BOOTSTRAP) bench

bench: bench-setup
	@$(VENV_PYTHON) tools/run_benchmarks.py
