"""Packing of codes: bytes by hand, the size, the way back for every width, bad input."""

import pytest
import torch

from minillama.bit_packing import pack_codes, unpack_codes


def as_bytes(rows: list[list[int]]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.uint8)


@pytest.mark.parametrize(
    ("bits", "codes", "packed"),
    [
        (8, [7, 255], [7, 255]),
        (4, [1, 2, 15, 0], [0x21, 0x0F]),
        (2, [1, 2, 3, 0, 3], [0b00_11_10_01, 0b00_00_00_11]),
        (1, [1, 0, 0, 0, 0, 0, 0, 1], [0b1000_0001]),
        (3, [1, 2, 3, 4, 5, 6, 7, 0], [0b11_010_001, 0b0_101_100_0, 0b000_111_11]),
        (6, [63, 0, 1, 32], [0b00_111111, 0b0001_0000, 0b100000_00]),
    ],
)
def test_bytes_by_hand(bits: int, codes: list[int], packed: list[int]) -> None:
    assert pack_codes(as_bytes([codes]), bits).tolist() == [packed]


@pytest.mark.parametrize("n", [1, 7, 8, 9, 64])
@pytest.mark.parametrize("bits", range(1, 9))
def test_there_and_back(bits: int, n: int) -> None:
    codes = torch.randint(1 << bits, (5, n), dtype=torch.uint8, generator=torch.Generator().manual_seed(bits))
    packed = pack_codes(codes, bits)
    assert torch.equal(unpack_codes(packed, bits, n), codes)
    if n % 8 == 0:
        assert packed.nbytes == 5 * n * bits // 8


def test_rows_are_packed_alone() -> None:
    """So a table can be indexed by row without unpacking it."""
    codes = torch.randint(8, (5, 9), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    packed = pack_codes(codes, 3)
    assert torch.equal(unpack_codes(packed[3:], 3, 9), codes[3:])
    assert pack_codes(codes[:0], 3).shape == (0, 6)


def test_bad_input() -> None:
    codes = as_bytes([[1, 16]])
    with pytest.raises(ValueError, match="a code is 16, but 4 bits hold 0 to 15: give more bits"):
        pack_codes(codes, 4)
    with pytest.raises(ValueError, match=r"codes must be a matrix of uint8, got shape \(1, 2\) of torch.int64"):
        pack_codes(codes.long(), 8)
    with pytest.raises(ValueError, match=r"5 codes of 4 bits take rows of 3 bytes in uint8, got shape \(1, 2\)"):
        unpack_codes(codes, 4, 5)
    for bits in (0, 9):
        with pytest.raises(ValueError, match=f"bits must be 1 to 8, got {bits}"):
            pack_codes(codes, bits)
