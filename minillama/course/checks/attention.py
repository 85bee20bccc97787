"""Checks of chapter 05: the causal mask, shared heads, attention in full."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ..checking import expect, expect_close, expect_error, expect_shape


def oracle(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """PyTorch's attention with a mask built from positions; heads are copied one by one."""
    n_queries, n_keys, n_heads = query.shape[-2], key.shape[-2], query.shape[1]
    visible = torch.arange(n_keys) <= torch.arange(n_keys - n_queries, n_keys).unsqueeze(-1)
    group = [head * key.shape[1] // n_heads for head in range(n_heads)]
    return F.scaled_dot_product_attention(query, key[:, group], value[:, group], attn_mask=visible)


def random_heads(n_queries: int, n_keys: int, n_kv_heads: int = 2) -> tuple[Tensor, Tensor, Tensor]:
    """Query (2, 4, T, 6), key and value (2, K, S, 6)."""
    return torch.randn(2, 4, n_queries, 6), *torch.randn(2, 2, n_kv_heads, n_keys, 6).unbind(0)


def last_changed(x: Tensor, dim: int) -> Tensor:
    """Copy x and change its last entry along ``dim``."""
    changed = x.clone()
    changed.narrow(dim, x.shape[dim] - 1, 1).add_(3.0)
    return changed


def check_mask_type(causal_mask: Callable) -> None:
    """shape (T, S), bool."""
    mask = causal_mask(2, 5)
    expect_shape(mask, (2, 5), "causal_mask(2, 5)")
    expect(
        mask.dtype == torch.bool,
        f"the mask has dtype {mask.dtype}, expected torch.bool: it says yes or no, and `~mask` must mean not",
    )


def check_square_mask(causal_mask: Callable) -> None:
    """every token sees itself and what stands before it."""
    mask = causal_mask(4, 4)
    expect(mask.diagonal().all(), "a token does not see itself: the diagonal must be True")
    expect(
        not mask.triu(1).any(),
        "keys after the query are visible: is the mask transposed? Row i is query i, and True means it may look",
    )
    expect(mask.sum() == 10, f"of 4 tokens {int(mask.sum())} pairs are visible, expected 1 + 2 + 3 + 4 = 10")


def check_mask_with_earlier_keys(causal_mask: Callable) -> None:
    """the last query stands at the last key."""
    mask = causal_mask(2, 5).int()
    expect(
        mask.tolist() != [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0]],
        "with 2 queries and 5 keys the last query sees only 2 keys: the mask is aligned to the first key, but the "
        "queries are the last tokens of the text",
    )
    expect(
        mask.tolist() == [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]],
        f"causal_mask(2, 5) gave the rows {mask.tolist()}, expected [[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]: query i "
        "stands at position S - T + i and sees the keys up to there",
    )


def check_mask_device(causal_mask: Callable) -> None:
    """built on the device asked for."""
    mask = causal_mask(2, 3, device="meta")
    expect(
        mask.device.type == "meta",
        f"causal_mask(2, 3, device='meta') is on {mask.device}: pass `device` on to the tensor you create",
    )


def check_mask_refuses_missing_keys(causal_mask: Callable) -> None:
    """fewer keys than queries are refused."""
    expect_error(lambda: causal_mask(3, 2), ValueError, "3 queries with 2 keys")


def check_repeat_shape(repeat_kv: Callable) -> None:
    """one head for every query head."""
    expect_shape(repeat_kv(torch.randn(2, 3, 5, 4), 6), (2, 6, 5, 4), "repeat_kv of 3 heads for n_heads=6")


def check_repeat_groups(repeat_kv: Callable) -> None:
    """copies stand side by side."""
    heads = repeat_kv(torch.tensor([10.0, 20.0]).view(1, 2, 1, 1), 6).flatten().tolist()
    expect(
        heads == [10, 10, 10, 20, 20, 20],
        f"heads 10 and 20 for 6 query heads became {[int(head) for head in heads]}, expected "
        "[10, 10, 10, 20, 20, 20]: query heads share key-value heads in consecutive groups",
    )


def check_repeat_refuses_odd_groups(repeat_kv: Callable) -> None:
    """numbers that do not divide are refused."""
    expect_error(lambda: repeat_kv(torch.ones(1, 3, 1, 1), 4), ValueError, "3 key-value heads for 4 query heads")


def check_attend_hand_value(attend: Callable) -> None:
    """a value worked by hand, with the division by sqrt(D)."""
    # the second query's scores are 0 and 2 ln 3; divided by sqrt(4) they give the weights 1/4 and 3/4
    query = torch.tensor([[9.0, 9.0, 9.0, 9.0], [2 * math.log(3), 0.0, 0.0, 0.0]]).view(1, 1, 2, 4)
    key = torch.tensor([[0.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]).view(1, 1, 2, 4)
    value = torch.tensor([[8.0, 0.0, 1.0, 2.0], [0.0, 4.0, 1.0, 6.0]]).view(1, 1, 2, 4)
    output = attend(query, key, value)
    expect_shape(output, (1, 1, 2, 4), "attend(query, key, value)")
    second = output[0, 0, 1]
    expect(
        not torch.allclose(second, torch.tensor([0.8, 3.6, 1.0, 5.6]), atol=1e-3),
        "the second query weighs the two values 1/10 and 9/10, expected 1/4 and 3/4: divide the scores by the "
        "square root of head_dim",
    )
    expect_close(
        second,
        torch.tensor([2.0, 3.0, 1.0, 5.0]),
        "attend for a query with the scores 0 and ln 3",
        "Divide the scores by the square root of head_dim, once, and take the softmax over the keys (dim=-1).",
    )


def check_attend_sees_no_future(attend: Callable) -> None:
    """no query sees a later key or value."""
    query, key, value = random_heads(5, 5)
    before = attend(query, key, value)[:, :, :-1]
    after = attend(query, last_changed(key, 2), last_changed(value, 2))[:, :, :-1]
    expect(
        torch.allclose(before, after, atol=1e-6),
        "changing the last key and value changed the results of earlier queries: the future leaks. Hide it with "
        "-inf before the softmax, where causal_mask is False; the softmax runs over the keys (dim=-1)",
    )


def check_attend_weights_sum_to_one(attend: Callable) -> None:
    """the weights of a query sum to 1."""
    query, key, value = random_heads(5, 5)
    sums = attend(3 * query, key, torch.ones_like(value))
    expect(not sums.isnan().any(), "there is a NaN in the result: does every query see at least its own key?")
    expect(
        torch.allclose(sums, torch.ones_like(sums), atol=1e-4),
        f"if every value is 1, the result must be 1, but it goes down to {sums.min():.3f}: the weights of a query do "
        "not sum to 1. Mask the scores before the softmax, not the weights after it",
    )


def check_attend_with_earlier_keys(attend: Callable) -> None:
    """equal to PyTorch, also with shared heads and more keys than queries."""
    for n_queries, n_keys, n_kv_heads in ((5, 5, 4), (3, 7, 2), (1, 6, 1)):
        query, key, value = random_heads(n_queries, n_keys, n_kv_heads)
        expect_close(
            attend(query, key, value),
            oracle(query, key, value),
            f"attend for {n_queries} queries, {n_keys} keys, 4 heads and {n_kv_heads} key-value heads",
            "The mask takes the number of queries and the number of keys, in this order.",
            rtol=1e-3,
        )


def check_attend_gradient(attend: Callable) -> None:
    """gradients reach query, key and value."""
    heads = [x.requires_grad_() for x in random_heads(3, 4)]
    expected = torch.autograd.grad(oracle(*heads).pow(2).sum(), heads)
    output = attend(*heads)
    expect(output.requires_grad, "no gradient can flow back: avoid no_grad, detach, .data and .item()")
    observed = torch.autograd.grad(output.pow(2).sum(), heads, allow_unused=True)
    for name, ours, theirs in zip(("query", "key", "value"), observed, expected, strict=True):
        expect(ours is not None, f"{name} gets no gradient: avoid no_grad, detach, .data and .item()")
        expect_close(ours, theirs, f"the gradient of {name}", rtol=1e-3)


def check_attend_dtype(attend: Callable) -> None:
    """bfloat16 in, bfloat16 out."""
    heads = [x.bfloat16() for x in random_heads(3, 4)]
    result = attend(*heads).dtype
    expect(result == torch.bfloat16, f"bfloat16 came back as {result}: return to the dtype of query")
