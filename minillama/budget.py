"""Counting on paper: parameters, bytes and operations of a model that need not exist.

Units: GB is 10^9 bytes, GiB is 2^30 bytes; one multiplication and one addition are 2 FLOPs.
"""

from .config import ModelConfig


def parameters_by_part(config: ModelConfig) -> dict[str, int]:
    """Count the parameters of each kind of part, over all layers.

    Args:
        config: sizes of the model.

    Returns:
        Number of parameters by part: embedding, attention, feed-forward, norms (two in each block and the last one)
        and head. A head tied to the embedding has none of its own.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> parameters_by_part(LLAMA_7B)["attention"]  # 32 layers with four matrices of 4096 x 4096
        2147483648
    """
    queries_and_output = 2 * config.dim * config.n_heads * config.head_dim
    keys_and_values = 2 * config.dim * config.n_kv_heads * config.head_dim
    return {
        "embedding": config.vocab_size * config.dim,
        "attention": config.n_layers * (queries_and_output + keys_and_values),
        "feed-forward": config.n_layers * 3 * config.dim * config.hidden_dim,
        "norms": (2 * config.n_layers + 1) * config.dim,
        "head": 0 if config.tie_embeddings else config.vocab_size * config.dim,
    }


def count_parameters(config: ModelConfig) -> int:
    """Count the parameters of a whole model; a tied matrix counts once.

    Args:
        config: sizes of the model.

    Returns:
        Number of parameters.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> count_parameters(LLAMA_7B)
        6738415616
    """
    return sum(parameters_by_part(config).values())


def weight_bytes(config: ModelConfig, bits_per_weight: float = 16) -> float:
    """Return the memory of the weights, in bytes.

    Args:
        config: sizes of the model.
        bits_per_weight: 32, 16, 8 or 4; 4.5 for Q4_0 and 5 for Q4_1, whose blocks store a scale.

    Returns:
        Bytes.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> round(weight_bytes(LLAMA_7B, 16) / 1e9, 2)
        13.48
    """
    return count_parameters(config) * bits_per_weight / 8


def kv_cache_bytes(config: ModelConfig, n_tokens: int = 1, bytes_per_element: float = 2) -> float:
    """Return the memory of the cached keys and values of one sequence, in bytes.

    Args:
        config: sizes of the model.
        n_tokens: tokens in the cache.
        bytes_per_element: 2 for float16 and bfloat16.

    Returns:
        Bytes.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> kv_cache_bytes(LLAMA_7B, n_tokens=2048) / 2**30
        1.0
    """
    numbers_per_token = 2 * config.n_layers * config.n_kv_heads * config.head_dim
    return numbers_per_token * n_tokens * bytes_per_element


def forward_flops(config: ModelConfig, n_context: int = 0) -> int:
    """Return the floating-point operations to read one token.

    Every matrix weight is used in one multiplication and one addition, those of a tied head too.
    The embedding is a lookup and the gains are negligible. Attention adds, for each token looked at,
    2 * H * D operations for the score and as many for the weighted sum, in every layer.

    Args:
        config: sizes of the model.
        n_context: tokens the new token looks at.

    Returns:
        FLOPs per token.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> round(forward_flops(LLAMA_7B) / 1e9, 3)
        13.214

    Source:
        Hoffmann et al., 2022, arXiv:2203.15556, Appendix F, without the embedding.
    """
    parts = parameters_by_part(config)
    matrices = parts["attention"] + parts["feed-forward"] + config.vocab_size * config.dim
    attention = 4 * config.n_layers * config.n_heads * config.head_dim * n_context
    return 2 * matrices + attention


def training_flops(config: ModelConfig, n_tokens: int) -> int:
    """Estimate the operations of a training run by the 6ND rule.

    2 FLOPs per parameter and token forward, 4 backward.

    Args:
        config: sizes of the model.
        n_tokens: D, tokens read in training.

    Returns:
        FLOPs.

    Example:
        >>> from minillama.config import LLAMA_65B
        >>> f"{training_flops(LLAMA_65B, 1_400_000_000_000):.2e}"
        '5.48e+23'

    Source:
        Kaplan et al., 2020, arXiv:2001.08361, section 2.1.
    """
    return 6 * count_parameters(config) * n_tokens
