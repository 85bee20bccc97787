"""Sums of information, and what a general compressor needs."""

from random import Random

import pytest

from minillama.world.documents import Document
from minillama.world.entropy import Account, account, compressed_bits


def document(kind: str, text: str, bits: float) -> Document:
    return Document(kind=kind, number=0, text=text, bits=bits)


def test_accounts_add_up_by_kind_and_count_bytes_not_characters() -> None:
    found = account([document("web", "käse", 10.0), document("code", "x", 3.0), document("web", "oh", 4.0)])
    assert found == {
        "web": Account(n_documents=2, n_bytes=7, bits=14.0),
        "code": Account(n_documents=1, n_bytes=1, bits=3.0),
    }
    assert found["web"].bits_per_byte == pytest.approx(2.0)


def test_no_compressor_beats_the_entropy_of_random_digits_and_repetition_costs_nothing() -> None:
    random = Random(1)
    digits = "".join("0123456789abcdef"[int(random.random() * 16)] for _ in range(20_000))
    assert 4 * 20_000 <= compressed_bits([digits]) < 4.6 * 20_000
    assert compressed_bits([digits] * 5) < 1.05 * compressed_bits([digits])
