"""Checks of chapter 09: the cache of one layer."""

import torch
from torch import Tensor

from ..checking import expect, expect_close, expect_error

B, K, D, CAPACITY = 2, 3, 5, 11


def _new(n_tokens: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Keys or values of some new tokens."""
    return torch.randn(B, K, n_tokens, D).to(dtype)


def _append(cache: object, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
    """Append, and return keys and values alone."""
    keys, values, _ = cache.append(key, value)
    return keys, values


def check_cache_returns_three(cache_class: type) -> None:
    """append returns keys, values and None."""
    result = cache_class(CAPACITY).append(_new(2), _new(2))
    expect(result is not None, "append gave None: is the return statement missing?")
    expect(
        isinstance(result, tuple) and len(result) == 3 and result[2] is None,
        "append must return three things: all keys, all values, and None, which says that a token sees all up to its "
        "own place",
    )


def check_cache_keeps_everything(cache_class: type) -> None:
    """old and new tokens stand in order."""
    cache, keys, values = cache_class(CAPACITY), _new(6), _new(6)
    _append(cache, keys[:, :, :3], values[:, :, :3])
    found = _append(cache, keys[:, :, 3:5], values[:, :, 3:5])
    expect(
        found[0].shape[2] == 5,
        f"after 3 and 2 tokens append returned {found[0].shape[2]}: return the tokens stored so far, neither the new "
        "ones alone nor the empty rest of the store",
    )
    expect(
        not torch.equal(found[1], found[0]) and not torch.equal(found[1], keys[:, :, :5]),
        "the values that come back are the keys: store key and value apart",
    )
    suspect = "New tokens follow the old ones: write them from place length to place length + T."
    expect_close(found[0], keys[:, :, :5], "the keys after appending 3 and then 2 tokens", suspect)
    expect_close(found[1], values[:, :, :5], "the values after appending 3 and then 2 tokens", suspect)


def check_cache_counts(cache_class: type) -> None:
    """length counts the tokens."""
    cache, lengths = cache_class(CAPACITY), []
    for n_tokens in (4, 1, 1):
        _append(cache, _new(n_tokens), _new(n_tokens))
        lengths.append(cache.length)
    expect(
        lengths == [4, 5, 6],
        f"after 4, 1 and 1 tokens length was {lengths}, expected [4, 5, 6]: the model reads its positions from there",
    )


def check_cache_stays_in_place(cache_class: type) -> None:
    """the store is made once."""
    cache = cache_class(CAPACITY)
    first, _ = _append(cache, _new(3), _new(3))
    second, _ = _append(cache, _new(1), _new(1))
    expect(
        first.data_ptr() == second.data_ptr(),
        "the second append moved all keys to new memory: that copies the whole text at every step. Make a store of the "
        "full capacity once, write into it, and return views",
    )


def check_cache_follows_dtype(cache_class: type) -> None:
    """the store has the model's dtype."""
    found = _append(cache_class(CAPACITY), _new(2, torch.bfloat16), _new(2, torch.bfloat16))
    expect(
        all(x.dtype == torch.bfloat16 for x in found),
        f"bfloat16 keys and values came back as {found[0].dtype} and {found[1].dtype}: make the stores with "
        "`key.new_empty(...)`",
    )


def check_cache_rewinds(cache_class: type) -> None:
    """after a rewind, new tokens take the place of old ones."""
    cache, keys, values, other = cache_class(CAPACITY), _new(4), _new(4), _new(1)
    _append(cache, keys, values)
    cache.rewind(2)
    found, _ = _append(cache, other, other)
    expect(
        found.shape[2] == 3,
        f"after 4 tokens, rewind(2) and 1 more there are {found.shape[2]}, expected 3: only `length` says how much of "
        "the store counts, so write behind it and keep no other count",
    )
    expect_close(
        found,
        torch.cat((keys[:, :, :2], other), dim=2),
        "the keys after 4 tokens, rewind(2) and 1 more",
        "The new token goes to the place of the first one that was forgotten.",
    )


def check_cache_refuses_too_much(cache_class: type) -> None:
    """more than the capacity is refused."""
    cache = cache_class(CAPACITY)
    _append(cache, _new(9), _new(9))
    expect_error(lambda: cache.append(_new(3), _new(3)), ValueError, "appending 3 tokens to 9 of 11 taken places")
    _append(cache, _new(2), _new(2))
