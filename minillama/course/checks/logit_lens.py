"""Checks of chapter 06, part three: the logit lens."""

from collections.abc import Callable

import torch

from ...model import Llama
from ..checking import expect, expect_close, expect_shape
from .model import SMALL, TOKENS, loud


def check_lens_shape(logit_lens: Callable) -> None:
    """one view after each block."""
    with torch.no_grad():
        views = logit_lens(loud(Llama(SMALL)), TOKENS[:1])
    expect_shape(views, (3, 5, 29), "the lens on a model with 3 blocks, 5 tokens, vocabulary 29:")


def check_lens_stream(logit_lens: Callable) -> None:
    """the blocks read an untouched stream."""
    model = loud(Llama(SMALL))
    with torch.no_grad():
        views = logit_lens(model, TOKENS[:1])
        model.layers = model.layers[:2]
        expected = model(TOKENS[:1])[0]
        model.final_norm = torch.nn.Identity()
        raw = model(TOKENS[:1])[0]
    expect(
        views.shape[1:] != raw.shape or not torch.allclose(views[1], raw, rtol=1e-4, atol=1e-5),
        "the head reads the stream without the final norm",
    )
    expect_close(
        views[1],
        expected,
        "the view after block 2",
        "It should be what the model would say if it ended after block 2: did something other than a block change x?",
    )


def check_lens_last(logit_lens: Callable) -> None:
    """the last view is the model's answer."""
    model = loud(Llama(SMALL))
    with torch.no_grad():
        views, logits = logit_lens(model, TOKENS[:1]), model(TOKENS[:1])[0]
    expect_close(
        views[-1],
        logits,
        "the view after the last block",
        "It should be the model's own logits: the head reads the stream through the final norm, once.",
    )
