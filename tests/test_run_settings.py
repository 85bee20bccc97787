"""Tests of minillama.run_settings."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from minillama.config import PRESETS, ModelConfig
from minillama.run_settings import (
    RunConfig,
    model_config,
    read_settings,
    require_same,
    run_config,
    saved_values,
    train_config,
)
from minillama.shards import TokenShards, write_shards
from minillama.train_config import TrainConfig


@pytest.fixture
def shards(tmp_path: Path) -> TokenShards:
    """Rows of 18 tokens of a vocabulary of 97."""
    return write_shards(tmp_path / "shards", [[0] * 18] * 5, 18, 97, bos_id=0, eos_id=1)


def test_values_get_the_types_of_their_fields() -> None:
    texts = [
        "data=a=b", "n_steps=1_000", "learning_rate=3e-4", "tie_embeddings=No", "betas=0.8,0.9", "precision=bfloat16",
        "clip_norm=inf", "save_seconds=5",
    ]  # fmt: skip
    values = read_settings(texts)
    assert list(values.values()) == ["a=b", 1000, 3e-4, False, (0.8, 0.9), "bfloat16", float("inf"), 5.0]
    assert type(values["save_seconds"]) is float


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dim", "settings have the form name=value, got 'dim'"),
        ("dims=3", "there is no setting 'dims'; there are data, out, preset, batch_size,"),
        ("rope_scaling=x", "there is no setting 'rope_scaling'"),
        ("dim=3.5", "dim must be a whole number, got '3.5'"),
        ("dim=", "dim must be a whole number, got ''"),
        ("norm_eps=small", "norm_eps must be a number, got 'small'"),
        ("norm_eps=nan", "norm_eps must be a number, got 'nan'"),
        ("tie_embeddings=maybe", "tie_embeddings must be yes or no, got 'maybe'"),
        ("betas=0.9", "betas needs 2 numbers with commas between, got '0.9'"),
        ("betas=0.9,x", "betas must be a number, got 'x'"),
    ],
)
def test_what_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_settings([text])


def test_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="dim is given twice: leave one out"):
        read_settings(["dim=3", "n_layers=2", "dim=4"])


def test_every_field_of_every_config_can_be_set() -> None:
    names = {field.name for owner in (RunConfig, TrainConfig, ModelConfig) for field in fields(owner)}
    with pytest.raises(ValueError) as caught:
        read_settings(["?=1"])
    listed = str(caught.value).partition("there are ")[2].split(", ")
    assert set(listed) == names - {"rope_scaling"}
    assert len(listed) == sum(len(fields(owner)) for owner in (RunConfig, TrainConfig, ModelConfig)) - 1


def test_sizes_follow_from_the_data_and_from_each_other(shards: TokenShards) -> None:
    assert model_config({"dim": 96, "n_layers": 2, "n_heads": 6}, shards) == ModelConfig(
        vocab_size=97, dim=96, n_layers=2, n_heads=6, n_kv_heads=6, head_dim=16, hidden_dim=256, max_seq_len=17
    )
    given = {"dim": 96, "n_layers": 2, "n_heads": 6, "n_kv_heads": 2, "head_dim": 8, "hidden_dim": 7, "vocab_size": 100}
    config = model_config(given | {"max_seq_len": 40, "tie_embeddings": True}, shards)
    assert (config.n_kv_heads, config.head_dim, config.hidden_dim) == (2, 8, 7)
    assert (config.vocab_size, config.max_seq_len, config.tie_embeddings) == (100, 40, True)


def test_presets_give_all_sizes_and_can_be_changed(shards: TokenShards) -> None:
    config = model_config({"preset": "SmolLM2-135M", "n_layers": 3}, shards)
    assert config.n_layers == 3
    assert config.dim == PRESETS["SmolLM2-135M"].dim
    assert config.vocab_size == 49_152


def test_sizes_that_do_not_work(shards: TokenShards) -> None:
    sizes = {"dim": 96, "n_layers": 2, "n_heads": 6}
    with pytest.raises(ValueError, match="the model needs n_layers, n_heads: give them, or preset=NAME"):
        model_config({"dim": 96}, shards)
    with pytest.raises(ValueError, match="n_heads must be a positive integer, got 0"):
        model_config(sizes | {"n_heads": 0}, shards)
    with pytest.raises(ValueError, match="vocab_size is 96, but the data in .* needs 97"):
        model_config(sizes | {"vocab_size": 96}, shards)
    with pytest.raises(ValueError, match="max_seq_len is 16, but the data in .* needs 17"):
        model_config(sizes | {"max_seq_len": 16}, shards)


def test_what_must_be_given() -> None:
    with pytest.raises(ValueError, match=r"n_steps=..., learning_rate=... must be given"):
        train_config({"dim": 3})
    with pytest.raises(ValueError, match=r"data=... must be given"):
        run_config({"out": "run"})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
        ({"save_steps": -1}, "save_steps must be at least 0, got -1"),
        ({"valid_steps": 0}, "valid_steps must be at least 1, got 0"),
        ({"save_seconds": 0.0}, "save_seconds must be positive, got 0.0"),
        ({"preset": "LLaMA-8B"}, "there is no preset 'LLaMA-8B'; there are LLaMA-7B, LLaMA-13B"),
    ],
)
def test_values_out_of_range(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RunConfig(**{"data": "a", "out": "b"} | change)


def test_a_run_under_way_may_only_move() -> None:
    saved = saved_values(RunConfig(data="a", out="b"), TrainConfig(n_steps=9, learning_rate=0.1))
    require_same({"data": "c", "out": "d", "save_seconds": 1.0, "n_steps": 9, "betas": (0.9, 0.95)}, saved)
    with pytest.raises(ValueError, match="the run was started with n_steps=9, not 10: leave it out, or start a new"):
        require_same({"n_steps": 10}, saved)
