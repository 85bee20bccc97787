"""Encoding in chunks: the same ids as encoding at once, wherever the chunks end, and bounded memory."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from minillama import encode_stream
from minillama.byte_level import PATTERNS, ByteLevelBPE
from minillama.encode_stream import EncodeStream
from minillama.sentencepiece_style import PieceKind, SentencePieceBPE
from minillama.tokenizer import Tokenizer
from minillama.tokenizer_training import train_byte_level, train_sentencepiece_style

TEXT = "It's 1234 of I'LL'll  \n\n  x = [日本語, 🦙];\t\t'''!!\r\n   \u2028re, ½²don't<end><e nd>"
SPECIAL = ["<end>", "<e"]


def trained(pattern: str) -> Tokenizer:
    """A tokenizer of a style, trained on the test's own text."""
    if pattern in PATTERNS:
        return train_byte_level([TEXT] * 3, 320, pattern=pattern, special_tokens=SPECIAL)
    return train_sentencepiece_style([TEXT] * 3, 340, special_tokens=SPECIAL)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_a_pattern_gives_out_early_is_final(pattern: str) -> None:
    """Every text of up to five of these characters, and every place to interrupt it."""
    model = ByteLevelBPE([], [], pattern)
    for letters in product("'sra1 \n!", repeat=5):
        text = "".join(letters)
        words = model.split(text, final=True)[0]
        for end in range(1, 5):
            early, rest = model.split(text[:end], final=False)
            assert "".join(early) + rest == text[:end]
            assert early == words[: len(early)], (text, end)


@pytest.mark.parametrize("pattern", [*PATTERNS, "sentencepiece"])
def test_chunks_may_end_anywhere(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode_stream, "BATCH_LENGTH", 1)  # try to cut at every chunk
    tokenizer = trained(pattern)
    rng = random.Random(0)
    for _ in range(300):
        start, length = rng.randrange(len(TEXT)), rng.randrange(60)
        text = (TEXT * 3)[start : start + length]
        ends = sorted(rng.choices(range(len(text) + 1), k=rng.randrange(12)))
        chunks = [text[i:j] for i, j in zip([0, *ends], [*ends, len(text)], strict=True)]
        for allow_special in (False, True):
            at_once = tokenizer.encode(text, allow_special=allow_special)
            assert list(tokenizer.encode_iterable(chunks, allow_special)) == at_once
            assert list(tokenizer.encode_iterable(text, allow_special)) == at_once  # one character at a time


def test_unknown_characters_fuse_across_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode_stream, "BATCH_LENGTH", 1)
    model = SentencePieceBPE(
        ["<unk>", "</s>", "a"], [0, 0, 0], [PieceKind.UNKNOWN, PieceKind.CONTROL, PieceKind.NORMAL],
        byte_fallback=False, dummy_prefix=False,
    )  # fmt: skip
    tokenizer = Tokenizer(model, {"</s>": 1})
    assert list(tokenizer.encode_iterable(["xy", "z", "a", "x", "</s>x"], allow_special=True)) == [0, 2, 0, 1, 0]


@pytest.mark.parametrize("pattern", [*PATTERNS, "sentencepiece"])
@pytest.mark.parametrize("line", ["word\n", "12345 67890", "日本語。", "a, b; ", "()[]\n\n  "])
def test_little_waits_however_long_the_text(pattern: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode_stream, "BATCH_LENGTH", 100)
    encoder = EncodeStream(trained(pattern).model)
    waiting = []
    for _ in range(500):
        encoder.push(line)
        waiting.append(encoder.n_waiting)
        assert encoder.n_waiting == sum(map(len, encoder.waiting))
    assert max(waiting) <= 200


def test_ids_come_out_before_the_text_ends() -> None:
    tokenizer = trained("smollm")
    taken = 0

    def chunks() -> Iterator[str]:
        nonlocal taken
        while True:  # a text without an end
            taken += 1
            yield "some words and " * 1000

    ids = tokenizer.encode_iterable(chunks())
    assert [next(ids) for _ in range(50_000)]
    assert taken < 20


def test_a_long_word_is_not_cut_again_for_every_chunk() -> None:
    """Twice the rest must arrive before the next try, so the work grows with the length, not its square."""

    class Counting(ByteLevelBPE):
        n_read = 0

        def split(self, text: str, final: bool) -> tuple[list[str], str]:
            self.n_read += len(text)
            return super().split(text, final)

    model = Counting([bytes([byte]) for byte in range(256)], [])
    encoder = EncodeStream(model)
    n = 40 * encode_stream.BATCH_LENGTH
    for _ in range(n // 64):
        encoder.push("x" * 64)
    assert len(encoder.finish()) == n
    assert model.n_read <= 4 * n
