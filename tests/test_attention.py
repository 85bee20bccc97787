"""Attention: hand values, causality, heads shared and copied, PyTorch's kernel as oracle, bad input."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from minillama.attention import Attention, attend, causal_mask, fused_attend, repeat_kv
from minillama.cache import LayerCache
from minillama.rope import rope_table

B, C, H, K, D = 2, 24, 6, 3, 10  # H * D = 60 and K * D = 30: neither is C
BOTH = pytest.mark.parametrize("attention", [attend, fused_attend])


def random_heads(n_queries: int, n_keys: int, dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor, Tensor]:
    """Query (B, H, T, D), key and value (B, K, S, D)."""
    query = torch.randn(B, H, n_queries, D, dtype=dtype)
    return query, torch.randn(B, K, n_keys, D, dtype=dtype), torch.randn(B, K, n_keys, D, dtype=dtype)


def run(layer: Attention, x: Tensor, start: int = 0, cache: LayerCache | None = None) -> Tensor:
    """Call a layer on tokens at positions start, start + 1, ..."""
    return layer(x, *rope_table(torch.arange(start, start + x.shape[1]), D), cache)


def test_mask_by_hand() -> None:
    assert causal_mask(3, 3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert causal_mask(2, 5).int().tolist() == [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    assert causal_mask(1, 4).all()


def test_heads_are_repeated_in_groups() -> None:
    x = torch.randn(B, K, 4, D)
    assert torch.equal(repeat_kv(x, H), x[:, [0, 0, 1, 1, 2, 2]])


@BOTH
def test_attention_by_hand(attention) -> None:
    # scores after division by sqrt(4): (0, ln 3), so the second query weighs the values 1/4 and 3/4
    query = torch.tensor([[9.0, 9.0, 9.0, 9.0], [2 * math.log(3), 0.0, 0.0, 0.0]]).view(1, 1, 2, 4)
    key = torch.tensor([[0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]).view(1, 1, 2, 4)
    value = torch.tensor([[8.0, 0.0, 1.0, 2.0], [0.0, 4.0, 1.0, 6.0]]).view(1, 1, 2, 4)
    output = attention(query, key, value).flatten().tolist()
    assert output == pytest.approx([8.0, 0.0, 1.0, 2.0, 2.0, 3.0, 1.0, 5.0])


@BOTH
@pytest.mark.parametrize(("n_queries", "n_keys"), [(1, 1), (1, 7), (5, 5), (5, 7)])
def test_equals_pytorch_with_an_explicit_mask(attention, n_queries: int, n_keys: int) -> None:
    query, key, value = random_heads(n_queries, n_keys)
    # written here by position, not with causal_mask: query i stands at position n_keys - n_queries + i
    visible = torch.arange(n_keys) <= torch.arange(n_keys - n_queries, n_keys)[:, None]
    group = [0, 0, 1, 1, 2, 2]
    expected = F.scaled_dot_product_attention(query, key[:, group], value[:, group], attn_mask=visible)
    torch.testing.assert_close(attention(query, key, value), expected)


@BOTH
def test_weights_of_each_query_sum_to_one(attention) -> None:
    query, key, value = random_heads(5, 7)
    torch.testing.assert_close(attention(10 * query, key, torch.ones_like(value)), torch.ones_like(query))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_gradient_and_dtype(dtype: torch.dtype) -> None:
    small = [x[:1, :2, :, :2].clone().requires_grad_() for x in random_heads(3, 4)]
    assert torch.autograd.gradcheck(attend, small)
    heads = random_heads(5, 7, dtype)
    exact = attend(*(x.double() for x in heads))
    for attention in (attend, fused_attend):
        assert attention(*heads).dtype == dtype
        torch.testing.assert_close(attention(*heads).double(), exact, rtol=0, atol=16 * torch.finfo(dtype).eps)


def test_layer_is_causal_and_knows_only_relative_positions() -> None:
    layer, x = Attention(C, H, K, D).double(), 5 * torch.randn(B, 7, C, dtype=torch.float64)
    output = run(layer, x)
    changed = x.clone()
    changed[:, 4] += 1
    difference = (run(layer, changed) - output).abs().amax(dim=(0, 2))
    assert (difference[:4] == 0).all()
    assert (difference[4:] > 1e-3).all()
    torch.testing.assert_close(run(layer, x, start=500), output, atol=1e-3, rtol=0)


def test_shared_heads_equal_copied_heads() -> None:
    shared, copied = Attention(C, H, K, D).double(), Attention(C, H, H, D).double()
    weights = shared.state_dict()
    for name in ("k_proj.weight", "v_proj.weight"):
        weights[name] = weights[name].view(K, D, C)[[0, 0, 1, 1, 2, 2]].flatten(0, 1)
    copied.load_state_dict(weights)
    x = torch.randn(B, 7, C, dtype=torch.float64)
    torch.testing.assert_close(run(copied, x), run(shared, x))
    assert {name: tuple(w.shape) for name, w in shared.state_dict().items()} == {
        "q_proj.weight": (60, 24),
        "k_proj.weight": (30, 24),
        "v_proj.weight": (30, 24),
        "o_proj.weight": (24, 60),
    }


def test_cached_chunks_equal_one_pass() -> None:
    layer, x = Attention(C, H, K, D).double(), 5 * torch.randn(B, 9, C, dtype=torch.float64)
    cache = LayerCache(capacity=9)
    chunks = [run(layer, x[:, start:end], start, cache) for start, end in ((0, 4), (4, 7), (7, 8), (8, 9))]
    torch.testing.assert_close(torch.cat(chunks, dim=1), run(layer, x))


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="5 queries need at least as many keys, got 4"):
        causal_mask(5, 4)
    with pytest.raises(ValueError, match=r"n_heads \(4\) must be a multiple of the 3 key-value heads"):
        repeat_kv(torch.ones(B, 3, 1, 1), n_heads=4)
    with pytest.raises(ValueError, match=r"n_kv_heads \(4\) must divide n_heads \(6\)"):
        Attention(C, H, 4, D)
