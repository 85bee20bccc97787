"""sample and Sampling: greedy, frequencies against the softmax, filters in their order, seeds, bad input."""

import math

import pytest
import torch

from minillama import sampling
from minillama.sampling import Sampling, draw, sample
from minillama.sampling_filters import keep_min_p, keep_top_k, keep_top_p, penalize_repetition

LOGITS = torch.tensor([0.0, 1.0, -0.5, 2.0, 0.3])
N = 20_000
CRITICAL = 18.47  # a chi-square of 4 degrees of freedom exceeds it once in 1,000 times


def chi_square(temperature: float, drawn_at: float) -> float:
    """Distance of N drawn tokens from softmax(LOGITS / temperature)."""
    drawn = sample(LOGITS.expand(N, 5), drawn_at, torch.Generator().manual_seed(7))
    observed = torch.bincount(drawn, minlength=5).double()
    expected = N * torch.softmax(LOGITS.double() / temperature, dim=0)
    return ((observed - expected) ** 2 / expected).sum().item()


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_frequencies_match_the_softmax(temperature: float) -> None:
    assert chi_square(temperature, drawn_at=temperature) < CRITICAL
    assert chi_square(temperature, drawn_at=1.1 * temperature) > CRITICAL  # the test can tell


def test_by_hand() -> None:
    logits = torch.tensor([[0.0, math.log(3)]]).expand(N, 2)
    for temperature, share in ((1.0, 3 / 4), (0.5, 9 / 10)):  # 1 : 3 and 1 : 3^2
        drawn = sample(logits, temperature, torch.Generator().manual_seed(7))
        assert drawn.double().mean().item() == pytest.approx(share, abs=0.01)


def test_greedy_takes_the_largest_of_each_row() -> None:
    logits = torch.randn(3, 97)
    greedy = sample(logits, temperature=0.0)
    assert greedy.shape == (3,)
    assert greedy.dtype == torch.int64
    assert torch.equal(greedy, logits.argmax(dim=-1))
    for tiny in (1e-6, 1e-40):
        assert torch.equal(sample(logits, temperature=tiny), greedy)


def test_rows_are_drawn_apart_and_forbidden_tokens_never() -> None:
    logits = torch.full((3, 5), -torch.inf)
    logits[[0, 1, 2], [4, 0, 2]] = 1.0
    assert sample(logits, temperature=9.0).tolist() == [4, 0, 2]
    logits[:, 1] = 1.0
    drawn = torch.stack([sample(logits, temperature=9.0) for _ in range(50)])
    assert [set(column.tolist()) for column in drawn.T] == [{1, 4}, {0, 1}, {1, 2}]


def test_seed_decides_and_the_global_state_is_left_alone() -> None:
    logits = LOGITS.expand(50, 5)
    before = torch.get_rng_state()
    first, again, other = (sample(logits, 1.0, torch.Generator().manual_seed(seed)) for seed in (7, 7, 8))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_any_floating_dtype(dtype: torch.dtype) -> None:
    logits = torch.tensor([[60_000.0, 0.0], [0.0, 60_000.0]]).to(dtype)
    assert sample(logits, temperature=0.5).tolist() == [0, 1]


def test_bad_input() -> None:
    for temperature in (-0.1, math.nan):
        with pytest.raises(ValueError, match=f"temperature must be 0 or larger, got {temperature}"):
            sample(LOGITS[None], temperature)
    for bad in (math.nan, math.inf):
        for temperature in (0.0, 1.0):
            with pytest.raises(ValueError, match="logits hold NaN or infinity: check the weights"):
                sample(torch.tensor([[0.0, bad]]), temperature)


def test_one_filter_after_the_other_by_hand() -> None:
    """Shares 8 : 4 : 2 : 1 : 1; the square root of each is its share at temperature 2."""
    logits = torch.tensor([[8.0, 4.0, 2.0, 1.0, 1.0]]).log()

    def shares(**fields: float) -> list[float]:
        return Sampling(**fields).probabilities(logits, seen=torch.tensor([[0]]))[0].tolist()

    assert shares() == [1, 0, 0, 0, 0]
    assert shares(temperature=1.0) == pytest.approx([8 / 16, 4 / 16, 2 / 16, 1 / 16, 1 / 16])
    assert shares(temperature=1.0, top_k=2) == pytest.approx([8 / 12, 4 / 12, 0, 0, 0])
    assert shares(temperature=1.0, top_p=0.7) == pytest.approx([8 / 12, 4 / 12, 0, 0, 0])
    assert shares(temperature=1.0, min_p=0.2) == pytest.approx([8 / 14, 4 / 14, 2 / 14, 0, 0])
    assert shares(temperature=0.5, min_p=0.2) == pytest.approx([64 / 80, 16 / 80, 0, 0, 0])  # heat comes first
    # Of the three best, 8/14 and 4/14 reach 0.8; of all five they would not.
    assert shares(temperature=1.0, top_k=3, top_p=0.8) == pytest.approx([8 / 12, 4 / 12, 0, 0, 0])
    # log 8 divided by 3 is log 2: the penalty comes first, so that token 1 is the best.
    assert shares(repetition_penalty=3.0) == [0, 1, 0, 0, 0]
    assert shares(temperature=1.0, top_k=1, repetition_penalty=3.0) == [0, 1, 0, 0, 0]


@pytest.mark.parametrize("top_k", [0, 1, 7, 89, 97, 500])
@pytest.mark.parametrize(("top_p", "min_p"), [(1.0, 0.0), (0.9, 0.0), (1.0, 0.02), (0.6, 0.05)])
def test_the_short_way_equals_filters_over_all_tokens(top_k: int, top_p: float, min_p: float) -> None:
    torch.manual_seed(5)
    logits = torch.randn(3, 97).mul(2).round(decimals=0)  # many ties
    seen = torch.randint(97, (3, 17))
    slow = penalize_repetition(logits, seen, 1.3) / 0.7
    slow = keep_min_p(keep_top_p(keep_top_k(slow, top_k or 97), top_p), min_p)
    how = Sampling(temperature=0.7, top_k=top_k, top_p=top_p, min_p=min_p, repetition_penalty=1.3)
    quick = how.probabilities(logits, seen)
    assert quick.dtype == torch.float32
    torch.testing.assert_close(quick, torch.softmax(slow, dim=-1))
    assert torch.equal(quick > 0, slow > -torch.inf)


@pytest.mark.parametrize("fields", [{}, {"top_k": 3}, {"top_p": 0.8}, {"min_p": 0.2, "repetition_penalty": 2.0}])
def test_pick_follows_the_probabilities(fields: dict) -> None:
    how, seen = Sampling(temperature=0.8, **fields), torch.tensor([[3]])
    expected = N * how.probabilities(LOGITS[None], seen)[0].double()
    drawn = how.pick(LOGITS.expand(N, 5), seen.expand(N, 1), torch.Generator().manual_seed(7))
    observed = torch.bincount(drawn, minlength=5).double()
    possible = expected > 0
    assert observed[~possible].sum() == 0
    assert ((observed - expected) ** 2 / expected)[possible].sum() < CRITICAL


def test_greedy_pick_equals_sample_and_draws_nothing() -> None:
    logits, before = torch.randn(3, 97), torch.get_rng_state()
    assert torch.equal(Sampling(top_k=5, top_p=0.5).pick(logits), sample(logits, temperature=0.0))
    assert torch.equal(torch.get_rng_state(), before)
    first, seen = logits.argmax(-1), logits.argmax(-1, keepdim=True)
    assert not torch.equal(Sampling(repetition_penalty=9.0).pick(logits, seen), first)


@pytest.mark.parametrize("fields", [{"top_k": 1}, {"top_p": 1e-9}, {"min_p": 1.0}, {"temperature": 1e-40}])
def test_narrow_filters_equal_greedy(fields: dict) -> None:
    logits = torch.randn(3, 97)
    assert torch.equal(Sampling(**{"temperature": 3.0, **fields}).pick(logits), logits.argmax(-1))


def test_picks_by_seed() -> None:
    logits = LOGITS.expand(50, 5)
    for how in (Sampling(temperature=1.0), Sampling(temperature=1.0, top_k=3)):
        first, again, other = (how.pick(logits, None, torch.Generator().manual_seed(s)) for s in (7, 7, 8))
        assert torch.equal(first, again)
        assert not torch.equal(first, other)


def test_draw_hits_weights_only(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = torch.tensor([[0.0, 3.0, 0.0, 1.0, 0.0]])
    for number, place in ((0.0, 3), (0.2499, 3), (0.2501, 1), (1 - 2**-53, 1)):  # the largest number below 1
        monkeypatch.setattr(sampling, "uniform", lambda n, _, x=number: torch.full((n,), x, dtype=torch.float64))
        assert draw(weights).tolist() == [place]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"temperature": -1.0}, "temperature must be 0 or larger, got -1.0"),
        ({"temperature": math.nan}, "temperature must be 0 or larger, got nan"),
        ({"temperature": math.inf}, "temperature must be a finite number, got inf"),
        ({"top_k": -1}, "top_k must be a whole number from 0 on; 0 leaves all tokens, got -1"),
        ({"top_k": 0.9}, "top_k must be a whole number"),
        ({"top_p": 0.0}, "top_p must be above 0 and up to 1; 1 leaves all tokens, got 0"),
        ({"top_p": 1.1}, "got 1.1"),
        ({"min_p": -0.1}, "min_p must be from 0 to 1; 0 leaves all tokens, got -0.1"),
        ({"repetition_penalty": 0.0}, "repetition_penalty must be a positive number; 1 changes nothing, got 0.0"),
    ],
)
def test_bad_fields(fields: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Sampling(**fields)


def test_bad_logits() -> None:
    for bad in ([0.0, math.nan], [0.0, math.inf], [-math.inf, -math.inf]):
        for temperature in (0.0, 1.0):
            for method in (Sampling(temperature=temperature).pick, Sampling(temperature=temperature).probabilities):
                with pytest.raises(ValueError, match="logits hold NaN or infinity, or forbid every token: check"):
                    method(torch.tensor([[0.0, 1.0], bad]))
    with pytest.raises(ValueError, match="a repetition penalty of 1.5 needs the text so far: give `seen`"):
        Sampling(repetition_penalty=1.5).pick(LOGITS[None])
