"""Checks of chapter 05: the Attention module."""

import torch
from torch import Tensor, nn

from ...cache import LayerCache
from ...padded_cache import PaddedCache
from ...rope import apply_rope, rope_table
from ..checking import expect, expect_close, expect_shape
from .attention import last_changed, oracle

C, H, K, D = 10, 4, 2, 6  # H * D = 24 and K * D = 12: neither is C


def make_layer(layer_class: type) -> nn.Module:
    """A small layer in float64 with large weights, so that mistakes show."""
    layer = layer_class(C, H, K, D).double()
    with torch.no_grad():
        for weight in layer.parameters():
            weight.normal_(std=0.7)
    return layer


def call(layer: nn.Module, x: Tensor, start: int = 0, cache: LayerCache | None = None) -> Tensor:
    """Run a layer on tokens at positions start, start + 1, ..."""
    return layer(x, *rope_table(torch.arange(start, start + x.shape[1]), D), cache)


def random_text(n_tokens: int = 7) -> Tensor:
    """(2, T, C), float64."""
    return torch.randn(2, n_tokens, C, dtype=torch.float64)


def check_layer_weights(layer_class: type) -> None:
    """four projections without bias."""
    shapes = {name: tuple(weight.shape) for name, weight in layer_class(C, H, K, D).named_parameters()}
    expected = {
        "q_proj.weight": (H * D, C),
        "k_proj.weight": (K * D, C),
        "v_proj.weight": (K * D, C),
        "o_proj.weight": (C, H * D),
    }
    expect(shapes == expected, f"the weights are {shapes}, expected {expected}: LLaMA's checkpoints have these")


def check_layer_sees_no_future(layer_class: type) -> None:
    """no token sees a later one."""
    layer, x = make_layer(layer_class), random_text()
    output = call(layer, x)
    expect_shape(output, (2, 7, C), "the layer's output for x of shape (2, 7, 10)")
    moved = (call(layer, last_changed(x, 1)) - output)[:, :-1].abs().max()
    expect(
        moved < 1e-6,
        "changing the last token changed earlier results: the future leaks. fused_attend is causal, so look at how "
        "heads are split and merged: (B, H, T, D) needs transpose(1, 2) before the last two dimensions are joined",
    )


def check_layer_knows_order(layer_class: type) -> None:
    """queries and keys are rotated."""
    layer, x = make_layer(layer_class), random_text()
    swapped = x[:, [1, 0, *range(2, 7)]]
    moved = (call(layer, x) - call(layer, swapped))[:, -1].abs().max()
    expect(
        moved > 1e-3,
        "swapping the first two tokens changes nothing for the last one: the layer does not know their order. Apply "
        "apply_rope to query and key, both",
    )


def check_layer_knows_only_distance(layer_class: type) -> None:
    """values are not rotated."""
    layer, x = make_layer(layer_class), random_text()
    moved = (call(layer, x, start=40) - call(layer, x, start=0)).abs().max()
    expect(
        moved < 1e-3,
        f"the same text 40 positions later gives another result (by {moved:.2f}): only distances may count. Rotate "
        "query and key with the same cos and sin, and leave the values as they are",
    )


def check_layer_value(layer_class: type) -> None:
    """equal to PyTorch's attention on rotated heads."""
    layer, x = make_layer(layer_class), random_text()
    cos, sin = rope_table(torch.arange(7), D)
    query, key, value = (
        torch.stack((x @ weight.T).split(D, dim=-1), dim=1)
        for weight in (layer.q_proj.weight, layer.k_proj.weight, layer.v_proj.weight)
    )
    gathered = oracle(apply_rope(query, cos, sin), apply_rope(key, cos, sin), value)  # (B, H, T, D)
    expected = torch.cat(gathered.unbind(1), dim=-1) @ layer.o_proj.weight.T
    expect_close(
        call(layer, x),
        expected,
        "Attention(10, 4, 2, 6) applied to x",
        "Each projection has its own use; heads stay in order; o_proj comes last.",
        rtol=1e-3,
    )


def check_layer_cache(layer_class: type) -> None:
    """a text read in pieces through a cache gives the same."""
    layer, x, cache = make_layer(layer_class), random_text(), LayerCache(capacity=7)
    pieces = [call(layer, x[:, start:end], start, cache) for start, end in ((0, 4), (4, 6), (6, 7))]
    expect(
        cache.length == 7,
        f"after 7 tokens the cache holds {cache.length}: call cache.append(key, value) if there is a cache",
    )
    expect_close(
        torch.cat(pieces, dim=1),
        call(layer, x),
        "the text read in pieces of 4, 2 and 1 tokens",
        "Append the rotated key and the value, and attend to what cache.append returns.",
        rtol=1e-3,
    )


def check_layer_padding(layer_class: type) -> None:
    """a cache may hide keys."""
    layer, x = make_layer(layer_class), random_text()
    cache = PaddedCache(n_layers=1, capacity=7, n_padding=torch.tensor([0, 3]))
    with_padding = call(layer, x, cache=cache.layers[0])
    expect_close(
        with_padding[1, 3:],
        call(layer, x[1:, 3:], start=3)[0],
        "a text behind three tokens of padding",
        "cache.append returns a third value, which keys each query may see: hand it on to fused_attend.",
        rtol=1e-3,
    )


def check_layer_learns(layer_class: type) -> None:
    """all four projections get a gradient."""
    layer = make_layer(layer_class)
    call(layer, random_text()).pow(2).sum().backward()
    idle = [name for name, weight in layer.named_parameters() if weight.grad is None or not weight.grad.any()]
    expect(not idle, f"no gradient reaches {', '.join(idle)}: avoid no_grad, detach and .data in forward")
