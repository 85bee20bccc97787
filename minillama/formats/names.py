"""What each weight is called here, in Hugging Face files, in Meta's files and in GGUF files.

One table holds all names. Every translation, in either direction, is computed from it.

Source:
    huggingface/transformers, convert_llama_weights_to_hf.py; ggml-org/llama.cpp, gguf-py tensor map.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from torch import Tensor, nn

Layout = Literal["ours", "huggingface", "meta", "gguf"]
LAYOUTS: tuple[Layout, ...] = ("ours", "huggingface", "meta", "gguf")

# One row for each weight, columns in the order of LAYOUTS; N is the number of the layer.
# Meta numbers the projections: w1 is the gate, w2 the way down, w3 the way up.
TABLE = (
    ("token_embedding", "model.embed_tokens", "tok_embeddings", "token_embd"),
    (
        "layers.N.attention_norm",
        "model.layers.N.input_layernorm",
        "layers.N.attention_norm",
        "blk.N.attn_norm",
    ),
    (
        "layers.N.attention.q_proj",
        "model.layers.N.self_attn.q_proj",
        "layers.N.attention.wq",
        "blk.N.attn_q",
    ),
    (
        "layers.N.attention.k_proj",
        "model.layers.N.self_attn.k_proj",
        "layers.N.attention.wk",
        "blk.N.attn_k",
    ),
    (
        "layers.N.attention.v_proj",
        "model.layers.N.self_attn.v_proj",
        "layers.N.attention.wv",
        "blk.N.attn_v",
    ),
    (
        "layers.N.attention.o_proj",
        "model.layers.N.self_attn.o_proj",
        "layers.N.attention.wo",
        "blk.N.attn_output",
    ),
    (
        "layers.N.feedforward_norm",
        "model.layers.N.post_attention_layernorm",
        "layers.N.ffn_norm",
        "blk.N.ffn_norm",
    ),
    (
        "layers.N.feedforward.gate_proj",
        "model.layers.N.mlp.gate_proj",
        "layers.N.feed_forward.w1",
        "blk.N.ffn_gate",
    ),
    (
        "layers.N.feedforward.up_proj",
        "model.layers.N.mlp.up_proj",
        "layers.N.feed_forward.w3",
        "blk.N.ffn_up",
    ),
    (
        "layers.N.feedforward.down_proj",
        "model.layers.N.mlp.down_proj",
        "layers.N.feed_forward.w2",
        "blk.N.ffn_down",
    ),
    ("final_norm", "model.norm", "norm", "output_norm"),
    ("lm_head", "lm_head", "output", "output"),
)
