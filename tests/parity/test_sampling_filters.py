"""The filters against the logits processors of transformers, one by one and in their order."""

import pytest
import torch
from torch import Tensor

from minillama.sampling import Sampling
from minillama.sampling_filters import keep_min_p, keep_top_k, keep_top_p, penalize_repetition

pytest.importorskip("transformers")
from transformers.generation import logits_process as theirs  # noqa: E402

B, V, S = 7, 1009, 53


@pytest.fixture(params=[0.3, 3.0, 9.0], ids=lambda spread: f"spread {spread}")
def logits(request: pytest.FixtureRequest) -> Tensor:
    """From flat to steep."""
    torch.manual_seed(4)
    return torch.randn(B, V).mul(request.param).double()


@pytest.fixture
def seen() -> Tensor:
    return torch.randint(V, (B, S), generator=torch.Generator().manual_seed(5))


@pytest.mark.parametrize("k", [1, 5, 50, V])
def test_top_k(logits: Tensor, k: int) -> None:
    assert torch.equal(keep_top_k(logits, k), theirs.TopKLogitsWarper(k)(None, logits))
    tied = logits.round()
    assert torch.equal(keep_top_k(tied, k), theirs.TopKLogitsWarper(k)(None, tied))


@pytest.mark.parametrize("p", [0.01, 0.5, 0.9, 0.999])
def test_top_p(logits: Tensor, p: float) -> None:
    assert torch.equal(keep_top_p(logits, p), theirs.TopPLogitsWarper(p)(None, logits))


@pytest.mark.parametrize("p", [0.01, 0.2, 0.9])
def test_min_p(logits: Tensor, p: float) -> None:
    assert torch.equal(keep_min_p(logits, p), theirs.MinPLogitsWarper(p)(None, logits))


@pytest.mark.parametrize("penalty", [0.8, 1.1, 2.0])
def test_repetition(logits: Tensor, seen: Tensor, penalty: float) -> None:
    processor = theirs.RepetitionPenaltyLogitsProcessor(penalty)
    assert torch.equal(penalize_repetition(logits, seen, penalty), processor(seen, logits))


def test_all_together(logits: Tensor, seen: Tensor) -> None:
    logits = logits.float()
    processors = theirs.LogitsProcessorList(
        [
            theirs.RepetitionPenaltyLogitsProcessor(1.2),
            theirs.TemperatureLogitsWarper(0.7),
            theirs.TopKLogitsWarper(40),
            theirs.TopPLogitsWarper(0.8),
            theirs.MinPLogitsWarper(0.05),
        ]
    )
    expected = torch.softmax(processors(seen, logits), dim=-1)
    how = Sampling(temperature=0.7, top_k=40, top_p=0.8, min_p=0.05, repetition_penalty=1.2)
    torch.testing.assert_close(how.probabilities(logits, seen), expected)
