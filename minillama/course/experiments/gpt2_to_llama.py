"""What each step from GPT-2's block to LLaMA's is worth, at equal tokens (chapter 08).

The command below trains every row of ``data/ablations/gpt2_to_llama.csv`` on one core:

    python -m minillama.course.experiments.gpt2_to_llama

Each stage keeps what the stages before it changed and exchanges one more part. Text, number of tokens, optimizer,
schedule and number of weights in the matrices of the blocks are the same for all; each gets its own best learning rate.
"""

import argparse
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ...train_config import TrainConfig
from ...training import Batch, evaluate_loss, train
from .gpt2_block import STAGES, SmallModel
from .rows import read_rows, write_rows
from .swiglu import _one_thread as one_thread
from .town_text import alphabet, letters

DIM, N_HEADS, N_LAYERS, CONTEXT = 72, 4, 2, 128
BATCH = 4  # rows of CONTEXT characters in a step
FULL_STEPS, QUICK_STEPS = 4000, 200
LEARNING_RATES = (0.002, 0.004, 0.008)
QUICK_RATE = 0.004
SEEDS = range(3)
TABLE = Path(__file__).resolve().parents[3] / "data" / "ablations" / "gpt2_to_llama.csv"


@dataclass(frozen=True)
class Row:
    """One trained model.

    Args:
        stage: a name in ``STAGES``.
        learning_rate: peak of the schedule.
        seed: of the weights and of the order of the text.
        n_steps: ``FULL_STEPS``, or ``QUICK_STEPS`` for a row that is trained again in a few seconds.
        n_tokens: characters read.
        parameters: in the whole model.
        loss: nats per character of unseen text.
    """

    stage: str
    learning_rate: float
    seed: int
    n_steps: int
    n_tokens: int
    parameters: int
    loss: float


def train_row(
    stage: str,
    learning_rate: float,
    seed: int = 0,
    n_steps: int = FULL_STEPS,
    make_block: Callable[[], nn.Module] | None = None,
) -> Row:
    """Train one small model and measure it on unseen text.

    Args:
        stage: a name in ``STAGES``.
        learning_rate: peak; after a tenth of the steps of warm-up it falls along a cosine to a tenth.
        seed: of the weights and of the order of the text.
        n_steps: batches of ``BATCH`` rows.
        make_block: builds a block to train in place of the stage's own, such as yours.

    Returns:
        The row of the table.

    Raises:
        ValueError: if there is no stage of this name.
    """
    if stage not in STAGES:
        raise ValueError(f"there is no stage {stage!r}; there are {', '.join(STAGES)}")
    config = TrainConfig(n_steps=n_steps, learning_rate=learning_rate, n_warmup=n_steps // 10, seed=seed)
    with torch.random.fork_rng(devices=[]), one_thread():
        torch.manual_seed(seed)
        model = build_model(stage, make_block)
        n_tokens = sum(step.n_tokens for step in train(model, shuffled_batches(letters("train"), seed), config))
        nats, n_targets = evaluate_loss(model, in_order(letters("unseen")))
    parameters = sum(parameter.numel() for parameter in model.parameters())
    return Row(stage, learning_rate, seed, n_steps, n_tokens, parameters, round(nats / n_targets, 4))


def build_model(stage: str, make_block: Callable[[], nn.Module] | None = None) -> SmallModel:
    """Build the untrained model of a stage.

    Args:
        stage: a name in ``STAGES``.
        make_block: builds a block in place of the stage's own.
    """
    return SmallModel(
        STAGES[stage],
        vocab_size=len(alphabet()),
        dim=DIM,
        n_heads=N_HEADS,
        n_layers=N_LAYERS,
        max_seq_len=CONTEXT,
        make_block=make_block,
    )


def rows_of(text: Tensor) -> Tensor:
    """Cut a stream of characters into rows of CONTEXT + 1; each begins with the last character of the row before."""
    return text.unfold(0, CONTEXT + 1, CONTEXT)


def shuffled_batches(text: Tensor, seed: int) -> Iterator[Batch]:
    """Yield the rows of a text in a random order, again and again, in batches of tokens and targets."""
    rows, generator = rows_of(text), torch.Generator().manual_seed(seed)
    while True:
        for places in torch.randperm(len(rows), generator=generator)[: len(rows) // BATCH * BATCH].split(BATCH):
            yield rows[places, :-1], rows[places, 1:]


def in_order(text: Tensor) -> Iterator[Batch]:
    """Yield every row of a text once."""
    for rows in rows_of(text).split(64):
        yield rows[:, :-1], rows[:, 1:]


@dataclass(frozen=True)
class Summary:
    """A stage at one learning rate.

    Args:
        stage: a name in ``STAGES``.
        learning_rate: peak of the schedule.
        n_seeds: number of runs.
        mean: of their losses, in nats per character.
        standard_error: of the mean.
    """

    stage: str
    learning_rate: float
    n_seeds: int
    mean: float
    standard_error: float


def summarize(rows: Iterable[Row]) -> list[Summary]:
    """Return mean and standard error over the seeds for every stage and learning rate; quick rows are left out."""
    groups: dict[tuple[str, float], list[float]] = {}
    for row in rows:
        if row.n_steps == FULL_STEPS:
            groups.setdefault((row.stage, row.learning_rate), []).append(row.loss)
    return [Summary(*key, len(losses), *mean_and_error(losses)) for key, losses in groups.items()]


def best(rows: Iterable[Row]) -> dict[str, Summary]:
    """Return, for every stage, the summary of the learning rate with the lowest mean."""
    summaries = sorted(summarize(rows), key=lambda summary: -summary.mean)
    lowest = {summary.stage: summary for summary in summaries}
    return {stage: lowest[stage] for stage in STAGES if stage in lowest}


@dataclass(frozen=True)
class Gain:
    """What a stage is worth: by how much its loss is lower than that of the stage before, each at its best rate.

    Args:
        stage: a name in ``STAGES``.
        mean: nats per character, over the seeds; positive where the stage helps.
        standard_error: of the mean. The runs are paired: the same seed reads the same text in the same order.
    """

    stage: str
    mean: float
    standard_error: float


def gains(rows: Iterable[Row]) -> list[Gain]:
    """Compare every stage with the one before it.

    Args:
        rows: the table.

    Returns:
        One gain for every stage but the first.
    """
    rows = list(rows)
    losses = {
        stage: [row.loss for row in rows if (row.stage, row.learning_rate, row.n_steps) == (stage, rate, FULL_STEPS)]
        for stage, rate in ((stage, summary.learning_rate) for stage, summary in best(rows).items())
    }
    names = list(losses)
    return [
        Gain(after, *mean_and_error([a - b for a, b in zip(losses[before], losses[after], strict=True)]))
        for before, after in zip(names, names[1:], strict=False)
    ]


def mean_and_error(values: list[float]) -> tuple[float, float]:
    """Return the mean and its standard error, rounded to the fifth decimal place."""
    return round(statistics.mean(values), 5), round(statistics.stdev(values) / len(values) ** 0.5, 5)


def read_table(path: Path = TABLE) -> list[Row]:
    """Return the rows that ship with the course; none if the folder ``data/`` is not here.

    Args:
        path: the table.
    """
    return read_rows(Row, path)


def write_table(rows: Iterable[Row], path: Path) -> None:
    """Write rows as a table that ``read_table`` reads."""
    write_rows(Row, rows, path)


def all_rows() -> Iterator[Row]:
    """Train a quick row of every stage, then every stage at every learning rate from every seed."""
    yield from (train_row(stage, QUICK_RATE, n_steps=QUICK_STEPS) for stage in STAGES)
    for seed in SEEDS:
        for stage in STAGES:
            yield from (train_row(stage, learning_rate, seed) for learning_rate in LEARNING_RATES)


def main() -> None:
    """Train all rows and write the table."""
    parser = argparse.ArgumentParser(description="Train the four stages from GPT-2 to LLaMA of chapter 08.")
    parser.add_argument("--output", type=Path, default=TABLE, help="where to write the table")
    output = parser.parse_args().output
    rows = []
    for row in all_rows():
        print(row, flush=True)
        rows.append(row)
        write_table(rows, output)


if __name__ == "__main__":
    main()
