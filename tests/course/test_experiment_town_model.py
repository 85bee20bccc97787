"""Tests of minillama.course.experiments.town_model: a finished run becomes the model that the course loads."""

import random
from itertools import accumulate
from pathlib import Path

import pytest
import torch

from minillama.course.experiments import town_model
from minillama.course.experiments.town_model import EVERY, ship, ship_draft
from minillama.course.shipped import load_draft, load_shipped
from minillama.formats.tokenizer_files import save_tokenizer
from minillama.shards import write_shards
from minillama.tokenizer_training import train_byte_level
from minillama.training_log import read_log
from minillama.training_run import run_training

N_STEPS = 2 * EVERY + 7


def trained(folder: Path) -> Path:
    """A run on rows of bytes."""
    tokenizer = train_byte_level(["low lower lowest"], 260)
    generator = random.Random(0)
    rows = [[tokenizer.bos_id, *(generator.randrange(97, 123) for _ in range(8))] for _ in range(20)]
    write_shards(folder / "data", rows, 9, tokenizer.vocab_size, bos_id=tokenizer.bos_id, eos_id=tokenizer.eos_id)
    save_tokenizer(tokenizer, folder / "data" / "tokenizer.json")
    texts = [
        f"data={folder / 'data'}", f"valid={folder / 'data'}", f"out={folder / 'run'}", "dim=8", "n_layers=1",
        "n_heads=2", "batch_size=2", "learning_rate=0.01", f"n_steps={N_STEPS}", f"valid_steps={EVERY + 5}",
    ]  # fmt: skip
    assert run_training(texts, report=lambda line: None) is None
    return folder / "run"


def test_a_finished_run_is_shipped(tmp_path: Path) -> None:
    run = trained(tmp_path)
    ship(run, tmp_path / "town")
    model, tokenizer = load_shipped(tmp_path / "town")
    assert model(torch.tensor([tokenizer.encode("low", bos=True)])).shape[-1] == tokenizer.vocab_size
    full, thin = list(read_log(run / "log.csv")), list(read_log(tmp_path / "town" / "log.csv"))
    assert [line["step"] for line in thin] == [EVERY - 1, 2 * EVERY - 1, N_STEPS - 1]
    assert [line["n_tokens"] for line in thin] == [16 * EVERY, 16 * EVERY, 16 * 7]
    ends = list(accumulate((EVERY, EVERY, 7), initial=0))
    for line, first, end in zip(thin, ends, ends[1:], strict=False):
        losses = [one["loss"] for one in full[first:end]]
        assert line["loss"] == pytest.approx(sum(losses) / len(losses), rel=1e-5)
    assert [line["valid_loss"] is not None for line in thin] == [False, True, True]
    assert thin[1]["valid_loss"] == pytest.approx(full[EVERY + 4]["valid_loss"], rel=1e-5)


def test_a_run_under_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"has no model.safetensors, tokenizer.json, log.csv: let the training"):
        ship(tmp_path, tmp_path / "town")
    assert not (tmp_path / "town").exists()


def test_a_draft_is_shipped_without_its_tokenizer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = trained(tmp_path)
    ship_draft(run, tmp_path / "draft")
    assert sorted(path.name for path in (tmp_path / "draft").iterdir()) == ["config.json", "model.safetensors"]
    assert load_draft(tmp_path / "draft").config.vocab_size == 260
    with pytest.raises(FileNotFoundError, match=r"model.safetensors is not here. The model comes with the repository"):
        load_draft(tmp_path / "data")
    called = []
    for name in ("ship", "ship_draft"):
        monkeypatch.setattr(town_model, name, lambda run, name=name: called.append((name, run)))
    town_model.main([str(run)])
    town_model.main(["--draft", str(run)])
    assert called == [("ship", run), ("ship_draft", run)]
