"""Read and write ``tokenizer.json``, the file of the Hugging Face ``tokenizers`` library.

Source:
    huggingface/tokenizers, tokenizers/src/models/bpe/serialization.rs and src/pre_tokenizers.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..byte_level import PATTERNS, ByteLevelBPE
from ..sentencepiece_style import SPACE, PieceKind, SentencePieceBPE
from ..tokenizer import Tokenizer
from .token_text import merge_ids, read_limited, token_from_text

_BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
_LLAMA_3 = {"type": "Split", "pattern": {"Regex": PATTERNS["llama-3"]}, "behavior": "Isolated", "invert": False}
# The steps that cut text into words, by the name of our pattern.
SPLITTING = {
    "gpt-2": [_BYTE_LEVEL],
    "smollm": [{"type": "Digits", "individual_digits": True}, _BYTE_LEVEL],
    "llama-3": [_LLAMA_3, _BYTE_LEVEL | {"use_regex": False}],
}
_REPLACE = {"type": "Replace", "pattern": {"String": " "}, "content": SPACE}
# The steps that make spaces visible, by whether a space is put in front.
NORMALIZING = {True: [{"type": "Prepend", "prepend": SPACE}, _REPLACE], False: [_REPLACE]}
DEFAULT_NAMES = {"bos": ("<s>", "<|begin_of_text|>"), "eos": ("</s>", "<|end_of_text|>")}


def read_tokenizer_json(path: Path) -> Tokenizer:
    """Read a BPE tokenizer, byte-level or in the style of Llama 2.

    Which tokens open and end a text stands in ``tokenizer_config.json`` beside the file; without it they are
    found by LLaMA's names.

    Raises:
        ValueError: the file is damaged, contradicts itself, or uses parts that are not supported.
    """
    content = _Json(_load(path))
    config_path = path.with_name("tokenizer_config.json")
    config = _Json(_load(config_path)) if config_path.is_file() else _Json({})
    model = content.part("model")
    _check_supported(model)
    steps = _steps(content.get("pre_tokenizer", dict), "pretokenizers")
    build = _byte_level if any(step.get("type") == "ByteLevel" for step in steps) else _sentencepiece_style
    return build(content, model, steps, config)


class _Json:
    """A JSON object with checked types."""

    def __init__(self, content: Any):
        if not isinstance(content, dict):
            raise ValueError(f"a JSON object was expected, got {content!r:.60}")
        self.content = content

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        """Return a value of the given type; the default if it is absent or null."""
        value = self.content.get(name)
        if value is None:
            return default
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise ValueError(f"{name!r} should be of type {kind.__name__}, got {value!r:.60}")
        return value

    def part(self, name: str) -> "_Json":
        """Return an object within this one."""
        return _Json(self.get(name, dict, {}))

    def token_name(self, name: str) -> str | None:
        """Return a special token's text, which may stand in an object with options."""
        value = self.content.get(name)
        return _Json(value).get("content", str) if isinstance(value, dict) else self.get(name, str)


def _load(path: Path) -> Any:
    """Parse a JSON file."""
    try:
        return json.loads(read_limited(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not JSON, or it is cut off: {error}") from None
    except RecursionError:
        raise ValueError(f"{path} nests too deeply") from None


def _check_supported(model: _Json) -> None:
    """Refuse models whose ids we would not reproduce."""
    kind = model.get("type", str, "BPE" if model.get("merges", list) else None)
    if kind != "BPE":
        raise ValueError(f"the model type is {kind!r}; only BPE is supported")
    for option in ("dropout", "continuing_subword_prefix", "end_of_word_suffix"):
        if model.content.get(option):
            raise ValueError(f"the model option {option!r} is not supported, got {model.content[option]!r:.60}")


def _steps(part: dict[str, Any] | None, name: str) -> list[dict[str, Any]]:
    """Return the steps of a normalizer or pre-tokenizer, which may be a sequence, one step or nothing."""
    if part is None:
        return []
    steps = part.get(name) if part.get("type") == "Sequence" else [part]
    if not (isinstance(steps, list) and all(isinstance(step, dict) for step in steps)):
        raise ValueError(f"{name!r} should be a list of objects, got {steps!r:.60}")
    return steps


def _vocabulary(model: _Json) -> dict[str, int]:
    """Return the vocabulary, checked to be text with distinct, sensible ids."""
    vocabulary = model.get("vocab", dict, {})
    for token, token_id in vocabulary.items():
        if type(token_id) is not int or token_id < 0:
            raise ValueError(f"the id of token {token!r} should be a positive integer, got {token_id!r:.60}")
    if len(set(vocabulary.values())) < len(vocabulary):
        raise ValueError("two tokens have the same id")
    return vocabulary


def _added_tokens(content: _Json) -> tuple[dict[str, int], dict[str, int]]:
    """Return the special tokens and the other added ones."""
    special, user = {}, {}
    for item in map(_Json, content.get("added_tokens", list, [])):
        text, token_id = item.get("content", str), item.get("id", int)
        if not text or token_id is None or token_id < 0:
            raise ValueError(f"an added token needs a text and an id, got {item.content!r:.80}")
        for option in ("single_word", "lstrip", "rstrip"):
            if item.get(option, bool, False):
                raise ValueError(f"added token {text!r} uses {option}=true, which is not supported")
        (special if item.get("special", bool, False) else user)[text] = token_id
    return special, user


def _bos_and_eos(config: _Json, special: Mapping[str, int]) -> dict[str, int | None]:
    """Find the tokens that open and end a text."""
    found: dict[str, int | None] = {}
    for name, defaults in DEFAULT_NAMES.items():
        given = config.token_name(f"{name}_token")
        names = [given] if given else defaults if not config.content else ()
        found[f"{name}_id"] = next((special[name] for name in names if name in special), None)
    return found


def _byte_level(content: _Json, model: _Json, steps: list[dict[str, Any]], config: _Json) -> Tokenizer:
    """Build a byte-level tokenizer."""
    if content.get("normalizer", dict):
        raise ValueError("a byte-level tokenizer with a normalizer is not supported")
    steps = [_BYTE_LEVEL | step | {"trim_offsets": True} if step.get("type") == "ByteLevel" else step for step in steps]
    pattern = next((name for name, known in SPLITTING.items() if known == steps), None)
    if pattern is None:
        raise ValueError(f"the pre_tokenizer is not one of {', '.join(SPLITTING)}: {steps!r:.200}")
    vocabulary = _vocabulary(model)
    special, user = _added_tokens(content)
    added = {**special, **user}
    ordinary = {text: token_id for text, token_id in vocabulary.items() if text not in added}
    tokens: list[bytes | None] = [None] * len(vocabulary)
    for text, token_id in ordinary.items():
        if token_id >= len(tokens):
            raise ValueError(f"token {text!r} has id {token_id}, but there are only {len(tokens)} tokens")
        tokens[token_id] = token_from_text(text)
    unknown = model.get("unk_token", str) or config.token_name("unk_token")
    bpe = ByteLevelBPE(
        tokens,
        merge_ids(model.get("merges", list, []), ordinary),
        pattern,
        whole_words=model.get("ignore_merges", bool, False),
        unknown_id=(vocabulary | added).get(unknown),
    )
    return Tokenizer(bpe, special, user_tokens=user, **_bos_and_eos(config, special))


def _sentencepiece_style(content: _Json, model: _Json, steps: list[dict[str, Any]], config: _Json) -> Tokenizer:
    """Build a SentencePiece-style tokenizer."""
    normalizing = _steps(content.get("normalizer", dict), "normalizers")
    prefix = next((prefix for prefix, known in NORMALIZING.items() if known == normalizing), None)
    if steps or prefix is None:
        raise ValueError(
            "only ByteLevel pre-tokenizers, or none with a normalizer that makes spaces U+2581, are supported; "
            f"got pre_tokenizer {steps!r:.100} and normalizer {normalizing!r:.100}"
        )
    vocabulary = _vocabulary(model)
    special, user = _added_tokens(content)
    names = vocabulary | special | user
    pieces = sorted(names, key=names.__getitem__)
    if [names[piece] for piece in pieces] != list(range(len(pieces))):
        raise ValueError("ids must run from 0 without a gap")
    unknown = model.get("unk_token", str)
    special.pop(unknown, None)
    fallback = model.get("byte_fallback", bool, False)
    kinds = [_kind(piece, unknown, {**special, **user}, fallback) for piece in pieces]
    bpe = SentencePieceBPE(
        pieces,
        [0.0] * len(pieces),
        kinds,
        dummy_prefix=prefix,
        byte_fallback=fallback,
        merges=merge_ids(model.get("merges", list, []), vocabulary),
    )
    return Tokenizer(bpe, special, user_tokens=user, **_bos_and_eos(config, special))


def _kind(piece: str, unknown: str | None, added: Mapping[str, int], fallback: bool) -> PieceKind:
    """Tell what a piece is for."""
    if piece == unknown:
        return PieceKind.UNKNOWN
    if piece in added:
        return PieceKind.CONTROL
    is_byte = fallback and len(piece) == 6 and piece.startswith("<0x")
    return PieceKind.BYTE if is_byte else PieceKind.NORMAL
