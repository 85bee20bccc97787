"""The fast form of SmolLM2-135M on its published 4-bit weights: the texts and the loss of the readable form.

What is expected stands in ``test_smollm2.py``; it was recorded in float32.
"""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from minillama.cache import KVCache
from minillama.fast import FastLlama, is_packed
from minillama.fixed_cache import FixedCache
from minillama.formats.gguf_quantized import load_gguf_quantized
from minillama.formats.tokenizer_files import load_tokenizer
from minillama.generation import generate
from minillama.kernels import Int8Linear
from minillama.model import Llama

from .test_smollm2 import CHAT, CHAT_ANSWER, GREEDY, PARAGRAPH, TOP_FIVE


@pytest.fixture(scope="module")
def packed(smollm2: Path) -> Llama:
    return load_gguf_quantized(smollm2)


@pytest.fixture(scope="module")
def fast(packed: Llama) -> FastLlama:
    return FastLlama(packed)


def test_the_weights_stay_packed(packed: Llama, fast: FastLlama) -> None:
    assert is_packed(packed)
    assert isinstance(fast.lm_head, Int8Linear)
    assert fast.embed == fast.lm_head.rows
    # 106 million weights of the layers in 5 bits each, 28 million of the head in 8, and little else.
    assert sum(buffer.nbytes for buffer in fast.buffers()) == pytest.approx(106.2e6 * 5 / 8 + 28.3e6, rel=0.01)


@pytest.mark.parametrize(("prompt", "expected"), GREEDY.values(), ids=GREEDY)
@pytest.mark.parametrize("kind", [KVCache, FixedCache])
def test_greedy_continuation(fast: FastLlama, kind: type[KVCache], prompt: list[int], expected: list[int]) -> None:
    assert list(generate(fast, prompt, 16, cache=kind(fast.config.n_layers, 32))) == expected


@pytest.mark.parametrize(("prompt", "ids", "logits"), TOP_FIVE.values(), ids=TOP_FIVE)
@torch.no_grad()
def test_top_five(fast: FastLlama, prompt: list[int], ids: list[int], logits: list[float]) -> None:
    """Logits lie between -10 and 18; bfloat16 keeps them to about a hundredth of that."""
    observed = fast(torch.tensor([prompt]))[0, -1]
    assert observed.argmax() == ids[0]
    assert observed[ids].tolist() == pytest.approx(logits, abs=0.25)


def test_chat_answer(fast: FastLlama, smollm2: Path) -> None:
    prompt = load_tokenizer(smollm2).encode(CHAT, allow_special=True)
    assert list(generate(fast, prompt, 12)) == CHAT_ANSWER


@torch.no_grad()
def test_loss_on_a_paragraph(fast: FastLlama, smollm2: Path) -> None:
    """2.0508 nats in float32; the ways of few and of many tokens have kernels of their own."""
    tokens = torch.tensor([load_tokenizer(smollm2).encode(PARAGRAPH)])
    at_once = fast(tokens)
    cache = KVCache(fast.config.n_layers, tokens.shape[1])
    by_few = torch.cat([fast(piece, cache) for piece in tokens.split(5, dim=1)], dim=1)
    for logits in (at_once, by_few):
        loss = F.cross_entropy(logits[0, :-1], tokens[0, 1:])
        assert loss.item() == pytest.approx(2.0508, abs=0.015)
