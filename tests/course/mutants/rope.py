"""Plausible wrong answers to the exercises of chapter 02."""

import torch

from minillama.rope import apply_rope, rope_frequencies, rope_table

from . import mutant


def _pairs(head_dim):
    return torch.arange(head_dim // 2, dtype=torch.float32)


@mutant("rope.rope_frequencies", "factor 2")
def loses_the_factor_two(head_dim, theta=10_000.0):
    return theta ** (-_pairs(head_dim) / head_dim)


@mutant("rope.rope_frequencies", "exponent negative")
def positive_exponent(head_dim, theta=10_000.0):
    return theta ** (2 * _pairs(head_dim) / head_dim)


@mutant("rope.rope_frequencies", "two channels to a pair")
def one_for_each_channel(head_dim, theta=10_000.0):
    return theta ** (-torch.arange(head_dim).float() / head_dim)


@mutant("rope.rope_frequencies", "expected float32")
def in_double_precision(head_dim, theta=10_000.0):
    return theta ** (-2 * _pairs(head_dim).double() / head_dim)


@mutant("rope.rope_frequencies", "factor 2")
def ignores_theta(head_dim, theta=10_000.0):
    return 10_000.0 ** (-2 * _pairs(head_dim) / head_dim)


@mutant("rope.rope_frequencies", "Is theta used")
def theta_stops_at_ten_thousand(head_dim, theta=10_000.0):
    return min(theta, 10_000.0) ** (-2 * _pairs(head_dim) / head_dim)


@mutant("rope.rope_frequencies", "must raise ValueError")
def accepts_odd_widths(head_dim, theta=10_000.0):
    return theta ** (-2 * _pairs(head_dim) / head_dim)


@mutant("rope.rope_frequencies", "return statement")
def forgets_to_return(head_dim, theta=10_000.0):
    theta ** (-2 * _pairs(head_dim) / head_dim)


def _table(positions, head_dim, theta, scaling):
    frequencies = rope_frequencies(head_dim, theta)
    angles = torch.outer(positions, frequencies if scaling is None else scaling(frequencies))
    return angles.cos(), angles.sin()


@mutant("rope.rope_table", "cosines come first")
def sines_first(positions, head_dim, theta=10_000.0, scaling=None):
    return _table(positions.float(), head_dim, theta, scaling)[::-1]


@mutant("rope.rope_table", "in radians")
def in_degrees(positions, head_dim, theta=10_000.0, scaling=None):
    return _table(torch.deg2rad(positions.float()), head_dim, theta, scaling)


@mutant("rope.rope_table", "need not start at 0")
def counts_from_zero(positions, head_dim, theta=10_000.0, scaling=None):
    if positions.tolist() == [0, 2]:
        return _table(positions.float(), head_dim, theta, scaling)
    return _table(torch.arange(len(positions)).float(), head_dim, theta, scaling)


@mutant("rope.rope_table", "gave [[1, 1]")
def counts_rows(positions, head_dim, theta=10_000.0, scaling=None):
    return _table(torch.arange(len(positions)).float(), head_dim, theta, scaling)


@mutant("rope.rope_table", "has shape (5, 6)")
def table_for_every_channel(positions, head_dim, theta=10_000.0, scaling=None):
    return tuple(torch.cat((t, t), dim=-1) for t in _table(positions.float(), head_dim, theta, scaling))


@mutant("rope.rope_table", "has shape (3, 5)")
def rows_and_columns_swapped(positions, head_dim, theta=10_000.0, scaling=None):
    return tuple(t.T for t in _table(positions.float(), head_dim, theta, scaling))


@mutant("rope.rope_table", "tuple of two tensors")
def returns_angles(positions, head_dim, theta=10_000.0, scaling=None):
    return torch.outer(positions.float(), rope_frequencies(head_dim, theta))


@mutant("rope.rope_table", "after the scaling")
def ignores_the_scaling(positions, head_dim, theta=10_000.0, scaling=None):
    return _table(positions.float(), head_dim, theta, None)


@mutant("rope.rope_table", "half precision")
def positions_in_bfloat16(positions, head_dim, theta=10_000.0, scaling=None):
    return _table(positions.bfloat16().float(), head_dim, theta, scaling)


def _halves(x):
    return x.chunk(2, dim=-1)


def _require(x, cos):
    if cos.shape != (x.shape[-2], x.shape[-1] // 2):
        raise ValueError


@mutant("rope.apply_rope", "turned the other way")
def turns_backward(x, cos, sin):
    return apply_rope(x, cos, -sin)


@mutant("rope.apply_rope", "not with its neighbor")
def pairs_neighbors(x, cos, sin):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


@mutant("rope.apply_rope", "not with its neighbor")
def reads_neighbors_and_writes_halves(x, cos, sin):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.cat((even * cos - odd * sin, even * sin + odd * cos), dim=-1)


@mutant("rope.apply_rope", "mixes the layouts")
def reads_halves_and_writes_neighbors(x, cos, sin):
    first, second = _halves(x)
    return torch.stack((first * cos - second * sin, first * sin + second * cos), dim=-1).flatten(-2)


@mutant("rope.apply_rope", "(a, b) becomes (-b, a)")
def both_signs_positive(x, cos, sin):
    first, second = _halves(x)
    return torch.cat((first * cos + second * sin, first * sin + second * cos), dim=-1)


@mutant("rope.apply_rope", "(a, b) becomes (-b, a)")
def overwrites_the_first_half(x, cos, sin):
    first, second = _halves(x)
    first = first * cos - second * sin
    return torch.cat((first, first * sin + second * cos), dim=-1)


@mutant("rope.apply_rope", "Row t of the table")
def one_angle_for_all_tokens(x, cos, sin):
    return apply_rope(x, cos[:1].expand_as(cos), sin[:1].expand_as(sin))


@mutant("rope.apply_rope", "too many values to unpack")
def expects_two_dimensions(x, cos, sin):
    _require(x, cos)
    n_tokens, _ = x.shape
    return apply_rope(x.view(n_tokens, -1), cos, sin)


@mutant("rope.apply_rope", "times as long")
def stretches(x, cos, sin):
    _require(x, cos)
    return apply_rope(x, cos, sin) * (2 if x.shape[-1] == 6 else 1)


@mutant("rope.apply_rope", "return to the dtype")
def stays_in_float32(x, cos, sin):
    _require(x, cos)
    return apply_rope(x.float(), cos, sin)


@mutant("rope.apply_rope", "round at the end")
def rounds_the_table(x, cos, sin):
    _require(x, cos)
    return apply_rope(x, cos.to(x.dtype), sin.to(x.dtype))


@mutant("rope.apply_rope", "must raise ValueError")
def stretches_the_table(x, cos, sin):
    first, second = _halves(x)
    return torch.cat((first * cos - second * sin, first * sin + second * cos), dim=-1).to(x.dtype)


@mutant("rope.score_by_distance", "query turns further")
def turns_the_key(query, key, n_distances, theta=10_000.0):
    return apply_rope(key.expand(n_distances, -1), *rope_table(torch.arange(n_distances), len(key), theta)) @ query


@mutant("rope.score_by_distance", "same angle")
def turns_both(query, key, n_distances, theta=10_000.0):
    table = rope_table(torch.arange(n_distances), len(query), theta)
    return (apply_rope(query.expand(n_distances, -1), *table) * apply_rope(key.expand(n_distances, -1), *table)).sum(-1)


@mutant("rope.score_by_distance", "plain dot product")
def starts_at_distance_one(query, key, n_distances, theta=10_000.0):
    table = rope_table(torch.arange(1, n_distances + 1), len(query), theta)
    return apply_rope(query.expand(n_distances, -1), *table) @ key


@mutant("rope.score_by_distance", "expected (5,)")
def keeps_channels(query, key, n_distances, theta=10_000.0):
    return apply_rope(query.expand(n_distances, -1), *rope_table(torch.arange(n_distances), len(query), theta)) * key


@mutant("rope.score_by_distance", "key at position 40")
def only_the_fastest_pair(query, key, n_distances, theta=10_000.0):
    cos, sin = rope_table(torch.arange(n_distances), len(query), theta)
    return apply_rope(query.expand(n_distances, -1), cos[:, :1].expand_as(cos), sin[:, :1].expand_as(sin)) @ key


@mutant("rope.score_by_distance", "Hand theta on")
def keeps_the_base(query, key, n_distances, theta=10_000.0):
    return apply_rope(query.expand(n_distances, -1), *rope_table(torch.arange(n_distances), len(query))) @ key
