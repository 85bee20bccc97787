"""Exercises of chapter 06, part two: parameters, bytes and operations, counted on paper."""

from ..checks import budget as checks
from ..registry import Exercise

IMPORTS = """
import math

from minillama.config import ModelConfig
"""

EXERCISES = (
    Exercise(
        name="budget.parameters_by_part",
        chapter=6,
        difficulty=3,
        minutes=12,
        reference="minillama.budget:parameters_by_part",
        checks=(
            checks.check_part_names,
            checks.check_attention_part,
            checks.check_feedforward_part,
            checks.check_norms_part,
            checks.check_embedding_and_head,
            checks.check_published_total,
        ),
        hints=(
            "A matrix from m to n channels has m * n parameters. List the matrices of one block with their shapes.",
            "q_proj and o_proj: C x (H * D). k_proj and v_proj: C x (K * D). Three feed-forward matrices: C x F.",
            "Norms: two gains of width C in each block, and one after the last block. A tied head counts 0.",
        ),
    ),
    Exercise(
        name="budget.kv_cache_bytes",
        chapter=6,
        difficulty=1,
        minutes=4,
        reference="minillama.budget:kv_cache_bytes",
        checks=(checks.check_cache_of_7b, checks.check_cache_heads, checks.check_cache_arguments),
        hints=(
            "Each token leaves one key and one value in each layer, for each key-value head.",
            "A key has D numbers, and so has a value. How many numbers is that in all layers?",
            "It is one product: 2, layers, key-value heads, head_dim, tokens, bytes per number.",
        ),
    ),
    Exercise(
        name="budget.forward_flops",
        chapter=6,
        difficulty=2,
        minutes=8,
        reference="minillama.budget:forward_flops",
        checks=(checks.check_flops_of_matrices, checks.check_flops_of_head, checks.check_flops_of_attention),
        hints=(
            "Two operations for each weight of each matrix; plus, in attention, work for every token looked at.",
            "The matrices are those of attention, feed-forward and head. A tied head still multiplies V * C weights.",
            "The attention term is 4 * n_layers * n_heads * head_dim * n_context: query heads, not key-value heads.",
        ),
    ),
)
