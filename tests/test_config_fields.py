"""Tests of minillama.config_fields."""

import json
from dataclasses import replace

import pytest
from tiny import TINY

from minillama.config import PRESETS, ModelConfig
from minillama.config_fields import config_fields, config_from_fields
from minillama.rope_scaling import FactorScaling, LinearScaling


@pytest.mark.parametrize(
    "config",
    [
        *PRESETS.values(),
        replace(TINY, rope_scaling=LinearScaling(4.0), tie_embeddings=True),
        replace(TINY, rope_scaling=FactorScaling((1.0, 2.0, 3.0, 4.0, 5.0))),
    ],
    ids=lambda config: f"{config.dim}",
)
def test_configs_survive_json(config: ModelConfig) -> None:
    assert config_from_fields(json.loads(json.dumps(config_fields(config)))) == config


def test_unknown_scaling() -> None:
    fields = config_fields(TINY) | {"rope_scaling": {"kind": "Yarn", "factor": 2.0}}
    with pytest.raises(ValueError, match="rope_scaling must be one of LinearScaling, .*, got 'Yarn'"):
        config_from_fields(fields)
