"""Llama: causality, cached equals uncached, names, published counts, initialization, precision, bad input."""

from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model, random_tokens

from minillama.budget import count_parameters
from minillama.cache import KVCache
from minillama.config import PRESETS
from minillama.model import Llama
from minillama.rope_scaling import Llama3Scaling

B, T = 5, 17
LONG = replace(TINY, rope_theta=500.0, rope_scaling=Llama3Scaling(8.0, original_max_seq_len=16))
CONFIGS = pytest.mark.parametrize(
    "config", [TINY, replace(TINY, n_kv_heads=1), replace(TINY, n_kv_heads=4), LONG], ids=["GQA", "MQA", "MHA", "long"]
)


@CONFIGS
@pytest.mark.parametrize("chunks", [[17], [1] * 17, [9, 8], [5, 1, 1, 7, 3]], ids=str)
@torch.no_grad()
def test_cached_equals_uncached_at_every_position(config, chunks: list[int]) -> None:
    model, tokens = loud_model(config), random_tokens(B, T)
    cache = KVCache(config.n_layers, capacity=T)
    logits = torch.cat([model(chunk, cache) for chunk in tokens.split(chunks, dim=1)], dim=1)
    assert cache.length == T
    torch.testing.assert_close(logits, model(tokens), atol=1e-10, rtol=0)


@torch.no_grad()
def test_a_token_changes_its_own_row_and_later_ones_only() -> None:
    model, tokens = loud_model(), random_tokens(B, T)
    logits = model(tokens)
    assert logits.shape == (B, T, 97)
    for position in range(T):
        changed = tokens.clone()
        changed[1, position] = (changed[1, position] + 1) % 97
        difference = (model(changed) - logits).abs().amax(dim=-1)
        assert (difference[1, :position] == 0).all()
        assert (difference[1, position:] > 1e-3).all()
        assert (difference[[0, 2, 3, 4]] == 0).all()  # other texts of the batch


@torch.no_grad()
def test_silent_blocks_leave_the_embedding() -> None:
    model, tokens = loud_model(replace(TINY, norm_eps=0.5)), random_tokens(B, T)
    for layer in model.layers:
        assert layer.attention_norm.eps == layer.feedforward_norm.eps == 0.5
        layer.attention.o_proj.weight.zero_()
        layer.feedforward.down_proj.weight.zero_()
    x = model.token_embedding.weight[tokens]
    normalized = x / (x.pow(2).mean(-1, keepdim=True) + 0.5).sqrt() * model.final_norm.weight
    torch.testing.assert_close(model.hidden_states(tokens), normalized)
    torch.testing.assert_close(model(tokens), normalized @ model.lm_head.weight.T)


@torch.no_grad()
def test_block_adds_both_halves_of_a_normalized_copy() -> None:
    model = loud_model()
    block, x = model.layers[0], torch.randn(B, 1, 24, dtype=torch.float64)
    cos, sin = torch.ones(1, 5), torch.zeros(1, 5)
    middle = x + block.attention(block.attention_norm(x), cos, sin)
    torch.testing.assert_close(block(x, cos, sin), middle + block.feedforward(block.feedforward_norm(middle)))


@pytest.mark.parametrize("name", PRESETS)
def test_published_models_have_the_counted_parameters(name: str) -> None:
    with torch.device("meta"):  # shapes without memory
        model = Llama(PRESETS[name])
    assert sum(weight.numel() for weight in model.parameters()) == count_parameters(PRESETS[name])


def test_weight_names() -> None:
    parts = ["attention_norm", "feedforward_norm"]
    parts += [f"attention.{letter}_proj" for letter in "qkvo"]
    parts += [f"feedforward.{part}_proj" for part in ("gate", "up", "down")]
    names = {f"layers.{n}.{part}.weight" for n in range(3) for part in parts}
    names |= {"token_embedding.weight", "final_norm.weight", "lm_head.weight"}
    assert Llama(TINY).state_dict().keys() == names


def test_tied_head_is_the_embedding() -> None:
    tied, untied = Llama(replace(TINY, tie_embeddings=True)), Llama(TINY)
    assert tied.lm_head.weight is tied.token_embedding.weight
    assert not torch.equal(untied.lm_head.weight, untied.token_embedding.weight)
    assert len(list(untied.parameters())) == len(list(tied.parameters())) + 1
    assert tied.state_dict().keys() == untied.state_dict().keys()


def test_initial_weights() -> None:
    torch.manual_seed(0)
    model = Llama(replace(TINY, dim=240, hidden_dim=560, vocab_size=970, n_layers=2))
    for name, weight in model.named_parameters():
        if weight.dim() == 1:
            assert (weight == 1).all(), name
        else:
            std = 0.01 if "o_proj" in name or "down_proj" in name else 0.02  # 0.02 / sqrt(2 * 2)
            assert weight.std().item() == pytest.approx(std, rel=0.05), name
            assert abs(weight.mean().item()) < 0.1 * std, name


def test_every_weight_learns_and_half_precision_runs() -> None:
    model, tokens = loud_model(), random_tokens(B, T)
    logits = model(tokens)
    logits.logsumexp(-1).sum().backward()
    for name, weight in model.named_parameters():
        assert weight.grad.abs().amax() > 0, name
    rounded = model.bfloat16()(tokens)
    assert rounded.dtype == torch.bfloat16
    assert (rounded - logits).abs().mean() < 0.1 * logits.abs().mean()


def test_bad_input() -> None:
    model = Llama(TINY)
    with pytest.raises(ValueError, match=r"must be a \(B, T\) tensor of int64 or int32 ids, got shape \(17,\)"):
        model(torch.zeros(17, dtype=torch.int64))
    with pytest.raises(ValueError, match=r"got shape \(5, 17\) and torch\.float32"):
        model(torch.zeros(B, T))
    with pytest.raises(ValueError, match="0 tokens in the cache and 65 new ones make 65, but the context is 64"):
        model(random_tokens(1, 65))
    cache = KVCache(TINY.n_layers, capacity=100)
    model(random_tokens(1, 64), cache)  # exactly full is allowed
    with pytest.raises(ValueError, match="64 tokens in the cache and 1 new ones make 65.* shorten the text"):
        model(random_tokens(1, 1), cache)
    for n_layers in (2, 4):
        with pytest.raises(ValueError, match=f"the cache has {n_layers} layers and the model 3: create it with"):
            model(random_tokens(1, 1), KVCache(n_layers, capacity=8))
