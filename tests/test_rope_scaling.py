"""RoPE scaling: published reference values, bounds, one scaling written as another, bad input."""

import math

import pytest
import torch

from minillama.rope import rope_frequencies
from minillama.rope_scaling import FactorScaling, LinearScaling, Llama3Scaling

BLENDED_128 = [0.00216657076, 0.00137189357, 0.000856751413, 0.000524846161, 0.00031269375, 0.000178507813]
BLENDED_64 = [0.00129054793, 0.000429556797, 9.7082878e-05]


@pytest.mark.parametrize(
    ("head_dim", "factor", "kept", "blended", "next_pair", "last_pair"),
    [
        (128, 8.0, 29, BLENDED_128, 9.55621235e-05, 3.06892599e-07),
        (64, 32.0, 15, BLENDED_64, 1.94616382e-05, 9.41830673e-08),
    ],
)
def test_llama_3_reference_values(
    head_dim: int, factor: float, kept: int, blended: list[float], next_pair: float, last_pair: float
) -> None:
    frequencies = rope_frequencies(head_dim, 500_000.0)
    scaled = Llama3Scaling(factor)(frequencies)
    slow = kept + len(blended)
    assert torch.equal(scaled[:kept], frequencies[:kept])
    assert scaled[kept:slow].tolist() == pytest.approx(blended, rel=1e-5)
    assert scaled[[slow, -1]].tolist() == pytest.approx([next_pair, last_pair], rel=1e-6)
    torch.testing.assert_close(scaled[slow:], frequencies[slow:] / factor, rtol=1e-6, atol=0)
    assert scaled.dtype == torch.float32


def test_llama_3_blend_by_hand() -> None:
    # 100 tokens of context: 1 turn needs 2 pi / 100 radians per token, 3 turns need three times as much
    one_turn = 2 * math.pi / 100
    scaling = Llama3Scaling(factor=4.0, low_freq_factor=1.0, high_freq_factor=3.0, original_max_seq_len=100)
    scaled = scaling(torch.tensor([4.0, 3.0, 2.0, 1.0, 0.5]) * one_turn) / one_turn
    assert scaled.tolist() == pytest.approx([4.0, 3.0, (2 + 2 / 4) / 2, 0.25, 0.125], rel=1e-5)


def test_scaled_frequencies_lie_between_the_original_and_its_fraction_in_order() -> None:
    frequencies = rope_frequencies(128, 500_000.0)
    scaled = Llama3Scaling(8.0)(frequencies)
    assert (scaled <= frequencies).all()
    assert (scaled >= frequencies / 8 * (1 - 1e-6)).all()
    assert (scaled.diff() < 0).all()
    for identity in (LinearScaling(1.0), Llama3Scaling(1.0)):
        torch.testing.assert_close(identity(frequencies), frequencies, rtol=1e-6, atol=0)


def test_linear_by_hand() -> None:
    assert LinearScaling(4.0)(torch.tensor([1.0, 0.5, 0.25])).tolist() == [0.25, 0.125, 0.0625]


def test_factors_can_write_any_other_scaling() -> None:
    frequencies = rope_frequencies(64, 500_000.0)
    scaled = Llama3Scaling(32.0)(frequencies)
    factors = FactorScaling(tuple((frequencies / scaled).tolist()))
    torch.testing.assert_close(factors(frequencies), scaled, rtol=1e-6, atol=0)


def test_scalings_are_values() -> None:
    assert Llama3Scaling(8.0) == Llama3Scaling(8.0, 1.0, 4.0, 8192) != Llama3Scaling(32.0)
    assert len({LinearScaling(2.0), LinearScaling(2.0), FactorScaling((1.0, 2.0))}) == 2


def test_bad_input() -> None:
    for scaling in (LinearScaling, Llama3Scaling):
        with pytest.raises(ValueError, match=r"factor must be at least 1, got 0\.5"):
            scaling(factor=0.5)
    with pytest.raises(ValueError, match=r"low_freq_factor \(4.0\) must be positive and below high_freq_factor"):
        Llama3Scaling(8.0, low_freq_factor=4.0)
    with pytest.raises(ValueError, match="2 factors cannot scale 3 frequencies: give one each"):
        FactorScaling((1.0, 2.0))(torch.ones(3))
