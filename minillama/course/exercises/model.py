"""Exercises of chapter 06, part one: the block, the model, and a view into it with a bug to find."""

from ..checks import logit_lens as lens_checks
from ..checks import model as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.attention import Attention
from minillama.cache import KVCache, LayerCache
from minillama.config import ModelConfig
from minillama.model import init_weights, require_tokens
from minillama.rmsnorm import RMSNorm
from minillama.rope import rope_table
from minillama.swiglu import SwiGLU
"""

EXERCISES = (
    Exercise(
        name="model.Block",
        chapter=6,
        difficulty=2,
        minutes=8,
        reference="minillama.model:Block",
        checks=(
            checks.check_block_is_transparent,
            checks.check_block_value,
            checks.check_block_cache,
        ),
        hints=(
            "Two lines of the same form: x becomes x plus what a layer makes of a normalized copy of x.",
            "The first layer is `self.attention`, which also takes cos, sin and cache; its norm is "
            "`self.attention_norm`.",
            "The first line is `x = x + self.attention(self.attention_norm(x), cos, sin, cache)`.",
        ),
    ),
    Exercise(
        name="model.Llama",
        chapter=6,
        difficulty=3,
        minutes=12,
        reference="minillama.model:Llama",
        checks=(
            checks.check_llama_shapes,
            checks.check_llama_value,
            checks.check_llama_rope,
            checks.check_llama_cache,
            checks.check_llama_tied,
            checks.check_llama_refuses,
        ),
        hints=(
            "Follow the picture: embedding, every layer in turn, final norm; then the head.",
            "Each layer reads what the one before returned: `x = layer(x, cos, sin, layer_cache)` in a loop over "
            "`zip(self.layers, caches, strict=True)`.",
            "`hidden_states` begins with `x = self.token_embedding(tokens)` and ends with `return "
            "self.final_norm(x)`; `forward` is `return self.lm_head(self.hidden_states(tokens, cache))`.",
        ),
    ),
    Exercise(
        name="model.logit_lens",
        chapter=6,
        difficulty=3,
        minutes=8,
        reference="minillama.course.reference.06:logit_lens",
        given="minillama.course.reference.06:logit_lens_given",
        checks=(lens_checks.check_lens_shape, lens_checks.check_lens_stream, lens_checks.check_lens_last),
        hints=(
            "The last view should equal the model's own logits, and it does not. What do the blocks read?",
            "Follow x through the loop. A block adds to the stream; may anything else change it?",
            "The final norm is for reading only. Give the head a normalized copy and leave x alone.",
        ),
    ),
)
