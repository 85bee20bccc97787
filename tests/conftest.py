"""Fixtures for all tests: a tiny config, and the real weights of SmolLM2-135M."""

import hashlib
import os
from pathlib import Path

import pytest
from tiny import TINY
from tiny_wheel import CONTENT

from minillama.config import ModelConfig
from minillama.course import fetch


@pytest.fixture
def tiny_config() -> ModelConfig:
    """Pairwise distinct sizes, so that a swapped axis cannot pass."""
    return TINY


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
