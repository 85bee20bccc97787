"""Build the learners' notebooks and the solution notebooks from ``solutions/NN_name.py``.

    python tools/build_notebooks.py              write what changed; keep outputs whose code did not change
    python tools/build_notebooks.py --execute    also run the notebooks that have no outputs yet
    python tools/build_notebooks.py --check      change nothing; fail if a notebook is out of step

A chapter's name, such as ``03`` or ``03_rmsnorm``, limits the work to it; ``--force`` runs it again.
"""

import argparse
import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
LEARNER, SOLUTION = "notebooks", "solutions"
STUB = ("# YOUR CODE HERE", 'raise NotImplementedError("write this")')
INSTALL = """# On Google Colab, install the course first. Anywhere else this cell does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install -q "minillama[course] @ git+https://github.com/minillama/minillama\""""
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def build(source: Path, kind: str) -> nbformat.NotebookNode:
    """Turn one source into a notebook without outputs.

    Args:
        source: a file in the py:percent format.
        kind: ``notebooks`` for the learner's, ``solutions`` for the other.

    Raises:
        ValueError: if solution markers are unbalanced.
    """
    parsed = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    notebook = nbformat.v4.new_notebook(metadata=METADATA)
    unwanted = "solution-only" if kind == LEARNER else "student-only"
    cells = [cell for cell in parsed.cells if unwanted not in cell.metadata.get("tags", [])]
    first_code = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    cells.insert(first_code, nbformat.v4.new_code_cell(INSTALL))
    seen: dict[str, int] = {}
    for cell in cells:
        seen[cell.source] = seen.get(cell.source, 0) + 1
        cell_id = hashlib.sha256(f"{source.stem}{seen[cell.source]}{cell.source}".encode()).hexdigest()[:10]
        notebook.cells.append(_build_cell(cell, kind, cell_id, source.name))
    return notebook


def _build_cell(cell: nbformat.NotebookNode, kind: str, cell_id: str, name: str) -> nbformat.NotebookNode:
    """Copy a cell with its solution shown or hidden, its own id, and tags as its only metadata."""
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    text = fill_in(cell.source, kind, name) if cell.cell_type == "code" else cell.source
    tags = sorted(set(cell.metadata.get("tags", [])) - {"solution-only", "student-only"})
    return make(text, id=cell_id, metadata={"tags": tags} if tags else {})


def fill_in(code: str, kind: str, name: str = "cell") -> str:
    """Show or hide the lines between the solution markers.

    A learner gets a stub instead of the solution, or the commented lines after ``### INSTEAD``.

    Args:
        code: a cell's source.
        kind: ``notebooks`` or ``solutions``.
        name: where the cell stands, for the error.

    Raises:
        ValueError: if markers are unbalanced.

    Example:
        >>> print(fill_in("x = 1\\n### BEGIN SOLUTION\\ny = 2\\n### END SOLUTION", "solutions"))
        x = 1
        y = 2
    """
    lines, inside, stub = [], None, []
    for line in code.splitlines():
        mark, indent = line.strip(), line[: len(line) - len(line.lstrip())]
        if mark == "### BEGIN SOLUTION" and inside is None:
            inside, stub = "solution", [indent + text for text in STUB]
        elif mark == "### INSTEAD" and inside == "solution":
            inside, stub = "instead", []
        elif mark == "### END SOLUTION" and inside is not None:
            lines += stub if kind == LEARNER else []
            inside = None
        elif mark.startswith("### ") and mark[4:] in ("BEGIN SOLUTION", "INSTEAD", "END SOLUTION"):
            raise ValueError(f"{name}: unexpected marker {mark!r}")
        elif inside == "instead":
            stub.append(re.sub(r"# ?", "", line, count=1))
        elif inside is None or kind == SOLUTION:
            lines.append(line)
    if inside is not None:
        raise ValueError(f"{name}: '### BEGIN SOLUTION' without its end")
    return "\n".join(lines)


def carry_outputs(new: nbformat.NotebookNode, old: nbformat.NotebookNode | None) -> bool:
    """Copy outputs from the old notebook if no code changed; say whether that was possible."""
    fresh = [cell for cell in new.cells if cell.cell_type == "code"]
    kept = [cell for cell in old.cells if cell.cell_type == "code"] if old else []
    if [cell.source for cell in fresh] != [cell.source for cell in kept]:
        return False
    if any(cell.execution_count is None for cell in kept):
        return False
    for cell, before in zip(fresh, kept, strict=True):
        cell.outputs, cell.execution_count = before.outputs, before.execution_count
    return True


def execute(notebook: nbformat.NotebookNode, kind: str, work: Path) -> None:
    """Run a notebook in its folder, with its own empty or prepared work folder."""
    environment = {**os.environ, "MINILLAMA_WORK": str(work), "MINILLAMA_STRICT": str(int(kind == SOLUTION))}
    environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as tools/lab.py
    environment.setdefault("OMP_NUM_THREADS", "1")  # sums in the same order give the same figures
    client = NotebookClient(
        notebook,
        timeout=300,
        startup_timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / kind)}},
        record_timing=False,
    )
    client.execute(env=environment)
    notebook.metadata = nbformat.from_dict(METADATA)  # drops the state of widgets
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = merge_streams([_without_widget(output) for output in cell.outputs])


def merge_streams(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join neighboring pieces of the same stream: where they are cut depends on timing."""
    merged: list[nbformat.NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def _without_widget(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Replace a widget, which is dead in a saved notebook, by a line that says how to wake it."""
    data = output.get("data", {})
    if "application/vnd.jupyter.widget-view+json" in data:
        output.data = nbformat.from_dict({"text/plain": "Run this cell to move the controls."})
    return output


def prepare_work(source: Path, work: Path) -> None:
    """Fill a work folder with the solved exercises of all earlier chapters."""
    os.environ["MINILLAMA_WORK"] = str(work)
    from minillama.course.mine import save_definition
    from minillama.course.progress import Record, write_record
    from minillama.course.registry import all_exercises, definition_source

    for exercise in all_exercises().values():
        if exercise.chapter < int(source.stem[:2]):
            save_definition(exercise, definition_source(exercise.load_reference()))
            write_record(exercise.name, Record(status="OK", saved=True))


def update(source: Path, kind: str, arguments: argparse.Namespace) -> str | None:
    """Build one notebook; return what is wrong with it, or None."""
    path = ROOT / kind / f"{source.stem}.ipynb"
    old = nbformat.read(path, as_version=4) if path.exists() else None
    new = build(source, kind)
    done = carry_outputs(new, None if arguments.force else old)
    if arguments.check:
        if not done:
            return f"{path.relative_to(ROOT)}: code changed or never run; use --execute"
        return None if old == new else f"{path.relative_to(ROOT)}: differs from its source; build again"
    if arguments.execute and not done:
        print(f"running {path.relative_to(ROOT)}", flush=True)
        with tempfile.TemporaryDirectory() as work:
            if kind == SOLUTION:
                prepare_work(source, Path(work))
            execute(new, kind, Path(work))
    nbformat.write(new, path)
    return None


def main() -> int:
    """Build, run or check the notebooks named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapters", nargs="*", help="beginnings of chapter names, such as 03; all by default")
    parser.add_argument("--execute", action="store_true", help="run notebooks whose code changed")
    parser.add_argument("--force", action="store_true", help="treat all outputs as outdated")
    parser.add_argument("--check", action="store_true", help="only compare")
    arguments = parser.parse_args()
    sources = sorted((ROOT / SOLUTION).glob("[0-9][0-9]_*.py"))
    strays = {p.stem for kind in (LEARNER, SOLUTION) for p in (ROOT / kind).glob("*.ipynb")} - {s.stem for s in sources}
    problems = [f"{stray}.ipynb has no source in {SOLUTION}/" for stray in sorted(strays)]
    for source in sources:
        if not arguments.chapters or source.stem.startswith(tuple(arguments.chapters)):
            problems += [p for kind in (LEARNER, SOLUTION) if (p := update(source, kind, arguments))]
    print("\n".join(problems) or f"{len(sources)} chapters are in step with their sources")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
