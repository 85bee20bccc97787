"""Gradients averaged by hand, in overlapping buckets, and by DDP are those of one process."""

import pytest
import torch
from launch import launch
from torch import nn

from minillama.parallel.mesh import start_processes, stop_processes
from minillama.parallel.overlap import OverlappedAverage


@pytest.mark.parametrize("n", [2, 3])
def test_every_way_equals_one_process(n: int) -> None:
    for found in launch("averaging:compare", n):
        assert found.keys() == {"by hand", "6 buckets", "2 buckets", "1 buckets", "afterwards", "DDP"}
        assert max(found.values()) < 1e-15


def test_passes_without_averaging_add_up() -> None:
    assert max(launch("averaging:adding_up", 2)) < 1e-15


def test_the_recipe_for_data_parallelism_equals_one_process() -> None:
    for difference, n_steps in launch("averaging:recipe", 2):
        assert difference < 1e-12
        assert n_steps == 20


def test_a_parameter_without_a_gradient_is_noticed() -> None:
    start_processes()
    model = nn.ModuleList([nn.Linear(2, 3), nn.Linear(2, 3)])
    average = OverlappedAverage(model)
    with (
        pytest.raises(RuntimeError, match="2 trained parameters got no gradient, so the other processes wait for them"),
        average.during_backward(),
    ):
        model[0](torch.ones(1, 2)).sum().backward()
    stop_processes()


def test_bad_bucket() -> None:
    start_processes()
    with pytest.raises(ValueError, match="bucket_bytes must be positive, got 0"):
        OverlappedAverage(nn.Linear(2, 3), bucket_bytes=0)
    stop_processes()
