"""The builder: stubs, bugs, ids, kept outputs."""

import importlib.util
import sys
from pathlib import Path

import nbformat
import pytest

PATH = Path(__file__).resolve().parents[1] / "tools" / "build_notebooks.py"
spec = importlib.util.spec_from_file_location("build_notebooks", PATH)
builder = importlib.util.module_from_spec(spec)
sys.modules["build_notebooks"] = builder
spec.loader.exec_module(builder)

CODE = """def f(x):
    ### BEGIN SOLUTION
    return x + 1
    ### END SOLUTION
"""


def test_learner_gets_a_stub_and_the_solution_stays_whole():
    assert builder.fill_in(CODE, "notebooks") == (
        'def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError("write this")'
    )
    assert builder.fill_in(CODE, "solutions") == "def f(x):\n    return x + 1"


def test_learner_gets_the_code_after_instead():
    code = CODE.replace("    ### END", "    ### INSTEAD\n    # return x - 1\n    ### END")
    assert builder.fill_in(code, "notebooks") == "def f(x):\n    return x - 1"
    assert builder.fill_in(code, "solutions") == "def f(x):\n    return x + 1"


@pytest.mark.parametrize("bad", [CODE.replace("END", "BEGIN"), "### END SOLUTION", "### BEGIN SOLUTION"])
def test_unbalanced_markers_stop_the_build(bad):
    with pytest.raises(ValueError, match="marker|without its end"):
        builder.fill_in(bad, "notebooks", "03_x.py")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "03_x.py"
    path.write_text(
        "# %% [markdown]\n# # Title\n\n# %%\n1 + 1\n\n# %%\n1 + 1\n\n# %% tags=[\"solution-only\"]\n'secret'\n",
        encoding="utf-8",
    )
    return path


def test_notebooks_of_both_kinds_share_ids_and_hide_solution_cells(source):
    learner, solution = builder.build(source, "notebooks"), builder.build(source, "solutions")
    assert [c.id for c in learner.cells] == [c.id for c in solution.cells][:-1]
    assert len({c.id for c in solution.cells}) == len(solution.cells)
    assert "secret" not in nbformat.writes(learner)
    assert "google.colab" in learner.cells[1].source
    assert builder.build(source, "notebooks") == learner


def test_outputs_are_kept_only_while_no_code_changes(source):
    old = builder.build(source, "notebooks")
    for i, cell in enumerate(c for c in old.cells if c.cell_type == "code"):
        cell.execution_count = i
        cell.outputs = [nbformat.v4.new_output("stream", text=f"{i}")]
    source.write_text(source.read_text(encoding="utf-8").replace("Title", "New title"), encoding="utf-8")
    new = builder.build(source, "notebooks")
    assert builder.carry_outputs(new, old) and new.cells[2].outputs[0].text == "1"
    source.write_text(source.read_text(encoding="utf-8").replace("1 + 1", "1 + 2"), encoding="utf-8")
    assert not builder.carry_outputs(builder.build(source, "notebooks"), old)


def test_streams_are_joined():
    pieces = [nbformat.v4.new_output("stream", name="stdout", text=t) for t in "ab"]
    assert [o.text for o in builder.merge_streams(pieces)] == ["ab"]
