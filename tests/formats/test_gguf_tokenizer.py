"""Tokenizers in GGUF files: both kinds by hand, unsupported and damaged metadata."""

from pathlib import Path
from typing import Any

import gguf
import pytest

from minillama.formats.tokenizer_files import load_tokenizer

BYTE_LEVEL = {
    "model": "gpt2",
    "pre": "smollm",
    "tokens": ["<end>", "a", "b", "Ġ", "ab", "<tool>", "1"],
    "token_type": [3, 1, 1, 1, 1, 4, 1],
    "merges": ["a b"],
    "eos_token_id": 0,
    "unknown_token_id": 0,
}
LLAMA = {
    "model": "llama",
    "tokens": ["<unk>", "<s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "a", "b", "ab", "▁a"],
    "scores": [0.0] * 258 + [-9.0, -9.0, -9.0, -2.0, -1.0],
    "token_type": [2, 3, *[6] * 256, *[1] * 5],
    "bos_token_id": 1,
}


def write(path: Path, fields: dict[str, Any]) -> Path:
    """Write a GGUF file that holds nothing but a tokenizer."""
    writer = gguf.GGUFWriter(path, "llama")
    for key, value in fields.items():
        writer.add_key_value(f"tokenizer.ggml.{key}", value, gguf.GGUFValueType.get_type(value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return path


def test_byte_level_by_hand(tmp_path: Path) -> None:
    tokenizer = load_tokenizer(write(tmp_path / "tiny.gguf", BYTE_LEVEL))
    assert tokenizer.encode("aab 11<tool>") == [1, 4, 3, 6, 6, 5]
    assert tokenizer.encode("<end>c") == [0] * 5 + [0]  # six bytes that this vocabulary lacks
    assert tokenizer.encode("a<end>", allow_special=True) == [1, 0]
    assert (tokenizer.bos_id, tokenizer.eos_id, tokenizer.vocab_size) == (None, 0, 7)


@pytest.mark.parametrize(("prefix", "ids"), [(None, [262, 260, 2 + 0x63]), (False, [261, 2 + 0x63])])
def test_sentencepiece_style_by_hand(prefix: bool | None, ids: list[int], tmp_path: Path) -> None:
    fields = LLAMA if prefix is None else LLAMA | {"add_space_prefix": prefix}
    tokenizer = load_tokenizer(write(tmp_path / "tiny.gguf", fields))
    assert tokenizer.encode("abc") == ids
    assert tokenizer.decode(ids) == "abc"
    assert (tokenizer.bos_id, tokenizer.special_tokens) == (1, {"<s>": 1})


@pytest.mark.parametrize(
    ("pre", "ids"), [("gpt-2", [3, 6, 6]), ("smollm", [3, 6, 6]), ("llama-bpe", [3, 7]), ("llama3", [3, 7])]
)
def test_known_patterns(pre: str, ids: list[int], tmp_path: Path) -> None:
    fields = BYTE_LEVEL | {"pre": pre, "tokens": [*BYTE_LEVEL["tokens"], "11"], "token_type": [3, 1, 1, 1, 1, 4, 1, 1]}
    assert load_tokenizer(write(tmp_path / "tiny.gguf", fields)).encode(" 11") == ids  # Llama 3 takes words whole


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "the vocabulary has 0 tokens"),
        (BYTE_LEVEL | {"model": "bert"}, "tokenizer.ggml.model is 'bert'; supported are gpt2, llama"),
        (BYTE_LEVEL | {"pre": "qwen2"}, "tokenizer.ggml.pre is 'qwen2'; supported are gpt-2, smollm"),
        ({k: v for k, v in BYTE_LEVEL.items() if k != "pre"}, "tokenizer.ggml.pre is 'default'"),
        (BYTE_LEVEL | {"token_type": [1, 1]}, "the vocabulary has 7 tokens and 2 token types"),
        (BYTE_LEVEL | {"tokens": [1, 2]}, "tokenizer.ggml.tokens should hold only values of type str"),
        (BYTE_LEVEL | {"tokens": "abc"}, "tokenizer.ggml.tokens should be of type list, got 'abc'"),
        (BYTE_LEVEL | {"tokens": ["a"] * 7}, "a token occurs twice"),
        (BYTE_LEVEL | {"merges": ["a x"]}, "merge 0 names 'x', which is not in the vocabulary"),
        (BYTE_LEVEL | {"merges": ["b a"]}, "merge of b'b' and b'a' gives no token"),
        (BYTE_LEVEL | {"merges": ["a b c"]}, "merge 0 should name two tokens, got 'a b c'"),
        (BYTE_LEVEL | {"eos_token_id": 7}, "tokenizer.ggml.eos_token_id is 7; there are 7 tokens"),
        (BYTE_LEVEL | {"unknown_token_id": "no"}, "unknown_token_id should be of type int, got 'no'"),
        (BYTE_LEVEL | {"tokens": ["<end>", "a", "b", "Ġ", "ab", "<tool>", "1 1"]}, "token '1 1' holds ' ', which"),
        (LLAMA | {"scores": [0.0]}, "263 pieces, 1 scores and 263 kinds"),
        (LLAMA | {"scores": [float("inf")] * 263}, "scores must be finite"),
        (LLAMA | {"token_type": [1] * 263}, "exactly one piece must be of kind UNKNOWN, got 0"),
        (LLAMA | {"token_type": [9] * 263}, "kinds must be 1 to 6, got 9"),
    ],
)
def test_unsupported_or_contradictory_metadata(fields: dict, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.gguf", fields)
    with pytest.raises(ValueError, match=message) as caught:
        load_tokenizer(path)
    assert str(path) in str(caught.value)


def test_every_truncation_is_a_value_error(tmp_path: Path) -> None:
    content = write(tmp_path / "good.gguf", BYTE_LEVEL).read_bytes()
    path = tmp_path / "cut.gguf"
    for length in range(0, len(content) - 31, 3):  # the end is padding
        path.write_bytes(content[:length])
        with pytest.raises(ValueError, match="cut.gguf"):
            load_tokenizer(path)
