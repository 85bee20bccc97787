"""One table of names, both directions, and weights that enter a model only if all of them fit."""

import itertools

import pytest
import torch
from torch import nn

from minillama.config import ModelConfig
from minillama.formats.names import (
    LAYOUTS,
    CheckpointError,
    is_rope_buffer,
    load_weights,
    rename,
    require_layers,
    require_number,
    require_size,
)
from minillama.model import Llama

ROW = {  # one weight under all its names, written out
    "ours": "layers.11.feedforward.down_proj.weight",
    "huggingface": "model.layers.11.mlp.down_proj.weight",
    "meta": "layers.11.feed_forward.w2.weight",
    "gguf": "blk.11.ffn_down.weight",
}


def empty_model(config: ModelConfig, **changes: object) -> Llama:
    with torch.device("meta"):
        return Llama(ModelConfig(**{**vars(config), **changes}))


def weights_of(model: nn.Module) -> dict[str, torch.Tensor]:
    """Random weights for each different parameter."""
    return {name: torch.randn(weight.shape) for name, weight in model.named_parameters()}


@pytest.mark.parametrize(("source", "target"), list(itertools.permutations(LAYOUTS, 2)))
def test_one_name_in_all_layouts(source: str, target: str) -> None:
    assert rename(ROW[source], source, target) == ROW[target]


@pytest.mark.parametrize("target", LAYOUTS[1:])
def test_every_name_of_a_model_survives_the_way_there_and_back(target: str, tiny_config: ModelConfig) -> None:
    names = list(empty_model(tiny_config).state_dict())
    foreign = [rename(name, "ours", target) for name in names]
    assert None not in foreign
    assert len(set(foreign)) == len(names) == 3 + 9 * tiny_config.n_layers
    assert [rename(name, target, "ours") for name in foreign] == names


def test_the_two_norms_of_a_block_are_not_confused() -> None:
    """Hugging Face's post_attention_layernorm stands before the feed-forward layer."""
    theirs = "model.layers.0.post_attention_layernorm.weight"
    assert rename(theirs, "huggingface", "ours") == "layers.0.feedforward_norm.weight"
    assert rename("layers.0.feed_forward.w3.weight", "meta", "ours") == "layers.0.feedforward.up_proj.weight"


@pytest.mark.parametrize("prefix", ["blk", "blk.x", "blk.1.2", "blk.N", "blk.01", "layers.1"])
def test_unknown_names_have_no_translation(prefix: str) -> None:
    assert rename("blk.3.attn_q.weight", "gguf", "ours") is not None
    assert rename(f"{prefix}.attn_q.weight", "gguf", "ours") is None
    assert rename("blk.3.attn_q.bias", "gguf", "ours") is None


def test_rope_buffers_are_told_from_weights() -> None:
    assert is_rope_buffer("rope.freqs")
    assert is_rope_buffer("layers.0.attention.inner_attention.rope.freqs")
    assert is_rope_buffer("model.layers.31.self_attn.rotary_emb.inv_freq")
    assert not is_rope_buffer("rope_freqs.weight")  # Llama 3's divisors do matter
    assert not is_rope_buffer("model.layers.0.self_attn.q_proj.weight")


@pytest.mark.parametrize("tie", [False, True])
def test_loaded_model_computes_with_the_weights(tiny_config: ModelConfig, tie: bool) -> None:
    model = empty_model(tiny_config, tie_embeddings=tie)
    weights = weights_of(model)
    load_weights(model, iter(weights.items()), "file")
    assert (model.lm_head.weight is model.token_embedding.weight) is tie
    for name, weight in model.named_parameters():
        assert weight.data_ptr() == weights[name].data_ptr(), "copied, memory would be doubled"
        assert weight.requires_grad
    model(torch.tensor([[1, 2, 3]])).sum().backward()
    assert all(weight.grad is not None for weight in model.parameters())


def test_a_tied_head_may_be_stored_if_it_is_equal(tiny_config: ModelConfig) -> None:
    weights = weights_of(empty_model(tiny_config, tie_embeddings=True))
    embedding = weights["token_embedding.weight"]
    head_only = {("lm_head.weight" if "embedding" in n else n): w for n, w in weights.items()}
    for stored in (weights | {"lm_head.weight": embedding.clone()}, head_only):
        model = empty_model(tiny_config, tie_embeddings=True)
        load_weights(model, stored.items(), "file")
        assert model.lm_head.weight is model.token_embedding.weight
        assert torch.equal(model.lm_head.weight, embedding)
    model = empty_model(tiny_config, tie_embeddings=True)
    with pytest.raises(CheckpointError, match=r"token_embedding.weight and lm_head.weight are tied .* differ"):
        load_weights(model, (weights | {"lm_head.weight": embedding + 1}).items(), "file")


def test_everything_wrong_is_listed_and_nothing_is_changed(tiny_config: ModelConfig) -> None:
    model = empty_model(tiny_config)
    weights = weights_of(model)
    del weights["final_norm.weight"], weights["layers.1.attention.k_proj.weight"]
    weights["layers.0.attention.q_proj.weight"] = torch.zeros(24, 40)  # transposed
    weights["layers.0.attention.q_proj.bias"] = torch.zeros(40)
    with pytest.raises(CheckpointError) as caught:
        load_weights(model, weights.items(), "some/folder")
    assert caught.value.missing == ["layers.1.attention.k_proj.weight", "final_norm.weight"]
    assert caught.value.unexpected == ["layers.0.attention.q_proj.bias"]
    assert caught.value.misshaped == ["layers.0.attention.q_proj.weight is (24, 40), must be (40, 24)"]
    message = str(caught.value)
    assert message.startswith("some/folder does not fit the model")
    for part in ("2 missing: ", "final_norm.weight", "1 unexpected: ", "q_proj.bias", "must be (40, 24)"):
        assert part in message
    assert all(weight.is_meta for weight in model.parameters())


def test_a_weight_given_twice_is_refused(tiny_config: ModelConfig) -> None:
    model = empty_model(tiny_config)
    weights = [*weights_of(model).items(), ("final_norm.weight", torch.zeros(22))]
    with pytest.raises(CheckpointError, match="1 unexpected: final_norm.weight"):
        load_weights(model, weights, "file")


def test_long_lists_are_shortened() -> None:
    message = str(CheckpointError("file", missing=[f"weight{i}" for i in range(300)]))
    assert "300 missing: weight0, " in message
    assert message.endswith("and 294 more")


@pytest.mark.parametrize("value", [0, -1, True, 2.0, "5", None, 2**24 + 1, 10**400, [3]])
def test_impossible_sizes_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="hidden_size must be an integer from 1 to 16777216"):
        require_size(value, "hidden_size")


@pytest.mark.parametrize("value", [0, -1.0, True, "5", None, float("nan"), float("inf"), 10**400, 1e-40])
def test_impossible_numbers_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="eps must be a positive number"):
        require_number(value, "eps")


def test_layer_count_is_compared_before_a_model_is_built() -> None:
    names = ["token_embd.weight", "blk.0.attn_q.weight", "blk.1.attn_q.weight", "blk.10.attn_q.weight"]
    require_layers(3, names, "file")
    with pytest.raises(ValueError, match="file: the config says 16777216 layers, the weights have 3"):
        require_layers(2**24, names, "file")
