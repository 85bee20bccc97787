"""Quantized models on disk: the same model comes back, small, and what is damaged or foreign is named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import nn

from minillama.config import ModelConfig
from minillama.formats.names import CheckpointError
from minillama.model import Llama
from minillama.quantization import Grid
from minillama.quantized_checkpoint import load_quantized, save_quantized
from minillama.quantized_layers import QuantizedLinear, quantize_model
from minillama.rope_scaling import Llama3Scaling
from minillama.surgery import replace_linears

CONFIG = replace(TINY, dim=64, n_layers=2, head_dim=16, hidden_dim=96)


def quantized(config: ModelConfig = CONFIG, head: Grid | None = Grid(8), grid: Grid = Grid(4, 32), **some) -> Llama:  # noqa: ANN003, B008
    model = loud_model(config).float()
    quantize_model(model, grid, head, **some)
    return model


MODELS = {
    "all": quantized,
    "symmetric, tied": lambda: quantized(replace(CONFIG, tie_embeddings=True), grid=Grid(3, 32, symmetric=True)),
    "some": lambda: quantized(head=None, accept=lambda name: "gate" in name),
    "tied in floats": lambda: quantized(replace(CONFIG, tie_embeddings=True), head=None),
    "none": lambda: loud_model(CONFIG).float(),
    "scaled, bfloat16": lambda: quantized(replace(CONFIG, rope_scaling=Llama3Scaling(4.0))).bfloat16(),
}


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_the_same_model_comes_back(make, tmp_path: Path) -> None:  # noqa: ANN001
    model, tokens = make(), random_tokens(3, 17)
    save_quantized(model, tmp_path / "a" / "b")
    loaded = load_quantized(tmp_path / "a" / "b")
    assert loaded.config == model.config
    assert torch.equal(loaded(tokens), model(tokens))
    ours, theirs = loaded.state_dict(), model.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(ours[name].dtype == theirs[name].dtype and torch.equal(ours[name], theirs[name]) for name in ours)
    assert [str(module) for module in loaded.modules()] == [str(module) for module in model.modules()]


def test_what_is_tied_is_stored_once_and_tied_again(tmp_path: Path) -> None:
    config = replace(CONFIG, vocab_size=5003, tie_embeddings=True)
    save_quantized(quantized(config), tmp_path)
    loaded = load_quantized(tmp_path)
    assert loaded.lm_head.matrix is loaded.token_embedding.matrix
    assert (tmp_path / "model.safetensors").stat().st_size < 1.25 * 5003 * 64
    save_quantized(quantized(config, head=None), tmp_path)
    loaded = load_quantized(tmp_path)
    assert loaded.lm_head.weight is loaded.token_embedding.weight


def test_a_head_replaced_alone_leaves_the_embedding(tmp_path: Path) -> None:
    model = loud_model(replace(CONFIG, tie_embeddings=True)).float()
    replace_linears(
        model, lambda _, linear: QuantizedLinear.from_linear(linear, Grid(4)), lambda name: name == "lm_head"
    )
    save_quantized(model, tmp_path)
    loaded = load_quantized(tmp_path)
    assert isinstance(loaded.token_embedding, nn.Embedding)
    assert torch.equal(loaded(random_tokens(3, 17)), model(random_tokens(3, 17)))


def test_the_model_does_not_depend_on_the_file(tmp_path: Path) -> None:
    save_quantized(quantized(), tmp_path)
    loaded = load_quantized(tmp_path)
    before = loaded(random_tokens(3, 17))
    path = tmp_path / "model.safetensors"
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    assert torch.equal(loaded(random_tokens(3, 17)), before)


def test_what_was_there_stays_if_saving_fails(tmp_path: Path) -> None:
    model, tokens = quantized(), random_tokens(3, 17)
    save_quantized(model, tmp_path)
    model.layers[0].attention.q_proj.register_parameter("lora_a", nn.Parameter(torch.ones(2)))
    with pytest.raises(ValueError, match="has weights that a plain Llama has not, such as .*lora_a: merge or remove"):
        save_quantized(model, tmp_path)
    assert torch.equal(load_quantized(tmp_path)(tokens), model(tokens))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.json", "model.safetensors"]


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has no config.json: nothing was saved there with save_quantized"):
        load_quantized(tmp_path)
    save_quantized(quantized(), tmp_path)
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(FileNotFoundError, match="has no model.safetensors"):
        load_quantized(tmp_path)


@pytest.mark.parametrize("kept", [0, 4, 1000, -1])
def test_truncated_weights(kept: int, tmp_path: Path) -> None:
    save_quantized(quantized(), tmp_path)
    path = tmp_path / "model.safetensors"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match="model.safetensors is cut off or damaged"):
        load_quantized(tmp_path)


def test_files_of_two_models(tmp_path: Path) -> None:
    save_quantized(quantized(), tmp_path / "a")
    save_quantized(quantized(grid=Grid(4)), tmp_path / "b")
    (tmp_path / "a" / "config.json").replace(tmp_path / "b" / "config.json")
    with pytest.raises(ValueError, match="config.json beside it were not saved together: save the model again"):
        load_quantized(tmp_path / "b")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: {"model_type": "llama"}, "config.json: this is no quantized model: its format is None"),
        (lambda c: c | {"format": 7}, "config.json: 'format' should be of type str, got 7"),
        (lambda c: c | {"model": {"dim": 64}}, "config.json: the sizes of the model cannot be read"),
        (lambda c: c | {"model": c["model"] | {"dim": -1}}, "config.json: dim must be a positive integer, got -1"),
        (lambda c: c | {"quantized": {"lm_head": 4}}, "config.json: a JSON object was expected, got 4"),
    ],
)
def test_foreign_configs(change, message: str, tmp_path: Path) -> None:  # noqa: ANN001
    save_quantized(quantized(), tmp_path)
    path = tmp_path / "config.json"
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_quantized(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["quantized"].pop("lm_head"), "1 missing: lm_head.weight. 3 unexpected: lm_head.matrix.minimum"),
        (lambda c: c["quantized"].update(final_norm={"bits": 4}), "3 missing: final_norm.matrix.packed"),
        (lambda c: c["quantized"].update(other={"bits": 4, "symmetric": True}), "2 missing: other.matrix.packed"),
        (lambda c: c["quantized"]["lm_head"].update(bits=4), "64 codes of 4 bits take rows of 32 bytes"),
        (lambda c: c["quantized"]["lm_head"].update(bits=40), "bits must be an integer from 2 to 8, got 40"),
        (lambda c: c["quantized"]["lm_head"].update(color=1), "unexpected keyword argument 'color'"),
        (lambda c: c["quantized"].update(lm_head={"same_as": "final_norm"}), "shares the weight of final_norm, which"),
        (lambda c: c["model"].update(vocab_size=98), r"token_embedding is \(97, 64\), must be \(98, 64\)"),
    ],
)  # fmt: skip
def test_files_that_agree_but_lie(change, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001
    """Both files say the same; it is the weights that do not fit."""
    real = json.dumps

    def lying(content: dict, **options) -> str:  # noqa: ANN003
        content = json.loads(real(content))
        change(content)
        return real(content, **options)

    monkeypatch.setattr("minillama.quantized_checkpoint.json.dumps", lying)
    save_quantized(quantized(), tmp_path)
    monkeypatch.undo()
    with pytest.raises(ValueError, match=message) as caught:
        load_quantized(tmp_path)
    assert isinstance(caught.value, CheckpointError) or str(tmp_path) in str(caught.value)
