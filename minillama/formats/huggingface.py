"""Read a model from a folder in the Hugging Face layout: config.json and safetensors files.

Source:
    huggingface/transformers, configuration_llama.py and modeling_rope_utils.py, versions 4 and 5;
    huggingface/safetensors, format description.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from ..config import ModelConfig
from ..model import Llama
from ..rope_scaling import LinearScaling, Llama3Scaling, RopeScaling
from .names import is_rope_buffer, load_weights, rename, require_layers, require_number, require_size

WEIGHTS, INDEX = "model.safetensors", "model.safetensors.index.json"
FLOATS = (torch.float32, torch.float16, torch.bfloat16, torch.float64)


def huggingface_config(folder: str | Path) -> ModelConfig:
    """Read the sizes of the model in a Hugging Face folder, without its weights.

    Args:
        folder: holds ``config.json``, as written by any version of transformers.

    Returns:
        The config.

    Raises:
        ValueError: if the file is missing, malformed, of another architecture, or asks for something this
            model lacks (biases, quantization, another RoPE scaling).

    Source:
        huggingface/transformers, configuration_llama.py.
    """
    path = Path(folder) / "config.json"
    fields = _read_json(path)
    try:
        _require_llama(fields)
        return ModelConfig(**_read_sizes(fields), **_read_rope(fields))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def load_huggingface(folder: str | Path, dtype: torch.dtype = torch.float32) -> Llama:
    """Load a model from a folder in the Hugging Face layout.

    Files are memory-mapped and read one tensor at a time.

    Args:
        folder: holds ``config.json`` and ``model.safetensors``, or several files with their index.
        dtype: dtype of the weights in memory.

    Returns:
        The model on the CPU.

    Raises:
        ValueError: as for ``huggingface_config``, or if a weight file is missing or malformed.
        CheckpointError: if a weight is missing, unexpected or of the wrong shape.

    Source:
        huggingface/transformers, modeling_llama.py.
    """
    folder = Path(folder)
    config = huggingface_config(folder)
    shards = _find_shards(folder)
    require_layers(config.n_layers, (name for names in shards.values() for name in names), folder)
    with torch.device("meta"):
        model = Llama(config)
    load_weights(model, _weights(shards, dtype), folder)
    return model


def _read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object."""
    if not path.is_file():
        raise ValueError(f"{path.parent} is no model folder: it has no {path.name}")
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is not valid JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError(f"{path} must hold a JSON object, got a {type(fields).__name__}")
    return fields


def _require_llama(fields: dict[str, Any]) -> None:
    """Refuse configs that describe anything but a plain LLaMA."""
    kind, architectures = fields.get("model_type"), fields.get("architectures")
    if kind != "llama" and architectures != ["LlamaForCausalLM"]:
        raise ValueError(f"the model type is {kind!r} (architectures {architectures}), only 'llama' is supported")
    for key in ("attention_bias", "mlp_bias"):
        if fields.get(key):
            raise ValueError(f"{key} is {fields[key]!r}, but this model has no biases")
    if fields.get("hidden_act", "silu") != "silu":
        raise ValueError(f"hidden_act is {fields['hidden_act']!r}, only 'silu' is supported")
    if fields.get("quantization_config"):
        raise ValueError("the weights are quantized. Use the original model, or a GGUF file of it")


def _read_sizes(fields: dict[str, Any]) -> dict[str, Any]:
    """Translate config.json to the names of ModelConfig; None means absent there."""

    def size(key: str, default: int | None = None) -> int:
        return require_size(default if fields.get(key) is None else fields[key], key)

    dim, n_heads = size("hidden_size"), size("num_attention_heads")
    tied = fields.get("tie_word_embeddings", False)
    if not isinstance(tied, bool):
        raise ValueError(f"tie_word_embeddings must be true or false, got {tied!r}")
    return {
        "vocab_size": size("vocab_size"),
        "dim": dim,
        "n_layers": size("num_hidden_layers"),
        "n_heads": n_heads,
        "n_kv_heads": size("num_key_value_heads", n_heads),
        "head_dim": size("head_dim", dim // n_heads),
        "hidden_dim": size("intermediate_size"),
        "max_seq_len": size("max_position_embeddings", 2048),
        "norm_eps": require_number(fields.get("rms_norm_eps", 1e-6), "rms_norm_eps"),
        "tie_embeddings": tied,
    }


def _read_rope(fields: dict[str, Any]) -> dict[str, Any]:
    """Return base and scaling: version 5 keeps both in rope_parameters, version 4 in two keys."""
    rope = fields.get("rope_parameters") or fields.get("rope_scaling") or {}
    if not isinstance(rope, dict):
        raise ValueError(f"the RoPE parameters must be an object, got {rope!r}")
    if rope.get("partial_rotary_factor", 1.0) != 1.0:
        raise ValueError(f"partial_rotary_factor must be 1, got {rope['partial_rotary_factor']!r}")
    theta = require_number(rope.get("rope_theta", fields.get("rope_theta", 10_000.0)), "rope_theta")
    return {"rope_theta": theta, "rope_scaling": _read_scaling(rope)}


def _read_scaling(rope: dict[str, Any]) -> RopeScaling | None:
    """Return the scaling that the RoPE parameters ask for."""
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "default":
        return None
    if kind == "linear":
        return LinearScaling(require_number(rope.get("factor"), "factor"))
    if kind != "llama3":
        raise ValueError(f"RoPE scaling {kind!r} is not supported, only 'linear' and 'llama3'")
    return Llama3Scaling(
        factor=require_number(rope.get("factor"), "factor"),
        low_freq_factor=require_number(rope.get("low_freq_factor"), "low_freq_factor"),
        high_freq_factor=require_number(rope.get("high_freq_factor"), "high_freq_factor"),
        original_max_seq_len=require_size(
            rope.get("original_max_position_embeddings"), "original_max_position_embeddings"
        ),
    )


def _find_shards(folder: Path) -> dict[Path, list[str]]:
    """Return the weight files and the names in each."""
    single, index = folder / WEIGHTS, folder / INDEX
    if single.is_file():
        return {single: _names_in(single)}
    if not index.is_file():
        hint = " Convert the .bin files with transformers' save_pretrained." if any(folder.glob("*.bin")) else ""
        raise ValueError(f"{folder} has neither {WEIGHTS} nor {INDEX}.{hint}")
    places = _read_json(index).get("weight_map")
    if not isinstance(places, dict) or not all(isinstance(file, str) for file in places.values()):
        raise ValueError(f"{index}: weight_map must say for each weight in which file it is")
    files = sorted(set(places.values()))
    for file in files:
        if Path(file).name != file or not (folder / file).is_file():
            raise ValueError(f"{index} names the file {file!r}, which is not in the folder")
    shards = {folder / file: _names_in(folder / file) for file in files}
    for path, names in shards.items():
        if lost := {name for name in places if places[name] == path.name} ^ set(names):
            raise ValueError(f"{index} and {path.name} disagree on {len(lost)} weights, one is {min(lost)}")
    return shards


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    """Open a safetensors file, memory-mapped; the library's complaints become ValueErrors."""
    try:
        with safe_open(path, framework="pt") as file:
            yield file
    except SafetensorError as error:
        raise ValueError(f"{path} is not a usable safetensors file: {error}") from error


def _names_in(path: Path) -> list[str]:
    """Return the names of the weights in one file."""
    with _open(path) as file:
        return list(file.keys())


def _weights(shards: dict[Path, list[str]], dtype: torch.dtype) -> Iterator[tuple[str, Tensor]]:
    """Read one tensor after the other; yield it under our name."""
    for path, names in shards.items():
        with _open(path) as file:
            for name in names:
                if is_rope_buffer(name):
                    continue
                weight = file.get_tensor(name)
                if weight.dtype not in FLOATS:
                    raise ValueError(f"{path}: {name} has the dtype {weight.dtype}, floating point is needed")
                # A copy, so that the model does not depend on the file any more.
                yield rename(name, "huggingface", "ours") or name, weight.to(dtype, copy=True)
