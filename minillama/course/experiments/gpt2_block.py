"""A small model whose block changes from GPT-2's to LLaMA's, one part at a time (chapter 08).

Shape letters: B batch, T tokens, C dim, H heads, D width of a head, V vocabulary.

Source: Radford et al., 2019, GPT-2; Touvron et al., 2023, arXiv:2302.13971, section 2.2.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...attention import Attention
from ...rmsnorm import RMSNorm
from ...rope import rope_table
from ...swiglu import SwiGLU


class PlainAttention(nn.Module):
    """GPT-2's attention: with biases, and blind to positions.

    Args:
        dim: C, width of the model.
        n_heads: H, number of heads; divides C.
    """

    def __init__(self, dim: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.q_proj = nn.Linear(dim, dim)
        self.k_proj = nn.Linear(dim, dim)
        self.v_proj = nn.Linear(dim, dim)
        self.o_proj = nn.Linear(dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        """Let every token gather from itself and the tokens before it; shape (B, T, C) in and out."""
        query, key, value = map(self._split_heads, (self.q_proj(x), self.k_proj(x), self.v_proj(x)))  # (B, H, T, D)
        gathered = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        return self.o_proj(gathered.transpose(1, 2).flatten(-2))

    def _split_heads(self, x: Tensor) -> Tensor:
        """(B, T, C) -> (B, H, T, D)."""
        return x.unflatten(-1, (self.n_heads, -1)).transpose(1, 2)


class RotaryAttention(Attention):
    """LLaMA's attention: without biases; queries and keys are rotated by their positions.

    Args:
        dim: C, width of the model.
        n_heads: H, number of heads; divides C.
    """

    def __init__(self, dim: int, n_heads: int) -> None:
        super().__init__(dim, n_heads, n_heads, dim // n_heads)

    def forward(self, x: Tensor) -> Tensor:
        """Let every token gather from itself and the tokens before it; shape (B, T, C) in and out."""
        cos, sin = rope_table(torch.arange(x.shape[1], device=x.device), self.head_dim)
        return super().forward(x, cos, sin)


class PlainFeedForward(nn.Module):
    """GPT-2's feed-forward layer: two matrices with biases, GELU between them.

    Args:
        dim: C, width of the model; the hidden width is four times that.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.up_proj = nn.Linear(dim, 4 * dim)
        self.down_proj = nn.Linear(4 * dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (B, T, C) in and out."""
        return self.down_proj(F.gelu(self.up_proj(x)))


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a block is made of.

    Args:
        norm: builds a norm from C.
        attention: builds an attention layer from C and H.
        feedforward: builds a feed-forward layer from C.
        learned_positions: whether the model adds a learned vector to the embedding at each position.
    """

    norm: Callable[[int], nn.Module]
    attention: Callable[[int, int], nn.Module]
    feedforward: Callable[[int], nn.Module]
    learned_positions: bool


GPT2 = Parts(norm=nn.LayerNorm, attention=PlainAttention, feedforward=PlainFeedForward, learned_positions=True)
RMSNORM = replace(GPT2, norm=RMSNorm)
ROPE = replace(RMSNORM, attention=RotaryAttention, learned_positions=False)
# Three matrices of two thirds of the width: as many weights as the two of GPT-2.
LLAMA = replace(ROPE, feedforward=lambda dim: SwiGLU(dim, 8 * dim // 3))
STAGES = {"GPT-2": GPT2, "+RMSNorm": RMSNORM, "+RoPE": ROPE, "+SwiGLU": LLAMA}


class Block(nn.Module):
    """One layer: two residual halves, each of which reads a normalized copy of the stream.

    GPT-2 and LLaMA share this plan; they differ in the parts.

    Args:
        parts: a value of ``STAGES``, such as ``GPT2``.
        dim: C, width of the model; divisible by 3, so that both feed-forward layers are equally large.
        n_heads: H, number of heads.

    Example:
        >>> block = Block(GPT2, dim=12, n_heads=2)
        >>> block(torch.zeros(1, 5, 12)).shape, sum(weight.numel() for weight in block.parameters())
        (torch.Size([1, 5, 12]), 1884)
    """

    def __init__(self, parts: Parts, dim: int, n_heads: int) -> None:
        super().__init__()
        self.attention_norm = parts.norm(dim)
        self.attention = parts.attention(dim, n_heads)
        self.feedforward_norm = parts.norm(dim)
        self.feedforward = parts.feedforward(dim)

    def forward(self, x: Tensor) -> Tensor:
        """Add attention, then the feed-forward layer, to the residual stream; shape (B, T, C) in and out."""
        x = x + self.attention(self.attention_norm(x))
        return x + self.feedforward(self.feedforward_norm(x))


class SmallModel(nn.Module):
    """Embed characters, pass them through blocks, predict the next character at every place.

    Args:
        parts: what the blocks are made of.
        vocab_size: V, size of the alphabet.
        dim: C, width of the model.
        n_heads: H, number of heads.
        n_layers: number of blocks.
        max_seq_len: number of learned positions; with rotations there are none.
        make_block: builds another block, (B, T, C) in and out, in place of ``Block(parts, dim, n_heads)``.

    Example:
        >>> model = SmallModel(GPT2, vocab_size=7, dim=12, n_heads=2, n_layers=1, max_seq_len=5)
        >>> model(torch.tensor([[0, 6, 3]])).shape
        torch.Size([1, 3, 7])
    """

    def __init__(
        self,
        parts: Parts,
        *,
        vocab_size: int,
        dim: int,
        n_heads: int,
        n_layers: int,
        max_seq_len: int,
        make_block: Callable[[], nn.Module] | None = None,
    ) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(vocab_size, dim)
        self.position_embedding = nn.Embedding(max_seq_len, dim) if parts.learned_positions else None
        make_block = make_block or (lambda: Block(parts, dim, n_heads))
        self.layers = nn.ModuleList(make_block() for _ in range(n_layers))
        self.final_norm = parts.norm(dim)
        self.lm_head = nn.Linear(dim, vocab_size, bias=False)
        init_weights(self)

    def forward(self, tokens: Tensor) -> Tensor:
        """Return the logits of the next character at every place: (B, T) -> (B, T, V)."""
        x = self.token_embedding(tokens)  # (B, T, C)
        if self.position_embedding is not None:
            x = x + self.position_embedding.weight[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.lm_head(self.final_norm(x))


def init_weights(model: SmallModel) -> None:
    """Draw all weights afresh: matrices normal, biases 0, gains 1.

    The deviation is ``1 / sqrt(C)``, which keeps the size of a vector that passes a square matrix. In a model as
    narrow as this, GPT-2's 0.02 makes the signals so small that it learns much later. As in GPT-2, the matrices that
    write to the residual stream are smaller by ``sqrt(2 * n_layers)``, and learned positions are half as large as
    the embedding.

    Args:
        model: changed in place.
    """
    std = model.token_embedding.embedding_dim**-0.5
    for name, weight in model.named_parameters():
        if weight.dim() > 1:
            writes_to_stream = name.endswith(("o_proj.weight", "down_proj.weight"))
            nn.init.normal_(weight, std=std / (2 * len(model.layers)) ** 0.5 if writes_to_stream else std)
        elif name.endswith("bias"):
            nn.init.zeros_(weight)
        else:
            nn.init.ones_(weight)
    if model.position_embedding is not None:
        nn.init.normal_(model.position_embedding.weight, std=std / 2)
