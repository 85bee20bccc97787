"""Exercises of chapter 05: the causal mask, attention, shared heads, one pass over the keys, and a leak to find."""

from ..checks import attention as checks
from ..checks import attention_layer as layer_checks
from ..checks import attention_online as online_checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.attention import fused_attend
from minillama.cache import LayerCache
from minillama.rope import apply_rope
"""

EXERCISES = (
    Exercise(
        name="attention.causal_mask",
        chapter=5,
        difficulty=2,
        minutes=6,
        reference="minillama.attention:causal_mask",
        checks=(
            checks.check_mask_type,
            checks.check_square_mask,
            checks.check_mask_with_earlier_keys,
            checks.check_mask_device,
            checks.check_mask_refuses_missing_keys,
        ),
        hints=(
            "Start from a (T, S) tensor of ones of dtype torch.bool and erase what lies in the future.",
            "`tril(diagonal=d)` keeps entry (i, j) if j <= i + d. Query i of T stands at position S - T + i.",
            "`torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril(diagonal=n_keys - n_queries)`",
        ),
    ),
    Exercise(
        name="attention.repeat_kv",
        chapter=5,
        difficulty=2,
        minutes=4,
        reference="minillama.attention:repeat_kv",
        checks=(checks.check_repeat_shape, checks.check_repeat_groups, checks.check_repeat_refuses_odd_groups),
        hints=(
            "The heads are dimension 1. Each of the K heads must appear H / K times.",
            "Copies of one head stand next to each other: 0 0 1 1, and not 0 1 0 1.",
            "`x.repeat_interleave(times, dim=1)` puts copies side by side.",
        ),
    ),
    Exercise(
        name="attention.attend",
        chapter=5,
        difficulty=3,
        minutes=10,
        reference="minillama.attention:attend",
        checks=(
            checks.check_attend_hand_value,
            checks.check_attend_sees_no_future,
            checks.check_attend_weights_sum_to_one,
            checks.check_attend_with_earlier_keys,
            checks.check_attend_gradient,
            checks.check_attend_dtype,
        ),
        hints=(
            "Four steps: scores, mask, softmax, weighted mean. After `repeat_kv` the shapes fit head by head.",
            "Scores are `query @ key.transpose(-2, -1)` over the root of head_dim. Hide with `masked_fill` and -inf "
            "where the mask is False. The mask needs the number of queries and of keys.",
            "`torch.softmax(scores, dim=-1, dtype=wide).to(query.dtype) @ value`, after "
            "`scores.masked_fill(~causal_mask(n_queries, key.shape[2], device=query.device), -torch.inf)`.",
        ),
    ),
    Exercise(
        name="attention.Attention",
        chapter=5,
        difficulty=3,
        minutes=12,
        reference="minillama.attention:Attention",
        checks=(
            layer_checks.check_layer_weights,
            layer_checks.check_layer_sees_no_future,
            layer_checks.check_layer_knows_order,
            layer_checks.check_layer_knows_only_distance,
            layer_checks.check_layer_value,
            layer_checks.check_layer_cache,
            layer_checks.check_layer_padding,
            layer_checks.check_layer_learns,
        ),
        hints=(
            "Follow the picture: project, split, rotate queries and keys, extend by the cache, attend, merge, project.",
            "Merging reverses `_split_heads`: `transpose(1, 2)` first, then join the last two dimensions. "
            "`cache.append(key, value)` returns all keys, all values and a mask for `fused_attend`; there may be no "
            "cache (None).",
            "`query = apply_rope(self._split_heads(self.q_proj(x)), cos, sin)`, key alike, value without apply_rope; "
            "`self.o_proj(gathered.transpose(1, 2).flatten(-2))` at the end.",
        ),
    ),
    Exercise(
        name="attention.online_attend",
        chapter=5,
        difficulty=4,
        minutes=20,
        reference="minillama.course.reference.05:online_attend",
        checks=(
            online_checks.check_online_one_block,
            online_checks.check_online_blocks,
            online_checks.check_online_large_scores,
            online_checks.check_online_memory,
        ),
        hints=(
            "Do for all queries at once what the example did for one: largest, shrink, weights, total, gathered.",
            "The new largest is `torch.maximum(largest, scores.amax(dim=-1, keepdim=True))`. Both sums so far must "
            "shrink by `exp(largest - new_largest)` before the block is added.",
            "`gathered = gathered * shrink + weights @ values`, total alike with `weights.sum(dim=-1, keepdim=True)`; "
            "then `largest = new_largest`. Divide gathered by total once, after the loop.",
        ),
    ),
    Exercise(
        name="attention.attend_side_by_side",
        chapter=5,
        difficulty=2,
        minutes=5,
        reference="minillama.course.reference.05:attend_side_by_side",
        given="minillama.course.reference.05:attend_side_by_side_given",
        checks=(online_checks.check_merge_leak, online_checks.check_merge_value),
        hints=(
            "Write the shape of every line beside it. Which two dimensions does the last line join?",
            "`gathered` has shape (B, H, T, D). Head and channel are no neighbors there.",
            "Undo the `transpose(1, 2)` of the split before you reshape.",
        ),
    ),
)
