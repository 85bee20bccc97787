"""One interface over the tokenizers of the LLaMA family: text in, token ids out, and back.

LLaMA 1 and 2 use SentencePiece-style BPE, Llama 3 and SmolLM2 byte-level BPE. Special tokens such as
``<|im_start|>`` are kept apart from both: text never turns into one unless the caller asks.
"""

import codecs
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .byte_level import ByteLevelBPE
from .literals import Literals
from .sentencepiece_style import PieceKind, SentencePieceBPE

CHUNK_LENGTH = 1 << 16  # characters collected before a stream is cut into pieces


class Tokenizer:
    """Turn text into token ids and ids into text.

    Args:
        model: the vocabulary with its merges.
        special_tokens: names of the tokens that are not text, with their ids.
        user_tokens: strings that always become one token, even in plain text.
        bos_id: token that opens a text, if the model has one.
        eos_id: token that ends a text, if the model has one.

    Raises:
        ValueError: if an id is used twice or left out.

    Example:
        >>> model = ByteLevelBPE([b"a", b"b", b"ab"], merges=[(0, 1)])
        >>> tokenizer = Tokenizer(model, {"<end>": 3}, eos_id=3)
        >>> tokenizer.encode("abba", eos=True)
        [2, 1, 0, 3]
        >>> tokenizer.decode([2, 1, 0, 3])
        'abba<end>'
    """

    def __init__(
        self,
        model: ByteLevelBPE | SentencePieceBPE,
        special_tokens: Mapping[str, int],
        *,
        user_tokens: Mapping[str, int] | None = None,
        bos_id: int | None = None,
        eos_id: int | None = None,
    ):
        self.model = model
        self.special_tokens = dict(special_tokens)
        self.user_tokens = dict(user_tokens or {})
        self.bos_id, self.eos_id = bos_id, eos_id
        self._names = {i: name.encode() for name, i in (self.special_tokens | self.user_tokens).items()}
        self._special_ids = set(self.special_tokens.values())
        self._always = Literals(self.user_tokens)
        self._allowed = Literals({*self.user_tokens, *self.special_tokens})
        self.vocab_size = max(model.n_tokens, *(i + 1 for i in self._names), 0)
        _check_ids(self)

    def encode(self, text: str, bos: bool = False, eos: bool = False, allow_special: bool = False) -> list[int]:
        """Turn a text into token ids.
        """
        ids = [self._required(self.bos_id, "bos")] if bos else []
        ids += self.encode_iterable([text], allow_special)
        if eos:
            ids.append(self._required(self.eos_id, "eos"))
        return ids
