"""Text of the world as a stream of characters, for small models that read letters (chapter 08)."""

from functools import cache
from itertools import islice

import torch
from torch import Tensor

from ...world.documents import PROSE, documents, kind_menu

N_TRAIN, N_UNSEEN = 1600, 150  # documents
GAP = "\n\n"  # between two documents; none has an empty line inside


@cache
def town_text(split: str, n_documents: int) -> str:
    """Return the prose of the world as one text.

    Args:
        split: "train", or another word for text that no model has seen.
        n_documents: how many, each followed by an empty line.

    Returns:
        About 700 characters a document; the same on every machine.
    """
    stream = documents(split=split, kinds=kind_menu(dict.fromkeys(PROSE, 1)))
    return "".join(document.text + GAP for document in islice(stream, n_documents))


@cache
def alphabet() -> str:
    """Return the characters of the text in order; a character's number is its place here."""
    return "".join(sorted(set(town_text("train", N_TRAIN) + town_text("unseen", N_UNSEEN))))


@cache
def letters(split: str) -> Tensor:
    """Return the numbers of the characters of a split, "train" or "unseen", shape (length,)."""
    number = {letter: i for i, letter in enumerate(alphabet())}
    return torch.tensor([number[letter] for letter in town_text(split, N_TRAIN if split == "train" else N_UNSEEN)])
