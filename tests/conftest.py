"""Fixtures for all tests: a tiny config, and the real weights of SmolLM2-135M."""

import os
from pathlib import Path

import pytest

from minillama.config import ModelConfig
from minillama.course.fetch import smollm2_path


@pytest.fixture
def tiny_config() -> ModelConfig:
    """Pairwise distinct sizes, so that a swapped axis cannot pass: C=22, H=4, K=2, D=6, F=40, V=97.

    C is not H * D. Tests that need a batch use B=3 and T=17.
    """
    return ModelConfig(
        vocab_size=97, dim=22, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6, hidden_dim=40, max_seq_len=64
    )  # fmt: skip


@pytest.fixture(scope="session")
def smollm2() -> Path:
    """The GGUF file of SmolLM2-135M. Where tests must be complete, its absence is a failure."""
    path = smollm2_path()
    if path is not None:
        return path
    reason = "the weights of SmolLM2-135M are missing; run: minillama fetch smollm2"
    if os.environ.get("CI") or os.environ.get("MINILLAMA_REQUIRE_WEIGHTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
