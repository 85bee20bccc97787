"""How close a model of the town comes to the best possible: what unseen documents cost it, and what they hold."""

import math
from itertools import islice

from ..model import Llama
from ..scoring import document_nats
from ..tokenizer import Tokenizer
from ..world.choices import Menu
from ..world.documents import KINDS, Document, documents, kind_bits
from ..world.entropy import Account, account
from .experiments.town_corpus import model_kinds

SEED = 1


def unseen_documents(kind: str, number: int) -> list[Document]:
    """Return documents of one kind that no training run has read; their bits include the choice of the kind.

    Args:
        kind: one of ``KINDS``.
        number: how many.
    """
    own_bits = kind_bits(kind, model_kinds())
    one_kind = documents(SEED, f"test {kind}", kinds=Menu([kind], [1]))
    return [Document(kind=kind, number=d.number, text=d.text, bits=d.bits + own_bits) for d in islice(one_kind, number)]


def compare_with_floor(model: Llama, tokenizer: Tokenizer, number: int) -> dict[str, tuple[Account, float]]:
    """Return, for each kind of document, what they hold and what the model needs for them.

    Args:
        model: has read the town.
        tokenizer: of the model.
        number: documents of each kind. Those that are longer than the context are left out of both sides.

    Returns:
        Kind to the account, whose ``bits_per_byte`` is the floor, and to the bits that the model needs.
    """
    result = {}
    for kind in KINDS:
        texts = unseen_documents(kind, number)
        fits = [one for one in texts if len(tokenizer.encode(one.text)) + 1 <= model.config.max_seq_len]
        nats = document_nats(model, tokenizer, [one.text for one in fits])
        result[kind] = account(fits)[kind], sum(nats) / math.log(2)
    return result
