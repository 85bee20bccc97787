"""Encoding of blocks: recorded vectors, the largest weight of a block, bad input."""

import pytest
import torch

from minillama.formats.gguf_blocks import BLOCK_FORMATS, dequantize
from minillama.formats.gguf_encode import ENCODERS, encode

from .test_gguf_blocks import RECORDED


@pytest.mark.parametrize(("kind", "original", "block", "error"), RECORDED)
def test_recorded_blocks(kind: str, original: torch.Tensor, block: str, error: float) -> None:
    assert bytes(encode(original, kind).tolist()).hex() == block


@pytest.mark.parametrize("kind", ENCODERS)
def test_there_and_back(kind: str) -> None:
    weight = torch.randn(5, 7, 64, generator=torch.Generator().manual_seed(0))
    data = encode(weight, kind)
    n_weights, n_bytes, _ = BLOCK_FORMATS[kind]
    assert (data.dtype, data.shape) == (torch.uint8, (5, 7, 64 // n_weights * n_bytes))
    far = {"F32": 0, "F16": 1e-3, "BF16": 0.01, "Q8_0": 0.02, "Q4_1": 0.25, "Q4_0": 0.5}[kind]
    assert (dequantize(data.flatten(), kind, weight.shape) - weight).abs().max() <= far
    again = encode(dequantize(data.flatten(), kind, weight.shape), kind)
    if kind in ("F32", "F16", "BF16"):
        assert torch.equal(again, data)


@pytest.mark.parametrize("largest", [-6.0, 6.0])
def test_the_largest_weight_of_q4_0_is_exact_whatever_its_sign(largest: float) -> None:
    weight = torch.linspace(-1, 1, 32)
    weight[9] = largest
    assert dequantize(encode(weight, "Q4_0"), "Q4_0", (32,))[9] == largest


def test_nothing_is_divided_by_zero() -> None:
    for kind in ("Q4_0", "Q4_1", "Q8_0"):
        data = encode(torch.zeros(1, 32), kind)
        assert not dequantize(data.flatten(), kind, (1, 32)).any()


def test_bad_input() -> None:
    with pytest.raises(
        ValueError, match="cannot encode the format Q6_K: choose one of F32, F16, BF16, Q4_0, Q4_1, Q8_0"
    ):
        encode(torch.zeros(1, 256), "Q6_K")
    with pytest.raises(
        ValueError, match=r"Q8_0 takes rows of a multiple of 32 weights, got shape \(3, 48\): choose F16"
    ):
        encode(torch.zeros(3, 48), "Q8_0")
