"""Read a model of the llama architecture from a GGUF file.

GGUF files of this architecture store query and key rows interleaved, shapes in reverse order, Llama 3's RoPE
scaling as a tensor of divisors, and leave out a tied output head.

Source:
    ggml-org/ggml, docs/gguf.md; ggml-org/llama.cpp, conversion of Llama models.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGUFReader, ReaderTensor
from torch import Tensor

from ..config import ModelConfig
from ..model import Llama
from ..rope_scaling import FactorScaling, LinearScaling, RopeScaling
from .gguf_blocks import dequantize
from .gguf_file import metadata, open_gguf
from .names import load_weights, rename, require_layers, require_number, require_size
from .rope_layout import interleaved_to_split

ROPE_FACTORS = "rope_freqs.weight"


def gguf_config(path: str | Path) -> ModelConfig:
    """Read the sizes of the model in a GGUF file, without its weights.

    Args:
        path: a GGUF file of the llama architecture.

    Returns:
        The config; ``tie_embeddings`` is true where the file has no output matrix.

    Raises:
        ValueError: if the file is malformed, of another architecture, or needs what this model lacks.

    Source:
        ggml-org/ggml, docs/gguf.md, section on llama metadata.
    """
    return read_config(open_gguf(path), Path(path))


def load_gguf(
    path: str | Path, dtype: torch.dtype = torch.float32, build: Callable[[ModelConfig], Llama] = Llama
) -> Llama:
    """Load a model from a GGUF file; quantized weights are decoded.

    Args:
        path: a GGUF file of the llama architecture with weights in F32, F16, BF16, Q4_0, Q4_1 or Q8_0.
        dtype: dtype of the weights in memory.
        build: makes the model from its config; any module whose weights have the names of ``Llama``'s will do.

    Returns:
        The model on the CPU.

    Raises:
        ValueError: as for ``gguf_config``, or if a weight has a format that cannot be decoded.
        CheckpointError: if a weight is missing, unexpected or of the wrong shape.

    Source:
        ggml-org/llama.cpp, conversion of Llama models.
    """
    path = Path(path)
    reader = open_gguf(path)
    config = read_config(reader, path)
    require_layers(config.n_layers, (tensor.name for tensor in reader.tensors), path)
    with torch.device("meta"):
        model = build(config)
    load_weights(model, _weights(reader, config, dtype, path), path)
    return model


def read_config(reader: GGUFReader, path: Path) -> ModelConfig:
    """Translate the metadata of an open file.

    Raises:
        ValueError: as for ``gguf_config``; the message names the file.
    """
    fields = metadata(reader)
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    try:
        _require_llama(fields)
        if "token_embd.weight" not in tensors:
            raise ValueError("there are no model weights in it (token_embd.weight is missing)")
        return ModelConfig(
            **_read_sizes(fields, vocab_size=int(tensors["token_embd.weight"].shape[-1])),
            tie_embeddings="output.weight" not in tensors,
            rope_scaling=_read_scaling(fields, tensors.get(ROPE_FACTORS)),
        )
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _require_llama(fields: dict[str, Any]) -> None:
    """Refuse files that are no plain, whole model of the llama architecture."""
    architecture, kind = fields.get("general.architecture"), fields.get("general.type", "model")
    if architecture != "llama":
        raise ValueError(f"the architecture is {architecture!r}, only 'llama' is supported")
    if fields.get("llama.expert_count"):
        raise ValueError("it is a mixture of experts, only dense models are supported")
    if kind != "model":
        raise ValueError(f"the file holds a {kind!r}, a 'model' is needed")
    if fields.get("split.count", 0) not in (0, 1):
        raise ValueError("it is one part of several. Join them with llama.cpp: llama-gguf-split --merge")


def _read_sizes(fields: dict[str, Any], vocab_size: int) -> dict[str, int | float]:
    """Translate the llama.* metadata to the names of ModelConfig."""

    def size(key: str, default: int | None = None) -> int:
        return require_size(fields.get(f"llama.{key}", default), f"llama.{key}")

    def number(key: str, default: float | None = None) -> float:
        return _shortest(require_number(fields.get(f"llama.{key}", default), f"llama.{key}"))

    dim, n_heads = size("embedding_length"), size("attention.head_count")
    head_dim = size("attention.key_length", dim // n_heads)
    for key in ("attention.value_length", "rope.dimension_count"):
        if size(key, head_dim) != head_dim:
            raise ValueError(f"llama.{key} is {size(key)}, but one head has {head_dim} channels")
    return {
        "vocab_size": size("vocab_size", vocab_size),
        "dim": dim,
        "n_layers": size("block_count"),
        "n_heads": n_heads,
        "n_kv_heads": size("attention.head_count_kv", n_heads),
        "head_dim": head_dim,
        "hidden_dim": size("feed_forward_length"),
        "max_seq_len": size("context_length"),
        "rope_theta": number("rope.freq_base", 10_000.0),
        "norm_eps": number("attention.layer_norm_rms_epsilon"),
    }


def _read_scaling(fields: dict[str, Any], factors: ReaderTensor | None) -> RopeScaling | None:
    """Return the RoPE scaling: a tensor of divisors (Llama 3.1) or a linear factor."""
    kind = fields.get("llama.rope.scaling.type", "none")
    if kind not in ("none", "linear"):
        raise ValueError(f"RoPE scaling of the type {kind!r} is not supported, only 'linear'")
    key = "llama.rope.scaling.factor" if kind == "linear" else "llama.rope.scale_linear"
    linear = _shortest(require_number(fields.get(key, 1.0), key))
    if factors is None:
        return LinearScaling(linear) if linear != 1 else None
    if linear != 1:
        raise ValueError(f"it has both {key} and {ROPE_FACTORS}; only one of them can be applied")
    return FactorScaling(tuple(require_number(x, ROPE_FACTORS) for x in decode_tensor(factors).flatten().tolist()))


def _shortest(value: float) -> float:
    """Undo the noise of float32 storage: 9.99999975e-06 -> 1e-05."""
    return float(str(np.float32(value)))


def named_tensors(reader: GGUFReader, config: ModelConfig) -> Iterator[tuple[str, ReaderTensor, int | None]]:
    """Go through the weights of an open file.

    Args:
        reader: the open file.
        config: its config.

    Yields:
        Our name, or theirs if we have none; the tensor; and for a projection whose rows are rotated by RoPE, and so
        interleaved, its number of heads.
    """
    heads = {"attn_q": config.n_heads, "attn_k": config.n_kv_heads}
    for tensor in reader.tensors:
        if tensor.name != ROPE_FACTORS:  # those are part of the config
            n_rope_heads = next((n for part, n in heads.items() if part in tensor.name.split(".")), None)
            yield rename(tensor.name, "gguf", "ours") or tensor.name, tensor, n_rope_heads


def _weights(reader: GGUFReader, config: ModelConfig, dtype: torch.dtype, path: Path) -> Iterator[tuple[str, Tensor]]:
    """Decode one tensor after the other; yield it under our name, in our layout."""
    for name, tensor, n_rope_heads in named_tensors(reader, config):
        try:
            weight = decode_tensor(tensor, n_rope_heads)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        yield name, weight.to(dtype)


def decode_tensor(tensor: ReaderTensor, n_rope_heads: int | None = None) -> Tensor:
    """Decode the bytes of one tensor to float32 and bring rotated rows into our order.

    Raises:
        ValueError: if its format cannot be decoded, or its rows do not divide into heads.
    """
    raw = torch.from_numpy(np.array(tensor.data).view(np.uint8).reshape(-1))  # a copy: the mapped file stays as it is
    try:
        weight = dequantize(raw, tensor.tensor_type.name, tensor.shape[::-1].tolist())
        return interleaved_to_split(weight, n_rope_heads) if n_rope_heads else weight
    except ValueError as error:
        raise ValueError(f"tensor {tensor.name}: {error}") from error
