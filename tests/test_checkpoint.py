"""Tests of minillama.checkpoint: nothing is lost, nothing damaged is believed, nothing good is overwritten."""

import errno
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tiny import TINY, random_tokens
from tiny_training import B, T, weights
from torch import nn

from minillama.checkpoint import FILE, load_checkpoint, save_checkpoint
from minillama.formats.names import CheckpointError
from minillama.loss_scaling import LossScaler
from minillama.model import Llama
from minillama.optimizer import AdamW, make_optimizer
from minillama.rope_scaling import Llama3Scaling
from minillama.train_config import TrainConfig
from minillama.training import Batch, train


def batches(first: int = 0) -> Iterator[Batch]:
    for number in range(first, 100):
        tokens = random_tokens(B, T, seed=number)
        yield tokens, (3 * tokens + 1) % TINY.vocab_size


def tiny_llama(seed: int = 0, **changes: Any) -> Llama:
    torch.manual_seed(seed)
    return Llama(replace(TINY, **changes))


@pytest.mark.parametrize("precision", ["float32", "bfloat16", "float16"])
@pytest.mark.parametrize("make", [make_optimizer, lambda model, rate: AdamW(model.parameters(), rate)])
def test_going_on_from_a_file_is_going_on(tmp_path: Path, precision: str, make: Callable) -> None:
    config = TrainConfig(n_steps=9, learning_rate=0.01, n_warmup=3, precision=precision)
    straight, scaler = tiny_llama(), LossScaler(2.0**22)  # so large that the first steps overflow
    expected = [(s.loss, s.grad_norm) for s in train(straight, batches(), config, make(straight, 0.01), scaler=scaler)]

    model, scaler = tiny_llama(), LossScaler(2.0**22)
    optimizer = make(model, 0.01)
    first = [(s.loss, s.grad_norm) for s in islice(train(model, batches(), config, optimizer, scaler=scaler), 5)]
    save_checkpoint(tmp_path, model, optimizer, 5, {"position": 5}, config, {"scaler": scaler.state_dict()})

    saved = load_checkpoint(tmp_path)
    assert saved.config["betas"] == [0.9, 0.95]
    assert saved.model_config == TINY
    model, scaler = Llama(saved.model_config), LossScaler()  # with other weights and another scale
    optimizer = make(model, 0.5)
    saved.restore(model, optimizer)
    scaler.load_state_dict(saved.extra["scaler"])
    steps = train(model, batches(saved.position["position"]), config, optimizer, saved.step, scaler=scaler)
    rest = [(s.loss, s.grad_norm) for s in steps]
    assert first + rest == expected
    assert torch.equal(weights(model), weights(straight))


def test_generators_go_on_where_they_were(tmp_path: Path) -> None:
    def draw() -> tuple:
        return random.random(), np.random.rand(), np.random.randn(), torch.rand(3).tolist()

    model = tiny_llama()
    optimizer = make_optimizer(model, 0.1)
    np.random.randn()  # leaves a spare normal number behind
    save_checkpoint(tmp_path, model, optimizer)
    expected = draw()
    draw()
    load_checkpoint(tmp_path).restore(model)  # for evaluation, say: the generators are left alone
    assert draw() != expected
    load_checkpoint(tmp_path).restore(model, optimizer)
    assert draw() == expected


@pytest.mark.parametrize("changes", [{"tie_embeddings": True}, {"rope_scaling": Llama3Scaling(factor=4.0)}])
def test_models_of_any_config(tmp_path: Path, changes: dict) -> None:
    model = tiny_llama(**changes)
    save_checkpoint(tmp_path, model)
    saved = load_checkpoint(tmp_path)
    assert saved.model_config == model.config
    other = Llama(saved.model_config)
    saved.restore(other)
    assert torch.equal(weights(other), weights(model))
    assert saved.optimizer is None


def test_the_parameters_stay_the_same_objects(tmp_path: Path) -> None:
    model = tiny_llama()
    before = list(model.parameters())
    save_checkpoint(tmp_path, tiny_llama(seed=1))
    load_checkpoint(tmp_path).restore(model)
    assert all(a is b for a, b in zip(before, model.parameters(), strict=True))


def test_weights_that_do_not_fit_are_listed(tmp_path: Path) -> None:
    save_checkpoint(tmp_path, tiny_llama())
    model = tiny_llama(n_layers=4, hidden_dim=72)
    before = weights(model)
    with pytest.raises(CheckpointError) as caught:
        load_checkpoint(tmp_path).restore(model)
    assert "layers.3.attention.q_proj.weight" in caught.value.missing
    assert "layers.0.feedforward.up_proj.weight is (56, 24), must be (72, 24)" in caught.value.misshaped
    assert torch.equal(weights(model), before)
    with pytest.raises(CheckpointError, match="9 unexpected: layers.2"):
        load_checkpoint(tmp_path).restore(tiny_llama(n_layers=2))


def test_optimizers_that_do_not_fit(tmp_path: Path) -> None:
    model = tiny_llama()
    save_checkpoint(tmp_path, model)
    with pytest.raises(ValueError, match="was saved without an optimizer: restore the model alone"):
        load_checkpoint(tmp_path).restore(model, make_optimizer(model, 0.1))
    save_checkpoint(tmp_path, model, make_optimizer(model, 0.1))
    with pytest.raises(ValueError, match=r"an optimizer of other parameters \(the same parameters in other groups"):
        load_checkpoint(tmp_path).restore(model, AdamW(model.parameters(), 0.1))
    with pytest.raises(ValueError, match="parameters of the optimizer are not in the model"):
        save_checkpoint(tmp_path, model, make_optimizer(tiny_llama(), 0.1))


@pytest.fixture
def saved_file(tmp_path: Path) -> Path:
    return save_checkpoint(tmp_path, tiny_llama(), step=3)


@pytest.mark.parametrize("keep", [0, 7, 100, 5000, -1])
def test_a_file_that_was_cut_off_is_noticed(saved_file: Path, keep: int) -> None:
    saved_file.write_bytes(saved_file.read_bytes()[:keep])
    with pytest.raises(ValueError, match=f"{FILE} is cut off or damaged"):
        load_checkpoint(saved_file.parent)


def test_one_flipped_bit_is_noticed(saved_file: Path) -> None:
    content = bytearray(saved_file.read_bytes())
    for place in (content.index(b"minillama checkpoint") - 500, len(content) // 2, len(content) - 1):
        damaged = bytearray(content)
        damaged[place] ^= 1
        saved_file.write_bytes(damaged)
        with pytest.raises(ValueError, match="damaged"):
            load_checkpoint(saved_file.parent)
    changed = bytes(content).replace(b'\\"step\\": 3', b'\\"step\\": 4')
    assert changed != content
    saved_file.write_bytes(changed)
    with pytest.raises(ValueError, match="is damaged: its checksum is wrong"):
        load_checkpoint(saved_file.parent)


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=f"has no {FILE}: nothing was saved there"):
        load_checkpoint(tmp_path)
    save_file({"a": torch.zeros(2)}, tmp_path / FILE)
    with pytest.raises(ValueError, match="is no checkpoint of a run: its format is None"):
        load_checkpoint(tmp_path)


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("call", ["os.fsync", "os.replace"])
def test_a_full_disk_leaves_the_checkpoint_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    folder = tmp_path / "run"
    message = "no checkpoint could be written to .*: No space left on device. {}; free some space"
    with monkeypatch.context() as patch:
        patch.setattr(call, full_disk)
        with pytest.raises(OSError, match=message.format("There is none of before")):
            save_checkpoint(folder, tiny_llama(), step=6)
    assert list(folder.iterdir()) == []
    save_checkpoint(folder, tiny_llama(), step=7)
    before = (folder / FILE).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(call, full_disk)
        with pytest.raises(OSError, match=message.format("The checkpoint of before is untouched")) as caught:
            save_checkpoint(folder, tiny_llama(seed=1), step=8)
    assert caught.value.errno == errno.ENOSPC
    assert [path.name for path in folder.iterdir()] == [FILE], "the part that was written is removed"
    assert (folder / FILE).read_bytes() == before
    assert load_checkpoint(folder).step == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot wait for a folder")
def test_an_error_after_the_exchange_does_not_claim_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_checkpoint(tmp_path, tiny_llama(), step=7)
    wait, calls = os.fsync, []

    def second_fails(descriptor: int) -> None:
        calls.append(descriptor)
        full_disk() if len(calls) == 2 else wait(descriptor)

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(OSError, match="No space left on device") as caught:
        save_checkpoint(tmp_path, tiny_llama(), step=8)
    assert "of before" not in str(caught.value)
    assert load_checkpoint(tmp_path).step == 8
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(calls[1])  # the folder was closed


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a process's files")
def test_a_write_that_really_fails_half_way(tmp_path: Path) -> None:
    import resource

    save_checkpoint(tmp_path, tiny_llama(), step=7)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large. The checkpoint of before is untouched"):
            save_checkpoint(tmp_path, tiny_llama(seed=1), step=8)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert load_checkpoint(tmp_path).step == 7


def test_what_cannot_be_written_down_is_refused_before_writing(tmp_path: Path) -> None:
    save_checkpoint(tmp_path, tiny_llama(), step=7)
    with pytest.raises(TypeError):
        save_checkpoint(tmp_path, tiny_llama(), step=8, extra={"model": nn.Linear(1, 1)})
    assert load_checkpoint(tmp_path).step == 7
