"""The fast form of a model computes what the model computes, and can take its place wherever text is written.

Sizes: V=97 C=64 L=2 H=6 K=2 D=16 F=160, hence H*D=96 and K*D=32, which the 4-bit kernel can hold; context 64.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor

from minillama.attention import fused_attend
from minillama.cache import KVCache
from minillama.config import ModelConfig
from minillama.drafts import LookupDraft, ModelDraft
from minillama.fast import FastBlock, FastLlama, FastNorm, is_packed, prompt_attend, single_attend
from minillama.fixed_cache import FixedCache
from minillama.generation import generate, generate_batch
from minillama.kernels import Int4Linear
from minillama.model import Llama
from minillama.padded_cache import PaddedCache
from minillama.quantization import Grid
from minillama.quantized_cache import Int8Cache
from minillama.quantized_layers import QuantizedEmbedding, quantize_model
from minillama.ring_cache import RingCache
from minillama.rmsnorm import RMSNorm
from minillama.rope_scaling import Llama3Scaling
from minillama.speculative import speculate

CONFIG = replace(TINY, dim=64, n_layers=2, n_heads=6, head_dim=16, hidden_dim=160)
SCALED = replace(CONFIG, rope_scaling=Llama3Scaling(8.0, 1.0, 4.0, 16))
FOUR, EIGHT = Grid(4, 32), Grid(8)
CAPACITY, N = 59, 53  # places of a cache, tokens of a text; N is beyond MANY
BOUND = 0.04  # of the length of all logits; bfloat16 has 8 significant bits, and mistakes pass through every layer


def some_model(config: ModelConfig = CONFIG, grid: Grid | None = None, **how: object) -> Llama:
    """A float32 model with logits of order 8; quantized if a grid is given."""
    model = loud_model(config).float().requires_grad_(False)
    if grid is not None:
        quantize_model(model, grid, **how)
    return model


MODELS: dict[str, Callable[[], Llama]] = {
    "plain": some_model,
    "plain, sizes for no kernel": lambda: some_model(TINY),
    "plain, tied": lambda: some_model(replace(CONFIG, tie_embeddings=True)),
    "scaled RoPE": lambda: some_model(SCALED),
    "one key-value head": lambda: some_model(replace(CONFIG, n_kv_heads=1)),
    "as many key-value heads": lambda: some_model(replace(CONFIG, n_kv_heads=6)),
    "4 bits": lambda: some_model(SCALED, FOUR),
    "4 bits, tied": lambda: some_model(replace(CONFIG, tie_embeddings=True), FOUR),
    "4 bits, plain head": lambda: some_model(CONFIG, FOUR, head=None),
    "4 bits, plain tied head": lambda: some_model(replace(CONFIG, tie_embeddings=True), FOUR, head=None),
    "4 bits, head too": lambda: some_model(replace(CONFIG, vocab_size=112), FOUR, head=FOUR),
    "4 bits, tied head too": lambda: some_model(replace(CONFIG, vocab_size=112, tie_embeddings=True), FOUR, head=FOUR),
    "4 bits, whole rows": lambda: some_model(CONFIG, Grid(4)),
    "8 bits": lambda: some_model(CONFIG, EIGHT),
    "sizes for no kernel": lambda: some_model(TINY, Grid(4, 8)),
    "only the queries": lambda: some_model(CONFIG, FOUR, accept=lambda name: name.endswith("q_proj")),
}


def error(observed: Tensor, expected: Tensor) -> float:
    """Length of the difference as a share of the length of what is expected."""
    assert observed.shape == expected.shape
    return ((observed - expected).norm() / expected.norm()).item()


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
@torch.no_grad()
def test_it_computes_what_the_model_computes(make: Callable[[], Llama]) -> None:
    model = make()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    fast = FastLlama(model)
    for batch, length in ((3, N), (1, 5), (3, 1)):
        tokens = random_tokens(batch, length)
        logits = fast(tokens)
        assert logits.dtype == torch.float32
        assert error(logits, model(tokens)) < BOUND
        hidden = fast.hidden_states(tokens)
        assert hidden.dtype == torch.bfloat16
        assert error(hidden.float(), model.hidden_states(tokens)) < BOUND
    assert list(model.state_dict()) == list(before), "the model is not changed"
    assert all(torch.equal(model.state_dict()[name], tensor) for name, tensor in before.items())
    assert fast.config is model.config


def test_the_bound_would_notice_a_mistake() -> None:
    """Two heads of a model swapped, or rotations left unscaled, are far beyond it."""
    model, tokens = some_model(SCALED), random_tokens(3, N)
    assert error(FastLlama(some_model(CONFIG))(tokens), model(tokens)) > 3 * BOUND
    weight = model.layers[1].attention.q_proj.weight.data
    fast = FastLlama(model)
    weight.copy_(weight.view(6, 16, 64)[[1, 0, 2, 3, 4, 5]].flatten(0, 1))
    assert error(fast(tokens), model(tokens)) > 3 * BOUND


def kinds_of(fast: FastLlama) -> list[str]:
    """Classes of the products of the first layer, and of the head."""
    layer = fast.layers[0]
    products = layer.qkv_proj, layer.o_proj, layer.gate_up_proj, layer.down_proj, fast.lm_head
    return [type(product).__name__ for product in products]


def test_weights_stay_packed() -> None:
    assert kinds_of(FastLlama(MODELS["plain"]())) == ["Linear"] * 5
    assert kinds_of(FastLlama(MODELS["4 bits"]())) == ["Int4Linear"] * 4 + ["Int8Linear"]
    assert kinds_of(FastLlama(MODELS["4 bits, head too"]())) == ["Int4Linear"] * 5
    assert kinds_of(FastLlama(MODELS["only the queries"]()))[:2] == ["Linear"] * 2
    tied = FastLlama(MODELS["4 bits, tied"]())
    assert tied.embed == tied.lm_head.rows, "one table serves both ends"
    untied = FastLlama(MODELS["4 bits"]())
    assert isinstance(untied.embed, QuantizedEmbedding)
    plain = FastLlama(MODELS["plain"]())
    assert {weight.dtype for weight in plain.layers.parameters()} == {torch.bfloat16}
    assert not any(weight.requires_grad for weight in plain.parameters())
    # 4 bits a weight; a scale and a middle of 16 bits each for 32 of them; norms in float32.
    block = FastBlock(MODELS["4 bits"]().layers[0], CONFIG.head_dim)
    n_weights = 64 * (96 + 2 * 32) + 96 * 64 + 3 * 64 * 160
    assert sum(buffer.nbytes for buffer in block.buffers()) == n_weights * (4 + 32 / 32) / 8 + 2 * (64 + 1) * 4


def test_packed_models_are_known() -> None:
    packed = {name for name, make in MODELS.items() if is_packed(make())}
    assert packed == {name for name in MODELS if name.startswith("4 bits")}


PIECES = {"whole": [N], "chunks": [20, 25, 7, 1], "one by one": [1] * N}
CACHES: dict[str, Callable[[], KVCache]] = {
    "growing": lambda: KVCache(CONFIG.n_layers, CAPACITY),
    "fixed": lambda: FixedCache(CONFIG.n_layers, CAPACITY),
    "padded": lambda: PaddedCache(CONFIG.n_layers, CAPACITY, torch.tensor([0, 0, 0])),
    "ring": lambda: RingCache(CONFIG.n_layers, CAPACITY, 3, CONFIG.rope_theta, SCALED.rope_scaling),
    "8 bits": lambda: Int8Cache(CONFIG.n_layers, CAPACITY),
}


@pytest.fixture(scope="module", params=["plain", "4 bits"])
def fast(request: pytest.FixtureRequest) -> FastLlama:
    return FastLlama(some_model(SCALED, None if request.param == "plain" else FOUR))


@torch.no_grad()
def read(fast: FastLlama, tokens: Tensor, cache: KVCache, pieces: list[int]) -> Tensor:
    """Logits of all positions, read piece by piece."""
    return torch.cat([fast(piece, cache) for piece in tokens.split(pieces, dim=1)], dim=1)


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("make", CACHES.values(), ids=CACHES)
def test_cached_equals_uncached(fast: FastLlama, make: Callable[[], KVCache], pieces: list[int]) -> None:
    cache, tokens = make(), random_tokens(3, N)
    assert error(read(fast, tokens, cache, pieces), fast(tokens)) < BOUND
    assert cache.length == N


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_padded_rows_equal_rows_alone(fast: FastLlama, pieces: list[int]) -> None:
    tokens, n_padding = random_tokens(3, N), [0, 5, 30]
    logits = read(fast, tokens, PaddedCache(CONFIG.n_layers, CAPACITY, torch.tensor(n_padding)), pieces)
    for row, n_padded in enumerate(n_padding):
        assert error(logits[row, n_padded:], fast(tokens[row : row + 1, n_padded:])[0]) < BOUND


def test_a_ring_past_its_window(fast: FastLlama) -> None:
    """Against the model itself with the same cache."""
    tokens = random_tokens(3, N)
    rings = [RingCache(CONFIG.n_layers, 11, 3, CONFIG.rope_theta, SCALED.rope_scaling) for _ in range(2)]
    grid = FOUR if isinstance(fast.layers[0].o_proj, Int4Linear) else None
    expected = read(some_model(SCALED, grid), tokens, rings[0], [20, 25, 7, 1])
    assert error(read(fast, tokens, rings[1], [1] * N), expected) < BOUND


def test_bad_input_is_refused_as_by_the_model(fast: FastLlama) -> None:
    with pytest.raises(ValueError, match="but the context is 64"):
        fast(random_tokens(1, 65))
    with pytest.raises(ValueError, match="3 of 4 places are taken. Create the cache with a larger capacity"):
        read(fast, random_tokens(1, 5), FixedCache(CONFIG.n_layers, 4), [3, 2])


def require_best(fast: FastLlama, prompt: list[int], written: list[int]) -> None:
    """Every token is the best one by what a single pass says, up to rounding: several ways may round two apart."""
    logits = fast(torch.tensor([prompt + written]))[0, len(prompt) - 1 : -1]  # (T, V)
    short = logits.amax(1) - logits.gather(1, torch.tensor(written)[:, None])[:, 0]
    assert short.max().item() < 0.7, "logits are of order 8, the second best is 2.5 below the best"


PROMPTS = [[5, 11, 60, 2, 33], [7], [9, 9, 96]]


@pytest.mark.parametrize("make", CACHES.values(), ids=CACHES)
def test_it_writes_with_every_cache(fast: FastLlama, make: Callable[[], KVCache]) -> None:
    cache = make() if make is not CACHES["padded"] else PaddedCache(CONFIG.n_layers, CAPACITY, torch.tensor([0]))
    written = list(generate(fast, PROMPTS[0], 40, cache=cache))
    assert len(written) == 40
    require_best(fast, PROMPTS[0], written)


def test_it_writes_several_texts(fast: FastLlama) -> None:
    steps = list(generate_batch(fast, PROMPTS, 12))
    for row, prompt in enumerate(PROMPTS):
        require_best(fast, prompt, [step[row] for step in steps])

    assert len(list(generate(fast, PROMPTS[0], 1000))) == 64 - 5 + 1


def test_it_is_a_target_and_a_draft(fast: FastLlama) -> None:
    for draft in (ModelDraft(fast), LookupDraft(n=1), some_model(SCALED)):
        rounds = list(speculate(fast, draft, PROMPTS[0], 30))
        assert any(one.n_accepted for one in rounds) or not isinstance(draft, ModelDraft)
        written = [token for one in rounds for token in one.tokens]
        assert len(written) == 30
        require_best(fast, PROMPTS[0], written)


@pytest.mark.parametrize(("n_heads", "n_kv_heads"), [(6, 2), (6, 1), (5, 5)])
@pytest.mark.parametrize("n_keys", [1, 17])
def test_a_single_query_attends_as_any(n_heads: int, n_kv_heads: int, n_keys: int) -> None:
    generator = torch.Generator().manual_seed(1)
    query = 3 * torch.randn(3, n_heads, 1, 10, generator=generator)
    key, value = torch.randn(2, 3, n_kv_heads, n_keys, 10, generator=generator)
    observed = single_attend(query, key, value)
    assert observed.shape == (3, n_heads, 1, 10)
    assert torch.allclose(observed, fused_attend(query, key, value), atol=1e-5)


@pytest.mark.parametrize("block", [1, 5, 17, 128])
def test_a_prompt_attends_as_any(block: int) -> None:
    query = 3 * torch.randn(3, 6, 17, 10, generator=torch.Generator().manual_seed(1))
    key, value = torch.randn(2, 3, 2, 17, 10, generator=torch.Generator().manual_seed(2))
    observed = prompt_attend(query, key, value, block)
    assert observed.dtype == torch.bfloat16
    assert error(observed.float(), fused_attend(query, key, value)) < BOUND


def test_the_norm() -> None:
    norm = RMSNorm(24, eps=1e-5)
    norm.weight.data.uniform_(0.5, 1.5, generator=torch.Generator().manual_seed(1))
    x = torch.randn(3, 17, 24, generator=torch.Generator().manual_seed(2))
    x[0] *= 1e-3  # where eps counts
    x[1] *= 1e3
    observed = FastNorm(norm.weight, norm.eps)(x)
    assert observed.dtype == torch.bfloat16
    assert torch.allclose(observed.float(), norm(x), rtol=2**-8, atol=0)  # half a step of bfloat16
    assert torch.equal(FastNorm(norm.weight, norm.eps)(torch.zeros(2, 24)).float(), torch.zeros(2, 24))
