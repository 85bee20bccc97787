"""Tests of minillama.train_config."""

import math
import re
from dataclasses import FrozenInstanceError, replace

import pytest

from minillama.train_config import Step, TrainConfig

GOOD = TrainConfig(n_steps=7, learning_rate=1e-3)


def test_defaults_are_those_of_llama() -> None:
    assert (GOOD.betas, GOOD.weight_decay, GOOD.clip_norm, GOOD.final_fraction) == ((0.9, 0.95), 0.1, 1.0, 0.1)
    assert replace(GOOD, clip_norm=math.inf).clip_norm == math.inf
    with pytest.raises(FrozenInstanceError):
        GOOD.n_steps = 8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_steps": 0}, "n_steps must be a whole number from 1 on, got 0"),
        ({"n_steps": 2.5}, "n_steps must be a whole number"),
        ({"accumulate": True}, "accumulate must be a whole number from 1 on, got True"),
        ({"seed": -1}, "seed must be a whole number from 0 on, got -1"),
        ({"learning_rate": 0.0}, "learning_rate must be a positive number, got 0.0"),
        ({"learning_rate": math.nan}, "learning_rate must be a positive number, got nan"),
        ({"learning_rate": math.inf}, "learning_rate must be a positive number, got inf"),
        ({"final_fraction": 7.0}, "final_fraction must be between 0 and 1, got 7.0"),
        ({"clip_norm": 0.0}, "clip_norm must be positive, got 0.0"),
        ({"weight_decay": -0.1}, "weight_decay must be 0 or more, got -0.1"),
        ({"z_loss": math.inf}, "z_loss must be 0 or more, got inf"),
        ({"n_warmup": 8}, "n_warmup (8) must not exceed n_steps (7)"),
        ({"precision": "int8"}, "precision must be one of float32, bfloat16, float16, got 'int8'"),
        ({"betas": (0.9, 1.0)}, "betas must be two numbers from 0 to below 1, got (0.9, 1.0)"),
    ],
)
def test_values_out_of_range(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(GOOD, **change)


def test_throughput() -> None:
    step = Step(index=0, loss=1.0, learning_rate=0.1, grad_norm=2.0, n_tokens=300, seconds=0.5, flops=10**9)
    assert step.tokens_per_second == 600
    assert step.mfu(peak_flops=8e9) == 0.25
