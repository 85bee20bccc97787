"""Read and write ``tokenizer.json``, the file of the Hugging Face ``tokenizers`` library.

Source:
    huggingface/tokenizers, tokenizers/src/models/bpe/serialization.rs and src/pre_tokenizers.
"""

from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from ..byte_level import PATTERNS, ByteLevelBPE
from ..sentencepiece_style import SPACE, PieceKind, SentencePieceBPE
from ..tokenizer import Tokenizer
from .json_object import JsonObject, load_json
from .token_text import merge_ids, text_from_token, token_from_text

CONFIG_NAME = "tokenizer_config.json"
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
METASPACE = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "first", "split": False}
DEFAULT_NAMES = {"bos": ("<s>", "<|begin_of_text|>"), "eos": ("</s>", "<|end_of_text|>")}


def read_tokenizer_json(path: Path) -> Tokenizer:
    """Read a BPE tokenizer, byte-level or in the style of Llama 2.

    Which tokens open and end a text stands in ``tokenizer_config.json`` beside the file; without it they are
    found by LLaMA's names.

    Raises:
        ValueError: the file is damaged, contradicts itself, or uses parts that are not supported.
    """
    content = load_json(path)
    config_path = path.with_name(CONFIG_NAME)
    config = load_json(config_path) if config_path.is_file() else JsonObject({})
    model = content.part("model")
    _check_supported(model)
    steps = _steps(content.get("pre_tokenizer", dict), "pretokenizers")
    build = _byte_level if any(step.get("type") == "ByteLevel" for step in steps) else _sentencepiece_style
    return build(content, model, steps, config)


def _check_supported(model: JsonObject) -> None:
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


def _vocabulary(model: JsonObject) -> dict[str, int]:
    """Return the vocabulary, checked to be text with distinct, sensible ids."""
    vocabulary = model.get("vocab", dict, {})
    for token, token_id in vocabulary.items():
        if type(token_id) is not int or token_id < 0:
            raise ValueError(f"the id of token {token!r} should be a positive integer, got {token_id!r:.60}")
    if len(set(vocabulary.values())) < len(vocabulary):
        raise ValueError("two tokens have the same id")
    return vocabulary


def _added_tokens(content: JsonObject) -> tuple[dict[str, int], dict[str, int]]:
    """Return the special tokens and the other added ones."""
    special, user = {}, {}
    for item in map(JsonObject, content.get("added_tokens", list, [])):
        text, token_id = item.get("content", str), item.get("id", int)
        if not text or token_id is None or token_id < 0:
            raise ValueError(f"an added token needs a text and an id, got {item.content!r:.80}")
        for option in ("single_word", "lstrip", "rstrip"):
            if item.get(option, bool, False):
                raise ValueError(f"added token {text!r} uses {option}=true, which is not supported")
        (special if item.get("special", bool, False) else user)[text] = token_id
    return special, user


def _bos_and_eos(config: JsonObject, special: Mapping[str, int]) -> dict[str, int | None]:
    """Find the tokens that open and end a text."""
    found: dict[str, int | None] = {}
    for name, defaults in DEFAULT_NAMES.items():
        given = config.token_name(f"{name}_token")
        names = [given] if given else defaults if not config.content else ()
        found[f"{name}_id"] = next((special[name] for name in names if name in special), None)
    return found


def _byte_level(content: JsonObject, model: JsonObject, steps: list[dict[str, Any]], config: JsonObject) -> Tokenizer:
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
    while tokens and tokens[-1] is None:  # special tokens behind the vocabulary
        tokens.pop()
    unknown = model.get("unk_token", str) or config.token_name("unk_token")
    bpe = ByteLevelBPE(
        tokens,
        merge_ids(model.get("merges", list, []), ordinary),
        pattern,
        whole_words=model.get("ignore_merges", bool, False),
        unknown_id=(vocabulary | added).get(unknown),
    )
    return Tokenizer(bpe, special, user_tokens=user, **_bos_and_eos(config, special))


def _sentencepiece_style(
    content: JsonObject, model: JsonObject, steps: list[dict[str, Any]], config: JsonObject
) -> Tokenizer:
    """Build a SentencePiece-style tokenizer."""
    normalizing = _steps(content.get("normalizer", dict), "normalizers")
    prefix = next((prefix for prefix, known in NORMALIZING.items() if (known, []) == (normalizing, steps)), None)
    prefix_once = (normalizing, steps) == ([], [METASPACE])
    if prefix is None and not prefix_once:
        raise ValueError(
            "only ByteLevel pre-tokenizers, or steps that make spaces U+2581 as for Llama 2, are supported; "
            f"got pre_tokenizer {steps!r:.100} and normalizer {normalizing!r:.100}"
        )
    vocabulary = _vocabulary(model)
    special, user = _added_tokens(content)
    names = vocabulary | special | user
    pieces = sorted(names, key=names.__getitem__)
    if [names[piece] for piece in pieces] != list(range(len(pieces))):
        raise ValueError("ids must run from 0 without a gap")
    unknown = model.get("unk_token", str) or config.token_name("unk_token") or "<unk>"
    special.pop(unknown, None)
    fallback = model.get("byte_fallback", bool, False)
    kinds = [_kind(piece, unknown, {**special, **user}, fallback) for piece in pieces]
    bpe = SentencePieceBPE(
        pieces,
        [0.0] * len(pieces),
        kinds,
        dummy_prefix=prefix is not False,
        prefix_once=prefix_once,
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


def tokenizer_json(tokenizer: Tokenizer) -> dict[str, Any]:
    """Return a tokenizer as the content of a ``tokenizer.json``.

    Raises:
        ValueError: the format cannot express this tokenizer.
    """
    write = _byte_level_json if isinstance(tokenizer.model, ByteLevelBPE) else _sentencepiece_style_json
    content = write(tokenizer)
    added, vocabulary = [], content["model"]["vocab"]
    for name, token_id in (tokenizer.special_tokens | tokenizer.user_tokens).items():
        if vocabulary.setdefault(name, token_id) != token_id:
            raise ValueError(f"special token {name!r} is written like an ordinary token; rename it")
        options = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        added.append({"id": token_id, "content": name, **options, "special": name in tokenizer.special_tokens})
    added.sort(key=itemgetter("id"))
    head = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added}
    model = {"type": "BPE", "dropout": None, "continuing_subword_prefix": None, "end_of_word_suffix": None}
    return {**head, **content, "post_processor": None, "model": model | content["model"]}


def _byte_level_json(tokenizer: Tokenizer) -> dict[str, Any]:
    """Write the parts that are particular to byte-level tokenizers."""
    bpe = tokenizer.model
    texts = ["" if token is None else text_from_token(token) for token in bpe.tokens]
    steps = SPLITTING[bpe.pattern]
    unknown = None if bpe.unknown_id is None else tokenizer.token_bytes(bpe.unknown_id).decode()
    model = {"unk_token": unknown, "fuse_unk": False, "byte_fallback": False, "ignore_merges": bpe.whole_words}
    vocabulary = {text: token_id for token_id, text in enumerate(texts) if text}
    pairs = sorted(bpe.merges, key=bpe.merges.__getitem__)
    return {
        "normalizer": None,
        "pre_tokenizer": steps[0] if len(steps) == 1 else {"type": "Sequence", "pretokenizers": steps},
        "decoder": _BYTE_LEVEL,
        "model": {**model, "vocab": vocabulary, "merges": [[texts[first], texts[second]] for first, second in pairs]},
    }


def _sentencepiece_style_json(tokenizer: Tokenizer) -> dict[str, Any]:
    """Write the parts that are particular to SentencePiece-style tokenizers."""
    bpe = tokenizer.model
    pairs = sorted(bpe.merges, key=bpe.merges.__getitem__)
    of_priority = dict(bpe.merges.values())
    if any(of_priority[priority] != joined for priority, joined in bpe.merges.values()):
        raise ValueError("two pieces have the same score, which tokenizer.json cannot express. Save as .model")
    if {PieceKind.UNUSED, PieceKind.USER_DEFINED} & set(bpe.kinds) or max(map(max, pairs), default=0) >= bpe.n_tokens:
        raise ValueError("tokenizer.json cannot express unused, user-defined or incomplete pieces. Save as .model")
    unknown = bpe.pieces[bpe.unknown_id]
    model = {"unk_token": unknown, "fuse_unk": True, "byte_fallback": bpe.byte_fallback, "ignore_merges": False}
    vocabulary = {piece: token_id for token_id, piece in enumerate(bpe.pieces) if piece not in tokenizer.user_tokens}
    visible = [{"type": "Replace", "pattern": {"String": SPACE}, "content": " "}, {"type": "ByteFallback"}]
    strip = [{"type": "Strip", "content": " ", "start": 1, "stop": 0}] * bpe.dummy_prefix
    normalizer = {"type": "Sequence", "normalizers": NORMALIZING[bpe.dummy_prefix]}
    return {
        "normalizer": None if bpe.prefix_once else normalizer,
        "pre_tokenizer": METASPACE if bpe.prefix_once else None,
        "decoder": {"type": "Sequence", "decoders": [*visible, {"type": "Fuse"}, *strip]},
        "model": {**model, "vocab": vocabulary, "merges": [[bpe.pieces[i] for i in pair] for pair in pairs]},
    }
