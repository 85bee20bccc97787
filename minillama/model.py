"""The LLaMA model: embed, pass through blocks, normalize, predict.

Shape letters: B batch, T new tokens, C dim, V vocabulary.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.2.
"""

import torch
from torch import Tensor, nn

from .attention import Attention
from .cache import KVCache, LayerCache
from .config import ModelConfig
from .rmsnorm import RMSNorm
from .rope import rope_table
from .swiglu import SwiGLU


class Block(nn.Module):
    """One layer: tokens exchange information, then each token thinks alone.

    Both halves read a normalized copy of the residual stream and add their result to it.

    Args:
        config: sizes of the model.

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.2.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = RMSNorm(config.dim, config.norm_eps)
        self.attention = Attention(config.dim, config.n_heads, config.n_kv_heads, config.head_dim)
        self.feedforward_norm = RMSNorm(config.dim, config.norm_eps)
        self.feedforward = SwiGLU(config.dim, config.hidden_dim)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, cache: LayerCache | None = None) -> Tensor:
        """Add attention, then the feed-forward layer, to the residual stream; (B, T, C) in and out."""
        x = x + self.attention(self.attention_norm(x), cos, sin, cache)
        return x + self.feedforward(self.feedforward_norm(x))


class Llama(nn.Module):
    """A LLaMA language model: token ids in, a score for every possible next token out.

    Args:
        config: sizes of the model.

    Example:
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> Llama(config)(torch.tensor([[5, 11, 60]])).shape
        torch.Size([1, 3, 97])

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.2.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.token_embedding = nn.Embedding(config.vocab_size, config.dim)
        self.layers = nn.ModuleList(Block(config) for _ in range(config.n_layers))
        self.final_norm = RMSNorm(config.dim, config.norm_eps)
        self.lm_head = nn.Linear(config.dim, config.vocab_size, bias=False)
        if config.tie_embeddings:
            self.lm_head.weight = self.token_embedding.weight
        init_weights(self)

    def hidden_states(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the normalized residual stream after the last block.

        Args:
            tokens: token ids, shape (B, T), integers below ``vocab_size``.
            cache: keys and values of earlier tokens; the new tokens follow them.

        Returns:
            Shape (B, T, C).

        Raises:
            ValueError: if ``tokens`` is not a (B, T) tensor of integers or goes past the context, or the
                cache was made for another number of layers.
        """
        require_tokens(self, tokens, cache)
        start = 0 if cache is None else cache.length
        caches = [None] * len(self.layers) if cache is None else cache.layers
        positions = torch.arange(start, start + tokens.shape[1], device=tokens.device)
        cos, sin = rope_table(positions, self.config.head_dim, self.config.rope_theta, self.config.rope_scaling)
        x = self.token_embedding(tokens)  # (B, T, C)
        for layer, layer_cache in zip(self.layers, caches, strict=True):
            x = layer(x, cos, sin, layer_cache)
        return self.final_norm(x)

    def forward(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the logits of the next token at every position.

        Args:
            tokens: token ids, shape (B, T), integers below ``vocab_size``.
            cache: keys and values of earlier tokens; the new tokens follow them.

        Returns:
            Shape (B, T, V): row t scores the token that follows token t.
        """
        return self.lm_head(self.hidden_states(tokens, cache))


def init_weights(model: Llama, std: float = 0.02) -> None:
    """Draw all weights afresh: normal with deviation ``std``, gains 1.

    The two projections of each block that write to the residual stream get
    ``std / sqrt(2 * n_layers)``, so that the stream does not grow with depth.

    Args:
        model: changed in place.
        std: standard deviation of the weights.

    Source:
        Radford et al., 2019, GPT-2, section 2.3. LLaMA does not publish its initialization.
    """
    residual_std = std / (2 * model.config.n_layers) ** 0.5
    for name, weight in model.named_parameters():
        if weight.dim() == 1:
            nn.init.ones_(weight)
        else:
            writes_to_stream = name.endswith(("o_proj.weight", "down_proj.weight"))
            nn.init.normal_(weight, std=residual_std if writes_to_stream else std)


def require_tokens(model: Llama, tokens: Tensor, cache: KVCache | None = None) -> None:
    """Refuse input that the model cannot read, and say what to do.

    Args:
        model: what is to read the tokens.
        tokens: should be token ids, shape (B, T).
        cache: should have as many layers as the model, and room in the context for T more tokens.

    Raises:
        ValueError: if the tokens are not (B, T) integers or go past the context, or the cache was made for
            another number of layers.

    Example:
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> require_tokens(Llama(config), torch.tensor([5, 11, 60]))
        Traceback (most recent call last):
        ...
        ValueError: tokens must be a (B, T) tensor of int64 or int32 ids, got shape (3,) and torch.int64
    """
    if tokens.dim() != 2 or tokens.dtype not in (torch.int64, torch.int32):
        raise ValueError(
            f"tokens must be a (B, T) tensor of int64 or int32 ids, got shape {tuple(tokens.shape)} and {tokens.dtype}"
        )
    if cache is not None and len(cache.layers) != len(model.layers):
        raise ValueError(
            f"the cache has {len(cache.layers)} layers and the model {len(model.layers)}: "
            "create it with KVCache(model.config.n_layers, capacity)"
        )
    start = 0 if cache is None else cache.length
    end = start + tokens.shape[1]
    if end > model.config.max_seq_len and not (cache is not None and cache.endless):
        raise ValueError(
            f"{start} tokens in the cache and {tokens.shape[1]} new ones make {end}, but the context is "
            f"{model.config.max_seq_len}: shorten the text, or build the model with a larger max_seq_len"
        )
