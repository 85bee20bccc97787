"""Against llama.cpp on SmolLM2's own file: the same text is as likely, and mostly the same token is the likeliest.

llama.cpp rounds activations to 8 bits, so logits differ by up to 1.4 and one likeliest token in ten.
"""

import os
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from minillama.fast import FastLlama
from minillama.formats.gguf import load_gguf
from minillama.formats.gguf_quantized import load_gguf_quantized

if os.environ.get("MINILLAMA_REQUIRE_LLAMA_CPP"):
    import llama_cpp
else:
    llama_cpp = pytest.importorskip("llama_cpp", reason="llama.cpp is not installed: make bench-setup builds it")

TEXT = (
    "The capital of France is Paris. Water boils at one hundred degrees Celsius at sea level, and it freezes at zero "
    "degrees. The Earth orbits the Sun once every year, and the Moon orbits the Earth about once every month."
)


def test_the_same_text_is_as_likely(smollm2: Path) -> None:
    theirs = llama_cpp.Llama(str(smollm2), n_ctx=128, logits_all=True, verbose=False)
    ids = theirs.tokenize(TEXT.encode(), add_bos=False)
    theirs.eval(ids)
    logits = {"llama.cpp": torch.from_numpy(theirs.scores[: len(ids)].copy())}
    tokens = torch.tensor([ids])
    with torch.no_grad():
        logits["float32"] = load_gguf(smollm2)(tokens)[0]
        logits["fast"] = FastLlama(load_gguf_quantized(smollm2))(tokens)[0]
    nats = {name: F.cross_entropy(scores[:-1], tokens[0, 1:]).item() for name, scores in logits.items()}
    assert nats["llama.cpp"] == pytest.approx(nats["float32"], abs=0.03)
    assert nats["fast"] == pytest.approx(nats["float32"], abs=0.01)
    agree = (logits["llama.cpp"].argmax(-1) == logits["float32"].argmax(-1)).float().mean()
    assert agree > 0.8
    assert (logits["fast"].argmax(-1) == logits["float32"].argmax(-1)).float().mean() > 0.95
