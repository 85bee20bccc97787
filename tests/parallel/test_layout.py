"""Tests of minillama.parallel.layout: who holds what."""

import re
from dataclasses import FrozenInstanceError, replace

import pytest

from minillama.budget import count_parameters
from minillama.config import LLAMA_33B, PRESETS, SMOLLM2_135M, ModelConfig
from minillama.parallel.layout import BFLOAT16, FLOAT32, Layout, WeightShare, require_fits, weight_share
from minillama.parallel.pipeline import stage_layers

SMALL = ModelConfig(
    vocab_size=100, dim=24, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=40, max_seq_len=64
)  # fmt: skip


def test_processes_multiply() -> None:
    assert Layout().n_processes == 1
    assert Layout(data=5, pipeline=3, tensor=2).n_processes == 30
    with pytest.raises(FrozenInstanceError):
        Layout().data = 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"data": 0}, "data must be a positive integer, got 0: 1 leaves this axis unused"),
        ({"tensor": 2.0}, "tensor must be a positive integer, got 2.0"),
        ({"pipeline": True}, "pipeline must be a positive integer, got True"),
        ({"n_microbatches": -3}, "n_microbatches must be a positive integer, got -3"),
        ({"zero": 4}, "zero must be 0, 1, 2 or 3, got 4: 0 splits nothing"),
        ({"zero": True}, "zero must be 0, 1, 2 or 3, got True"),
        ({"sequence_parallel": True}, "and tensor is 1: set tensor to 2 or more, or leave sequence_parallel off"),
    ],
)
def test_impossible_layouts(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Layout(**change)


@pytest.mark.parametrize(
    ("config", "layout", "message"),
    [
        (SMALL, Layout(tensor=8), "tensor=8 does not divide n_kv_heads=4: choose a tensor size out of 1, 2, 4"),
        (replace(SMALL, hidden_dim=42), Layout(tensor=4), "tensor=4 does not divide hidden_dim=42: choose"),
        (replace(SMALL, vocab_size=97), Layout(tensor=2), "tensor=2 does not divide vocab_size=97: choose"),
        (LLAMA_33B, Layout(tensor=8), "tensor=8 does not divide n_heads=52: choose a tensor size out of 1, 2, 4"),
        (SMALL, Layout(pipeline=6), "pipeline=6 stages for 5 layers leave some without work: use at most 5 stages"),
        (SMOLLM2_135M, Layout(pipeline=2), "different stages: use a model with tie_embeddings=False"),
    ],
)
def test_layouts_that_do_not_fit_the_model(config: ModelConfig, layout: Layout, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        require_fits(config, layout)
    with pytest.raises(ValueError, match=re.escape(message)):
        weight_share(config, layout)


def test_share_by_hand() -> None:
    # attention 2 * 24 * (8 + 4) * 6 = 3456, feed-forward 3 * 24 * 40 = 2880, gains 48; an end matrix has 2400
    assert weight_share(SMALL, Layout()) == WeightShare(n_blocks=5, block=3456 + 2880 + 48, ends=2400 + 24 + 2400)
    assert weight_share(SMALL, Layout(tensor=4, data=3)) == WeightShare(5, 864 + 720 + 48, 600 + 24 + 600)
    three = [weight_share(SMALL, Layout(pipeline=3), stage) for stage in range(3)]
    assert three == [WeightShare(1, 6384, 2400), WeightShare(2, 6384, 0), WeightShare(2, 6384, 2424)]
    assert [share.n_groups for share in three] == [2, 2, 3]
    with pytest.raises(ValueError, match="stage 3 of 3 does not exist: use 0 to 2"):
        weight_share(SMALL, Layout(pipeline=3), stage=3)


@pytest.mark.parametrize("name", PRESETS)
def test_one_process_holds_all_weights(name: str) -> None:
    assert weight_share(PRESETS[name], Layout()).total == count_parameters(PRESETS[name])


@pytest.mark.parametrize("n_stages", [1, 2, 3, 4, 5])
def test_stages_and_tensor_groups_add_up_to_the_model(n_stages: int) -> None:
    gains = (2 * SMALL.n_layers + 1) * SMALL.dim
    for tensor in (1, 2, 4):
        layout = Layout(pipeline=n_stages, tensor=tensor)
        shares = [weight_share(SMALL, layout, stage) for stage in range(n_stages)]
        assert [share.n_blocks for share in shares] == [len(stage_layers(5, n_stages, s)) for s in range(n_stages)]
        all_matrices = tensor * (sum(share.total for share in shares) - gains)
        assert all_matrices + gains == count_parameters(SMALL)


def test_adam_keeps_16_bytes_for_each_weight() -> None:
    for sizes in (BFLOAT16, FLOAT32):
        assert sizes.weight + sizes.gradient + sizes.optimizer == 16
