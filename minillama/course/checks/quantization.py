"""Checks of chapter 10, part one: absmax, groups, and two codes in a byte."""

from collections.abc import Callable

import torch
from torch import Tensor

from ...bit_packing import unpack_codes
from ...quantization import dequantize
from ..checking import expect, expect_close, expect_shape

VALUES = torch.tensor([-1.4, -0.31, 0.05, 0.46, 0.85])
ROW = torch.tensor([[-1.0, 0.4, 1.6, 2.0, 10.0, 10.4, 11.0, 13.0]])


def check_absmax_scale(absmax_quantize: Callable) -> None:
    """the largest magnitude gets the last level."""
    _, scale = absmax_quantize(VALUES, bits=4)
    expect_shape(scale, (), "the scale")
    expect(
        abs(scale.item() - 0.85 / 7) > 1e-4,
        "the scale of the five numbers follows from 0.85, the largest number: -1.4 is larger in magnitude",
    )
    expect_close(
        scale,
        torch.tensor(0.2),
        "the scale of the five numbers with 4 bits",
        "The magnitude 1.4 is to become level 7, the last of 2 ** (bits - 1) - 1 levels on either side.",
    )
    expect_close(
        absmax_quantize(VALUES)[1],
        torch.tensor(1.4 / 127),
        "the scale of the five numbers with 8 bits",
        "The argument bits decides: 8 bits have levels from -127 to 127.",
    )


def check_absmax_levels(absmax_quantize: Callable) -> None:
    """levels are rounded to nearest."""
    levels, _ = absmax_quantize(VALUES, bits=4)
    expect_shape(levels, (5,), "the levels")
    expect(
        levels.double()[1].item() != -1,
        "-0.31 with scale 0.2 became level -1: a cast to int8 cuts the decimals off; -1.55 is nearer to -2, so round",
    )
    expect_close(
        levels,
        torch.tensor([-7, -2, 0, 2, 4]),
        "the levels of the five numbers with 4 bits",
        "Divide by the scale and round.",
    )


def check_absmax_form(absmax_quantize: Callable) -> None:
    """int8 in the shape of the input."""
    levels, _ = absmax_quantize(VALUES[:4].view(2, 2), bits=4)
    expect_shape(levels, (2, 2), "the levels of a 2 x 2 matrix")
    expect(
        levels.dtype == torch.int8,
        f"the levels are {levels.dtype}: as long as they are no torch.int8 they take as much memory as before",
    )


def check_groups_form(group_quantize: Callable) -> None:
    """shapes and dtype of codes, scales and minima."""
    codes, scale, minimum = group_quantize(torch.randn(3, 8), bits=4, group=4)
    expect_shape(codes, (3, 8), "the codes of a weight (3, 8)")
    expect_shape(scale, (3, 2), "the scales of a weight (3, 8) in groups of 4")
    expect_shape(minimum, (3, 2), "the minima of a weight (3, 8) in groups of 4")
    expect(codes.dtype == torch.uint8, f"the codes are {codes.dtype}: store them as torch.uint8")


def check_groups_grid(group_quantize: Callable) -> None:
    """each group has a grid of its own."""
    _, scale, minimum = group_quantize(ROW, bits=2, group=4)
    expect_close(
        minimum,
        torch.tensor([[-1.0, 10.0]]),
        "the minima of -1, 0.4, 1.6, 2 and of 10, 10.4, 11, 13",
        "Every group of the row has its own smallest weight.",
    )
    expect(
        not torch.allclose(scale, torch.tensor([[0.75, 0.75]])),
        "the scale of -1, 0.4, 1.6, 2 with 2 bits is 3 / 4: four points have three steps between them, 2 ** bits - 1",
    )
    expect_close(
        scale,
        torch.tensor([[1.0, 1.0]]),
        "the scales of -1, 0.4, 1.6, 2 and of 10, 10.4, 11, 13 with 2 bits",
        "From the smallest to the largest weight of a group it is 3 steps.",
    )


def check_groups_codes(group_quantize: Callable) -> None:
    """codes count steps from the minimum, rounded."""
    codes, _, _ = group_quantize(ROW, bits=2, group=4)
    expect(
        codes[0, 2:4].tolist() != [2, 3],
        "1.6 on the grid -1, 0, 1, 2 got code 2: that is cut off, not rounded; 2 is nearer, so code 3",
    )
    expect_close(
        codes,
        torch.tensor([[0, 1, 3, 3, 0, 0, 1, 3]]),
        "the codes of -1, 0.4, 1.6, 2, 10, 10.4, 11, 13 in groups of 4 with 2 bits",
        "Subtract the minimum of the group, divide by its scale, round.",
    )


def check_groups_axis(group_quantize: Callable) -> None:
    """groups are neighbors in one row, and no weight is off by more than half a step."""
    weight = torch.randn(4, 8) * torch.tensor([[1.0], [10.0], [100.0], [1000.0]])
    codes, scale, minimum = group_quantize(weight, bits=4, group=4)
    error = (dequantize(codes, scale, minimum) - weight).abs() / scale.repeat_interleave(4, dim=1)
    expect(
        error.max() < 0.501,
        f"a weight is off by {error.max():.2f} steps, more than half of one: the four weights of a group must be "
        "neighbors in one row, `weight.unflatten(-1, (-1, group))`",
    )


def check_pack_by_hand(pack_nibbles: Callable) -> None:
    """codes 1 2 15 0 become the bytes 0x21 0x0F."""
    packed = pack_nibbles(torch.tensor([[1, 2, 15, 0]], dtype=torch.uint8))
    expect_shape(packed, (1, 2), "four codes packed")
    shown = " ".join(f"0x{int(byte):02X}" for byte in packed[0])
    expect(shown != "0x12 0xF0", f"1 2 15 0 became {shown}: the even column, 1, belongs into the low half of its byte")
    expect(shown != "0xF1 0x02", f"1 2 15 0 became {shown}: neighbors share a byte here, columns 0 and 1, then 2 and 3")
    expect(shown == "0x21 0x0F", f"1 2 15 0 became {shown}, expected 0x21 0x0F: shift the odd columns by 4 bits")


def check_pack_form(pack_nibbles: Callable) -> None:
    """bytes are uint8."""
    packed = pack_nibbles(torch.tensor([[1, 2], [15, 0]], dtype=torch.uint8))
    expect_shape(packed, (2, 1), "two rows of two codes packed")
    expect(packed.dtype == torch.uint8, f"the bytes are {packed.dtype}, expected torch.uint8: nothing would be saved")


def check_pack_all(pack_nibbles: Callable) -> None:
    """all codes come back."""
    codes = torch.randint(16, (7, 30)).to(torch.uint8)
    back: Tensor = unpack_codes(pack_nibbles(codes), bits=4, n=30)
    lost = int((back != codes).sum())
    expect(lost == 0, f"{lost} of 210 codes do not come back: each code needs 4 bits of its own, no more and no less")
