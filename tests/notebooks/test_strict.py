"""Under MINILLAMA_STRICT=1 a learner's untouched notebook must stop at its first exercise, and say which one."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = '"@exercise('  # a line of a cell, as it stands in the file
NOTEBOOKS = [p for p in sorted(ROOT.glob("notebooks/*.ipynb")) if EXERCISE in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_untouched_notebook_fails_when_strict(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINILLAMA_STRICT", "1")
    monkeypatch.setenv("MINILLAMA_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, startup_timeout=60, resources={"metadata": {"path": path.parent}})
    with pytest.raises(CellExecutionError) as stopped:
        client.execute()
    assert stopped.value.ename == "NotSolved"
