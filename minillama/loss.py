"""The next-token loss: how surprised the model was, in nats per token.

Shape letters: B batch, T tokens, C dim, V vocabulary, N tokens of one chunk.

Source: Shannon, 1948; z-loss from Chowdhery et al., 2022, PaLM, arXiv:2204.02311, section 5.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

IGNORE = -100  # a target that is not learned, such as the first token of a document

ScoreChunk = Callable[[Tensor, Tensor, float], tuple[Tensor, Tensor, Tensor]]


def next_token_loss(logits: Tensor, targets: Tensor, z_loss: float = 0.0) -> Tensor:
    """Return the mean of -log(probability of the right token), in nats.

    The probability is a softmax of the logits, so its logarithm is the right token's logit minus the
    logarithm of the sum of all exponentials, log Z. Computed in float32 at least.

    Args:
        logits: shape (B, T, V), any floating dtype.
        targets: the right tokens, shape (B, T), integers below V or ``IGNORE``.
        z_loss: weight of the mean of (log Z)^2, which keeps logits from drifting; PaLM used 1e-4.

    Returns:
        A scalar. A model that knows nothing gets log V.

    Raises:
        ValueError: if the shapes do not fit or every target is ``IGNORE``.

    Example:
        >>> next_token_loss(torch.zeros(1, 2, 4), torch.tensor([[3, IGNORE]]))  # log 4
        tensor(1.3863)

    Source:
        Chowdhery et al., 2022, arXiv:2204.02311, section 5, for the z-loss.
    """
    nats, log_z = _nats(logits, targets)
    loss = nats.mean()
    return loss + z_loss * log_z.pow(2).mean() if z_loss else loss


def summed_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the sum of -log(probability of the right token), in nats: what ``bits_per_byte`` takes.

    Args:
        logits: shape (B, T, V), any floating dtype.
        targets: the right tokens, shape (B, T), integers below V or ``IGNORE``.

    Returns:
        A scalar.

    Raises:
        ValueError: if the shapes do not fit or every target is ``IGNORE``.

    Example:
        >>> summed_loss(torch.zeros(1, 3, 4), torch.tensor([[3, 0, IGNORE]]))  # 2 log 4
        tensor(2.7726)
    """
    return _nats(logits, targets)[0].sum()


def chunked_loss(
    hidden: Tensor,
    weight: Tensor,
    targets: Tensor,
    chunk_tokens: int,
    z_loss: float = 0.0,
    score: ScoreChunk | None = None,
) -> Tensor:
    """Return ``next_token_loss`` of ``hidden @ weight.T`` without ever holding the logits of all tokens.

    The logits of a large vocabulary are the largest tensor of a training step: 4 million tokens times 32,000
    entries. Here they exist for ``chunk_tokens`` tokens at a time. Each chunk's gradient is computed at once,
    while its logits are at hand, so the backward pass has nothing left to do but scale it.

    Args:
        hidden: the normalized residual stream, shape (B, T, C).
        weight: the output head, shape (V, C).
        targets: the right tokens, shape (B, T), integers below V or ``IGNORE``.
        chunk_tokens: N, tokens whose logits exist at the same time; positive.
        z_loss: weight of the mean of (log Z)^2.
        score: computes the loss of a chunk from its logits; by default ``score_chunk``. Another function may know
            logits of which a part is elsewhere.

    Returns:
        A scalar. Products run in the autocast dtype where autocast is on, the loss in float32 at least.

    Raises:
        ValueError: if the shapes do not fit, every target is ``IGNORE`` or ``chunk_tokens`` is not positive.

    Example:
        >>> hidden, head = torch.randn(2, 3, 8), torch.randn(11, 8)
        >>> targets = torch.tensor([[1, 2, 3], [4, 5, IGNORE]])
        >>> loss = chunked_loss(hidden, head, targets, chunk_tokens=4)
        >>> torch.allclose(loss, next_token_loss(hidden @ head.T, targets))
        True

    Source:
        Wijmans et al., 2024, Cut Your Losses, arXiv:2411.09009, computes the loss in blocks inside one kernel.
    """
    if chunk_tokens < 1:
        raise ValueError(f"chunk_tokens must be positive, got {chunk_tokens}: a few hundred tokens are a good start")
    _require_targets(hidden, targets)
    score = score or score_chunk
    return _ChunkedLoss.apply(hidden, weight, targets, chunk_tokens, z_loss, score, torch.is_grad_enabled())


def bits_per_byte(nats: float, n_bytes: int) -> float:
    """Convert a summed loss to bits per byte of text.

    Loss per token depends on the tokenizer; this does not, so models with different vocabularies can be
    compared.

    Args:
        nats: cross-entropy summed over the predicted tokens.
        n_bytes: UTF-8 length of the predicted text; special tokens count 0.

    Returns:
        Bits per byte. Lower is better; guessing uniform bytes costs 8.

    Raises:
        ValueError: if ``n_bytes`` is not positive.

    Example:
        >>> bits_per_byte(nats=24 * math.log(2), n_bytes=8)
        3.0

    Source:
        Gao et al., 2020, The Pile, arXiv:2101.00027, section 3.1.
    """
    if n_bytes < 1:
        raise ValueError(f"n_bytes must be positive, got {n_bytes}: count the bytes of the text that was predicted")
    return nats / math.log(2) / n_bytes


def _nats(logits: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
    """Return -log(probability) and log Z of every learned target, one entry each."""
    _require_targets(logits, targets)
    learned = targets != IGNORE  # (B, T)
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    safe = targets.masked_fill(~learned, 0).unsqueeze(-1)  # (B, T, 1)
    nats = -torch.log_softmax(wide, dim=-1).gather(-1, safe).squeeze(-1)  # (B, T)
    log_z = wide.gather(-1, safe).squeeze(-1) + nats
    return nats[learned], log_z[learned]


def _require_targets(scores: Tensor, targets: Tensor) -> None:
    """Refuse targets of another shape, and a batch from which nothing can be learned."""
    if targets.shape != scores.shape[:-1]:
        raise ValueError(
            f"targets have shape {tuple(targets.shape)}, but there are predictions for {tuple(scores.shape[:-1])}: "
            "give one target per position"
        )
    if not (targets != IGNORE).any():
        raise ValueError("every target is IGNORE, so there is nothing to learn: leave this batch out")


class _ChunkedLoss(torch.autograd.Function):
    """The loss, with its gradients computed chunk by chunk in the forward pass."""

    @staticmethod
    def forward(
        ctx,
        hidden: Tensor,
        weight: Tensor,
        targets: Tensor,
        chunk_tokens: int,
        z_loss: float,
        score: ScoreChunk,
        learn: bool,
    ) -> Tensor:
        """Return the loss; keep both gradients if they are needed."""
        device = hidden.device.type
        dtype = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
        learn = learn and any(ctx.needs_input_grad)
        rows, flat = hidden.flatten(0, -2), targets.flatten()  # (B*T, C), (B*T,)
        grad_rows = torch.empty_like(rows) if learn else None
        grad_weight = torch.zeros_like(weight) if learn else None
        total = 0.0
        with torch.autocast(device, enabled=False):
            head = weight.to(dtype)
            for start in range(0, len(flat), chunk_tokens):
                place = slice(start, start + chunk_tokens)
                chunk = rows[place].to(dtype)  # (N, C)
                loss, grad, share = score(chunk @ head.T, flat[place], z_loss)
                total = total + loss
                if learn:
                    grad = grad.to(dtype)  # (N, V)
                    torch.mul(grad @ head, share, out=grad_rows[place])
                    _add_product(grad_weight, grad.T, chunk * share.to(dtype))
        n_learned = (flat != IGNORE).sum()
        if learn:
            ctx.save_for_backward(grad_rows.view_as(hidden), grad_weight, n_learned)
        return total / n_learned

    @staticmethod
    @once_differentiable
    def backward(ctx, grad_loss: Tensor) -> tuple[Tensor | None, ...]:
        """Scale the gradients that are already there."""
        grad_hidden, grad_weight, n_learned = ctx.saved_tensors
        factor = grad_loss / n_learned
        return grad_hidden * factor, grad_weight * factor, None, None, None, None, None


def score_chunk(logits: Tensor, targets: Tensor, z_loss: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return the summed loss of some tokens, and its gradient by their logits as a product.

    The second factor is 0 for what is not learned; it can wait until the logits are gone, where it costs less.
    Nothing is divided by the number of targets yet, so that small gradients do not become 0 in float16.

    Args:
        logits: shape (N, V).
        targets: the right tokens, shape (N,), integers below V or ``IGNORE``.
        z_loss: weight of (log Z)^2.

    Returns:
        The sum, a scalar; and the two factors of the gradient, shapes (N, V) and (N, 1).
    """
    learned = (targets != IGNORE).unsqueeze(-1)  # (N, 1)
    right = targets.unsqueeze(-1).masked_fill(~learned, 0)
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    grad = torch.softmax(wide, dim=-1)  # (N, V)
    # The largest logit has a probability of at least 1/V, whose logarithm is exact.
    largest, log_probability = wide.amax(-1, keepdim=True), grad.amax(-1, keepdim=True).log()
    nats = (largest - wide.gather(-1, right)) - log_probability
    log_z = largest - log_probability
    slope = 1 + 2 * z_loss * log_z
    loss = (nats + z_loss * log_z.square()).masked_fill(~learned, 0.0).sum()
    grad.scatter_add_(-1, right, -1 / slope)  # softmax, less 1 at the right token
    return loss, grad, slope * learned


def _add_product(total: Tensor, a: Tensor, b: Tensor) -> None:
    """Add a matrix product; in one operation where the dtypes allow it."""
    if total.dtype == a.dtype:
        total.addmm_(a, b)
    else:
        total += a @ b
