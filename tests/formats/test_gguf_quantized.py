"""GGUF files loaded without decoding: the same weights as decoded, row order included, and the same complaints."""

from pathlib import Path

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind
from tiny_gguf import SIZES, random_weights, write_gguf
from torch import nn

from minillama.formats.gguf import load_gguf
from minillama.formats.gguf_quantized import GRIDS, load_gguf_quantized
from minillama.formats.names import CheckpointError
from minillama.quantization import Grid, dequantize, quantize
from minillama.quantized_layers import QuantizedEmbedding, QuantizedLinear

TOKENS = torch.randint(SIZES["vocab_size"], (3, 47), generator=torch.Generator().manual_seed(1))


def assert_same_weights(ours: nn.Module, decoded: nn.Module) -> int:
    """Bit for bit; returns how many matrices are quantized."""
    n_quantized = 0
    for name, weight in decoded.named_parameters():
        layer = ours.get_submodule(name.removesuffix(".weight"))
        is_quantized = isinstance(layer, QuantizedLinear | QuantizedEmbedding)
        assert torch.equal(layer.matrix.dequantize() if is_quantized else layer.weight, weight), name
        n_quantized += is_quantized
    return n_quantized


@pytest.mark.parametrize("kind", [Kind.Q4_0, Kind.Q4_1, Kind.Q8_0], ids=lambda kind: kind.name)
def test_weights_are_those_of_the_decoded_file(kind: Kind, tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf", kind=kind)
    ours, decoded = load_gguf_quantized(path), load_gguf(path)
    assert assert_same_weights(ours, decoded) == 2 * 7 + 2
    assert torch.equal(ours(TOKENS), decoded(TOKENS))
    assert ours.layers[0].attention.q_proj.grid == ours.token_embedding.grid == GRIDS[kind.name]
    assert ours.final_norm.weight.dtype == torch.float32


@pytest.mark.parametrize("kind", [Kind.F32, Kind.F16, Kind.BF16], ids=lambda kind: kind.name)
def test_floats_stay_floats(kind: Kind, tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf", kind=kind)
    assert assert_same_weights(load_gguf_quantized(path), load_gguf(path)) == 0


def test_a_tied_head_shares_the_matrix(tmp_path: Path) -> None:
    weights = random_weights()
    del weights["lm_head.weight"]
    model = load_gguf_quantized(write_gguf(tmp_path / "tied.gguf", weights, Kind.Q8_0))
    assert model.lm_head.matrix is model.token_embedding.matrix
    model = load_gguf_quantized(write_gguf(tmp_path / "floats.gguf", weights, Kind.F16))
    assert model.lm_head.weight is model.token_embedding.weight


def test_the_same_complaints_as_for_decoded_files(tmp_path: Path) -> None:
    weights = random_weights() | {"model.norm.weight": np.ones(65, np.float32)}
    del weights["model.layers.1.self_attn.k_proj.weight"]
    path = write_gguf(tmp_path / "bad.gguf", weights, Kind.Q8_0, {"more.weight": np.ones(3, np.float32)})
    with pytest.raises(CheckpointError) as caught:
        load_gguf_quantized(path)
    assert caught.value.missing == ["layers.1.attention.k_proj.weight"]
    assert caught.value.unexpected == ["more.weight"]
    assert caught.value.misshaped == ["final_norm.weight is (65,), must be (64,)"]
    with pytest.raises(ValueError, match="bad.gguf: tensor .*: cannot decode the format Q5_0"):
        load_gguf_quantized(write_gguf(tmp_path / "bad.gguf", kind=Kind.Q5_0))
    with pytest.raises(ValueError, match="only 'llama' is supported"):
        load_gguf_quantized(write_gguf(tmp_path / "bad.gguf", architecture="qwen2"))


@torch.no_grad()
def test_rounding_the_decoded_weights_of_smollm2_gives_them_back(smollm2: Path) -> None:
    """Every group of 32 in the file has both end codes, so its smallest and largest weights give its grid back."""
    model, decoded = load_gguf_quantized(smollm2), load_gguf(smollm2)
    assert assert_same_weights(model, decoded) == 7 * 30 + 1
    n_groups = 0
    for name, linear in decoded.layers[::5].named_modules():
        if isinstance(linear, nn.Linear):
            matrix = model.layers[::5].get_submodule(name).matrix
            codes, scale, minimum = quantize(linear.weight, Grid(4, 32))
            assert torch.equal(codes, matrix.codes()), name
            assert torch.equal(scale, matrix.scale) and torch.equal(minimum, matrix.minimum), name
            n_groups += scale.numel()
    assert n_groups == 3_317_760 // 5  # a fifth of the layers, to save time


def test_a_group_without_its_end_codes_comes_back_with_another_grid() -> None:
    """What holds for the file is no law: these weights lie on a grid of 16 values, but use the inner ones."""
    codes = torch.tensor([[3, 4, 7, 11]]).repeat(1, 8)
    weight = dequantize(codes, torch.tensor([[0.25]]), torch.tensor([[-2.0]]))
    again = dequantize(*quantize(weight, Grid(4, 32)))
    assert 0 < (again - weight).abs().max() < 2.0 / 15 / 2 * 1.01  # half a step of the narrower grid
