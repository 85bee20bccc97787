"""A learner's desk: an empty work folder and a way to run notebook cells."""

import linecache
import textwrap
from itertools import count

import pytest

PRELUDE = "import torch\nfrom torch import Tensor, nn\nfrom minillama.course import exercise\n"


class Desk:
    """Runs pieces of code one after the other in one namespace, as a notebook does."""

    def __init__(self, folder):
        self.folder, self.names, self._numbers = folder, {"__name__": "__main__"}, count()
        self.run(PRELUDE)

    def run(self, code):
        source = textwrap.dedent(code)
        filename = f"<cell {next(self._numbers)} of {self.folder}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), self.names)
        return self

    def __getitem__(self, name):
        return self.names[name]

    @property
    def mine(self):
        return self.folder / "mine"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("MINILLAMA_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("MINILLAMA_STRICT", raising=False)
    return Desk(tmp_path / "work")


def pytest_terminal_summary(terminalreporter):
    """Say how many wrong answers the checks were tested with, also under -q."""
    if any("test_mutant_fails" in report.nodeid for report in terminalreporter.stats.get("passed", [])):
        from .mutants import MUTANTS

        exercises = {mutant.exercise for mutant in MUTANTS}
        terminalreporter.write_line(f"{len(MUTANTS)} mutants of {len(exercises)} exercises were run through the checks")
