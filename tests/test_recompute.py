"""Tests of minillama.recompute: the same gradients, less memory."""

import copy

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor, nn

from minillama.cache import KVCache
from minillama.loss import next_token_loss
from minillama.model import Llama
from minillama.recompute import keep_activations, recompute_activations, saved_bytes

B, T = 3, 17


def gradients(model: nn.Module) -> list[Tensor]:
    model.zero_grad()
    next_token_loss(model(random_tokens(B, T)), random_tokens(B, T, seed=5)).backward()
    return [parameter.grad for parameter in model.parameters()]


def test_gradients_and_names_stay_the_same() -> None:
    model = loud_model()
    names, logits, expected = list(model.state_dict()), model(random_tokens(B, T)), gradients(model)
    recompute_activations(model)
    assert list(model.state_dict()) == names
    assert torch.equal(model(random_tokens(B, T)), logits)
    assert all(torch.equal(a, b) for a, b in zip(gradients(model), expected, strict=True))


def test_only_the_inputs_of_the_blocks_are_kept() -> None:
    model = Llama(TINY)
    tokens = random_tokens(B, T)
    plain = saved_bytes(lambda: model(tokens))
    recompute_activations(model)
    lean = saved_bytes(lambda: model(tokens))
    stream = 4 * B * T * TINY.dim
    assert lean < TINY.n_layers * stream + 5 * stream  # the last norm and the head keep a few more
    assert plain > 8 * lean
    keep_activations(model)
    assert saved_bytes(lambda: model(tokens)) == plain


def test_each_block_runs_twice() -> None:
    model = Llama(TINY)
    calls = []
    for number, layer in enumerate(model.layers):
        layer.attention.register_forward_hook(lambda *_, number=number: calls.append(number))
    recompute_activations(model)
    gradients(model)
    assert calls == [0, 1, 2, 2, 1, 0]


def test_generation_still_works_with_a_cache() -> None:
    model = loud_model()
    tokens = random_tokens(B, T)
    expected = model(tokens)
    recompute_activations(model)
    cache = KVCache(TINY.n_layers, capacity=T)
    with torch.no_grad():
        pieces = [model(tokens[:, :9], cache), model(tokens[:, 9:], cache)]
    assert torch.allclose(torch.cat(pieces, dim=1), expected)


def test_a_copy_recomputes_with_its_own_weights() -> None:
    model = loud_model()
    recompute_activations(model)
    twin = copy.deepcopy(model)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    tokens = random_tokens(B, T)
    assert torch.equal(twin(tokens), loud_model()(tokens))


def test_memory_that_is_shared_counts_once() -> None:
    weight, x = nn.Parameter(torch.ones(7)), torch.ones(5, 7)
    assert saved_bytes(lambda: x * weight + x[:2].sum() * weight) == x.nbytes + 4  # x once, and its sum
    assert saved_bytes(lambda: weight + 1) == 0


def test_models_that_cannot_recompute() -> None:
    with pytest.raises(ValueError, match="Linear has no blocks in a ModuleList named layers: wrap its blocks by hand"):
        recompute_activations(nn.Linear(2, 3))
    model = Llama(TINY)
    recompute_activations(model)
    with pytest.raises(ValueError, match="the blocks already recompute: call keep_activations first"):
        recompute_activations(model)
    keep_activations(nn.Linear(2, 3))
