"""Block formats against blocks worked out by hand and recorded from llama.cpp's quantizer."""

import pytest
import torch

from minillama.formats.gguf_blocks import BLOCK_FORMATS, dequantize

RAMP = (torch.arange(32) - 16) / 8
SINE = torch.sin(torch.arange(32).float())
RECORDED = [  # format, original, block in hex, largest error of the quantizer
    ("Q4_0", RAMP, "0034809191a2a2b3b3c4c4d5d5e6e6f7f7f8", 0.125000),
    ("Q4_1", RAMP, "223400c080809191a2a2b3b3c4c4d5d5e6e6f7f7", 0.125000),
    ("Q8_0", RAMP, "082481899199a1a9b1b9c0c8d0d8e0e8f0f8000810182028303840474f575f676f77", 0.007812),
    ("Q4_0", SINE, "0030680f2f99f2f0861d1f7be4f0a43b0f5d", 0.115607),
    ("Q4_1", SINE, "3f3000bc580e2e99e2e0751c1f7bd3f0a33b0f4c", 0.065356),
    ("Q8_0", SINE, "0820006b7312a086dd537e34bb81bc357e53db86a113746aff958def617922ac83cd", 0.003842),
]


def from_hex(text: str) -> torch.Tensor:
    return torch.tensor(list(bytes.fromhex(text)), dtype=torch.uint8)


@pytest.mark.parametrize(("kind", "original", "block", "error"), RECORDED)
def test_recorded_blocks(kind: str, original: torch.Tensor, block: str, error: float) -> None:
    decoded = dequantize(from_hex(block), kind, (32,))
    assert (decoded - original).abs().max().item() == pytest.approx(error, abs=1e-6)


def test_q4_0_by_hand() -> None:
    """Scale 2; byte 0 holds weight 0 in its low half and weight 16 in its high half."""
    block = from_hex("0040" + "f1" + "88" * 15)
    expected = [0.0] * 32
    expected[0], expected[16] = (1 - 8) * 2.0, (15 - 8) * 2.0
    assert dequantize(block, "Q4_0", (32,)).tolist() == expected


def test_q4_1_by_hand() -> None:
    """Scale 2, minimum -1."""
    block = from_hex("0040" + "00bc" + "00" * 15 + "3c")
    expected = [-1.0] * 32
    expected[15], expected[31] = 12 * 2.0 - 1, 3 * 2.0 - 1
    assert dequantize(block, "Q4_1", (32,)).tolist() == expected


def test_q8_0_by_hand() -> None:
    """Scale 0.5; bytes are signed."""
    block = from_hex("0038" + "7f" + "80" + "ff" + "00" * 29)
    assert dequantize(block, "Q8_0", (32,)).tolist() == [63.5, -64.0, -0.5] + [0.0] * 29


def test_blocks_run_along_rows() -> None:
    """Two blocks make one row of 64; the second scale is 0."""
    data = torch.cat((from_hex("003c" + "01" * 32), from_hex("0000" + "7f" * 32), from_hex("0040" + "01" * 32)))
    decoded = dequantize(torch.cat((data, data[:34])), "Q8_0", (2, 64))
    assert decoded[0].tolist() == [1.0] * 32 + [0.0] * 32
    assert decoded[1].tolist() == [2.0] * 32 + [1.0] * 32


@pytest.mark.parametrize(("kind", "text"), [("F32", "0000803f0000c0bf"), ("F16", "003c00be"), ("BF16", "803fc0bf")])
def test_plain_floats(kind: str, text: str) -> None:
    decoded = dequantize(from_hex(text), kind, (2, 1))
    assert decoded.dtype is torch.float32
    assert decoded.tolist() == [[1.0], [-1.5]]


def test_all_formats_accept_no_other_number_of_bytes() -> None:
    for kind, (n_weights, n_bytes, _) in BLOCK_FORMATS.items():
        assert dequantize(torch.zeros(3 * n_bytes, dtype=torch.uint8), kind, (3, n_weights)).shape == (3, n_weights)
        with pytest.raises(ValueError, match=rf"{3 * n_bytes - 1} bytes of {kind} cannot fill the shape"):
            dequantize(torch.zeros(3 * n_bytes - 1, dtype=torch.uint8), kind, (3, n_weights))


def test_rows_must_hold_whole_blocks() -> None:
    with pytest.raises(ValueError, match="rows of a multiple of 32"):
        dequantize(torch.zeros(34, dtype=torch.uint8), "Q8_0", (2, 16))


def test_other_formats_are_refused_with_a_way_out() -> None:
    with pytest.raises(ValueError, match=r"cannot decode the format Q6_K: only F32, F16, .* llama-quantize"):
        dequantize(torch.zeros(210, dtype=torch.uint8), "Q6_K", (256,))
