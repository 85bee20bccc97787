"""Tests of the settings of a job, and of what each part refuses."""

import copy
import re

import pytest
import torch
from tiny import TINY

from minillama.loss import IGNORE
from minillama.model import Llama
from minillama.parallel.layout import Layout
from minillama.parallel.mesh import make_mesh, start_processes, stop_processes
from minillama.parallel.pipeline import Pipeline, Stage, bubble_fraction, stage_layers
from minillama.parallel.settings import JobSettings, split_settings
from minillama.parallel.shard import shard_weights
from minillama.parallel.stage_loss import fill_up, stage_loss
from minillama.parallel.tensor import shard_tensors
from minillama.parallel.zero import SharedWeights
from minillama.train_config import TrainConfig
from minillama.training import evaluate_loss


@pytest.fixture(autouse=True)
def one_process():
    start_processes()
    yield
    stop_processes()


def test_the_data_axis_takes_what_is_left() -> None:
    layout = JobSettings(tensor=2, pipeline=3, zero=1, n_microbatches=6).layout(24)
    assert layout == Layout(data=4, pipeline=3, tensor=2, zero=1, n_microbatches=6)


def test_settings_of_job_and_run_are_separated() -> None:
    job, rest = split_settings(["dim=64", "tensor=2", "sequence_parallel=yes", "out=tensor", "timeout=2.5"])
    assert job == JobSettings(tensor=2, sequence_parallel=True, timeout=2.5)
    assert rest == ["dim=64", "out=tensor"]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["tensor=2", "tensor=3"], "tensor is given twice"),
        (["zero=two"], "zero must be a whole number, got 'two'"),
        (["schedule=zigzag"], "schedule must be one of gpipe, 1f1b, got 'zigzag'"),
    ],
)
def test_bad_settings(texts: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        split_settings(texts)


@pytest.mark.parametrize(
    ("settings", "n", "message"),
    [
        ({"tensor": 2}, 3, "tensor=2 and pipeline=1 need a multiple of 2 processes, and there are 3: start the job"),
        ({"tensor": 0}, 1, "tensor must be a positive integer, got 0"),
        ({"zero": 4}, 1, "zero must be 0, 1, 2 or 3, got 4"),
        ({"sequence_parallel": True}, 1, "sequence_parallel splits tokens within a tensor group, and tensor is 1"),
    ],
)
def test_settings_that_do_not_fit(settings: dict, n: int, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        JobSettings(**settings).layout(n)


def test_one_process_is_a_grid_too() -> None:
    assert start_processes() == (0, 1)
    assert make_mesh(Layout())["tensor"].size() == 1
    with pytest.raises(ValueError, match="data=2 x pipeline=1 x tensor=1 needs 2 processes, but 1 were started"):
        make_mesh(Layout(data=2))
    with pytest.raises(ValueError, match="timeout must be a positive number of seconds, got 0"):
        start_processes(timeout=0)


def test_every_block_belongs_to_one_stage() -> None:
    for n_layers, n_stages in ((5, 1), (5, 2), (7, 3), (8, 4), (6, 6)):
        stages = [list(stage_layers(n_layers, n_stages, stage)) for stage in range(n_stages)]
        assert sum(stages, []) == list(range(n_layers))
        assert max(map(len, stages)) - min(map(len, stages)) <= 1
    with pytest.raises(ValueError, match="3 blocks cannot be cut into 4 stages"):
        stage_layers(3, 4, 0)


def test_bubble_by_hand() -> None:
    assert bubble_fraction(1, 5) == 0
    assert bubble_fraction(4, 1) == 0.75
    assert bubble_fraction(3, 8) == pytest.approx(2 / 10)
    with pytest.raises(ValueError, match="must be positive, got 0 and 3"):
        bubble_fraction(0, 3)


def test_stages_keep_the_names_of_the_whole_model() -> None:
    model = Llama(TINY)
    names = {name for stage in (0, 1) for name in Stage(model, 2, stage).state_dict()}
    assert names == set(model.state_dict())


def test_what_cannot_be_cut_is_refused() -> None:
    model, mesh = Llama(TINY), make_mesh(Layout())
    tied = Llama(type(TINY)(**{**vars(TINY), "tie_embeddings": True}))
    with pytest.raises(ValueError, match="embedding and head are one matrix, but stand in different stages"):
        Stage(tied, 2, 0)
    with pytest.raises(ValueError, match="schedule must be one of gpipe, 1f1b, got 'fast'"):
        Pipeline(Stage(model, 1, 0), mesh["pipeline"], 2, "fast")
    with pytest.raises(ValueError, match="3 rows cannot be cut into 2 micro-batches"):
        Pipeline(Stage(model, 1, 0), mesh["pipeline"], 2).backward(torch.zeros(3, 4).long(), torch.zeros(3, 4), print)
    with pytest.raises(ValueError, match="stage must be 2 or 3, got 1"):
        shard_weights(model, mesh["data"], stage=1)
    cut = copy.deepcopy(model)
    shard_tensors(cut, mesh["tensor"])
    with pytest.raises(ValueError, match="weight is cut already: use ZeRO stage 2 or 3 together with tensor"):
        SharedWeights(cut, mesh["data"])


def test_micro_batches_without_targets_weigh_nothing() -> None:
    model, config = Llama(TINY), TrainConfig(n_steps=1, learning_rate=1.0, chunk_tokens=5)
    tokens = torch.randint(0, TINY.vocab_size, (3, 7))
    targets = tokens.roll(-1, 1)
    targets[1] = IGNORE
    nats, n_targets = evaluate_loss(model, [(tokens, targets)])
    hidden = model.hidden_states(tokens)
    parts = [stage_loss(model, config, n_targets, hidden[i : i + 1], targets[i : i + 1]) for i in range(3)]
    assert parts[1] == 0
    assert sum(parts).item() == pytest.approx(nats / n_targets, rel=1e-6)
    sum(parts).backward()
    assert all(parameter.grad is not None for parameter in model.lm_head.parameters())


def test_rows_are_filled_up() -> None:
    assert fill_up(torch.ones(5, 2), 4, 0).shape == (8, 2)
    assert fill_up(torch.ones(4, 2), 4, 0).shape == (4, 2)
