"""Byte-level BPE: the byte alphabet, where words end, ids by hand, unknown bytes, bad input."""

import random

import pytest

from minillama.byte_level import PATTERNS, ByteLevelBPE, bytes_to_unicode, split_words

ALL_BYTES = [bytes([byte]) for byte in range(256)]


def test_every_byte_has_a_visible_character_of_its_own() -> None:
    alphabet = bytes_to_unicode()
    assert sorted(alphabet) == list(range(256))
    assert len(set(alphabet.values())) == 256
    assert not any(character.isspace() or not character.isprintable() for character in alphabet.values())
    assert (alphabet[0x20], alphabet[0x0A], alphabet[0x7F], alphabet[0xAD], alphabet[0xFF]) == tuple("ĠĊġŃÿ")
    assert list(alphabet.values()) == sorted(alphabet.values())


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("gpt-2", "Hello world", ["Hello", " world"]),
        ("gpt-2", "I'll  pay 2023!\n", ["I", "'ll", " ", " pay", " 2023", "!", "\n"]),
        ("gpt-2", "I'LL", ["I", "'", "LL"]),
        ("gpt-2", "x = 1\n\n  y", ["x", " =", " 1", "\n\n ", " y"]),
        ("smollm", "a 12  3", ["a", " ", "1", "2", "  ", "3"]),  # before a digit both spaces stay together
        ("gpt-2", "a 12  3", ["a", " 12", " ", " 3"]),
        ("llama-3", "a 1234567", ["a", " ", "123", "456", "7"]),
        ("llama-3", "I'LL(call)", ["I", "'LL", "(call", ")"]),
        ("llama-3", "end.\n\n  next", ["end", ".\n\n", " ", " next"]),
        ("llama-3", "a \n \n b", ["a", " \n \n", " b"]),
    ],
)
def test_where_words_end(pattern: str, text: str, words: list[str]) -> None:
    assert split_words(text, pattern) == words


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_character_is_lost_between_words(pattern: str) -> None:
    rng = random.Random(0)
    for _ in range(300):
        text = "".join(rng.choice(" \n\t\r'srel1²½éЖ日\u0301!.\x00\x85\u2028🦙") for _ in range(rng.randrange(20)))
        assert "".join(split_words(text, pattern)) == text


def test_merges_apply_in_their_order_and_inside_words() -> None:
    tokens = [*ALL_BYTES, b"he", b"hel", b"lo", b"o ", b" h"]
    merges = [(ord("l"), ord("o")), (ord("h"), ord("e")), (256, ord("l")), (ord("o"), ord(" ")), (ord(" "), ord("h"))]
    model = ByteLevelBPE(tokens, merges)
    assert model.encode_piece("helo") == [256, 258]  # he and lo; with lo later it would be hel and o
    words, rest = model.split("hello he", final=True)
    assert (words, rest) == (["hello", " he"], "")
    assert [model.encode_piece(word) for word in words] == [[257, 258], [ord(" "), 256]]


def test_tokens_without_merges_join_by_rank() -> None:
    ranks = ByteLevelBPE([*ALL_BYTES, b"bc", b"ab", b"abcd"], merges=None)
    assert ranks.encode_piece("abcd") == [ord("a"), 256, ord("d")]  # bc first; then nothing spells a token
    whole = ByteLevelBPE([*ALL_BYTES, b"bc", b"ab", b"abcd"], merges=None, whole_words=True)
    assert whole.encode_piece("abcd") == [258]
    assert whole.encode_piece(" abcd") == [ord(" "), ord("a"), 256, ord("d")]


def test_a_missing_byte_becomes_the_unknown_token_each_time() -> None:
    tokens = [None, *(byte for byte in ALL_BYTES if byte not in (b"\x04", b"\xf3")), b"ab"]
    model = ByteLevelBPE(tokens, merges=[(tokens.index(b"a"), tokens.index(b"b"))], unknown_id=0)
    assert model.encode_piece("\x04\x04ab\x04") == [0, 0, tokens.index(b"ab"), 0]
    assert model.encode_piece("\U000e0001")[0] == 0  # only the first of its four bytes is missing
    assert 0 not in model.encode_piece("\U000e0001")[1:]


def test_a_missing_byte_is_refused_without_an_unknown_token() -> None:
    model = ByteLevelBPE([b"a", b"b"], merges=[])
    with pytest.raises(ValueError, match=r"byte 0x04 in b'a\\x04' is not in this vocabulary"):
        model.encode_piece("a\x04")


def test_many_different_words_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minillama.byte_level.CACHE_WORDS", 10)
    model = ByteLevelBPE(ALL_BYTES, merges=[])
    for number in range(100):
        assert model.encode_piece(f"w{number}") == list(f"w{number}".encode())
        assert len(model._cache) <= 10
    model.encode_piece("long" * 1000)
    assert not any(len(word) > 100 for word in model._cache)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"tokens": [b"a", b"b"], "merges": [(0, 1)]}, "merge of b'a' and b'b' gives no token"),
        ({"tokens": [b"a"], "merges": [], "pattern": "qwen"}, "no splitting pattern 'qwen'; known are gpt-2"),
        ({"tokens": [b"a" * 2000], "merges": []}, "more than 1024 bytes"),
    ],
)
def test_contradictions_are_refused(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ByteLevelBPE(**arguments)
