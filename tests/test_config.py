"""ModelConfig and the published sizes."""

from dataclasses import FrozenInstanceError, astuple, replace

import pytest
from tiny import TINY

from minillama.config import LLAMA_3_1_8B, LLAMA_7B, PRESETS, ModelConfig
from minillama.rope_scaling import Llama3Scaling

# vocab, dim, layers, heads, kv heads, head dim, hidden dim, context, theta, eps, tied, factor of Llama 3 scaling
PUBLISHED = {
    "LLaMA-7B": (32000, 4096, 32, 32, 32, 128, 11008, 2048, 1e4, 1e-6, False, None),
    "LLaMA-13B": (32000, 5120, 40, 40, 40, 128, 13824, 2048, 1e4, 1e-6, False, None),
    "LLaMA-33B": (32000, 6656, 60, 52, 52, 128, 17920, 2048, 1e4, 1e-6, False, None),
    "LLaMA-65B": (32000, 8192, 80, 64, 64, 128, 22016, 2048, 1e4, 1e-5, False, None),
    "Llama-2-7B": (32000, 4096, 32, 32, 32, 128, 11008, 4096, 1e4, 1e-5, False, None),
    "Llama-2-13B": (32000, 5120, 40, 40, 40, 128, 13824, 4096, 1e4, 1e-5, False, None),
    "Llama-2-70B": (32000, 8192, 80, 64, 8, 128, 28672, 4096, 1e4, 1e-5, False, None),
    "Llama-3-8B": (128256, 4096, 32, 32, 8, 128, 14336, 8192, 5e5, 1e-5, False, None),
    "Llama-3-70B": (128256, 8192, 80, 64, 8, 128, 28672, 8192, 5e5, 1e-5, False, None),
    "Llama-3.1-8B": (128256, 4096, 32, 32, 8, 128, 14336, 131072, 5e5, 1e-5, False, 8),
    "Llama-3.1-70B": (128256, 8192, 80, 64, 8, 128, 28672, 131072, 5e5, 1e-5, False, 8),
    "Llama-3.1-405B": (128256, 16384, 126, 128, 8, 128, 53248, 131072, 5e5, 1e-5, False, 8),
    "Llama-3.2-1B": (128256, 2048, 16, 32, 8, 64, 8192, 131072, 5e5, 1e-5, True, 32),
    "Llama-3.2-3B": (128256, 3072, 28, 24, 8, 128, 8192, 131072, 5e5, 1e-5, True, 32),
    "SmolLM2-135M": (49152, 576, 30, 9, 3, 64, 1536, 8192, 1e5, 1e-5, True, None),
    "SmolLM2-360M": (49152, 960, 32, 15, 5, 64, 2560, 8192, 1e5, 1e-5, True, None),
    "SmolLM2-1.7B": (49152, 2048, 24, 32, 32, 64, 8192, 8192, 1.3e5, 1e-5, True, None),
}


def test_presets_are_the_published_models() -> None:
    assert PRESETS.keys() == PUBLISHED.keys()


@pytest.mark.parametrize("name", PUBLISHED)
def test_preset_has_the_published_sizes(name: str) -> None:
    *sizes, factor = PUBLISHED[name]
    scaling = None if factor is None else Llama3Scaling(factor, 1.0, 4.0, 8192)
    assert replace(PRESETS[name], rope_scaling=None) == ModelConfig(
        **dict(zip(ModelConfig.__dataclass_fields__, sizes, strict=False))
    )
    assert PRESETS[name].rope_scaling == scaling


def test_config_cannot_be_changed_and_has_no_positional_arguments() -> None:
    with pytest.raises(FrozenInstanceError):
        TINY.dim = 25
    with pytest.raises(TypeError):
        ModelConfig(*astuple(TINY))
    assert replace(TINY, n_layers=2) != TINY
    assert hash(LLAMA_3_1_8B) == hash(replace(LLAMA_3_1_8B))


def test_defaults_are_those_of_llama_2() -> None:
    assert (TINY.rope_theta, TINY.norm_eps, TINY.tie_embeddings, TINY.rope_scaling) == (1e4, 1e-5, False, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_kv_heads": 3}, r"n_kv_heads \(3\) must divide n_heads \(4\)"),
        ({"n_kv_heads": 8}, r"n_kv_heads \(8\) must divide n_heads \(4\)"),
        ({"head_dim": 7}, "head_dim must be even for rotary embedding, got 7"),
        ({"vocab_size": 0}, "vocab_size must be a positive integer, got 0"),
        ({"dim": -4}, "dim must be a positive integer, got -4"),
        ({"n_layers": True}, "n_layers must be a positive integer, got True"),
        ({"hidden_dim": 56.0}, "hidden_dim must be a positive integer, got 56.0"),
        ({"max_seq_len": None}, "max_seq_len must be a positive integer, got None"),
        ({"rope_theta": 0.0}, "rope_theta must be positive, got 0.0"),
        ({"norm_eps": float("nan")}, "norm_eps must be positive, got nan"),
    ],
)
def test_impossible_sizes_are_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(LLAMA_7B if "dim" in change else TINY, **change)
