"""Checks of chapter 10, part two: a layer of codes, blocks of a GGUF file, and GPTQ."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...formats.gguf_encode import quantize_q4_0
from ...quantization import Grid, dequantize, quantize
from ..checking import expect, expect_close, expect_shape


def _rounded(n_rows: int, n_columns: int) -> tuple[Tensor, Tensor, Tensor]:
    """Codes, scales and minima of a random weight in groups of 8."""
    return quantize(torch.randn(n_rows, n_columns), Grid(4, group=8))


def check_layer_decodes(layer: type[nn.Module]) -> None:
    """the identity as input shows the weight."""
    codes, scale, minimum = _rounded(5, 16)
    weight = layer(codes, scale, minimum)(torch.eye(16))
    expect_shape(weight, (16, 5), "the output for the 16 unit vectors")
    expect(
        not torch.allclose(weight.T, dequantize(codes.view(5, 8, 2).flip(-1).flatten(1), scale, minimum)),
        "neighboring weights are swapped: the low half of a byte, `& 15`, is the even column",
    )
    expect(
        not torch.allclose(weight.T, dequantize(codes, scale, torch.zeros_like(minimum))),
        "all weights are at least 0: code 0 stands for the minimum of its group, so add it",
    )
    expect_close(
        weight.T,
        dequantize(codes, scale, minimum),
        "the weight that the layer multiplies with",
        "Unpack both halves of every byte, put them side by side again, then decode with dequantize.",
    )


def check_layer_batch(layer: type[nn.Module]) -> None:
    """any leading shape goes in."""
    grid = _rounded(5, 16)
    x = torch.randn(2, 3, 16)
    y = layer(*grid)(x)
    expect_shape(y, (2, 3, 5), "the output for an input of shape (2, 3, 16)")
    expect_close(y, F.linear(x, dequantize(*grid)), "the output for a random input", "It is `F.linear(x, weight)`.")


def check_layer_dtype(layer: type[nn.Module]) -> None:
    """the result has the dtype of the input."""
    x = torch.randn(2, 16, dtype=torch.bfloat16)
    try:
        found = layer(*_rounded(5, 16))(x).dtype
    except RuntimeError as error:
        found = f"an error ({str(error).splitlines()[0]})"
    expect(found == x.dtype, f"an input in bfloat16 gives {found}: bring the decoded weight to the dtype of x")


def check_layer_stays_small(layer: type[nn.Module]) -> None:
    """the decoded weight is not kept."""
    made = layer(*_rounded(32, 64))
    made(torch.randn(2, 64))
    held = [*made.buffers(), *made.parameters(), *(x for x in vars(made).values() if isinstance(x, Tensor))]
    n_bytes = sum(tensor.nbytes for tensor in held)
    expect(
        n_bytes <= 2 * 1024 + 64,
        f"after a call the layer holds {n_bytes:,} bytes, expected 2,048 for 2,048 weights in groups of 8: "
        "decode in forward and let the result go",
    )


def check_block_order(decode_q4_0: Callable) -> None:
    """weights 0 to 15 lie in the low halves, 16 to 31 in the high halves."""
    expected = (torch.arange(32.0).view(1, 32) - 16) / 2
    found = decode_q4_0(quantize_q4_0(expected))
    expect_shape(found, (1, 32), "one block decoded")
    order = found[0].argsort(stable=True)
    expect(
        int(order[0]) < 16,
        "the smallest weight of a rising row comes out in the second half: the low half of byte j is weight j",
    )
    expect(
        bool((found[0].diff() >= 0).all()) or bool((found[0] > 90).any()),
        "a row that rises from -8 to 7.5 comes out in another order: byte j holds weights j and j + 16, not neighbors",
    )


def check_block_values(decode_q4_0: Callable) -> None:
    """a value is (code - 8) * scale."""
    block = torch.tensor([[0x00, 0x34, *range(0x10, 0x100, 0x11), 0x0F]], dtype=torch.uint8)
    found = decode_q4_0(block)
    expect(
        bool((found.abs() < 60).all()),
        f"a value of {found.max():.4g} came out of a scale of 0.25: codes are unsigned bytes, and 3 - 8 is 251 there; "
        "turn them into floats before subtracting",
    )
    codes = torch.tensor([*range(15), 15, *range(1, 16), 0]).float().view(1, 32)
    expect_close(found, (codes - 8) / 4, "a block with scale 0.25", "Code 8 stands for 0, and a step is one scale.")


def check_block_many(decode_q4_0: Callable) -> None:
    """every block has its own scale."""
    weight = torch.randn(3, 32) * torch.tensor([[0.01], [1.0], [100.0]])
    found = decode_q4_0(quantize_q4_0(weight))
    expect_shape(found, (3, 32), "three blocks decoded")
    worst = ((found - weight).abs().amax(1) / weight.abs().amax(1)).max().item()
    expect(worst < 0.14, f"a weight of three blocks is off by {worst:.2f} of its block's largest: use each own scale")


def check_gptq_by_hand(gptq_round: Callable) -> None:
    """the two weights of the picture become 0 and 1."""
    passed_on = torch.tensor([[1.0, -0.9], [0.0, 1.0]])
    found = gptq_round(torch.tensor([[0.4, 0.4]]), passed_on, torch.ones(1), 7)
    expect_shape(found, (1, 2), "one row of two weights, rounded")
    expect(
        not torch.equal(found, torch.zeros(1, 2)),
        "0.4 and 0.4 became 0 and 0: the error of the first, 0.4 - 0, must move the second to "
        "0.4 - 0.4 * (-0.9) = 0.76 before it is rounded",
    )
    expect_close(found, torch.tensor([[0.0, 1.0]]), "0.4 and 0.4, rounded to whole numbers", "See the picture.")


def check_gptq_chain(gptq_round: Callable) -> None:
    """errors add up along the row."""
    weight = torch.tensor([[0.3, 0.3, 0.3, 0.3]])
    passed_on = torch.eye(4) - torch.diag(torch.ones(3), 1)  # each passes its whole error to the next
    found = gptq_round(weight, passed_on, torch.ones(1), 7)
    expect_close(
        found,
        torch.tensor([[0.0, 1.0, 0.0, 0.0]]),
        "four times 0.3, each passing its error to the next",
        "After 0, 1, 0 the last has 0.3 - 0.1 left. The error of a column is measured from what it has become by then, "
        "rest[:, i], not from the weight at the start.",
    )


def check_gptq_direction(gptq_round: Callable) -> None:
    """row i of passed_on says what column i passes on."""
    weight = torch.tensor([[0.4, 0.4, 0.4]])
    passed_on = torch.tensor([[1.0, 0.0, -0.5], [9.0, 1.0, 0.0], [9.0, 9.0, 1.0]])
    found = gptq_round(weight, passed_on, torch.ones(1), 7)
    expect_close(
        found,
        torch.tensor([[0.0, 0.0, 1.0]]),
        "0.4, 0.4, 0.4, where only column 0 passes on, half its error to column 2",
        "Take `passed_on[i, i + 1:]`: row i, and of it only the columns behind i.",
    )


def check_gptq_range(gptq_round: Callable) -> None:
    """no level beyond the largest."""
    found = gptq_round(torch.tensor([[9.0, 2.6]]), torch.eye(2), torch.ones(1), 3)
    expect(
        found.max() <= 3,
        f"a weight of 9 became {found.max():.4g} where the largest level is 3: clamp the levels, they must fit into "
        "their bits",
    )


def check_gptq_scales(gptq_round: Callable) -> None:
    """every row has its own scale, and the weight is left as it was."""
    weight, before = torch.tensor([[0.9, 0.26], [9.0, 2.6]]), torch.tensor([[0.9, 0.26], [9.0, 2.6]])
    found = gptq_round(weight, torch.eye(2), torch.tensor([0.5, 1.0]), 15)
    expect(torch.equal(weight, before), "the weight that was handed in has changed: work on a copy, `weight.clone()`")
    expect_close(
        found,
        torch.tensor([[1.0, 0.5], [9.0, 3.0]]),
        "two rows with steps of 0.5 and 1",
        "Divide column i by the scales, round, and multiply by the scales again.",
    )
