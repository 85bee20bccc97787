"""The real weights of SmolLM2-135M against recorded values and against transformers.

The recorded values come from a separate forward pass in float32 over the same decoded weights.
"""

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from transformers import LlamaConfig, LlamaForCausalLM

from minillama.config import SMOLLM2_135M
from minillama.formats.gguf import gguf_config, load_gguf
from minillama.formats.names import rename
from minillama.formats.tokenizer_files import load_tokenizer
from minillama.generation import generate
from minillama.model import Llama
from minillama.tokenizer import Tokenizer

PARAGRAPH = (
    "The capital of France is Paris. Water boils at one hundred degrees Celsius at sea level, and it freezes at "
    "zero degrees. The Earth orbits the Sun once every year, and the Moon orbits the Earth about once every "
    "month. Photosynthesis is the process by which green plants use sunlight to make food from carbon dioxide "
    "and water."
)
FRANCE = [504, 3575, 282, 4649, 314]  # The capital of France is
ONCE = [6403, 1980, 253, 655]  # Once upon a time
TOP_FIVE = {
    "France": (FRANCE, [7042, 260, 4528, 2250, 1315], [17.371, 14.889, 13.245, 13.009, 12.952]),
    "once": (ONCE, [28, 281, 665, 260, 253], [18.142, 14.083, 13.367, 12.936, 12.928]),
}
GREEDY = {
    "France": (FRANCE, [7042, 30, 198, 198, 504, 2988, 314, 42, 216, 34, 32, 33, 40, 29, 32, 33]),
    "once": (ONCE, [28, 260, 2240, 282, 23324, 27108, 436, 253, 15114, 39228, 28, 351, 25854, 41658, 284, 14055]),
}
CHAT = (
    "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
    "<|im_start|>user\nWhat is 2+2?<|im_end|>\n<|im_start|>assistant\n"
)
CHAT_ANSWER = [504, 2988, 288, 451, 8170, 4119, 1732, 314, 216, 36, 30, 2]


@pytest.fixture(scope="module")
def model(smollm2: Path) -> Llama:
    return load_gguf(smollm2).requires_grad_(False)


@pytest.fixture(scope="module")
def tokenizer(smollm2: Path) -> Tokenizer:
    return load_tokenizer(smollm2)


def test_config_is_the_preset(smollm2: Path) -> None:
    assert gguf_config(smollm2) == SMOLLM2_135M


def test_every_parameter_is_there_once(model: Llama) -> None:
    assert sum(weight.numel() for weight in model.parameters()) == 134_515_008
    assert model.lm_head.weight is model.token_embedding.weight


@pytest.mark.parametrize(("prompt", "ids", "logits"), TOP_FIVE.values(), ids=TOP_FIVE)
def test_top_five(model: Llama, prompt: list[int], ids: list[int], logits: list[float]) -> None:
    top = model(torch.tensor([prompt]))[0, -1].topk(5)
    assert top.indices.tolist() == ids
    assert top.values.tolist() == pytest.approx(logits, abs=1e-3)  # recorded with three decimals


@pytest.mark.parametrize(("prompt", "expected"), GREEDY.values(), ids=GREEDY)
def test_greedy_continuation(model: Llama, prompt: list[int], expected: list[int]) -> None:
    assert list(generate(model, prompt, max_new_tokens=16)) == expected


def test_chat_answer(model: Llama, tokenizer: Tokenizer) -> None:
    prompt = tokenizer.encode(CHAT, allow_special=True)
    assert len(prompt) == 37
    answer = list(generate(model, prompt, max_new_tokens=12))
    assert answer == CHAT_ANSWER
    assert tokenizer.decode(answer[:-1]) == "The answer to this classic math problem is 4."


def test_loss_on_a_paragraph(model: Llama, tokenizer: Tokenizer) -> None:
    """2.0508 nats; a RoPE base of 10,000 gives 2.0998 and rows left interleaved give 3.6927."""
    tokens = torch.tensor(tokenizer.encode(PARAGRAPH))
    assert len(tokens) == 65
    loss = F.cross_entropy(model(tokens[None, :-1])[0], tokens[1:])
    assert loss.item() == pytest.approx(2.0508, abs=2e-4)


def test_logits_equal_transformers(model: Llama, tokenizer: Tokenizer) -> None:
    tokens = torch.tensor([tokenizer.encode(PARAGRAPH)])
    config = LlamaConfig(
        vocab_size=49_152, hidden_size=576, num_hidden_layers=30, num_attention_heads=9, num_key_value_heads=3,
        head_dim=64, intermediate_size=1536, max_position_embeddings=8192, rms_norm_eps=1e-5,
        tie_word_embeddings=True, rope_parameters={"rope_type": "default", "rope_theta": 100_000.0},
    )  # fmt: skip
    with torch.device("meta"):
        oracle = LlamaForCausalLM(config)
    oracle.model.rotary_emb = type(oracle.model.rotary_emb)(config)  # its buffers, computed for real
    weights = {rename(name, "ours", "huggingface"): weight for name, weight in model.state_dict().items()}
    oracle.load_state_dict(weights, strict=True, assign=True)
    with torch.no_grad():
        theirs = oracle.eval()(tokens).logits
    assert (model(tokens) - theirs).abs().max().item() <= 5e-4
