"""The reference of beam search: against every continuation there is, greedy decoding, and by hand."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
import torch
from tiny import TINY, loud_model
from torch import Tensor

from minillama.course.registry import load
from minillama.generation import generate

beam_search = load("minillama.course.reference.09:beam_search")

V, N = 5, 3
SMALL = replace(TINY, vocab_size=V, n_layers=1, max_seq_len=16)
PROMPT = [3, 1, 0]


def continuations(eos_id: int | None) -> Iterator[list[int]]:
    """All texts of N tokens, and all that end earlier."""
    for n_tokens in range(1, N + 1):
        for text in product(range(V), repeat=n_tokens):
            ends = text[-1] == eos_id
            if eos_id not in text[:-1] and (ends or n_tokens == N):
                yield list(text)


@torch.no_grad()
def log_probability(model: torch.nn.Module, text: list[int]) -> float:
    """Of a continuation, in one pass."""
    steps = torch.log_softmax(model(torch.tensor([PROMPT + text])), dim=-1)[0, len(PROMPT) - 1 : -1]
    return steps[range(len(text)), text].sum().item()


@pytest.mark.parametrize("length_penalty", [0.0, 0.7, 1.0, 2.0])
@pytest.mark.parametrize("eos_id", [None, 0, 2])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_enough_beams_find_the_best_of_all(seed: int, eos_id: int | None, length_penalty: float) -> None:
    model = loud_model(SMALL, seed)
    scores = {tuple(text): log_probability(model, text) / len(text) ** length_penalty for text in continuations(eos_id)}
    text, score = beam_search(model, PROMPT, V**N, N, eos_id=eos_id, length_penalty=length_penalty)
    assert tuple(text) == max(scores, key=scores.__getitem__)
    assert score == pytest.approx(max(scores.values()), rel=1e-6)
    narrow, lower = beam_search(model, PROMPT, 2, N, eos_id=eos_id, length_penalty=length_penalty)
    assert lower == pytest.approx(scores[tuple(narrow)], rel=1e-6)  # it knows what it found, and may miss the best


def test_one_beam_is_greedy() -> None:
    model = loud_model()
    text, score = beam_search(model, PROMPT, 1, 9, length_penalty=0.0)
    assert text == list(generate(model, PROMPT, 9))
    assert score == pytest.approx(log_probability(model, text))


class Table:
    """A model whose next token depends on the last one alone."""

    def __init__(self, rows: list[list[float]]) -> None:
        self.logits = torch.tensor(rows).log()

    def __call__(self, tokens: Tensor) -> Tensor:
        return self.logits[tokens]


def test_two_beams_by_hand() -> None:
    """Greedy takes 0.6 and then 0.5; the second best start, 0.4, goes on with 0.95."""
    model = Table([[0.0, 0.6, 0.4, 0.0], [0.5, 0.0, 0.3, 0.2], [0.0, 0.05, 0.0, 0.95], [0.25, 0.25, 0.25, 0.25]])
    assert beam_search(model, [0], 1, 2, length_penalty=0.0) == ([1, 0], pytest.approx(math.log(0.3)))
    assert beam_search(model, [0], 2, 2, length_penalty=0.0) == ([2, 3], pytest.approx(math.log(0.38)))
    # Token 1 ends a text: 0.6 stays the best of all, unless a long text is favored.
    assert beam_search(model, [0], 2, 2, eos_id=1, length_penalty=0.0) == ([1], pytest.approx(math.log(0.6)))
    assert beam_search(model, [0], 2, 2, eos_id=1, length_penalty=1.0) == ([2, 3], pytest.approx(math.log(0.38) / 2))
