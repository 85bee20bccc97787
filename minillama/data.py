"""Batches for training, read from token shards in a shuffled order that can be continued anywhere.

Nothing is remembered but a count of steps: the order is computed from the seed, so a loader that starts at step
1000 gives what one that has run for 1000 steps would give, and every process finds its own rows without asking
the others.

Shape letters: B batch, T tokens.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .loss import IGNORE
from .permutation import Permutation
from .shards import TokenShards


def split_row(rows: np.ndarray, bos_id: int) -> tuple[Tensor, Tensor]:
    """Turn rows of tokens into what a model reads and what it should say.

    Args:
        rows: shape (B, T + 1), token ids.
        bos_id: a token that is never predicted. So the end of a document must be another one, or it is never learned.

    Returns:
        Tokens and targets, both (B, T) and int64; a target is the next token, or ``IGNORE`` where that is BOS.

    Example:
        >>> tokens, targets = split_row(np.array([[0, 7, 9, 0, 5]]), bos_id=0)
        >>> tokens.tolist(), targets.tolist()
        ([[0, 7, 9, 0]], [[7, 9, -100, 5]])
    """
    ids = torch.from_numpy(rows.astype(np.int64))
    tokens, targets = ids[:, :-1].contiguous(), ids[:, 1:].clone()
    return tokens, targets.masked_fill_(targets == bos_id, IGNORE)


class Loader:
    """Endless batches of shuffled rows for one of several processes.

    Each epoch visits every row once, in another order. Step s takes the next ``batch_size * n_ranks`` rows; the
    process with number ``rank`` gets its ``batch_size`` of them, so all processes together read what a single one
    with the larger batch would.

    Args:
        shards: the rows.
        batch_size: B, rows per batch of this process.
        seed: chooses the order.
        rank: number of this process, from 0.
        n_ranks: number of processes.
        position: the step to begin with.

    Raises:
        ValueError: if a size does not make sense.

    Example:
        >>> import tempfile
        >>> from minillama.shards import write_shards
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     shards = write_shards(folder, [[0, 7, 9], [0, 8, 9]], 3, 10, bos_id=0, eos_id=9)
        ...     loader = Loader(shards, batch_size=2, seed=1)
        ...     tokens, targets = next(loader)
        >>> tokens.shape, sorted(targets.tolist()), loader.position
        (torch.Size([2, 2]), [[7, 9], [8, 9]], 1)
    """

    def __init__(
        self, shards: TokenShards, batch_size: int, seed: int, *, rank: int = 0, n_ranks: int = 1, position: int = 0
    ):
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1 row, got {batch_size}")
        if not 0 <= rank < n_ranks:
            raise ValueError(f"rank must be from 0 to n_ranks - 1 ({n_ranks - 1}), got {rank}")
        if position < 0:
            raise ValueError(f"position counts steps from 0, got {position}")
        self.shards = shards
        self.batch_size, self.seed = batch_size, seed
        self.rank, self.n_ranks = rank, n_ranks
        self.position = position
        self._orders: dict[int, Permutation] = {}

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        return self

    def __next__(self) -> tuple[Tensor, Tensor]:
        """Return tokens (B, T) and targets (B, T) of this process and go one step on."""
        numbers = self.row_numbers(self.position)
        rows = np.stack([self.shards.row(int(number)) for number in numbers])
        self.position += 1
        return split_row(rows, self.shards.bos_id)

    @property
    def epoch(self) -> float:
        """How often all rows have been visited: 1.5 is in the middle of the second epoch."""
        return self.position * self.batch_size * self.n_ranks / len(self.shards)

    def row_numbers(self, step: int) -> np.ndarray:
        """Return which rows this process gets in one step.

        Args:
            step: number of the step, from 0.

        Returns:
            Shape (B,), row numbers.
        """
        first = (step * self.n_ranks + self.rank) * self.batch_size
        epochs, places = np.divmod(np.arange(first, first + self.batch_size, dtype=np.int64), len(self.shards))
        numbers = np.empty_like(places)
        for epoch in np.unique(epochs):
            now = epochs == epoch
            numbers[now] = self._order(int(epoch))(places[now])
        return numbers

    def state_dict(self) -> dict[str, Any]:
        """Return what is needed to continue: plain numbers and text."""
        return {
            "position": self.position,
            "seed": self.seed,
            "rows_per_step": self.batch_size * self.n_ranks,
            "n_rows": len(self.shards),
            "data": self.shards.fingerprint,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Continue where another loader was.

        The number of processes may differ as long as all of them together take as many rows per step.

        Args:
            state: what its ``state_dict`` returned.

        Raises:
            ValueError: if this loader has other rows, another seed or another number of rows per step.
        """
        own, position = self.state_dict(), state.get("position")
        wrong = [name for name in own if name != "position" and state.get(name) != own[name]]
        if not isinstance(position, int) or position < 0:
            wrong.append("position")
        if wrong:
            told = "; ".join(f"{name}: saved {state.get(name)!r}, here {own[name]!r}" for name in wrong)
            raise ValueError(
                f"this position belongs to another order of rows ({told}). Open the shards that were trained on, "
                "with the same seed and batch_size * n_ranks; or start a new loader"
            )
        self.position = position

    def _order(self, epoch: int) -> Permutation:
        """The order of one epoch; only the latest two are kept."""
        if epoch not in self._orders:
            self._orders = {number: order for number, order in self._orders.items() if number == epoch - 1}
            self._orders[epoch] = Permutation(len(self.shards), (self.seed, epoch))
        return self._orders[epoch]


def in_order(shards: TokenShards, batch_size: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield every row once, in the order of the files: for evaluation.

    Args:
        shards: the rows.
        batch_size: B, rows per batch; the last batch may have fewer.

    Yields:
        Tokens and targets, both (B, T).

    Raises:
        ValueError: if ``batch_size`` is not positive.
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1 row, got {batch_size}")
    for first in range(0, len(shards), batch_size):
        numbers = range(first, min(first + batch_size, len(shards)))
        yield split_row(np.stack([shards.row(number) for number in numbers]), shards.bos_id)
