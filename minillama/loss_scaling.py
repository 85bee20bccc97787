"""Loss scaling: keep small gradients alive in float16.

Source: Micikevicius et al., 2018, arXiv:1710.03740.
"""

from collections.abc import Iterable

import torch
from torch import Tensor


class LossScaler:
    """Multiply the loss before the backward pass, divide the gradients after it.

    float16 knows nothing between 0 and 6e-8, and many gradients are smaller. A factor on the loss is a factor on
    every gradient, so they move into range. The best factor is the largest that does not overflow: it doubles
    after many good steps and halves, leaving the step out, as soon as a gradient is not finite.

    Args:
        scale: first factor.
        growth: what the factor is multiplied by after ``patience`` good steps in a row.
        backoff: what it is multiplied by after an overflow.
        patience: good steps before the factor grows.

    Raises:
        ValueError: if a setting is out of range.

    Example:
        >>> scaler = LossScaler(scale=1024.0)
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> scaler.scaled((3 * weight).sum()).backward()
        >>> weight.grad
        tensor([3072.])
        >>> scaler.unscale([weight]), weight.grad
        (True, tensor([3.]))

    Source:
        Micikevicius et al., 2018, arXiv:1710.03740, section 3.2.
    """

    def __init__(
        self, scale: float = 65_536.0, growth: float = 2.0, backoff: float = 0.5, patience: int = 2000
    ) -> None:
        if not (scale > 0 and growth > 1 and 0 < backoff < 1 and patience >= 1):
            raise ValueError(
                "a scaler needs a positive scale, growth above 1, backoff between 0 and 1 and a patience of at "
                f"least 1; got {scale}, {growth}, {backoff} and {patience}"
            )
        self.scale, self.growth, self.backoff, self.patience = float(scale), growth, backoff, patience
        self.n_good = 0

    def scaled(self, loss: Tensor) -> Tensor:
        """Return the loss to run the backward pass on."""
        return loss * self.scale

    @torch.no_grad()
    def unscale(self, parameters: Iterable[Tensor]) -> bool:
        """Divide the gradients by the scale; say whether all are finite. Then call ``update``."""
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        if gradients:
            torch._foreach_mul_(gradients, 1 / self.scale)
        return all(bool(gradient.isfinite().all()) for gradient in gradients)

    def update(self, finite: bool) -> None:
        """Change the scale after a step.

        Args:
            finite: what ``unscale`` returned; the weights must be left alone if it is False.
        """
        self.n_good = self.n_good + 1 if finite else 0
        if not finite:
            self.scale *= self.backoff
        elif self.n_good == self.patience:
            self.scale, self.n_good = self.scale * self.growth, 0

    def state_dict(self) -> dict[str, float]:
        """Return what a checkpoint must keep."""
        return {"scale": self.scale, "n_good": self.n_good}

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Go on from a kept state.

        Args:
            state: as returned by ``state_dict``.
        """
        self.scale, self.n_good = float(state["scale"]), int(state["n_good"])
