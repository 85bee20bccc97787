"""Checks of chapter 02 on the second layout: neighbors as pairs, and the reordering of rows."""

from collections.abc import Callable

import torch
from torch import Tensor

from ...rope import apply_rope, rope_table
from ..checking import expect, expect_close, expect_error, expect_shape


def _turn_neighbors(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Meta's form: neighbors are the real and imaginary part of one complex number."""
    turned = torch.view_as_complex(x.unflatten(-1, (-1, 2)).contiguous()) * torch.complex(cos, sin)
    return torch.view_as_real(turned).flatten(-2)


def check_neighbors_length(rotate_neighbors: Callable) -> None:
    """lengths stay."""
    x = torch.ones(2, 4)
    y = rotate_neighbors(x, *rope_table(torch.arange(2), 4))
    expect_shape(y, (2, 4), "rotate_neighbors of two tokens of width 4")
    length = y[1].norm().item()
    expect(
        abs(length - 2) < 1e-4,
        f"(1, 1, 1, 1) at position 1 has length {length:.3f} after the rotation, expected 2: a rotation keeps lengths",
    )


def check_neighbors_value(rotate_neighbors: Callable) -> None:
    """equal to complex numbers."""
    x = torch.randn(2, 5, 8)
    table = rope_table(torch.arange(5), 8)
    observed = rotate_neighbors(x, *table)
    expect(
        not torch.allclose(observed, apply_rope(x, *table), atol=1e-5),
        "this rotates channel j with channel j + D/2, as apply_rope does: here channels 2j and 2j + 1 are a pair",
    )
    expect_close(
        observed,
        _turn_neighbors(x, *table),
        "rotate_neighbors(x, cos, sin)",
        "Change only the line with the bug.",
    )


def check_order_of_one_head(split_to_interleaved: Callable) -> None:
    """the order of one head."""
    rows = split_to_interleaved(torch.arange(8), 1)
    expect_shape(rows, (8,), "split_to_interleaved of 8 rows")
    expect(
        rows.tolist() != [0, 2, 4, 6, 1, 3, 5, 7],
        "rows 0 to 7 became 0 2 4 6 1 3 5 7: that is the other direction, from interleaved to split halves",
    )
    expect(rows.tolist() != list(range(8)), "the rows came back in their old order")
    expect_close(
        rows,
        torch.tensor([0, 4, 1, 5, 2, 6, 3, 7]),
        f"split_to_interleaved of rows 0 to 7 (the first numbers are {rows.tolist()[:4]}, expected [0, 4, 1, 5]): it",
        "Rows j and j + D/2 form a pair and become neighbors.",
    )


def check_heads_apart(split_to_interleaved: Callable) -> None:
    """each head by itself."""
    rows = split_to_interleaved(torch.arange(16), 2)
    expect(
        rows[:8].max() < 8,
        f"of 16 rows of two heads, the first head became {rows[:8].tolist()}: rows 8 to 15 belong to the other head. "
        "Split off the heads first",
    )
    expect_close(
        rows,
        torch.tensor([0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15]),
        "split_to_interleaved of 16 rows of two heads",
        "Every head is reordered in the same way.",
    )


def check_rows_stay_whole(split_to_interleaved: Callable) -> None:
    """only rows move."""
    weight = torch.arange(8)[:, None] * 10 + torch.arange(3)
    moved = split_to_interleaved(weight, 1)
    expect_shape(moved, (8, 3), "split_to_interleaved of a weight with 8 rows and 3 columns")
    expect(
        torch.equal(moved - moved[:, :1], weight - weight[:, :1]),
        f"row 1 of the result is {moved[1].tolist()}, which is no row of the weight: columns must stay in place",
    )


def check_scores_agree(split_to_interleaved: Callable) -> None:
    """the same scores in both layouts."""
    x, wq, wk = torch.randn(5, 6), torch.randn(24, 6), torch.randn(8, 6)  # three query heads, one key head
    table = rope_table(torch.arange(5), 8)

    def heads(weight: Tensor) -> Tensor:
        return (x @ weight.T).unflatten(-1, (-1, 8)).transpose(0, 1)

    halves = apply_rope(heads(wq), *table) @ apply_rope(heads(wk), *table).mT
    wq, wk = split_to_interleaved(wq, 3), split_to_interleaved(wk, 1)
    neighbors = _turn_neighbors(heads(wq), *table) @ _turn_neighbors(heads(wk), *table).mT
    expect_close(
        neighbors,
        halves,
        "the scores with reordered rows and neighbors as pairs",
        "They must equal the scores of the old rows with halves as pairs.",
        atol=1e-4,
    )


def check_refuses_impossible_heads(split_to_interleaved: Callable) -> None:
    """an impossible number of heads is refused."""
    expect_error(lambda: split_to_interleaved(torch.zeros(12, 2), 5), ValueError, "12 rows for 5 heads")
