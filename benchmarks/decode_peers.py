"""transformers and llama.cpp behind the interface of the decoding benchmark: read a prompt, then step."""

from __future__ import annotations

from pathlib import Path

import llama_cpp
import numpy as np
import torch
import torch.nn.functional as F
from transformers import AutoModelForCausalLM, DynamicCache
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()


class Transformers:
    """LlamaForCausalLM with its own cache, scores for the last position only."""

    def __init__(self, folder: str, dtype: torch.dtype) -> None:
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).eval()

    @torch.inference_mode()
    def read(self, tokens: torch.Tensor) -> torch.Tensor:
        """Start a text anew; return the logits after its last token, shape (B, V)."""
        self.cache = DynamicCache()
        return self.step(tokens)

    @torch.inference_mode()
    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """Read more tokens of each text."""
        output = self.model(input_ids=tokens, past_key_values=self.cache, use_cache=True, logits_to_keep=1)
        return output.logits[:, -1]

    @torch.inference_mode()
    def nats(self, tokens: torch.Tensor) -> float:
        """Mean nats per token."""
        logits = self.model(input_ids=tokens[:, :-1], use_cache=False).logits
        return F.cross_entropy(logits[0].float(), tokens[0, 1:]).item()


class LlamaCpp:
    """llama.cpp through llama-cpp-python, one text at a time."""

    def __init__(self, path: Path, n_threads: int, capacity: int) -> None:
        settings = {"n_threads": n_threads, "n_threads_batch": n_threads, "n_ctx": capacity, "n_batch": 512}
        self.model = llama_cpp.Llama(str(path), verbose=False, **settings)
        self.scoring = llama_cpp.Llama(str(path), verbose=False, logits_all=True, **settings)

    def read(self, tokens: torch.Tensor) -> torch.Tensor:
        """Start a text anew; return the logits after its last token, shape (1, V)."""
        self.model.reset()
        return self.step(tokens)

    def step(self, tokens: torch.Tensor) -> torch.Tensor:
        """Read more tokens."""
        self.model.eval(tokens[0].tolist())
        scores = self.model._ctx.get_logits()
        n_vocab = self.model.n_vocab()
        return torch.from_numpy(np.ctypeslib.as_array(scores, shape=(n_vocab,)))[None]

    def nats(self, tokens: torch.Tensor) -> float:
        """Mean nats per token."""
        self.scoring.reset()
        self.scoring.eval(tokens[0, :-1].tolist())
        logits = torch.from_numpy(self.scoring.scores[: tokens.shape[1] - 1].copy())
        return F.cross_entropy(logits, tokens[0, 1:]).item()
