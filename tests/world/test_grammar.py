"""The one-page grammar: its entropy by enumeration, by hand, and as the cost of the best possible model."""

import math
from collections import Counter, defaultdict
from random import Random

import pytest

from minillama.world.choices import DrawingPen, read
from minillama.world.grammar import entropy_bits, floor_nats_per_token, scene, write_scene
from minillama.world.proof import enumerate_texts

TEXTS = dict(enumerate_texts(write_scene))


def test_every_text_is_written_in_one_way_only() -> None:
    assert len(TEXTS) == len(list(enumerate_texts(write_scene))) == 8 * 4 * 4 * 2 * 3
    assert sum(2**-bits for bits in TEXTS.values()) == pytest.approx(1.0)


def test_entropy_by_hand() -> None:
    animals = -sum(p * math.log2(p) for p in (1 / 2, 1 / 4, 1 / 8, 1 / 8))
    times = -sum(p * math.log2(p) for p in (1 / 4, 1 / 2, 1 / 4))
    assert entropy_bits() == pytest.approx(3 + 2 + animals + 1 + times)


def test_the_perfect_model_of_characters_costs_exactly_the_floor() -> None:
    """Count every prefix with its probability: the chain rule gives the cost of each next character."""
    mass: dict[str, float] = defaultdict(float)
    for text, bits in TEXTS.items():
        for end in range(len(text) + 2):  # the end mark is one more target
            mass[(text + "\n")[:end]] += 2**-bits
    cost = targets = 0.0
    for text, bits in TEXTS.items():
        whole = text + "\n"
        nats = [-math.log(mass[whole[: i + 1]] / mass[whole[:i]]) for i in range(len(whole))]
        cost += 2**-bits * sum(nats)
        targets += 2**-bits * len(nats)
    assert cost / targets == pytest.approx(floor_nats_per_token())


def test_scenes_are_read_back_and_the_same_for_the_same_seed() -> None:
    for seed in range(100):
        text = scene(seed)
        assert text == scene(seed)
        assert read(write_scene, text).bits == pytest.approx(TEXTS[text])


def test_draws_have_the_mean_information_of_the_grammar() -> None:
    random, n = Random(1), 4000
    counts: Counter[str] = Counter()
    total = 0.0
    for _ in range(n):
        pen = DrawingPen(random)
        write_scene(pen)
        counts[pen.text()] += 1
        total += pen.bits
    assert set(counts) <= set(TEXTS)
    assert total / n == pytest.approx(entropy_bits(), abs=0.1)
