"""Healthy notebooks and Markdown: valid, addressable, readable aloud, without dead links or a machine's paths."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("solutions/*.ipynb")])
MARKDOWN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])
MAX_BYTES = 1_000_000
CELL_KEYS = {"tags", "jupyter", "slideshow"}
NOTEBOOK_KEYS = {"kernelspec", "language_info"}

CODE_BLOCK = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|\b(?:src|href)=\"([^\"]+)\"")
IMAGE = re.compile(r"!\[([^\]]*)\]\(|<img\b([^>]*)>")
HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.\-])/(home/\w|Users/\w|root\b|tmp/|opt/|work)|site-packages/|[A-Z]:\\\\?Users")


def prose(text: str) -> str:
    """Markdown without its code."""
    return CODE.sub("", CODE_BLOCK.sub("", text))


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = [title for _, title in HEADING.findall(CODE_BLOCK.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def link_problems(text: str, folder: Path, page: str | None = None) -> Iterator[str]:
    """Relative links that lead nowhere; ``page`` is the whole text that `#anchors` point into."""
    for target in (first or second for first, second in LINK.findall(prose(text))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        if path and not (folder / path).exists():
            yield f"dead link: {target}"
        elif not path and page is not None and anchor not in anchors(page):
            yield f"no such heading: {target}"


def image_problems(text: str) -> Iterator[str]:
    """Images that say nothing to those who cannot see them."""
    for alt, attributes in IMAGE.findall(prose(text)):
        if not alt.strip() and not re.search(r"alt=\"[^\"]+\"", attributes):
            yield f"an image without alt text: {alt or attributes.strip() or '![]'}"


def heading_problems(text: str) -> Iterator[str]:
    """Anything but one H1 at the beginning and levels that go down one at a time."""
    levels = [len(marks) for marks, _ in HEADING.findall(CODE_BLOCK.sub("", text))]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"one H1 is needed, before all other headings; the levels are {levels}"
    for above, below in zip(levels, levels[1:], strict=False):
        if below > above + 1:
            yield f"a heading jumps from level {above} to {below}"


def cell_problems(cell: NotebookNode) -> Iterator[str]:
    """Errors, foreign metadata and a machine's paths in one cell."""
    texts = [cell.source]
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            yield f"an error output: {output.ename}: {output.evalue}"
        data = output.get("data", {})
        texts += [output.get("text", ""), *(data[kind] for kind in data if kind.startswith("text/"))]
    for text in ("".join(text) for text in texts):
        if found := MACHINE_PATH.search(text):
            yield f"a machine's path: {text[max(0, found.start() - 20) : found.end() + 20]!r}"
    if foreign := set(cell.metadata) - CELL_KEYS:
        yield f"metadata {sorted(foreign)}"


def notebook_problems(notebook: NotebookNode, folder: Path) -> list[str]:
    """Everything wrong with a notebook."""
    ids = [cell.get("id") for cell in notebook.cells]
    if None in ids or len(set(ids)) != len(ids):
        return ["cell ids are missing or repeated"]  # nbformat would mend them before the check below
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return [f"invalid: {error.message}"]
    foreign = sorted(set(notebook.metadata) - NOTEBOOK_KEYS)
    found = [f"notebook metadata {foreign}"] if foreign else []
    markdown = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found += [*link_problems(markdown, folder), *image_problems(markdown), *heading_problems(markdown)]
    return found + [f"cell {i}: {p}" for i, cell in enumerate(notebook.cells) for p in cell_problems(cell)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_notebook_is_healthy(path: Path) -> None:
    assert path.stat().st_size < MAX_BYTES
    notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))  # unlike nbformat.read, mends nothing
    assert notebook_problems(notebook, path.parent) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_notebook_has_its_twin_and_source(path: Path) -> None:
    other = {"notebooks": "solutions", "solutions": "notebooks"}[path.parent.name]
    assert (ROOT / other / path.name).exists()
    assert (ROOT / "solutions" / path.with_suffix(".py").name).exists()


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_markdown_is_healthy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [*link_problems(text, path.parent, text), *image_problems(text), *heading_problems(text)]
    assert found == []


def test_there_is_something_to_check() -> None:
    assert NOTEBOOKS and MARKDOWN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# A\n[x](nowhere.md)", "dead link: nowhere.md"),
        ('# A\n<img alt="a llama" src="nowhere.png">', "dead link: nowhere.png"),
        ("# A\n[x](#b)", "no such heading: #b"),
        ("# A\n![](README.md)", "an image without alt text"),
        ('# A\n<img src="README.md">', "an image without alt text"),
        ("# A\n# B", "one H1 is needed"),
        ("## A\n# B", "one H1 is needed"),
        ("# A\n### B", "a heading jumps from level 1 to 3"),
    ],
)
def test_each_defect_of_markdown_is_noticed(text: str, message: str) -> None:
    found = [*link_problems(text, ROOT, text), *image_problems(text), *heading_problems(text)]
    assert len(found) == 1
    assert message in found[0]


def test_healthy_markdown_passes() -> None:
    text = "# A\n## B c\n[x](#b-c) [y](LICENSE) ![a llama](LICENSE) [z](https://x.org)\n```\n# [no](link)\n```"
    assert [*link_problems(text, ROOT, text), *image_problems(text), *heading_problems(text)] == []


def test_each_defect_of_a_notebook_is_noticed() -> None:
    new = nbformat.v4
    error = new.new_output("error", ename="E", evalue="no", traceback=[])
    path = new.new_output("stream", name="stdout", text="saved to /home/ada/model.pt")
    title = new.new_markdown_cell("# T", id="a")
    code = new.new_code_cell("1", id="b", outputs=[error, path], metadata={"collapsed": True})
    notebook = new.new_notebook(cells=[title, code], metadata={"widgets": {}})
    found = "\n".join(notebook_problems(notebook, ROOT))
    for message in ("error output: E", "a machine's path", "['collapsed']", "['widgets']"):
        assert message in found
    code.id = "a"
    assert notebook_problems(notebook, ROOT) == ["cell ids are missing or repeated"]
    code.id = "b"
    code.outputs = "text"
    assert notebook_problems(notebook, ROOT)[0].startswith("invalid:")
