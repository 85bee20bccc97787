"""SentencePiece files: by hand, unsupported settings, damaged bytes."""

import random
from pathlib import Path

import pytest
from sentencepiece import sentencepiece_model_pb2 as proto

from minillama.formats.tokenizer_files import load_tokenizer
from minillama.tokenizer import Tokenizer

BPE, UNIGRAM = proto.TrainerSpec.BPE, proto.TrainerSpec.UNIGRAM


def model(**settings: object) -> proto.ModelProto:
    """A tiny BPE model with LLaMA's settings; settings change the trainer's or the normalizer's."""
    content = proto.ModelProto()
    pieces = [("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), *((f"<0x{byte:02X}>", 0, 6) for byte in range(256))]
    pieces += [("▁a", 0, 1), ("ab", -1, 1), ("▁", -9, 1), ("a", -9, 1), ("b", -9, 1)]
    for piece, score, kind in pieces:
        content.pieces.add(piece=piece, score=score, type=kind)
    chosen = {"model_type": BPE, "byte_fallback": True, "name": "identity", "remove_extra_whitespaces": False}
    for key, value in {**chosen, **settings}.items():
        setattr(content.normalizer_spec if key in content.normalizer_spec.DESCRIPTOR.fields_by_name else
                content.trainer_spec, key, value)  # fmt: skip
    return content


def load(content: proto.ModelProto | bytes, folder: Path) -> Tokenizer:
    """Write a model and load it."""
    path = folder / "tokenizer.model"
    path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
    return load_tokenizer(path)


def test_by_hand(tmp_path: Path) -> None:
    tokenizer = load(model(), tmp_path)
    assert tokenizer.encode("ab é", bos=True, eos=True) == [1, 259, 263, 261, 3 + 0xC3, 3 + 0xA9, 2]
    assert tokenizer.decode([1, 259, 263, 0], skip_special=True) == "ab \u2047 "
    assert load(model(add_dummy_prefix=False), tmp_path).encode("ab") == [260]
    assert load(model(byte_fallback=False), tmp_path).encode("aéé") == [259, 0]
    assert load(model(unk_surface="?"), tmp_path).decode([0]) == "?"
    assert load(model(bos_piece="<none>"), tmp_path).bos_id is None


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"model_type": UNIGRAM}, "the model type is unigram; only BPE models are supported"),
        ({"precompiled_charsmap": b"map", "name": "nmt_nfkc"}, "the normalizer is 'nmt_nfkc'; only 'identity'"),
        ({"remove_extra_whitespaces": True}, "only remove_extra_whitespaces=false"),
        ({"escape_whitespaces": False}, "with escape_whitespaces=true is supported"),
        ({"treat_whitespace_as_suffix": True}, "treat_whitespace_as_suffix=true is not supported"),
    ],
)
def test_settings_that_would_give_other_ids(settings: dict, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        load(model(**settings), tmp_path)
    assert str(tmp_path / "tokenizer.model") in str(caught.value)


def test_every_truncation_is_a_value_error(tmp_path: Path) -> None:
    content = model().SerializeToString()
    for length in range(0, len(content), 7):
        with pytest.raises(ValueError, match="tokenizer.model"):
            load(content[:length], tmp_path)


def test_damaged_bytes_give_a_tokenizer_or_a_value_error(tmp_path: Path) -> None:
    content, rng = model().SerializeToString(), random.Random(0)
    n_refused = 0
    for _ in range(400):
        damaged = bytearray(content)
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            load(bytes(damaged), tmp_path).encode("ab é")
        except ValueError:
            n_refused += 1
    assert n_refused > 50
