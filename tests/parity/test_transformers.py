"""Equal to Hugging Face transformers: each part, logits, cached decoding, gradients, greedy text."""

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.cache import KVCache
from minillama.config import PRESETS, ModelConfig
from minillama.generation import generate
from minillama.model import Llama
from minillama.rope import apply_rope, rope_table
from minillama.rope_scaling import LinearScaling, Llama3Scaling

transformers = pytest.importorskip("transformers")
from transformers.models.llama import modeling_llama as theirs_parts  # noqa: E402

B, T, V = 2, 21, 89
BASE = dict(
    vocab_size=V, dim=24, n_layers=3, n_heads=4, n_kv_heads=2, head_dim=6, hidden_dim=56, max_seq_len=64
)  # fmt: skip
CASES = {
    "GQA": {},
    "MHA": {"n_kv_heads": 4},
    "MQA": {"n_kv_heads": 1},
    "tied": {"tie_embeddings": True},
    "wide heads": {"head_dim": 10},
    "base 500000, eps 0.01": {"rope_theta": 500_000.0, "norm_eps": 1e-2, "head_dim": 16},
    "llama3 scaling": {"rope_theta": 500.0, "head_dim": 16, "rope_scaling": Llama3Scaling(8.0, 1.0, 4.0, 16)},
    "linear scaling": {"rope_scaling": LinearScaling(4.0)},
}
# the only knowledge of names in this file, on purpose independent of minillama.formats
NAMES = (
    ("model.embed_tokens.", "token_embedding."),
    ("model.norm.", "final_norm."),
    ("model.layers.", "layers."),
    (".input_layernorm.", ".attention_norm."),
    (".post_attention_layernorm.", ".feedforward_norm."),
    (".self_attn.", ".attention."),
    (".mlp.", ".feedforward."),
)


def our_name(name: str) -> str:
    """model.layers.0.mlp.up_proj.weight -> layers.0.feedforward.up_proj.weight."""
    for theirs, ours in NAMES:
        name = name.replace(theirs, ours)
    return name


def their_config(config: ModelConfig):
    """Write our sizes in their words."""
    rope = {"rope_type": "default", "rope_theta": config.rope_theta}
    if isinstance(config.rope_scaling, LinearScaling):
        rope |= {"rope_type": "linear", "factor": config.rope_scaling.factor}
    if isinstance(config.rope_scaling, Llama3Scaling):
        scaling = config.rope_scaling
        rope |= {"rope_type": "llama3", "factor": scaling.factor}
        rope |= {"low_freq_factor": scaling.low_freq_factor, "high_freq_factor": scaling.high_freq_factor}
        rope |= {"original_max_position_embeddings": scaling.original_max_seq_len}
    return transformers.LlamaConfig(
        vocab_size=config.vocab_size,
        hidden_size=config.dim,
        intermediate_size=config.hidden_dim,
        num_hidden_layers=config.n_layers,
        num_attention_heads=config.n_heads,
        num_key_value_heads=config.n_kv_heads,
        head_dim=config.head_dim,
        max_position_embeddings=config.max_seq_len,
        rms_norm_eps=config.norm_eps,
        tie_word_embeddings=config.tie_embeddings,
        rope_parameters=rope,
        attn_implementation="eager",
        bos_token_id=None,
        eos_token_id=None,
    )


def make_loud(model: nn.Module) -> None:
    """Large weights: logits of order 5 and peaked attention, so that mistakes show."""
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 1:
                weight.uniform_(0.5, 1.5)
            else:
                at_the_ends = "embed" in name or "lm_head" in name
                weight.normal_(std=1.0 if at_the_ends else 1.5 / weight.shape[1] ** 0.5)


def twins(case: str) -> tuple[Llama, nn.Module, Tensor]:
    """The same weights in both implementations, and tokens."""
    torch.manual_seed(sum(case.encode()))
    config = ModelConfig(**{**BASE, **CASES[case]})
    theirs = transformers.LlamaForCausalLM(their_config(config)).eval()
    make_loud(theirs)
    ours = Llama(config)
    ours.load_state_dict({our_name(name): weight for name, weight in theirs.state_dict().items()})
    return ours, theirs, torch.randint(V, (B, T))


def assert_same_logits(ours: Tensor, theirs: Tensor) -> None:
    """Within 1e-5 of the largest logit."""
    assert 4 < theirs.abs().max() < 60
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-5 * theirs.abs().max().item())


@pytest.mark.parametrize("case", CASES)
def test_logits_and_gradients(case: str) -> None:
    ours, theirs, tokens = twins(case)
    our_logits, their_logits = ours(tokens), theirs(tokens).logits
    assert_same_logits(our_logits, their_logits)
    for logits in (our_logits, their_logits):
        F.cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten()).backward()
    their_gradients = {our_name(name): weight.grad for name, weight in theirs.named_parameters()}
    assert their_gradients.keys() == dict(ours.named_parameters()).keys()
    for name, weight in ours.named_parameters():
        expected = their_gradients[name]
        difference = (weight.grad - expected).abs().max()
        assert difference <= 1e-4 * expected.abs().max(), name


@pytest.mark.parametrize("case", CASES)
@torch.no_grad()
def test_cached_decoding(case: str) -> None:
    ours, theirs, tokens = twins(case)
    our_cache = KVCache(ours.config.n_layers, capacity=T)
    their_cache = transformers.DynamicCache(config=theirs.config)
    for chunk in tokens.split([8, 1, 1, 7, 1, 3], dim=1):
        their_logits = theirs(chunk, past_key_values=their_cache, use_cache=True).logits
        assert_same_logits(ours(chunk, our_cache), their_logits)


@torch.no_grad()
def test_parts() -> None:
    ours, theirs, _ = twins("llama3 scaling")
    ours_block, theirs_block = ours.layers[1], theirs.model.layers[1]
    x = 3 * torch.randn(B, T, 24)
    torch.testing.assert_close(ours_block.attention_norm(x), theirs_block.input_layernorm(x))
    torch.testing.assert_close(ours_block.feedforward(x), theirs_block.mlp(x))

    config, positions = ours.config, torch.arange(40, 40 + T)
    cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
    their_cos, their_sin = theirs.model.rotary_emb(x, positions[None])
    torch.testing.assert_close(torch.cat((cos, cos), -1)[None], their_cos, rtol=0, atol=1e-5)
    torch.testing.assert_close(torch.cat((sin, sin), -1)[None], their_sin, rtol=0, atol=1e-5)

    query, key = torch.randn(B, 4, T, 16), torch.randn(B, 2, T, 16)
    their_query, their_key = theirs_parts.apply_rotary_pos_emb(query, key, their_cos, their_sin)
    torch.testing.assert_close(apply_rope(query, cos, sin), their_query, rtol=0, atol=1e-4)
    torch.testing.assert_close(apply_rope(key, cos, sin), their_key, rtol=0, atol=1e-4)

    hidden = torch.full((T, T), -torch.inf).triu(1)
    their_attention, _ = theirs_block.self_attn(x, (their_cos, their_sin), hidden)
    torch.testing.assert_close(ours_block.attention(x, cos, sin), their_attention, rtol=0, atol=1e-4)


@torch.no_grad()
def test_norm_rounds_in_the_same_places() -> None:
    ours, theirs, _ = twins("GQA")
    x = 3 * torch.randn(B, T, 24)
    for dtype in (torch.bfloat16, torch.float16):
        norm, their_norm = copy.deepcopy(ours.final_norm).to(dtype), copy.deepcopy(theirs.model.norm).to(dtype)
        assert torch.equal(norm(x.to(dtype)), their_norm(x.to(dtype)))


@pytest.mark.parametrize("name", ["LLaMA-7B", "Llama-3.1-8B", "Llama-3.2-1B", "SmolLM2-135M"])
def test_published_rotations(name: str) -> None:
    config = PRESETS[name]
    rotary = theirs_parts.LlamaRotaryEmbedding(their_config(config))
    positions = torch.tensor([0, 1, 100, config.max_seq_len - 1])
    their_cos, their_sin = rotary(torch.ones(1), positions[None])
    cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
    half = config.head_dim // 2
    # 6e-8 is float32's relative rounding of a frequency: the two write the same formula in another order
    tolerance = 4 * 6e-8 * config.max_seq_len
    torch.testing.assert_close(cos, their_cos[0, :, :half], rtol=0, atol=tolerance)
    torch.testing.assert_close(sin, their_sin[0, :, :half], rtol=0, atol=tolerance)


@pytest.mark.parametrize("case", ["GQA", "tied", "llama3 scaling"])
def test_greedy_text(case: str) -> None:
    ours, theirs, tokens = twins(case)
    prompt = tokens[:1, :5]
    expected = theirs.generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=30, do_sample=False)
    assert list(generate(ours, prompt[0].tolist(), 30)) == expected[0, 5:].tolist()
