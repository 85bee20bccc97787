"""speculate: greedy equals generate, limits, stops, penalties, bad input. Its distribution: test_speculative_exact."""

import random
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model

from minillama.drafts import LookupDraft, ModelDraft
from minillama.generation import generate
from minillama.model import Llama
from minillama.sampling import Sampling
from minillama.speculative import Round, speculate

PROMPT = [5, 11, 60, 2, 33]


@pytest.fixture(scope="module")
def target() -> Llama:
    return loud_model()


@pytest.fixture(scope="module")
def relative(target: Llama) -> Llama:
    """A draft that agrees with the target about every second time."""
    model, generator = loud_model(), torch.Generator().manual_seed(3)
    with torch.no_grad():
        for weight in model.parameters():
            weight += 0.1 * weight.std() * torch.randn(weight.shape, generator=generator, dtype=weight.dtype)
    return model


def text_of(rounds: list[Round]) -> list[int]:
    """All tokens, one after the other."""
    return [token for one in rounds for token in one.tokens]


def share(rounds: list[Round]) -> float:
    """Accepted among drafted tokens."""
    return sum(one.n_accepted for one in rounds) / sum(one.n_drafted for one in rounds)


@pytest.mark.parametrize("n_draft", range(1, 7))
def test_greedy_equals_generate(target: Llama, relative: Llama, n_draft: int) -> None:
    chance, shares = random.Random(n_draft), []
    for _ in range(3):
        prompt = chance.choices(range(TINY.vocab_size), k=chance.randint(1, 20))
        expected = list(generate(target, prompt, 14))
        for draft in (relative, LookupDraft(n=2), loud_model(seed=5)):
            rounds = list(speculate(target, draft, prompt, 14, n_draft=n_draft))
            assert text_of(rounds) == expected
            assert all(1 <= len(one.tokens) == one.n_accepted + 1 <= one.n_drafted + 1 <= n_draft + 1 for one in rounds)
            shares.append(share(rounds) if any(one.n_drafted for one in rounds) else 0)
    assert any(0.05 < one < 0.95 for one in shares)  # accepted and rejected, else agreement means little


def test_one_draft_serves_many_texts(target: Llama, relative: Llama) -> None:
    draft = ModelDraft(relative)
    for prompt in (PROMPT, PROMPT[:3], [9, *PROMPT], PROMPT):
        assert text_of(list(speculate(target, draft, prompt, 12))) == list(generate(target, prompt, 12))


def test_the_target_as_its_own_draft_is_always_right(target: Llama) -> None:
    for how in ({}, {"temperature": 1.0}, {"temperature": 2.0, "top_k": 9, "repetition_penalty": 1.5}):
        rounds = list(speculate(target, loud_model(), PROMPT, 25, generator=torch.Generator().manual_seed(1), **how))
        assert [(len(one.tokens), one.n_drafted, one.n_accepted) for one in rounds] == [(5, 4, 4)] * 5


def test_the_model_reads_the_prompt_once(target: Llama, relative: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    read, original = [], target.hidden_states

    def spy(tokens: torch.Tensor, cache) -> torch.Tensor:
        read.append(tokens.shape[1])
        assert not torch.is_grad_enabled()
        return original(tokens, cache)

    monkeypatch.setattr(target, "hidden_states", spy)
    for number, _ in enumerate(speculate(target, relative, PROMPT, 20, n_draft=3)):
        assert torch.is_grad_enabled()
        assert len(read) == number + 1, "nothing is computed ahead"
    assert read[0] == len(PROMPT) + 3
    assert set(read[1:-1]) == {1 + 3}


def test_a_long_prompt_is_read_in_chunks(target: Llama, relative: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minillama.speculative.CHUNK", 4)
    assert text_of(list(speculate(target, relative, PROMPT * 3, 9))) == list(generate(target, PROMPT * 3, 9))


@pytest.mark.parametrize("length", [1, 50, 58, 60, 61, 62, 63, 64])
def test_the_context_limit(target: Llama, relative: Llama, length: int) -> None:
    prompt = (PROMPT * 13)[:length]
    for draft in (relative, LookupDraft(), loud_model(replace(TINY, max_seq_len=40))):
        assert text_of(list(speculate(target, draft, prompt, 1000, n_draft=6))) == list(generate(target, prompt, 1000))


@pytest.mark.parametrize("n_tokens", [0, 1, 2, 5, 6])
def test_max_new_tokens_cuts_a_round(target: Llama, n_tokens: int) -> None:
    rounds = list(speculate(target, target, PROMPT, n_tokens, n_draft=4))
    assert text_of(rounds) == list(generate(target, PROMPT, n_tokens))
    assert [one.n_drafted for one in rounds] == {0: [], 1: [0], 2: [1], 5: [4], 6: [4, 0]}[n_tokens]


def test_stops_before_a_stop_id_wherever_it_stands(target: Llama, relative: Llama) -> None:
    expected = list(generate(target, PROMPT, 12))
    for stop in set(expected):
        for draft in (target, relative, LookupDraft()):
            rounds = list(speculate(target, draft, PROMPT, 12, stop_ids={stop, 96}))
            assert text_of(rounds) == expected[: expected.index(stop)]
            assert all(one.tokens for one in rounds[:-1])


def test_the_penalty_sees_the_drafted_tokens_before_each_place(target: Llama, relative: Llama) -> None:
    """Against greedy decoding with the penalty, reading everything again for every token."""
    how, text = Sampling(repetition_penalty=4.0), list(PROMPT)
    with torch.no_grad():
        for _ in range(20):
            so_far = torch.tensor([text])
            text.append(how.pick(target(so_far)[:, -1], so_far).item())
    expected = text[len(PROMPT) :]
    assert expected != list(generate(target, PROMPT, 20))
    for draft in (target, relative, LookupDraft(n=1)):
        assert text_of(list(speculate(target, draft, PROMPT, 20, repetition_penalty=4.0))) == expected


def test_seed_decides_and_nothing_is_left_behind(target: Llama, relative: Llama) -> None:
    def write(seed: int) -> list[Round]:
        generator = torch.Generator().manual_seed(seed)
        return list(speculate(target, relative, PROMPT, 20, temperature=1.5, generator=generator))

    prompt = list(PROMPT)
    assert write(1) == write(1) != write(2)
    assert prompt == PROMPT
    one, other = (speculate(target, relative, start, 20) for start in (PROMPT, PROMPT[::-1]))
    in_turns = text_of([first for first, _ in zip(one, other, strict=False)])
    assert in_turns == list(generate(target, PROMPT, 20))[: len(in_turns)]


@pytest.mark.parametrize(
    ("prompt", "fields", "message"),
    [
        ([], {}, "the prompt needs 1 to 64 tokens, got 0"),
        ([1] * 65, {}, "the prompt needs 1 to 64 tokens, got 65"),
        ([3, 97], {}, "token ids must lie between 0 and 96, got 3 to 97: encode the prompt"),
        ([1], {"max_new_tokens": -1}, "max_new_tokens must be 0 or more"),
        ([1], {"n_draft": 0}, "n_draft must be at least 1, got 0: for no draft at all use `generate`"),
        ([1], {"temperature": -1.0}, "temperature must be 0 or larger, got -1.0"),
        ([1], {"draft": loud_model(replace(TINY, vocab_size=89))}, "a vocabulary of 89 tokens and the model one of 97"),
    ],
)
def test_bad_requests_are_refused_at_once(target: Llama, prompt: list[int], fields: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        speculate(target, **{"draft": LookupDraft(), "prompt": prompt, "max_new_tokens": 3, **fields})
