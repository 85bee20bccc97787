"""Read the tokenizer files of the LLaMA family: SentencePiece, tiktoken, GGUF and tokenizer.json.

Source:
    google/sentencepiece, src/sentencepiece_model.proto; openai/tiktoken, tiktoken/load.py; ggml-org/ggml,
    docs/gguf.md.
"""

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError
from sentencepiece import sentencepiece_model_pb2 as sentencepiece_proto

from ..byte_level import ByteLevelBPE
from ..sentencepiece_style import PieceKind, SentencePieceBPE
from ..tokenizer import Tokenizer
from .gguf_file import metadata, open_gguf
from .tokenizer_json import (
    byte_level_tokens,
    merge_ids,
    read_limited,
    read_tokenizer_json,
)

TIKTOKEN_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2} [0-9]+")
GGUF_PATTERNS = {"smollm": "smollm", "llama-bpe": "llama-3", "llama3": "llama-3", "llama-v3": "llama-3", "gpt-2": "gpt-2"}
# Llama 3.1's names, by their place after the ranks; the other 245 are reserved.
LLAMA_3_NAMES = {
    0: "<|begin_of_text|>",
    1: "<|end_of_text|>",
    4: "<|finetune_right_pad_id|>",
    6: "<|start_header_id|>",
    7: "<|end_header_id|>",
    8: "<|eom_id|>",
    9: "<|eot_id|>",
    10: "<|python_tag|>",
}
N_LLAMA_3_SPECIAL = 256


def load_tokenizer(path: str | Path) -> Tokenizer:
    """Load a tokenizer from a file, or from a folder that holds one.

    Args:
        path: a ``.gguf`` file, a ``tokenizer.json``, a ``tokenizer.model`` (SentencePiece or, for Llama 3,
            tiktoken; the content tells which), or a folder with one of them.

    Returns:
        A tokenizer that gives the ids of the library the file was made for.

    Raises:
        ValueError: the file is damaged, contradicts itself or asks for something that is not supported, such as
            a unigram model; the message names the file and the defect.
        FileNotFoundError: there is no such file, or no tokenizer in the folder.
    """
    path = Path(path)
    if path.is_dir():
        path = _file_in(path)
    read = _reader_of(path)
    try:
        return read(path)
    except ValueError as error:
        message = str(error)
        raise ValueError(message if str(path) in message else f"{path}: {message}") from error


def _file_in(folder: Path) -> Path:
    """Return the tokenizer file of a folder."""
    for name in ("tokenizer.json", "tokenizer.model"):
        if (folder / name).is_file():
            return folder / name
    files = sorted(folder.glob("*.gguf"))
    if len(files) != 1:
        raise FileNotFoundError(
            f"{folder} holds no tokenizer.json, no tokenizer.model and {len(files)} .gguf files. Name the file."
        )
    return files[0]


def _reader_of(path: Path) -> Callable[[Path], Tokenizer]:
    """Choose a reader by name and, where the name leaves it open, by content."""
    with path.open("rb") as file:
        first_line = file.readline(4096)
    if first_line.startswith(b"GGUF") or path.suffix == ".gguf":
        return read_gguf_tokenizer
    if path.suffix == ".json":
        return read_tokenizer_json
    if TIKTOKEN_LINE.fullmatch(first_line.rstrip(b"\r\n")):
        return read_tiktoken
    return read_sentencepiece


def read_sentencepiece(path: Path) -> Tokenizer:
    """Read a SentencePiece ``.model`` file of type BPE with the identity normalizer.

    Raises:
        ValueError: the file is damaged, is of another type, or normalizes text.
    """
    proto = sentencepiece_proto.ModelProto()
    try:
        proto.ParseFromString(read_limited(path))
    except DecodeError:
        raise ValueError("this is no SentencePiece model, or it is cut off; fetch it again") from None
    if not (proto.pieces and proto.HasField("trainer_spec") and proto.HasField("normalizer_spec")):
        raise ValueError("this SentencePiece model lacks pieces, trainer_spec or normalizer_spec; it may be cut off")
    trainer, normalizer = proto.trainer_spec, proto.normalizer_spec
    _check_sentencepiece(trainer, normalizer)
    model = SentencePieceBPE(
        [piece.piece for piece in proto.pieces],
        [piece.score for piece in proto.pieces],
        [piece.type for piece in proto.pieces],
        dummy_prefix=normalizer.add_dummy_prefix,
        byte_fallback=trainer.byte_fallback,
        unknown_surface=trainer.unk_surface,
    )
    special = _control_pieces(model)
    return Tokenizer(model, special, bos_id=special.get(trainer.bos_piece), eos_id=special.get(trainer.eos_piece))


def _check_sentencepiece(trainer: Any, normalizer: Any) -> None:
    """Refuse models whose ids we would not reproduce."""
    if trainer.model_type != sentencepiece_proto.TrainerSpec.BPE:
        kind = sentencepiece_proto.TrainerSpec.ModelType.Name(trainer.model_type).lower()
        raise ValueError(f"the model type is {kind}; only BPE models are supported, as LLaMA uses")
    if normalizer.precompiled_charsmap or normalizer.name not in ("identity", ""):
        raise ValueError(f"the normalizer is {normalizer.name!r}; only 'identity' is supported, as LLaMA uses")
    if normalizer.remove_extra_whitespaces or not normalizer.escape_whitespaces:
        raise ValueError("only models with remove_extra_whitespaces=false and escape_whitespaces=true are supported")
    if trainer.treat_whitespace_as_suffix:
        raise ValueError("models with treat_whitespace_as_suffix=true are not supported")


def _control_pieces(model: SentencePieceBPE) -> dict[str, int]:
    """Return the special tokens of a SentencePiece vocabulary."""
    return {piece: i for i, piece in enumerate(model.pieces) if model.kinds[i] == PieceKind.CONTROL}


def read_tiktoken(path: Path) -> Tokenizer:
    """Read a tiktoken rank file, such as Llama 3's ``tokenizer.model``; Llama 3's special tokens follow the ranks.

    Raises:
        ValueError: a line is malformed, or the ranks do not run from 0 without a gap.
    """
    tokens: list[bytes] = []
    for number, line in enumerate(read_limited(path).split(b"\n"), 1):
        line = line.strip()
        if not line:
            continue
        try:
            token, rank = line.split(b" ")
            tokens.append(base64.b64decode(token, validate=True))
        except (ValueError, binascii.Error):
            raise ValueError(f"line {number} is not a base64 token and its rank: {line[:40]!r}") from None
        if not rank.isdigit() or rank.lstrip(b"0") != str(len(tokens) - 1).encode().lstrip(b"0"):
            raise ValueError(f"line {number} should hold rank {len(tokens) - 1}, got {rank[:20]!r}")
    if len(set(tokens)) < len(tokens):
        raise ValueError("a token occurs twice among the ranks")
    names = {place: f"<|reserved_special_token_{place}|>" for place in range(N_LLAMA_3_SPECIAL)}
    raise NotImplementedError


def read_gguf_tokenizer(path: Path) -> Tokenizer:
    """Read the tokenizer in the metadata of a GGUF file.

    Raises:
        ValueError: the file is damaged, holds no tokenizer, or one of an unsupported kind.
    """
    fields = metadata(open_gguf(path))
