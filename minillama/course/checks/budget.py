"""Checks of chapter 06, part two: parameters, bytes and operations."""

from collections.abc import Callable
from dataclasses import replace

from ...config import LLAMA_3_8B, LLAMA_7B, ModelConfig
from ..checking import Wrong, expect

# C=24, H*D=80, K*D=20, F=56, V=97, L=3: no two products agree by accident.
SMALL = ModelConfig(
    vocab_size=97, dim=24, n_layers=3, n_heads=8, n_kv_heads=2, head_dim=10, hidden_dim=56, max_seq_len=64
)
TIED = replace(SMALL, tie_embeddings=True)
SIZES = "(C = 24, H * D = 80, K * D = 20, F = 56, V = 97, 3 layers)"
PARTS = ["embedding", "attention", "feed-forward", "norms", "head"]


def check_part_names(parameters_by_part: Callable) -> None:
    """five parts, whole numbers."""
    parts = parameters_by_part(SMALL)
    expect(isinstance(parts, dict), f"the result is a {type(parts).__name__}, expected a dict with five entries")
    expect(list(parts) == PARTS, f"the parts are {list(parts)}, expected {PARTS}")
    broken = {name: count for name, count in parts.items() if not isinstance(count, int)}
    expect(not broken, f"parameters are counted in whole numbers, but there is {broken}: use * and +, not /")


def check_attention_part(parameters_by_part: Callable) -> None:
    """attention with shared key-value heads."""
    q, k = 24 * 80, 24 * 20
    _expect_count(
        parameters_by_part(SMALL)["attention"],
        3 * (2 * q + 2 * k),
        f"attention {SIZES}",
        {
            3 * 4 * 24 * 24: "every matrix is counted as C x C: q_proj goes from C to H * D channels",
            3 * 4 * q: "keys and values are counted with n_heads: they have n_kv_heads",
            2 * q + 2 * k: "that is one block: multiply by n_layers",
            3 * (q + 2 * k): "one matrix is missing: there are four, with o_proj",
            3 * (2 * q + k): "one matrix is missing: there are four, k_proj and v_proj both",
        },
    )


def check_feedforward_part(parameters_by_part: Callable) -> None:
    """three feed-forward matrices."""
    _expect_count(
        parameters_by_part(SMALL)["feed-forward"],
        3 * 3 * 24 * 56,
        f"feed-forward {SIZES}",
        {
            3 * 2 * 24 * 56: "SwiGLU has three matrices: gate, up and down",
            3 * 24 * 56: "either one block or one matrix only: there are three matrices in each of three layers",
            3 * 3 * 24 * 4 * 24: "the width is counted as 4 * C: use hidden_dim",
        },
    )


def check_norms_part(parameters_by_part: Callable) -> None:
    """two norms in each block and one at the end."""
    _expect_count(
        parameters_by_part(SMALL)["norms"],
        7 * 24,
        f"norms {SIZES}",
        {
            6 * 24: "the norm after the last block is missing",
            3 * 24: "there are two norms in each block",
            4 * 24: "there are two norms in each block",
            9 * 24: "the final norm is counted in every block",
            14 * 24: "RMSNorm has a gain and no bias",
        },
    )


def check_embedding_and_head(parameters_by_part: Callable) -> None:
    """embedding, head, and tying."""
    parts, tied = parameters_by_part(SMALL), parameters_by_part(TIED)
    _expect_count(parts["embedding"], 97 * 24, f"embedding {SIZES}", {})
    _expect_count(parts["head"], 97 * 24, f"head, not tied {SIZES}", {0: "without tying the head has its own matrix"})
    _expect_count(tied["embedding"], 97 * 24, "embedding of a tied model", {0: "a tied matrix counts once, not never"})
    _expect_count(tied["head"], 0, "head of a tied model", {97 * 24: "a tied head is the embedding, counted there"})


def check_published_total(parameters_by_part: Callable) -> None:
    """LLaMA-7B has 6,738,415,616."""
    total = sum(parameters_by_part(LLAMA_7B).values())
    expect(total == 6_738_415_616, f"LLaMA-7B has {total:,} parameters by this count, it really has 6,738,415,616")


def check_cache_of_7b(kv_cache_bytes: Callable) -> None:
    """half a MiB for each token of LLaMA-7B."""
    _expect_count(
        kv_cache_bytes(LLAMA_7B),
        524_288,
        "kv_cache_bytes(LLAMA_7B)",
        {
            262_144: "there is a key and a value for each token, and each number takes bytes_per_element bytes",
            16_384: "every layer has its own keys and values: multiply by n_layers",
        },
    )


def check_cache_heads(kv_cache_bytes: Callable) -> None:
    """key-value heads, not query heads."""
    _expect_count(
        kv_cache_bytes(LLAMA_3_8B),
        131_072,
        "kv_cache_bytes(LLAMA_3_8B)",
        {524_288: "that counts 32 heads: only key-value heads are cached, and Llama 3 8B has 8"},
    )


def check_cache_arguments(kv_cache_bytes: Callable) -> None:
    """grows with tokens and bytes per number."""
    tokens, one = kv_cache_bytes(LLAMA_7B, n_tokens=2048), kv_cache_bytes(LLAMA_7B)
    expect(tokens == 2048 * one, f"2,048 tokens take {tokens / one:g} times the memory of one: multiply by n_tokens")
    half = kv_cache_bytes(LLAMA_7B, bytes_per_element=1)
    expect(half * 2 == one, f"1 byte instead of 2 gives {half:,} instead of {one // 2:,}: use bytes_per_element")


def check_flops_of_matrices(forward_flops: Callable) -> None:
    """two operations for each matrix weight."""
    matrices = 3 * (2 * 24 * 80 + 2 * 24 * 20) + 3 * 3 * 24 * 56 + 97 * 24
    _expect_count(
        forward_flops(SMALL),
        2 * matrices,
        "forward_flops without context",
        {
            matrices: "each weight is used in a multiplication and an addition: 2 operations",
            2 * (matrices + 97 * 24 + 7 * 24): "all parameters are counted; the embedding is looked up, not multiplied",
            2 * (matrices + 97 * 24): "the embedding is counted, but it is looked up, not multiplied",
            2 * (matrices + 7 * 24): "the norms are counted: leave their few operations out",
            2 * (matrices - 97 * 24): "the head is missing: it is the largest matrix of all",
        },
    )


def check_flops_of_head(forward_flops: Callable) -> None:
    """a tied head works as hard."""
    expect(
        forward_flops(TIED) == forward_flops(SMALL),
        f"tying the head changes the count from {forward_flops(SMALL):,} to {forward_flops(TIED):,}: a tied head "
        "has no parameters of its own, but it multiplies by the V x C matrix all the same",
    )


def check_flops_of_attention(forward_flops: Callable) -> None:
    """attention grows with the context."""
    observed = forward_flops(SMALL, n_context=7) - forward_flops(SMALL)
    _expect_count(
        observed,
        4 * 3 * 80 * 7,
        "the work added by a context of 7 tokens",
        {
            0: "n_context is not used: every token looked at costs a score and a weighted value",
            2 * 3 * 80 * 7: "half is missing: scores take 2 * H * D for each token looked at, and the weighted sum too",
            4 * 3 * 20 * 7: "count the query heads: each of them looks at every token, whether keys are shared or not",
            4 * 80 * 7: "attention happens in every layer: multiply by n_layers",
            4 * 3 * 24 * 7: "use n_heads * head_dim for the width of all heads, not dim",
        },
    )


def _expect_count(observed: object, expected: int, what: str, mistakes: dict[int, str]) -> None:
    """Compare two numbers; name the mistake that gives this one."""
    if observed is None:
        raise Wrong(f"{what} is None: is the return statement missing?")
    if observed != expected:
        suspect = mistakes.get(observed, "Write down the shapes first.")
        raise Wrong(f"{what}: got {observed:,}, expected {expected:,}. {suspect}")
