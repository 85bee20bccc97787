"""Counting on paper: published parameter counts, memory and operations; real tensors as oracle."""

from dataclasses import replace

import pytest
import torch
from tiny import TINY
from torch.utils.flop_counter import FlopCounterMode

from minillama.budget import (
    count_parameters,
    forward_flops,
    kv_cache_bytes,
    parameters_by_part,
    training_flops,
    weight_bytes,
)
from minillama.cache import KVCache
from minillama.config import LLAMA_3_1_8B, LLAMA_7B, PRESETS
from minillama.model import Llama

# parameters; float16 cache: bytes per token, GiB at full context;
# GFLOP per token: matrices forward, 6N, attention in training at 2,048 tokens
COUNTED = {
    "LLaMA-7B": (6_738_415_616, 524_288, 1.0, 13.214, 40.43, 3.221),
    "LLaMA-13B": (13_015_864_320, 819_200, 1.5625, 25.703, 78.10, 5.033),
    "LLaMA-33B": (32_528_943_616, 1_597_440, 3.0469, 64.630, 195.17, 9.815),
    "LLaMA-65B": (65_285_660_672, 2_621_440, 5.0, 130.044, 391.71, 16.106),
    "Llama-2-7B": (6_738_415_616, 524_288, 2.0, 13.214, 40.43, 3.221),
    "Llama-2-13B": (13_015_864_320, 819_200, 3.125, 25.703, 78.10, 5.033),
    "Llama-2-70B": (68_976_648_192, 327_680, 1.25, 137.426, 413.86, 16.106),
    "Llama-3-8B": (8_030_261_248, 131_072, 1.0, 15.009, 48.18, 3.221),
    "Llama-3-70B": (70_553_706_496, 327_680, 2.5, 139.003, 423.32, 16.106),
    "Llama-3.1-8B": (8_030_261_248, 131_072, 16.0, 15.009, 48.18, 3.221),
    "Llama-3.1-70B": (70_553_706_496, 327_680, 40.0, 139.003, 423.32, 16.106),
    "Llama-3.1-405B": (405_853_388_800, 516_096, 63.0, 807.496, 2435.12, 50.734),
    "Llama-3.2-1B": (1_235_814_400, 32_768, 4.0, 2.471, 7.41, 0.805),
    "Llama-3.2-3B": (3_212_749_824, 114_688, 14.0, 6.425, 19.28, 2.114),
    "SmolLM2-135M": (134_515_008, 23_040, 0.1758, 0.269, 0.81, 0.425),
    "SmolLM2-360M": (361_821_120, 40_960, 0.3125, 0.724, 2.17, 0.755),
    "SmolLM2-1.7B": (1_711_376_384, 196_608, 1.5, 3.423, 10.27, 1.208),
}
# GB of the weights: float32, float16, int8, int4, Q8_0, Q4_1, Q4_0, training state of mixed-precision Adam
BITS = (32, 16, 8, 4, 8.5, 5, 4.5, 128)
GIGABYTES = {
    "LLaMA-7B": (26.95, 13.48, 6.74, 3.37, 7.16, 4.21, 3.79, 107.8),
    "LLaMA-13B": (52.06, 26.03, 13.02, 6.51, 13.83, 8.13, 7.32, 208.3),
    "LLaMA-33B": (130.12, 65.06, 32.53, 16.26, 34.56, 20.33, 18.30, 520.5),
    "LLaMA-65B": (261.14, 130.57, 65.29, 32.64, 69.37, 40.80, 36.72, 1044.6),
    "Llama-2-7B": (26.95, 13.48, 6.74, 3.37, 7.16, 4.21, 3.79, 107.8),
    "Llama-2-13B": (52.06, 26.03, 13.02, 6.51, 13.83, 8.13, 7.32, 208.3),
    "Llama-2-70B": (275.91, 137.95, 68.98, 34.49, 73.29, 43.11, 38.80, 1103.6),
    "Llama-3-8B": (32.12, 16.06, 8.03, 4.02, 8.53, 5.02, 4.52, 128.5),
    "Llama-3-70B": (282.21, 141.11, 70.55, 35.28, 74.96, 44.10, 39.69, 1128.9),
    "Llama-3.1-405B": (1623.41, 811.71, 405.85, 202.93, 431.22, 253.66, 228.29, 6493.7),
    "Llama-3.2-1B": (4.94, 2.47, 1.24, 0.62, 1.31, 0.77, 0.70, 19.8),
    "Llama-3.2-3B": (12.85, 6.43, 3.21, 1.61, 3.41, 2.01, 1.81, 51.4),
    "SmolLM2-135M": (0.54, 0.27, 0.13, 0.07, 0.14, 0.08, 0.08, 2.2),
    "SmolLM2-360M": (1.45, 0.72, 0.36, 0.18, 0.38, 0.23, 0.20, 5.8),
    "SmolLM2-1.7B": (6.85, 3.42, 1.71, 0.86, 1.82, 1.07, 0.96, 27.4),
}


def test_every_preset_is_counted() -> None:
    assert COUNTED.keys() == PRESETS.keys()


@pytest.mark.parametrize("name", COUNTED)
def test_published_figures(name: str) -> None:
    config = PRESETS[name]
    parameters, cache_bytes, gibibytes, forward, six_n, attention = COUNTED[name]
    assert count_parameters(config) == parameters
    assert kv_cache_bytes(config) == cache_bytes
    assert kv_cache_bytes(config, config.max_seq_len) / 2**30 == pytest.approx(gibibytes, abs=0.00005)
    assert forward_flops(config) / 1e9 == pytest.approx(forward, abs=0.00051)
    assert training_flops(config, n_tokens=1) / 1e9 == pytest.approx(six_n, abs=0.0051)
    looking_back = forward_flops(config, n_context=2048) - forward_flops(config)
    assert 3 * looking_back / 1e9 == pytest.approx(attention, abs=0.00051)


@pytest.mark.parametrize("name", GIGABYTES)
def test_published_weight_memory(name: str) -> None:
    for bits, gigabytes in zip(BITS, GIGABYTES[name], strict=True):
        tolerance = 0.0501 if bits == 128 else 0.00501  # the last printed digit
        assert weight_bytes(PRESETS[name], bits) / 1e9 == pytest.approx(gigabytes, abs=tolerance)


# per block: attention, feed-forward, norms; then one embedding matrix
PER_BLOCK = {
    "LLaMA-7B": (67_108_864, 135_266_304, 8_192, 131_072_000),
    "LLaMA-13B": (104_857_600, 212_336_640, 10_240, 163_840_000),
    "LLaMA-33B": (177_209_344, 357_826_560, 13_312, 212_992_000),
    "LLaMA-65B": (268_435_456, 541_065_216, 16_384, 262_144_000),
}


@pytest.mark.parametrize("name", PER_BLOCK)
def test_published_parts(name: str) -> None:
    config = PRESETS[name]
    attention, feedforward, norms, matrix = PER_BLOCK[name]
    assert parameters_by_part(config) == {
        "embedding": matrix,
        "attention": config.n_layers * attention,
        "feed-forward": config.n_layers * feedforward,
        "norms": config.n_layers * norms + config.dim,
        "head": matrix,
    }


def test_parts_and_caches_by_hand() -> None:
    # dim 24, H*D 40, K*D 20, hidden 56
    parts = parameters_by_part(TINY)
    assert parts == {
        "embedding": 97 * 24,
        "attention": 3 * (24 * 40 + 2 * 24 * 20 + 40 * 24),
        "feed-forward": 3 * (3 * 24 * 56),
        "norms": 7 * 24,
        "head": 97 * 24,
    }
    assert count_parameters(TINY) == sum(parts.values())
    assert parameters_by_part(replace(TINY, tie_embeddings=True)) == {**parts, "head": 0}
    assert forward_flops(replace(TINY, tie_embeddings=True)) == forward_flops(TINY)  # a tied head still multiplies
    assert kv_cache_bytes(LLAMA_3_1_8B, n_tokens=131_072) == 16 * 2**30
    assert kv_cache_bytes(LLAMA_7B, 2048, bytes_per_element=1) == 2**29  # int8 halves it


def test_bytes_equal_those_of_real_tensors() -> None:
    model = Llama(TINY).bfloat16()
    assert weight_bytes(TINY) == sum(weight.nbytes for weight in model.parameters())
    cache = KVCache(TINY.n_layers, capacity=11)
    model(torch.zeros(1, 7, dtype=torch.int64), cache)
    one = torch.zeros(1, 2, 1, 10, dtype=torch.bfloat16)
    stored = sum(x.nbytes for layer in cache.layers for x in layer.append(one, one)[:2])
    assert kv_cache_bytes(TINY, n_tokens=8) == stored


@pytest.mark.parametrize("name", ["LLaMA-7B", "Llama-3-8B", "SmolLM2-135M"])
def test_flops_equal_those_counted_by_torch(name: str) -> None:
    config, n_tokens = PRESETS[name], 13
    with torch.device("meta"):
        model, tokens = Llama(config), torch.zeros(1, n_tokens, dtype=torch.int64)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(tokens)
    # the kernel is counted as the full square: every token looks at all
    assert counter.get_total_flops() == n_tokens * forward_flops(config, n_context=n_tokens)
