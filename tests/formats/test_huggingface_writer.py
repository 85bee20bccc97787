"""Tests of minillama.formats.huggingface_writer; tests/parity/ loads such a folder with transformers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny import TINY, loud_model, random_tokens

from minillama.config import ModelConfig
from minillama.formats.huggingface import huggingface_config, load_huggingface
from minillama.formats.huggingface_writer import save_huggingface
from minillama.model import Llama
from minillama.rope_scaling import FactorScaling, LinearScaling, Llama3Scaling


@pytest.mark.parametrize(
    "config",
    [
        TINY,
        replace(TINY, tie_embeddings=True, rope_theta=77.0, norm_eps=1e-6),
        replace(TINY, rope_scaling=LinearScaling(4.0)),
        replace(TINY, rope_scaling=Llama3Scaling(8.0, 1.5, 3.5, 32)),
    ],
    ids=["plain", "tied", "linear", "llama3"],
)
def test_what_was_written_can_be_read(tmp_path: Path, config: ModelConfig) -> None:
    model = loud_model(config).float()
    save_huggingface(model, tmp_path / "new", torch.float32)
    assert huggingface_config(tmp_path / "new") == config
    tokens = random_tokens(3, 17)
    assert torch.equal(load_huggingface(tmp_path / "new")(tokens), model(tokens))


def test_weights_are_rounded_to_bfloat16_unless_told_otherwise(tmp_path: Path) -> None:
    model = Llama(TINY)
    save_huggingface(model, tmp_path, bos_id=3, eos_id=5)
    loaded = load_huggingface(tmp_path)
    for name, weight in model.named_parameters():
        assert torch.equal(loaded.get_parameter(name), weight.bfloat16().float())
    fields = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    assert (fields["torch_dtype"], fields["bos_token_id"], fields["eos_token_id"]) == ("bfloat16", 3, 5)
    assert (tmp_path / "model.safetensors").stat().st_size < 2.2 * sum(p.numel() for p in model.parameters()) + 4000


def test_a_scaling_without_a_name_is_refused(tmp_path: Path) -> None:
    model = Llama(replace(TINY, rope_scaling=FactorScaling((1.0,) * 5)))
    with pytest.raises(ValueError, match="FactorScaling has no name in the Hugging Face layout"):
        save_huggingface(model, tmp_path)
    assert list(tmp_path.iterdir()) == []
