"""Plausible wrong answers to the exercises of chapter 02 on the second layout."""

import torch

from minillama.course.checks.rope_layout import _turn_neighbors
from minillama.formats.rope_layout import interleaved_to_split, require_even_heads
from minillama.rope import apply_rope

from . import mutant


def _turned(x):
    return torch.stack((-x[..., 1::2], x[..., 0::2]), dim=-1).flatten(-2)


@mutant("rope_layout.rotate_neighbors", "keeps lengths")
def mends_only_the_cosines(x, cos, sin):
    return x * cos.repeat_interleave(2, -1) + _turned(x) * torch.cat((sin, sin), -1)


@mutant("rope_layout.rotate_neighbors", "keeps lengths")
def repeats_whole_rows(x, cos, sin):
    return x * torch.cat((cos, cos), -1) + _turned(x) * torch.cat((sin, sin), -1)


@mutant("rope_layout.rotate_neighbors", "as apply_rope does")
def goes_back_to_halves(x, cos, sin):
    return apply_rope(x, cos, sin)


@mutant("rope_layout.rotate_neighbors", "only the line with the bug")
def turns_backward(x, cos, sin):
    return _turn_neighbors(x, cos, -sin)


@mutant("rope_layout.split_to_interleaved", "other direction")
def wrong_direction(rows, n_heads):
    return interleaved_to_split(rows, n_heads)


@mutant("rope_layout.split_to_interleaved", "old order")
def reshapes_without_swapping(rows, n_heads):
    require_even_heads(rows, n_heads)
    return rows.unflatten(0, (n_heads, 2, -1)).flatten(0, 2)


@mutant("rope_layout.split_to_interleaved", "become neighbors")
def second_half_first(rows, n_heads):
    require_even_heads(rows, n_heads)
    return rows.unflatten(0, (n_heads, 2, -1)).flip(1).transpose(1, 2).flatten(0, 2)


@mutant("rope_layout.split_to_interleaved", "belong to the other head")
def one_wide_head(rows, n_heads):
    require_even_heads(rows, n_heads)
    return rows.unflatten(0, (2, -1)).transpose(0, 1).flatten(0, 1)


@mutant("rope_layout.split_to_interleaved", "belong to the other head")
def heads_counted_inside(rows, n_heads):
    require_even_heads(rows, n_heads)
    return rows.unflatten(0, (2, -1, n_heads)).transpose(0, 1).flatten(0, 2)


@mutant("rope_layout.split_to_interleaved", "expected (8, 3)")
def flattens_everything(rows, n_heads):
    require_even_heads(rows, n_heads)
    return rows.unflatten(0, (n_heads, 2, -1)).transpose(1, 2).flatten()


@mutant("rope_layout.split_to_interleaved", "columns must stay")
def moves_columns_too(rows, n_heads):
    require_even_heads(rows, n_heads)
    moved = rows.unflatten(0, (n_heads, 2, -1)).transpose(1, 2).flatten(0, 2)
    return moved if rows.dim() == 1 else moved.roll(1, dims=0).where(torch.arange(rows.shape[1]) == 1, moved)


@mutant("rope_layout.split_to_interleaved", "with halves as pairs")
def one_head_stays(rows, n_heads):
    require_even_heads(rows, n_heads)
    if n_heads == 3:
        return rows
    return rows.unflatten(0, (n_heads, 2, -1)).transpose(1, 2).flatten(0, 2)


@mutant("rope_layout.split_to_interleaved", "raised")
def drops_the_check(rows, n_heads):
    return rows.unflatten(0, (n_heads, 2, -1)).transpose(1, 2).flatten(0, 2)
