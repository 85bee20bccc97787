"""What rounding costs two models, how much AWQ and GPTQ win back, and how much text they need (chapter 10).

The command below measures every row of ``data/ablations/quantization.csv`` on one core, in about an hour:

    python -m minillama.course.experiments.quantization

What it has measured lies in ``work/quantization/``, so a run that was stopped goes on where it was. Only the
projections inside the blocks are rounded; embedding and head stay as the model's file has them. The files differ:
that of the town holds the weights as they were trained, that of SmolLM2 is rounded to groups of 32 already.
"""

import argparse
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from torch import nn

from ...quantization import Grid
from ..progress import write_atomically
from .quantization_methods import GRIDS, Case, cases, measure
from .quantization_texts import SUBJECTS, Subject
from .rows import read_rows, write_rows

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "data" / "ablations" / "quantization.csv"
FOLDER = ROOT / "work" / "quantization"


@dataclass(frozen=True)
class Row:
    """One model, rounded in one way and measured.

    Args:
        model: name of the model.
        grid: a name in ``GRIDS``; the first leaves the weights as they are.
        method: how they were rounded; "W8A8" rounds the activations too.
        n_sequences: that the method was calibrated on; 0 if it needs none.
        n_tokens: predicted.
        nats: mean loss per token.
        perplexity: ``exp(nats)``.
        over_baseline: ``nats`` minus that of the model as its file has it.
        over_baseline_error: standard error of this difference, over sequences; each is compared with itself.
        over_rounding: ``nats`` minus that of plain rounding to the same grid; negative where the method is better.
        over_rounding_error: standard error of this difference.
        bits_per_weight: in the blocks, scales and minima counted.
        megabytes: of the whole model, in millions of bytes.
    """

    model: str
    grid: str
    method: str
    n_sequences: int
    n_tokens: int
    nats: float
    perplexity: float
    over_baseline: float
    over_baseline_error: float
    over_rounding: float
    over_rounding_error: float
    bits_per_weight: float
    megabytes: float


def read_table(path: Path = TABLE) -> list[Row]:
    """Return the rows that ship with the course; none if the folder ``data/`` is not here.

    Args:
        path: the table.
    """
    return read_rows(Row, path)


def write_table(rows: Iterable[Row], path: Path) -> None:
    """Write rows as a table that ``read_table`` reads."""
    write_rows(Row, rows, path)


def difference(nats: Sequence[float], others: Sequence[float], n_tokens: Sequence[int]) -> tuple[float, float]:
    """Compare two models on the same sequences.

    Args:
        nats: what each sequence costs the first model.
        others: what it costs the second.
        n_tokens: how many tokens it has.

    Returns:
        Mean difference per token, first minus second, and its standard error: sequences are drawn at random, so the
        error of the ratio of two sums is that of its numerator's deviations.

    Example:
        >>> difference([3.0, 5.0], [2.0, 2.0], [1, 1])  # 1 and 3
        (2.0, 1.0)

    Source:
        Cochran, 1977, "Sampling Techniques", section 6.4.
    """
    total = sum(n_tokens)
    mean = sum(a - b for a, b in zip(nats, others, strict=True)) / total
    squares = sum((a - b - mean * n) ** 2 for a, b, n in zip(nats, others, n_tokens, strict=True))
    return mean, math.sqrt(squares * len(nats) / (len(nats) - 1)) / total


def storage(subject: Subject, grid: Grid | None) -> tuple[float, float]:
    """Return bits per weight of the blocks, and the megabytes of the whole model.

    Args:
        subject: the float model, and the bits of its file.
        grid: of the blocks; None as in the file.
    """
    in_blocks = [layer.weight.shape for layer in subject.model.layers.modules() if isinstance(layer, nn.Linear)]
    bits = [n * k * (grid.bits_per_weight(k) if grid else subject.block_bits) for n, k in in_blocks]
    n_weights = sum(n * k for n, k in in_blocks)
    others = [weight for name, weight in subject.model.named_parameters() if "_proj" not in name]
    table = sum(weight.numel() for weight in others if weight.dim() > 1) * subject.table_bits
    gains = sum(weight.numel() for weight in others if weight.dim() == 1) * 32
    return sum(bits) / n_weights, (sum(bits) + table + gains) / 8e6


def make_row(case: Case, subject: Subject, nats: Mapping[Case, Sequence[float]]) -> Row:
    """Put together the row of one case.

    Args:
        case: what was measured.
        subject: its model and texts.
        nats: what each sequence costs, for this case and those it is compared with.
    """
    n_tokens = [len(ids) - 1 for ids in subject.measured]
    mean = sum(nats[case]) / sum(n_tokens)
    compared = [difference(nats[case], nats[other], n_tokens) for other in (case.baseline(), case.rounding())]
    numbers = (round(x, 5) for x in (mean, math.exp(mean), *compared[0], *compared[1]))
    bits_per_weight, megabytes = storage(subject, GRIDS[case.grid])
    return Row(*case, sum(n_tokens), *numbers, round(bits_per_weight, 3), round(megabytes, 2))


def main() -> None:
    """Measure what is not measured yet, and write the table after every row."""
    parser = argparse.ArgumentParser(description="Measure the quantization methods of chapter 10.")
    parser.add_argument("--output", type=Path, default=TABLE, help="where to write the table")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where finished measurements are kept")
    options = parser.parse_args()
    load = cache(lambda name: SUBJECTS[name]())
    nats: dict[Case, list[float]] = {}
    rows = []
    for case in cases():
        path = options.folder / (" ".join(map(str, case)) + ".json")
        if not path.exists():
            write_atomically(path, json.dumps(measure(case, load(case.model))))
        nats[case] = json.loads(path.read_text(encoding="utf-8"))
        rows.append(make_row(case, load(case.model), nats))
        print(rows[-1], flush=True)
        write_table(rows, options.output)


if __name__ == "__main__":
    main()
