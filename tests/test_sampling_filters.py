"""The filters: values by hand, ties, plain rewritings as oracles, dtypes, bad input."""

import math
import random

import pytest
import torch
from torch import Tensor

from minillama.sampling_filters import keep_min_p, keep_top_k, keep_top_p, most_likely, penalize_repetition

INF = math.inf
SHARES = torch.tensor([[0.1, 0.4, 0.05, 0.25, 0.2]])
LOGITS = SHARES.log()


def left(logits: Tensor) -> list[list[int]]:
    """Ids that a filter left, row by row."""
    return [(row > -INF).nonzero().flatten().tolist() for row in logits]


@pytest.mark.parametrize(("k", "ids"), [(1, [1]), (2, [1, 3]), (4, [0, 1, 3, 4]), (5, [0, 1, 2, 3, 4]), (9, range(5))])
def test_top_k_by_hand(k: int, ids: list[int]) -> None:
    kept = keep_top_k(LOGITS, k)
    assert left(kept) == [list(ids)]
    assert torch.equal(kept[kept > -INF], LOGITS[kept > -INF])


@pytest.mark.parametrize(
    ("p", "ids"), [(1e-9, [1]), (0.39, [1]), (0.41, [1, 3]), (0.84, [1, 3, 4]), (0.94, [0, 1, 3, 4]), (1, range(5))]
)
def test_top_p_by_hand(p: float, ids: list[int]) -> None:
    assert left(keep_top_p(LOGITS, p)) == [list(ids)]


def test_top_p_reached_exactly_needs_no_further_token() -> None:
    halves = torch.tensor([[0.25, 0.5, 0.125, 0.125]]).log2()  # as base-2 logarithms, so that all is exact
    logits = halves * math.log(2)
    assert left(keep_top_p(logits.double(), 0.75 - 1e-9)) == [[0, 1]]
    assert left(keep_top_p(logits.double(), 0.75 + 1e-9)) == [[0, 1, 2]]


@pytest.mark.parametrize(("p", "ids"), [(0, range(5)), (0.2, [0, 1, 3, 4]), (0.3, [1, 3, 4]), (0.6, [1, 3]), (1, [1])])
def test_min_p_by_hand(p: float, ids: list[int]) -> None:
    assert left(keep_min_p(LOGITS, p)) == [list(ids)]
    assert left(keep_min_p(LOGITS + 60, p)) == [list(ids)]  # only ratios count


def test_ties() -> None:
    logits = torch.tensor([[1.0, 2.0, 1.0, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    assert left(keep_top_k(logits, 2)) == [[1, 4], [0, 1, 2, 3, 4]]
    assert left(keep_top_k(logits, 3)) == [[0, 1, 2, 3, 4]] * 2
    assert left(keep_top_p(logits, 0.3)) == [[1], [0, 1]]  # 0.32 each in the first row, 0.2 in the second
    assert left(keep_top_p(logits, 0.7)) == [[0, 1, 4], [0, 1, 2, 3]]
    assert left(keep_min_p(logits, 1)) == [[1, 4], [0, 1, 2, 3, 4]]


def plain_top_p(row: list[float], p: float) -> set[int]:
    """By a full stable sort in plain Python."""
    total, kept = 0.0, set()
    for token in sorted(range(len(row)), key=lambda token: -row[token]):
        kept.add(token)
        total += row[token]
        if total >= p:
            break
    return kept


@pytest.mark.parametrize("spread", [0.01, 1.0, 4.0])
@pytest.mark.parametrize("p", [0.0501, 0.5003, 0.9007, 0.9901])
def test_top_p_equals_a_full_sort(spread: float, p: float) -> None:
    """On 997 tokens: flat rows need more than a first look at the most likely ones."""
    generator = torch.Generator().manual_seed(3)
    logits = torch.randn(4, 997, generator=generator).mul(spread).double()
    logits[1, ::2] = -INF
    logits[2] = (logits[2] / spread).round() * spread  # ties
    expected = [sorted(plain_top_p(row.tolist(), p)) for row in torch.softmax(logits, dim=-1)]
    assert left(keep_top_p(logits, p)) == expected


def test_most_likely_is_top_k_without_the_rest() -> None:
    logits = torch.tensor([[1.0, 2.0, 1.0, 0.0, 2.0], [0.0, 5.0, 3.0, -INF, 4.0]])
    values, ids = most_likely(logits, 3)  # four in the first row
    assert ids.tolist()[0] == [0, 1, 2, 4]
    assert values[0].tolist() == [1, 2, 1, 2]
    assert sorted(ids[1][values[1] > -INF].tolist()) == [1, 2, 4]
    spread = torch.full_like(logits, -INF).scatter(1, ids, values)
    assert torch.equal(spread, keep_top_k(logits, 3))


def test_repetition_by_hand() -> None:
    logits = torch.tensor([[3.0, -1.0, 0.0, 6.0, -INF], [3.0, -1.0, 0.0, 6.0, 1.0]])
    seen = torch.tensor([[0, 1, 0, 0, 4], [3, 3, 2, 2, 2]])  # every id counts once
    assert penalize_repetition(logits, seen, 2.0).tolist() == [[1.5, -2, 0, 6, -INF], [3, -1, 0, 3, 1]]
    assert penalize_repetition(logits, seen, 0.5)[0].tolist() == [6, -0.5, 0, 6, -INF]
    assert torch.equal(penalize_repetition(logits, seen, 1.0), logits)
    assert torch.equal(penalize_repetition(logits, seen[:, :0], 2.0), logits)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_dtypes_stay_and_input_is_left_alone(dtype: torch.dtype) -> None:
    random.seed(1)
    logits = torch.randn(3, 97).to(dtype)
    before = logits.clone()
    seen = torch.tensor([random.sample(range(97), 5) for _ in range(3)])
    for result in (
        keep_top_k(logits, 5), keep_top_p(logits, 0.5), keep_min_p(logits, 0.1), penalize_repetition(logits, seen, 2.0)
    ):  # fmt: skip
        assert result.dtype == dtype
        assert not torch.equal(result, before)
    assert torch.equal(logits, before)
    for result in (keep_top_p(logits, 1), keep_min_p(logits, 0)):
        assert torch.equal(result, before)


def test_bad_input() -> None:
    for call in (keep_top_k, most_likely):
        with pytest.raises(ValueError, match="top-k must leave at least 1 token, got 0"):
            call(LOGITS, 0)
    for p in (0.0, 1.1, math.nan):
        with pytest.raises(ValueError, match=f"top-p needs a probability above 0 and up to 1, got {p}"):
            keep_top_p(LOGITS, p)
    for p in (-0.1, 1.1, math.nan):
        with pytest.raises(ValueError, match=f"min-p needs a number from 0 to 1, got {p}"):
            keep_min_p(LOGITS, p)
    for penalty in (0.0, -1.0, math.inf):
        with pytest.raises(ValueError, match=f"the repetition penalty must be a positive number, got {penalty}"):
            penalize_repetition(LOGITS, torch.tensor([[0]]), penalty)
