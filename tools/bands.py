"""Hold numbers that notebooks print, such as trained losses, to the bands of tests/notebooks/bands.csv.

A line of that file names a notebook, a regular expression whose group is the number, and the lowest and the highest
value that is right on any machine.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Band:
    """Where a printed number must lie."""

    notebook: str
    pattern: str
    low: float
    high: float

    def complaints(self, text: str) -> Iterator[str | None]:
        """For each number found: None if it lies in the band, else what is wrong."""
        for value in map(float, re.findall(self.pattern, text, re.MULTILINE)):
            wrong = f"{self.notebook}: {self.pattern!r} gave {value}, must lie between {self.low} and {self.high}"
            yield None if self.low <= value <= self.high else wrong


def read_bands(path: Path) -> list[Band]:
    """The lines of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Band(line["notebook"], line["pattern"], float(line["low"]), float(line["high"]))
            for line in csv.DictReader(file)
        ]


def printed(outputs: Sequence[dict] | None) -> str:
    """All text that a cell printed."""
    return "".join(output.get("text", "") for output in outputs or () if output["output_type"] == "stream")


class BandCheck:
    """A pytest plugin that looks at what nbval's cells print."""

    def __init__(self, bands: Sequence[Band]) -> None:
        self.bands = bands
        self.notebooks: set[str] = set()
        self.seen: set[Band] = set()
        self.wrong: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Compare once the cell has run."""
        yield
        self.look(item.path.stem, printed(getattr(item, "test_outputs", None)))

    def look(self, notebook: str, text: str) -> None:
        """Compare what one cell printed."""
        self.notebooks.add(notebook)
        for band in self.bands:
            if band.notebook == notebook and (complaints := list(band.complaints(text))):
                self.seen.add(band)
                self.wrong += filter(None, complaints)

    def problems(self) -> list[str]:
        """Numbers out of their band, and bands of which no number was printed."""
        due = [band for band in self.bands if band.notebook in self.notebooks]
        return self.wrong + [f"{b.notebook}: nothing matched {b.pattern!r}" for b in due if b not in self.seen]
