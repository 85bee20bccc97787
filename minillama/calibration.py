"""What the inputs of a model's linear layers look like, measured on a few sequences.

Better rounding needs to know which inputs a layer really gets: an error on a channel that is always near 0 costs
nothing, and errors on channels that move together can cancel.

Shape letters: B batch, T tokens, K inputs of a layer.

Source: Frantar et al., 2022, arXiv:2210.17323; Lin et al., 2023, arXiv:2306.00978.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from .model import Block, Llama, require_tokens
from .rope import rope_table


class InputStatistics:
    """Running statistics of the inputs of one linear layer, over all tokens seen.

    Args:
        n_inputs: K, width of the inputs.
        device: where they are kept.

    Example:
        >>> statistics = InputStatistics(2)
        >>> statistics.add(torch.tensor([[1.0, -2.0], [3.0, 0.0]]))
        >>> statistics.mean_absolute.tolist(), statistics.largest_absolute.tolist()
        ([2.0, 1.0], [3.0, 2.0])
        >>> statistics.second_moment
        tensor([[ 5., -1.],
                [-1.,  2.]])

    Source:
        Frantar et al., 2022, arXiv:2210.17323, section 3, for the second moment.
    """

    def __init__(self, n_inputs: int, device: torch.device | str | None = None) -> None:
        self.n_tokens = 0
        self._products = torch.zeros(n_inputs, n_inputs, device=device)
        self._absolute = torch.zeros(n_inputs, device=device)
        self.largest_absolute = torch.zeros(n_inputs, device=device)

    def add(self, x: Tensor) -> None:
        """Count the inputs of some more tokens, shape (..., K)."""
        x = x.detach().flatten(0, -2).float()  # (tokens, K)
        self.n_tokens += len(x)
        self._products += x.T @ x
        self._absolute += x.abs().sum(0)
        self.largest_absolute = torch.maximum(self.largest_absolute, x.abs().amax(0))

    @property
    def second_moment(self) -> Tensor:
        """Mean of the outer product x x^T over the tokens, shape (K, K), float32."""
        return self._products / self._counted()

    @property
    def mean_absolute(self) -> Tensor:
        """Mean of abs(x) of every channel, shape (K,)."""
        return self._absolute / self._counted()

    def divided_by(self, scale: Tensor) -> "InputStatistics":
        """Return the statistics that the inputs would have if each channel were divided by a number.

        Args:
            scale: shape (K,), positive.

        Example:
            >>> statistics = InputStatistics(2)
            >>> statistics.add(torch.tensor([[1.0, 4.0]]))
            >>> statistics.divided_by(torch.tensor([1.0, 2.0])).mean_absolute
            tensor([1., 2.])
        """
        result = InputStatistics(len(scale), scale.device)
        result.n_tokens = self.n_tokens
        result._products = self._products / torch.outer(scale, scale)
        result._absolute = self._absolute / scale
        result.largest_absolute = self.largest_absolute / scale
        return result

    def _counted(self) -> int:
        if not self.n_tokens:
            raise ValueError("no inputs were seen: run at least one sequence through the model")
        return self.n_tokens


def output_error(difference: Tensor, second_moment: Tensor) -> float:
    """Return how far the outputs of a layer move, squared and summed over outputs, as a mean over tokens.

    Args:
        difference: what was added to the weight, shape (N, K).
        second_moment: mean of x x^T over the inputs x, shape (K, K).

    Example:
        >>> output_error(torch.tensor([[1.0, -1.0]]), torch.tensor([[2.0, 2.0], [2.0, 2.0]]))  # the two cancel
        0.0

    Source:
        Frantar et al., 2022, arXiv:2210.17323, equation 1.
    """
    return ((difference @ second_moment) * difference).sum().item()


@contextmanager
def recorded(module: nn.Module) -> Iterator[dict[str, InputStatistics]]:
    """Record the inputs of every linear layer inside a module while the ``with`` block runs.

    Layers that are handed the very same tensor, as the query, key and value projections are, share one record.

    Args:
        module: its ``nn.Linear`` layers are watched by hooks, which are gone after the block.

    Yields:
        Name of the layer inside the module to its statistics; filled as the module runs.

    Example:
        >>> layers = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
        >>> with recorded(layers) as statistics:
        ...     _ = layers(torch.ones(5, 2))
        >>> statistics["0"].n_tokens, statistics["1"].mean_absolute.shape
        (5, torch.Size([3]))
    """
    statistics: dict[str, InputStatistics] = {}
    owners: dict[str, str] = {}  # layer to the first layer that was handed the same tensor
    latest: list[tuple[str, Tensor]] = []  # at most one: the layer counted last, and its input

    def watch(name: str, x: Tensor) -> None:
        if name not in owners:
            shared = bool(latest) and latest[0][1] is x
            owners[name] = latest[0][0] if shared else name
            statistics[name] = statistics[owners[name]] if shared else InputStatistics(x.shape[-1], x.device)
        if owners[name] == name:
            statistics[name].add(x)
            latest[:] = [(name, x)]

    handles = [
        layer.register_forward_pre_hook(lambda _, inputs, name=name: watch(name, inputs[0]))
        for name, layer in module.named_modules()
        if isinstance(layer, nn.Linear)
    ]
    try:
        yield statistics
    finally:
        latest.clear()
        for handle in handles:
            handle.remove()


@torch.no_grad()
def calibrate_blocks(
    model: Llama, sequences: Sequence[Tensor], changing: bool = True
) -> Iterator[tuple[str, Block, dict[str, InputStatistics]]]:
    """Yield the blocks of a model one after the other, each with the statistics of its linear layers.

    What the caller does to a block before asking for the next one counts: the next block gets its inputs from the
    changed blocks before it. So a block that is rounded here can still be made up for by those behind it. Only one
    block's statistics are in memory if the caller drops them.

    Args:
        model: the finished model.
        sequences: token ids, each of shape (B, T).
        changing: the caller changes the blocks, so each is run a second time for the inputs of the next one.

    Yields:
        Name of the block, such as ``layers.0``; the block; and the statistics by the full name of the layer, such
        as ``layers.0.attention.q_proj``.

    Raises:
        ValueError: if there is no sequence, or one is not (B, T) token ids within the context.

    Source:
        Frantar et al., 2022, arXiv:2210.17323, section 4, "Setup": block by block, each on the outputs of the
        blocks quantized before.
    """
    if not sequences:
        raise ValueError("calibration needs at least one sequence of token ids, got none")
    for tokens in sequences:
        require_tokens(model, tokens)
    config = model.config
    streams = [model.token_embedding(tokens) for tokens in sequences]  # each (B, T, C)
    positions = torch.arange(max(x.shape[1] for x in streams), device=streams[0].device)
    cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
    for i, block in enumerate(model.layers):
        with recorded(block) as statistics:
            outputs = [block(x, cos[: x.shape[1]], sin[: x.shape[1]]) for x in streams]
        yield f"layers.{i}", block, {f"layers.{i}.{name}": one for name, one in statistics.items()}
        streams = [block(x, cos[: x.shape[1]], sin[: x.shape[1]]) for x in streams] if changing else outputs


def calibrate(model: Llama, sequences: Sequence[Tensor]) -> dict[str, InputStatistics]:
    """Return the statistics of all linear layers inside the blocks of an unchanged model.

    Args:
        model: the finished model.
        sequences: token ids, each of shape (B, T).

    Returns:
        Statistics by the full name of the layer, such as ``layers.0.attention.q_proj``. The head is left out.

    Raises:
        ValueError: if there is no sequence, or one is not (B, T) token ids within the context.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> statistics = calibrate(Llama(config), [torch.tensor([[5, 11, 60]])])
        >>> len(statistics), statistics["layers.1.feedforward.down_proj"].second_moment.shape
        (14, torch.Size([40, 40]))
    """
    found = calibrate_blocks(model, sequences, changing=False)
    return {name: one for _, _, statistics in found for name, one in statistics.items()}
