"""A folder that we wrote, read by transformers: the same logits."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from transformers import AutoModelForCausalLM

from minillama.config import ModelConfig
from minillama.formats.huggingface_writer import save_huggingface
from minillama.rope_scaling import LinearScaling, Llama3Scaling


@pytest.mark.parametrize(
    "config",
    [
        TINY,
        replace(TINY, tie_embeddings=True, rope_theta=77.0),
        replace(TINY, rope_scaling=LinearScaling(4.0)),
        replace(TINY, rope_scaling=Llama3Scaling(8.0, 1.5, 3.5, 32)),
    ],
    ids=["plain", "tied", "linear", "llama3"],
)
def test_transformers_reads_what_we_wrote(tmp_path: Path, config: ModelConfig) -> None:
    ours = loud_model(config).float()
    save_huggingface(ours, tmp_path, torch.float32)
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    tokens = random_tokens(3, 17)
    with torch.no_grad():
        expected = theirs(tokens).logits
        assert (ours(tokens) - expected).abs().max() <= 1e-5 * expected.abs().max()
    assert theirs.config.tie_word_embeddings == config.tie_embeddings
