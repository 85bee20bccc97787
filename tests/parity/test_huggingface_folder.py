"""A folder written by transformers, loaded by us, gives transformers' logits."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from minillama.formats.huggingface import huggingface_config, load_huggingface
from minillama.rope_scaling import LinearScaling, Llama3Scaling

LLAMA3_ROPE = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
    "rope_theta": 500.0,
}
VARIANTS: dict[str, dict[str, Any]] = {
    "grouped-query": {},
    "multi-head": {"num_key_value_heads": 4},
    "multi-query": {"num_key_value_heads": 1},
    "tied": {"tie_word_embeddings": True},
    "head_dim from dim": {"hidden_size": 24, "head_dim": None},
    "one layer": {"num_hidden_layers": 1},
    "llama3 scaling": {"rope_parameters": LLAMA3_ROPE},
    "linear scaling": {"rope_parameters": {"rope_type": "linear", "factor": 3.0, "rope_theta": 10_000.0}},
    "eps and base": {"rms_norm_eps": 0.03, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0}},
}


def make_oracle(**changes: Any) -> LlamaForCausalLM:
    """A random model of transformers, with weights large enough that every part matters."""
    sizes = {
        "vocab_size": 97,
        "hidden_size": 20,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 6,
        "intermediate_size": 44,
        "max_position_embeddings": 64,
        "rms_norm_eps": 1e-5,
        "attn_implementation": "eager",
    }
    torch.manual_seed(7)
    oracle = LlamaForCausalLM(LlamaConfig(**{**sizes, **changes})).eval()
    with torch.no_grad():
        for weight in oracle.parameters():
            weight.uniform_(0.5, 1.5) if weight.dim() == 1 else weight.normal_(std=1.2 / weight.shape[1] ** 0.5)
    return oracle


def logits_of_both(oracle: LlamaForCausalLM, folder: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Ours, loaded from the folder, and theirs."""
    tokens = torch.randint(0, 97, (3, 61), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        return load_huggingface(folder)(tokens), oracle(tokens).logits


def assert_close(ours: torch.Tensor, theirs: torch.Tensor) -> None:
    limit = 1e-5 * theirs.abs().max().item()
    assert theirs.std() > 0.3, "logits too small to prove anything"
    assert (ours - theirs).abs().max().item() <= limit


@pytest.mark.parametrize("changes", VARIANTS.values(), ids=VARIANTS)
def test_logits_equal_transformers(changes: dict[str, Any], tmp_path: Path) -> None:
    oracle = make_oracle(**changes)
    oracle.save_pretrained(tmp_path)
    assert_close(*logits_of_both(oracle, tmp_path))


@pytest.mark.parametrize("tied", [False, True])
def test_sharded_folder(tied: bool, tmp_path: Path) -> None:
    oracle = make_oracle(tie_word_embeddings=tied)
    oracle.save_pretrained(tmp_path, max_shard_size="12KB")
    assert len(list(tmp_path.glob("*.safetensors"))) > 3
    assert_close(*logits_of_both(oracle, tmp_path))


def test_bfloat16_folder_gives_exactly_its_numbers(tmp_path: Path) -> None:
    oracle = make_oracle().to(torch.bfloat16)
    oracle.save_pretrained(tmp_path)
    ours = load_huggingface(tmp_path)
    assert ours.lm_head.weight.dtype is torch.float32
    assert torch.equal(ours.lm_head.weight, oracle.lm_head.weight.float())
    assert load_huggingface(tmp_path, torch.bfloat16).lm_head.weight.dtype is torch.bfloat16
    # Theirs is loaded anew: casting their model to bfloat16 has cast its rotary frequencies too.
    oracle = LlamaForCausalLM.from_pretrained(tmp_path, dtype=torch.float32).eval()
    assert_close(*logits_of_both(oracle, tmp_path))


def test_config_of_version_4_means_the_same(tmp_path: Path) -> None:
    """Version 4 wrote rope_theta at the top and the scaling, with type or rope_type, in rope_scaling."""
    make_oracle(rope_parameters=LLAMA3_ROPE).save_pretrained(tmp_path)
    path = tmp_path / "config.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    new = huggingface_config(tmp_path)
    assert new.rope_theta == 500.0
    assert new.rope_scaling == Llama3Scaling(8.0, 1.0, 4.0, 16)
    old_scaling = {key: value for key, value in fields.pop("rope_parameters").items() if key != "rope_theta"}
    path.write_text(json.dumps(fields | {"rope_theta": 500.0, "rope_scaling": old_scaling}), encoding="utf-8")
    assert huggingface_config(tmp_path) == new
    old_linear = {"type": "linear", "factor": 2.0}
    path.write_text(json.dumps(fields | {"rope_theta": 500.0, "rope_scaling": old_linear}), encoding="utf-8")
    assert huggingface_config(tmp_path) == dataclasses.replace(new, rope_scaling=LinearScaling(2.0))


def test_the_model_does_not_depend_on_its_files(tmp_path: Path) -> None:
    oracle = make_oracle()
    oracle.save_pretrained(tmp_path)
    ours = load_huggingface(tmp_path)
    before = ours.lm_head.weight.detach().clone()
    weights = tmp_path / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-64, 2)
        file.write(bytes(64))
    assert torch.equal(ours.lm_head.weight, before)
    assert torch.equal(ours.final_norm.weight, oracle.model.norm.weight)
