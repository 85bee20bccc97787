"""RMSNorm: hand values, invariances, torch's own, precision, bad input."""

import pytest
import torch
import torch.nn.functional as F

from minillama.rmsnorm import RMSNorm, rms_norm

B, T, C = 2, 3, 5


def test_hand_values() -> None:
    # mean square of (3, 4) is 12.5; with eps = 3 and x = (1, 1) the root is sqrt(1 + 3) = 2
    assert rms_norm(torch.tensor([3.0, 4.0]), torch.tensor([1.0, 10.0]), eps=0.0).tolist() == pytest.approx(
        [3 / 12.5**0.5, 40 / 12.5**0.5]
    )
    assert rms_norm(torch.tensor([1.0, 1.0]), torch.ones(2), eps=3.0).tolist() == [0.5, 0.5]


def test_equals_torch_at_any_number_of_dimensions() -> None:
    gain = torch.rand(C) + 0.5
    for shape in ((C,), (T, C), (B, T, C)):
        x = 3 * torch.randn(shape) + 1
        torch.testing.assert_close(rms_norm(x, gain, eps=0.1), F.rms_norm(x, (C,), gain, eps=0.1))


def test_length_is_one_and_scale_is_forgotten_but_the_mean_is_not() -> None:
    x, ones = torch.randn(B, T, C, dtype=torch.float64) + 2, torch.ones(C, dtype=torch.float64)
    normalized = rms_norm(x, ones, eps=0.0)
    torch.testing.assert_close(normalized.pow(2).mean(-1), torch.ones(B, T, dtype=torch.float64))
    torch.testing.assert_close(rms_norm(1000 * x, ones, eps=0.0), normalized)
    assert (rms_norm(x + 5, ones, eps=0.0) - normalized).abs().max() > 0.01  # LayerNorm would not change


def test_a_token_does_not_see_the_others() -> None:
    x, gain = torch.randn(B, T, C), torch.rand(C)
    changed = x.clone()
    changed[:, -1] *= 100
    assert torch.equal(rms_norm(changed, gain)[:, :-1], rms_norm(x, gain)[:, :-1])


def test_zero_stays_zero_with_a_finite_gradient() -> None:
    x = torch.zeros(T, C, requires_grad=True)
    rms_norm(x, torch.ones(C)).sum().backward()
    assert torch.equal(rms_norm(x, torch.ones(C)), torch.zeros(T, C))
    assert x.grad.isfinite().all()


def test_gradient_is_right() -> None:
    x = torch.randn(T, C, dtype=torch.float64, requires_grad=True)
    gain = torch.rand(C, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x, gain: rms_norm(x, gain, eps=0.1), (x, gain))


def test_float16_does_not_overflow() -> None:
    x = torch.full((1, C), 30_000.0, dtype=torch.float16)  # the square is far above 65,504
    assert rms_norm(x, torch.ones(C, dtype=torch.float16)).tolist() == [[1.0] * C]
    tiny = torch.full((1, C), 1e-4, dtype=torch.float16)  # the square is far below the smallest float16
    assert rms_norm(tiny, torch.ones(C, dtype=torch.float16), eps=0.0).tolist() == [[1.0] * C]


def test_bfloat16_is_rounded_once_before_the_gain() -> None:
    x, gain = torch.randn(B, T, C).bfloat16(), torch.rand(C) + 0.5
    rounded = rms_norm(x.float(), torch.ones(C)).bfloat16()
    assert torch.equal(rms_norm(x, gain.bfloat16()), rounded * gain.bfloat16())
    assert torch.equal(rms_norm(x, gain), rounded * gain)  # a float32 gain gives float32, as in Meta's code
    assert rms_norm(x, gain.bfloat16()).dtype == torch.bfloat16


def test_layer_starts_with_gain_one_and_uses_its_eps() -> None:
    norm = RMSNorm(C, eps=3.0)
    assert norm.state_dict().keys() == {"weight"}
    assert norm(torch.ones(T, C)).tolist() == [[0.5] * C] * T


def test_gain_must_fit_the_channels() -> None:
    with pytest.raises(ValueError, match=r"gain has shape \(3,\), but x has 5 channels: give one gain per"):
        rms_norm(torch.ones(T, C), torch.ones(T))
    with pytest.raises(ValueError, match="one gain per channel"):
        RMSNorm(1)(torch.ones(T, C))  # would broadcast in silence
