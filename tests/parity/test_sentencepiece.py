"""The same ids and the same text as the sentencepiece library, on models it trains here."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

from minillama.formats.tokenizer_files import load_tokenizer, save_tokenizer
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_sentencepiece_style

from .text_samples import REAL, TRAINING, hard_texts

NORMAL, CONTROL, UNUSED = proto.ModelProto.SentencePiece.NORMAL, proto.ModelProto.SentencePiece.CONTROL, 5
LLAMA = {
    "model_type": "bpe",
    "vocab_size": 900,
    "normalization_rule_name": "identity",
    "remove_extra_whitespaces": False,
    "split_digits": True,
    "byte_fallback": True,
    "allow_whitespace_only_pieces": True,
    "character_coverage": 0.9995,
    "max_sentencepiece_length": 16,
    "num_threads": 1,
    "minloglevel": 2,
}
NO_FALLBACK = {"byte_fallback": False, "character_coverage": 0.99}
SETTINGS = {
    "llama": {},
    "no byte fallback": NO_FALLBACK,
    "no dummy prefix": {"add_dummy_prefix": False},
    "pieces across spaces": {"split_by_whitespace": False},
    "whole numbers": {"split_digits": False, "allow_whitespace_only_pieces": False},
    "control symbols": {"control_symbols": ["<sym>", "ZZ"]},
    "user symbols": {"user_defined_symbols": ["<sym>", "<symbol>", "<a b>", "foo", "\u2581"]},
    "user symbols inside words": {"user_defined_symbols": ["ar", "argu", "  ", "\t", "sym"], **NO_FALLBACK},
}


def train(**settings: object) -> bytes:
    """Train a model with the library; settings change LLaMA's."""
    content = io.BytesIO()
    lines = iter(TRAINING.split("\n"))
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=lines, model_writer=content, **{**LLAMA, **settings})
    return content.getvalue()


def load_both(content: bytes, folder: Path) -> tuple[Tokenizer, sentencepiece.SentencePieceProcessor]:
    """Load a model with the package and with the library."""
    path = folder / "tokenizer.model"
    path.write_bytes(content)
    return load_tokenizer(path), sentencepiece.SentencePieceProcessor(model_proto=content)


def assert_same(ours: Tokenizer, theirs: sentencepiece.SentencePieceProcessor) -> None:
    """Compare ids and decoded texts on many texts."""
    for text in hard_texts():
        ids = theirs.encode(text)
        assert ours.encode(text) == ids, repr(text)
        assert ours.decode(ids) == theirs.decode(ids), repr(text)


@pytest.mark.parametrize("name", SETTINGS)
def test_same_ids(name: str, tmp_path: Path) -> None:
    ours, theirs = load_both(train(**SETTINGS[name]), tmp_path)
    assert_same(ours, theirs)
    assert ours.vocab_size == theirs.vocab_size()
    assert (ours.bos_id, ours.eos_id, ours.model.unknown_id) == (theirs.bos_id(), theirs.eos_id(), theirs.unk_id())


def mark_unused(pieces: list, rng: random.Random) -> None:
    """Take some pieces out of use, as restricting a vocabulary does."""
    for piece in pieces:
        if rng.random() < 0.3:
            piece.type = UNUSED


def shuffle_scores(pieces: list, rng: random.Random) -> None:
    """Give pieces few different scores, so that many are equal."""
    for piece in pieces:
        piece.score = float(rng.randrange(-5, 5))


def remove_characters(pieces: list, rng: random.Random) -> None:
    """Leave longer pieces whose characters are no pieces."""
    for piece in pieces:
        if len(piece.piece) == 1 and rng.random() < 0.3:
            piece.type, piece.piece = CONTROL, f"<gone {piece.piece}>"


@pytest.mark.parametrize("settings", [{}, NO_FALLBACK], ids=["llama", "no byte fallback"])
@pytest.mark.parametrize("change", [mark_unused, shuffle_scores, remove_characters], ids=lambda f: f.__name__)
def test_same_ids_on_changed_models(change: Callable, settings: dict, tmp_path: Path) -> None:
    model = proto.ModelProto.FromString(train(**settings))
    change([piece for piece in model.pieces if piece.type == NORMAL], random.Random(0))
    assert_same(*load_both(model.SerializeToString(), tmp_path))


def test_chunks_give_the_same_ids_as_the_library(tmp_path: Path) -> None:
    ours, theirs = load_both(train(), tmp_path)
    text = TRAINING * 2
    assert list(ours.encode_iterable(text[i : i + 1000] for i in range(0, len(text), 1000))) == theirs.encode(text)


def test_the_library_reads_our_model(tmp_path: Path) -> None:
    path = tmp_path / "ours.model"
    ours = train_sentencepiece_style([TRAINING], 900)
    save_tokenizer(ours, path)
    assert_same(ours, sentencepiece.SentencePieceProcessor(model_file=str(path)))


def test_our_vocabulary_is_as_good_as_the_library_s() -> None:
    """Both learn much the same pieces; each text gets about as few tokens."""
    theirs = sentencepiece.SentencePieceProcessor(model_proto=train(vocab_size=1500))
    ours = train_sentencepiece_style(TRAINING.split("\n"), 1500, character_coverage=0.9995)
    pieces = {theirs.id_to_piece(i) for i in range(theirs.vocab_size())}
    assert len(pieces & set(ours.model.pieces)) > 0.85 * len(pieces)
    assert len(ours.encode(REAL)) < 1.02 * len(theirs.encode(REAL))


@pytest.mark.parametrize("settings", [{"model_type": "unigram"}, {"normalization_rule_name": "nmt_nfkc"}])
def test_models_of_another_kind_are_refused(settings: dict, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only BPE models|only 'identity'"):
        load_both(train(**settings), tmp_path)
