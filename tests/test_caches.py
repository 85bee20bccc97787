"""Every kind of cache: reading with it, in any pieces, equals reading without it at every position."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model
from torch import Tensor

from minillama.attention import fused_attend
from minillama.cache import KVCache
from minillama.fixed_cache import FixedCache
from minillama.model import Llama
from minillama.padded_cache import PaddedCache
from minillama.quantized_cache import Int8Cache
from minillama.ring_cache import RingCache, RingLayerCache
from minillama.rope import apply_rope, rope_table
from minillama.rope_scaling import Llama3Scaling

N = 37  # tokens of the text
PIECES = {"whole": [N], "chunks": [20, 9, 7, 1], "one by one": [1] * N}
CAPACITY = 41  # none of the other sizes
MAKERS: dict[str, Callable[[], KVCache]] = {
    "growing": lambda: KVCache(TINY.n_layers, CAPACITY),
    "fixed": lambda: FixedCache(TINY.n_layers, CAPACITY),
    "ring, not full": lambda: RingCache(TINY.n_layers, CAPACITY, n_sinks=3, theta=TINY.rope_theta),
}


@pytest.fixture(scope="module", params=["plain", "scaled RoPE", "one key-value head"])
def model(request: pytest.FixtureRequest) -> Llama:
    scaling = Llama3Scaling(8.0, 1.0, 4.0, 16) if request.param == "scaled RoPE" else None
    n_kv_heads = 1 if request.param == "one key-value head" else TINY.n_kv_heads
    scaled = replace(TINY, rope_scaling=scaling, n_kv_heads=n_kv_heads)
    return loud_model(scaled)


@pytest.fixture(scope="module")
def tokens() -> Tensor:
    return torch.randint(TINY.vocab_size, (3, N), generator=torch.Generator().manual_seed(5))


@torch.no_grad()
def read(model: Llama, tokens: Tensor, cache: KVCache, pieces: list[int]) -> Tensor:
    """Logits of all positions, read piece by piece."""
    return torch.cat([model(piece, cache) for piece in tokens.split(pieces, dim=1)], dim=1)


def close(observed: Tensor, expected: Tensor) -> bool:
    return (observed - expected).abs().max().item() <= 1e-5 * expected.abs().max().item()


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@torch.no_grad()
def test_cached_equals_uncached(model: Llama, tokens: Tensor, make: Callable[[], KVCache], pieces: list[int]) -> None:
    cache = make()
    assert close(read(model, tokens, cache, pieces), model(tokens))
    assert cache.length == N


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@torch.no_grad()
def test_padded_rows_equal_rows_alone(model: Llama, tokens: Tensor, pieces: list[int]) -> None:
    n_padding = torch.tensor([0, 5, 30])  # more than the first chunk: a whole piece is padding
    logits = read(model, tokens, PaddedCache(TINY.n_layers, CAPACITY, n_padding), pieces)
    assert logits.isfinite().all()
    for row, n_padded in enumerate(n_padding.tolist()):
        assert close(logits[row, n_padded:], model(tokens[row : row + 1, n_padded:])[0])


def banded(model: Llama, tokens: Tensor, window: int) -> Tensor:
    """Logits without a cache, where each token looks at itself and the window - 1 tokens before it."""
    places = torch.arange(tokens.shape[1])
    band = (places <= places[:, None]) & (places > places[:, None] - window)

    class Band:
        def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor]:
            return key, value, band

    cos, sin = rope_table(places, TINY.head_dim, TINY.rope_theta, model.config.rope_scaling)
    x = model.token_embedding(tokens)
    for layer in model.layers:
        x = layer(x, cos, sin, Band())
    return model.lm_head(model.final_norm(x))


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@torch.no_grad()
def test_ring_past_its_window_equals_a_band(model: Llama, tokens: Tensor, pieces: list[int]) -> None:
    ring = RingCache(TINY.n_layers, window=11, n_sinks=0)
    observed = read(model, tokens, ring, pieces)
    assert close(observed, banded(model, tokens, 11))
    assert not close(observed, model(tokens))  # the window matters
    assert ring.layers[0]._keys.shape[2] == 10  # what the next token may look at, and no more


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_sinks_stand_right_before_the_window(pieces: list[int]) -> None:
    window, n_sinks = 11, 3
    plain = torch.randn(3, 2, 2, N, 6, generator=torch.Generator().manual_seed(3))  # query, key, value
    query, key = (apply_rope(x, *rope_table(torch.arange(N), 6)) for x in plain[:2])
    layer = RingLayerCache(window, n_sinks, theta=10_000.0, scaling=None)
    parts = zip(*(x.split(pieces, dim=2) for x in (query, key, plain[2])), strict=True)
    observed = torch.cat([fused_attend(q, *layer.append(k, v)) for q, k, v in parts], dim=2)
    for own in range(N):
        kept = [*range(min(n_sinks, own + 1)), *range(max(n_sinks, own + 1 - window + n_sinks), own + 1)]
        cos, sin = rope_table(torch.arange(len(kept)), 6)  # positions are places in the window
        turned = apply_rope(plain[1][:, :, kept], cos, sin)
        asking = apply_rope(plain[0][:, :, own : own + 1], cos[-1:], sin[-1:])
        expected = fused_attend(asking, turned, plain[2][:, :, kept])
        assert torch.allclose(observed[:, :, own : own + 1], expected, atol=1e-5), own


@torch.no_grad()
def test_ring_goes_on_past_the_context(model: Llama, tokens: Tensor) -> None:
    text = tokens.repeat(1, 3)  # 111 tokens, context 64
    ring = RingCache(TINY.n_layers, window=64, n_sinks=0)
    assert close(read(model, text, ring, [50, 50, 11]), banded(model, text, 64))
    with pytest.raises(ValueError, match="a ring cache cannot go back"):
        ring.rewind(3)


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
@torch.no_grad()
def test_eight_bits_stay_within_their_bound(model: Llama, tokens: Tensor, pieces: list[int]) -> None:
    expected = model(tokens)
    observed = read(model, tokens, Int8Cache(TINY.n_layers, CAPACITY), pieces)
    error = (observed - expected).norm() / expected.norm()
    assert 1e-5 < error < 0.05, error
    key = torch.randn(3, 2, 7, 6)
    key[0, 0, 0] = 0  # a vector of nothing has no scale
    decoded, _, _ = Int8Cache(1, 8).layers[0].append(key[:, :, :4], key[:, :, :4])
    bound = key[:, :, :4].abs().amax(-1, keepdim=True) / 254
    assert ((decoded - key[:, :, :4]).abs() <= bound * (1 + 1e-5)).all()


def test_eight_bits_take_a_quarter_of_float32() -> None:
    layer = Int8Cache(1, capacity=16).layers[0]
    layer.append(*torch.zeros(2, 1, 2, 4, 64))
    stored = [layer._codes._keys, layer._codes._values, layer._scales._keys, layer._scales._values]
    assert sum(x.numel() * x.element_size() for x in stored) == 2 * 16 * 2 * (64 + 4)


@pytest.mark.parametrize("make", [MAKERS["growing"], MAKERS["fixed"], lambda: Int8Cache(TINY.n_layers, CAPACITY)])
@torch.no_grad()
def test_rewinding_forgets(model: Llama, tokens: Tensor, make: Callable[[], KVCache]) -> None:
    cache, straight = make(), make()
    read(model, tokens[:, :20], cache, [20])
    cache.rewind(8)
    assert cache.length == 8
    read(model, tokens[:, :8], straight, [8])
    assert close(model(tokens[:, 20:26], cache), model(tokens[:, 20:26], straight))
    with pytest.raises(ValueError, match="cannot go back to 15 tokens: the cache holds 14"):
        cache.rewind(15)


def test_fixed_shapes_stay() -> None:
    cache, one = FixedCache(1, capacity=5), torch.ones(1, 2, 1, 3)
    assert cache.layers[0].append(one, one)[2] is None  # the first token has nothing else to look at
    for n_stored in (2, 3):
        keys, values, visible = cache.layers[0].append(one, one)
        assert keys.shape == values.shape == (1, 2, 5, 3)
        assert visible.tolist() == [[place < n_stored for place in range(5)]]


def test_bad_requests(model: Llama, tokens: Tensor) -> None:
    with pytest.raises(ValueError, match="a window of 5 needs 0 to 3 sinks, got 4"):
        RingCache(1, window=5, n_sinks=4)
    with pytest.raises(ValueError, match="n_padding must hold one number from 0 to 7 for each row, got .0, 8."):
        PaddedCache(1, 8, torch.tensor([0, 8]))
    for kind in (FixedCache, Int8Cache):
        with pytest.raises(ValueError, match="n_layers and capacity must be positive, got 0 and 8"):
            kind(0, 8)
    with pytest.raises(ValueError, match="40 tokens in the cache and 37 new ones make 77, but the context is 64"):
        cache = KVCache(TINY.n_layers, 100)
        read(model, torch.zeros(3, 40, dtype=torch.int64), cache, [40])
        read(model, tokens, cache, [N])
