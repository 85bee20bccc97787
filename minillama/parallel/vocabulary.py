"""Embedding and head cut along the vocabulary: logits that no process ever holds whole.

The logits are the largest tensor of a training step. Cut along the vocabulary, each process computes those of its
own tokens, and three numbers per position cross the wire instead of V: the largest logit, the sum of exponentials,
and the logit of the right token.

Shape letters: B batch, T tokens, C dim, V vocabulary, N tokens of one chunk.

Source: Shoeybi et al., 2019, Megatron-LM, arXiv:1909.08053, section 3.
"""

from functools import partial

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.tensor import DTensor, Partial, Placement, Replicate, Shard, distribute_tensor

from ..loss import IGNORE, chunked_loss


def cut_vocabulary(model: nn.Module, mesh: DeviceMesh, sequence_parallel: bool = False) -> None:
    """Cut embedding and head of a model along the vocabulary, as far as it has them.

    Args:
        model: a ``Llama`` or a stage of it; changed in place.
        mesh: the tensor axis.
        sequence_parallel: whether the residual stream is cut along the tokens.
    """
    cut: dict[nn.Parameter, nn.Parameter] = {}  # a matrix that both share stays one
    for name, kind in (("token_embedding", VocabularyEmbedding), ("lm_head", VocabularyHead)):
        part = getattr(model, name, None)
        if part is not None:
            if part.weight not in cut:
                cut[part.weight] = nn.Parameter(distribute_tensor(part.weight.detach(), mesh, [Shard(0)]))
            part.__class__, part.weight = kind, cut[part.weight]
            part.mesh, part.stream = mesh, Shard(1) if sequence_parallel else Replicate()


class VocabularyEmbedding(nn.Embedding):
    """An embedding of which each process holds the rows of some tokens; ``cut_vocabulary`` makes it."""

    mesh: DeviceMesh
    stream: Placement

    def forward(self, tokens: Tensor) -> Tensor:
        """Tokens (B, T) to vectors (B, T, C), or (B, T/n, C) with sequence parallelism."""
        weight = self.weight.to_local()
        place = tokens - self.mesh.get_local_rank() * len(weight)
        mine = (place >= 0) & (place < len(weight))
        found = F.embedding(place.masked_fill(~mine, 0), weight) * mine.unsqueeze(-1)
        return DTensor.from_local(found, self.mesh, [Partial()], run_check=False).redistribute(
            placements=[self.stream]
        ).to_local()


class VocabularyHead(nn.Linear):
    """A head of which each process computes the logits of some tokens; ``cut_vocabulary`` makes it.

    Called like any head it returns all logits. ``loss`` computes what training needs without them.
    """

    mesh: DeviceMesh
    stream: Placement

    def forward(self, hidden: Tensor) -> Tensor:
        """The hidden states (..., C) to all logits (..., V)."""
        parts = F.linear(self._whole(hidden), self.weight.to_local())  # (..., V/n)
        axis = Shard(parts.dim() - 1)
        return DTensor.from_local(parts, self.mesh, [axis], run_check=False).full_tensor()

    def loss(self, hidden: Tensor, targets: Tensor, chunk_tokens: int, z_loss: float = 0.0) -> Tensor:
        """Return the mean loss, the same on every process of the axis.

        Args:
            hidden: shape (B, T, C), or (B, T/n, C) with sequence parallelism.
            targets: shape (B, T), with ``IGNORE`` where nothing is learned.
            chunk_tokens: tokens whose logits exist at the same time.
            z_loss: weight of the squared log Z.

        Returns:
            A scalar, in nats per token.
        """
        weight = self.weight.to_local()
        score = partial(score_part, first=self.mesh.get_local_rank() * len(weight), group=self.mesh.get_group())
        return chunked_loss(self._whole(hidden), weight, targets, chunk_tokens, z_loss, score)

    def _whole(self, hidden: Tensor) -> Tensor:
        """All hidden states, on every process; the gradients of the processes are added on the way back."""
        here = DTensor.from_local(hidden, self.mesh, [self.stream], run_check=False)
        return here.redistribute(placements=[Replicate()]).to_local(grad_placements=[Partial()])


def score_part(
    logits: Tensor, targets: Tensor, z_loss: float, *, first: int, group: dist.ProcessGroup | None
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the summed loss of some tokens and its gradient by this process's part of their logits.

    What ``minillama.loss.score_chunk`` returns, with two collectives: the largest logit, and two sums.

    Args:
        logits: shape (N, V/n), those of the tokens from ``first`` on.
        targets: the right tokens of the whole vocabulary, shape (N,), or ``IGNORE``.
        z_loss: weight of (log Z)^2.
        first: id of the first token of this process.
        group: the processes that hold the other parts.

    Returns:
        The sum, the same on all processes; and the two factors of the gradient, shapes (N, V/n) and (N, 1).
    """
    learned = (targets != IGNORE).unsqueeze(-1)  # (N, 1)
    place = targets.unsqueeze(-1) - first
    mine = learned & (place >= 0) & (place < logits.shape[-1])
    place = place.masked_fill(~mine, 0)
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    largest = wide.amax(-1, keepdim=True)
    dist.all_reduce(largest, dist.ReduceOp.MAX, group)
    wide = wide - largest
    exponentials = wide.exp()
    right = wide.gather(-1, place).masked_fill(~mine, 0.0)
    sums = torch.cat((exponentials.sum(-1, keepdim=True), right), dim=-1)  # (N, 2)
    dist.all_reduce(sums, group=group)
    total, right = sums.split(1, dim=-1)
    log_total = total.log()
    log_z = largest + log_total
    slope = 1 + 2 * z_loss * log_z
    loss = (log_total - right + z_loss * log_z.square()).masked_fill(~learned, 0.0).sum()
    grad = exponentials / total
    grad.scatter_add_(-1, place, torch.where(mine, -1 / slope, 0.0))
    return loss, grad, slope * learned
