"""generate: equal to a loop without a cache, seeds, stops, limits, bad input."""

import pytest
import torch
from tiny import TINY, loud_model

from minillama.generation import generate
from minillama.model import Llama
from minillama.sampling import Sampling

PROMPT = [5, 11, 60, 2, 33]


@pytest.fixture(scope="module")
def model() -> Llama:
    return loud_model()


@torch.no_grad()
def uncached(model: Llama, n_tokens: int, temperature: float = 0.0, seed: int = 0) -> list[int]:
    """Read the whole text again for every token."""
    tokens, generator = list(PROMPT), torch.Generator().manual_seed(seed)
    for _ in range(n_tokens):
        logits = model(torch.tensor([tokens]))[:, -1]
        picked = (
            Sampling(temperature=temperature).pick(logits, generator=generator) if temperature else logits.argmax(-1)
        )
        tokens.append(picked.item())
    return tokens[len(PROMPT) :]


def test_greedy_equals_the_argmax_of_the_full_pass(model: Llama) -> None:
    expected = uncached(model, 40)
    assert len(set(expected)) > 10  # a lively text, so that agreement means something
    assert list(generate(model, PROMPT, 40)) == expected


@pytest.mark.parametrize("temperature", [0.7, 1.5])
def test_sampling_equals_sampling_from_the_full_pass(model: Llama, temperature: float) -> None:
    def write(seed: int) -> list[int]:
        generator = torch.Generator().manual_seed(seed)
        return list(generate(model, PROMPT, 30, temperature=temperature, generator=generator))

    assert write(3) == uncached(model, 30, temperature, seed=3)
    assert write(3) == write(3) != write(4)


def test_stops_before_a_stop_id(model: Llama) -> None:
    text = list(generate(model, PROMPT, 20))
    stop = text[7]
    expected = text[: text.index(stop)]
    assert list(generate(model, PROMPT, 20, stop_ids={stop, 96})) == expected
    assert list(generate(model, PROMPT, 20, stop_ids=[text[0]])) == []


def test_stops_at_the_context_limit(model: Llama) -> None:
    # The last prediction needs no place: it is made at position 63 and never read.
    assert len(list(generate(model, PROMPT, 1000))) == TINY.max_seq_len - len(PROMPT) + 1
    assert len(list(generate(model, PROMPT * 12, 1000))) == 5
    assert len(list(generate(model, [1] * 64, 1000))) == 1
    assert len(list(generate(model, PROMPT, 3))) == 3
    assert list(generate(model, PROMPT, 0)) == []


def test_reads_the_prompt_once_then_one_token_at_a_time(model: Llama, monkeypatch: pytest.MonkeyPatch) -> None:
    read, original = [], model.hidden_states

    def spy(tokens: torch.Tensor, cache) -> torch.Tensor:
        read.append(tokens.shape[1])
        assert not torch.is_grad_enabled()  # no graph is kept: it would fill the memory
        return original(tokens, cache)

    monkeypatch.setattr(model, "hidden_states", spy)
    text = generate(model, PROMPT, 4)
    assert read == []
    next(text)
    assert read == [5]  # nothing is computed ahead
    list(text)
    assert read == [5, 1, 1, 1]


def test_leaves_the_caller_alone(model: Llama) -> None:
    prompt = list(PROMPT)
    for _ in generate(model, prompt, 2):
        assert torch.is_grad_enabled()
    assert prompt == PROMPT
    assert all(weight.grad is None for weight in model.parameters())
    assert list(generate(model, tuple(PROMPT), 5)) == list(generate(model, PROMPT, 5))  # no state is left


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ([], "the prompt needs 1 to 64 tokens, got 0"),
        ([1] * 65, "the prompt needs 1 to 64 tokens, got 65"),
        ([3, 97], "token ids must lie between 0 and 96, got 3 to 97: encode the prompt with this model's tok"),
        ([-1, 4], "token ids must lie between 0 and 96, got -1 to 4"),
    ],
)
def test_bad_prompts(model: Llama, prompt: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        next(generate(model, prompt, 1))


def test_bad_temperature(model: Llama) -> None:
    with pytest.raises(ValueError, match="temperature must be 0 or larger, got -1"):
        next(generate(model, PROMPT, 1, temperature=-1.0))
