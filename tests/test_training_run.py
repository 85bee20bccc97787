"""Tests of `minillama train`: what a run leaves behind, how it stops, and what it refuses."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from minillama import cli
from minillama.checkpoint import FILE, load_checkpoint
from minillama.data import in_order
from minillama.formats.huggingface import load_huggingface
from minillama.model import Llama
from minillama.shards import TokenShards, write_shards
from minillama.solo import Solo
from minillama.training import evaluate_loss
from minillama.training_log import TrainingLog, read_log
from minillama.training_run import LOG, run_training

SIZES = ["dim=24", "n_layers=2", "n_heads=4", "batch_size=5", "n_steps=12", "learning_rate=0.01", "n_warmup=3"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Rows that count in steps of 1 to 4."""
    generator = random.Random(0)
    starts = [(generator.randrange(90), generator.randrange(1, 5)) for _ in range(70)]
    rows = [[0, *((start + step * place) % 90 + 2 for place in range(16))] for start, step in starts]
    write_shards(tmp_path / "data", rows, 17, 97, bos_id=0, eos_id=1)
    return tmp_path / "data"


def lines(run: Path) -> list[dict]:
    return [{name: value for name, value in line.items() if name != "seconds"} for line in read_log(run / LOG)]


def train(*arguments: str) -> int:
    return cli.main(["train", *arguments])


def test_a_whole_run(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "tokenizer.json").write_text("{}", encoding="utf-8")
    run = tmp_path / "new" / "run"
    assert train(*SIZES, f"data={data}", f"out={run}", f"valid={data}", "valid_steps=5") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("starts at step 0 of 12: 18,600 parameters, 70 rows of 17 tokens\n")
    assert captured.out.endswith(f"done: 12 steps, the model is in {run}\n")
    assert "12/12" in captured.err
    assert sorted(path.name for path in run.iterdir()) == [
        "checkpoint.safetensors", "config.json", "log.csv", "model.safetensors", "tokenizer.json",
    ]  # fmt: skip
    log = list(read_log(run / LOG))
    assert [line["step"] for line in log] == list(range(12))
    assert [line["step"] for line in log if line["valid_loss"]] == [4, 9, 11]
    saved = load_checkpoint(run)
    model = Llama(saved.model_config)
    saved.restore(model)
    nats, n_targets = evaluate_loss(model, in_order(TokenShards(data), 5))
    assert log[-1]["valid_loss"] == pytest.approx(nats / n_targets, rel=1e-6)
    exported = load_huggingface(run)
    assert torch.equal(exported.lm_head.weight, model.lm_head.weight.bfloat16().float())


@pytest.mark.parametrize(("settings", "embedding"), [(["init_std=0.3"], 0.3), (["embedding_std=0.7"], 0.7), ([], 0.02)])
def test_first_weights_are_as_asked(data: Path, tmp_path: Path, settings: list[str], embedding: float) -> None:
    sizes = [text for text in SIZES if not text.startswith(("n_steps", "n_warmup", "learning_rate"))]
    assert train(*sizes, "n_steps=1", "learning_rate=1e-9", f"data={data}", f"out={tmp_path / 'run'}", *settings) == 0
    model = load_huggingface(tmp_path / "run")
    assert model.token_embedding.weight.std().item() == pytest.approx(embedding, rel=0.1)
    matrices = 0.3 if settings == ["init_std=0.3"] else 0.02
    assert model.layers[0].feedforward.up_proj.weight.std().item() == pytest.approx(matrices, rel=0.1)


@pytest.mark.parametrize("precision", ["float32", "float16"])
@pytest.mark.parametrize("accumulate", [1, 2])
def test_a_run_that_was_stopped_ends_the_same(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, precision: str, accumulate: int
) -> None:
    calm, broken = tmp_path / "calm", tmp_path / "broken"
    texts = [*SIZES, f"data={data}", f"precision={precision}", f"accumulate={accumulate}", "save_steps=3"]
    assert train(*texts, f"out={calm}") == 0
    with monkeypatch.context() as patch:
        patch.setattr("minillama.training_run._show", fail_at_step(7))
        assert train(*texts, f"out={broken}") == 2
    assert len(lines(broken)) == 8
    assert load_checkpoint(broken).step == 6
    assert train(f"out={broken}", "--resume") == 0
    assert lines(broken) == lines(calm)
    one, other = load_checkpoint(calm).tensors, load_checkpoint(broken).tensors
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert load_checkpoint(calm).extra == load_checkpoint(broken).extra


def fail_at_step(number: int):  # noqa: ANN201
    """A stand-in for the progress bar that breaks down."""

    def show(bar: object, step: object, valid_loss: object) -> None:
        if step.index == number:
            raise OSError("the power is gone")

    return show


def test_the_log_is_on_the_disk_before_the_checkpoint_that_counts_its_steps(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    push, save = TrainingLog.push_to_disk, Solo.save
    monkeypatch.setattr(TrainingLog, "push_to_disk", lambda log: (calls.append("log"), push(log)))
    monkeypatch.setattr(Solo, "save", lambda *texts: (calls.append("checkpoint"), save(*texts)))
    assert train(*SIZES, f"data={data}", f"out={tmp_path / 'run'}", "save_steps=4") == 0
    assert calls == ["log", "checkpoint"] * 3


def test_a_second_run_in_the_same_folder_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert train(*SIZES, f"data={data}", f"out={run}") == 0
    before = (run / FILE).read_bytes(), (run / LOG).read_bytes()
    capsys.readouterr()
    assert train(*SIZES, f"data={data}", f"out={run}") == 2
    assert "already holds a run: add --resume to go on with it, choose another out=FOLDER" in capsys.readouterr().err
    assert ((run / FILE).read_bytes(), (run / LOG).read_bytes()) == before
    assert train(f"out={run}", "n_steps=13", "--resume") == 2
    assert "the run was started with n_steps=12, not 13" in capsys.readouterr().err
    assert train(f"out={run}", "--resume") == 0, "a finished run has nothing left to do"
    assert "goes on at step 12 of 12" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dim=24"], "out=FOLDER must be given"),
        (["out={run}", "dim=24", "n_steps=2", "learning_rate=1"], "data=... must be given"),
        (["out={run}", *SIZES, "data={run}"], "has no index.json: it is not a folder of token shards"),
        (["out={run}", *SIZES, "data={data}", "width=3"], "there is no setting 'width'; there are data, out"),
        (["out={run}", "data={data}", "n_steps=2", "learning_rate=1"], "the model needs dim, n_layers, n_heads"),
        (["out={run}", "--resume"], "has no checkpoint.safetensors: nothing was saved there"),
        (["out=", *SIZES, "data={data}"], "out=FOLDER must be given"),
        (["out={run}", *SIZES, "data={data}", "init_std=inf"], "init_std must be a positive number, got inf"),
        (["out={run}", *SIZES, "data={data}", "embedding_std=-1"], "embedding_std must be a number of 0 or more"),
    ],
)
def test_wrong_use(
    arguments: list[str], message: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(*(text.format(run=tmp_path / "run", data=data) for text in arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("minillama: ")
    assert message in captured.err
    assert not (tmp_path / "run").exists(), "nothing is left behind"


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_files_of_others_are_not_replaced(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_text("precious", encoding="utf-8")
    assert train(*SIZES, f"data={data}", f"out={tmp_path}") == 2
    assert f"holds a {name} that this run would replace: choose another out=FOLDER" in capsys.readouterr().err
    assert (tmp_path / name).read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize(
    ("length", "n_ids", "message"), [(18, 97, "row_length 18, but the training data 17"), (17, 98, "vocab_size 98")]
)
def test_validation_data_must_fit(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], length: int, n_ids: int, message: str
) -> None:
    write_shards(tmp_path / "other", [[0] * length] * 5, length, n_ids, bos_id=0, eos_id=1)
    assert train(*SIZES, f"data={data}", f"out={tmp_path / 'run'}", f"valid={tmp_path / 'other'}") == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_loss_that_is_not_finite_keeps_the_last_checkpoint(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    mad = [text for text in SIZES if "rate" not in text and "warmup" not in text]
    assert train(*mad, f"data={data}", f"out={run}", "learning_rate=1e37", "weight_decay=0", "save_steps=1") == 2
    assert "the loss is nan" in capsys.readouterr().err
    saved = load_checkpoint(run)
    assert saved.step == len(lines(run)) > 0
    assert all(tensor.isfinite().all() for name, tensor in saved.tensors.items() if name.startswith("weights/"))


def test_other_data_is_noticed_when_resuming(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = tmp_path / "run"
    assert train(*SIZES, f"data={data}", f"out={run}") == 0
    write_shards(tmp_path / "other", [[0] * 17] * 70, 17, 97, bos_id=0, eos_id=1)
    assert train(f"out={run}", f"data={tmp_path / 'other'}", "--resume") == 2
    assert "this position belongs to another order of rows" in capsys.readouterr().err


RUN = "import sys; from minillama.cli import main; sys.exit(main())"


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send these signals to another process")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_save_and_stop(data: Path, tmp_path: Path, number: int, code: int) -> None:
    run = tmp_path / "run"
    sizes = [text.replace("n_steps=12", "n_steps=100000") for text in SIZES]
    command = [sys.executable, "-c", RUN, "train", *sizes, f"data={data}", f"out={run}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout.readline().startswith("starts at step 0")
        while not (run / LOG).exists() or not lines(run):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        words = process.stdout.read()
    assert process.returncode == code
    saved = load_checkpoint(run)
    assert saved.step == len(lines(run))
    assert words == f"stopped after {saved.step} steps; to go on: minillama train out={run} --resume\n"


def test_it_can_be_called_from_a_thread(data: Path, tmp_path: Path) -> None:
    """Only the main thread may catch signals; a notebook's server may run code elsewhere."""
    from threading import Thread

    results: list[object] = []
    texts = [*SIZES, f"data={data}", f"out={tmp_path / 'run'}"]
    thread = Thread(target=lambda: results.append(run_training(texts, report=lambda line: None)))
    thread.start()
    thread.join()
    assert results == [None]
