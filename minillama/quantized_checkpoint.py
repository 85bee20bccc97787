"""Save a quantized model as it is, packed, and load it again without ever having it in floats.

A folder holds ``model.safetensors`` with all tensors, each once, and ``config.json`` with the sizes of the model and
the grid of each quantized layer. The weights file repeats the text of the config, so that two files of different
models are noticed.

Source: huggingface/safetensors, format description.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from .atomic_files import open_atomically
from .config import ModelConfig
from .config_fields import config_fields, config_from_fields
from .formats.json_object import JsonObject, load_json
from .formats.names import CheckpointError, load_weights, rename
from .model import Llama
from .quantization import Grid
from .quantized_layers import QuantizedEmbedding, QuantizedLinear, place_matrix
from .quantized_matrix import QuantizedMatrix

WEIGHTS, CONFIG, FORMAT = "model.safetensors", "config.json", "minillama quantized 1"


def save_quantized(model: Llama, folder: str | Path) -> None:
    """Write a model, some or all of whose layers are quantized.

    Args:
        model: not changed.
        folder: created if it is missing; files of these names are replaced, each once its successor is complete.

    Raises:
        ValueError: if the model holds weights that ``Llama`` has not, such as those of LoRA.
        OSError: if it cannot be written.

    Example:
        >>> import tempfile
        >>> from minillama.quantized_layers import quantize_model
        >>> model = Llama(ModelConfig(vocab_size=97, dim=64, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=16,
        ...                           hidden_dim=96, max_seq_len=32))
        >>> quantize_model(model, Grid(4, group=32))
        >>> folder, tokens = tempfile.mkdtemp(), torch.tensor([[5, 11, 60]])
        >>> save_quantized(model, folder)
        >>> torch.equal(load_quantized(folder)(tokens), model(tokens))
        True
    """
    layers, tensors = _layers(model), _tensors(model)
    foreign = [name for name in tensors if _layer(name) not in layers and rename(name, "ours", "gguf") is None]
    if foreign:
        raise ValueError(
            f"the model has weights that a plain Llama has not, such as {foreign[0]}: merge or remove what was added"
        )
    content = {"format": FORMAT, "model": config_fields(model.config), "quantized": layers}
    text = json.dumps(content, indent=2)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open_atomically(folder / WEIGHTS) as file:
        file.write(save(tensors, {"format": FORMAT, "config": json.dumps(content)}))
    with open_atomically(folder / CONFIG) as file:
        file.write(text.encode())


def load_quantized(folder: str | Path) -> Llama:
    """Load what ``save_quantized`` wrote.

    Args:
        folder: holds ``config.json`` and ``model.safetensors``.

    Returns:
        The model on the CPU. Layers that shared a matrix share it again.

    Raises:
        FileNotFoundError: if a file is missing.
        ValueError: if a file is damaged, holds something else, or the two do not belong together.
        CheckpointError: if a weight is missing, unexpected or of the wrong shape.
    """
    folder = Path(folder)
    for name in (CONFIG, WEIGHTS):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} has no {name}: nothing was saved there with save_quantized")
    fields = load_json(folder / CONFIG)
    with _naming(folder / CONFIG):
        config, layers = _read_config(fields)
    tensors = _read_tensors(folder / WEIGHTS, fields)
    with torch.device("meta"):
        model = Llama(config)
    matrices: dict[str, QuantizedMatrix] = {}
    with _naming(folder):
        for name, layer in layers.items():
            first = layer.get("same_as", str, name)
            if name == first:
                matrices[name] = _take_matrix(model, name, Grid(**layer.content), tensors, folder)
            elif first not in matrices:
                raise ValueError(f"{name} shares the weight of {first}, which is not quantized")
            place_matrix(model, name, matrices[first])
    load_weights(model, tensors.items(), folder)
    if isinstance(model.token_embedding, QuantizedEmbedding):
        model.token_embedding.to(model.final_norm.weight.dtype)
    return model


def _layers(model: nn.Module) -> dict[str, dict[str, Any]]:
    """The grid of each quantized layer, or the layer before it that has the same matrix."""
    layers: dict[str, dict[str, Any]] = {}
    owners: dict[QuantizedMatrix, str] = {}
    for name, module in model.named_modules():
        if isinstance(module, QuantizedLinear | QuantizedEmbedding):
            owner = owners.setdefault(module.matrix, name)
            layers[name] = asdict(module.grid) if owner == name else {"same_as": owner}
    return layers


def _tensors(model: nn.Module) -> dict[str, Tensor]:
    """All parameters and buffers on the CPU; a shared one by its first name."""
    named: dict[int, tuple[str, Tensor]] = {}
    for name, tensor in model.state_dict(keep_vars=True).items():
        named.setdefault(id(tensor), (name, tensor))
    return {name: tensor.detach().cpu().clone() for name, tensor in named.values()}


def _layer(name: str) -> str:
    """The layer that a tensor of a quantized matrix belongs to: a.matrix.packed -> a."""
    return name.rpartition(".matrix.")[0]


def _read_config(fields: JsonObject) -> tuple[ModelConfig, dict[str, JsonObject]]:
    """The config of the model, and by name what is said about each quantized layer."""
    if fields.get("format", str) != FORMAT:
        raise ValueError(f"this is no quantized model: its format is {fields.get('format', str)!r}, not {FORMAT!r}")
    try:
        config = config_from_fields(fields.part("model").content)
    except TypeError as error:  # a field is missing or unknown
        raise ValueError(f"the sizes of the model cannot be read: {error}") from error
    return config, {name: JsonObject(layer) for name, layer in fields.part("quantized").content.items()}


def _read_tensors(path: Path, fields: JsonObject) -> dict[str, Tensor]:
    """Copies of all tensors of a file that was saved together with this config."""
    tensors = {}
    try:
        with safe_open(path, framework="pt") as file:
            names, metadata = list(file.keys()), file.metadata() or {}
        for start in range(0, len(names), 64):
            # Opened again and again, because pages of a mapped file count as memory of the process until it is closed.
            with safe_open(path, framework="pt") as file:
                tensors |= {name: file.get_tensor(name).clone() for name in names[start : start + 64]}
    except SafetensorError as error:
        raise ValueError(f"{path} is cut off or damaged ({error}): use a copy of it, or save it again") from error
    if metadata.get("config") != json.dumps(fields.content):
        raise ValueError(f"{path} and {CONFIG} beside it were not saved together: save the model again")
    return tensors


def _take_matrix(model: nn.Module, name: str, grid: Grid, tensors: dict[str, Tensor], folder: Path) -> QuantizedMatrix:
    """Remove the tensors of one matrix from all and build it."""
    parts = ["packed", "scale_bits"] + ["minimum_bits"] * (not grid.symmetric)
    names = [f"{name}.matrix.{part}" for part in parts]
    if missing := [part for part in names if part not in tensors]:
        raise CheckpointError(folder, missing=missing)
    found: Mapping[str, Tensor] = {part: tensors.pop(full) for part, full in zip(parts, names, strict=True)}
    n_columns = model.get_submodule(name).weight.shape[-1]
    return QuantizedMatrix(found["packed"], found["scale_bits"], found.get("minimum_bits"), n_columns, grid)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let every complaint name the file."""
    try:
        yield
    except CheckpointError:
        raise
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
