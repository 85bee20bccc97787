"""Compiled steps: what the eager form computes, for any model, batch and capacity in one process.

Programs have no guards: nothing at run time notices when one serves inputs that it was not compiled for. So the
models have equal shapes and other weights, and the sizes of the first call meet the others: as many keys as texts,
as key-value heads, as channels of a head, as places; and strides that equal sizes. A lane of its own, because
compiling takes minutes.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor

from minillama import compiled
from minillama.cache import KVCache
from minillama.compiled import COMPILERS, CompiledLlama
from minillama.fast import FastLlama
from minillama.fixed_cache import FixedCache
from minillama.generation import generate, generate_batch, last_logits
from minillama.quantization import Grid
from minillama.quantized_cache import Int8Cache
from minillama.quantized_layers import quantize_model
from minillama.rope_scaling import Llama3Scaling

if not any(map(shutil.which, COMPILERS)):
    pytest.skip(f"compiling needs a C++ compiler, one of {', '.join(COMPILERS)}", allow_module_level=True)

# V=97 C=64 L=2 H=6 K=2 D=16 F=160, which the 4-bit kernel can hold; context 200.
PACKED = replace(
    TINY, dim=64, n_layers=2, n_heads=6, head_dim=16, hidden_dim=160, max_seq_len=200,
    rope_scaling=Llama3Scaling(8.0, 1.0, 4.0, 16),
)  # fmt: skip
PLAIN = replace(TINY, tie_embeddings=True)
BOUND = 0.05  # of the length of a step's logits: both round to bfloat16, at different places
PROMPT = [5, 11, 60, 2, 33]


@pytest.fixture(scope="module", autouse=True)
def _fresh_programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing compiled before is used."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path_factory.mktemp("programs")))
        yield


class Pair:
    """The eager and the compiled form of one model."""

    def __init__(self, seed: int, is_packed: bool) -> None:
        model = loud_model(PACKED if is_packed else PLAIN, seed).float().requires_grad_(False)
        if is_packed:
            quantize_model(model, Grid(4, 32))
        self.fast, self.compiled = FastLlama(model), CompiledLlama(FastLlama(model))


@pytest.fixture(scope="module")
def one() -> Pair:
    return Pair(seed=1, is_packed=True)


@pytest.fixture(scope="module")
def other() -> Pair:
    return Pair(seed=2, is_packed=True)


@pytest.fixture(scope="module")
def plain() -> Pair:
    return Pair(seed=3, is_packed=False)


def read(model: FastLlama | CompiledLlama, tokens: Tensor, n_first: int, capacity: int) -> Tensor:
    """Logits of the next token after a first piece and after every further token, shape (steps, B, V)."""
    cache = FixedCache(model.config.n_layers, capacity)
    pieces = tokens.split([n_first, *[1] * (tokens.shape[1] - n_first)], dim=1)
    logits = torch.stack([last_logits(model, piece, cache) for piece in pieces])
    assert cache.length == tokens.shape[1]
    return logits


def worst_step(pair: Pair, tokens: Tensor, n_first: int, capacity: int) -> float:
    """Largest distance of a step's logits between the two forms, as a share of their length."""
    observed, expected = (read(model, tokens, n_first, capacity) for model in (pair.compiled, pair.fast))
    assert observed.shape == expected.shape
    return ((observed - expected).norm(dim=-1) / expected.norm(dim=-1)).max().item()


def require_best(pair: Pair, prompt: list[int], written: list[int]) -> None:
    """Every token is the eager form's own choice, up to rounding; the second best is about 2.5 below the best."""
    logits = pair.fast(torch.tensor([prompt + written]))[0, len(prompt) - 1 : -1]  # (T, V)
    short = logits.amax(1) - logits.gather(1, torch.tensor(written)[:, None])[:, 0]
    assert short.max().item() < 0.7


def test_programs_do_not_stand_in_for_each_other(one: Pair, other: Pair, plain: Pair) -> None:
    tokens = random_tokens(3, 59)
    assert worst_step(one, tokens[:1], n_first=1, capacity=59) < BOUND  # two keys, as there are key-value heads
    assert worst_step(other, tokens[:1], n_first=40, capacity=59) < BOUND
    assert worst_step(one, tokens[1:2], n_first=30, capacity=59) < BOUND
    assert worst_step(other, tokens[1:2], n_first=1, capacity=59) < BOUND  # fewer keys than when it was compiled
    assert worst_step(one, tokens, n_first=2, capacity=59) < BOUND  # three keys and three texts
    assert worst_step(one, tokens[:1, :37], n_first=15, capacity=37) < BOUND  # as many keys as channels of a head
    assert worst_step(plain, tokens[:1], n_first=9, capacity=59) < BOUND
    assert worst_step(one, tokens[2:], n_first=1, capacity=59) < BOUND
    assert worst_step(plain, tokens[1:2], n_first=1, capacity=59) < BOUND
    between = read(one.fast, tokens[:1], 1, 59) - read(other.fast, tokens[:1], 1, 59)
    assert between.norm() > 10 * BOUND * read(one.fast, tokens[:1], 1, 59).norm(), "the models differ"


def test_many_keys(one: Pair) -> None:
    """From less than one vector register of keys to many."""
    assert worst_step(one, random_tokens(1, 180), n_first=3, capacity=181) < BOUND


def test_the_first_step_may_fill_the_cache(one: Pair) -> None:
    tokens = random_tokens(1, 47)
    assert worst_step(one, tokens, n_first=46, capacity=47) < BOUND
    assert worst_step(one, tokens[:, :40], n_first=3, capacity=47) < BOUND


def test_a_prompt_whose_last_chunk_is_one_token(one: Pair) -> None:
    for chunk in (4, 512):
        cache = FixedCache(PACKED.n_layers, 53)
        require_best(one, PROMPT, list(generate(one.compiled, PROMPT, 30, cache=cache, chunk=chunk)))


@pytest.mark.parametrize("kind", [KVCache, FixedCache])
def test_the_head_reads_the_last_token_of_any_prompt(other: Pair, kind: type[KVCache]) -> None:
    """The states of the last token lie close together after one token, and far apart after several."""
    for n_tokens in (1, 2, 9):
        tokens = random_tokens(3, n_tokens)
        observed, expected = (
            last_logits(model, tokens, kind(PACKED.n_layers, 20)) for model in (other.compiled, other.fast)
        )
        assert (observed - expected).norm() < BOUND * expected.norm()


def test_several_texts(other: Pair) -> None:
    for prompts in ([[7], [9], [96]], [[7], PROMPT, PROMPT[:3]]):
        steps = list(generate_batch(other.compiled, prompts, 7))
        for row, prompt in enumerate(prompts):
            require_best(other, prompt, [step[row] for step in steps])


def test_generate_writes_what_the_eager_form_writes(one: Pair, other: Pair, plain: Pair) -> None:
    for pair in (one, other, plain):
        for prompt in (PROMPT, [7], PROMPT * 4):
            cache = FixedCache(pair.fast.config.n_layers, 59)
            written = list(generate(pair.compiled, prompt, 30, cache=cache))
            assert len(written) == 30
            assert cache.length == len(prompt) + 30 - 1
            require_best(pair, prompt, written)


def test_a_text_goes_on_where_another_form_left_it(one: Pair) -> None:
    cache = FixedCache(PACKED.n_layers, 59)
    begun = list(generate(one.fast, PROMPT, 6, cache=cache))
    cache.rewind(9)
    written = list(generate(one.compiled, begun[4:6], 9, cache=cache))  # nine were read: the prompt and four
    require_best(one, PROMPT + begun, written)


def test_other_caches_run_as_before(one: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """The very same numbers, because nothing of it is compiled."""
    monkeypatch.setattr(compiled.torch, "compile", None)
    tokens = random_tokens(1, 9)
    for kind in (KVCache, Int8Cache):
        ours, theirs = (kind(PACKED.n_layers, 59) for _ in range(2))
        for piece in tokens.split([6, 1, 1, 1], dim=1):
            assert torch.equal(one.compiled(piece, ours), one.fast(piece, theirs))
    assert torch.equal(one.compiled(tokens), one.fast(tokens))


def test_the_end_of_cache_and_context(one: Pair, plain: Pair) -> None:
    written = []
    with pytest.raises(ValueError, match="59 of 59 places are taken. Create the cache with a larger capacity"):
        for token in generate(one.compiled, PROMPT, 100, cache=FixedCache(PACKED.n_layers, 59)):
            written.append(token)
    assert len(written) == 59 - len(PROMPT) + 1
    require_best(one, PROMPT, written)
    at_end = FixedCache(PLAIN.n_layers, 80)  # beyond the context of 64
    assert len(list(generate(plain.compiled, PROMPT, 100, cache=at_end))) == 64 - 5 + 1
    with pytest.raises(ValueError, match="but the context is 64"):
        plain.compiled(torch.tensor([[5]]), at_end)


@pytest.mark.parametrize(("n_stored", "n_asked"), [(3, 1), (1, 3)])
def test_a_cache_of_another_batch_is_refused(one: Pair, n_stored: int, n_asked: int) -> None:
    cache = FixedCache(PACKED.n_layers, 59)
    last_logits(one.compiled, random_tokens(n_stored, 4), cache)
    with pytest.raises(ValueError, match=f"the cache holds a batch of {n_stored}, got {n_asked}: use a new cache"):
        one.compiled.hidden_states(random_tokens(n_asked, 1), cache)


def test_without_a_compiler_the_message_says_so(one: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled.shutil, "which", lambda _: None)
    with pytest.raises(ValueError, match="needs one of g.., .*, and none is here. Install one"):
        CompiledLlama(one.fast)
