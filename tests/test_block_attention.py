"""Tests of minillama.block_attention. Sizes: B=2 T=11 H=6 K=3 D=5."""

import pytest
import torch
from torch import Tensor

from minillama.attention import attend
from minillama.block_attention import block_attend

B, T, H, D = 2, 11, 6, 5


def inputs(n_kv_heads: int = 3, dtype: torch.dtype = torch.float64) -> tuple[Tensor, ...]:
    """Query, key, value; strided as a projection leaves them."""
    generator = torch.Generator().manual_seed(0)
    sizes = (H, n_kv_heads, n_kv_heads)
    drawn = [torch.randn(B, T, heads, D, generator=generator, dtype=dtype) for heads in sizes]
    return tuple(tensor.transpose(1, 2).requires_grad_() for tensor in drawn)


@pytest.mark.parametrize("n_kv_heads", [1, 3, 6])
@pytest.mark.parametrize("block", [1, 4, 11, 64])
def test_equals_attention_written_out(n_kv_heads: int, block: int) -> None:
    parts = inputs(n_kv_heads)
    ours, theirs = block_attend(*parts, block), attend(*parts)
    assert torch.allclose(ours, theirs, atol=1e-12)
    grad = torch.randn(B, T, H, D, dtype=torch.float64).transpose(1, 2)
    expected = torch.autograd.grad(theirs, parts, grad)
    for mine, slope in zip(torch.autograd.grad(ours, parts, grad), expected, strict=True):
        assert mine.shape == slope.shape
        assert torch.allclose(mine, slope, atol=1e-12)


def test_gradient_is_the_slope() -> None:
    query, key, value = (part.detach()[:1, :, :5, :3].requires_grad_() for part in inputs())
    assert torch.autograd.gradcheck(lambda *parts: block_attend(*parts, block=2), (query, key, value))


def test_no_query_sees_the_future() -> None:
    parts = inputs()
    for place in range(T):
        grads = torch.autograd.grad(block_attend(*parts, block=4)[:, :, place].sum(), parts[1:])
        assert all(grad[:, :, place + 1 :].eq(0).all() for grad in grads)
        assert all(grad[:, :, : place + 1].ne(0).all() for grad in grads[1:])


def test_bad_input() -> None:
    query, key, value = inputs()
    with pytest.raises(ValueError, match="block must be positive, got 0"):
        block_attend(query, key, value, block=0)
    with pytest.raises(ValueError, match="4 queries need as many keys, got 11: use attend with a cache"):
        block_attend(query[:, :, -4:], key, value)
