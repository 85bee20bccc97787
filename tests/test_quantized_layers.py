"""Quantized layers: they compute with the decoded weight, survive what modules go through, and are small.

Sizes: B=3 T=17, weights of N=40 K=96; models with V=97 C=64 F=96.
"""

import copy
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor, nn

from minillama.cache import KVCache
from minillama.model import Llama
from minillama.quantization import Grid, dequantize, quantize
from minillama.quantized_layers import QuantizedEmbedding, QuantizedLinear, place_matrix, quantize_model
from minillama.quantized_matrix import QuantizedMatrix
from minillama.recompute import saved_bytes

GRIDS = [Grid(4, 32), Grid(8), Grid(3, 32, symmetric=True), Grid(8, 8, symmetric=True)]
CONFIG = replace(TINY, dim=64, n_layers=2, head_dim=16, hidden_dim=96)
TIED = replace(CONFIG, tie_embeddings=True)


def some_linear() -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(96, 40, bias=False)


def decoded_copy(model: nn.Module, config: object = CONFIG) -> Llama:
    """A plain model with the decoded weights of a quantized one."""
    plain = Llama(config).to(model.final_norm.weight.dtype)
    weights = {
        name: module.matrix.dequantize() if hasattr(module, "matrix") else module.weight
        for name, module in model.named_modules()
        if hasattr(module, "matrix") or hasattr(module, "weight")
    }
    plain.load_state_dict({f"{name}.weight": weight for name, weight in weights.items()})
    return plain


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_linear_computes_with_the_decoded_weight(grid: Grid) -> None:
    linear = some_linear()
    layer = QuantizedLinear.from_linear(linear, grid)
    codes, scale, minimum = quantize(linear.weight, grid)
    x = torch.randn(3, 17, 96)
    assert torch.equal(layer(x), x @ dequantize(codes, scale, minimum).T)
    assert (layer.in_features, layer.out_features, layer.grid) == (96, 40, grid)
    assert torch.equal(layer.matrix.codes(), codes)
    assert torch.equal(layer.matrix.scale, scale)
    assert torch.equal(layer.matrix.minimum, minimum)
    assert layer(x.bfloat16()).dtype == torch.bfloat16


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_memory_is_what_the_grid_says(grid: Grid) -> None:
    layer = QuantizedLinear.from_linear(some_linear(), grid)
    n_bytes = sum(buffer.nbytes for buffer in layer.buffers())
    assert 8 * n_bytes == pytest.approx(40 * 96 * grid.bits_per_weight(96))
    assert list(layer.parameters()) == []


def test_gradients_reach_the_input_and_the_weight_is_not_kept_for_them() -> None:
    layer = QuantizedLinear.from_linear(some_linear(), Grid(4, 32))
    x = torch.randn(3, 17, 96, requires_grad=True)
    weights = torch.randn(3, 17, 40)
    (layer(x) * weights).sum().backward()
    assert torch.allclose(x.grad, weights @ layer.matrix.dequantize(), atol=1e-6)
    assert saved_bytes(lambda: layer(x)) < layer.matrix.dequantize().nbytes / 2


def test_embedding_decodes_the_rows_it_looks_up() -> None:
    torch.manual_seed(0)
    table = nn.Embedding(97, 96)
    embedding = QuantizedEmbedding.from_embedding(table, Grid(3, 32))
    tokens = random_tokens(3, 17)
    assert torch.equal(embedding(tokens), embedding.matrix.dequantize()[tokens])
    assert embedding(tokens).shape == (3, 17, 96)
    assert embedding(tokens[:0]).shape == (0, 17, 96)
    with pytest.raises(IndexError):
        embedding(torch.tensor([[97]]))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_a_change_of_dtype_leaves_codes_and_scales(dtype: torch.dtype) -> None:
    """Scales of 1/1000 with 11 significant bits would lose three of them in bfloat16."""
    model = loud_model(TIED).float()
    quantize_model(model, Grid(4, 32))
    weight, tokens = model.layers[1].feedforward.down_proj.matrix.dequantize(), random_tokens(3, 17)
    model.to(dtype)
    assert torch.equal(model.layers[1].feedforward.down_proj.matrix.dequantize(), weight)
    assert model.token_embedding(tokens).dtype == model(tokens).dtype == dtype
    assert {buffer.dtype for buffer in model.buffers() if buffer.numel()} == {torch.uint8, torch.int16}


@pytest.mark.parametrize("config", [CONFIG, TIED], ids=["untied", "tied"])
@pytest.mark.parametrize("head", [None, Grid(8), Grid(6, 32)], ids=str)
def test_model_equals_a_plain_one_with_decoded_weights(config: object, head: Grid | None) -> None:
    model, tokens = loud_model(config).float(), random_tokens(3, 17)
    before = model(tokens)
    quantize_model(model, Grid(4, 32), head)
    logits = model(tokens)
    assert torch.allclose(logits, decoded_copy(model, config)(tokens), atol=1e-4)
    assert 0.05 < (logits - before).std() / before.std() < 1.5
    assert isinstance(model.final_norm.weight, nn.Parameter)
    assert len([m for m in model.modules() if isinstance(m, QuantizedLinear)]) == 14 + (head is not None)
    cache = KVCache(config.n_layers, 17)
    steps = [model(tokens[:, start : start + 1], cache) for start in range(17)]
    assert torch.allclose(torch.cat(steps, 1), logits, atol=1e-4)


def test_a_tied_head_shares_the_matrix_through_copies_and_moves() -> None:
    model = Llama(TIED)
    quantize_model(model, Grid(4, 32))
    for one in (model, copy.deepcopy(model), copy.deepcopy(model).to("meta"), copy.deepcopy(model).half()):
        assert one.lm_head.matrix is one.token_embedding.matrix
    untied = Llama(CONFIG)
    quantize_model(untied, Grid(4, 32))
    assert untied.lm_head.matrix is not untied.token_embedding.matrix


def test_state_dict_goes_from_model_to_model() -> None:
    model, other, tokens = loud_model(TIED).float(), loud_model(TIED, seed=5).float(), random_tokens(3, 17)
    for one in (model, other):
        quantize_model(one, Grid(3, 32), Grid(8, symmetric=True))
    assert not torch.equal(model(tokens), other(tokens))
    other.load_state_dict(model.state_dict())
    assert torch.equal(model(tokens), other(tokens))
    assert "layers.0.attention.q_proj.matrix.packed" in model.state_dict()


def test_names_and_quantizers_choose() -> None:
    def to_zero(weight: Tensor, grid: Grid) -> tuple[Tensor, Tensor, Tensor]:
        codes, scale, minimum = quantize(weight, grid)
        return torch.zeros_like(codes), scale, torch.zeros_like(minimum)

    model = Llama(CONFIG)
    quantize_model(model, Grid(4, 32), None, accept=lambda name: "down_proj" in name, quantizer=to_zero)
    assert [type(m) for m in (model.lm_head, model.token_embedding)] == [nn.Linear, nn.Embedding]
    assert isinstance(model.layers[0].feedforward.up_proj, nn.Linear)
    assert not model.layers[1].feedforward.down_proj(torch.ones(96)).any()


def test_a_matrix_is_placed_where_it_fits() -> None:
    model = Llama(CONFIG)
    matrix = QuantizedMatrix.from_codes(*quantize(torch.ones(96, 64), Grid(8)), Grid(8))
    place_matrix(model, "layers.1.feedforward.gate_proj", matrix)
    assert model.layers[1].feedforward.gate_proj.matrix is matrix
    with pytest.raises(ValueError, match=r"down_proj is \(96, 64\), must be \(64, 96\)"):
        place_matrix(model, "layers.1.feedforward.down_proj", matrix)
    with pytest.raises(ValueError, match="final_norm is a RMSNorm: only linear layers and embeddings"):
        place_matrix(model, "final_norm", matrix)
    with pytest.raises(ValueError, match="the model has no layer layers.2"):
        place_matrix(model, "layers.2", matrix)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="only linear layers without bias can be quantized"):
        QuantizedLinear.from_linear(nn.Linear(96, 40), Grid(4))
    with pytest.raises(ValueError, match="groups of 64 do not divide rows of 96 weights"):
        QuantizedLinear.from_linear(some_linear(), Grid(4, 64))
    matrix = QuantizedLinear.from_linear(some_linear(), Grid(4, 32)).matrix
    parts = [matrix.packed, matrix.scale_bits, matrix.minimum_bits]
    with pytest.raises(ValueError, match=r"must be \(40, 3\) of torch.int16, one for each group, got none"):
        QuantizedMatrix(*parts[:2], None, 96, Grid(4, 32))
    with pytest.raises(ValueError, match=r"must be \(40, 2\) of torch.int16, one for each group, got \(40, 3\)"):
        QuantizedMatrix(*parts, 96, Grid(4, 48))
    with pytest.raises(ValueError, match="64 codes of 4 bits take rows of 32 bytes"):
        QuantizedMatrix(*parts, 64, Grid(4, 32))
