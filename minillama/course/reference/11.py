"""Answers of chapter 11 that the package does not contain: it leaves these things to PyTorch.

Shape letters: B batch, T tokens, C dim, H heads, D head_dim, F hidden_dim, N ranks.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...loss import IGNORE, next_token_loss
from ...optimizer import adamw_step, clip_gradients
from ...parallel.data import average_gradients
from ...parallel.peers import Peers, sum_over_ranks


def ring_all_reduce(x: Tensor, peers: Peers) -> Tensor:
    """Return the sum of everybody's x, by passing parts around a ring.

    Cut x into N parts. In N - 1 steps every rank passes one part on, and adds what it receives to its own part of that
    number; then each rank has one part of the whole sum. In N - 1 more steps the finished parts go around.

    Args:
        x: any shape and size, the same on every rank; not changed.
        peers: ``peers.shift(part)`` sends a part to the next rank and returns what the one before sent; all ranks
            send parts of one shape. No other collective is needed.

    Returns:
        The sum, in the shape of x. Each rank sends 2 (N - 1) parts.
    """
    n, rank = peers.n_ranks, peers.rank
    padded = F.pad(x.flatten(), (0, -x.numel() % n))
    parts = list(padded.chunk(n))
    for step in range(n - 1):
        received = peers.shift(parts[(rank - step) % n])
        parts[(rank - step - 1) % n] = parts[(rank - step - 1) % n] + received
    for step in range(n - 1):
        parts[(rank - step) % n] = peers.shift(parts[(rank - step + 1) % n])
    return torch.cat(parts)[: x.numel()].view_as(x)


def parallel_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, tokens: Tensor, targets: Tensor, max_norm: float, peers: Peers
) -> float:
    """Update the weights once, as one process with the batches of all ranks would.

    Args:
        model: maps tokens to logits; the same weights on every rank.
        optimizer: of this rank's copy of the model.
        tokens: this rank's batch, shape (B, T).
        targets: shape (B, T); ``IGNORE`` where nothing is learned.
        max_norm: the gradient of the whole batch is shortened to this length if it is longer.
        peers: the ranks that train together.

    Returns:
        The length of the gradient before it was clipped, the same on every rank.
    """
    model.zero_grad()
    next_token_loss(model(tokens), targets).backward()
    n_targets = int((targets != IGNORE).sum())
    average_gradients(model, n_targets, peers.all_reduce)
    norm = clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm


def parallel_step_given(
    model: nn.Module, optimizer: torch.optim.Optimizer, tokens: Tensor, targets: Tensor, max_norm: float, peers: Peers
) -> float:
    """Update the weights once, with one bug."""
    model.zero_grad()
    next_token_loss(model(tokens), targets).backward()
    norm = clip_gradients(model.parameters(), max_norm)
    n_targets = int((targets != IGNORE).sum())
    average_gradients(model, n_targets, peers.all_reduce)
    optimizer.step()
    return norm


def sharded_adamw_step(
    weights: Tensor,
    gradient: Tensor,
    mean: Tensor,
    mean_square: Tensor,
    step: int,
    learning_rate: float,
    peers: Peers,
) -> Tensor:
    """Update weights by AdamW, when each rank keeps the moments of one part only (ZeRO stage 1).

    One ``reduce_scatter`` gives this rank its part of the summed gradients, ``adamw_step`` updates its part of the
    weights, and one ``all_gather`` collects the new weights.

    Args:
        weights: all weights in one row, shape (P,), the same on every rank; N divides P.
        gradient: of the mean loss of this rank's batch, shape (P,). All ranks' batches are of one size, so the
            gradient of the whole batch is the mean over the ranks.
        mean: running mean of this rank's part of the gradient, shape (P / N,); changed in place.
        mean_square: running mean of its square, likewise.
        step: number of this update, from 1.
        learning_rate: as for ``adamw_step``; its other settings stay at their defaults.
        peers: ``peers.rank`` is also the number of this rank's part.

    Returns:
        The new weights, shape (P,), the same on every rank.
    """
    own_gradient = peers.reduce_scatter(gradient) / peers.n_ranks  # (P / N,)
    own = weights.chunk(peers.n_ranks)[peers.rank].clone()
    adamw_step(own, own_gradient, mean, mean_square, step, learning_rate)
    return peers.all_gather(own)


def sum_gradients(x: Tensor, peers: Peers) -> Tensor:
    """Return x unchanged; on the way back, sum its gradient over all ranks.

    Every rank goes on from x with its own part of the work, so each one's backward pass brings only a part of the
    gradient of x.

    Args:
        x: any shape, the same on every rank.
        peers: ``peers.all_reduce(t)`` replaces t by its sum over the ranks.

    Returns:
        The values of x. The gradient that x gets is the sum of all ranks' gradients.
    """

    class SumGradients(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x: Tensor) -> Tensor:
            return x.view_as(x)

        @staticmethod
        def backward(ctx, grad: Tensor) -> Tensor:
            total = grad.clone()
            peers.all_reduce(total)
            return total

    return SumGradients.apply(x)


def parallel_swiglu(x: Tensor, gate: Tensor, up: Tensor, down: Tensor, peers: Peers) -> Tensor:
    """Compute ``down @ (silu(gate @ x) * (up @ x))`` for every token, each rank with 1/N of the hidden units.

    Args:
        x: shape (B, T, C), the same on every rank.
        gate: the whole matrix, shape (F, C), N dividing F; this rank uses its own rows.
        up: the whole matrix, shape (F, C); likewise.
        down: the whole matrix, shape (C, F); this rank uses its own columns.
        peers: ``sum_gradients`` opens the parallel region, ``sum_over_ranks`` closes it.

    Returns:
        Shape (B, T, C), the same on every rank. Gradients are those of one process: whole for x, and for each
        matrix in the part that this rank uses.
    """
    n, rank = peers.n_ranks, peers.rank
    gate, up = gate.chunk(n)[rank], up.chunk(n)[rank]  # (F / N, C)
    down = down.chunk(n, dim=1)[rank]  # (C, F / N)
    x = sum_gradients(x, peers)
    hidden = F.silu(F.linear(x, gate)) * F.linear(x, up)  # (B, T, F / N)
    return sum_over_ranks(F.linear(hidden, down), peers)


def pipeline_schedule(stage: int, n_stages: int, n_microbatches: int) -> list[str]:
    """Return what one stage of a pipeline does, in order: one forward, one backward (1F1B).

    A stage first runs as many forward passes as there are stages behind it, to fill the pipeline. Then it runs one
    forward and one backward pass in turn, and at last the backward passes that are left.

    Args:
        stage: from 0, which gets the tokens, to ``n_stages - 1``, which computes the loss.
        n_stages: stages of the pipeline.
        n_microbatches: M, pieces of the batch; possibly fewer than stages.

    Returns:
        2 M texts: "F0" is the forward pass of micro-batch 0, "B0" its backward pass. At no time has the stage run more
        than ``n_stages - stage`` forward passes whose backward pass is still to come.
    """
    n_ahead = min(n_stages - 1 - stage, n_microbatches)
    order = [f"F{i}" for i in range(n_ahead)]
    for i in range(n_microbatches - n_ahead):
        order += [f"F{n_ahead + i}", f"B{i}"]
    return order + [f"B{i}" for i in range(n_microbatches - n_ahead, n_microbatches)]


def ring_attend(query: Tensor, key: Tensor, value: Tensor, peers: Peers) -> Tensor:
    """Causal attention over a sequence of which each rank holds one block of tokens (context parallelism).

    Queries stay, keys and values go around the ring: in each step a rank attends to the block that it holds, then
    passes it on. As in ``online_attend``, only the largest score so far and two sums are kept. A block of later tokens
    is passed on unused, so the last rank has N times the work of the first: real systems deal out the tokens so that
    each rank holds early and late ones.

    Args:
        query: shape (B, H, T / N, D): rank r holds the tokens from r T / N on.
        key: likewise.
        value: likewise.
        peers: ``peers.shift`` passes a block on; no other collective is needed.

    Returns:
        Shape (B, H, T / N, D): this rank's rows of causal attention over all T tokens.
    """
    n, rank, n_own = peers.n_ranks, peers.rank, query.shape[-2]
    later = torch.ones(n_own, n_own, dtype=torch.bool).triu(1)
    largest = torch.full_like(query[..., :1], -torch.inf)  # (B, H, T / N, 1)
    total = torch.zeros_like(largest)
    gathered = torch.zeros_like(query)
    for step in range(n):
        source = (rank - step) % n  # whose block this is
        if source <= rank:
            scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
            if source == rank:
                scores = scores.masked_fill(later, -torch.inf)
            new_largest = torch.maximum(largest, scores.amax(dim=-1, keepdim=True))
            shrink = torch.exp(largest - new_largest)
            weights = torch.exp(scores - new_largest)
            total = total * shrink + weights.sum(dim=-1, keepdim=True)
            gathered = gathered * shrink + weights @ value
            largest = new_largest
        if step < n - 1:
            key, value = peers.shift(key), peers.shift(value)
    return gathered / total
