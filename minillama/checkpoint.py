"""Checkpoints: everything a run needs to go on as if it had never stopped, in one file.

The file is in the safetensors format: tensors by name, and a text with all other values. It holds no code, unlike
a pickle. A checksum over everything tells a damaged file from a good one.

Source: huggingface/safetensors, format description.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from .atomic_files import open_atomically, sync_folder
from .config import ModelConfig
from .config_fields import config_fields, config_from_fields
from .formats.names import CheckpointError
from .named_state import load_named_state, named_state
from .random_states import random_states, set_random_states

FILE, FORMAT = "checkpoint.safetensors", "minillama checkpoint 1"
WEIGHTS, MOMENTS, RANDOM = "weights/", "optimizer/", "random/"


@dataclass(frozen=True)
class SavedRun:
    """What any checkpoint of a run tells, in one file or in parts.

    Args:
        path: where it was read from.
        step: number of the next step: as many updates were done.
        position: state of the data loader.
        config: how the run trains, as a dictionary.
        model_config: sizes of the model, or None if it had no ``ModelConfig``.
        extra: whatever else the caller kept.
    """

    path: Path
    step: int
    position: dict[str, Any] | None
    config: dict[str, Any]
    model_config: ModelConfig | None
    extra: dict[str, Any]


@dataclass(frozen=True)
class Checkpoint(SavedRun):
    """What ``save_checkpoint`` saved: all of ``SavedRun``, and the tensors in memory.

    Args:
        tensors: weights, moments of the optimizer and random states by prefixed name.
        optimizer: settings and scalars of the optimizer.
        python_random: state of Python's generator.
    """

    tensors: dict[str, Tensor]
    optimizer: dict[str, Any] | None
    python_random: list[Any]

    def restore(self, model: nn.Module, optimizer: torch.optim.Optimizer | None = None) -> None:
        """Give a model its weights; with an optimizer, give that its state and all generators theirs.

        The parameters stay the same objects, so an optimizer made before remains right.

        Args:
            model: changed in place, only if everything fits.
            optimizer: made for this model as it was made for the saved one.

        Raises:
            CheckpointError: if weights are missing, unexpected or of another shape.
            ValueError: if the optimizer has other parameters, or the checkpoint holds none.
        """
        saved = _with_prefix(self.tensors, WEIGHTS)
        current = named_weights(model)
        _require_fit(saved, current, self.path)
        if optimizer is not None:
            if self.optimizer is None:
                raise ValueError(f"{self.path} was saved without an optimizer: restore the model alone")
            load_named_state(model, optimizer, self.optimizer, _with_prefix(self.tensors, MOMENTS))
        with torch.no_grad():
            for name, weight in current.items():
                weight.copy_(saved[name])
        if optimizer is not None:
            set_random_states(_with_prefix(self.tensors, RANDOM), self.python_random)


def save_checkpoint(
    folder: str | Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer | None = None,
    step: int = 0,
    position: Mapping[str, Any] | None = None,
    config: Any = None,
    extra: Mapping[str, Any] | None = None,
) -> Path:
    """Save everything a run needs to go on; the checkpoint of before is replaced once this one is complete.

    Besides the arguments, the states of the generators of Python, NumPy and torch are kept.

    Args:
        folder: where the file is written; created if it is missing.
        model: its weights and, if it has one, its ``ModelConfig``.
        optimizer: its settings and moments.
        step: number of the next step.
        position: what the ``state_dict`` of the data loader returns; must be JSON, as the next two.
        config: how the run trains: a dataclass or a dictionary.
        extra: anything else, such as the state of a ``LossScaler``.

    Returns:
        The path of the file.

    Raises:
        OSError: if it cannot be written, such as on a full disk; the checkpoint of before is untouched. If only the
            wait for the disk fails, the new one is in place but might not outlast a power cut.

    Example:
        >>> import tempfile
        >>> folder, layer = tempfile.mkdtemp(), nn.Linear(2, 1)
        >>> path = save_checkpoint(folder, layer, step=7)
        >>> path.name, load_checkpoint(folder).step
        ('checkpoint.safetensors', 7)
    """
    path = Path(folder) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {WEIGHTS + name: weight for name, weight in named_weights(model).items()}
    settings = None
    if optimizer is not None:
        settings, moments = named_state(model, optimizer)
        tensors |= {MOMENTS + name: moment for name, moment in moments.items()}
    states, python_random = random_states()
    tensors |= {RANDOM + name: state for name, state in states.items()}
    tensors = {name: _plain(tensor) for name, tensor in sorted(tensors.items())}
    content = run_content(model, step, position, config, extra)
    content |= {"optimizer": settings, "python_random": python_random}
    text = json.dumps(content)
    metadata = {"format": FORMAT, "content": text, "sha256": _checksum(tensors, text)}
    _write(path, save(tensors, metadata))
    return path


def run_content(
    model: nn.Module, step: int, position: Mapping[str, Any] | None, config: Any, extra: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the fields of ``SavedRun`` but the path, for JSON; the arguments are those of ``save_checkpoint``."""
    sizes = getattr(model, "config", None)
    return {
        "step": step,
        "position": None if position is None else dict(position),
        "config": asdict(config) if is_dataclass(config) else dict(config or {}),
        "model_config": config_fields(sizes) if isinstance(sizes, ModelConfig) else None,
        "extra": dict(extra or {}),
    }


def load_checkpoint(folder: str | Path) -> Checkpoint:
    """Read a checkpoint and check that it is whole.

    Args:
        folder: where ``save_checkpoint`` wrote it.

    Returns:
        The checkpoint, in memory; call its ``restore``.

    Raises:
        FileNotFoundError: if there is none.
        ValueError: if the file is damaged or holds something else.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        raise FileNotFoundError(f"{folder} has no {FILE}: nothing was saved there. Start the run without resuming")
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
    except SafetensorError as error:
        raise ValueError(f"{path} is cut off or damaged ({error}): use a copy of it, or start again") from error
    if metadata.get("format") != FORMAT:
        raise ValueError(f"{path} is no checkpoint of a run: its format is {metadata.get('format')!r}, not {FORMAT!r}")
    if metadata.get("sha256") != _checksum(tensors, metadata.get("content", "")):
        raise ValueError(f"{path} is damaged: its checksum is wrong. Use a copy of it, or start again")
    content = json.loads(metadata["content"])
    if content["model_config"] is not None:
        content["model_config"] = config_from_fields(content["model_config"])
    return Checkpoint(path=path, tensors=tensors, **content)


def _write(path: Path, content: bytes) -> None:
    """Replace the file in one step, and wait until its name is on the disk as well."""
    try:
        with open_atomically(path) as file:
            file.write(content)
    except OSError as error:
        old = "The checkpoint of before is untouched" if path.exists() else "There is none of before"
        raise OSError(
            error.errno,
            f"no checkpoint could be written to {path}: {error.strerror}. {old}; free some space and resume",
        ) from error
    sync_folder(path.parent)


def named_weights(model: nn.Module) -> dict[str, Tensor]:
    """Return parameters and buffers by name; a tied one by its first name."""
    named: dict[int, tuple[str, Tensor]] = {}
    for name, tensor in model.state_dict(keep_vars=True).items():
        named.setdefault(id(tensor), (name, tensor))
    return dict(named.values())


def _plain(tensor: Tensor) -> Tensor:
    """The tensor on the CPU in memory of its own: the format refuses tensors that share a piece."""
    tensor = tensor.detach().cpu().contiguous()
    return tensor if tensor.untyped_storage().nbytes() == tensor.nbytes else tensor.clone()


def _require_fit(saved: Mapping[str, Tensor], current: Mapping[str, Tensor], path: Path) -> None:
    """Refuse weights that do not fit the model."""
    misshaped = [
        f"{name} is {tuple(saved[name].shape)}, must be {tuple(current[name].shape)}"
        for name in current
        if name in saved and saved[name].shape != current[name].shape
    ]
    missing = [name for name in current if name not in saved]
    unexpected = [name for name in saved if name not in current]
    if missing or unexpected or misshaped:
        raise CheckpointError(path, missing, unexpected, misshaped)


def _with_prefix(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors of one kind, under their own names."""
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _checksum(tensors: Mapping[str, Tensor], text: str) -> str:
    """SHA-256 over names, shapes, dtypes and bytes of all tensors, and the text."""
    digest = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        tensor = tensors[name]
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()
