"""Linear layers on packed weights: equal to the product with the decoded weight, for every grid, shape and way.

Sizes: weights of K=384 or 96 columns; N rows as each test says; B=3 T=17.
"""

import copy

import pytest
import torch
from torch import Tensor

from minillama.kernels import HALVES, MANY, PAIRS, Int4Linear, Int8Linear, kernel_layout, unpack_kernel_codes
from minillama.quantization import Grid, quantize
from minillama.quantized_layers import QuantizedLinear
from minillama.quantized_matrix import QuantizedMatrix

GRIDS = [
    Grid(bits, group, symmetric) for bits in (2, 3, 4) for symmetric in (False, True) for group in (32, 64, 128, None)
]
FOUR = Grid(4, 32)
ROWS = {"blocks of 64": [192], "a block of 32": [32], "no block": [48], "one step": [16], "joined": [64, 16, 48]}


def some_matrix(n_rows: int, n_columns: int = 384, grid: Grid = FOUR, seed: int = 0) -> QuantizedMatrix:
    """Rows of different size and off zero, so that a swapped row, group or sign shows."""
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(n_rows, n_columns, generator=generator) * torch.rand(n_rows, 1, generator=generator) * 0.1
    weight += 0.02 * torch.randn(n_rows, 1, generator=generator)
    return QuantizedMatrix.from_codes(*quantize(weight, grid), grid)


def some_input(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(7)).bfloat16()


def decoded(matrices: list[QuantizedMatrix]) -> Tensor:
    """The weight that the codes stand for, float64, shape (N, K)."""
    return torch.cat([matrix.dequantize() for matrix in matrices]).double()


def error(observed: Tensor, expected: Tensor) -> float:
    """Length of the difference as a share of the length of what is expected."""
    assert observed.shape == expected.shape
    return ((observed.double() - expected).norm() / expected.norm()).item()


def layer_with_layout(matrices: list[QuantizedMatrix]) -> Int4Linear:
    layer = Int4Linear(matrices)
    if layer.layout is None:
        pytest.skip("the 4-bit kernel of this processor lays out its codes in an unknown way")
    return layer


@pytest.mark.parametrize("n_inputs", [1, MANY - 1, MANY + 13])
@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_four_bits_equal_the_decoded_weight(grid: Grid, n_inputs: int) -> None:
    """Within half a percent: scales and results have the 8 significant bits of bfloat16."""
    matrix, x = some_matrix(192, grid=grid), some_input(n_inputs, 384)
    layer = Int4Linear([matrix])
    assert layer.group == (grid.group or 128), "the largest of the kernel that divides a row"
    observed = layer(x)
    assert observed.dtype == torch.bfloat16
    assert error(observed, QuantizedLinear(matrix)(x.double())) < 0.005


@pytest.mark.parametrize("n_inputs", [1, MANY])
@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("group", [32, None])
def test_any_multiple_of_16_rows(rows: list[int], n_inputs: int, group: int | None) -> None:
    matrices = [some_matrix(n_rows, 96, Grid(4, group), seed) for seed, n_rows in enumerate(rows)]
    layer, x = Int4Linear(matrices), some_input(n_inputs, 96)
    assert (layer.n_rows, layer.n_columns, layer.group) == (sum(rows), 96, 32)
    assert error(layer(x), x.double() @ decoded(matrices).T) < 0.005


def test_joined_matrices_may_have_different_bits() -> None:
    matrices = [some_matrix(64, 96, Grid(bits, 32, bits == 3), seed=bits) for bits in (4, 3)]
    x = some_input(3, 96)
    assert error(Int4Linear(matrices)(x), x.double() @ decoded(matrices).T) < 0.005


@pytest.mark.parametrize("shape", [(384,), (3, 17, 384), (2, 3, 1, 384)])
def test_leading_dimensions_stay(shape: tuple[int, ...]) -> None:
    matrix, x = some_matrix(192), some_input(*shape)
    assert error(Int4Linear([matrix])(x), x.double() @ decoded([matrix]).T) < 0.005


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_the_decoded_weight(grid: Grid) -> None:
    matrices = [some_matrix(128, grid=grid), some_matrix(64, grid=grid, seed=1)]
    weight = layer_with_layout(matrices).transposed()
    assert weight.dtype == torch.bfloat16
    assert error(weight, decoded(matrices).T) < 0.005


def test_many_inputs_take_the_decoded_weight_and_few_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    layer, calls = layer_with_layout([some_matrix(192)]), []
    original, x = Int4Linear.transposed, some_input(3, MANY // 3, 384)
    weight = layer.transposed()
    monkeypatch.setattr(Int4Linear, "transposed", lambda self: calls.append(1) or original(self))
    layer(some_input(MANY - 1, 384))
    assert calls == []
    assert torch.equal(layer(x), x @ weight)
    assert calls == [1]
    layer.layout = None  # as on a processor whose layout is unknown
    assert error(layer(x), (x @ weight).double()) < 0.005
    assert calls == [1]


def packed_by_hand(codes: Tensor, block: int, kind: str) -> Tensor:
    """Pack codes (N, K), byte by byte."""
    n_rows, n_columns = codes.shape
    packed = torch.zeros(n_rows // block, n_columns, block // 2, dtype=torch.uint8)
    for start in range(0, n_rows, block):
        for column in range(n_columns):
            for j in range(block // 2):
                low, high = (
                    (start + j, start + j + block // 2) if kind == HALVES else (start + 2 * j, start + 2 * j + 1)
                )
                packed[start // block, column, j] = codes[low, column] + 16 * codes[high, column]
    return packed.view(n_rows, n_columns // 2)


@pytest.mark.parametrize(("n_rows", "block"), [(128, 64), (96, 32), (32, 32)])
@pytest.mark.parametrize("kind", [HALVES, PAIRS])
def test_unpacking_inverts_packing(n_rows: int, block: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = torch.randint(16, (n_rows, 10), generator=torch.Generator().manual_seed(1))
    observed = unpack_kernel_codes(packed_by_hand(codes, block, kind), n_rows, 10, block, kind)
    assert observed.dtype == torch.bfloat16
    assert torch.equal(observed.long(), codes.T)
    find = kernel_layout.__wrapped__  # without its memory
    monkeypatch.setattr(
        torch, "_convert_weight_to_int4pack_for_cpu", lambda codes, _: packed_by_hand(codes, block, kind)
    )
    assert find(n_rows) == (block, kind)
    monkeypatch.setattr(
        torch, "_convert_weight_to_int4pack_for_cpu", lambda codes, _: packed_by_hand(codes.flip(1), block, kind)
    )
    assert find(n_rows) is None


def test_the_layout_found_is_that_of_the_kernel() -> None:
    codes = torch.randint(16, (192, 96), dtype=torch.int32, generator=torch.Generator().manual_seed(1))
    if (layout := kernel_layout(192)) is None:
        pytest.skip("the 4-bit kernel of this processor lays out its codes in an unknown way")
    packed = torch._convert_weight_to_int4pack_for_cpu(codes, 1)
    assert torch.equal(unpack_kernel_codes(packed, 192, 96, *layout).int(), codes.T)
    assert kernel_layout(48) is None  # no whole block


BAD = {
    "5 bits": (48, 96, Grid(5, 32)),
    "groups of 16": (48, 96, Grid(4, 16)),
    "groups of 96": (48, 96, Grid(4, 96)),
    "40 rows": (40, 96, Grid(4, 32)),
    "80 columns": (48, 80, Grid(4)),
}


@pytest.mark.parametrize(("n_rows", "n_columns", "grid"), BAD.values(), ids=BAD)
def test_what_does_not_fit_is_refused(n_rows: int, n_columns: int, grid: Grid) -> None:
    good, bad = some_matrix(48, 96), some_matrix(n_rows, n_columns, grid)
    assert Int4Linear.fits(good)
    assert not Int4Linear.fits(bad)
    with pytest.raises(ValueError, match="takes up to 4 bits, .*Leave such layers as QuantizedLinear") as caught:
        Int4Linear([good, bad])
    assert f"{good!r}, {bad!r}" in str(caught.value)


@pytest.mark.parametrize("grid", [Grid(8), Grid(8, symmetric=True), Grid(6, 25), Grid(4, 10)], ids=str)
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_eight_bits_equal_the_decoded_rows(grid: Grid, dtype: torch.dtype) -> None:
    matrix = some_matrix(97, 50, grid)
    layer, x = Int8Linear(matrix), some_input(3, 17, 50).to(dtype)
    weight = layer.rows(torch.arange(97)).double()  # (N, K)
    # Half a step: half of 1/127 of the largest weight of a row.
    bound = decoded([matrix]).abs().amax(1, keepdim=True) / 254
    assert ((weight - decoded([matrix])).abs() <= bound * (1 + 1e-5)).all()
    assert layer(x).dtype == torch.float32
    assert error(layer(x), x.double() @ weight.T) < 1e-4


def test_eight_bits_scale_every_row_for_itself() -> None:
    layer, x = Int8Linear(some_matrix(97, 50, Grid(8))), some_input(3, 50).float()
    x[1] *= 1e6
    x[2] *= 1e-6
    expected = x.double() @ layer.rows(torch.arange(97)).double().T
    for row in range(3):
        assert error(layer(x)[row], expected[row]) < 1e-4
        assert torch.equal(layer(x[row]), layer(x)[row])


def test_eight_bits_of_an_eight_bit_row_are_its_own() -> None:
    """A symmetric grid of 8 bits and one group per row is what the layer stores itself."""
    matrix = some_matrix(97, 50, Grid(8, symmetric=True))
    layer = Int8Linear(matrix)
    assert torch.equal(layer.codes.int(), matrix.codes().int() - 128)
    assert torch.allclose(layer.scale, matrix.scale.squeeze(1), rtol=1e-6)


def test_rows_are_an_embedding() -> None:
    layer = Int8Linear(some_matrix(97, 50, Grid(8)))
    tokens = torch.tensor([[5, 96, 0], [5, 11, 60]])
    table = layer.codes.float() * layer.scale[:, None]
    assert torch.equal(layer.rows(tokens), torch.nn.functional.embedding(tokens, table))
    assert layer.rows(tokens).dtype == torch.float32


def test_nothing_stays_nothing() -> None:
    weight = torch.zeros(16, 96)
    weight[3] = 1.0
    matrix = QuantizedMatrix.from_codes(*quantize(weight, FOUR), FOUR)
    for layer in (Int8Linear(matrix), Int4Linear([matrix])):
        product = layer(torch.ones(2, 96).bfloat16())
        assert (product.float() - 96 * torch.eye(16)[3]).abs().max() < 0.5
        assert product[:, [*range(3), *range(4, 16)]].abs().max() == 0
        for n_inputs in (1, MANY):
            assert torch.equal(layer(torch.zeros(n_inputs, 96).bfloat16()).float(), torch.zeros(n_inputs, 16))
    assert Int8Linear(matrix).rows(torch.tensor([0])).abs().max() == 0


@pytest.mark.parametrize("make", [lambda matrix: Int4Linear([matrix]), Int8Linear], ids=["4 bits", "8 bits"])
def test_copies_and_states(make) -> None:
    layer, other, x = make(some_matrix(192)), make(some_matrix(192, seed=1)), some_input(3, 384)
    twin = copy.deepcopy(layer)
    assert torch.equal(twin(x), layer(x))
    assert not torch.equal(other(x), layer(x))
    other.load_state_dict(layer.state_dict())
    assert torch.equal(other(x), layer(x))
    for buffer in layer.buffers():
        buffer.zero_()
    assert torch.equal(twin(x), other(x)), "a copy has memory of its own"


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_on_a_gpu() -> None:
    for grid in GRIDS:
        matrices = [some_matrix(64, grid=grid), some_matrix(48, grid=grid, seed=1)]
        layer = Int4Linear([matrix.cuda() for matrix in matrices])
        for n_inputs in (1, 3, MANY):
            x = some_input(n_inputs, 384)
            expected = torch.cat([QuantizedLinear(matrix.cpu())(x.double()) for matrix in matrices], dim=-1)
            assert error(layer(x.cuda()).cpu(), expected) < 0.005, (grid, n_inputs)
    layer, x = Int8Linear(some_matrix(97).cuda()), some_input(3, 384).cuda()
    assert error(layer(x), x.double() @ layer.rows(torch.arange(97).cuda()).double().T) < 1e-4
