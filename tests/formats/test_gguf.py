"""What a GGUF file of the llama architecture means, and which files are refused."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind
from tiny_gguf import SIZES, random_weights, write_gguf

from minillama.config import ModelConfig
from minillama.formats.gguf import gguf_config, load_gguf
from minillama.formats.names import CheckpointError
from minillama.rope_scaling import FactorScaling, LinearScaling


def test_config_states_every_size(tmp_path: Path) -> None:
    assert gguf_config(write_gguf(tmp_path / "m.gguf")) == ModelConfig(**SIZES, tie_embeddings=False)


def test_absent_entries_have_llama_cpps_defaults(tmp_path: Path) -> None:
    """Without head_count_kv all heads have keys; without key_length the heads share dim; the base is 10,000."""
    absent = ("vocab_size", "attention.head_count_kv", "rope.freq_base", "rope.dimension_count")
    extra: dict[str, Any] = {f"llama.{key}": None for key in absent}
    extra |= {"llama.attention.key_length": None, "llama.attention.value_length": None}
    config = gguf_config(write_gguf(tmp_path / "m.gguf", extra=extra))
    assert (config.vocab_size, config.n_kv_heads, config.head_dim) == (97, 4, 64 // 4)
    assert config.rope_theta == 10_000.0


def test_float32_noise_does_not_reach_the_config(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf", extra={"llama.attention.layer_norm_rms_epsilon": 1e-5})
    reader = gguf.GGUFReader(path)
    assert reader.fields["llama.attention.layer_norm_rms_epsilon"].contents() != 1e-5
    assert gguf_config(path).norm_eps == 1e-5


def test_scalings(tmp_path: Path) -> None:
    def scaling(**extra: Any) -> object:
        named = {key.replace("__", "."): value for key, value in extra.items()}
        return gguf_config(write_gguf(tmp_path / "m.gguf", extra=named)).rope_scaling

    assert scaling() is None
    assert scaling(llama__rope__scaling__type="none") is None
    linear = scaling(llama__rope__scaling__type="linear", llama__rope__scaling__factor=4.0)
    assert linear == LinearScaling(4.0)
    divisors = np.array([1.0, 1.5, 8.0, 8.0], dtype=np.float32)
    assert scaling(rope_freqs__weight=divisors) == FactorScaling((1.0, 1.5, 8.0, 8.0))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_dtype_of_the_weights(dtype: torch.dtype, tmp_path: Path) -> None:
    model = load_gguf(write_gguf(tmp_path / "m.gguf", kind=Kind.F16), dtype)
    assert {weight.dtype for weight in model.parameters()} == {dtype}
    expected = random_weights()["model.embed_tokens.weight"].astype(np.float16)
    assert torch.equal(model.token_embedding.weight, torch.from_numpy(expected).to(dtype))


def test_the_model_does_not_depend_on_its_file(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf")
    model = load_gguf(path)
    before = model.final_norm.weight.detach().clone()
    path.write_bytes(bytes(path.stat().st_size))
    assert torch.equal(model.final_norm.weight, before)
    with torch.no_grad():
        model.final_norm.weight.fill_(0)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "mixture of experts": ({"llama.expert_count": 8}, "mixture of experts"),
    "adapter": ({"general.type": "adapter"}, "holds a 'adapter'"),
    "one part of several": ({"split.count": 3}, "llama-gguf-split --merge"),
    "no embedding": ({"token_embd.weight": None}, "no model weights"),
    "size of text": ({"llama.embedding_length": "64"}, "llama.embedding_length must be an integer"),
    "no layers": ({"llama.block_count": 0}, "llama.block_count must be an integer from 1"),
    "absurd context": ({"llama.context_length": 2**30}, "llama.context_length must be an integer from 1 to 16777216"),
    "size missing": ({"llama.feed_forward_length": None}, "llama.feed_forward_length must be .* got None"),
    "heads per layer": ({"llama.attention.head_count": [4, 4]}, "head_count must be an integer"),
    "more heads than channels": (
        {"llama.attention.head_count": 65, "llama.attention.key_length": None}, "key_length must be an integer .* got 0"
    ),
    "heads do not divide": ({"llama.attention.head_count_kv": 3}, r"n_kv_heads \(3\) must divide n_heads \(4\)"),
    "partial rotation": ({"llama.rope.dimension_count": 4}, "dimension_count is 4, but one head has 8 channels"),
    "other width of values": ({"llama.attention.value_length": 16}, "value_length is 16"),
    "eps of nothing": ({"llama.attention.layer_norm_rms_epsilon": 0.0}, "rms_epsilon must be a positive number"),
    "infinite base": ({"llama.rope.freq_base": float("inf")}, "freq_base must be a positive number"),
    "yarn": ({"llama.rope.scaling.type": "yarn"}, "type 'yarn' is not supported"),
    "shrinking": (
        {"llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 0.5}, "factor must be at least 1"
    ),
    "two scalings": (
        {"llama.rope.scale_linear": 2.0, "rope_freqs.weight": np.ones(4, dtype=np.float32)}, "only one of them"
    ),
    "negative divisor": (
        {"rope_freqs.weight": np.array([1, -1, 1, 1], dtype=np.float32)}, "rope_freqs.weight must be a positive number"
    ),
    "layers missing": ({"llama.block_count": 2**24}, "config says 16777216 layers, the weights have 2"),
    "q rows do not divide": (
        {"blk.0.attn_q.weight": np.zeros((30, 64), dtype=np.float32)}, r"tensor blk.0.attn_q.weight: .* into 4 heads"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("extra", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_files(extra: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf", extra=extra)
    with pytest.raises(ValueError, match=message) as caught:
        load_gguf(path)
    assert str(path) in str(caught.value)


def test_other_architectures_are_refused(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf", architecture="qwen2")
    for read in (gguf_config, load_gguf):
        with pytest.raises(ValueError, match="architecture is 'qwen2', only 'llama' is supported"):
            read(path)


def test_formats_that_cannot_be_decoded_name_tensor_and_format(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "m.gguf", kind=Kind.Q5_0)
    assert gguf_config(path).dim == SIZES["dim"]
    with pytest.raises(ValueError, match=r"m.gguf: tensor token_embd.weight: cannot decode the format Q5_0"):
        load_gguf(path)


def test_strict_about_weights(tmp_path: Path) -> None:
    extra = {
        "blk.1.attn_v.weight": None,
        "blk.0.attn_q.bias.weight": np.zeros(32, dtype=np.float32),
        "blk.0.ffn_up.weight": np.zeros((64, 96), dtype=np.float32),
    }
    with pytest.raises(CheckpointError) as caught:
        load_gguf(write_gguf(tmp_path / "m.gguf", extra=extra))
    assert caught.value.missing == ["layers.1.attention.v_proj.weight"]
    assert caught.value.unexpected == ["blk.0.attn_q.bias.weight"]
    assert caught.value.misshaped == ["layers.0.feedforward.up_proj.weight is (64, 96), must be (96, 64)"]
