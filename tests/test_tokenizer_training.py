"""Training tokenizers: layout of the ids, boundaries, digits, coverage, determinism, bad input."""

import random
import re

import pytest

from minillama.byte_level import PATTERNS
from minillama.sentencepiece_style import PieceKind
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

TEXT = "low low low low low lower lower newest newest newest newest newest newest widest widest widest 2023 2023"


def learned(tokenizer: Tokenizer) -> list[bytes]:
    """The tokens that merges made: of more than one byte, neither special nor unknown."""
    others = {*tokenizer.special_tokens.values(), tokenizer.model.unknown_id}
    tokens = [tokenizer.token_bytes(i) for i in range(tokenizer.vocab_size) if i not in others]
    return [token for token in tokens if len(token) > 1]


def test_layout_of_a_byte_level_vocabulary() -> None:
    tokenizer = train_byte_level([TEXT], 264, special_tokens=["<pad>"])
    assert [tokenizer.token_bytes(i) for i in range(256)] == [bytes([byte]) for byte in range(256)]
    assert tokenizer.special_tokens == {"<|begin_of_text|>": 261, "<|end_of_text|>": 262, "<pad>": 263}
    assert (tokenizer.bos_id, tokenizer.eos_id, tokenizer.vocab_size) == (261, 262, 264)
    without = train_byte_level([TEXT], 261, bos=None, eos=None)
    assert (without.bos_id, without.eos_id, without.vocab_size) == (None, None, 261)


def test_layout_of_a_sentencepiece_style_vocabulary() -> None:
    tokenizer = train_sentencepiece_style([TEXT], 300, special_tokens=["<pad>"])
    model = tokenizer.model
    assert model.pieces[:4] == ["<unk>", "<s>", "</s>", "<pad>"]
    assert (model.pieces[4], model.pieces[259]) == ("<0x00>", "<0xFF>")
    characters = model.pieces[-14:]
    assert characters[0] == "▁"
    assert all(len(piece) == 1 for piece in characters)
    assert all(len(piece) > 1 for piece in model.pieces[260:-14])
    assert model.scores[260:] == [-float(place) for place in range(len(model.pieces) - 260)]
    assert model.kinds.count(PieceKind.BYTE) == 256
    assert tokenizer.special_tokens == {"<s>": 1, "</s>": 2, "<pad>": 3}


@pytest.mark.parametrize("pattern", [*PATTERNS, None])
def test_nothing_merges_into_or_across_a_special_token(pattern: str | None) -> None:
    texts = ["ab<end>ab<end>" * 50, "<end>ab"]
    options = {"special_tokens": ["<end>"]}
    train = train_sentencepiece_style if pattern is None else train_byte_level
    tokenizer = train(texts, 300, **options, **({"pattern": pattern} if pattern else {}))
    tokens = {token.strip() for token in learned(tokenizer)}
    assert b"ab" in tokens
    assert tokens <= {b"ab", b""}


@pytest.mark.parametrize("train", [train_byte_level, train_sentencepiece_style])
def test_texts_do_not_join(train) -> None:
    tokens = {token.strip() for token in learned(train(["a", "b"] * 50, 300))}
    assert not any(b"a" in token and b"b" in token for token in tokens)


def test_every_digit_is_a_token_of_its_own() -> None:
    text = "in 2023 and 2023, 2023-2023 x86 " * 20
    for tokenizer in (train_byte_level([text], 300), train_sentencepiece_style([text], 300)):
        assert not [token for token in learned(tokenizer) if re.search(rb"\d", token)]
        assert len(tokenizer.encode("2023")) - len(tokenizer.encode("")) >= 4
    groups = train_byte_level([text], 300, pattern="llama-3")
    assert {b"202", b"86"} <= set(learned(groups))
    assert not [token for token in learned(groups) if re.search(rb"\d{4}", token)]


def test_spaces_and_lines_as_in_llama() -> None:
    text = "if a:\n        return  b\n" * 9
    tokenizer = train_sentencepiece_style([text], 330)
    assert b" " * 8 in learned(tokenizer)  # one is put in front of the line; the ninth belongs to " return"
    assert b" return" in learned(tokenizer)
    assert tokenizer.model.pieces[tokenizer.encode("\n")[-1]] == "<0x0A>"
    assert max(map(len, tokenizer.model.pieces)) <= 16


def test_rare_characters_fall_back_to_bytes() -> None:
    text = "a" * 9_990 + "日" * 10
    assert "日" in train_sentencepiece_style([text], 300, character_coverage=1.0).model.pieces
    tokenizer = train_sentencepiece_style([text], 300, character_coverage=0.99)
    assert "日" not in tokenizer.model.pieces
    assert tokenizer.decode(tokenizer.encode("a日a")) == "a日a"


@pytest.mark.parametrize("train", [train_byte_level, train_sentencepiece_style])
def test_the_order_of_the_texts_does_not_matter(train) -> None:
    lines = [f"{a} {b}" for a in ("low", "lower", "new", "wide") for b in ("est", "er", "ness", "日本")] * 3
    first = train(lines, 330)
    random.Random(0).shuffle(lines)
    assert train(iter(lines), 330).model.merges == first.model.merges


@pytest.mark.parametrize("train", [train_byte_level, train_sentencepiece_style])
def test_a_text_without_more_pairs_gives_a_smaller_vocabulary(train) -> None:
    tokenizer = train(["ab"], 1000)
    assert tokenizer.vocab_size < 270
    assert tokenizer.decode(tokenizer.encode("abc")) == "abc"


@pytest.mark.parametrize(
    ("train", "options", "message"),
    [
        (train_byte_level, {"vocab_size": 257}, "vocab_size must be at least 258 for these texts"),
        (train_sentencepiece_style, {"vocab_size": 259}, "vocab_size must be at least 273 for these"),
        (train_byte_level, {"special_tokens": ["<a>", "<a>"]}, "special token is named twice"),
        (train_sentencepiece_style, {"special_tokens": ["<s>"]}, "special token is named twice"),
        (train_byte_level, {"pattern": "bert"}, "no splitting pattern 'bert'"),
        (train_sentencepiece_style, {"character_coverage": 0.0}, "character_coverage must be above 0"),
        (train_byte_level, {"texts": ["a\udc80"]}, r"lone surrogate U\+DC80"),
    ],
)
def test_settings_that_cannot_be(train, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        train(**{"texts": [TEXT], "vocab_size": 300} | options)


@pytest.mark.parametrize("train", [train_byte_level, train_sentencepiece_style])
def test_one_string_is_not_a_collection_of_texts(train) -> None:
    with pytest.raises(TypeError, match="got one str. Put it in a list"):
        train(TEXT, 300)
