"""Checks of chapter 02: frequencies, the table, the rotation, and scores by distance."""

import math
from collections.abc import Callable

import torch

from ...rope import apply_rope as right_rope
from ...rope import rope_table as right_table
from ...rope_scaling import LinearScaling
from ..checking import expect, expect_close, expect_error, expect_shape


def check_frequencies_shape(rope_frequencies: Callable) -> None:
    """one frequency per pair, float32."""
    frequencies = rope_frequencies(6)
    expect_shape(frequencies, (3,), "with two channels to a pair, rope_frequencies(6)")
    expect(frequencies.dtype == torch.float32, f"the frequencies are {frequencies.dtype}, expected float32")


def check_frequencies_value(rope_frequencies: Callable) -> None:
    """a value worked by hand."""
    frequencies = rope_frequencies(4, theta=100.0)
    expect(
        frequencies[-1] < frequencies[0],
        f"rope_frequencies(4, theta=100) gave {frequencies.tolist()}: it must fall. Is the exponent negative?",
    )
    expect_close(
        frequencies,
        torch.tensor([1.0, 0.1]),
        "rope_frequencies(4, theta=100)",
        "Pair j has the exponent -2 * j / head_dim: here 0 and -1/2. The factor 2 is easily lost.",
    )


def check_frequencies_base(rope_frequencies: Callable) -> None:
    """the base is used, and is 10,000 by default."""
    expect_close(
        rope_frequencies(8),
        torch.tensor([1.0, 0.1, 0.01, 0.001]),
        "rope_frequencies(8)",
        "Without a theta the base is 10,000.",
    )
    expect_close(
        rope_frequencies(8, 500_000.0),
        torch.tensor([1.0, 0.0376060, 0.00141421, 5.31830e-05]),
        "rope_frequencies(8, theta=500_000)",
        "Is theta used?",
        atol=1e-9,
    )


def check_refuses_odd_width(rope_frequencies: Callable) -> None:
    """an odd width is refused."""
    expect_error(lambda: rope_frequencies(5), ValueError, "head_dim 5, which leaves a channel without a partner,")


def check_table_shape(rope_table: Callable) -> None:
    """two tables, a row per position, a column per pair."""
    table = rope_table(torch.arange(5), 6)
    expect(
        isinstance(table, tuple) and len(table) == 2,
        f"rope_table returned a {type(table).__name__}, expected a tuple of two tensors: cosines and sines",
    )
    for name, values in zip(("cosines", "sines"), table, strict=True):
        expect_shape(values, (5, 3), f"for 5 positions and head_dim 6, the table of {name}")


def check_table_value(rope_table: Callable) -> None:
    """a value worked by hand."""
    cos, sin = rope_table(torch.tensor([0, 2]), 4, theta=100.0)
    expect_close(
        cos,
        torch.tensor([[1.0, 1.0], [math.cos(2), math.cos(0.2)]]),
        "the cosines at positions 0 and 2, head_dim 4, theta 100",
        "The angle is position times frequency, in radians, and the cosines come first.",
    )
    expect_close(
        sin,
        torch.tensor([[0.0, 0.0], [math.sin(2), math.sin(0.2)]]),
        "the sines at positions 0 and 2, head_dim 4, theta 100",
        "The angle is position times frequency.",
    )


def check_table_uses_positions(rope_table: Callable) -> None:
    """positions may start anywhere."""
    cos, _ = rope_table(torch.tensor([7, 3]), 4)
    expect_close(
        cos[:, 0],
        torch.tensor([math.cos(7), math.cos(3)]),
        "the cosines of the first pair at positions 7 and 3",
        "Use the positions that are given: they need not start at 0.",
    )


def check_table_scaling(rope_table: Callable) -> None:
    """scaled frequencies are used."""
    cos, _ = rope_table(torch.tensor([8]), 4, scaling=LinearScaling(4.0))
    expect_close(
        cos[0, 0],
        torch.tensor(math.cos(2)),
        "with frequencies divided by 4, the first cosine at position 8",
        "Multiply by the frequencies as they are after the scaling.",
    )


def check_table_precision(rope_table: Callable) -> None:
    """precise at large positions."""
    cos, _ = rope_table(torch.tensor([4096, 4097]), 4)
    expect_close(
        cos[:, 0],
        torch.tensor([math.cos(4096), math.cos(4097)]),
        "the first cosine at positions 4096 and 4097",
        "Compute the angles in float32: half precision cannot tell such positions apart.",
        atol=1e-3,
    )
    expect(cos.dtype == torch.float32, f"the table is {cos.dtype}, expected float32")


def check_rope_quarter_turn(apply_rope: Callable) -> None:
    """a quarter turn by hand."""
    x = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
    y = apply_rope(x, torch.zeros(1, 2), torch.ones(1, 2))
    expect_shape(y, (1, 4), "apply_rope of one token of width 4")
    known = {
        (3.0, 4.0, -1.0, -2.0): "it turned the other way: (a, b) becomes (a cos - b sin, a sin + b cos)",
        (-2.0, 1.0, -4.0, 3.0): "channel j pairs with channel j + D/2, not with its neighbor",
        (-2.0, -4.0, 1.0, 3.0): "channel j pairs with channel j + D/2, not with its neighbor",
        (-3.0, 1.0, -4.0, 2.0): "the result mixes the layouts: all new a's come first, then all new b's",
        (1.0, 2.0, -3.0, -4.0): "first meets cos and second meets sin only: both halves of the result need both",
    }
    for wrong, mistake in known.items():
        expect(y.flatten().tolist() != list(wrong), f"a quarter turn of [1, 2, 3, 4] gave {list(wrong)}: {mistake}")
    expect_close(
        y,
        torch.tensor([[-3.0, -4.0, 1.0, 2.0]]),
        "a quarter turn (cos 0, sin 1) of [1, 2, 3, 4]",
        "The pairs are (1, 3) and (2, 4), and (a, b) becomes (-b, a).",
    )


def check_rope_each_position(apply_rope: Callable) -> None:
    """each token by its own angle, each pair by its own."""
    x = torch.ones(3, 4)
    y = apply_rope(x, *right_table(torch.tensor([0, 1, 2]), 4, theta=100.0))
    expect(torch.allclose(y[0], x[0]), f"at position 0 nothing turns, but ones became {y[0].tolist()}")
    angles = torch.tensor([[0.0, 0.0], [1.0, 0.1], [2.0, 0.2]])
    expected = torch.cat((angles.cos() - angles.sin(), angles.sin() + angles.cos()), dim=-1)
    expect_close(y, expected, "apply_rope of ones at positions 0, 1, 2", "Row t of the table belongs to token t.")


def check_rope_heads(apply_rope: Callable) -> None:
    """batch and heads in front."""
    x = torch.randn(2, 3, 5, 8)
    cos, sin = right_table(torch.arange(5), 8)
    turned = torch.complex(*x.chunk(2, dim=-1)) * torch.complex(cos, sin)
    expect_close(
        apply_rope(x, cos, sin),
        torch.cat((turned.real, turned.imag), dim=-1),
        "apply_rope of x with shape (2, 3, 5, 8)",
        "The last dimension holds the channels; batch and heads stand in front and are treated alike.",
    )


def check_rope_length(apply_rope: Callable) -> None:
    """lengths stay."""
    x = torch.randn(4, 6)
    y = apply_rope(x, *right_table(torch.arange(3, 7), 6))
    ratio = (y.norm(dim=-1) / x.norm(dim=-1))[0].item()
    expect(abs(ratio - 1) < 1e-4, f"a rotation keeps lengths, but the first vector became {ratio:.3f} times as long")


def check_rope_dtype(apply_rope: Callable) -> None:
    """the dtype of x comes back, rounded once."""
    x = torch.randn(3, 8)
    cos, sin = right_table(torch.arange(300, 303), 8)
    y = apply_rope(x.bfloat16(), cos, sin)
    expect(y.dtype == torch.bfloat16, f"bfloat16 came back as {y.dtype}: return to the dtype of x")
    exact = right_rope(x.bfloat16().float(), cos, sin)
    expect(
        ((y.float() - exact).abs() <= exact.abs() / 250 + 1e-6).all(),  # one rounding: 1 part in 256
        "in bfloat16 the result is less precise than it could be: keep cos and sin in float32 and round at the end",
    )


def check_refuses_wrong_table(apply_rope: Callable) -> None:
    """a table for other positions is refused."""
    cos, sin = right_table(torch.arange(1), 4)
    expect_error(lambda: apply_rope(torch.ones(3, 4), cos, sin), ValueError, "a table of one row for three tokens")


def check_distance_shape(score_by_distance: Callable) -> None:
    """one score per distance."""
    query, key = torch.randn(2, 6)
    scores = score_by_distance(query, key, 5)
    expect_shape(scores, (5,), "score_by_distance(query, key, 5)")
    expect_close(
        scores[0], query @ key, "the score at distance 0", "At distance 0 it is the plain dot product of the two."
    )


def check_distance_direction(score_by_distance: Callable) -> None:
    """the query comes after the key."""
    scores = score_by_distance(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]), 3)
    expect(
        not torch.equal(scores, torch.zeros(3)),
        "the scores do not change with the distance: if both turn by the same angle, nothing changes",
    )
    expect(
        scores[1] > -0.5,
        f"query (1, 0) and key (0, 1) at distance 1 scored {scores[1]:.3f}, expected {math.sin(1):.3f}: the query "
        "stands after the key, so the query turns further",
    )
    expect_close(
        scores,
        torch.tensor([0.0, math.sin(1), math.sin(2)]),
        "query (1, 0) and key (0, 1) at distances 0, 1, 2",
        "At distance d the query has turned by d radians: (cos d, sin d).",
    )


def check_distance_law(score_by_distance: Callable) -> None:
    """equal to rotating both, far into a text."""
    query, key = torch.randn(2, 8)
    cos, sin = right_table(torch.arange(40, 46), 8)
    later_queries, early_key = right_rope(query.expand(6, 8), cos, sin), right_rope(key[None], cos[:1], sin[:1])
    expect_close(
        score_by_distance(query, key, 6),
        (later_queries * early_key).sum(dim=-1),
        "the scores at distances 0 to 5",
        "They should equal those of a key at position 40 and queries at 40 to 45.",
        atol=1e-4,
    )


def check_distance_theta(score_by_distance: Callable) -> None:
    """theta is used."""
    query = torch.tensor([0.0, 1.0, 0.0, 0.0])  # only the second pair
    expect_close(
        score_by_distance(query, query, 3, theta=100.0),
        torch.tensor([1.0, math.cos(0.1), math.cos(0.2)]),
        "the scores of the second pair of four channels with theta=100",
        "Hand theta on to rope_table.",
    )
