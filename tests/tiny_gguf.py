"""Write a tiny model as a GGUF file with the gguf library, the way llama.cpp's converter does.

Names, layouts and numbers are written out here on purpose, independently of the package.
"""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Kind

SIZES = {
    "vocab_size": 97, "dim": 64, "n_layers": 2, "n_heads": 4, "n_kv_heads": 2, "head_dim": 8, "hidden_dim": 96,
    "max_seq_len": 48, "rope_theta": 500.0, "norm_eps": 0.01,
}  # fmt: skip
THEIR_NAMES = {  # Hugging Face -> GGUF
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def random_weights(seed: int = 3) -> dict[str, np.ndarray]:
    """Float32 weights under Hugging Face's names, in split-half order, untied."""
    random = np.random.default_rng(seed)
    v, c, f = SIZES["vocab_size"], SIZES["dim"], SIZES["hidden_dim"]
    q, kv = SIZES["n_heads"] * SIZES["head_dim"], SIZES["n_kv_heads"] * SIZES["head_dim"]
    shapes = {
        "self_attn.q_proj": (q, c), "self_attn.k_proj": (kv, c), "self_attn.v_proj": (kv, c),
        "self_attn.o_proj": (c, q), "mlp.gate_proj": (f, c), "mlp.up_proj": (f, c), "mlp.down_proj": (c, f),
        "input_layernorm": (c,), "post_attention_layernorm": (c,),
    }  # fmt: skip
    names = {"model.embed_tokens": (v, c), "lm_head": (v, c), "model.norm": (c,)}
    for layer in range(SIZES["n_layers"]):
        names |= {f"model.layers.{layer}.{part}": shape for part, shape in shapes.items()}
    return {
        f"{name}.weight": (
            random.uniform(0.5, 1.5, shape) if len(shape) == 1 else random.normal(0, 1.2 / shape[1] ** 0.5, shape)
        ).astype(np.float32)
        for name, shape in names.items()
    }


def gguf_name(name: str) -> str:
    """Hugging Face's name of a weight -> GGUF's."""
    outer = {"model.embed_tokens": "token_embd", "lm_head": "output", "model.norm": "output_norm"}
    name = name.removesuffix(".weight")
    if name in outer:
        return f"{outer[name]}.weight"
    layer, part = name.removeprefix("model.layers.").split(".", 1)
    return f"blk.{layer}.{THEIR_NAMES[part]}.weight"


def interleave(rows: np.ndarray, n_heads: int) -> np.ndarray:
    """Reorder rows as llama.cpp's converter does: channels j and j + D/2 become neighbors."""
    head_dim = len(rows) // n_heads
    order = [h * head_dim + j + half for h in range(n_heads) for j in range(head_dim // 2) for half in
             (0, head_dim // 2)]  # fmt: skip
    return rows[order]


def write_metadata(writer: gguf.GGUFWriter) -> None:
    """The entries that every llama file has."""
    writer.add_vocab_size(SIZES["vocab_size"])
    writer.add_context_length(SIZES["max_seq_len"])
    writer.add_embedding_length(SIZES["dim"])
    writer.add_block_count(SIZES["n_layers"])
    writer.add_feed_forward_length(SIZES["hidden_dim"])
    writer.add_head_count(SIZES["n_heads"])
    writer.add_head_count_kv(SIZES["n_kv_heads"])
    writer.add_key_length(SIZES["head_dim"])
    writer.add_value_length(SIZES["head_dim"])
    writer.add_rope_dimension_count(SIZES["head_dim"])
    writer.add_rope_freq_base(SIZES["rope_theta"])
    writer.add_layer_norm_rms_eps(SIZES["norm_eps"])


def write_gguf(
    path: Path,
    weights: dict[str, np.ndarray] | None = None,
    kind: Kind = Kind.F32,
    extra: dict[str, Any] | None = None,
    architecture: str = "llama",
) -> Path:
    """Write a file; matrices in the given format, vectors in float32; return its path.

    A key of ``extra`` that ends in .weight becomes a tensor, any other a metadata entry; None removes one.
    """
    writer = gguf.GGUFWriter(path, architecture)
    write_metadata(writer)
    tensors = {gguf_name(name): weight for name, weight in (weights or random_weights()).items()}
    for name, weight in tensors.items():
        for part, n_heads in (("attn_q", SIZES["n_heads"]), ("attn_k", SIZES["n_kv_heads"])):
            if part in name and len(weight) % n_heads == 0:
                tensors[name] = interleave(weight, n_heads)
    for key, value in (extra or {}).items():
        if key.endswith(".weight"):
            tensors[key] = value
        elif value is None:
            del writer.kv_data[0][key]
        else:
            writer.kv_data[0].pop(key, None)
            writer.add_key_value(key, value, gguf.GGUFValueType.get_type(value))
    for name, weight in tensors.items():
        if weight is None:
            continue
        chosen = kind if weight.ndim == 2 else Kind.F32
        writer.add_tensor(name, gguf.quants.quantize(weight, chosen), raw_dtype=chosen)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
