"""Read and write SentencePiece ``.model`` files, as LLaMA 1 and 2 use.

Source:
    google/sentencepiece, src/sentencepiece_model.proto.
"""

from pathlib import Path
from typing import Any

from google.protobuf.message import DecodeError
from sentencepiece import sentencepiece_model_pb2 as proto

from ..sentencepiece_style import PieceKind, SentencePieceBPE
from ..tokenizer import Tokenizer
from .json_object import read_limited


def read_sentencepiece(path: Path) -> Tokenizer:
    """Read a model of type BPE with the identity normalizer.

    Raises:
        ValueError: the file is damaged, is of another type, or normalizes text.
    """
    content = proto.ModelProto()
    try:
        content.ParseFromString(read_limited(path))
    except DecodeError:
        raise ValueError("this is no SentencePiece model, or it is cut off; fetch it again") from None
    if not (content.pieces and content.HasField("trainer_spec") and content.HasField("normalizer_spec")):
        raise ValueError("this is no SentencePiece model, or it is cut off: pieces or settings are missing")
    trainer, normalizer = content.trainer_spec, content.normalizer_spec
    _check_supported(trainer, normalizer)
    model = SentencePieceBPE(
        [piece.piece for piece in content.pieces],
        [piece.score for piece in content.pieces],
        [piece.type for piece in content.pieces],
        dummy_prefix=normalizer.add_dummy_prefix,
        byte_fallback=trainer.byte_fallback,
        unknown_surface=trainer.unk_surface,
    )
    special = model.ids_of(PieceKind.CONTROL)
    return Tokenizer(model, special, bos_id=special.get(trainer.bos_piece), eos_id=special.get(trainer.eos_piece))


def _check_supported(trainer: Any, normalizer: Any) -> None:
    """Refuse models whose ids we would not reproduce."""
    if trainer.model_type != proto.TrainerSpec.BPE:
        kind = proto.TrainerSpec.ModelType.Name(trainer.model_type).lower()
        raise ValueError(f"the model type is {kind}; only BPE models are supported, as LLaMA uses")
    if normalizer.precompiled_charsmap or normalizer.name not in ("identity", ""):
        raise ValueError(f"the normalizer is {normalizer.name!r}; only 'identity' is supported, as LLaMA uses")
    if normalizer.remove_extra_whitespaces or not normalizer.escape_whitespaces:
        raise ValueError("only remove_extra_whitespaces=false with escape_whitespaces=true is supported")
    if trainer.treat_whitespace_as_suffix:
        raise ValueError("treat_whitespace_as_suffix=true is not supported")


def sentencepiece_bytes(tokenizer: Tokenizer) -> bytes:
    """Return a SentencePiece-style tokenizer as the content of a ``.model`` file.

    Raises:
        ValueError: the tokenizer is of another style, or lists its merges, which the format cannot hold.
    """
    model = tokenizer.model
    if not isinstance(model, SentencePieceBPE) or tokenizer.user_tokens:
        raise ValueError("only a SentencePiece-style tokenizer fits in a .model file; save as tokenizer.json")
    if model.listed_merges or model.prefix_once:
        raise ValueError("this tokenizer lists its merges, which a .model file cannot hold; save as tokenizer.json")
    content = proto.ModelProto()
    for piece, score, kind in zip(model.pieces, model.scores, model.kinds, strict=True):
        content.pieces.add(piece=piece, score=score, type=kind)
    trainer, normalizer = content.trainer_spec, content.normalizer_spec
    trainer.model_type = proto.TrainerSpec.BPE
    trainer.vocab_size = len(model.pieces)
    trainer.byte_fallback, trainer.unk_surface = model.byte_fallback, model.unknown_surface
    trainer.unk_id, trainer.unk_piece = model.unknown_id, model.pieces[model.unknown_id]
    for name, token_id in (("bos", tokenizer.bos_id), ("eos", tokenizer.eos_id)):
        setattr(trainer, f"{name}_id", -1 if token_id is None else token_id)
        if token_id is not None:
            setattr(trainer, f"{name}_piece", model.pieces[token_id])
    trainer.pad_id = -1
    normalizer.name, normalizer.add_dummy_prefix = "identity", model.dummy_prefix
    normalizer.remove_extra_whitespaces = False
    return content.SerializeToString(deterministic=True)
