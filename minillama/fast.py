"""A finished model rebuilt for writing: the same function, with everything removed that inference does not need.

``Llama`` shows what is computed. ``FastLlama`` takes its weights and computes the same with fewer and larger steps:
queries, keys and values come from one product, gate and up from another; weights stay packed in 4 or 8 bits and are
multiplied by PyTorch's kernels; products run in bfloat16 while the residual stream and attention stay in float32.

Shape letters: B batch, T new tokens, C dim, H query heads, K key-value heads, D head_dim, V vocabulary.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .attention import fused_attend
from .cache import KVCache, LayerCache
from .kernels import MANY, Int4Linear, Int8Linear
from .model import Block, Llama, require_tokens
from .quantized_layers import QuantizedLinear
from .rope import rope_table

DTYPE = torch.bfloat16


class FastLlama(nn.Module):
    """A model for generation, made from a finished one. It has the interface that ``generate`` uses.

    Args:
        model: a ``Llama``, whose projections may be plain or quantized; not changed. What is quantized with at most 4
            bits stays packed. With more bits, the head, ``o_proj`` and ``down_proj`` go to 8 bits per row and what is
            joined to bfloat16, as does what is plain.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> model, tokens = Llama(config), torch.tensor([[5, 11, 60]])
        >>> torch.allclose(FastLlama(model)(tokens), model(tokens), atol=0.02)
        True
    """

    def __init__(self, model: Llama) -> None:
        super().__init__()
        self.config = model.config
        self.lm_head = _join(model.lm_head)
        is_tied = isinstance(self.lm_head, Int8Linear) and model.config.tie_embeddings
        self.embed = self.lm_head.rows if is_tied else model.token_embedding
        self.layers = nn.ModuleList(FastBlock(block, model.config.head_dim) for block in model.layers)
        self.final_norm = FastNorm(model.final_norm.weight, model.final_norm.eps)

    def hidden_states(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the normalized residual stream, shape (B, T, C), bfloat16; see ``Llama.hidden_states``."""
        require_tokens(self, tokens, cache)
        start = 0 if cache is None else cache.length
        caches = [None] * len(self.layers) if cache is None else cache.layers
        positions = torch.arange(start, start + tokens.shape[1], device=tokens.device)
        return self.read(tokens, self.turns(positions), caches)

    def turns(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines, shape (T, 1, 1, D/2), and signed sines, (T, 1, 2, D/2), of the rotations at some positions."""
        cos, sin = rope_table(positions, self.config.head_dim, self.config.rope_theta, self.config.rope_scaling)
        return cos[:, None, None], torch.stack((-sin, sin), dim=1)[:, None]

    def read(self, tokens: Tensor, turns: tuple[Tensor, Tensor], caches: list[LayerCache | None]) -> Tensor:
        """The part of ``hidden_states`` that computes, with given rotations and one cache per layer."""
        x = self.embed(tokens).float()  # (B, T, C)
        for layer, layer_cache in zip(self.layers, caches, strict=True):
            x = layer(x, turns, layer_cache)
        return self.final_norm(x)

    def forward(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the logits of the next token at every position, shape (B, T, V), float32."""
        return self.lm_head(self.hidden_states(tokens, cache)).float()


class FastBlock(nn.Module):
    """One layer with joined projections.

    Args:
        block: a layer of a finished model.
        head_dim: D.
    """

    def __init__(self, block: Block, head_dim: int) -> None:
        super().__init__()
        attention, feedforward = block.attention, block.feedforward
        self.head_dim = head_dim
        self.n_heads = attention.q_proj.out_features // head_dim
        self.n_kv_heads = attention.k_proj.out_features // head_dim
        self.attention_norm = FastNorm(block.attention_norm.weight, block.attention_norm.eps)
        self.feedforward_norm = FastNorm(block.feedforward_norm.weight, block.feedforward_norm.eps)
        self.qkv_proj = _join(attention.q_proj, attention.k_proj, attention.v_proj)
        self.o_proj = _join(attention.o_proj)
        self.gate_up_proj = _join(feedforward.gate_proj, feedforward.up_proj)
        self.down_proj = _join(feedforward.down_proj)

    def forward(self, x: Tensor, turns: tuple[Tensor, Tensor], cache: LayerCache | None = None) -> Tensor:
        """Attention, then the feed-forward layer; x (B, T, C) float32 in and out."""
        query, key, value = self._turn(self.qkv_proj(self.attention_norm(x)), *turns)
        visible = None
        if cache is not None:
            key, value, visible = cache.append(key, value)
        if torch.compiler.is_compiling() and query.shape[2] == 1:
            gathered = single_attend(query, key, value)  # (B, H, 1, D)
        elif visible is None and MANY <= query.shape[2] == key.shape[2] and query.device.type == "cpu":
            gathered = prompt_attend(query, key, value)  # (B, H, T, D)
        else:
            gathered = fused_attend(query, key, value, visible)  # (B, H, T, D)
        x = x + self.o_proj(gathered.transpose(1, 2).reshape(*x.shape[:2], -1).to(DTYPE))
        gate, up = self.gate_up_proj(self.feedforward_norm(x)).chunk(2, dim=-1)
        return x + self.down_proj(F.silu(gate).mul_(up))

    def _turn(self, joined: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Split one projection, (B, T, (H+2K)*D), and rotate: (B, H, T, D), (B, K, T, D), (B, K, T, D), float32."""
        heads = joined.float().view(*joined.shape[:2], -1, 2, self.head_dim // 2)  # (B, T, H+2K, 2, D/2)
        turning, value = heads.split((self.n_heads + self.n_kv_heads, self.n_kv_heads), dim=2)
        turned = torch.addcmul(turning * cos, turning.flip(3), sin).flatten(3).transpose(1, 2)  # (B, H+K, T, D)
        query, key = turned.split((self.n_heads, self.n_kv_heads), dim=1)
        return query, key, value.flatten(3).transpose(1, 2)


def is_packed(model: Llama) -> bool:
    """Whether all projections of a model are quantized in a way that the 4-bit kernel can hold."""
    projections = [layer for name, layer in model.layers.named_modules() if name.endswith("_proj")]
    return all(isinstance(layer, QuantizedLinear) and Int4Linear.fits(layer.matrix) for layer in projections)


def single_attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Attention of one query to all keys, in steps that a compiler turns into two loops.

    Args:
        query: shape (B, H, 1, D).
        key: shape (B, K, S, D), K dividing H.
        value: shape (B, K, S, D).

    Returns:
        Shape (B, H, 1, D).

    Example:
        >>> x = torch.tensor([[[[1.0], [1.0]]]])
        >>> single_attend(x[:, :, :1], x, 3 * x).flatten()
        tensor([3.])
    """
    n_kv_heads, head_dim = key.shape[1], key.shape[3]
    grouped = query.unflatten(1, (n_kv_heads, -1))  # (B, K, H/K, 1, D)
    scores = (grouped * key.unsqueeze(2)).sum(-1) * head_dim**-0.5  # (B, K, H/K, S)
    weights = scores.softmax(-1).unsqueeze(-1)
    return (weights * value.unsqueeze(2)).sum(-2, keepdim=True).flatten(1, 2)


def prompt_attend(query: Tensor, key: Tensor, value: Tensor, block: int = 128) -> Tensor:
    """Causal attention of a whole text to itself, by blocks of queries and in bfloat16.

    A processor multiplies matrices in bfloat16 twice as fast as in float32. The fused kernel does not make use of it.

    Args:
        query: shape (B, H, T, D).
        key: shape (B, K, T, D), K dividing H.
        value: shape (B, K, T, D).
        block: queries in a block.

    Returns:
        Shape (B, H, T, D), bfloat16.

    Example:
        >>> x = torch.tensor([[[[1.0], [1.0], [1.0]]]])
        >>> prompt_attend(x, x, torch.tensor([[[[2.0], [4.0], [9.0]]]]), block=2).flatten()
        tensor([2., 3., 5.], dtype=torch.bfloat16)
    """
    n_kv_heads, n_tokens, head_dim = key.shape[1:]
    grouped = (query * head_dim**-0.5).to(DTYPE).unflatten(1, (n_kv_heads, -1))  # (B, K, H/K, T, D)
    key, value = key.to(DTYPE).flatten(0, 1), value.to(DTYPE).flatten(0, 1)  # (B * K, T, D)
    out = torch.empty_like(grouped)
    hidden = torch.full((block, block), -torch.inf, dtype=DTYPE, device=key.device).triu(1)
    for start in range(0, n_tokens, block):
        rows = grouped[:, :, :, start : start + block]  # (B, K, H/K, N, D)
        end = start + rows.shape[3]
        scores = (rows.flatten(0, 1).flatten(1, 2) @ key[:, :end].mT).unflatten(1, (-1, end - start))
        scores[..., start:].add_(hidden[: end - start, : end - start])
        weights = scores.softmax(-1).flatten(1, 2)  # (B * K, H/K * N, S)
        out[:, :, :, start:end] = (weights @ value[:, :end]).view_as(rows)
    return out.flatten(1, 2)


class FastNorm(nn.Module):
    """RMSNorm from float32 to bfloat16 in few steps.

    Args:
        gain: one factor per channel, shape (C,).
        eps: added to the mean square.
    """

    def __init__(self, gain: Tensor, eps: float) -> None:
        super().__init__()
        n_channels = len(gain)
        # x * gain / sqrt(|x|^2 / C + eps) = x * (gain * sqrt(C)) / sqrt(|x|^2 + C * eps)
        self.register_buffer("gain", gain.detach().float() * n_channels**0.5)
        self.register_buffer("floor", torch.tensor((n_channels * eps) ** 0.5, device=gain.device))

    def forward(self, x: Tensor) -> Tensor:
        """Normalize the last dimension; (..., C) float32 -> bfloat16."""
        length = torch.hypot(torch.linalg.vector_norm(x, dim=-1, keepdim=True), self.floor)  # (..., 1)
        return (x * self.gain).div_(length).to(DTYPE)


def _join(*layers: nn.Module) -> nn.Module:
    """One layer that does the products of several with the same input."""
    if all(isinstance(layer, QuantizedLinear) and Int4Linear.fits(layer.matrix) for layer in layers):
        return Int4Linear([layer.matrix for layer in layers])
    if len(layers) == 1 and isinstance(layers[0], QuantizedLinear):
        return Int8Linear(layers[0].matrix)
    weights = [
        layer.matrix.dequantize() if isinstance(layer, QuantizedLinear) else layer.weight.detach() for layer in layers
    ]
    joined = nn.Linear(layers[0].in_features, sum(map(len, weights)), bias=False, device="meta")
    joined.weight = nn.Parameter(torch.cat(weights).to(DTYPE), requires_grad=False)
    return joined
