"""Tests of minillama.channel_scaling."""

import pytest
import torch
from tiny import TINY, loud_model, random_tokens

from minillama.channel_scaling import JUNCTIONS, divide_channels, shared_by_heads

VALUES = JUNCTIONS[1]
N_HEAD_CHANNELS = TINY.n_heads * TINY.head_dim


def random_scale(n: int, seed: int = 0) -> torch.Tensor:
    return torch.empty(n).double().uniform_(0.3, 3.0, generator=torch.Generator().manual_seed(seed))


def test_junctions_cover_every_projection_once() -> None:
    block = loud_model().layers[0]
    readers = [reader for junction in JUNCTIONS for reader in junction.readers]
    projections = {name.removesuffix(".weight") for name, weight in block.named_parameters() if weight.dim() == 2}
    assert len(readers) == len(projections)
    assert set(readers) == projections


@pytest.mark.parametrize("junction", JUNCTIONS, ids=lambda junction: junction.writer)
def test_the_model_computes_the_same_with_other_weights(junction) -> None:
    model, tokens = loud_model(), random_tokens(2, 17)
    before, block = model(tokens), model.layers[1]
    old = {name: weight.clone() for name, weight in block.named_parameters()}
    n_channels = block.get_submodule(junction.readers[0]).in_features
    scale = shared_by_heads(random_scale(n_channels), junction, block)
    divide_channels(block, junction, scale)
    torch.testing.assert_close(model(tokens), before, rtol=1e-9, atol=1e-9)
    touched = {name for name, weight in block.named_parameters() if not torch.equal(weight, old[name])}
    assert touched == {f"{name}.weight" for name in (junction.writer, *junction.readers)}
    for reader in junction.readers:
        torch.testing.assert_close(block.get_submodule(reader).weight, old[f"{reader}.weight"] * scale)


def test_heads_that_share_values_get_the_mean_of_their_scales() -> None:
    block = loud_model().layers[0]  # 4 query heads of width 10 read 2 key-value heads: 0 and 1, 2 and 3
    scale = torch.ones(N_HEAD_CHANNELS)
    scale[0], scale[10] = 8.0, 2.0  # the first channel of heads 0 and 1
    scale[25] = 9.0  # channel 5 of head 2
    shared = shared_by_heads(scale, VALUES, block).view(4, 10)
    assert shared[:, 0].tolist() == pytest.approx([4.0, 4.0, 1.0, 1.0])
    assert shared[:, 5].tolist() == pytest.approx([1.0, 1.0, 3.0, 3.0])
    assert shared_by_heads(scale, JUNCTIONS[3], block) is scale


def test_bad_scales_are_refused_before_anything_changes() -> None:
    block = loud_model().layers[0]
    old = {name: weight.clone() for name, weight in block.named_parameters()}
    with pytest.raises(ValueError, match=r"the readers of attention_norm need 24 positive scales, got shape \(23,\)"):
        divide_channels(block, JUNCTIONS[0], torch.ones(23))
    with pytest.raises(ValueError, match=r"need 56 positive scales, got shape \(56,\) with a smallest of 0"):
        divide_channels(block, JUNCTIONS[3], torch.arange(56.0))
    with pytest.raises(ValueError, match="heads that share values need the same scales: call shared_by_heads first"):
        divide_channels(block, VALUES, random_scale(N_HEAD_CHANNELS))
    assert all(torch.equal(weight, old[name]) for name, weight in block.named_parameters())
