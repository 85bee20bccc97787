"""Folders in the Hugging Face layout: what config.json means, and which folders are refused."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_gguf import SIZES, random_weights

from minillama.config import ModelConfig
from minillama.formats.huggingface import huggingface_config, load_huggingface
from minillama.formats.names import CheckpointError
from minillama.rope_scaling import LinearScaling, Llama3Scaling

CONFIG = {
    "architectures": ["LlamaForCausalLM"],
    "model_type": "llama",
    "vocab_size": SIZES["vocab_size"],
    "hidden_size": SIZES["dim"],
    "num_hidden_layers": SIZES["n_layers"],
    "num_attention_heads": SIZES["n_heads"],
    "num_key_value_heads": SIZES["n_kv_heads"],
    "head_dim": SIZES["head_dim"],
    "intermediate_size": SIZES["hidden_dim"],
    "max_position_embeddings": SIZES["max_seq_len"],
    "rms_norm_eps": SIZES["norm_eps"],
    "rope_theta": SIZES["rope_theta"],
}
LLAMA3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 8192}  # fmt: skip


def write_folder(folder: Path, config: dict[str, Any] | None = None, weights: dict[str, Any] | None = None) -> Path:
    """A folder with changes; None removes a field or a weight."""
    fields = {key: value for key, value in (CONFIG | (config or {})).items() if value is not None}
    (folder / "config.json").write_text(json.dumps(fields), encoding="utf-8")
    tensors = {name: torch.from_numpy(weight) for name, weight in random_weights().items()} | (weights or {})
    save_file({name: w for name, w in tensors.items() if w is not None}, folder / "model.safetensors")
    return folder


def write_shards(folder: Path) -> dict[str, str]:
    """The same folder in two files with an index; returns the index's map."""
    write_folder(folder)
    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    places = {name: f"model-0000{1 + i % 2}-of-00002.safetensors" for i, name in enumerate(weights)}
    for file in set(places.values()):
        save_file({name: weights[name] for name in weights if places[name] == file}, folder / file)
    write_index(folder, places)
    return places


def write_index(folder: Path, weight_map: object) -> None:
    content = json.dumps({"metadata": {}, "weight_map": weight_map})
    (folder / "model.safetensors.index.json").write_text(content, encoding="utf-8")


def test_config_states_every_size(tmp_path: Path) -> None:
    assert huggingface_config(write_folder(tmp_path)) == ModelConfig(**SIZES)


def test_absent_fields_have_transformers_defaults(tmp_path: Path) -> None:
    absent = ("num_key_value_heads", "head_dim", "max_position_embeddings", "rms_norm_eps", "rope_theta")
    config = huggingface_config(write_folder(tmp_path, dict.fromkeys(absent)))
    assert (config.n_kv_heads, config.head_dim, config.max_seq_len) == (4, 16, 2048)
    assert (config.norm_eps, config.rope_theta, config.tie_embeddings) == (1e-6, 10_000.0, False)


@pytest.mark.parametrize(
    ("fields", "theta", "scaling"),
    [
        ({"rope_theta": 3.0, "rope_scaling": LLAMA3}, 3.0, Llama3Scaling(8.0, 1.0, 4.0, 8192)),
        ({"rope_theta": 3.0, "rope_scaling": {"type": "linear", "factor": 2}}, 3.0, LinearScaling(2.0)),
        ({"rope_theta": None, "rope_parameters": LLAMA3 | {"rope_theta": 7}}, 7.0, Llama3Scaling(8.0)),
        ({"rope_theta": None, "rope_parameters": {"rope_theta": 7.0, "rope_type": "default"}}, 7.0, None),
    ],
    ids=["version 4 llama3", "version 4 linear", "version 5 llama3", "version 5 default"],
)
def test_rope_fields_of_old_and_new_versions(
    fields: dict[str, Any], theta: float, scaling: object, tmp_path: Path
) -> None:
    config = huggingface_config(write_folder(tmp_path, fields))
    assert (config.rope_theta, config.rope_scaling) == (theta, scaling)


def test_every_weight_finds_its_place(tmp_path: Path) -> None:
    theirs = random_weights()
    model = load_huggingface(write_folder(tmp_path))
    assert torch.equal(model.layers[1].feedforward_norm.weight,
                       torch.from_numpy(theirs["model.layers.1.post_attention_layernorm.weight"]))  # fmt: skip
    ours = {tuple(weight.flatten().tolist()) for weight in model.parameters()}
    assert ours == {tuple(weight.flatten().tolist()) for weight in theirs.values()}


def test_sharded_folder_gives_the_same_model(tmp_path: Path) -> None:
    whole = load_huggingface(write_folder(tmp_path)).state_dict()
    write_shards(tmp_path)
    shards = load_huggingface(tmp_path).state_dict()
    assert whole.keys() == shards.keys()
    assert all(torch.equal(whole[name], shards[name]) for name in whole)


def test_rope_buffers_of_old_files_are_ignored(tmp_path: Path) -> None:
    name = "model.layers.0.self_attn.rotary_emb.inv_freq"
    load_huggingface(write_folder(tmp_path, weights={name: torch.zeros(4)}))


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another model": ({"model_type": "mistral", "architectures": ["X"]}, r"model type is 'mistral' .* only 'llama'"),
    "attention bias": ({"attention_bias": True}, "attention_bias is True, but this model has no biases"),
    "mlp bias": ({"mlp_bias": True}, "mlp_bias is True"),
    "activation": ({"hidden_act": "gelu"}, "hidden_act is 'gelu'"),
    "quantized": ({"quantization_config": {"quant_method": "gptq"}}, "weights are quantized"),
    "size missing": ({"hidden_size": None}, "hidden_size must be an integer from 1 to 16777216, got None"),
    "size of text": ({"vocab_size": "97"}, "vocab_size must be an integer"),
    "absurd size": ({"intermediate_size": 10**30}, "intermediate_size must be an integer"),
    "heads do not divide": ({"num_key_value_heads": 3}, r"n_kv_heads \(3\) must divide n_heads \(4\)"),
    "tied with what": ({"tie_word_embeddings": "yes"}, "tie_word_embeddings must be true or false"),
    "yarn": ({"rope_scaling": {"rope_type": "yarn"}}, "RoPE scaling 'yarn' is not supported, only 'linear' and"),
    "rope is a list": ({"rope_scaling": [1]}, "RoPE parameters must be an object"),
    "half rotation": ({"rope_parameters": {"partial_rotary_factor": 0.5}}, "partial_rotary_factor must be 1"),
    "llama3 incomplete": ({"rope_scaling": {"rope_type": "llama3", "factor": 8.0}}, "low_freq_factor must be"),
    "shrinking": ({"rope_scaling": {"type": "linear", "factor": 0.5}}, "factor must be at least 1"),
    "eps": ({"rms_norm_eps": -1}, "rms_norm_eps must be a positive number, got -1"),
    "layers": ({"num_hidden_layers": 2**24}, "config says 16777216 layers, the weights have 2"),
}  # fmt: skip


@pytest.mark.parametrize(("config", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_configs(config: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        load_huggingface(write_folder(tmp_path, config))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"])
def test_malformed_config(content: bytes, tmp_path: Path) -> None:
    (write_folder(tmp_path) / "config.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"config.json (is not valid JSON|must hold a JSON object)"):
        load_huggingface(tmp_path)


def test_folders_without_files(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ValueError, match="is no model folder: it has no config.json"):
            load_huggingface(folder)
    (write_folder(tmp_path) / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises(ValueError, match=r"has neither model.safetensors nor .* save_pretrained"):
        load_huggingface(tmp_path)


def test_strict_about_weights(tmp_path: Path) -> None:
    changes = {
        "model.norm.weight": None,
        "model.layers.0.self_attn.q_proj.bias": torch.zeros(32),
        "model.layers.1.mlp.up_proj.weight": torch.zeros(64, 96),
    }
    with pytest.raises(CheckpointError) as caught:
        load_huggingface(write_folder(tmp_path, weights=changes))
    assert caught.value.missing == ["final_norm.weight"]
    assert caught.value.unexpected == ["model.layers.0.self_attn.q_proj.bias"]
    assert caught.value.misshaped == ["layers.1.feedforward.up_proj.weight is (64, 96), must be (96, 64)"]


@pytest.mark.parametrize("dtype", [torch.int8, torch.float8_e4m3fn, torch.bool])
def test_weights_must_be_floating_point(dtype: torch.dtype, tmp_path: Path) -> None:
    write_folder(tmp_path, weights={"model.norm.weight": torch.ones(64).to(dtype)})
    with pytest.raises(ValueError, match=rf"model.norm.weight has the dtype {dtype}, floating point is needed"):
        load_huggingface(tmp_path)


def test_broken_indexes(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    places = write_shards(folder)
    some = next(iter(places))
    (tmp_path / "outside.safetensors").write_bytes((folder / places[some]).read_bytes())
    broken: list[tuple[object, str]] = [
        (None, "weight_map must say"),
        ({some: 3}, "weight_map must say"),
        (dict.fromkeys(places, "../outside.safetensors"), "names the file '../outside.safetensors', which is not in"),
        (places | {some: "model-00003-of-00002.safetensors"}, "which is not in the folder"),
        (places | {"extra": places[some]}, "disagree on 1 weights, one is extra"),
        ({name: file for name, file in places.items() if name != some}, "disagree on 1 weights"),
    ]
    for weight_map, message in broken:
        write_index(folder, weight_map)
        with pytest.raises(ValueError, match=message):
            load_huggingface(folder)


def test_damaged_weight_files_load_or_raise_value_error(tmp_path: Path) -> None:
    """Truncations and changed bytes from a fixed seed; nothing but success or ValueError."""
    path = write_folder(tmp_path) / "model.safetensors"
    content, chance, refused = path.read_bytes(), random.Random(4), 0
    for attempt in range(200):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 2, 8))):
            damaged[chance.randrange(2000)] = chance.randrange(256)
        path.write_bytes(damaged if attempt % 2 else content[: chance.randrange(len(content))])
        try:
            load_huggingface(tmp_path)
        except ValueError as error:
            assert str(tmp_path) in str(error)
            refused += 1
    assert refused > 150
