"""The same layers with fewer passes over memory, for training.

A processor multiplies matrices at nearly its full speed, but adding or scaling a tensor costs a trip to memory and
back, and automatic differentiation makes several trips for each. The layers here compute the same as their
parents, with forward and backward passes written by hand: joined projections, a rotation that is one complex
product, a norm and a gate whose gradients need no intermediate results. They are put into a finished model.

Shape letters: B batch, T tokens, C dim, H query heads, K key-value heads, D head_dim, F hidden_dim.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from .attention import Attention, fused_attend
from .block_attention import LONGEST, block_attend
from .cache import LayerCache
from .formats.rope_layout import split_to_interleaved
from .rmsnorm import RMSNorm
from .swiglu import SwiGLU


def fuse_layers(model: nn.Module) -> None:
    """Let the layers of a finished model compute with fewer passes over memory.

    Parameters and their names stay as they are, so optimizers and checkpoints do not notice. Results differ by
    rounding alone. Layers whose projections were replaced, such as by LoRA, compute as before.

    Args:
        model: changed in place.

    Example:
        >>> from minillama.config import ModelConfig
        >>> from minillama.model import Llama
        >>> model = Llama(ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                           hidden_dim=40, max_seq_len=32))
        >>> tokens = torch.arange(20).view(2, 10)
        >>> expected = model(tokens)
        >>> fuse_layers(model)
        >>> torch.allclose(model(tokens), expected, atol=1e-6)
        True
    """
    for module in model.modules():
        module.__class__ = FUSED.get(type(module), type(module))


def unfuse_layers(model: nn.Module) -> None:
    """Undo ``fuse_layers``.

    Args:
        model: changed in place.
    """
    plain = {fused: parent for parent, fused in FUSED.items()}
    for module in model.modules():
        module.__class__ = plain.get(type(module), type(module))


class FusedRMSNorm(RMSNorm):
    """RMSNorm with a backward pass written by hand."""

    def forward(self, x: Tensor) -> Tensor:
        """Normalize the last dimension of ``x``; shape (..., C) in and out."""
        if x.dtype != self.weight.dtype or x.dtype not in (torch.float32, torch.float64):
            return super().forward(x)  # a square of float16 overflows
        return _Normalize.apply(x, self.weight, self.eps)


class FusedSwiGLU(SwiGLU):
    """SwiGLU whose gate has a backward pass written by hand."""

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (..., C) in and out."""
        if not _are_plain(self.gate_proj, self.up_proj):
            return super().forward(x)
        return self.down_proj(_Gate.apply(self.gate_proj(x), self.up_proj(x)))


class FusedAttention(Attention):
    """Attention with one product for queries, keys and values, and one for all rotations."""

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, cache: LayerCache | None = None) -> Tensor:
        """Let every token gather from itself and the tokens before it; shape (B, T, C) in and out."""
        if cache is not None or not _are_plain(self.q_proj, self.k_proj, self.v_proj):
            return super().forward(x, cos, sin, cache)
        # With neighbors paired instead of halves, a rotation is the product of complex numbers. Reordering the
        # channels of queries and keys alike changes no score.
        n_kv_heads = len(self.k_proj.weight) // self.head_dim
        query_rows = split_to_interleaved(self.q_proj.weight, len(self.q_proj.weight) // self.head_dim)
        key_rows = split_to_interleaved(self.k_proj.weight, n_kv_heads)
        joined = F.linear(x, torch.cat((query_rows, key_rows, self.v_proj.weight)))  # (B, T, (H + 2K) * D)
        attend, dtype = (block_attend if _has_short_rows(x) else fused_attend), joined.dtype
        if attend is fused_attend and x.device.type == "cpu":
            # That kernel is slower in bfloat16 than in float32, three times so in the backward pass.
            dtype = torch.promote_types(dtype, torch.float32)
        query, key, value = _Rotate.apply(joined, torch.complex(cos, sin), n_kv_heads, dtype)
        with torch.autocast(x.device.type, enabled=False):
            gathered = attend(query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2))  # (B, H, T, D)
        return self.o_proj(gathered.transpose(1, 2).flatten(-2))


class _Normalize(torch.autograd.Function):
    """y = x * s * gain with s = 1 / sqrt(mean(x^2) + eps)."""

    @staticmethod
    def forward(ctx, x: Tensor, gain: Tensor, eps: float) -> Tensor:
        """Keep the input and one number per vector."""
        length = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
        scale = torch.rsqrt(length.square() / x.shape[-1] + eps)  # (..., 1)
        ctx.save_for_backward(x, gain, scale)
        return (x * scale).mul_(gain)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor | None, ...]:
        """dx = s * (grad * gain - x * s^2 * mean(x * grad * gain)); dgain sums grad * x * s over all vectors."""
        x, gain, scale = ctx.saved_tensors
        with torch.autocast(x.device.type, enabled=False):  # some call backward() under autocast
            product = (grad * x).flatten(0, -2)
            grad_gain = scale.flatten() @ product
            shrink = (product @ gain).view_as(scale) * scale.square() / x.shape[-1]
        return (grad * gain).addcmul_(x, shrink, value=-1).mul_(scale), grad_gain, None


class _Gate(torch.autograd.Function):
    """silu(gate) * up."""

    @staticmethod
    def forward(ctx, gate: Tensor, up: Tensor) -> Tensor:
        """(..., F) twice -> (..., F)."""
        passed = F.silu(gate)
        ctx.save_for_backward(gate, up, passed)
        return passed * up

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor, Tensor]:
        """dgate = silu'(gate) * up * grad; dup = silu(gate) * grad."""
        gate, up, passed = ctx.saved_tensors
        grad_gate = up * grad
        torch.ops.aten.silu_backward.grad_input(grad_gate, gate, grad_input=grad_gate)
        return grad_gate, passed * grad


class _Rotate(torch.autograd.Function):
    """Split one projection into queries, keys and values, and turn the first two."""

    @staticmethod
    def forward(
        ctx, joined: Tensor, turns: Tensor, n_kv_heads: int, dtype: torch.dtype
    ) -> tuple[Tensor, Tensor, Tensor]:
        """joined (B, T, (H + 2K) * D), turns (T, D/2) complex -> (B, T, H, D), (B, T, K, D), (B, T, K, D)."""
        heads = joined.unflatten(-1, (-1, 2 * turns.shape[-1]))  # (B, T, H + 2K, D)
        ctx.turns, ctx.dtype, ctx.n_turned = turns, joined.dtype, heads.shape[2] - n_kv_heads
        turned = _turn(heads[:, :, : ctx.n_turned], turns).to(dtype)
        return turned[:, :, :-n_kv_heads], turned[:, :, -n_kv_heads:], heads[:, :, ctx.n_turned :].to(dtype)

    @staticmethod
    @once_differentiable
    def backward(ctx, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """Turn the gradients back."""
        joined = torch.cat(grads, dim=2)
        joined[:, :, : ctx.n_turned] = _turn(joined[:, :, : ctx.n_turned], ctx.turns.conj_physical())
        return joined.to(ctx.dtype).flatten(-2), None, None, None


def _turn(heads: Tensor, turns: Tensor) -> Tensor:
    """Multiply neighbors, as complex numbers, by the turn of their position; (B, T, N, D) in and out, float32."""
    wide = heads.to(torch.promote_types(heads.dtype, torch.float32))
    numbers = torch.view_as_complex(wide.unflatten(-1, (-1, 2)))  # (B, T, N, D/2)
    return torch.view_as_real(numbers * turns.unsqueeze(1)).flatten(-2)


def _has_short_rows(x: Tensor) -> bool:
    """Whether attention in blocks is the faster one for this input, shape (B, T, C)."""
    return x.device.type == "cpu" and x.shape[1] <= LONGEST and torch.is_grad_enabled()


def _are_plain(*layers: nn.Module) -> bool:
    """Whether nothing but a matrix stands in these places."""
    return all(type(layer) is nn.Linear and layer.bias is None for layer in layers)


FUSED = {RMSNorm: FusedRMSNorm, SwiGLU: FusedSwiGLU, Attention: FusedAttention}
