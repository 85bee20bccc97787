"""Surgery: which layers are replaced, where, and what stays. Sizes: V=97 C=24 L=3."""

from dataclasses import replace

import torch
from tiny import TINY, random_tokens
from torch import nn

from minillama.model import Llama
from minillama.surgery import replace_linears


class Twice(nn.Module):
    """Doubles what the layer inside gives."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return 2 * self.inner(x)


def test_every_linear_layer_is_replaced_and_nothing_else() -> None:
    model, seen = Llama(TINY), {}
    linears = {name: module for name, module in model.named_modules() if isinstance(module, nn.Linear)}
    n_replaced = replace_linears(model, lambda name, linear: seen.setdefault(name, Twice(linear)))
    assert n_replaced == len(seen) == 7 * TINY.n_layers + 1
    assert all(model.get_submodule(name).inner is linears[name] for name in linears)
    assert isinstance(model.token_embedding, nn.Embedding)


def test_the_new_layers_compute() -> None:
    model = nn.Sequential(nn.Linear(3, 5, bias=False), nn.Linear(5, 2, bias=False))
    x = torch.ones(7, 3)
    expected = 4 * model(x)
    replace_linears(model, lambda name, linear: Twice(linear))
    assert torch.allclose(model(x), expected)


def test_names_choose() -> None:
    model = Llama(TINY)
    assert (
        replace_linears(model, lambda name, linear: Twice(linear), lambda name: name.endswith("1.attention.q_proj"))
        == 1
    )
    assert isinstance(model.layers[1].attention.q_proj, Twice)
    assert isinstance(model.layers[0].attention.q_proj, nn.Linear)
    assert replace_linears(model, lambda name, linear: Twice(linear), lambda name: False) == 0


def test_kinds_choose() -> None:
    model = nn.Sequential(nn.Linear(3, 5), Twice(nn.Identity()))
    assert replace_linears(model, lambda name, layer: nn.Identity(), kind=(nn.Linear, Twice)) == 2
    assert [type(layer) for layer in model] == [nn.Identity, nn.Identity]


def test_a_layer_at_two_places_stays_one_layer() -> None:
    shared = nn.Linear(3, 3)
    model = nn.Sequential(shared, nn.SiLU(), shared)
    assert replace_linears(model, lambda name, linear: Twice(linear)) == 1
    assert model[0] is model[2]
    assert isinstance(model[0], Twice)


def test_an_embedding_keeps_what_it_shared_with_the_head() -> None:
    model = Llama(replace(TINY, tie_embeddings=True))
    weight, tokens = model.token_embedding.weight, random_tokens(3, 17)
    embedded = model.token_embedding(tokens)
    replace_linears(model, lambda name, linear: nn.Linear(24, 97, bias=False), lambda name: name == "lm_head")
    assert model.token_embedding.weight is weight
    assert torch.equal(model.token_embedding(tokens), embedded)
    assert model.lm_head.weight is not weight


def test_the_new_layer_is_in_the_mode_of_the_old_one() -> None:
    model = nn.Sequential(nn.Linear(3, 5)).eval()
    replace_linears(model, lambda name, linear: Twice(nn.Dropout()))
    assert not model[0].training
    assert not model[0].inner.training
