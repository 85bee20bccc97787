"""GPTQ: round a weight column by column, and let the columns that are not rounded yet make up for each error.

Rounding to nearest treats every weight alone. But the outputs of a layer are sums, and inputs that move together can
take over from one another: what one weight gains by rounding, its neighbors can lose.

Letters: N outputs of a layer, K inputs.

Source: Frantar et al., 2022, arXiv:2210.17323; Hassibi and Stork, 1993, "Second order derivatives for network pruning:
Optimal Brain Surgeon".
"""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from .calibration import calibrate_blocks
from .model import Llama
from .quantization import Grid, codes_for, dequantize, find_grid, storable_grid
from .quantized_layers import QuantizedLinear
from .surgery import replace_linears

BLOCK = 128  # columns that are rounded before the columns behind them are touched


def gptq_quantize(
    weight: Tensor, second_moment: Tensor, grid: Grid, damping: float = 0.01
) -> tuple[Tensor, Tensor, Tensor]:
    """Round a weight so that the outputs of its layer change little, for inputs like those measured.

    The grid of a group is laid when its first column is reached, over what the weights have become by then.

    Args:
        weight: shape (N, K).
        second_moment: mean (or sum) of x x^T over the inputs x of the layer, shape (K, K).
        grid: bits, groups and symmetry.
        damping: added to the diagonal of the second moment, as a share of its mean: it keeps channels that were
            never active, or few tokens, from moving weights far.

    Returns:
        Codes, uint8, shape (N, K); scale and minimum, float32 with values of float16, both of shape (N, groups).

    Raises:
        ValueError: if the second moment does not fit the weight or is not finite, the damping is not positive, or the
            groups do not divide the rows.

    Example:
        >>> weight = torch.tensor([[0.4, 0.4, 1.0]])  # on the grid -1, 0, 1
        >>> together = torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])  # inputs 0 and 1 are equal
        >>> dequantize(*gptq_quantize(weight, together, Grid(2, symmetric=True)))  # so 0.8 is better split 0 + 1
        tensor([[0., 1., 1.]])

    Source:
        Frantar et al., 2022, arXiv:2210.17323, algorithm 1.
    """
    n_rows, n_columns = weight.shape
    _require_moment(second_moment, n_columns, damping)
    size = n_columns // grid.n_groups(n_columns)
    passed_on = _passed_on(second_moment, damping).float()  # (K, K)
    rest = weight.detach().float().clone()
    codes, scales, minima = torch.empty_like(rest, dtype=torch.uint8), [], []
    for start in range(0, n_columns, size):
        whole_row = replace(grid, group=None)
        scale, minimum = storable_grid(*find_grid(rest[:, start : start + size], whole_row), whole_row)  # (N, 1)
        for first in range(start, start + size, BLOCK):
            end = min(first + BLOCK, start + size)
            block = slice(first, end)
            codes[:, block], errors = _round_columns(rest[:, block], passed_on[block, block], scale, minimum, grid.bits)
            rest[:, end:] -= errors @ passed_on[block, end:]
        scales.append(scale)
        minima.append(minimum)
    return codes, torch.cat(scales, 1), torch.cat(minima, 1)


def _round_columns(
    weight: Tensor, passed_on: Tensor, scale: Tensor, minimum: Tensor, bits: int
) -> tuple[Tensor, Tensor]:
    """Round a few columns in order, each passing its error on to those behind it; codes and errors, both (N, few)."""
    weight = weight.clone()
    codes, errors = torch.empty_like(weight, dtype=torch.uint8), torch.empty_like(weight)
    for i in range(weight.shape[1]):
        code = codes_for(weight[:, i : i + 1], scale, minimum, bits)  # (N, 1)
        error = weight[:, i : i + 1] - dequantize(code, scale, minimum)
        weight[:, i + 1 :] -= error @ passed_on[i : i + 1, i + 1 :]
        codes[:, i : i + 1], errors[:, i : i + 1] = code, error
    return codes, errors


def _passed_on(second_moment: Tensor, damping: float) -> Tensor:
    """Row i: how much of an error in column i is subtracted from each column behind it; (K, K), float64.

    The best correction of the later columns, once column i is fixed, is a row of the inverse of the second moment of
    columns i and up, divided by its first entry. All these inverses stand in one triangle, the upper Cholesky factor
    of the inverse of the whole.
    """
    hessian = second_moment.double()
    mean = hessian.diagonal().mean()
    hessian = hessian + torch.eye(len(hessian), device=hessian.device) * damping * (mean if mean > 0 else 1.0)
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian))
    triangle = torch.linalg.cholesky(inverse, upper=True)
    return triangle / triangle.diagonal()[:, None]


def _require_moment(second_moment: Tensor, n_columns: int, damping: float) -> None:
    if second_moment.shape != (n_columns, n_columns):
        raise ValueError(
            f"a weight with {n_columns} columns needs a second moment of shape ({n_columns}, {n_columns}), got "
            f"{tuple(second_moment.shape)}: take the one that was measured at the input of this layer"
        )
    if not second_moment.isfinite().all():
        raise ValueError("the second moment has entries that are not finite: look for inf or nan in the layer's inputs")
    if not damping > 0:
        raise ValueError(f"damping must be positive, got {damping}: 0.01 is usual")


def gptq_model(model: Llama, sequences: Sequence[Tensor], grid: Grid) -> None:
    """Replace all linear layers of the blocks by layers rounded with GPTQ, block by block.

    Each block is measured on the outputs of the rounded blocks before it, so that it can make up for them too. Head
    and embedding stay as they are.

    Args:
        model: changed in place.
        sequences: token ids to measure on, each of shape (B, T).
        grid: bits, groups and symmetry.

    Raises:
        ValueError: if there is no sequence, or one is not (B, T) token ids within the context; or the groups do not
            divide the rows of a layer.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> model = Llama(config)
        >>> gptq_model(model, [torch.tensor([[5, 11, 60]])], Grid(4, group=8))
        >>> type(model.layers[0].attention.q_proj).__name__
        'QuantizedLinear'

    Source:
        Frantar et al., 2022, arXiv:2210.17323, section 4.
    """
    for prefix, block, statistics in calibrate_blocks(model, sequences):

        def rounded(name: str, layer: nn.Linear, prefix: str = prefix, statistics: dict = statistics) -> nn.Module:
            second_moment = statistics[f"{prefix}.{name}"].second_moment
            return QuantizedLinear.from_linear(
                layer, grid, lambda weight, grid: gptq_quantize(weight, second_moment, grid)
            )

        replace_linears(block, rounded)
