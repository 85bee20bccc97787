"""The distribution of speculative decoding: exactly the target's. Each test fails for the classic mistakes.

The acceptance rule is integrated over all random numbers that it may draw; whole texts are counted.
"""

import inspect
import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model

from minillama import sampling, speculative
from minillama.drafts import LookupDraft, ModelDraft
from minillama.sampling import Sampling
from minillama.speculative import speculate

MISTAKES = {
    "accepts with p instead of p/q": (" / q[places, drafted]", ""),
    "accepts whatever is drafted": ("uniform(n_drafted, generator).to(p.device) < chances", "chances > -1"),
    "replaces with a token of p": ("(weights - q[n_accepted]).clamp(min=0)", "weights"),
    "replaces with a token of |p - q|": (".clamp(min=0)", ".abs()"),
    "takes the extra token from the row before": ("p[n_accepted]", "p[n_accepted and n_accepted - 1]"),
}
SMALL = replace(TINY, vocab_size=5, n_layers=1, max_seq_len=8)
PROMPT = [3, 1]
HOW = {"temperature": 4.0, "top_k": 4, "repetition_penalty": 1.4}
CRITICAL = 37.7  # a chi-square of 15 degrees of freedom (4 tokens, then 4 more) exceeds it once in 1,000 times


def accept_with(mistake: str | None) -> Callable:
    """The acceptance rule, with a mistake."""
    source = inspect.getsource(speculative.accept)
    if mistake:
        right, wrong = MISTAKES[mistake]
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    names = dict(vars(speculative))
    exec(source, names)
    return names["accept"]


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the random source returns, the last one first."""
    numbers: list[float] = []

    def take(n_numbers: int, generator: torch.Generator | None = None) -> torch.Tensor:
        return torch.tensor([numbers.pop() for _ in range(n_numbers)], dtype=torch.float64)

    for module in (sampling, speculative):
        monkeypatch.setattr(module, "uniform", take)
    return numbers


# All borders between one outcome and another are multiples of 1/20, so the middles of twenty stretches stand for all
# random numbers: p/q is 2/5, 6/5, 8/10; max(p - q, 0) is 0, 1/20, 0, 4/20, which sums to 5/20.
MIDDLES = [(2 * i + 1) / 40 for i in range(20)]
P = torch.tensor([[2, 6, 8, 4], [5, 1, 12, 2]]) / 20
Q = torch.tensor([[5, 5, 10, 0]]) / 20


def exact(accept: Callable, numbers: list[float]) -> tuple[torch.Tensor, torch.Tensor]:
    """Probabilities of the first token, and of the second one where there is one."""
    first, second = torch.zeros(4, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    for drafted in (0, 1, 2):
        for one in MIDDLES:
            for other in MIDDLES:
                numbers[:] = [other, one]
                kept = accept(P, Q, torch.tensor([drafted]))
                first[kept[0]] += Q[0, drafted] / 400
                second[kept[1:]] += Q[0, drafted] / 400
    return first, second / second.sum()


def test_every_token_has_exactly_the_probability_of_the_target(numbers: list[float]) -> None:
    for result, expected in zip(exact(speculative.accept, numbers), P.double(), strict=True):
        torch.testing.assert_close(result, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_exact_test_notices(mistake: str, numbers: list[float]) -> None:
    first, second = exact(accept_with(mistake), numbers)
    assert max((first - P[0]).abs().max(), (second - P[1]).abs().max()) > 0.02


def pairs() -> Iterator[float]:
    """The target's probabilities of the first two tokens."""
    target, how = loud_model(SMALL), Sampling(**HOW)
    for first in range(5):
        for second in range(5):
            chance, text = 1.0, list(PROMPT)
            for token in (first, second):
                seen = torch.tensor([text])
                with torch.no_grad():
                    chance *= how.probabilities(target(seen)[:, -1], seen)[0, token].item()
                text.append(token)
            yield chance


def distance(draft: ModelDraft | LookupDraft, n_runs: int) -> float:
    """Chi-square of the first two tokens of many texts against the target's probabilities."""
    target, generator = loud_model(SMALL), torch.Generator().manual_seed(1)
    counts = torch.zeros(25, dtype=torch.float64)
    for _ in range(n_runs):
        rounds = speculate(target, draft, PROMPT, 2, n_draft=2, generator=generator, **HOW)
        first, second = (token for one in rounds for token in one.tokens)
        counts[5 * first + second] += 1
    expected = n_runs * torch.tensor(list(pairs()), dtype=torch.float64)
    possible = expected > 0
    if counts[~possible].any():
        return math.inf
    return ((counts - expected) ** 2 / expected)[possible].sum().item()


def test_pairs_of_tokens_have_the_distribution_of_the_target() -> None:
    assert distance(ModelDraft(loud_model(SMALL, seed=5)), 1000) < CRITICAL
    assert distance(LookupDraft(n=1), 200) < CRITICAL


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_count_of_pairs_notices(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speculative, "accept", accept_with(mistake))
    assert distance(ModelDraft(loud_model(SMALL, seed=5)), 400) > CRITICAL


def test_equal_up_to_rounding_is_no_dead_end(numbers: list[float]) -> None:
    """A token is refused, yet p exceeds q nowhere."""
    p = torch.tensor([[0.25, 0.75 - 1e-6], [1.0, 0.0]])
    numbers[:] = [0.1, 1 - 1e-9]
    assert speculative.accept(p, torch.tensor([[0.25, 0.75]]), torch.tensor([1])) == [1]
