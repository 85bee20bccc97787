"""The loss at the end of a pipeline, micro-batch by micro-batch."""

import torch
from torch import Tensor, nn

from ..backward import autocast, count_targets, head_loss
from ..train_config import TrainConfig


def stage_loss(last: nn.Module, config: TrainConfig, n_targets: float, hidden: Tensor, targets: Tensor) -> Tensor:
    """Return what one micro-batch adds to the loss of its step.

    Args:
        last: the last stage, with its ``lm_head``.
        config: form and precision of the loss.
        n_targets: what the summed loss is divided by.
        hidden: the normalized residual stream, shape (b, T, C), or cut along T with sequence parallelism.
        targets: shape (b, T); all of them may be ``IGNORE``.

    Returns:
        A scalar, in nats per token.
    """
    count = count_targets(targets)
    if not count:
        targets = torch.zeros_like(targets)  # any will do: the weight is 0, but the pass must be like the others
    with autocast(hidden.device.type, config.precision):
        loss = head_loss(last.lm_head, hidden, targets, config.chunk_tokens, config.z_loss)
    return loss * (count / n_targets)


def fill_up(rows: Tensor, multiple: int, value: int) -> Tensor:
    """Add rows until their number is a multiple of some number.

    Args:
        rows: shape (B, T).
        multiple: of the result's rows.
        value: what the new rows hold: ``IGNORE`` for targets, any token for tokens.

    Example:
        >>> fill_up(torch.tensor([[1, 2]]), 2, -100).tolist()
        [[1, 2], [-100, -100]]
    """
    n_more = -len(rows) % multiple
    return torch.cat((rows, rows.new_full((n_more, rows.shape[1]), value)))
