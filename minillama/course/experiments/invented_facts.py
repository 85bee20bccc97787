"""A small language with a known floor: 800 invented facts, drawn again and again at random.

Every sentence is one fact, chosen freely. A model that knows the facts still has to wait for the choice, so no
model can do better than ln(800) nats a sentence. The text is the same on every machine and version of Python.
"""

import math
import random
from functools import cache

import torch
from torch import Tensor

N_PEOPLE, N_THINGS = 100, 30
RELATIONS = ("lives in", "keeps a", "sings of", "works as", "fears the", "was born in", "likes", "sells")
FLOOR = math.log(N_PEOPLE * len(RELATIONS))  # nats per sentence
WINDOW = 20  # characters that reach from the last letter of any sentence back to its first


@cache
def facts() -> tuple[str, ...]:
    """Return all sentences of the language, each with its final period and space.

    Example:
        >>> len(facts()), facts()[0]
        (800, 'tole lives in bebo. ')
    """
    draw = random.Random(0)
    people = _invented_words(N_PEOPLE, draw)
    sentences = []
    for relation in RELATIONS:
        things = _invented_words(N_THINGS, draw)
        sentences += [f"{person} {relation} {things[_below(N_THINGS, draw)]}. " for person in people]
    return tuple(sentences)


def write_text(n_sentences: int, seed: int) -> str:
    """Return facts drawn at random, with repetition.

    Args:
        n_sentences: how many.
        seed: which text.

    Returns:
        About 20 characters a sentence.

    Example:
        >>> write_text(2, seed=0)
        'vupe likes zagi. mamo likes tugo. '
    """
    draw = random.Random(seed)
    return "".join(facts()[_below(len(facts()), draw)] for _ in range(n_sentences))


@cache
def alphabet() -> str:
    """Return the characters of the language in order; a character's number is its place here."""
    return "".join(sorted(set("".join(facts()))))


def encode(text: str) -> Tensor:
    """Turn a text of this language into the numbers of its characters, shape (length,)."""
    number = {letter: i for i, letter in enumerate(alphabet())}
    return torch.tensor([number[letter] for letter in text])


def _invented_words(n: int, draw: random.Random) -> list[str]:
    """Make n different words of two syllables."""
    words: dict[str, None] = {}
    while len(words) < n:
        syllables = ("bdfgklmnprstvz"[_below(14, draw)] + "aeiou"[_below(5, draw)] for _ in range(2))
        words["".join(syllables)] = None
    return list(words)


def _below(n: int, draw: random.Random) -> int:
    """Draw a number below n; Python keeps ``random()`` the same in every version, but not ``randrange``."""
    return int(draw.random() * n)
