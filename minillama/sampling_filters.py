"""Filters on logits: which tokens may be drawn at all, and which are made less likely.

A filter takes logits of shape (B, V) and returns logits of the same shape, with minus infinity for what it leaves out.
They are applied in this order, which is that of Hugging Face: repetition penalty, temperature, top-k, top-p, min-p.

Shape letters: B batch, V vocabulary, S tokens seen, N tokens that are left.

Source: Holtzman et al., 2020, The Curious Case of Neural Text Degeneration, arXiv:1904.09751.
"""

import math

import torch
from torch import Tensor

_FIRST_LOOK = 64  # the most likely tokens that top-p sorts before it asks for more


def keep_top_k(logits: Tensor, k: int) -> Tensor:
    """Leave the k most likely tokens of each row.

    Tokens exactly as likely as the one at place k all stay, so that no order among equals has to be invented.

    Args:
        logits: shape (B, V).
        k: at least 1; more than V leaves everything.

    Returns:
        Shape (B, V).

    Raises:
        ValueError: if ``k`` is below 1.

    Example:
        >>> keep_top_k(torch.tensor([[1.0, 3.0, 2.0, 0.0]]), k=2)
        tensor([[-inf, 3., 2., -inf]])

    Source:
        Fan et al., 2018, arXiv:1805.04833, section 5.4.
    """
    _require_count(k)
    last = logits.topk(min(k, logits.shape[-1])).values[:, -1:]  # (B, 1)
    return _leave(logits, logits >= last)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Leave the smallest set of most likely tokens of each row whose probability together reaches p.

    The token that crosses p stays. Of equally likely tokens at the border those with lower ids stay.

    Args:
        logits: shape (B, V).
        p: above 0, up to 1, which leaves everything.

    Returns:
        Shape (B, V); at least one token of each row is left.

    Raises:
        ValueError: if ``p`` is out of range.

    Example:
        >>> keep_top_p(torch.tensor([[0.5, 0.1, 0.4]]).log(), p=0.6).exp()
        tensor([[0.5000, 0.0000, 0.4000]])

    Source:
        Holtzman et al., 2020, arXiv:1904.09751, section 3.1.
    """
    if not 0 < p <= 1:
        raise ValueError(f"top-p needs a probability above 0 and up to 1, got {p}: 1 leaves everything")
    if p == 1:
        return logits
    probabilities = torch.softmax(_wide(logits), dim=-1)  # (B, V)
    largest = _largest(probabilities, p)  # (B, N)
    n_below = (largest.cumsum(-1) < p).sum(-1, keepdim=True)  # (B, 1)
    n_kept = (n_below + 1).clamp(max=largest.shape[-1])
    border = largest.gather(-1, n_kept - 1)
    above, equal = probabilities > border, probabilities == border
    n_equal = n_kept - above.sum(-1, keepdim=True)  # of the tokens at the border, so many stay
    return _leave(logits, above | (equal & (equal.cumsum(-1) <= n_equal)))


def keep_min_p(logits: Tensor, p: float) -> Tensor:
    """Leave the tokens of each row that are at least p times as likely as the most likely one.

    Where the model is sure few tokens are left, where it is not many are.

    Args:
        logits: shape (B, V).
        p: from 0, which leaves everything, to 1, which leaves the most likely token.

    Returns:
        Shape (B, V).

    Raises:
        ValueError: if ``p`` is out of range.

    Example:
        >>> keep_min_p(torch.tensor([[0.6, 0.1, 0.3]]).log(), p=0.4).exp()
        tensor([[0.6000, 0.0000, 0.3000]])

    Source:
        Nguyen et al., 2024, arXiv:2407.01082, section 3.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"min-p needs a number from 0 to 1, got {p}: 0 leaves everything")
    if p == 0:
        return logits
    wide = _wide(logits)
    return _leave(logits, wide >= wide.amax(-1, keepdim=True) + math.log(p))  # a ratio is a difference of logits


def penalize_repetition(logits: Tensor, seen: Tensor, penalty: float) -> Tensor:
    """Make tokens that stand in the text already less likely.

    Their logits are divided by the penalty if they are positive and multiplied by it if they are negative. A token
    counts once, however often it was seen; so a shorter row of ``seen`` may be filled up with any of its own ids.

    Args:
        logits: shape (B, V).
        seen: token ids of the text so far, shape (B, S), int64.
        penalty: positive; 1 changes nothing, below 1 favors repetition.

    Returns:
        Shape (B, V).

    Raises:
        ValueError: if ``penalty`` is not positive.

    Example:
        >>> penalize_repetition(torch.tensor([[4.0, -1.0, 3.0]]), torch.tensor([[0, 1, 0]]), penalty=2.0)
        tensor([[ 2., -2.,  3.]])

    Source:
        Keskar et al., 2019, CTRL, arXiv:1909.05858, section 4.1.
    """
    if not 0 < penalty < math.inf:
        raise ValueError(f"the repetition penalty must be a positive number, got {penalty}: 1 changes nothing")
    scores = logits.gather(-1, seen)  # (B, S)
    scores = torch.where(scores > 0, scores / penalty, scores * penalty)
    return logits.scatter(-1, seen, scores)


def most_likely(logits: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Return what ``keep_top_k`` leaves, without the rest: all that follows has less to do.

    Args:
        logits: shape (B, V).
        k: from 1 to V.

    Returns:
        Logits and ids, both of shape (B, N), ordered by id. N is k, or more where tokens are as likely as the one
        at place k; then rows with fewer of them hold minus infinity.

    Raises:
        ValueError: if ``k`` is below 1.

    Example:
        >>> most_likely(torch.tensor([[1.0, 3.0, 2.0, 0.0]]), k=2)
        (tensor([[3., 2.]]), tensor([[1, 2]]))
    """
    _require_count(k)
    largest, ids = logits.topk(k)  # (B, k)
    last = largest[:, -1:]
    n_kept = int((logits >= last).sum(-1).max())
    if n_kept > k:
        ids = logits.topk(n_kept).indices  # (B, N)
    ids = ids.sort(-1).values
    kept = logits.gather(-1, ids)
    return _leave(kept, kept >= last), ids


def _largest(probabilities: Tensor, p: float) -> Tensor:
    """Return the largest probabilities of each row in falling order, (B, N), with N large enough to reach p."""
    n_tokens = probabilities.shape[-1]
    n_sorted = min(_FIRST_LOOK, n_tokens)
    while True:  # mostly a few tokens are enough: sorting the whole vocabulary would take longest of all
        largest = probabilities.topk(n_sorted).values
        if n_sorted == n_tokens or bool((largest.cumsum(-1)[:, -1] >= p).all()):
            return largest
        n_sorted = min(8 * n_sorted, n_tokens)


def _leave(logits: Tensor, kept: Tensor) -> Tensor:
    """Put minus infinity where ``kept`` is False."""
    return torch.where(kept, logits, -torch.inf)


def _wide(logits: Tensor) -> Tensor:
    """Return the logits in float32 at least."""
    return logits.to(torch.promote_types(logits.dtype, torch.float32))


def _require_count(k: int) -> None:
    """Refuse a k that leaves no token."""
    if k < 1:
        raise ValueError(f"top-k must leave at least 1 token, got {k}")
