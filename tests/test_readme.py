"""The README's Python examples run and print what it says; its chapter table matches the notebooks."""

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)
LINKED = re.compile(r"^\| (\d\d) \| \[[^\]]+\]\(notebooks/(\w+)\.ipynb\) \| .+ \| (\d+) min \| [1-5] of 5 \|$", re.M)


def run(source: str) -> str:
    """What an example prints."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(source, "README.md", "exec"), {"__name__": "readme"})
    return output.getvalue()


def test_there_are_three_examples_of_about_ten_lines() -> None:
    assert len(EXAMPLES) == README.count("```python") == 3
    assert all(len(source.splitlines()) <= 12 for source, _ in EXAMPLES)


def test_example_with_random_weights() -> None:
    source, printed = EXAMPLES[0]
    assert run(source) == printed


@pytest.mark.parametrize("number", [1, 2])
def test_example_with_real_weights(smollm2: Path, number: int) -> None:
    source, printed = EXAMPLES[number]
    assert run(source) == printed


def test_chapter_table_links_every_notebook() -> None:
    rows = LINKED.findall(README)
    assert all(stem.startswith(number) for number, stem, _ in rows)
    assert [stem for _, stem, _ in rows] == sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb"))


def test_chapters_take_as_long_as_they_say() -> None:
    for _, stem, minutes in LINKED.findall(README):
        source = (ROOT / "solutions" / f"{stem}.py").read_text(encoding="utf-8")
        said = re.search(r"\| Time \| about (\d+) minutes", source)
        assert said and said[1] == minutes, f"{stem}: the README says {minutes} minutes"


@pytest.mark.parametrize("command", ["make lab", "make test"])
def test_commands_exist(command: str) -> None:
    assert command in README
    assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
