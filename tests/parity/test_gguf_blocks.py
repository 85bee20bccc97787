"""Blocks are encoded bit for bit as the gguf library encodes them."""

import gguf
import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind

from minillama.formats.gguf_blocks import dequantize
from minillama.formats.gguf_encode import ENCODERS, encode

QUANTIZED = ["Q4_0", "Q4_1", "Q8_0"]
N = 3001


def inputs() -> dict[str, np.ndarray]:
    """(N, 32) float32 of every kind that a weight can be, and some that it cannot."""
    random = np.random.default_rng(7)
    normal = random.normal(size=(N, 32))
    sizes = 10.0 ** random.uniform(-9, 4.5, (N, 1))
    ends = random.choice([-1.0, 1.0], (N, 1))
    with_infinity = normal.copy()
    with_infinity[np.arange(N), random.integers(0, 32, N)] = np.inf * ends[:, 0]
    made = {
        "normal": normal,
        "of many sizes": normal * sizes,
        "one sign": np.abs(normal) * sizes * ends,
        "constant": np.broadcast_to(ends * sizes, (N, 32)),
        "zero": np.zeros((2, 32)),
        "one is not zero": np.eye(32) * 0.3,
        "halves": random.integers(-254, 255, (N, 32)) / 2.0,  # ties of rounding
        "few values": random.integers(-3, 4, (N, 32)),  # ties of the largest magnitude
        "beyond float16": normal * 1e7,
        "sum beyond float32": normal * 2e38,
        "small": normal * 1e-7,  # scales below the smallest float16
        "subnormal": normal * 10.0 ** random.uniform(-45, -37, (N, 1)),
        "infinite": with_infinity,
    }
    with np.errstate(over="ignore"):
        return {name: values.astype(np.float32) for name, values in made.items()}


INPUTS = inputs()


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("kind", QUANTIZED)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_blocks_equal_the_library(kind: str, name: str) -> None:
    theirs = gguf.quants.quantize(INPUTS[name], Kind[kind])
    ours = encode(torch.from_numpy(INPUTS[name].copy()), kind).numpy()
    assert np.array_equal(ours, theirs), np.flatnonzero((ours != theirs).any(1))[:5]


@pytest.mark.parametrize("kind", ENCODERS)
def test_whole_matrices_equal_the_library(kind: str) -> None:
    weight = np.random.default_rng(8).normal(size=(17, 96)).astype(np.float32)
    theirs = gguf.quants.quantize(weight, Kind[kind]).view(np.uint8)
    assert np.array_equal(encode(torch.from_numpy(weight), kind).numpy(), theirs)


@pytest.mark.parametrize("kind", QUANTIZED)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_there_and_back_equals_the_library(kind: str) -> None:
    weight = INPUTS["of many sizes"]
    ours = dequantize(encode(torch.from_numpy(weight), kind).flatten(), kind, weight.shape)
    theirs = gguf.quants.dequantize(gguf.quants.quantize(weight, Kind[kind]), Kind[kind])
    assert np.array_equal(ours.numpy(), theirs)
