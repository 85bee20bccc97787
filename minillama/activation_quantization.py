"""W8A8: multiply 8-bit activations by 8-bit weights, in whole numbers.

Weights are rounded once, activations anew for every input. The products of the matrix multiplication are then
integers, which hardware adds faster than floating numbers. What makes it hard are outliers: a few channels whose
activations are many times larger than the rest stretch the grid of everything that shares it.

Letters: T tokens, K inputs of a layer, N outputs.

Source: Dettmers et al., 2022, arXiv:2208.07339; Xiao et al., 2022, arXiv:2211.10438.
"""

from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor, nn

from .calibration import InputStatistics
from .channel_scaling import JUNCTIONS, divide_channels, shared_by_heads
from .model import Llama

LARGEST = 127  # level of the largest number; -128 is left out, so that the levels are symmetric
Sharing = Literal["tensor", "token", "channel"]


def quantize_activations(x: Tensor, share: Sharing = "token") -> tuple[Tensor, Tensor]:
    """Round activations to 255 levels that are symmetric about 0.

    Args:
        x: shape (..., K).
        share: which numbers share a scale: all of the ``"tensor"``, those of a ``"token"``, or those of a
            ``"channel"``. One scale for each channel would shut outliers in, but then the products inside a sum
            have different scales, so it cannot be taken out of the multiplication: it only serves to compare.

    Returns:
        Levels from -127 to 127, int8, in the shape of ``x``; and the scale, float32, of a shape that multiplies them.

    Raises:
        ValueError: if ``share`` is something else.

    Example:
        >>> levels, scale = quantize_activations(torch.tensor([[1.0, -0.5], [0.1, 12.7]]))
        >>> levels
        tensor([[127, -64],
                [  1, 127]], dtype=torch.int8)
        >>> levels * scale
        tensor([[ 1.0000, -0.5039],
                [ 0.1000, 12.7000]])

    Source:
        Xiao et al., 2022, arXiv:2211.10438, section 2, figure 3.
    """
    x = x.float()
    if share == "token":
        largest = x.abs().amax(-1, keepdim=True)  # (..., 1)
    elif share == "channel":
        largest = x.abs().flatten(0, -2).amax(0)  # (K,)
    elif share == "tensor":
        largest = x.abs().amax()
    else:
        raise ValueError(f"share must be 'tensor', 'token' or 'channel', got {share!r}")
    scale = largest / LARGEST
    levels = torch.where(scale > 0, x / scale, 0.0).round()
    return levels.to(torch.int8), scale


def int8_matmul(left: Tensor, right: Tensor) -> Tensor:
    """Multiply matrices of small integers exactly: the readable twin of ``fused_int8_matmul``.

    Args:
        left: int8, shape (T, K).
        right: int8, shape (N, K).

    Returns:
        ``left @ right.T``, int32, shape (T, N). Computed in float64, which holds every sum exactly.

    Example:
        >>> int8_matmul(torch.tensor([[100, -100]]).to(torch.int8), torch.tensor([[100, 27]]).to(torch.int8))
        tensor([[7300]], dtype=torch.int32)
    """
    return (left.double() @ right.double().T).to(torch.int32)


def fused_int8_matmul(left: Tensor, right: Tensor) -> Tensor:
    """Multiply matrices of small integers by PyTorch's kernel where it can: equal to ``int8_matmul``.

    Args:
        left: int8, shape (T, K).
        right: int8, shape (N, K).

    Returns:
        ``left @ right.T``, int32, shape (T, N).

    Example:
        >>> fused_int8_matmul(torch.tensor([[100, -100]]).to(torch.int8), torch.tensor([[100, 27]]).to(torch.int8))
        tensor([[7300]], dtype=torch.int32)
    """
    sizes_fit = len(left) > 16 and left.shape[1] % 8 == 0 and len(right) % 8 == 0  # what cuBLAS asks for
    if left.device.type == "cpu" or (left.device.type == "cuda" and sizes_fit):
        return torch._int_mm(left, right.T)
    return int8_matmul(left, right)


class W8A8Linear(nn.Module):
    """A linear layer without bias that multiplies in whole numbers.

    Each row of the weight has a scale, and so has each token; their product turns the integer sums back into numbers.

    Args:
        levels: of the weight, int8, shape (N, K).
        scale: of each row, float32, shape (N,).

    Example:
        >>> linear = nn.Linear(64, 3, bias=False)
        >>> x = torch.randn(2, 64)
        >>> torch.allclose(W8A8Linear.from_linear(linear)(x), linear(x), atol=0.05)
        True

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 2.2, "vector-wise quantization".
    """

    def __init__(self, levels: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("levels", levels)
        self.register_buffer("scale", scale)
        self.out_features, self.in_features = levels.shape

    @classmethod
    def from_linear(cls, linear: nn.Linear) -> "W8A8Linear":
        """Round the weight of a layer, each row to its own grid.

        Args:
            linear: without bias; not changed.

        Raises:
            ValueError: if the layer has a bias.
        """
        if linear.bias is not None:
            raise ValueError("only linear layers without bias can be converted, as those of LLaMA are: leave this out")
        levels, scale = quantize_activations(linear.weight.detach(), "token")  # a row of the weight is like a token
        return cls(levels, scale.squeeze(-1))

    def forward(self, x: Tensor) -> Tensor:
        """Round the input, multiply, and scale back; shape (..., K) in, (..., N) out, in the dtype of ``x``."""
        levels, scale = quantize_activations(x)
        sums = fused_int8_matmul(levels.flatten(0, -2), self.levels)  # (T, N)
        return (sums.view(*x.shape[:-1], -1) * scale * self.scale).to(x.dtype)


@torch.no_grad()
def smooth_model(model: Llama, statistics: Mapping[str, InputStatistics], alpha: float = 0.5) -> None:
    """Move outliers from the activations into the weights, where they are easier to round.

    Each channel is divided by ``largest input ** alpha / largest weight ** (1 - alpha)``, and the weights that read it
    are multiplied. The model goes on computing the same.

    Args:
        model: of floating layers, best float32; changed in place.
        statistics: of the unchanged model, as ``calibrate`` returns them.
        alpha: 0 evens out the weights, 1 the activations.

    Source:
        Xiao et al., 2022, arXiv:2211.10438, equation 4. The paper smooths behind norms; here also before the output
        and down projections.
    """
    for i, block in enumerate(model.layers):
        for junction in JUNCTIONS:
            inputs = statistics[f"layers.{i}.{junction.readers[0]}"].largest_absolute
            weights = torch.cat([block.get_submodule(reader).weight for reader in junction.readers])
            outputs = weights.abs().amax(0).float()
            scale = inputs.clamp(min=1e-5) ** alpha / outputs.clamp(min=1e-5) ** (1 - alpha)
            divide_channels(block, junction, shared_by_heads(scale, junction, block))
