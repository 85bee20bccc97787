"""Tests of minillama.random_states."""

import json
import random

import numpy as np
import torch

from minillama.random_states import random_states, set_random_states


def draw() -> tuple:
    return random.random(), random.gauss(0, 1), np.random.rand(), np.random.randn(), torch.rand(3).tolist()


def test_all_generators_go_on() -> None:
    random.gauss(0, 1)  # each leaves a spare number behind
    np.random.randn()
    tensors, python = random_states()
    python = json.loads(json.dumps(python))
    expected = draw(), draw()
    set_random_states(tensors, python)
    assert (draw(), draw()) == expected
    assert draw() not in expected


def test_a_device_that_is_not_here_is_left_out() -> None:
    tensors, python = random_states()
    set_random_states(tensors | {"cuda99": torch.zeros(16, dtype=torch.uint8)}, python)
