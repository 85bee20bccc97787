"""A tiny model for tests. Its sizes are pairwise distinct, so that a swapped axis cannot pass."""

import torch
from torch import Tensor

from minillama.config import ModelConfig
from minillama.model import Llama

# V=97 C=24 L=3 H=4 K=2 D=10 F=56, hence H*D=40 and K*D=20; context 64.
TINY = ModelConfig(
    vocab_size=97, dim=24, n_layers=3, n_heads=4, n_kv_heads=2, head_dim=10, hidden_dim=56, max_seq_len=64
)  # fmt: skip


def loud_model(config: ModelConfig = TINY, seed: int = 1) -> Llama:
    """A float64 model with large weights: logits of order 5, peaked attention, so that mistakes show."""
    model = Llama(config).double()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 1:
                weight.uniform_(0.5, 1.5, generator=generator)
            else:
                at_the_ends = name in ("token_embedding.weight", "lm_head.weight")
                weight.normal_(std=1.0 if at_the_ends else 1.5 / weight.shape[1] ** 0.5, generator=generator)
    return model


def random_tokens(batch: int, length: int, vocab_size: int = TINY.vocab_size, seed: int = 2) -> Tensor:
    """(B, T) token ids."""
    return torch.randint(vocab_size, (batch, length), generator=torch.Generator().manual_seed(seed))
