"""Checks of chapter 09: beam search, on a model whose next token depends on the last one alone."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from ..checking import expect

# Greedy takes 1 (0.6) and then 0 (0.5), in all 0.30. The other start, 2 (0.4), goes on with 3 (0.95): 0.38.
ROWS = ((0.0, 0.6, 0.4, 0.0), (0.5, 0.0, 0.3, 0.2), (0.0, 0.05, 0.0, 0.95), (0.25, 0.25, 0.25, 0.25))


class _Table:
    """Logits from a table of probabilities; ``shift`` is added to each row, which no softmax notices."""

    def __init__(self, shift: float = 0.0) -> None:
        self._logits = torch.tensor(ROWS).log() + shift * torch.arange(1.0, 5.0).unsqueeze(-1)

    def __call__(self, tokens: Tensor) -> Tensor:
        return self._logits[tokens]


def _search(beam_search: Callable, n_beams: int, n: int = 2, shift: float = 0.0, **settings: object) -> tuple:
    result = beam_search(_Table(shift), [0], n_beams, n, **{"length_penalty": 0.0, **settings})
    expect(result is not None, "beam_search gave None: is the return statement missing?")
    return result


def check_beam_one_is_greedy(beam_search: Callable) -> None:
    """one beam is greedy decoding."""
    text, _ = _search(beam_search, 1)
    expect(text == [1, 0], f"one beam wrote {text}, expected [1, 0]: it takes the most likely token every time")


def check_beam_two(beam_search: Callable) -> None:
    """two beams find the better text."""
    text, _ = _search(beam_search, 2)
    expect(
        text == [2, 3],
        f"two beams wrote {text}, expected [2, 3] with probability 0.4 * 0.95: the best start, 1, goes on less well. "
        "Keep the texts with the best sums, out of all pairs of text and token",
    )


def check_beam_parents(beam_search: Callable) -> None:
    """each sum belongs to its text and token."""
    text, score = _search(beam_search, 3, 3)
    total = sum(math.log(max(ROWS[a][b], 1e-30)) for a, b in zip([0, *text[:-1]], text, strict=True))
    expect(
        math.isclose(score, total, rel_tol=1e-4, abs_tol=1e-4),
        f"three beams wrote {text} with a score of {score:.3f}, but that text has {total:.3f}: a sum was given to "
        "another text. Place i of the flattened sums is text i // V with token i % V",
    )


def check_beam_log_probabilities(beam_search: Callable) -> None:
    """scores are log probabilities."""
    _, plain = _search(beam_search, 2)
    text, shifted = _search(beam_search, 2, shift=3.0)
    expect(
        text == [2, 3] and math.isclose(plain, shifted, rel_tol=1e-4),
        f"a constant added to all logits of a place changed the result to {text}, {shifted:.2f}: add log_softmax of "
        "the logits, not the logits",
    )


def check_beam_ends(beam_search: Callable) -> None:
    """a text that ends leaves the search."""
    text, score = _search(beam_search, 2, eos_id=1)
    expect(
        text == [1],
        f"token 1 ends a text, and [1] has probability 0.6: the search returned {text}, expected [1]. What ends goes "
        "to `finished` and is not continued",
    )
    expect(math.isclose(score, math.log(0.6), rel_tol=1e-4), f"its score is {score:.3f}, expected {math.log(0.6):.3f}")


def check_beam_length(beam_search: Callable) -> None:
    """a score is divided by the length to its power."""
    text, score = _search(beam_search, 2, eos_id=1, length_penalty=1.0)
    expect(
        text == [2, 3] and math.isclose(score, math.log(0.38) / 2, rel_tol=1e-4),
        f"with length_penalty 1 the search returned {text}, {score:.3f}, expected [2, 3], {math.log(0.38) / 2:.3f}: a "
        "text is finished after n_tokens tokens, and its score is `score(total, n_tokens)`",
    )
