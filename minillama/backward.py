"""One backward pass: the gradient of the loss on the batches of a step.

Shape letters: B batch, T tokens, V vocabulary.
"""

import contextlib

import torch
from torch import Tensor, nn

from .loss import IGNORE, chunked_loss, next_token_loss
from .loss_scaling import LossScaler
from .train_config import TrainConfig

Batch = tuple[Tensor, Tensor]


def model_loss(model: nn.Module, tokens: Tensor, targets: Tensor, chunk_tokens: int = 0, z_loss: float = 0.0) -> Tensor:
    """Return the mean loss of a model on one batch, in chunks where the model allows it.

    Args:
        model: maps tokens to logits. Chunks need ``hidden_states`` and a linear ``lm_head`` without bias, as ``Llama``
            has them. A head with a method ``loss`` of its own is asked instead, with the arguments of
            ``chunked_loss`` but for the weight.
        tokens: shape (B, T); moved to the device of the model.
        targets: shape (B, T), with ``IGNORE`` where nothing is learned.
        chunk_tokens: tokens whose logits exist at the same time; 0 computes them all at once.
        z_loss: weight of the squared log Z.

    Returns:
        A scalar, in nats per token.

    Example:
        >>> guess = nn.Embedding.from_pretrained(torch.zeros(4, 4))
        >>> model_loss(guess, torch.tensor([[0, 1]]), torch.tensor([[2, 3]]))
        tensor(1.3863)
    """
    device = next(model.parameters()).device
    tokens, targets = tokens.to(device, non_blocking=True), targets.to(device, non_blocking=True)
    head = getattr(model, "lm_head", None)
    is_plain = hasattr(model, "hidden_states") and type(head) is nn.Linear and head.bias is None
    if hasattr(head, "loss") or (chunk_tokens and is_plain):
        return head_loss(head, model.hidden_states(tokens), targets, chunk_tokens, z_loss)
    return next_token_loss(model(tokens), targets, z_loss)


def head_loss(head: nn.Module, hidden: Tensor, targets: Tensor, chunk_tokens: int = 0, z_loss: float = 0.0) -> Tensor:
    """Return the mean loss at the end of a model, in chunks.

    Args:
        head: a linear layer without bias, or one with a method ``loss`` of its own.
        hidden: the normalized residual stream, shape (B, T, C), as this head takes it.
        targets: shape (B, T), with ``IGNORE`` where nothing is learned.
        chunk_tokens: tokens whose logits exist at the same time; 0 computes them all at once.
        z_loss: weight of the squared log Z.

    Returns:
        A scalar, in nats per token.

    Example:
        >>> head = nn.Linear(2, 4, bias=False)
        >>> _ = nn.init.zeros_(head.weight)
        >>> head_loss(head, torch.ones(1, 3, 2), torch.tensor([[0, 1, 2]])).item() == torch.tensor(4.0).log().item()
        True
    """
    chunk_tokens = chunk_tokens or targets.numel()
    if hasattr(head, "loss"):
        return head.loss(hidden, targets, chunk_tokens, z_loss)
    return chunked_loss(hidden, head.weight, targets, chunk_tokens, z_loss)


def count_targets(targets: Tensor) -> int:
    """Return how many targets are learned: all but ``IGNORE``.

    Args:
        targets: any shape.

    Example:
        >>> count_targets(torch.tensor([[3, IGNORE, 5]]))
        2
    """
    return int((targets != IGNORE).sum())


def accumulate_gradients(
    model: nn.Module,
    group: list[Batch],
    config: TrainConfig,
    scaler: LossScaler | None = None,
    n_targets: float | None = None,
) -> tuple[float, int]:
    """Add up the gradients of several batches, so that every target counts alike.

    Args:
        model: its gradients are added to.
        group: batches of one step.
        config: precision and form of the loss.
        scaler: multiplies the loss against underflow of float16.
        n_targets: what the summed loss is divided by; by default the number of targets in the group. Processes that
            average their gradients divide by the mean of their numbers of targets.

    Returns:
        The loss, and the number of targets in the group.

    Raises:
        ValueError: if there is nothing to learn and ``n_targets`` is not given.

    Example:
        >>> guess = nn.Embedding.from_pretrained(torch.zeros(4, 4), freeze=False)
        >>> batch = torch.tensor([[0, 1]]), torch.tensor([[2, IGNORE]])
        >>> loss, n_targets = accumulate_gradients(guess, [batch, batch], TrainConfig(n_steps=1, learning_rate=0.1))
        >>> round(loss, 4), n_targets
        (1.3863, 2)
    """
    counts = [count_targets(targets) for _, targets in group]
    divide_by = sum(counts) if n_targets is None else n_targets
    device = next(model.parameters()).device.type
    total: Tensor | float = 0.0
    for (tokens, targets), count in zip(group, counts, strict=True):
        if count == 0 and divide_by:
            targets = tokens  # any will do: the weight is 0, but the pass must not be left out where others wait for it
        with autocast(device, config.precision):
            loss = model_loss(model, tokens, targets, config.chunk_tokens, config.z_loss)
            loss = loss * (count / divide_by)
        (loss if scaler is None else scaler.scaled(loss)).backward()
        total = total + loss.detach()
    return float(total), sum(counts)


def autocast(device: str, precision: str) -> contextlib.AbstractContextManager:
    """Return a context in which matrix products run in the chosen dtype.

    Args:
        device: such as ``"cpu"``.
        precision: float32, bfloat16 or float16.
    """
    if precision == "float32":
        return contextlib.nullcontext()
    return torch.autocast(device, dtype=getattr(torch, precision))
