"""KVCache: what is stored comes back, in place, within capacity."""

import pytest
import torch

from minillama.cache import KVCache, LayerCache

B, K, D = 2, 3, 5


def test_appended_tokens_come_back_in_order() -> None:
    cache, keys, values = LayerCache(capacity=9), torch.randn(B, K, 7, D), torch.randn(B, K, 7, D)
    for start, end in ((0, 4), (4, 5), (5, 7)):
        all_keys, all_values, visible = cache.append(keys[:, :, start:end], values[:, :, start:end])
        assert cache.length == end
        assert torch.equal(all_keys, keys[:, :, :end])
        assert torch.equal(all_values, values[:, :, :end])
        assert visible is None


def test_memory_is_taken_once() -> None:
    cache, one = LayerCache(capacity=9), torch.randn(B, K, 1, D)
    first, _, _ = cache.append(one, one)
    later = [cache.append(one, one) for _ in range(8)]
    assert all(keys.data_ptr() == first.data_ptr() for keys, _, _ in later)
    keys, values, _ = later[-1]
    assert keys.data_ptr() != values.data_ptr()
    assert keys.untyped_storage().nbytes() == B * K * 9 * D * 4


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_dtype_and_device_follow_the_keys(dtype: torch.dtype) -> None:
    keys, values, _ = LayerCache(4).append(*torch.zeros(2, B, K, 1, D, dtype=dtype, device="meta"))
    assert keys.dtype == values.dtype == dtype
    assert keys.device.type == values.device.type == "meta"


def test_a_full_cache_refuses_and_keeps_what_it_has() -> None:
    cache, six, three = LayerCache(capacity=8), torch.randn(B, K, 6, D), torch.randn(B, K, 3, D)
    cache.append(six, six)
    with pytest.raises(
        ValueError, match=r"cannot add 3 tokens: 6 of 8 places are taken\. Create the cache with a larger"
    ):
        cache.append(three, three)
    assert cache.length == 6
    keys, _, _ = cache.append(three[:, :, :2], three[:, :, :2])  # exactly full is allowed
    assert torch.equal(keys[:, :, :6], six)


def test_another_batch_is_refused() -> None:
    cache = LayerCache(capacity=8)
    cache.append(torch.zeros(B, K, 1, D), torch.zeros(B, K, 1, D))
    with pytest.raises(ValueError, match="the cache holds a batch of 2, got 1: use a new cache"):
        cache.append(torch.zeros(1, K, 1, D), torch.zeros(1, K, 1, D))


def test_layers_are_separate() -> None:
    cache, one = KVCache(n_layers=3, capacity=8), torch.ones(B, K, 1, D)
    assert [layer.capacity for layer in cache.layers] == [8, 8, 8]
    assert cache.length == 0
    for number, layer in enumerate(cache.layers):
        layer.append(number * one, -number * one)
    assert cache.length == 1
    keys, values, _ = cache.layers[1].append(5 * one, 6 * one)
    assert keys[0, 0, :, 0].tolist() == [1, 5]
    assert values[0, 0, :, 0].tolist() == [-1, 6]
    assert cache.layers[0].length == cache.layers[2].length == 1


def test_bad_sizes() -> None:
    for sizes in ((0, 8), (3, 0), (3, -1)):
        with pytest.raises(ValueError, match=f"n_layers and capacity must be positive, got {sizes[0]} and"):
            KVCache(*sizes)
