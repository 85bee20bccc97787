"""The search for the recipe of the Shakespeare benchmark: its plan and its record are one table.

Each row of ``shakespeare_search.csv`` is one training run: settings, characters seen, and the loss on the last 100,000
characters of the first part of the text, which those runs did not train on. The validation part was not looked at to
choose anything. ``python -m benchmarks.shakespeare --search`` trains the rows that have no loss yet, each for 30 to 300
seconds; empty that column to train all again, or add a row without a loss to try something new.
"""

from __future__ import annotations

import csv
import io
import time
from dataclasses import fields
from pathlib import Path

from torch import Tensor

from benchmarks.shakespeare_training import N_HELD_OUT, N_TRAIN, Recipe, count_parameters, loss_on, train_recipe
from minillama.atomic_files import open_atomically

TABLE = Path(__file__).with_name("shakespeare_search.csv")
RESULTS = ("parameters", "held_out_loss", "seconds")


def read_rows(path: Path) -> list[dict[str, str]]:
    """The table as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Replace the table at once, so that an interrupted search loses one run at most."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with open_atomically(path) as file:
        file.write(text.getvalue().encode())


def recipe_of(row: dict[str, str]) -> Recipe:
    """The settings of a row."""
    types = {"int": int, "float": float}
    return Recipe(**{field.name: types[field.type](row[field.name]) for field in fields(Recipe)})


def train_row(row: dict[str, str], text: Tensor) -> dict[str, str]:
    """Train one row and fill in what came out."""
    seen, unseen = text[: N_TRAIN - N_HELD_OUT], text[N_TRAIN - N_HELD_OUT : N_TRAIN]
    recipe, began = recipe_of(row), time.process_time()
    model, n_seen = train_recipe(recipe, seen, int(row["characters"]))
    seconds = time.process_time() - began
    loss, _ = loss_on(model, unseen, recipe.context)
    results = (count_parameters(model), f"{loss:.4f}", round(seconds))
    return row | {"characters": str(n_seen)} | dict(zip(RESULTS, map(str, results), strict=True))


def search(text: Tensor, path: Path = TABLE) -> None:
    """Train every row without a loss, one after the other."""
    rows = read_rows(path)
    for i, row in enumerate(rows):
        if not row["held_out_loss"]:
            rows[i] = train_row(row, text)
            write_rows(path, rows)
            print(f"row {i + 1} of {len(rows)}: {rows[i]['held_out_loss']} nats per character", flush=True)
    best = min(rows, key=lambda row: float(row["held_out_loss"]))
    print(f"lowest loss, {best['held_out_loss']}: {recipe_of(best)}")
