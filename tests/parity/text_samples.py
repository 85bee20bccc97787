"""Texts that are hard for tokenizers, from fixed seeds: hand-picked parts, stretches of real text, random Unicode."""

import argparse
import random
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

WORLD = (
    "日本語のテキスト、これはテストです。\nПривет мир, как дела?\nnaïve café déjà vu\n"
    "    indented   code\t\ttabs\n\n\nx = 12345 + 678\nعربى हिन्दी ไทย 한국어\n🦙🦙👩‍👩‍👧 e\u0301\n"
)
REAL = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (argparse, textwrap))
TRAINING = REAL + WORLD * 30
PARTS = [
    *("foo", "bar", " ", "  ", "    ", " " * 17, "\t", "\n", "\r\n", "\n\n", "é", "e\u0301", "日", "本", "語", "🦙"),
    *("\u2581", "<s>", "</s>", "<unk>", "<0x41>", "<|endoftext|>", "\0", "\x04", "\x1d", "\u00a0", "\u2028", "\u3000"),
    *("'s", "'RE", "'ſ", "’t", "def ", "self.", "12345", "３", "²", "½", "\u2585", "\ufeff", "\ufffd", "\U0010ffff"),
    *("the ", "argument", "parser", "return", "(", ")", "_", "__init__", "--------", "A", "ZZ", "xyz", "<sym>", "sym"),
]
# Of unassigned characters the libraries may disagree: each knows another version of Unicode.
ASSIGNED = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]


def hard_texts(n: int = 300, seed: int = 0) -> Iterator[str]:
    """About three times n texts, and a long one."""
    rng = random.Random(seed)
    yield from ("", " ", "  ", "a", " a", "a ", "\n", WORLD)
    for _ in range(n):
        yield "".join(rng.choices(PARTS, k=rng.randrange(1, 12)))
        start = rng.randrange(len(TRAINING))
        yield TRAINING[start : start + rng.randrange(1, 90)]
        yield "".join(rng.choice(ASSIGNED) if rng.random() < 0.5 else rng.choice(" \n\t'sre12aZ.,") for _ in range(12))
    yield REAL
