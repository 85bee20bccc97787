"""Recorded outputs are those of the committed notebook."""

import re
from pathlib import Path

import nbformat
import pytest

from minillama.course.recorded import MULTI_GPU

NOTEBOOK = Path(__file__).resolve().parents[2] / "solutions" / "11_multi_gpu.ipynb"
DIFFERS = re.compile(r"process \d+|waiting: \d+ %|\d\.\d{5,6}|\de-\d\d")  # ids, times, and the last digits of losses


def _lines(text: str) -> set[str]:
    return {DIFFERS.sub("#", line) for line in text.splitlines()}


@pytest.mark.parametrize("name", MULTI_GPU)
def test_recorded_lines_stand_in_the_notebook(name):
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    printed = _lines("\n".join(output.text for output in outputs if output.output_type == "stream"))
    assert _lines(MULTI_GPU[name]) - printed == set()


def test_every_record_is_used_by_the_chapter():
    source = NOTEBOOK.with_suffix(".py").read_text(encoding="utf-8")
    used = set(re.findall(r"RECORDED\[['\"](\w+)['\"]\]", source))
    assert used == set(MULTI_GPU)
