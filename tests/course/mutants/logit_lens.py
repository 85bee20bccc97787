"""Plausible wrong answers to the exercise of chapter 06 on the logit lens."""

import torch

from minillama.rope import rope_table

from . import mutant


def _walk(model, tokens):
    config = model.config
    cos, sin = rope_table(torch.arange(tokens.shape[1]), config.head_dim, config.rope_theta, config.rope_scaling)
    x = model.token_embedding(tokens)
    for layer in model.layers:
        x = layer(x, cos, sin)
        yield x


@mutant("model.logit_lens", "without the final norm")
def reads_without_the_norm(model, tokens):
    return torch.cat([model.lm_head(x) for x in _walk(model, tokens)])


@mutant("model.logit_lens", "has shape (4, 5, 29)")
def shows_the_embedding_too(model, tokens):
    stream = [model.token_embedding(tokens), *_walk(model, tokens)]
    return torch.cat([model.lm_head(model.final_norm(x)) for x in stream])


@mutant("model.logit_lens", "other than a block change x")
def normalizes_the_stream(model, tokens):
    config = model.config
    cos, sin = rope_table(torch.arange(tokens.shape[1]), config.head_dim, config.rope_theta, config.rope_scaling)
    x, views = model.token_embedding(tokens), []
    for layer in model.layers:
        x = model.final_norm(layer(x, cos, sin))
        views.append(model.lm_head(x))
    return torch.cat(views)


@mutant("model.logit_lens", "ended after block 2")
def repeats_the_last_view(model, tokens):
    return torch.cat([model(tokens)] * len(model.layers))
