"""How much information a collection of documents holds, and how much a general compressor needs for it."""

import lzma
from collections.abc import Iterable
from dataclasses import dataclass

from .documents import Document


@dataclass(frozen=True, kw_only=True)
class Account:
    """Sums over documents.

    Args:
        n_documents: how many there are.
        n_bytes: their UTF-8 length.
        bits: information of their choices: the fewest bits that any model can need on average.
    """

    n_documents: int = 0
    n_bytes: int = 0
    bits: float = 0.0

    @property
    def bits_per_byte(self) -> float:
        """The floor of the loss, in bits per byte of text."""
        return self.bits / self.n_bytes

    def __add__(self, other: "Account") -> "Account":
        return Account(
            n_documents=self.n_documents + other.n_documents,
            n_bytes=self.n_bytes + other.n_bytes,
            bits=self.bits + other.bits,
        )


def account(documents: Iterable[Document]) -> dict[str, Account]:
    """Add up documents by kind.

    Args:
        documents: finitely many; read once.

    Returns:
        Kind to account, in the order in which the kinds appeared.

    Example:
        >>> account([Document(kind="web", number=7, text="Hello!", bits=3.0)])["web"].bits_per_byte
        0.5
    """
    accounts: dict[str, Account] = {}
    for document in documents:
        one = Account(n_documents=1, n_bytes=document.n_bytes, bits=document.bits)
        accounts[document.kind] = accounts.get(document.kind, Account()) + one
    return accounts


def compressed_bits(texts: Iterable[str]) -> int:
    """Return the size in bits of ``xz -9`` of the texts, one after the other.

    A compressor that knows nothing of the grammar needs more than the floor. How much more tells how far the structure
    lies below the surface of repeated words.

    Args:
        texts: joined by newlines; 2 MB or more for a figure that does not depend on the length.

    Example:
        >>> compressed_bits(["abc"] * 1000) < 8 * 200
        True
    """
    return 8 * len(lzma.compress("\n".join(texts).encode(), preset=9))
