"""AWQ: before rounding, enlarge the weights that matter, so that they lose less.

A weight matters as much as its input is large. Multiplying a column by s and dividing its input by s changes nothing,
but the rounding error of that column, about half a step of the group's grid, is then divided by s as well. The price
is a wider grid for the rest of the group, so the best s is found by trying.

Letters: N outputs of a layer, K inputs, G groups of inputs that share a grid.

Source: Lin et al., 2023, arXiv:2306.00978.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from .calibration import InputStatistics, output_error
from .channel_scaling import JUNCTIONS, divide_channels, shared_by_heads
from .model import Llama
from .quantization import Grid, dequantize, quantize

ALPHAS = tuple(i / 10 for i in range(11))
SHARES = tuple(1 - i / 40 for i in range(15))  # from 1 down to 0.65


def importance(statistics: InputStatistics, alpha: float) -> Tensor:
    """Return how much to enlarge each column: its mean absolute input to a power, with a geometric middle of 1.

    Args:
        statistics: of the inputs.
        alpha: 0 enlarges nothing; 1 goes all the way, until all inputs are equally large.

    Returns:
        Shape (K,), positive. Channels that were never active count as a thousandth of the mean channel.

    Example:
        >>> statistics = InputStatistics(3)
        >>> statistics.add(torch.tensor([[1.0, 4.0, 16.0]]))
        >>> importance(statistics, alpha=0.5)
        tensor([0.5000, 1.0000, 2.0000])

    Source:
        Lin et al., 2023, arXiv:2306.00978, equation 4.
    """
    size = statistics.mean_absolute
    mean = size.mean()
    size = size.clamp(min=1e-3 * mean) if mean > 0 else torch.ones_like(size)
    scale = size**alpha
    return scale / (scale.max() * scale.min()).sqrt()


def rounding_error(weights: Sequence[Tensor], scale: Tensor, second_moment: Tensor, grid: Grid) -> float:
    """Return how far the outputs move if columns are enlarged, rounded, and their inputs divided.

    Args:
        weights: of layers that share their input, each of shape (N, K).
        scale: by which columns are enlarged, shape (K,).
        second_moment: mean of x x^T over the inputs before the division, shape (K, K).
        grid: bits, groups and symmetry.
    """
    rounded = [dequantize(*quantize(weight * scale, grid)) / scale for weight in weights]
    return sum(output_error(new - old, second_moment) for new, old in zip(rounded, weights, strict=True))


@torch.no_grad()
def awq_scale(model: Llama, statistics: Mapping[str, InputStatistics], grid: Grid) -> dict[str, InputStatistics]:
    """Enlarge the columns that matter, and fold the division of their inputs into the layers before.

    The model goes on computing the same. Round it with ``quantize_model`` afterwards.

    Args:
        model: of floating layers, best float32; changed in place.
        statistics: of the unchanged model, as ``calibrate`` returns them.
        grid: on which the model will be rounded.

    Returns:
        The statistics of the changed model, for ``awq_clip``.

    Raises:
        ValueError: if the groups do not divide the rows of a layer.

    Source:
        Lin et al., 2023, arXiv:2306.00978, section 3.2. The paper measures the error at the end of the attention or
        feed-forward layer; here it is the error at the outputs of the matrices.
    """
    changed = dict(statistics)
    for i, block in enumerate(model.layers):
        for junction in JUNCTIONS:
            names = [f"layers.{i}.{reader}" for reader in junction.readers]
            inputs = statistics[names[0]]
            weights = [model.get_submodule(name).weight.detach().float() for name in names]
            scales = [shared_by_heads(importance(inputs, alpha), junction, block) for alpha in ALPHAS]
            scale = min(scales, key=lambda scale: rounding_error(weights, scale, inputs.second_moment, grid))
            divide_channels(block, junction, scale)
            changed |= dict.fromkeys(names, inputs.divided_by(scale))
    return changed


@torch.no_grad()
def clipped(weight: Tensor, second_moment: Tensor, grid: Grid) -> Tensor:
    """Return a weight whose groups are cut off where that makes its rounding better.

    A grid that need not reach the largest weight of its group is finer for all others.

    Args:
        weight: shape (N, K).
        second_moment: mean of x x^T over the inputs, shape (K, K); only products inside a group are used.
        grid: bits, groups and symmetry.

    Returns:
        Shape (N, K), float32.

    Example:
        >>> weight = torch.tensor([[0.9, 0.9, 0.9, 1.2]])  # of all inputs, the last one matters least
        >>> clipped(weight, torch.diag(torch.tensor([1.0, 1.0, 1.0, 0.01])), Grid(2, symmetric=True))
        tensor([[0.9000, 0.9000, 0.9000, 0.9000]])

    Source:
        Lin et al., 2023, arXiv:2306.00978, section 5.1, "AWQ"; the authors' code.
    """
    n_groups = grid.n_groups(weight.shape[1])
    groups = weight.detach().float().unflatten(1, (n_groups, -1))  # (N, G, K/G)
    size = groups.shape[2]
    moments = torch.stack([second_moment[i : i + size, i : i + size] for i in range(0, weight.shape[1], size)])
    low, high = groups.amin(2, keepdim=True), groups.amax(2, keepdim=True)
    if grid.symmetric:
        high = torch.maximum(high, -low)
        low = -high
    best, least = groups, torch.full_like(high, torch.inf)
    for share in SHARES:
        cut = groups.clamp(share * low, share * high)
        error = dequantize(*quantize(cut.flatten(1), grid)).view_as(cut) - groups
        cost = torch.einsum("ngi,gij,ngj->ng", error, moments, error)[..., None]  # (N, G, 1)
        best, least = torch.where(cost < least, cut, best), torch.minimum(cost, least)
    return best.flatten(1)


@torch.no_grad()
def awq_clip(model: Llama, statistics: Mapping[str, InputStatistics], grid: Grid) -> None:
    """Cut off the largest weights of all groups where that makes the rounding better.

    Unlike ``awq_scale`` this changes what the model computes, a little; it is a part of the rounding to come. Queries
    and keys are left out: their products make errors grow in ways that this does not measure.

    Args:
        model: of floating layers; changed in place.
        statistics: of this model, as ``awq_scale`` returns them.
        grid: on which the model will be rounded.

    Raises:
        ValueError: if the groups do not divide the rows of a layer.

    Source:
        Lin et al., 2023, arXiv:2306.00978, and the authors' code.
    """
    for name, inputs in statistics.items():
        if not name.endswith(("q_proj", "k_proj")):
            weight = model.get_submodule(name).weight
            weight.copy_(clipped(weight, inputs.second_moment, grid))
