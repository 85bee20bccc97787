"""Checks of chapter 09: top-p."""

from collections.abc import Callable

import torch
from torch import Tensor

from ..checking import expect, expect_close, expect_shape

PROBABILITIES = (0.05, 0.4, 0.1, 0.3, 0.15)


def _kept(keep_top_p: Callable, probabilities: tuple[float, ...], p: float) -> list[int]:
    """Ids of the tokens that are left of one row."""
    left = keep_top_p(torch.tensor([probabilities]).log(), p)
    expect_shape(left, (1, len(probabilities)), "what is left of one row of logits")
    return left[0].isfinite().nonzero().flatten().tolist()


def check_top_p_crossing(keep_top_p: Callable) -> None:
    """the token that crosses p stays."""
    kept = _kept(keep_top_p, (0.5, 0.3, 0.2), 0.6)
    expect(
        len(kept) > 1,
        "of 0.5, 0.3 and 0.2 with p = 0.6 only 0.5 is left, which does not reach p: the token that crosses p stays. "
        "Ask what stands before each token, not what is reached with it",
    )


def check_top_p_smallest_set(keep_top_p: Callable) -> None:
    """no token more than needed."""
    kept = _kept(keep_top_p, (0.5, 0.3, 0.15, 0.05), 0.7)
    expect(
        kept == [0, 1],
        f"of 0.5, 0.3, 0.15 and 0.05 with p = 0.7 the tokens {kept} are left, expected [0, 1]: the smallest set that "
        "reaches p",
    )


def check_top_p_places(keep_top_p: Callable) -> None:
    """tokens stay at their own ids."""
    kept = _kept(keep_top_p, PROBABILITIES, 0.8)
    expect(
        kept == [1, 3, 4],
        f"of {PROBABILITIES} with p = 0.8 the tokens {kept} are left, expected [1, 3, 4]: what was decided in sorted "
        "order must go back to the ids, with scatter",
    )


def check_top_p_logits(keep_top_p: Callable) -> None:
    """what is left keeps its logit."""
    logits = torch.tensor([[3.0, 2.0, -5.0]])
    expect_close(
        keep_top_p(logits, 0.9),
        torch.tensor([[3.0, 2.0, -torch.inf]]),
        "keep_top_p of logits (3, 2, -5) with p = 0.9",
        "A filter returns logits: unchanged where a token stays, minus infinity elsewhere.",
    )


def check_top_p_rows(keep_top_p: Callable) -> None:
    """each row is filtered by itself."""
    rows = torch.tensor([[0.9, 0.06, 0.04], [0.2, 0.5, 0.3], [0.34, 0.33, 0.33]])
    left = keep_top_p(rows.log(), 0.7)
    expect_shape(left, (3, 3), "what is left of three rows")
    counts = left.isfinite().sum(dim=-1).tolist()
    expect(
        counts == [1, 2, 3],
        f"a sure, a less sure and an unsure row keep {counts} tokens, expected [1, 2, 3]: sort and add up along the "
        "last dimension, each row by itself",
    )


def check_top_p_leaves_one(keep_top_p: Callable) -> None:
    """a tiny p leaves the best token."""
    logits: Tensor = torch.randn(4, 50)
    left = keep_top_p(logits, 1e-6)
    best = left.isfinite().sum(dim=-1).eq(1).all() and torch.equal(left.argmax(dim=-1), logits.argmax(dim=-1))
    expect(best, "p = 0.000001 must leave the most likely token of each row and no other: greedy decoding")
