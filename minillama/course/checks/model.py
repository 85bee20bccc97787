"""Checks of chapter 06, part one: the block and the model."""

from dataclasses import replace

import torch
from torch import Tensor, nn

from ...cache import KVCache, LayerCache
from ...config import ModelConfig
from ...rope import rope_table
from ...rope_scaling import Llama3Scaling
from ..checking import Wrong, expect, expect_close, expect_error, expect_shape

# Pairwise distinct sizes, so that a swapped axis cannot pass.
SMALL = ModelConfig(
    vocab_size=29, dim=12, n_layers=3, n_heads=4, n_kv_heads=2, head_dim=6, hidden_dim=20, max_seq_len=16, norm_eps=1e-3
)
LONG = replace(SMALL, rope_theta=500.0, rope_scaling=Llama3Scaling(8.0, original_max_seq_len=8))
TOKENS = torch.tensor([[3, 14, 15, 9, 26], [2, 7, 18, 28, 1]])


def check_block_is_transparent(block_class: type) -> None:
    """a silent block changes nothing."""
    block, x, cos, sin = _block_and_input(block_class)
    with torch.no_grad():
        block.attention.o_proj.weight.zero_()
        block.feedforward.down_proj.weight.zero_()
        y = block(x, cos, sin)
    expect_shape(y, tuple(x.shape), "block(x)")
    expect(
        bool(y.abs().max() > 0),
        "with both layers silent the block returned zeros: the result of a layer must be added to x, not replace it",
    )
    expect_close(
        y,
        x,
        "with both layers silent, block(x)",
        "It should be x itself: normalize a copy for the layer to read, and leave the residual stream alone.",
    )


def check_block_value(block_class: type) -> None:
    """equal to the formula."""
    block, x, cos, sin = _block_and_input(block_class)
    with torch.no_grad():
        y, mistakes = block(x, cos, sin), _block_mistakes(block, x, cos, sin)
        middle = x + block.attention(block.attention_norm(x), cos, sin)
        expected = middle + block.feedforward(block.feedforward_norm(middle))
    expect_shape(y, tuple(x.shape), "block(x)")
    _expect_none(y, mistakes)
    expect_close(y, expected, "block(x)", "Compare with the two equations, symbol by symbol.")


def check_block_cache(block_class: type) -> None:
    """the cache reaches attention."""
    block, x, cos, sin = _block_and_input(block_class)
    cache = LayerCache(capacity=8)
    with torch.no_grad():
        whole = block(x, cos, sin)
        block(x[:, :3], cos[:3], sin[:3], cache)
        rest = block(x[:, 3:], cos[3:], sin[3:], cache)
    expect(cache.length > 0, "the cache stayed empty: hand `cache` to self.attention as its last argument")
    expect_close(rest, whole[:, 3:], "block on the last tokens, with the first three in the cache")


def check_llama_shapes(llama_class: type) -> None:
    """a row of logits for every position."""
    model = loud(llama_class(SMALL))
    with torch.no_grad():
        hidden, logits = model.hidden_states(TOKENS), model(TOKENS)
    expect_shape(hidden, (2, 5, 12), "hidden_states of 2 texts with 5 tokens")
    expect(
        not isinstance(logits, Tensor) or logits.shape != hidden.shape,
        "forward returned the hidden states: send them through self.lm_head",
    )
    expect_shape(logits, (2, 5, 29), "the logits of 2 texts with 5 tokens, vocabulary 29: one row for every position;")


def check_llama_value(llama_class: type) -> None:
    """equal to the picture, step by step."""
    model = loud(llama_class(SMALL))
    with torch.no_grad():
        logits, mistakes = model(TOKENS), _llama_mistakes(model)
        expected = _logits(model, SMALL)
    _expect_none(logits, mistakes)
    expect_close(logits, expected, "model(tokens)", "Follow one token through the picture of the model.")


def check_llama_rope(llama_class: type) -> None:
    """the config's rope_theta and rope_scaling."""
    model = loud(llama_class(LONG))
    with torch.no_grad():
        logits = model(TOKENS)
        mistakes = {
            "rope_table was called without the config's rope_theta": _logits(model, replace(LONG, rope_theta=10_000.0)),
            "rope_table was called without the config's rope_scaling": _logits(model, replace(LONG, rope_scaling=None)),
        }
        expected = _logits(model, LONG)
    _expect_none(logits, mistakes)
    expect_close(logits, expected, "a model with rope_theta 500 and scaled frequencies")


def check_llama_cache(llama_class: type) -> None:
    """with a cache, the same logits."""
    model, cache = loud(llama_class(SMALL)), KVCache(SMALL.n_layers, capacity=8)
    with torch.no_grad():
        whole = model(TOKENS)
        parts = [model(chunk, cache) for chunk in TOKENS.split([3, 1, 1], dim=1)]
    lengths = [layer.length for layer in cache.layers]
    expect(
        lengths == [5, 5, 5],
        f"after 5 tokens the caches of the 3 layers hold {lengths} tokens: every layer gets its own cache, the "
        "layer_cache that `zip(self.layers, caches)` pairs it with, and forward hands its cache to hidden_states",
    )
    expect_close(torch.cat(parts, dim=1), whole, "tokens read in pieces of 3, 1 and 1 with a cache")


def check_llama_tied(llama_class: type) -> None:
    """a tied head is the embedding."""
    tied, untied = llama_class(replace(SMALL, tie_embeddings=True)), llama_class(SMALL)
    expect(
        tied.lm_head.weight is tied.token_embedding.weight,
        "with tie_embeddings the head must be the embedding matrix itself, one parameter with two names",
    )
    expect(untied.lm_head.weight is not untied.token_embedding.weight, "the head is tied though the config is not")


def check_llama_refuses(llama_class: type) -> None:
    """bad input is refused."""
    model = llama_class(SMALL)
    expect_error(lambda: model(TOKENS[0]), ValueError, "one flat row of tokens")
    expect_error(lambda: model(torch.zeros(1, 17, dtype=torch.int64)), ValueError, "17 tokens with a context of 16")


def loud(module: nn.Module) -> nn.Module:
    """Give a module large weights and uneven gains, so that every part matters."""
    with torch.no_grad():
        for weight in module.parameters():
            if weight.dim() == 1:
                weight.uniform_(0.5, 1.5)
            else:
                weight.normal_(std=1.5 / weight.shape[1] ** 0.5)
    return module


def _block_and_input(block_class: type) -> tuple[nn.Module, Tensor, Tensor, Tensor]:
    """A block, a stream of 2 texts with 5 tokens, and the rotations."""
    cos, sin = rope_table(torch.arange(5), SMALL.head_dim)
    return loud(block_class(SMALL)), 2 * torch.randn(2, 5, 12), cos, sin


def _block_mistakes(block: nn.Module, x: Tensor, cos: Tensor, sin: Tensor) -> dict[str, Tensor]:
    """What plausible wrong blocks would give."""

    def attention(y: Tensor) -> Tensor:
        return block.attention(y, cos, sin)

    norm1, norm2, feedforward = block.attention_norm, block.feedforward_norm, block.feedforward
    middle, copy, plain = x + attention(norm1(x)), norm1(x), x + attention(x)
    after = norm1(plain)
    dense = x + feedforward(norm2(x))
    return {
        "the feed-forward layer replaces the stream instead of adding to it": feedforward(norm2(middle)),
        "attention replaces the stream instead of adding to it": attention(copy) + feedforward(norm2(attention(copy))),
        "the stream itself is normalized: x = norm(x) throws away its size": copy
        + attention(copy)
        + feedforward(norm2(copy + attention(copy))),
        "attention reads the stream without its norm": plain + feedforward(norm2(plain)),
        "the feed-forward layer reads the stream without its norm": middle + feedforward(middle),
        "no layer reads through its norm": plain + feedforward(plain),
        "the norms stand behind the additions (post-norm), where they change the stream": norm2(
            after + feedforward(after)
        ),
        "the feed-forward layer reads the old x: let it read the stream after attention": middle
        + feedforward(norm2(x)),
        "both halves use attention_norm": middle + feedforward(norm1(middle)),
        "the feed-forward layer comes before attention": dense + attention(norm1(dense)),
    }


def _logits(model: nn.Module, config: ModelConfig) -> Tensor:
    """The forward pass written out, with the rotations of ``config``."""
    cos, sin = rope_table(torch.arange(5), config.head_dim, config.rope_theta, config.rope_scaling)
    x = model.token_embedding(TOKENS)
    for layer in model.layers:
        x = layer(x, cos, sin)
    return model.lm_head(model.final_norm(x))


def _llama_mistakes(model: nn.Module) -> dict[str, Tensor]:
    """What plausible wrong models would give."""
    cos, sin = rope_table(torch.arange(5), SMALL.head_dim, SMALL.rope_theta)
    start, norm, layers = model.token_embedding(TOKENS), model.final_norm, list(model.layers)

    def stream(x: Tensor, layers: list[nn.Module]) -> Tensor:
        for layer in layers:
            x = layer(x, cos, sin)
        return x

    def normed_between(x: Tensor) -> Tensor:
        for layer in layers:
            x = norm(layer(x, cos, sin))
        return x

    hidden = {
        "the head reads the stream without the final norm": stream(start, layers),
        "the final norm is applied twice": norm(norm(stream(start, layers))),
        "the final norm stands inside the loop: it belongs after the last layer": normed_between(start),
        "every layer reads the embedding: let each read what the one before returned": norm(
            layers[-1](start, cos, sin)
        ),
        "the first layer is skipped": norm(stream(start, layers[1:])),
        "the last layer is skipped": norm(stream(start, layers[:-1])),
        "only one layer was used": norm(layers[0](start, cos, sin)),
        "the embedding is multiplied by sqrt(C), which LLaMA does not do": norm(stream(start * 12**0.5, layers)),
    }
    return {mistake: model.lm_head(x) for mistake, x in hidden.items()}


def _expect_none(actual: Tensor, mistakes: dict[str, Tensor]) -> None:
    """Name the mistake whose result this is, if any."""
    for mistake, result in mistakes.items():
        if actual.shape == result.shape and torch.allclose(actual, result, rtol=1e-4, atol=1e-5):
            raise Wrong(mistake)
