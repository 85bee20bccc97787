"""Tests of minillama.fusion: the same numbers, the same names. Sizes: B=3 T=17 C=24 H=4 K=2 D=10 F=56."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor, nn

from minillama.attention import Attention
from minillama.cache import KVCache
from minillama.checkpoint import load_checkpoint, save_checkpoint
from minillama.fusion import FusedAttention, FusedRMSNorm, FusedSwiGLU, fuse_layers, unfuse_layers
from minillama.loss import next_token_loss
from minillama.model import Llama
from minillama.recompute import recompute_activations, saved_bytes
from minillama.rmsnorm import RMSNorm
from minillama.rope import rope_table
from minillama.rope_scaling import Llama3Scaling
from minillama.swiglu import SwiGLU

B, T = 3, 17
CONFIGS = {
    "grouped": TINY,
    "one key-value head": replace(TINY, n_kv_heads=1),
    "as many": replace(TINY, n_kv_heads=4, tie_embeddings=True),
    "scaled": replace(TINY, rope_scaling=Llama3Scaling(4.0, original_max_seq_len=8)),
}


def logits_and_gradients(model: nn.Module) -> tuple[Tensor, list[Tensor]]:
    model.zero_grad()
    logits = model(random_tokens(B, T))
    next_token_loss(logits, random_tokens(B, T, seed=5)).backward()
    return logits.detach(), [parameter.grad for parameter in model.parameters()]


def largest_gap(ours: list[Tensor], theirs: list[Tensor]) -> float:
    """In units of the largest entry of each tensor."""
    pairs = zip(ours, theirs, strict=True)
    return max(((a - b).abs().max() / b.abs().max()).item() for a, b in pairs)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())
@pytest.mark.parametrize(("dtype", "far"), [(torch.float64, 1e-6), (torch.float32, 2e-5)])
def test_logits_and_gradients_stay_the_same(config, dtype: torch.dtype, far: float) -> None:  # noqa: ANN001
    model = loud_model(config).to(dtype)
    names, (logits, gradients) = list(model.state_dict()), logits_and_gradients(model)
    fuse_layers(model)
    assert list(model.state_dict()) == names
    ours, our_gradients = logits_and_gradients(model)
    assert ours.dtype == dtype
    assert largest_gap([ours, *our_gradients], [logits, *gradients]) < far


def test_norm_and_attention_have_the_right_slopes() -> None:
    torch.manual_seed(0)
    x = torch.randn(2, 3, 8, dtype=torch.float64, requires_grad=True)
    cos, sin = (part.double() for part in rope_table(torch.arange(3), 4))
    attention = FusedAttention(8, 4, 2, 4).double()
    for layer, more in ((FusedRMSNorm(8, 0.1).double(), ()), (attention, (cos, sin))):
        # Parameters as arguments: gradcheck changes them one by one.
        names, values = zip(*layer.named_parameters(), strict=True)

        def run(x: Tensor, *values: Tensor, layer=layer, names=names, more=more) -> Tensor:  # noqa: ANN001
            return torch.func.functional_call(layer, dict(zip(names, values, strict=True)), (x, *more))

        assert torch.autograd.gradcheck(run, (x, *values))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_at_least_as_exact(dtype: torch.dtype) -> None:
    """The backward pass runs under autocast too, which PyTorch advises against and many do."""
    model = loud_model().float()
    exact = logits_and_gradients(model)[1]
    gaps = []
    for change in (lambda model: None, fuse_layers):
        change(model)
        with torch.autocast("cpu", dtype=dtype):
            logits, gradients = logits_and_gradients(model)
        assert logits.dtype == dtype
        gaps.append(largest_gap(gradients, exact))
    assert 0 < gaps[1] < 1.5 * gaps[0]


def test_it_can_be_undone() -> None:
    model = Llama(TINY)
    kinds = [type(module) for module in model.modules()]
    fuse_layers(model)
    fused = [type(module) for module in model.modules()]
    assert {FusedAttention, FusedRMSNorm, FusedSwiGLU} <= set(fused)
    assert not {Attention, RMSNorm, SwiGLU} & set(fused)
    fuse_layers(model)
    unfuse_layers(model)
    assert [type(module) for module in model.modules()] == kinds


def test_generation_uses_the_cache_as_before() -> None:
    model = loud_model()
    tokens = random_tokens(B, T)
    expected = model(tokens)
    fuse_layers(model)
    cache = KVCache(TINY.n_layers, capacity=T)
    with torch.no_grad():
        pieces = [model(tokens[:, :9], cache), model(tokens[:, 9:], cache)]
    assert torch.allclose(torch.cat(pieces, dim=1), expected)


class Doubled(nn.Module):
    """Stands in for a linear layer."""

    def __init__(self, inner: nn.Linear) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: Tensor) -> Tensor:
        return 2 * self.inner(x)


@pytest.mark.parametrize("place", ["attention.q_proj", "attention.v_proj", "feedforward.up_proj", "attention.o_proj"])
def test_replaced_projections_are_used(place: str) -> None:
    model = loud_model()
    parent, _, name = f"layers.1.{place}".rpartition(".")
    module = model.get_submodule(parent)
    setattr(module, name, Doubled(getattr(module, name)))
    expected = model(random_tokens(B, T))
    fuse_layers(model)
    assert torch.allclose(model(random_tokens(B, T)), expected, atol=1e-5)


def test_backward_leaves_what_was_kept() -> None:
    """A second pass adds the same gradients again, and what a hook has kept does not change."""
    model, kept = loud_model(), []
    fuse_layers(model)
    for name in ("gate_proj", "up_proj"):
        layer = getattr(model.layers[0].feedforward, name)
        layer.register_forward_hook(lambda layer, x, y: kept.append((y, y.detach().clone())))
    loss = model(random_tokens(B, T)).pow(2).mean()
    loss.backward(retain_graph=True)
    once = [parameter.grad.clone() for parameter in model.parameters()]
    loss.backward()
    assert largest_gap([parameter.grad for parameter in model.parameters()], [2 * grad for grad in once]) < 1e-6
    assert len(kept) == 2
    assert all(torch.equal(output, copy) for output, copy in kept)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_a_model_in_half_precision_is_normalized_in_float32(dtype: torch.dtype) -> None:
    x = (5 * torch.randn(3, 4096, generator=torch.Generator().manual_seed(0))).to(dtype)  # its length is about 320
    assert torch.equal(FusedRMSNorm(4096).to(dtype)(x), RMSNorm(4096).to(dtype)(x))


def test_it_goes_together_with_recomputation() -> None:
    model = loud_model()
    expected = logits_and_gradients(model)[1]
    plain = saved_bytes(lambda: model(random_tokens(B, T)))
    fuse_layers(model)
    assert saved_bytes(lambda: model(random_tokens(B, T))) < plain
    recompute_activations(model)
    assert largest_gap(logits_and_gradients(model)[1], expected) < 1e-6


def test_checkpoints_and_copies_do_not_notice(tmp_path: Path) -> None:
    fused, plain = loud_model(), loud_model(seed=9)
    fuse_layers(fused)
    save_checkpoint(tmp_path, fused)
    load_checkpoint(tmp_path).restore(plain)
    expected = plain(random_tokens(B, T))
    assert torch.allclose(copy.deepcopy(fused)(random_tokens(B, T)), expected)


def test_mixed_dtypes_fall_back() -> None:
    norm, fused = RMSNorm(TINY.dim), FusedRMSNorm(TINY.dim)
    x = torch.randn(B, T, TINY.dim).bfloat16()
    assert torch.equal(fused(x), norm(x))
    assert fused(x).dtype == norm(x).dtype
