"""The sizes of a model, and the published ones by name.

Every size is an explicit integer: what a checkpoint contains can be read off its config.
"""

from dataclasses import dataclass, replace

from .rope_scaling import Llama3Scaling, RopeScaling


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The sizes of one LLaMA-family model. Frozen: make variants with ``dataclasses.replace``.

    Args:
        vocab_size: V, number of tokens.
        dim: C, width of the residual stream (``hidden_size`` in Hugging Face files).
        n_layers: number of blocks.
        n_heads: H, query heads.
        n_kv_heads: K, key-value heads; divides H.
        head_dim: D, width of one head; even.
        hidden_dim: F, width of the feed-forward layer (``intermediate_size`` in Hugging Face files).
        max_seq_len: context length in tokens.
        rope_theta: base of the rotary frequencies.
        norm_eps: added to the mean square in RMSNorm.
        tie_embeddings: the output head reuses the embedding matrix.
        rope_scaling: change of the rotary frequencies for long contexts.

    Raises:
        ValueError: if a size is not positive, ``n_kv_heads`` does not divide ``n_heads`` or
            ``head_dim`` is odd.

    Example:
        >>> replace(SMOLLM2_135M, n_layers=2).n_layers
        2
    """

    vocab_size: int
    dim: int
    n_layers: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    hidden_dim: int
    max_seq_len: int
    rope_theta: float = 10_000.0
    norm_eps: float = 1e-5
    tie_embeddings: bool = False
    rope_scaling: RopeScaling | None = None

    def __post_init__(self) -> None:
        for name in (
            "vocab_size", "dim", "n_layers", "n_heads", "n_kv_heads", "head_dim", "hidden_dim", "max_seq_len",
        ):  # fmt: skip
            size = getattr(self, name)
            if not isinstance(size, int) or isinstance(size, bool) or size < 1:
                raise ValueError(f"{name} must be a positive integer, got {size!r}")
        for name in ("rope_theta", "norm_eps"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be positive, got {getattr(self, name)}")
        if self.n_heads % self.n_kv_heads:
            raise ValueError(f"n_kv_heads ({self.n_kv_heads}) must divide n_heads ({self.n_heads})")
        if self.head_dim % 2:
            raise ValueError(f"head_dim must be even for rotary embedding, got {self.head_dim}")


# LLaMA 1. Source: arXiv:2302.13971, Table 2; norm_eps from the released params.json files.
LLAMA_7B = ModelConfig(
    vocab_size=32_000, dim=4096, n_layers=32, n_heads=32, n_kv_heads=32, head_dim=128,
    hidden_dim=11_008, max_seq_len=2048, norm_eps=1e-6,
)  # fmt: skip
LLAMA_13B = replace(LLAMA_7B, dim=5120, n_layers=40, n_heads=40, n_kv_heads=40, hidden_dim=13_824)
LLAMA_33B = replace(LLAMA_7B, dim=6656, n_layers=60, n_heads=52, n_kv_heads=52, hidden_dim=17_920)
LLAMA_65B = replace(LLAMA_7B, dim=8192, n_layers=80, n_heads=64, n_kv_heads=64, hidden_dim=22_016, norm_eps=1e-5)

# Llama 2. Source: arXiv:2307.09288, Table 1, and Meta's model card.
LLAMA_2_7B = replace(LLAMA_7B, max_seq_len=4096, norm_eps=1e-5)
LLAMA_2_13B = replace(LLAMA_13B, max_seq_len=4096, norm_eps=1e-5)
LLAMA_2_70B = replace(LLAMA_65B, n_kv_heads=8, hidden_dim=28_672, max_seq_len=4096)

# Llama 3, 3.1 and 3.2. Source: arXiv:2407.21783, Table 3, and Meta's model cards.
LLAMA_3_8B = ModelConfig(
    vocab_size=128_256, dim=4096, n_layers=32, n_heads=32, n_kv_heads=8, head_dim=128,
    hidden_dim=14_336, max_seq_len=8192, rope_theta=500_000.0,
)  # fmt: skip
LLAMA_3_70B = replace(LLAMA_3_8B, dim=8192, n_layers=80, n_heads=64, hidden_dim=28_672)
LLAMA_3_1_8B = replace(LLAMA_3_8B, max_seq_len=131_072, rope_scaling=Llama3Scaling(factor=8.0))
LLAMA_3_1_70B = replace(LLAMA_3_70B, max_seq_len=131_072, rope_scaling=Llama3Scaling(factor=8.0))
LLAMA_3_1_405B = replace(LLAMA_3_1_70B, dim=16_384, n_layers=126, n_heads=128, hidden_dim=53_248)
LLAMA_3_2_1B = replace(
    LLAMA_3_1_8B, dim=2048, n_layers=16, head_dim=64, hidden_dim=8192, tie_embeddings=True,
    rope_scaling=Llama3Scaling(factor=32.0),
)  # fmt: skip
LLAMA_3_2_3B = replace(LLAMA_3_2_1B, dim=3072, n_layers=28, n_heads=24, head_dim=128)

# SmolLM2, small models of the same architecture. Source: the released configurations.
SMOLLM2_135M = ModelConfig(
    vocab_size=49_152, dim=576, n_layers=30, n_heads=9, n_kv_heads=3, head_dim=64,
    hidden_dim=1536, max_seq_len=8192, rope_theta=100_000.0, tie_embeddings=True,
)  # fmt: skip
SMOLLM2_360M = replace(SMOLLM2_135M, dim=960, n_layers=32, n_heads=15, n_kv_heads=5, hidden_dim=2560)
SMOLLM2_1_7B = replace(
    SMOLLM2_135M, dim=2048, n_layers=24, n_heads=32, n_kv_heads=32, hidden_dim=8192, rope_theta=130_000.0
)

PRESETS: dict[str, ModelConfig] = {
    "LLaMA-7B": LLAMA_7B,
    "LLaMA-13B": LLAMA_13B,
    "LLaMA-33B": LLAMA_33B,
    "LLaMA-65B": LLAMA_65B,
    "Llama-2-7B": LLAMA_2_7B,
    "Llama-2-13B": LLAMA_2_13B,
    "Llama-2-70B": LLAMA_2_70B,
    "Llama-3-8B": LLAMA_3_8B,
    "Llama-3-70B": LLAMA_3_70B,
    "Llama-3.1-8B": LLAMA_3_1_8B,
    "Llama-3.1-70B": LLAMA_3_1_70B,
    "Llama-3.1-405B": LLAMA_3_1_405B,
    "Llama-3.2-1B": LLAMA_3_2_1B,
    "Llama-3.2-3B": LLAMA_3_2_3B,
    "SmolLM2-135M": SMOLLM2_135M,
    "SmolLM2-360M": SMOLLM2_360M,
    "SmolLM2-1.7B": SMOLLM2_1_7B,
}
