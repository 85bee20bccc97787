"""Byte-level BPE, the tokenizer of GPT-2, Llama 3 and SmolLM2: the first 256 tokens are the bytes.

Text becomes UTF-8, so nothing is unknown. A pattern first cuts the text into words; merges stay inside one.

Source:
    Radford et al., 2019, "Language Models are Unsupervised Multitask Learners", section 2.2.
"""

from collections.abc import Iterable, Sequence

import regex

from .bpe import Pair, apply_merges, merges_from_tokens

_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
PATTERNS = {
    "gpt-2": _WORDS,
    # Each number character stands alone. A space run before one gives away no space, as at the end of a text.
    "smollm": _WORDS.replace(r" ?\p{N}+", r"\p{N}").replace(r"(?!\S)", r"(?![^\s\p{N}])"),
    "llama-3": r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
}
MAX_TOKEN_BYTES = 1024
CACHE_WORDS, CACHE_WORD_LENGTH = 1 << 16, 64


def bytes_to_unicode() -> dict[int, str]:
    """Give each byte a visible character, so that files can show tokens as text.

    GPT-2's vocabulary files use this alphabet. Printable Latin-1 characters stand for themselves; the
    other 68 bytes get the characters from U+0100 on, in order. The space becomes U+0120.

    Returns:
        Byte to character, 256 entries, one to one, in the order of the characters.

    Example:
        >>> alphabet = bytes_to_unicode()
        >>> alphabet[ord("a")], alphabet[ord(" ")], alphabet[0]
        ('a', 'Ġ', 'Ā')

    Source:
        openai/gpt-2, src/encoder.py; SmolLM2 and Llama 3 files use the same table.
    """
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in visible]
    alphabet = {byte: chr(byte) for byte in visible}
    alphabet.update({byte: chr(0x100 + place) for place, byte in enumerate(hidden)})
    return alphabet


def split_words(text: str, pattern: str = "gpt-2") -> list[str]:
    """Cut a text into the words inside which BPE may merge.

    Args:
        text: any text.
        pattern: a name in ``PATTERNS``. "gpt-2" keeps numbers whole, "llama-3" cuts them into groups of at most
            three digits, "smollm" into single digits.

    Returns:
        Pieces that joined together give the text again. What is a letter follows the regex package's version of
        Unicode; a program with an older one may cut differently at characters that were assigned since.

    Raises:
        ValueError: if the pattern has no such name.

    Example:
        >>> split_words("We'll pay 1200 now")
        ['We', "'ll", ' pay', ' 1200', ' now']
        >>> split_words("pay 1200", "smollm")
        ['pay', ' ', '1', '2', '0', '0']

    Source:
        openai/gpt-2, src/encoder.py; meta-llama/llama-models, models/llama3/tokenizer.py.
    """
    return _compiled(pattern).findall(text)


class ByteLevelBPE:
    """A byte-level vocabulary with its merges.

    Args:
        tokens: the bytes of each id; None for ids that belong to special tokens.
        merges: the pairs of ids to join, the first one first. None joins any two tokens that together
            spell a token, the smallest id first, as tiktoken does.
        pattern: name of the splitting pattern, see ``PATTERNS``.
        whole_words: a word that is a token needs no merges (Llama 3).
        unknown_id: stands for a byte that the vocabulary lacks; None refuses such text.

    Raises:
        ValueError: if merges and tokens contradict each other.

    Example:
        >>> model = ByteLevelBPE([b"a", b"b", b"ab"], merges=[(0, 1)])
        >>> model.encode_piece("abba")
        [2, 1, 0]
    """

    dummy_prefix = prefix_once = fuses_unknown = False  # what only SentencePiece does

    def __init__(
        self,
        tokens: Sequence[bytes | None],
        merges: Iterable[Pair] | None,
        pattern: str = "gpt-2",
        *,
        whole_words: bool = False,
        unknown_id: int | None = None,
    ):
        self.tokens, self.n_tokens = list(tokens), len(tokens)
        self.pattern = pattern
        self.whole_words = whole_words
        self.unknown_id = unknown_id
        self._pattern = _compiled(pattern)
        self._ids = {token: token_id for token_id, token in enumerate(tokens) if token is not None}
        if max(map(len, self._ids), default=0) > MAX_TOKEN_BYTES:
            raise ValueError(f"a token has more than {MAX_TOKEN_BYTES} bytes; the vocabulary is damaged")
        self._byte_ids = [self._ids.get(bytes([byte]), unknown_id) for byte in range(256)]
        if merges is None:
            self.merges = merges_from_tokens(self._ids, {i: i for i in self._ids.values()})
        else:
            self.merges = {pair: (rank, self._joined(pair)) for rank, pair in enumerate(merges)}
        self._cache: dict[str, list[int]] = {}

    def _joined(self, pair: Pair) -> int:
        """Return the id of what two tokens spell together."""
        joined = self._ids.get(self.tokens[pair[0]] + self.tokens[pair[1]])
        if joined is None:
            parts = [self.tokens[part] for part in pair]
            raise ValueError(f"merge of {parts[0]!r} and {parts[1]!r} gives no token of the vocabulary")
        return joined

    def normalize(self, text: str, at_start: bool) -> str:
        """Return the text as it is cut into pieces; here nothing changes."""
        return text

    def split(self, text: str, final: bool) -> tuple[list[str], str]:
        """Cut a text into words; what later text could still change is held back.

        Every alternative of the patterns looks at most two characters past its end, save for runs of
        white space, which must be seen up to the character that ends them.
        """
        if final:
            return self._pattern.findall(text), ""
        settled = min(len(text.rstrip()) - 1, len(text) - 2)
        words, end = [], 0
        for match in self._pattern.finditer(text):
            if match.end() > settled:
                break
            words.append(match[0])
            end = match.end()
        return words, text[end:]

    def encode_piece(self, piece: str) -> Sequence[int]:
        """Return the ids of one word from ``split``."""
        ids = self._cache.get(piece)
        if ids is None:
            ids = self._encode(piece.encode())
            if len(piece) <= CACHE_WORD_LENGTH:
                if len(self._cache) >= CACHE_WORDS:
                    self._cache.clear()
                self._cache[piece] = ids
        return ids

    def _encode(self, word: bytes) -> list[int]:
        """Join the bytes of one word."""
        if self.whole_words and word in self._ids:
            return [self._ids[word]]
        ids = [self._byte_ids[byte] for byte in word]
        if None in ids:
            raise ValueError(
                f"byte 0x{word[ids.index(None)]:02X} in {word!r} is not in this vocabulary, which has no unknown "
                "token. Remove the character or use another tokenizer."
            )
        return apply_merges(ids, self.merges)

    def token_bytes(self, token_id: int) -> bytes | None:
        """Return the bytes a token stands for; None if the id belongs to a special token."""
        return self.tokens[token_id]


def _compiled(pattern: str) -> regex.Pattern:
    """Return the compiled pattern of a name."""
    if pattern not in PATTERNS:
        raise ValueError(f"there is no splitting pattern {pattern!r}; known are {', '.join(PATTERNS)}")
    return regex.compile(PATTERNS[pattern])
