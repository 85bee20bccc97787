"""Write a model into a folder in the Hugging Face layout: config.json and model.safetensors.

Source:
    huggingface/transformers, configuration_llama.py; huggingface/safetensors, format description.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from ..atomic_files import open_atomically
from ..config import ModelConfig
from ..model import Llama
from ..rope_scaling import LinearScaling, Llama3Scaling, RopeScaling
from .names import rename


def save_huggingface(
    model: Llama,
    folder: str | Path,
    dtype: torch.dtype = torch.bfloat16,
    bos_id: int | None = None,
    eos_id: int | None = None,
) -> None:
    """Write config and weights where transformers and ``load_huggingface`` find them.

    Args:
        model: not changed.
        folder: created if it is missing; files of these names are replaced.
        dtype: of the weights in the file; bfloat16 halves it and keeps three significant digits.
        bos_id: the token that begins a text, for those who generate.
        eos_id: the token that ends a text.

    Raises:
        ValueError: if the RoPE scaling has no name in this layout.

    Example:
        >>> import tempfile
        >>> from minillama.formats.huggingface import load_huggingface
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> model, folder = Llama(config), tempfile.mkdtemp()
        >>> save_huggingface(model, folder, torch.float32)
        >>> torch.equal(load_huggingface(folder).lm_head.weight, model.lm_head.weight)
        True

    Source:
        huggingface/transformers, configuration_llama.py.
    """
    fields = _fields(model.config, dtype)
    fields |= {name: value for name, value in (("bos_token_id", bos_id), ("eos_token_id", eos_id)) if value is not None}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open_atomically(folder / "model.safetensors") as file:
        file.write(save(_weights(model, dtype), {"format": "pt"}))
    with open_atomically(folder / "config.json") as file:
        file.write(json.dumps(fields, indent=2).encode())


def _weights(model: Llama, dtype: torch.dtype) -> dict[str, Tensor]:
    """The weights under their Hugging Face names; a tied head is left out."""
    return {
        rename(name, "ours", "huggingface") or name: weight.detach().to("cpu", dtype).clone()
        for name, weight in model.named_parameters()
    }


def _fields(config: ModelConfig, dtype: torch.dtype) -> dict[str, Any]:
    """The content of config.json, in the form that versions 4 and 5 of transformers read."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.dim,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "head_dim": config.head_dim,
        "intermediate_size": config.hidden_dim,
        "max_position_embeddings": config.max_seq_len,
        "rope_theta": config.rope_theta,
        "rope_scaling": _scaling(config.rope_scaling),
        "rms_norm_eps": config.norm_eps,
        "tie_word_embeddings": config.tie_embeddings,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "torch_dtype": str(dtype).removeprefix("torch."),
    }


def _scaling(scaling: RopeScaling | None) -> dict[str, Any] | None:
    """The RoPE scaling in this layout's words."""
    if scaling is None:
        return None
    if isinstance(scaling, LinearScaling):
        return {"rope_type": "linear", "factor": scaling.factor}
    if isinstance(scaling, Llama3Scaling):
        return {
            "rope_type": "llama3",
            "factor": scaling.factor,
            "low_freq_factor": scaling.low_freq_factor,
            "high_freq_factor": scaling.high_freq_factor,
            "original_max_position_embeddings": scaling.original_max_seq_len,
        }
    raise ValueError(f"{type(scaling).__name__} has no name in the Hugging Face layout: use Linear or Llama3 scaling")
