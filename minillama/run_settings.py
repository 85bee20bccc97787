"""The settings of a training run, read from texts such as ``dim=128``.

They fill three configs: of the model, of the training, and of the run itself.
"""

import math
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

from .config import PRESETS, ModelConfig
from .shards import TokenShards
from .swiglu import swiglu_hidden_dim
from .train_config import TrainConfig

FREE_WHEN_RESUMED = ("data", "out", "valid", "valid_steps", "save_seconds", "save_steps", "recompute")


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """What a run reads and writes, and when.

    Args:
        data: folder of token shards to train on.
        out: folder for the checkpoint, the log and the finished model.
        preset: name of a published model whose sizes are taken; other fields given replace them.
        batch_size: rows of one batch.
        init_std: standard deviation of the first weights. 0.02 suits wide models; a narrow one learns far faster from
            about ``dim ** -0.5``.
        embedding_std: that of the embedding, if it is to be another; 0 gives it ``init_std``.
        save_seconds: a checkpoint is written when the last one is this old.
        save_steps: and after every so many steps; 0 goes by the clock alone.
        valid: folder of token shards for validation; empty leaves it out.
        valid_steps: validate after every so many steps.
        recompute: keep only the input of each block on the way forward, and compute the rest again: less memory, more
            work.

    Raises:
        ValueError: if a value is out of range.

    Example:
        >>> RunConfig(data="shards", out="run", batch_size=8).save_steps
        0
    """

    data: str
    out: str
    preset: str = ""
    batch_size: int = 16
    init_std: float = 0.02
    embedding_std: float = 0.0
    save_seconds: float = 300.0
    save_steps: int = 0
    valid: str = ""
    valid_steps: int = 200
    recompute: bool = False

    def __post_init__(self) -> None:
        for name, least in (("batch_size", 1), ("save_steps", 0), ("valid_steps", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, got {getattr(self, name)}")
        if not self.save_seconds > 0:
            raise ValueError(f"save_seconds must be positive, got {self.save_seconds}")
        if not 0 < self.init_std < math.inf:
            raise ValueError(f"init_std must be a positive number, got {self.init_std}")
        if not 0 <= self.embedding_std < math.inf:
            raise ValueError(f"embedding_std must be a number of 0 or more, got {self.embedding_std}")
        if self.preset and self.preset not in PRESETS:
            raise ValueError(f"there is no preset {self.preset!r}; there are {', '.join(PRESETS)}")


OWNERS = (RunConfig, ModelConfig, TrainConfig)


def read_settings(texts: Iterable[str], owners: tuple[type, ...] = OWNERS) -> dict[str, Any]:
    """Convert ``name=value`` texts by the types of the fields they name.

    Args:
        texts: such as ``n_steps=1000`` or ``betas=0.9,0.95``.
        owners: the dataclasses whose fields may be named; by default all that describe a run.

    Returns:
        Values by name.

    Raises:
        ValueError: if a text has no ``=``, a name is unknown or given twice, or a value is of another type.

    Example:
        >>> read_settings(["dim=64", "learning_rate=1e-3", "tie_embeddings=yes"])
        {'dim': 64, 'learning_rate': 0.001, 'tie_embeddings': True}
    """
    kinds = _kinds(owners)
    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"settings have the form name=value, got {text!r}")
        if name not in kinds:
            raise ValueError(f"there is no setting {name!r}; there are {', '.join(kinds)}")
        if name in values:
            raise ValueError(f"{name} is given twice: leave one out")
        values[name] = _convert(name, value, kinds[name])
    return values


def run_config(values: Mapping[str, Any]) -> RunConfig:
    """Build the config of the run itself.

    Args:
        values: what ``read_settings`` returned.

    Raises:
        ValueError: if one that is needed is not given.
    """
    return RunConfig(**_part(values, RunConfig))


def train_config(values: Mapping[str, Any]) -> TrainConfig:
    """Build the config of the training.

    Args:
        values: what ``read_settings`` returned.

    Raises:
        ValueError: if one that is needed is not given.
    """
    return TrainConfig(**_part(values, TrainConfig))


def model_config(values: Mapping[str, Any], shards: TokenShards) -> ModelConfig:
    """Build the config of the model: the given fields, then those of the preset, then what follows from them.

    The vocabulary and the context follow from the data; ``n_kv_heads``, ``head_dim`` and ``hidden_dim`` from the
    other sizes.

    Args:
        values: what ``read_settings`` returned.
        shards: the data.

    Raises:
        ValueError: if a size is missing or does not fit the data.
    """
    given = {field.name: values[field.name] for field in fields(ModelConfig) if field.name in values}
    if preset := values.get("preset"):
        given = {field.name: getattr(PRESETS[preset], field.name) for field in fields(ModelConfig)} | given
    if missing := [name for name in ("dim", "n_layers", "n_heads") if name not in given]:
        raise ValueError(f"the model needs {', '.join(missing)}: give them, or preset=NAME")
    dim, n_heads = given["dim"], given["n_heads"]
    follows = {
        "vocab_size": shards.vocab_size,
        "max_seq_len": shards.row_length - 1,
        "n_kv_heads": n_heads,
        "head_dim": dim // max(1, n_heads),
        "hidden_dim": swiglu_hidden_dim(max(1, dim), multiple_of=32),
    }
    config = ModelConfig(**follows | given)
    for name, least in (("vocab_size", shards.vocab_size), ("max_seq_len", shards.row_length - 1)):
        if getattr(config, name) < least:
            raise ValueError(f"{name} is {getattr(config, name)}, but the data in {shards.folder} needs {least}")
    return config


def require_same(values: Mapping[str, Any], saved: Mapping[str, Any]) -> None:
    """Refuse settings that would change a run under way.

    Args:
        values: given now.
        saved: all values of the run so far.

    Raises:
        ValueError: if one differs that is not a matter of where and when to read and write.
    """
    for name, value in values.items():
        if name not in FREE_WHEN_RESUMED and value != saved.get(name):
            raise ValueError(
                f"the run was started with {name}={saved.get(name)}, not {value}: leave it out, or start a new run in "
                f"another folder. When resuming, only {', '.join(FREE_WHEN_RESUMED)} may change"
            )


def saved_values(*configs: Any) -> dict[str, Any]:
    """Return the fields of several configs in one dictionary.

    Args:
        configs: dataclasses without a field of the same name.

    Example:
        >>> saved_values(RunConfig(data="a", out="b"))["batch_size"]
        16
    """
    return {name: value for config in configs for name, value in asdict(config).items()}


def _kinds(owners: tuple[type, ...]) -> dict[str, Any]:
    """Type of every setting, in the order of its owners."""
    kinds: dict[str, Any] = {}
    for owner in owners:
        kinds |= typing.get_type_hints(owner)
    return {name: kind for name, kind in kinds.items() if not isinstance(kind, types.UnionType)}


def _convert(name: str, text: str, kind: Any) -> Any:
    """Turn a text into a value of some type."""
    if kind is str:
        return text
    if kind is bool:
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if text.lower() not in words:
            raise ValueError(f"{name} must be yes or no, got {text!r}")
        return words[text.lower()]
    if typing.get_origin(kind) is tuple:
        parts = text.split(",")
        if len(parts) != len(typing.get_args(kind)):
            raise ValueError(f"{name} needs {len(typing.get_args(kind))} numbers with commas between, got {text!r}")
        return tuple(_convert(name, part, float) for part in parts)
    try:
        value = kind(text)
    except ValueError:
        needed = "a whole number" if kind is int else "a number"
        raise ValueError(f"{name} must be {needed}, got {text!r}") from None
    if isinstance(value, float) and math.isnan(value):
        raise ValueError(f"{name} must be a number, got {text!r}")
    return value


def _part(values: Mapping[str, Any], owner: type) -> dict[str, Any]:
    """The values that belong to one config; those without a default must be there."""
    missing = [field.name for field in fields(owner) if field.default is MISSING and field.name not in values]
    if missing:
        raise ValueError(f"{', '.join(f'{name}=...' for name in missing)} must be given")
    return {field.name: values[field.name] for field in fields(owner) if field.name in values}
