"""Read the tokenizer in the metadata of a GGUF file.

Source:
    ggml-org/ggml, docs/gguf.md; ggml-org/llama.cpp, src/llama-vocab.cpp.
"""

from pathlib import Path
from typing import Any

from ..byte_level import ByteLevelBPE
from ..sentencepiece_style import PieceKind, SentencePieceBPE
from ..tokenizer import Tokenizer
from .gguf_file import metadata, open_gguf
from .token_text import merge_ids, token_from_text

# llama.cpp's name of the splitting rule -> ours
PATTERN_NAMES = {
    "gpt-2": "gpt-2",
    "smollm": "smollm",
    "llama-bpe": "llama-3",
    "llama3": "llama-3",
    "llama-v3": "llama-3",
}


def read_gguf_tokenizer(path: Path) -> Tokenizer:
    """Read a tokenizer of kind "gpt2" (byte-level) or "llama" (SentencePiece style).

    Raises:
        ValueError: the file is damaged, holds no tokenizer, or one of an unsupported kind.
    """
    fields = _Fields(metadata(open_gguf(path)))
    kind = fields.get("model", str)
    readers = {"gpt2": _byte_level, "llama": _sentencepiece_style}
    if kind not in readers:
        raise ValueError(f"tokenizer.ggml.model is {kind!r}; supported are {', '.join(readers)}")
    return readers[kind](fields)


class _Fields:
    """The ``tokenizer.ggml`` part of the metadata, with checked types."""

    def __init__(self, fields: dict[str, Any]):
        self._fields = fields
        self.tokens = self.items("tokens", str)
        self.kinds = self.items("token_type", int) or [PieceKind.NORMAL] * len(self.tokens)
        if not self.tokens or len(self.kinds) != len(self.tokens):
            raise ValueError(f"the vocabulary has {len(self.tokens)} tokens and {len(self.kinds)} token types")
        if len(set(self.tokens)) < len(self.tokens):
            raise ValueError("a token occurs twice in the vocabulary")

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        """Return a single value."""
        value = self._fields.get(f"tokenizer.ggml.{name}", default)
        if value is not None and not isinstance(value, kind):
            raise ValueError(f"tokenizer.ggml.{name} should be of type {kind.__name__}, got {value!r:.60}")
        return value

    def items(self, name: str, kind: type) -> list[Any]:
        """Return an array; an empty one if it is absent."""
        values = self.get(name, list, [])
        if not all(isinstance(value, kind) for value in values):
            raise ValueError(f"tokenizer.ggml.{name} should hold only values of type {kind.__name__}")
        return values

    def token_id(self, name: str) -> int | None:
        """Return an id in the vocabulary."""
        token_id = self.get(f"{name}_token_id", int)
        if token_id is not None and not 0 <= token_id < len(self.tokens):
            raise ValueError(f"tokenizer.ggml.{name}_token_id is {token_id}; there are {len(self.tokens)} tokens")
        return token_id

    def ids_of(self, *kinds: PieceKind) -> dict[str, int]:
        """Return the tokens of some kinds with their ids."""
        return {self.tokens[i]: i for i, kind in enumerate(self.kinds) if kind in kinds}


def _byte_level(fields: _Fields) -> Tokenizer:
    """Build a byte-level tokenizer; tokens of all kinds but NORMAL stand outside the byte alphabet."""
    pattern = fields.get("pre", str, "default")
    if pattern not in PATTERN_NAMES:
        raise ValueError(f"tokenizer.ggml.pre is {pattern!r}; supported are {', '.join(PATTERN_NAMES)}")
    ids = fields.ids_of(PieceKind.NORMAL)
    tokens: list[bytes | None] = [None] * len(fields.tokens)
    for text, token_id in ids.items():
        tokens[token_id] = token_from_text(text)
    model = ByteLevelBPE(
        tokens,
        merge_ids(fields.items("merges", str), ids),
        PATTERN_NAMES[pattern],
        whole_words=PATTERN_NAMES[pattern] == "llama-3",
        unknown_id=fields.token_id("unknown"),
    )
    user = fields.ids_of(PieceKind.USER_DEFINED)
    special = {token: i for i, token in enumerate(fields.tokens) if tokens[i] is None and token not in user}
    return Tokenizer(model, special, user_tokens=user, bos_id=fields.token_id("bos"), eos_id=fields.token_id("eos"))


def _sentencepiece_style(fields: _Fields) -> Tokenizer:
    """Build a SentencePiece-style tokenizer."""
    model = SentencePieceBPE(
        fields.tokens,
        fields.items("scores", float),
        fields.kinds,
        dummy_prefix=fields.get("add_space_prefix", bool, True),
        byte_fallback=PieceKind.BYTE in fields.kinds,
    )
    special = model.ids_of(PieceKind.CONTROL)
    return Tokenizer(model, special, bos_id=fields.token_id("bos"), eos_id=fields.token_id("eos"))
