"""Fixtures for all tests: a tiny config, and the real weights of SmolLM2-135M."""

import hashlib
import os
from pathlib import Path

import pytest
from tiny_wheel import CONTENT

from minillama.config import ModelConfig
from minillama.course import fetch


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
    path = fetch.smollm2_path()
    if path is not None:
        return path
    reason = "the weights of SmolLM2-135M are missing; run: minillama fetch smollm2"
    if os.environ.get("CI") or os.environ.get("MINILLAMA_REQUIRE_WEIGHTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where pip finds packages; the cache is empty and the expected file is small."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for key in [key for key in os.environ if key.startswith("PIP_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("MINILLAMA_CACHE", str(tmp_path / "a cache" / "inside"))
    monkeypatch.setattr(fetch, "FILE_BYTES", len(CONTENT))
    monkeypatch.setattr(fetch, "FILE_SHA256", hashlib.sha256(CONTENT).hexdigest())
    return folder
