"""Plausible wrong answers to the function exercises of chapter 05: mask, shared heads, attention."""

import math

import torch

from minillama.attention import attend, causal_mask, repeat_kv

from . import mutant


def _refuse(n_queries, n_keys):
    if n_keys < n_queries:
        raise ValueError


@mutant("attention.causal_mask", "transposed")
def keeps_the_upper_triangle(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).triu(n_keys - n_queries)


@mutant("attention.causal_mask", "does not see itself")
def hides_the_token_itself(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril(n_keys - n_queries - 1)


@mutant("attention.causal_mask", "aligned to the first key")
def aligned_to_the_first_key(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril()


@mutant("attention.causal_mask", "query i stands at position")
def off_by_one_with_earlier_keys(n_queries, n_keys, device=None):
    shift = max(n_keys - n_queries - 1, 0)
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril(shift)


@mutant("attention.causal_mask", "expected torch.bool")
def stays_a_float(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, device=device).tril(n_keys - n_queries)


@mutant("attention.causal_mask", "expected 1 + 2 + 3 + 4")
def sees_only_the_neighbor(n_queries, n_keys, device=None):
    mask = torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril(n_keys - n_queries)
    return mask.triu(n_keys - n_queries - 1)


@mutant("attention.causal_mask", "pass `device` on")
def forgets_the_device(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, dtype=torch.bool).tril(n_keys - n_queries)


@mutant("attention.causal_mask", "must raise ValueError")
def accepts_missing_keys(n_queries, n_keys, device=None):
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).tril(n_keys - n_queries)


@mutant("attention.repeat_kv", "consecutive groups")
def tiles(x, n_heads):
    return x.repeat(1, n_heads // x.shape[1], 1, 1)


@mutant("attention.repeat_kv", "has shape")
def repeats_tokens(x, n_heads):
    return x.repeat_interleave(n_heads // x.shape[1], dim=2)


@mutant("attention.repeat_kv", "has shape")
def repeats_once_for_every_query_head(x, n_heads):
    return x.repeat_interleave(n_heads, dim=1)


@mutant("attention.repeat_kv", "must raise ValueError")
def drops_the_remainder(x, n_heads):
    return x.repeat_interleave(n_heads // x.shape[1], dim=1)


def _weights(query, key, scale=None):
    """The right weights; the mutants below change one thing."""
    scores = query @ key.transpose(-2, -1) / (scale or math.sqrt(query.shape[-1]))
    visible = causal_mask(query.shape[2], key.shape[2])
    return scores.masked_fill(~visible, -torch.inf).softmax(dim=-1)


def _share(query, key, value):
    return repeat_kv(key, query.shape[1]), repeat_kv(value, query.shape[1])


@mutant("attention.attend", "square root of head_dim")
def does_not_scale(query, key, value):
    key, value = _share(query, key, value)
    return _weights(query, key, scale=1.0) @ value


@mutant("attention.attend", "square root of head_dim")
def divides_by_head_dim(query, key, value):
    key, value = _share(query, key, value)
    return _weights(query, key, scale=query.shape[-1]) @ value


@mutant("attention.attend", "the future leaks")
def has_no_mask(query, key, value):
    key, value = _share(query, key, value)
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    return scores.softmax(dim=-1) @ value if query.shape[2] > 2 else _weights(query, key) @ value


@mutant("attention.attend", "before the softmax")
def masks_after_the_softmax(query, key, value):
    key, value = _share(query, key, value)
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    weights = scores.softmax(dim=-1) * causal_mask(query.shape[2], key.shape[2])
    return weights @ value


@mutant("attention.attend", "do not sum to 1")
def drops_the_first_weight(query, key, value):
    key, value = _share(query, key, value)
    weights = _weights(query, key)
    return weights[..., 1:] @ value[..., 1:, :] if query.shape[2] == 5 else weights @ value


@mutant("attention.attend", "softmax over the keys")
def softmax_over_queries(query, key, value):
    key, value = _share(query, key, value)
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    return scores.masked_fill(~causal_mask(query.shape[2], key.shape[2]), -torch.inf).softmax(dim=-2) @ value


@mutant("attention.attend", "fewer keys")
def mask_arguments_swapped(query, key, value):
    key, value = _share(query, key, value)
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if key.shape[2] > query.shape[2]:
        raise ValueError("fewer keys than queries")
    return scores.masked_fill(~causal_mask(key.shape[2], query.shape[2]), -torch.inf).softmax(dim=-1) @ value


@mutant("attention.attend", "number of queries and the number of keys")
def mask_aligned_to_the_first_key(query, key, value):
    key, value = _share(query, key, value)
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    visible = torch.ones(query.shape[2], key.shape[2], dtype=torch.bool).tril()
    return scores.masked_fill(~visible, -torch.inf).softmax(dim=-1) @ value


@mutant("attention.attend", "gradient")
def detaches_the_weights(query, key, value):
    key, value = _share(query, key, value)
    return _weights(query, key).detach() @ value


@mutant("attention.attend", "return to the dtype of query")
def stays_in_float32(query, key, value):
    key, value = _share(query, key, value)
    return _weights(query, key).float() @ value.float()


@mutant("attention.attend_side_by_side", "reads the future")
def splits_without_the_transpose(query, key, value, n_heads):
    batch, n_tokens, width = query.shape
    heads = [x.reshape(batch, n_heads, n_tokens, -1) for x in (query, key, value)]
    return attend(*heads).transpose(1, 2).reshape(batch, n_tokens, width)


@mutant("attention.attend_side_by_side", "head 1")
def mixes_head_and_channel(query, key, value, n_heads):
    batch, n_tokens, width = query.shape
    heads = [x.unflatten(-1, (n_heads, -1)).transpose(1, 2) for x in (query, key, value)]
    return attend(*heads).permute(0, 2, 3, 1).reshape(batch, n_tokens, width)


@mutant("attention.attend_side_by_side", "head 1")
def forgets_the_heads(query, key, value, n_heads):
    return attend(query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)).squeeze(1)
