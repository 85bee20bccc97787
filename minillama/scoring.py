"""What a model thinks of whole documents: the cost of each in nats.

Shape letters: B batch, T tokens.
"""

from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from .loss import IGNORE
from .model import Llama
from .surgery import device_of
from .tokenizer import Tokenizer


@torch.no_grad()
def document_nats(model: Llama, tokenizer: Tokenizer, texts: Sequence[str], batch_size: int = 32) -> list[float]:
    """Return the cost of each document, from its first token to its end, every document alone in its context.

    Args:
        model: on any device.
        tokenizer: has a bos and an eos token; both frame every text, bos is not predicted.
        texts: documents.
        batch_size: B, documents in one forward pass; they are sorted by length, so that little is padding.

    Returns:
        Nats summed over the tokens of each text and its eos, in the order of ``texts``.

    Raises:
        ValueError: if the tokenizer lacks bos or eos, or a text is longer than the model's context.
    """
    documents = [_framed(tokenizer, text, model.config.max_seq_len) for text in texts]
    order = sorted(range(len(documents)), key=lambda i: len(documents[i]))
    nats = [0.0] * len(documents)
    for batch in _batches(order, batch_size):
        tokens, targets = _padded([documents[i] for i in batch], device_of(model))
        losses = F.cross_entropy(model(tokens).float().transpose(1, 2), targets, ignore_index=IGNORE, reduction="none")
        for i, total in zip(batch, losses.double().sum(1).tolist(), strict=True):
            nats[i] = total
    return nats


def _framed(tokenizer: Tokenizer, text: str, max_seq_len: int) -> list[int]:
    """Return bos, the tokens of the text, eos."""
    if tokenizer.bos_id is None or tokenizer.eos_id is None:
        raise ValueError(
            "the tokenizer has no bos or no eos token: the cost of a document counts its start and its end"
        )
    ids = tokenizer.encode(text, bos=True, eos=True)
    if len(ids) - 1 > max_seq_len:
        raise ValueError(
            f"a document of {len(ids)} tokens does not fit the context of {max_seq_len}: leave it out or cut it first; "
            f"it starts with {text[:40]!r}"
        )
    return ids


def _batches(order: list[int], batch_size: int) -> Iterator[list[int]]:
    if batch_size < 1:
        raise ValueError(f"batch_size must be 1 or more, got {batch_size}")
    yield from (order[i : i + batch_size] for i in range(0, len(order), batch_size))


def _padded(documents: list[list[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Tokens and targets, shape (B, T); places after a document's end hold any token and are not scored."""
    length = max(len(ids) for ids in documents) - 1
    tokens = torch.zeros(len(documents), length, dtype=torch.int64)
    targets = torch.full_like(tokens, IGNORE)
    for row, ids in enumerate(documents):
        tokens[row, : len(ids) - 1] = torch.tensor(ids[:-1])
        targets[row, : len(ids) - 1] = torch.tensor(ids[1:])
    return tokens.to(device), targets.to(device)
