"""The tokenizer's interface: special tokens, decoding at once and token by token, bad input."""

import random

import numpy as np
import pytest
import torch

from minillama.byte_level import ByteLevelBPE
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

ALL_BYTES = [bytes([byte]) for byte in range(256)]
TEXT = "the llama on the hill 1234 — café 日本語 🦙\n    return x\t<|im_end|> </s>"


@pytest.fixture(params=["byte-level", "sentencepiece"])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    if request.param == "byte-level":
        return train_byte_level([TEXT], 300, special_tokens=["<|im_end|>"])
    return train_sentencepiece_style([TEXT], 340, special_tokens=["<|im_end|>"])


@pytest.mark.parametrize("text", [TEXT, "", " ", "  two", "\n", "é", "a\x00b", "\U0010ffff", "x" * 3000])
def test_decoding_gives_the_text_back(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert b"".join(map(tokenizer.token_bytes, ids)).decode() in (text, f" {text}")
    assert all(0 <= token_id < tokenizer.vocab_size for token_id in ids)


def test_bos_and_eos_stand_around_the_text(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("llama", bos=True, eos=True)
    assert ids == [tokenizer.bos_id, *tokenizer.encode("llama"), tokenizer.eos_id]
    assert tokenizer.encode("", bos=True) == [tokenizer.bos_id]
    assert tokenizer.decode(ids, skip_special=True) == "llama"


def test_special_tokens_come_from_text_only_when_asked(tokenizer: Tokenizer) -> None:
    special = set(tokenizer.special_tokens.values())
    text = "hi<|im_end|>" + "".join(tokenizer.special_tokens)
    assert not special & set(tokenizer.encode(text))
    assert tokenizer.decode(tokenizer.encode(text)) == text
    end = tokenizer.special_tokens["<|im_end|>"]
    allowed = tokenizer.encode("hi<|im_end|>the", allow_special=True)
    assert allowed == [*tokenizer.encode("hi"), end, *tokenizer.encode("the")]
    assert tokenizer.decode(allowed) == "hi<|im_end|>the"
    assert tokenizer.decode(allowed, skip_special=True) == "hithe"


def test_user_tokens_are_found_in_plain_text() -> None:
    tokenizer = Tokenizer(ByteLevelBPE(ALL_BYTES, []), {"<end>": 257}, user_tokens={"<tool>": 256})
    assert tokenizer.encode("a<tool><end>") == [97, 256, *b"<end>"]
    assert tokenizer.encode("a<tool><end>", allow_special=True) == [97, 256, 257]
    assert tokenizer.decode([97, 256, 257], skip_special=True) == "a<tool>"


def test_stream_never_splits_a_character() -> None:
    stream = Tokenizer(ByteLevelBPE(ALL_BYTES, []), {}).stream()
    assert [stream.push(byte) for byte in "aé🦙b".encode()] == ["a", "", "é", "", "", "", "🦙", "b"]
    assert stream.finish() == ""


def test_stream_marks_what_is_no_character() -> None:
    stream = Tokenizer(ByteLevelBPE(ALL_BYTES, []), {}).stream()
    assert [stream.push(byte) for byte in b"\xff\xf0\x9fa\xe6"] == ["\ufffd", "", "", "\ufffda", ""]
    assert stream.finish() == "\ufffd"


@pytest.mark.parametrize("skip_special", [False, True])
def test_stream_equals_decoding_at_once(tokenizer: Tokenizer, skip_special: bool) -> None:
    rng = random.Random(0)
    for _ in range(300):
        ids = rng.choices(range(tokenizer.vocab_size), k=rng.randrange(12))
        stream = tokenizer.stream(skip_special)
        pieces = [stream.push(token_id) for token_id in ids]
        text = "".join(pieces) + stream.finish()
        assert text == tokenizer.decode(ids, skip_special)
        if not tokenizer.model.dummy_prefix:
            kept = [i for i in ids if not (skip_special and i in tokenizer.special_tokens.values())]
            assert text == b"".join(map(tokenizer.token_bytes, kept)).decode(errors="replace")


def test_a_stream_after_a_prompt_keeps_the_space(tokenizer: Tokenizer) -> None:
    prompt, whole = tokenizer.encode("on the"), tokenizer.encode("on the hill")
    assert whole[: len(prompt)] == prompt
    stream = tokenizer.stream(after=prompt)
    assert "".join(map(stream.push, whole[len(prompt) :])) == " hill"


def test_integers_of_other_libraries_are_ids(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("the llama")
    assert tokenizer.decode(torch.tensor(ids)) == "the llama"
    assert tokenizer.decode(np.array(ids)) == "the llama"


def test_a_missing_byte_is_visible_after_decoding() -> None:
    model = ByteLevelBPE([None, *(byte for byte in ALL_BYTES if byte != b"\x04")], [], unknown_id=0)
    tokenizer = Tokenizer(model, {"<|endoftext|>": 0})
    assert tokenizer.decode(tokenizer.encode("a\x04b")) == "a<|endoftext|>b"


@pytest.mark.parametrize("token_id", [-1, 300, 2**40])
def test_ids_outside_the_vocabulary(token_id: int) -> None:
    tokenizer = Tokenizer(ByteLevelBPE(ALL_BYTES, []), {})
    with pytest.raises(ValueError, match=rf"token id {token_id} is outside 0\.\.255"):
        tokenizer.decode([97, token_id])


@pytest.mark.parametrize("token_id", [1.0, "a", None])
def test_ids_of_a_wrong_type(tokenizer: Tokenizer, token_id: object) -> None:
    with pytest.raises(TypeError, match="token ids must be integers"):
        tokenizer.decode([token_id])


@pytest.mark.parametrize("text", [b"bytes", None, 3, ["list"]])
def test_text_of_a_wrong_type(tokenizer: Tokenizer, text: object) -> None:
    with pytest.raises(TypeError, match="text must be a str, got"):
        tokenizer.encode(text)
    with pytest.raises(TypeError, match="text must be a str, got"):
        list(tokenizer.encode_iterable(["text", text]))


def test_half_a_surrogate_pair_is_refused(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match=r"lone surrogate U\+D83E at position 2"):
        tokenizer.encode("ab\ud83e")


def test_without_bos_there_is_none_to_ask_for() -> None:
    tokenizer = Tokenizer(ByteLevelBPE(ALL_BYTES, []), {})
    with pytest.raises(ValueError, match="no bos token. Encode with bos=False"):
        tokenizer.encode("a", bos=True)


@pytest.mark.parametrize(
    ("special", "message"),
    [
        ({"<a>": 256, "<b>": 256}, "two special tokens have the same id"),
        ({"<a>": 3}, "special token '<a>' cannot have id 3"),
        ({"<a>": -1}, "cannot have id -1"),
        ({"<a>": 10**12}, "cannot have id 1000000000000"),
        ({"": 256}, "empty string"),
    ],
)
def test_special_tokens_that_cannot_be(special: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Tokenizer(ByteLevelBPE(ALL_BYTES, []), special)
    with pytest.raises(ValueError, match="id 1 has no token"):
        Tokenizer(ByteLevelBPE([b"a", None], []), {})
