"""Rotary embedding: hand values, what a rotation keeps, complex numbers as oracle, precision, bad input."""

import math

import pytest
import torch

from minillama.rope import apply_rope, rope_frequencies, rope_table
from minillama.rope_scaling import LinearScaling

B, H, T, D = 2, 3, 5, 8


def rotate(x: torch.Tensor, start: int = 0) -> torch.Tensor:
    """Rotate (..., T, D) at positions start, start + 1, ..."""
    return apply_rope(x, *rope_table(torch.arange(start, start + x.shape[-2]), x.shape[-1]))


@pytest.mark.parametrize(
    ("head_dim", "theta", "second", "last", "longest_wavelength"),
    [
        (128, 10_000, 0.865964, 1.15478e-4, 54_410.1),
        (128, 500_000, 0.814617, 2.45514e-6, 2_559_195.5),
        (64, 500_000, 0.663601, 3.01386e-6, 2_084_764.8),
        (64, 100_000, 0.697831, 1.43301e-5, 438_459.9),
        (64, 130_000, 0.692133, 1.11139e-5, 565_343.6),
    ],
)
def test_reference_frequencies(
    head_dim: int, theta: float, second: float, last: float, longest_wavelength: float
) -> None:
    frequencies = rope_frequencies(head_dim, theta)
    assert frequencies.shape == (head_dim // 2,)
    assert frequencies.dtype == torch.float32
    assert frequencies[0] == 1
    assert frequencies[1].item() == pytest.approx(second, rel=1e-5)
    assert frequencies[-1].item() == pytest.approx(last, rel=1e-5)
    assert 2 * math.pi / frequencies[-1].item() == pytest.approx(longest_wavelength, rel=1e-6)


def test_quarter_turn_by_hand() -> None:
    cos, sin = torch.zeros(1, 3), torch.ones(1, 3)  # every pair (a, b) becomes (-b, a)
    x = torch.tensor([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])  # pairs (1, 4), (2, 5), (3, 6)
    assert apply_rope(x, cos, sin).tolist() == [[-4.0, -5.0, -6.0, 1.0, 2.0, 3.0]]


def test_rotation_is_multiplication_of_complex_numbers() -> None:
    x = torch.randn(B, H, T, D, dtype=torch.float64)
    angles = torch.arange(7, 7 + T).double()[:, None] * 10_000.0 ** (-torch.arange(0, D, 2).double() / D)
    turned = torch.complex(*x.chunk(2, dim=-1)) * torch.polar(torch.ones_like(angles), angles)
    torch.testing.assert_close(rotate(x, start=7), torch.cat((turned.real, turned.imag), -1), atol=1e-5, rtol=0)


def test_lengths_stay_and_position_zero_does_nothing() -> None:
    x = torch.randn(B, H, T, D)
    first, second = x.chunk(2, dim=-1)
    rotated_first, rotated_second = rotate(x, start=3).chunk(2, dim=-1)
    torch.testing.assert_close(rotated_first**2 + rotated_second**2, first**2 + second**2)
    assert torch.equal(rotate(x)[:, :, 0], x[:, :, 0])
    assert (rotate(x)[:, :, 1:] - x[:, :, 1:]).abs().amax(-1).min() > 0.01


def test_scores_depend_only_on_the_distance() -> None:
    query, key = torch.randn(2, T, D, dtype=torch.float64)
    scores = rotate(query) @ rotate(key).T
    moved = rotate(query, start=900) @ rotate(key, start=900).T
    apart = rotate(query, start=1) @ rotate(key).T
    torch.testing.assert_close(moved, scores, atol=1e-3, rtol=0)
    assert (apart - scores).abs().max() > 0.1


def test_gradient_turns_back() -> None:
    x = torch.randn(T, D, requires_grad=True)
    cos, sin = rope_table(torch.arange(T), D)
    upstream = torch.randn(T, D)
    apply_rope(x, cos, sin).backward(upstream)
    torch.testing.assert_close(x.grad, apply_rope(upstream, cos, -sin))


def test_table_stays_precise_and_the_dtype_of_x_returns() -> None:
    cos, sin = rope_table(torch.tensor([256, 257, 8191]), head_dim=64, theta=100_000.0)
    assert cos.dtype == sin.dtype == torch.float32
    assert cos[:2, 0].tolist() == pytest.approx([math.cos(256), math.cos(257)], abs=1e-6)  # equal in bfloat16
    assert sin[2, 1].item() == pytest.approx(math.sin(8191 * 100_000 ** (-1 / 32)), abs=1e-3)
    x = torch.randn(B, 3, 64)
    for dtype in (torch.float16, torch.bfloat16, torch.float64):
        assert apply_rope(x.to(dtype), cos, sin).dtype == dtype
    half = x.bfloat16()
    assert torch.equal(apply_rope(half, cos, sin), apply_rope(half.float(), cos, sin).bfloat16())  # rounded once


def test_base_and_scaling_reach_the_table() -> None:
    slow = rope_table(torch.tensor([8]), D, scaling=LinearScaling(4.0))
    assert torch.equal(slow[0], rope_table(torch.tensor([2]), D)[0])
    cos, sin = rope_table(torch.tensor([3]), head_dim=4, theta=100.0)
    assert cos.tolist()[0] == pytest.approx([math.cos(3), math.cos(0.3)])
    assert sin.tolist()[0] == pytest.approx([math.sin(3), math.sin(0.3)])


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="head_dim must be even and positive to form rotation pairs, got 7"):
        rope_frequencies(7)
    with pytest.raises(ValueError, match="got 0"):
        rope_frequencies(0)
    cos, sin = rope_table(torch.arange(T - 1), D)
    with pytest.raises(ValueError, match=r"5 tokens of width 8.* must have shape \(5, 4\); got \(4, 4\)"):
        apply_rope(torch.ones(T, D), cos, sin)
    with pytest.raises(ValueError, match="cos and sin must have shape"):
        apply_rope(torch.ones(T - 1, D), cos, sin[:1])  # would broadcast in silence
