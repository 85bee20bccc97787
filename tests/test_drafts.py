"""Drafts: what they propose and with which probabilities, at limits, and after the text went another way."""

import pytest
import torch
from tiny import TINY, loud_model

from minillama.drafts import LookupDraft, ModelDraft
from minillama.generation import generate
from minillama.model import Llama
from minillama.sampling import Sampling

PROMPT = [5, 11, 60, 2, 33]
GREEDY, WARM = Sampling(), Sampling(temperature=1.3, top_k=9, repetition_penalty=1.5)


@pytest.fixture(scope="module")
def model() -> Llama:
    return loud_model()


@torch.no_grad()
def plain(model: Llama, text: list[int], drafted: list[int], sampling: Sampling) -> torch.Tensor:
    """Probabilities at each drafted token, reading everything again for each of them."""
    rows = []
    for n in range(len(drafted)):
        so_far = torch.tensor([text + drafted[:n]])
        rows.append(sampling.probabilities(model(so_far)[:, -1], so_far))
    return torch.cat(rows)


def test_model_draft_writes_like_generate(model: Llama) -> None:
    expected = list(generate(model, PROMPT, 6))
    drafted, q = ModelDraft(model).propose(PROMPT, 6, GREEDY, None)
    assert drafted == expected
    assert torch.equal(q, torch.eye(TINY.vocab_size)[expected])


def test_model_draft_follows_a_text_that_changes(model: Llama) -> None:
    """Longer, shorter, another end, another start, the same again: always as if read afresh."""
    draft, generator = ModelDraft(model), torch.Generator().manual_seed(1)
    continued, _ = draft.propose(PROMPT, 4, WARM, generator)
    for text in (
        [*PROMPT, *continued, 7], [*PROMPT, *continued[:2], 8], PROMPT, PROMPT, [9, *PROMPT], [*PROMPT, 1, 2, 3], [5]
    ):  # fmt: skip
        before = list(text)
        drafted, q = draft.propose(text, 3, WARM, generator)
        assert text == before
        assert len(drafted) == 3
        assert (q[range(3), drafted] > 0).all()
        torch.testing.assert_close(q, plain(model, text, drafted, WARM))


def test_model_draft_draws_from_its_probabilities(model: Llama) -> None:
    draft, generator = ModelDraft(model), torch.Generator().manual_seed(1)
    drafts = [draft.propose(PROMPT, 1, WARM, generator) for _ in range(600)]
    q = drafts[0][1][0].double()
    observed = torch.bincount(torch.tensor([tokens[0] for tokens, _ in drafts]), minlength=TINY.vocab_size)
    possible = q > 0.01
    assert 3 < possible.sum() < 10
    distance = ((observed - 600 * q) ** 2 / (600 * q))[possible].sum()
    assert distance < 26.1  # chi-square, 8 degrees of freedom, once in 1,000 times
    assert observed[q == 0].sum() == 0


def test_model_draft_ends_with_its_capacity(model: Llama) -> None:
    counts = [len(ModelDraft(model, capacity=8).propose([1] * n, 3, GREEDY, None)[0]) for n in (5, 6, 7, 8, 9, 20)]
    assert counts == [3, 3, 2, 1, 0, 0]  # the last token of a draft is not read
    assert len(ModelDraft(model).propose([1] * TINY.max_seq_len, 3, GREEDY, None)[0]) == 1
    assert ModelDraft(model, capacity=8).propose([1] * 9, 3, GREEDY, None)[1] is None


def test_model_draft_reads_only_what_is_new(model: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    read, original = [], model.hidden_states

    def spy(tokens: torch.Tensor, cache) -> torch.Tensor:
        read.append(tokens.shape[1])
        return original(tokens, cache)

    monkeypatch.setattr(model, "hidden_states", spy)
    draft = ModelDraft(model)
    drafted, _ = draft.propose(PROMPT, 3, GREEDY, None)
    assert read == [5, 1, 1]
    draft.propose([*PROMPT, *drafted, 7], 2, GREEDY, None)  # the third drafted token was never read
    assert read[3:] == [2, 1]
    draft.propose([*PROMPT, drafted[0], 8], 2, GREEDY, None)
    assert read[5:] == [1, 1]


@pytest.mark.parametrize(
    ("n", "text", "copied"),
    [
        (3, [1, 2, 3, 4, 5, 1, 2, 3], [4, 5]),
        (2, [1, 2, 3, 9, 2, 3, 8, 7, 2, 3], [8, 7]),  # the latest of two places
        (3, [1, 2, 3, 9, 2, 3, 8, 1, 2, 3], [9, 2]),  # the longest match before the latest
        (1, [1, 2, 3, 9, 2, 3, 8, 1, 2, 3], [8, 1]),
        (3, [7, 7], [7]),  # where the text ends, the copy ends
        (3, [7, 7, 7, 7], [7]),
        (9, [4, 6, 4], [6, 4]),
        (3, [1, 2, 3], []),
        (3, [5], []),
    ],
)
def test_lookup_by_hand(n: int, text: list[int], copied: list[int]) -> None:
    assert LookupDraft(n).propose(text, 2, WARM, None) == (copied, None)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="n must be at least 1 token, got 0"):
        LookupDraft(0)
