"""Tests of minillama.loss. Sizes: B=3 T=17 C=24 V=97."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from minillama.loss import IGNORE, bits_per_byte, chunked_loss, next_token_loss, summed_loss

B, T, C, V = 3, 17, 24, 97
Inputs = tuple[Tensor, Tensor, Tensor]


def inputs(dtype: torch.dtype = torch.float64) -> Inputs:
    """(hidden, weight, targets); a third of the targets is not learned."""
    generator = torch.Generator().manual_seed(1)
    hidden = torch.randn(B, T, C, generator=generator, dtype=torch.float64).to(dtype).requires_grad_()
    weight = torch.randn(V, C, generator=generator, dtype=torch.float64).to(dtype).requires_grad_()
    targets = torch.randint(V, (B, T), generator=generator)
    targets[:, ::3] = IGNORE
    return hidden, weight, targets


def gradients(loss: Tensor, *parameters: Tensor) -> tuple[Tensor, ...]:
    return torch.autograd.grad(loss, parameters, retain_graph=True)


def test_loss_worked_by_hand() -> None:
    logits = torch.tensor([[[0.0, math.log(3.0)], [5.0, 5.0], [9.0, -9.0]]])
    targets = torch.tensor([[1, 0, IGNORE]])  # probabilities 3/4 and 1/2
    assert next_token_loss(logits, targets).item() == pytest.approx((math.log(4 / 3) + math.log(2)) / 2)
    assert summed_loss(logits, targets).item() == pytest.approx(math.log(4 / 3) + math.log(2))


def test_knowing_nothing_costs_log_v() -> None:
    targets = torch.randint(V, (B, T))
    assert next_token_loss(torch.full((B, T, V), 7.0), targets).item() == pytest.approx(math.log(V))


def test_loss_equals_torch() -> None:
    hidden, weight, targets = inputs()
    logits = hidden @ weight.T
    theirs = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORE)
    ours = next_token_loss(logits, targets)
    assert torch.allclose(ours, theirs, rtol=1e-12)
    for mine, expected in zip(gradients(ours, hidden, weight), gradients(theirs, hidden, weight), strict=True):
        assert torch.allclose(mine, expected, atol=1e-12)


def test_z_loss_is_the_squared_log_z_of_learned_targets() -> None:
    hidden, weight, targets = inputs()
    logits = hidden @ weight.T
    log_z = logits.exp().sum(-1).log()[targets != IGNORE]
    expected = next_token_loss(logits, targets) + 0.25 * (log_z**2).mean()
    assert torch.allclose(next_token_loss(logits, targets, z_loss=0.25), expected, rtol=1e-12)


def test_low_precision_logits_are_widened() -> None:
    hidden, weight, targets = inputs(torch.float32)
    logits = (hidden @ weight.T).bfloat16()
    assert next_token_loss(logits, targets).dtype == torch.float32
    assert torch.equal(next_token_loss(logits, targets), next_token_loss(logits.float(), targets))
    large = torch.tensor([[[60_000.0, 60_000.0]]], dtype=torch.float16)
    assert next_token_loss(large, torch.tensor([[0]])).item() == pytest.approx(math.log(2))


@pytest.mark.parametrize("chunk_tokens", [1, 7, 17, 50, 51, 1000])
@pytest.mark.parametrize("z_loss", [0.0, 0.3])
def test_chunks_change_nothing(chunk_tokens: int, z_loss: float) -> None:
    hidden, weight, targets = inputs()
    plain = next_token_loss(hidden @ weight.T, targets, z_loss)
    ours = chunked_loss(hidden, weight, targets, chunk_tokens, z_loss)
    assert torch.allclose(ours, plain, rtol=1e-12)
    expected = gradients(3 * plain, hidden, weight)
    for mine, theirs in zip(gradients(3 * ours, hidden, weight), expected, strict=True):
        assert torch.allclose(mine, theirs, atol=1e-12)


def test_chunked_gradient_is_the_slope() -> None:
    hidden, weight, targets = inputs()
    small = hidden.detach()[:1, :4, :5].clone().requires_grad_(), weight.detach()[:7, :5].clone().requires_grad_()
    few = targets[:1, :4].clamp(max=6)
    assert torch.autograd.gradcheck(lambda h, w: chunked_loss(h, w, few, 3, z_loss=0.1), small)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_chunks_under_autocast(dtype: torch.dtype) -> None:
    hidden, weight, targets = inputs(torch.float32)
    with torch.autocast("cpu", dtype=dtype):
        plain = next_token_loss(F.linear(hidden, weight), targets)
        ours = chunked_loss(hidden, weight, targets, 7)
    assert ours.dtype == torch.float32
    assert torch.allclose(ours, plain, rtol=1e-5)  # the logits were rounded alike
    for mine, theirs in zip(gradients(ours, hidden, weight), gradients(plain, hidden, weight), strict=True):
        assert mine.dtype == torch.float32
        assert (mine - theirs).abs().max() < 0.02 * theirs.abs().max()
    exact = next_token_loss(hidden @ weight.T, targets)
    assert 0 < abs(ours - exact) < 0.02 * exact  # the products really ran in half precision


def test_small_gradients_survive_float16() -> None:
    """With many tokens each has a small share; divided too early it would be 0 in float16."""
    hidden = torch.zeros(1, 4096, 2, requires_grad=True)
    weight = torch.zeros(5000, 2)
    targets = torch.zeros(1, 4096, dtype=torch.int64)
    weight[1] = 1.0
    with torch.autocast("cpu", dtype=torch.float16):
        chunked_loss(hidden, weight, targets, 512).backward()
    assert hidden.grad[0, 0, 0].item() == pytest.approx(1 / 5000 / 4096, rel=0.01)


class _Largest(TorchDispatchMode):
    """Note the largest tensor that any operation returns, and count products."""

    def __init__(self) -> None:
        super().__init__()
        self.largest, self.n_products = 0, 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):  # noqa: ANN001, ANN204
        result = function(*args, **(kwargs or {}))
        if isinstance(result, Tensor):
            self.largest = max(self.largest, result.numel())
        self.n_products += function._overloadpacket in (torch.ops.aten.mm, torch.ops.aten.addmm_)
        return result


def test_all_logits_never_exist_at_once() -> None:
    hidden, weight, targets = inputs()
    with _Largest() as seen:
        chunked_loss(hidden, weight, targets, 5).backward()
    assert seen.largest == V * C  # the weight itself; the logits of 5 tokens are fewer
    with _Largest() as seen:
        next_token_loss(hidden @ weight.T, targets).backward()
    assert seen.largest == B * T * V


def test_nothing_is_differentiated_when_nobody_asks() -> None:
    hidden, weight, targets = inputs()
    with torch.no_grad(), _Largest() as seen:
        chunked_loss(hidden, weight, targets, 17)
    assert seen.n_products == 3  # one for each chunk
    assert not chunked_loss(hidden.detach(), weight.detach(), targets, 17).requires_grad


def test_frozen_parts_get_no_gradient() -> None:
    hidden, weight, targets = inputs()
    chunked_loss(hidden, weight.detach(), targets, 17).backward()
    assert hidden.grad is not None
    assert weight.grad is None


def test_bits_per_byte() -> None:
    assert bits_per_byte(nats=8 * math.log(2), n_bytes=4) == 2.0
    assert bits_per_byte(nats=5 * math.log(256), n_bytes=5) == pytest.approx(8)  # guessing bytes
    with pytest.raises(ValueError, match="n_bytes must be positive, got 0: count the bytes"):
        bits_per_byte(1.0, 0)


def test_bad_targets() -> None:
    hidden, weight, targets = inputs()
    logits = hidden @ weight.T
    for loss in (next_token_loss, summed_loss, lambda x, y: chunked_loss(hidden, weight, y, 5)):
        with pytest.raises(ValueError, match=r"targets have shape \(3, 16\).* give one target per position"):
            loss(logits, targets[:, 1:])
        with pytest.raises(ValueError, match="every target is IGNORE, so there is nothing to learn"):
            loss(logits, torch.full_like(targets, IGNORE))
    with pytest.raises(ValueError, match="chunk_tokens must be positive, got 0"):
        chunked_loss(hidden, weight, targets, 0)
