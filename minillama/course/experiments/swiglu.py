"""Eight feed-forward layers of equal size, each trained on the same small language (chapter 04).

The command below trains every row of ``data/ablations/swiglu.csv`` on one core, in about 10 minutes:

    python -m minillama.course.experiments.swiglu

The models differ in nothing but the feed-forward layer. They learn a language whose best possible loss is known
(``invented_facts``); everything above it is what a model did not learn.
"""

import argparse
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...rmsnorm import RMSNorm
from ...swiglu import SwiGLU, silu
from .invented_facts import FLOOR, WINDOW, alphabet, encode, facts, write_text
from .rows import read_rows, write_rows

DIM = 48
LEARNING_RATES = (0.004, 0.008, 0.016, 0.032)
SEEDS = range(5)
TABLE = Path(__file__).resolve().parents[3] / "data" / "ablations" / "swiglu.csv"
MakeLayer = Callable[[int], nn.Module]


class PlainFeedForward(nn.Module):
    """Two matrices with an activation between them: ``down(activation(up(x)))``.

    Args:
        dim: C, width of the model.
        activation: applied to each hidden unit.
    """

    def __init__(self, dim: int, activation: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.activation = activation
        self.up_proj = nn.Linear(dim, 4 * dim, bias=False)
        self.down_proj = nn.Linear(4 * dim, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (..., C) in and out."""
        return self.down_proj(self.activation(self.up_proj(x)))


class GatedFeedForward(SwiGLU):
    """Three matrices and two thirds of the width: ``down(activation(gate(x)) * up(x))``.

    Args:
        dim: C, width of the model; a multiple of 3 gives exactly the parameters of the plain layer.
        activation: applied to the gate; SiLU makes this SwiGLU.
    """

    def __init__(self, dim: int, activation: Callable[[Tensor], Tensor]) -> None:
        super().__init__(dim, 8 * dim // 3)
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (..., C) in and out."""
        return self.down_proj(self.activation(self.gate_proj(x)) * self.up_proj(x))


# The eight layers of Shazeer, 2020, arXiv:2002.05202, Table 1, in its order.
LAYERS: dict[str, MakeLayer] = {
    "ReLU": lambda dim: PlainFeedForward(dim, F.relu),
    "GELU": lambda dim: PlainFeedForward(dim, F.gelu),
    "SiLU": lambda dim: PlainFeedForward(dim, silu),
    "GLU": lambda dim: GatedFeedForward(dim, torch.sigmoid),
    "Bilinear": lambda dim: GatedFeedForward(dim, lambda x: x),
    "GEGLU": lambda dim: GatedFeedForward(dim, F.gelu),
    "SwiGLU": lambda dim: SwiGLU(dim, 8 * dim // 3),
    "ReGLU": lambda dim: GatedFeedForward(dim, F.relu),
}


class SmallModel(nn.Module):
    """Predict the next character from a window: embedding, two residual feed-forward blocks, head.

    Args:
        make_layer: builds a feed-forward layer of a given width.
        n_letters: size of the alphabet.
    """

    def __init__(self, make_layer: MakeLayer, n_letters: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(n_letters, 12)
        self.join = nn.Linear(12 * WINDOW, DIM, bias=False)
        self.norms = nn.ModuleList(RMSNorm(DIM) for _ in range(2))
        self.layers = nn.ModuleList(make_layer(DIM) for _ in range(2))
        self.head = nn.Sequential(RMSNorm(DIM), nn.Linear(DIM, n_letters, bias=False))

    def forward(self, windows: Tensor) -> Tensor:
        """Return the logits of the character after each window: (B, WINDOW) -> (B, V)."""
        x = self.join(self.embedding(windows).flatten(1))
        for norm, layer in zip(self.norms, self.layers, strict=True):
            x = x + layer(norm(x))
        return self.head(x)


@dataclass(frozen=True)
class Row:
    """One trained model.

    Args:
        layer: name of the feed-forward layer.
        learning_rate: peak of the schedule.
        seed: of the weights and of the order of the text.
        parameters: in the two feed-forward layers.
        excess: nats per sentence of unseen text above the floor.
    """

    layer: str
    learning_rate: float
    seed: int
    parameters: int
    excess: float


def train_row(
    layer: str, learning_rate: float, seed: int, make_layer: MakeLayer | None = None, n_steps: int = 1000
) -> Row:
    """Train one small model and measure it on fresh text.

    Args:
        layer: a name in ``LAYERS``.
        learning_rate: peak; after 50 steps of warm-up it falls along a cosine to a tenth.
        seed: of the weights and of the order of the text.
        make_layer: builds another layer to train under this name, such as your own.
        n_steps: batches of 256 windows.

    Returns:
        The row of the table.

    Raises:
        ValueError: if there is no layer of this name.
    """
    if layer not in LAYERS:
        raise ValueError(f"there is no layer {layer!r}; there are {', '.join(LAYERS)}")
    letters = encode(write_text(20_000, seed=1))
    with torch.random.fork_rng(devices=[]), _one_thread():
        torch.manual_seed(seed)
        model = SmallModel(make_layer or LAYERS[layer], len(alphabet()))
        _train(model, letters, learning_rate, n_steps)
    parameters = sum(parameter.numel() for parameter in model.layers.parameters())
    return Row(layer, learning_rate, seed, parameters, round(excess(model), 4))


def _train(model: SmallModel, letters: Tensor, learning_rate: float, n_steps: int) -> None:
    """Train with AdamW on random windows."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=learning_rate, betas=(0.9, 0.95), weight_decay=0.0)
    for step in range(n_steps):
        fraction = min(1.0, (step + 1) / 50) * (0.55 + 0.45 * math.cos(math.pi * step / n_steps))
        optimizer.param_groups[0]["lr"] = learning_rate * fraction
        starts = torch.randint(len(letters) - WINDOW, (256, 1))
        windows = letters[starts + torch.arange(WINDOW + 1)]
        loss = F.cross_entropy(model(windows[:, :-1]), windows[:, -1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Compute on one thread: these matrices are so small that a second one only costs time."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)


@torch.no_grad()
def excess(model: nn.Module, n_sentences: int = 2000) -> float:
    """Return the loss on unseen text above the floor, in nats per sentence.

    Args:
        model: maps windows to logits.
        n_sentences: length of the text.
    """
    unseen = write_text(n_sentences, seed=2)
    letters = encode(facts()[0] + unseen)[-len(unseen) - WINDOW :]
    windows = letters.unfold(0, WINDOW + 1, 1)
    losses = [F.cross_entropy(model(part[:, :-1]), part[:, -1], reduction="sum") for part in windows.split(8192)]
    return torch.stack(losses).sum().item() / n_sentences - FLOOR


def read_table(path: Path = TABLE) -> list[Row]:
    """Return the rows that ship with the course; none if the folder ``data/`` is not here.

    Args:
        path: the table.
    """
    return read_rows(Row, path)


def all_rows() -> Iterator[Row]:
    """Train every layer at every learning rate from every seed."""
    for layer in LAYERS:
        for learning_rate in LEARNING_RATES:
            yield from (train_row(layer, learning_rate, seed) for seed in SEEDS)


def main() -> None:
    """Train all rows and write the table."""
    parser = argparse.ArgumentParser(description="Train the eight feed-forward layers of chapter 04.")
    parser.add_argument("--output", type=Path, default=TABLE, help="where to write the table")
    output = parser.parse_args().output
    rows = []
    for row in all_rows():
        print(row, flush=True)
        rows.append(row)
    write_rows(Row, rows, output)


if __name__ == "__main__":
    main()
