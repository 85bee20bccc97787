"""Both ends of the path from GPT-2 to LLaMA: the first stage equals transformers' GPT-2, the last our Llama."""

import pytest
import torch
from tiny import random_tokens
from torch import Tensor, nn

from minillama.config import ModelConfig
from minillama.course.experiments.gpt2_block import GPT2, LLAMA, SmallModel
from minillama.model import Llama

transformers = pytest.importorskip("transformers")
SIZES = {"vocab_size": 97, "dim": 24, "n_heads": 4, "n_layers": 3, "max_seq_len": 13}


def draw_loud_weights(model: nn.Module) -> None:
    """Large weights, and biases and gains that are not 0 and 1, so that mistakes show."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(mean=0.1, std=0.4, generator=generator)


def gpt2_state(model: SmallModel) -> dict[str, Tensor]:
    """The weights under transformers' names; its matrices stand the other way round."""
    state = {"wte.weight": model.token_embedding.weight, "wpe.weight": model.position_embedding.weight}
    state |= {f"ln_f.{name}": value for name, value in model.final_norm.state_dict().items()}
    for i, block in enumerate(model.layers):
        attention = block.attention
        projections = (attention.q_proj, attention.k_proj, attention.v_proj)
        joined = nn.Linear(1, 1)
        joined.weight = nn.Parameter(torch.cat([part.weight for part in projections]))
        joined.bias = nn.Parameter(torch.cat([part.bias for part in projections]))
        linears = {
            "attn.c_attn": joined,
            "attn.c_proj": attention.o_proj,
            "mlp.c_fc": block.feedforward.up_proj,
            "mlp.c_proj": block.feedforward.down_proj,
        }
        for name, linear in linears.items():
            state |= {f"h.{i}.{name}.weight": linear.weight.T, f"h.{i}.{name}.bias": linear.bias}
        for name, norm in (("ln_1", block.attention_norm), ("ln_2", block.feedforward_norm)):
            state |= {f"h.{i}.{name}.{part}": value for part, value in norm.state_dict().items()}
    return {f"transformer.{name}": value for name, value in state.items()} | {"lm_head.weight": model.lm_head.weight}


@torch.no_grad()
def test_first_stage_computes_what_gpt2_of_transformers_computes() -> None:
    model = SmallModel(GPT2, **SIZES).double()
    draw_loud_weights(model)
    config = transformers.GPT2Config(
        vocab_size=97,
        n_embd=24,
        n_head=4,
        n_layer=3,
        n_positions=13,
        activation_function="gelu",
        tie_word_embeddings=False,
    )
    theirs = transformers.GPT2LMHeadModel(config).double().eval()
    theirs.load_state_dict(gpt2_state(model))
    tokens = random_tokens(batch=2, length=11)
    expected = theirs(tokens).logits
    assert expected.std() > 1
    torch.testing.assert_close(model(tokens), expected)


@torch.no_grad()
def test_last_stage_computes_what_our_llama_computes() -> None:
    model = SmallModel(LLAMA, **SIZES).double()
    draw_loud_weights(model)
    ours = Llama(ModelConfig(**SIZES, n_kv_heads=4, head_dim=6, hidden_dim=64)).double()
    ours.load_state_dict(model.state_dict())
    tokens = random_tokens(batch=2, length=11)
    expected = ours(tokens)
    assert expected.std() > 1
    torch.testing.assert_close(model(tokens), expected)
