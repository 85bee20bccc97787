"""Answers of chapter 06 that the package does not contain."""

import torch
from torch import Tensor

from ...model import Llama
from ...rope import rope_table


def logit_lens(model: Llama, tokens: Tensor) -> Tensor:
    """What the model would say after each block: logits of shape (n_layers, T, V) for tokens (1, T)."""
    config, positions = model.config, torch.arange(tokens.shape[1])
    cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
    x, views = model.token_embedding(tokens), []
    for layer in model.layers:
        x = layer(x, cos, sin)
        views.append(model.lm_head(model.final_norm(x)))
    return torch.cat(views)


def logit_lens_given(model: Llama, tokens: Tensor) -> Tensor:
    """What the model would say after each block, with one bug."""
    config, positions = model.config, torch.arange(tokens.shape[1])
    cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
    x, views = model.token_embedding(tokens), []
    for layer in model.layers:
        x = layer(x, cos, sin)
        x = model.final_norm(x)
        views.append(model.lm_head(x))
    return torch.cat(views)
