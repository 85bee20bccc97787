"""A GGUF file in every supported format gives the logits of transformers on the same decoded weights."""

from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind
from tiny_gguf import SIZES, interleave, random_weights, write_gguf
from transformers import LlamaConfig, LlamaForCausalLM

from minillama.formats.gguf import load_gguf
from minillama.formats.gguf_blocks import dequantize
from minillama.formats.names import rename

KINDS = [Kind.F32, Kind.F16, Kind.BF16, Kind.Q4_0, Kind.Q4_1, Kind.Q8_0]


def decode_and_restore(weights: dict[str, np.ndarray], kind: Kind) -> dict[str, torch.Tensor]:
    """What is left of the weights after the library's quantizer and dequantizer."""
    return {
        name: torch.from_numpy(
            gguf.quants.dequantize(gguf.quants.quantize(w, kind), kind).astype(np.float32) if w.ndim == 2 else w
        )
        for name, w in weights.items()
    }


def their_logits(weights: dict[str, torch.Tensor], tokens: torch.Tensor, **rope: object) -> torch.Tensor:
    """Transformers' model with these weights."""
    config = LlamaConfig(
        vocab_size=SIZES["vocab_size"], hidden_size=SIZES["dim"], num_hidden_layers=SIZES["n_layers"],
        num_attention_heads=SIZES["n_heads"], num_key_value_heads=SIZES["n_kv_heads"],
        head_dim=SIZES["head_dim"], intermediate_size=SIZES["hidden_dim"],
        max_position_embeddings=SIZES["max_seq_len"], rms_norm_eps=SIZES["norm_eps"],
        rope_parameters={"rope_type": "default", "rope_theta": SIZES["rope_theta"], **rope},
    )  # fmt: skip
    oracle = LlamaForCausalLM(config).eval()
    oracle.load_state_dict(weights, strict=True)
    with torch.no_grad():
        return oracle(tokens).logits


def assert_close(ours: torch.Tensor, theirs: torch.Tensor) -> None:
    assert theirs.std() > 0.3, "logits too small to prove anything"
    assert (ours - theirs).abs().max().item() <= 1e-5 * theirs.abs().max().item()


@pytest.fixture
def tokens() -> torch.Tensor:
    return torch.randint(SIZES["vocab_size"], (3, 47), generator=torch.Generator().manual_seed(1))


@torch.no_grad()
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_logits_equal_transformers(kind: Kind, tokens: torch.Tensor, tmp_path: Path) -> None:
    weights = random_weights()
    model = load_gguf(write_gguf(tmp_path / "tiny.gguf", weights, kind))
    assert_close(model(tokens), their_logits(decode_and_restore(weights, kind), tokens))


@torch.no_grad()
def test_tied_head(tokens: torch.Tensor, tmp_path: Path) -> None:
    weights = random_weights()
    weights["lm_head.weight"] = weights["model.embed_tokens.weight"]
    stored = {name: weight for name, weight in weights.items() if name != "lm_head.weight"}
    model = load_gguf(write_gguf(tmp_path / "tiny.gguf", stored))
    assert model.config.tie_embeddings
    assert model.lm_head.weight is model.token_embedding.weight
    assert_close(model(tokens), their_logits(decode_and_restore(weights, Kind.F32), tokens))


@torch.no_grad()
def test_llama3_scaling_stored_as_factors(tokens: torch.Tensor, tmp_path: Path) -> None:
    weights = random_weights()
    rope = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 64}  # fmt: skip
    frequencies = SIZES["rope_theta"] ** -(np.arange(4) / 4)
    wavelengths = 2 * np.pi / frequencies
    smooth = np.clip((64 / wavelengths - 1) / 3, 0, 1)
    factors = (1 / ((1 - smooth) / 8 + smooth)).astype(np.float32)
    model = load_gguf(write_gguf(tmp_path / "tiny.gguf", weights, extra={"rope_freqs.weight": factors}))
    assert len(set(factors.tolist())) > 2
    assert_close(model(tokens), their_logits(decode_and_restore(weights, Kind.F32), tokens, **rope))


@torch.no_grad()
@pytest.mark.parametrize(
    "extra",
    [{"llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 3.0}, {"llama.rope.scale_linear": 3.0}],
    ids=["key of today", "key of old files"],
)
def test_linear_scaling(extra: dict, tokens: torch.Tensor, tmp_path: Path) -> None:
    weights = random_weights()
    model = load_gguf(write_gguf(tmp_path / "tiny.gguf", weights, extra=extra))
    theirs = their_logits(decode_and_restore(weights, Kind.F32), tokens, rope_type="linear", factor=3.0)
    assert_close(model(tokens), theirs)


@torch.no_grad()
def test_rows_in_the_wrong_order_would_be_noticed(tokens: torch.Tensor, tmp_path: Path) -> None:
    """The limit of these tests is far below what a forgotten permutation costs."""
    weights = random_weights()
    right = load_gguf(write_gguf(tmp_path / "right.gguf", weights))(tokens)
    name = "model.layers.0.self_attn.q_proj.weight"
    twice = weights | {name: interleave(weights[name], SIZES["n_heads"])}
    wrong = load_gguf(write_gguf(tmp_path / "wrong.gguf", twice))(tokens)
    assert (right - wrong).abs().max() > 1e-2 * right.abs().max()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_blocks_decode_bit_for_bit_as_the_library(kind: Kind) -> None:
    """Random bytes: every scale, also subnormal, infinite and not-a-number ones."""
    n_bytes = gguf.GGML_QUANT_SIZES[kind][1]
    raw = np.random.default_rng(5).integers(0, 256, (4, 50 * n_bytes), dtype=np.uint8)
    with np.errstate(all="ignore"):
        theirs = gguf.quants.dequantize(raw, kind)
    ours = dequantize(torch.from_numpy(raw).flatten(), kind.name, theirs.shape).numpy()
    assert np.array_equal(np.isnan(ours), np.isnan(theirs))
    finite = ~np.isnan(theirs)
    assert np.array_equal(ours[finite].view(np.uint32), theirs[finite].view(np.uint32))


def test_every_tensor_of_smollm2_decodes_bit_for_bit(smollm2: Path) -> None:
    for tensor in gguf.GGUFReader(smollm2).tensors:
        raw = torch.from_numpy(np.array(tensor.data).view(np.uint8).reshape(-1))
        ours = dequantize(raw, tensor.tensor_type.name, tensor.shape[::-1].tolist()).numpy()
        assert np.array_equal(ours, gguf.quants.dequantize(tensor.data, tensor.tensor_type)), tensor.name


def test_names_are_llama_cpps() -> None:
    """Our table against the one that llama.cpp's converter uses."""
    mapping = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, 2)
    for name in random_weights():
        theirs = mapping.get_name(name, try_suffixes=(".weight",))
        assert rename(name, "huggingface", "gguf") == theirs
        assert rename(theirs, "gguf", "huggingface") == name
