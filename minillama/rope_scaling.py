"""RoPE scaling: change the rotation frequencies so that a model reads longer texts.

Each scaling is a frozen object that maps frequencies to frequencies, so ``rope_table``
needs no branch for them.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class LinearScaling:
    """Position interpolation: slow every pair by the same factor.

    Args:
        factor: how many times longer the context becomes; at least 1.

    Example:
        >>> LinearScaling(factor=4.0)(torch.tensor([1.0, 0.1]))
        tensor([0.2500, 0.0250])

    Source:
        Chen et al., 2023, arXiv:2306.15595.
    """

    factor: float

    def __post_init__(self) -> None:
        _require_factor(self.factor)

    def __call__(self, frequencies: Tensor) -> Tensor:
        """(D/2,) -> (D/2,)."""
        return frequencies / self.factor


@dataclass(frozen=True)
class Llama3Scaling:
    """Llama 3.1: slow only the pairs that never completed a turn in training.

    Pairs whose wavelength is short against the original context keep their speed, long
    ones are slowed by ``factor``, and those between are blended.

    Args:
        factor: how much the slow pairs are slowed; 8 for Llama 3.1, 32 for Llama 3.2 1B and 3B.
        low_freq_factor: pairs with fewer turns than this in the original context are slowed fully.
        high_freq_factor: pairs with more turns than this keep their speed.
        original_max_seq_len: context length before the change, in tokens.

    Example:
        >>> scaling = Llama3Scaling(factor=8.0, original_max_seq_len=8192)
        >>> scaling(torch.tensor([1.0, 1e-6])) / torch.tensor([1.0, 1e-6])
        tensor([1.0000, 0.1250])

    Source:
        meta-llama/llama-models, models/llama3 reference code.
    """

    factor: float
    low_freq_factor: float = 1.0
    high_freq_factor: float = 4.0
    original_max_seq_len: int = 8192

    def __post_init__(self) -> None:
        _require_factor(self.factor)
        if not 0 < self.low_freq_factor < self.high_freq_factor:
            raise ValueError(
                f"low_freq_factor ({self.low_freq_factor}) must be positive and below "
                f"high_freq_factor ({self.high_freq_factor})"
            )

    def __call__(self, frequencies: Tensor) -> Tensor:
        """(D/2,) -> (D/2,)."""
        turns = self.original_max_seq_len * frequencies / (2 * math.pi)
        keep = (turns - self.low_freq_factor) / (self.high_freq_factor - self.low_freq_factor)
        keep = keep.clamp(0, 1)
        return keep * frequencies + (1 - keep) * frequencies / self.factor


@dataclass(frozen=True)
class FactorScaling:
    """Divide each pair by its own factor, as GGUF files store a scaling.

    Args:
        factors: D/2 positive divisors.

    Example:
        >>> FactorScaling(factors=(1.0, 8.0))(torch.tensor([1.0, 0.8]))
        tensor([1.0000, 0.1000])

    Source:
        llama.cpp, the tensor ``rope_freqs.weight``.
    """

    factors: tuple[float, ...]

    def __post_init__(self) -> None:
        if not all(factor > 0 for factor in self.factors):
            raise ValueError(f"factors must be positive, got {min(self.factors)}")

    def __call__(self, frequencies: Tensor) -> Tensor:
        """(D/2,) -> (D/2,)."""
        if len(self.factors) != len(frequencies):
            raise ValueError(f"{len(self.factors)} factors cannot scale {len(frequencies)} frequencies: give one each")
        return frequencies / torch.tensor(self.factors)


RopeScaling = LinearScaling | Llama3Scaling | FactorScaling


def _require_factor(factor: float) -> None:
    """Refuse a factor that would shorten the context."""
    if not factor >= 1:
        raise ValueError(f"factor must be at least 1, got {factor}")
