"""One interface over the tokenizers of the LLaMA family: text in, token ids out, and back.

LLaMA 1 and 2 use SentencePiece-style BPE, Llama 3 and SmolLM2 byte-level BPE. Special tokens such as
``<|im_start|>`` are kept apart from both: text never turns into one unless the caller asks.
"""

import codecs
import operator
from collections.abc import Iterable, Iterator, Mapping

from .encode_stream import EncodeStream, Model, check_text
from .literals import Literals


class Tokenizer:
    """Turn text into token ids and ids into text.

    Args:
        model: the vocabulary with its merges.
        special_tokens: names of the tokens that are not text, with their ids.
        user_tokens: strings that always become one token, even in plain text, with their ids.
        bos_id: the token that opens a text, if the model has one.
        eos_id: the token that ends a text, if the model has one.

    Raises:
        ValueError: if an id has no token or two.

    Example:
        >>> from minillama.byte_level import ByteLevelBPE
        >>> model = ByteLevelBPE([b"a", b"b", b"ab"], merges=[(0, 1)])
        >>> tokenizer = Tokenizer(model, {"<end>": 3}, eos_id=3)
        >>> tokenizer.encode("abba", eos=True)
        [2, 1, 0, 3]
        >>> tokenizer.decode([2, 1, 0, 3])
        'abba<end>'
    """

    def __init__(
        self,
        model: Model,
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
        self._special_ids = set(self.special_tokens.values())
        self._token_bytes = _token_bytes(model, self.special_tokens | self.user_tokens)
        self._always = Literals(self.user_tokens)
        self._allowed = Literals(self.special_tokens | self.user_tokens)

    @property
    def vocab_size(self) -> int:
        """The number of token ids: they run from 0 to one less."""
        return len(self._token_bytes)

    def encode(self, text: str, bos: bool = False, eos: bool = False, allow_special: bool = False) -> list[int]:
        """Turn a text into token ids.

        Args:
            text: any text; the empty text has no tokens.
            bos: put the token for the beginning of a text in front.
            eos: put the token for the end of a text behind.
            allow_special: read names such as ``<|im_end|>`` in the text as special tokens. Only for text you
                wrote yourself: a user could end a message or speak for someone else.

        Returns:
            Ids from 0 to ``vocab_size - 1``. A byte or character that the vocabulary lacks becomes the unknown
            token, which in SmolLM2 is ``<|endoftext|>``: the one special token that plain text can give.

        Raises:
            TypeError: if the text is not a str.
            ValueError: if the text holds half a surrogate pair, or a character that the vocabulary lacks while it
                has no unknown token; or if a token for the beginning or end is asked for and does not exist.
        """
        ids = [self._existing(self.bos_id, "bos")] if bos else []
        ids += self.encode_iterable([text], allow_special)
        if eos:
            ids.append(self._existing(self.eos_id, "eos"))
        return ids

    def encode_iterable(self, chunks: Iterable[str], allow_special: bool = False) -> Iterator[int]:
        """Turn a text that arrives in chunks into token ids, in memory that does not grow with the text.

        Args:
            chunks: parts of one text, such as the lines of an open file; they may end anywhere.
            allow_special: as in ``encode``.

        Yields:
            The ids that ``encode`` gives for the whole text. What the next chunk could change is held back;
            this is at most a word, or in SentencePiece a stretch without a place where no piece can reach across.
        """
        literals = self._allowed if allow_special else self._always
        ids = self.special_tokens | self.user_tokens
        encoder = EncodeStream(self.model)
        rest = ""
        for chunk in chunks:
            check_text(chunk)
            parts, rest = literals.split(rest + chunk, final=False)
            yield from encoder.push_parts(parts, ids)
        yield from encoder.push_parts(literals.split(rest)[0], ids)
        yield from encoder.finish()

    def decode(self, ids: Iterable[int], skip_special: bool = False) -> str:
        """Turn token ids into text.

        Args:
            ids: ids from 0 to ``vocab_size - 1``.
            skip_special: leave special tokens out instead of writing their names.

        Returns:
            The text. Bytes that form no character become U+FFFD. The space that SentencePiece put in front of the
            text is taken away.

        Raises:
            ValueError: if an id is not in the vocabulary.
            TypeError: if an id is not an integer.
        """
        stream = self.stream(skip_special)
        return "".join(map(stream.push, ids)) + stream.finish()

    def stream(self, skip_special: bool = False, after: Iterable[int] = ()) -> "DecodeStream":
        """Start decoding token by token.

        Args:
            skip_special: leave special tokens out instead of writing their names.
            after: tokens that came before, such as the prompt; they give no text but keep the space of a first
                word.

        Returns:
            A stream; what it gives in all is what ``decode`` gives.

        Example:
            >>> from minillama.byte_level import ByteLevelBPE
            >>> tokenizer = Tokenizer(ByteLevelBPE([bytes([byte]) for byte in range(256)], merges=[]), {})
            >>> stream = tokenizer.stream()
            >>> [stream.push(byte) for byte in "hé".encode()], stream.finish()
            (['h', '', 'é'], '')
        """
        stream = DecodeStream(self, skip_special)
        for token_id in after:
            stream.push(token_id)
        return stream

    def token_bytes(self, token_id: int) -> bytes:
        """Return the bytes a token stands for; for a special token its name.

        Raises:
            ValueError: if the id is not in the vocabulary.
            TypeError: if the id is not an integer.
        """
        try:
            index = operator.index(token_id)
        except TypeError:
            raise TypeError(f"token ids must be integers, got {token_id!r} of {type(token_id).__name__}") from None
        if not 0 <= index < self.vocab_size:
            raise ValueError(f"token id {index} is outside 0..{self.vocab_size - 1}. Was another tokenizer used?")
        return self._token_bytes[index]

    def is_special(self, token_id: int) -> bool:
        """Tell whether an id belongs to a special token."""
        return token_id in self._special_ids

    def _existing(self, token_id: int | None, name: str) -> int:
        """Return a special id, or say that there is none."""
        if token_id is None:
            raise ValueError(f"this tokenizer has no {name} token. Encode with {name}=False.")
        return token_id


class DecodeStream:
    """Text from tokens one at a time; no piece of text ends inside a character. Made by ``Tokenizer.stream``."""

    def __init__(self, tokenizer: Tokenizer, skip_special: bool = False):
        self._tokenizer = tokenizer
        self._skip_special = skip_special
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._at_start = True

    def push(self, token_id: int) -> str:
        """Take one token; return the characters it completes, perhaps none."""
        data, model = self._tokenizer.token_bytes(token_id), self._tokenizer.model
        if self._tokenizer.is_special(token_id):
            self._at_start = self._at_start and self._skip_special if model.prefix_once else True
            return "" if self._skip_special else self._utf8.decode(data)
        if self._at_start and model.dummy_prefix:
            data = data.removeprefix(b" ")
        self._at_start = False
        return self._utf8.decode(data)

    def finish(self) -> str:
        """Return what is left: U+FFFD if the last character stayed incomplete, else nothing."""
        return self._utf8.decode(b"", final=True)


def _token_bytes(model: Model, names: Mapping[str, int]) -> list[bytes]:
    """List the bytes of every id; special and user tokens stand for their names."""
    table = [model.token_bytes(token_id) for token_id in range(model.n_tokens)]
    table += [None] * sum(token_id >= model.n_tokens for token_id in names.values())
    if len(set(names.values())) < len(names):
        raise ValueError(f"two special tokens have the same id: {sorted(names.items(), key=lambda item: item[1])}")
    for name, token_id in names.items():
        if not 0 <= token_id < len(table) or table[token_id] is not None:
            raise ValueError(f"special token {name!r} cannot have id {token_id}: taken, or beyond the end of the ids")
        table[token_id] = name.encode()
    if None in table:
        raise ValueError(f"id {table.index(None)} has no token; ids must run from 0 without a gap")
    return table
