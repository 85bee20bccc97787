"""How to train, and what one step of training did.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.3.
"""

import math
from dataclasses import dataclass

PRECISIONS = ("float32", "bfloat16", "float16")


@dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """How to train. Frozen: make variants with ``dataclasses.replace``.

    Args:
        n_steps: updates of the weights in the whole run.
        learning_rate: peak of the schedule.
        n_warmup: steps of the rise to the peak.
        final_fraction: where the cosine ends, as a share of the peak.
        weight_decay: for matrices; gains do not decay.
        betas: of AdamW.
        clip_norm: longest gradient allowed; ``math.inf`` does not clip.
        accumulate: batches whose gradients are added up before one update.
        precision: dtype of the matrix products: float32, bfloat16 or float16. Weights stay float32.
        z_loss: weight of the squared log Z in the loss; 0 leaves it out.
        chunk_tokens: tokens whose logits exist at the same time; 0 computes them all at once.
        seed: for the caller, who draws the first weights and orders the data; ``train`` draws nothing.

    Raises:
        ValueError: if a value is out of range.

    Example:
        >>> TrainConfig(n_steps=100, learning_rate=1e-3, n_warmup=10).final_fraction
        0.1

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.3, for the defaults.
    """

    n_steps: int
    learning_rate: float
    n_warmup: int = 0
    final_fraction: float = 0.1
    weight_decay: float = 0.1
    betas: tuple[float, float] = (0.9, 0.95)
    clip_norm: float = 1.0
    accumulate: int = 1
    precision: str = "float32"
    z_loss: float = 0.0
    chunk_tokens: int = 512
    seed: int = 0

    def __post_init__(self) -> None:
        for name, least in (("n_steps", 1), ("n_warmup", 0), ("accumulate", 1), ("chunk_tokens", 0), ("seed", 0)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise ValueError(f"{name} must be a whole number from {least} on, got {value!r}")
        for name, is_good, needed in (
            ("learning_rate", 0 < self.learning_rate < math.inf, "a positive number"),
            ("clip_norm", self.clip_norm > 0, "positive"),
            ("weight_decay", 0 <= self.weight_decay < math.inf, "0 or more"),
            ("z_loss", 0 <= self.z_loss < math.inf, "0 or more"),
            ("final_fraction", 0 <= self.final_fraction <= 1, "between 0 and 1"),
        ):
            if not is_good:
                raise ValueError(f"{name} must be {needed}, got {getattr(self, name)}")
        if self.n_warmup > self.n_steps:
            raise ValueError(f"n_warmup ({self.n_warmup}) must not exceed n_steps ({self.n_steps})")
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, got {self.precision!r}")
        if len(self.betas) != 2 or not all(0 <= beta < 1 for beta in self.betas):
            raise ValueError(f"betas must be two numbers from 0 to below 1, got {self.betas}")


@dataclass(frozen=True)
class Step:
    """What one update did.

    Args:
        index: number of the step, from 0.
        loss: mean over the learned targets of the step in this process, before the update; nats per token, z-loss
            included.
        learning_rate: of this update.
        grad_norm: length of the gradient before clipping; infinite if float16 overflowed and the update was
            left out.
        n_tokens: tokens read.
        seconds: time from asking for the data to the end of the update.
        flops: operations that the forward and backward passes need; recomputation does not count.
    """

    index: int
    loss: float
    learning_rate: float
    grad_norm: float
    n_tokens: int
    seconds: float
    flops: int

    @property
    def tokens_per_second(self) -> float:
        """Tokens read per second."""
        return self.n_tokens / self.seconds

    def mfu(self, peak_flops: float) -> float:
        """Return the model FLOPs utilization: the share of the machine's peak that the model's products got.

        Args:
            peak_flops: what the machine can do, in operations per second.

        Source:
            Chowdhery et al., 2022, arXiv:2204.02311, section 4.1.
        """
        return self.flops / self.seconds / peak_flops
