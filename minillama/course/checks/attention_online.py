"""Checks of chapter 05: attention in one pass over the keys, and heads that lie side by side."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from ..checking import expect, expect_close, expect_shape
from .attention import last_changed, oracle, random_heads


def check_online_one_block(online_attend: Callable) -> None:
    """right with a single block."""
    query, key, value = random_heads(4, 4, 4)
    output = online_attend(query, key, value, 8)
    expect_shape(output, (2, 4, 4, 6), "online_attend(query, key, value)")
    expect_close(
        output,
        oracle(query, key, value),
        "online_attend with all 4 keys in one block",
        "Is the weighted sum of the values divided by the sum of the weights, once, at the end?",
    )


def check_online_blocks(online_attend: Callable) -> None:
    """equal to softmax attention for every block size."""
    for n_queries, n_keys in ((10, 10), (3, 11)):
        query, key, value = random_heads(n_queries, n_keys, 4)
        for block_size in (5, 3, 1):
            expect_close(
                online_attend(4 * query, key, value, block_size),
                oracle(4 * query, key, value),
                f"online_attend for {n_queries} queries and {n_keys} keys in blocks of {block_size}",
                "With one block it is right. When a block brings a larger score, both the sum of weights and the "
                "weighted sum so far must shrink by exp(old largest - new largest), and largest must be kept.",
                rtol=1e-3,
            )


def check_online_large_scores(online_attend: Callable) -> None:
    """large scores do not overflow."""
    query, key, value = random_heads(8, 8, 4)
    output = online_attend(100 * query, key, value, 3)
    expect(
        output.isfinite().all(),
        "scores in the hundreds gave inf or NaN: exp overflows above 88 in float32. Subtract the largest score so "
        "far from the scores before exp",
    )
    expect_close(output, oracle(100 * query, key, value), "online_attend with scores in the hundreds", rtol=1e-2)


def check_online_memory(online_attend: Callable) -> None:
    """no (T, S) matrix."""
    heads = torch.randn(1, 1, 60, 4), torch.randn(1, 1, 90, 4), torch.randn(1, 1, 90, 4)
    with _LargestTensor() as seen:
        online_attend(*heads, 10)
    expect(
        seen.entries < 60 * 90,
        f"for 60 queries and 90 keys in blocks of 10 a tensor of {seen.entries:,} entries was built: only one block "
        "of scores may exist at a time",
    )


def check_merge_leak(attend_side_by_side: Callable) -> None:
    """no token sees a later one."""
    query, key, value = torch.randn(3, 2, 5, 12).unbind(0)
    before = attend_side_by_side(query, key, value, 4)
    after = attend_side_by_side(*(last_changed(x, 1) for x in (query, key, value)), 4)
    expect(
        torch.allclose(before[:, :-1], after[:, :-1], atol=1e-6),
        "changing the last token changed the results of earlier tokens, although attend itself is causal: a model "
        "built on this reads the future",
    )


def check_merge_value(attend_side_by_side: Callable) -> None:
    """equal to PyTorch, head by head."""
    query, key, value = torch.randn(3, 2, 5, 12).unbind(0)
    heads = [oracle(*(x[:, None, :, 3 * head : 3 * head + 3] for x in (query, key, value)))[:, 0] for head in range(4)]
    expect_close(
        attend_side_by_side(query, key, value, 4),
        torch.cat(heads, dim=-1),
        "attend_side_by_side with 4 heads of 3 channels",
        "Channels 0 to 2 belong to head 0, channels 3 to 5 to head 1, in the result as in the input.",
    )


class _LargestTensor(TorchDispatchMode):
    """Remember the number of entries of the largest tensor that any operation returns."""

    entries = 0

    def __torch_dispatch__(self, func: object, types: object, args: tuple = (), kwargs: dict | None = None) -> object:
        result = func(*args, **(kwargs or {}))
        if isinstance(result, Tensor):
            self.entries = max(self.entries, result.numel())
        return result
