"""A ModelConfig as plain values that JSON can hold, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .config import ModelConfig
from .rope_scaling import FactorScaling, LinearScaling, Llama3Scaling

SCALINGS = {kind.__name__: kind for kind in (LinearScaling, Llama3Scaling, FactorScaling)}


def config_fields(config: ModelConfig) -> dict[str, Any]:
    """Return the fields of a config; a RoPE scaling becomes its fields and its kind.

    Args:
        config: sizes of a model.

    Example:
        >>> from minillama.config import LLAMA_3_2_1B
        >>> config_fields(LLAMA_3_2_1B)["rope_scaling"]["kind"]
        'Llama3Scaling'
        >>> config_from_fields(config_fields(LLAMA_3_2_1B)) == LLAMA_3_2_1B
        True
    """
    scaling = config.rope_scaling
    return asdict(config) | {"rope_scaling": scaling and {"kind": type(scaling).__name__} | asdict(scaling)}


def config_from_fields(fields: Mapping[str, Any]) -> ModelConfig:
    """Build the config that ``config_fields`` took apart.

    Args:
        fields: values by name, as read from JSON.

    Raises:
        ValueError: if the RoPE scaling is of an unknown kind.
    """
    scaling = fields.get("rope_scaling")
    if scaling is not None:
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in scaling.items()}
        kind = values.pop("kind", None)
        if kind not in SCALINGS:
            raise ValueError(f"rope_scaling must be one of {', '.join(SCALINGS)}, got {kind!r}")
        scaling = SCALINGS[kind](**values)
    return ModelConfig(**{**fields, "rope_scaling": scaling})
