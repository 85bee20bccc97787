"""A checkpoint of many processes when the writer dies between two files, the disk is full, or files are damaged."""

import os
import resource
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from tiny import TINY
from torch import nn

from minillama.model import Llama
from minillama.optimizer import make_optimizer
from minillama.parallel.checkpoint_files import CONTENT, find_sharded, sync_folder
from minillama.parallel.sharded_checkpoint import load_sharded, save_sharded

CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate", "shutil.rmtree")


class Killed(BaseException):
    """Stands for the sudden end of the process."""


class Axe:
    """Counts what is done to files, and lets nothing more be done after so many; counts only if that is None."""

    def __init__(self) -> None:
        self.is_on, self.after, self.n_done = False, None, 0
        sys.addaudithook(self.see)

    def see(self, event: str, arguments: tuple) -> None:
        """Called by Python before each operation."""
        if self.is_on and (event in CHANGES or (event == "open" and is_writing(arguments))):
            if self.after is not None and self.n_done >= self.after:
                raise Killed
            self.n_done += 1

    def save(self, after: int | None, *arguments: object) -> int:
        """Save with so many operations on files; return how many were done."""
        self.is_on, self.after, self.n_done = True, after, 0
        try:
            save_sharded(*arguments)
        except BaseException:
            if after is None:
                raise
        finally:
            self.is_on = False
        return self.n_done


def is_writing(arguments: tuple) -> bool:
    _, mode, flags = arguments
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) if isinstance(flags, int) else "r" not in str(mode)


@pytest.fixture(scope="module")
def axe() -> Iterator[Axe]:
    made = Axe()  # a hook cannot be removed, only rest
    yield made
    made.is_on = False


def model_of(value: float) -> tuple[nn.Module, torch.optim.Optimizer]:
    """A model whose weights and moments tell which checkpoint they come from."""
    model = Llama(TINY)
    optimizer = make_optimizer(model, 0.1)
    for weight in model.parameters():
        weight.data.fill_(value)
        weight.grad = torch.full_like(weight, 0.0)
    optimizer.step()
    return model, optimizer


def value_in(run: Path) -> tuple[int, float]:
    """The step and the weights of the checkpoint that a run would go on from."""
    saved = load_sharded(run)
    model, optimizer = model_of(0.0)
    saved.restore(model, optimizer)
    values = {weight for parameter in model.parameters() for weight in parameter.flatten()[:3].tolist()}
    assert len(values) <= 2, "decayed matrices and gains"
    return saved.step, round(max(values))


def test_a_kill_between_any_two_operations_loses_nothing(tmp_path: Path, axe: Axe) -> None:
    first, second, third = model_of(1.0), model_of(2.0), model_of(3.0)
    save_sharded(tmp_path / "first", *first, 1)
    shutil.copytree(tmp_path / "first", tmp_path / "whole")
    n_operations = axe.save(None, tmp_path / "whole", *second, 2)
    assert n_operations > 10
    assert value_in(tmp_path / "whole") == (2, 2)
    found = []
    for after in range(n_operations):
        run = tmp_path / f"run-{after}"
        shutil.copytree(tmp_path / "first", run)
        assert axe.save(after, run, *second, 2) == after
        found.append(value_in(run))
        save_sharded(run, *third, 3)  # goes on, and tidies up
        assert value_in(run) == (3, 3)
        assert [path.name for path in run.iterdir()] == ["checkpoint-00000003"]
        shutil.rmtree(run)
    n_old = found.count((1, 1))
    assert found == [(1, 1)] * n_old + [(2, 2)] * (n_operations - n_old), "the old one, from some moment on the new one"
    assert 0 < n_old < n_operations


def test_a_full_disk_leaves_the_old_checkpoint_and_no_part(tmp_path: Path) -> None:
    """The system allows files of 4,000 bytes here, as if there were no room for more."""
    save_sharded(tmp_path, *model_of(1.0), 1)
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, most))
    try:
        with pytest.raises(OSError, match=r"could be written to .*02\.part, where .* MB were free: .*untouched"):
            save_sharded(tmp_path, *model_of(2.0), 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint-00000001"]
    assert value_in(tmp_path) == (1, 1)


@pytest.mark.parametrize("content", [None, "", "{", "[1]", "{}", '{"format": "minillama sharded'])
def test_a_damaged_text_is_said_to_be_damaged(tmp_path: Path, content: str | None) -> None:
    path = save_sharded(tmp_path, *model_of(1.0), 1) / CONTENT
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=f"is damaged: {CONTENT} changed or is missing. Use a copy, or start again"):
        load_sharded(tmp_path)


def test_folders_of_the_user_stay(tmp_path: Path) -> None:
    save_sharded(tmp_path, *model_of(1.0), 1)
    shutil.copytree(tmp_path / "checkpoint-00000001", tmp_path / "checkpoint-00000009-best")
    (tmp_path / "checkpoint-notes").mkdir()
    (tmp_path / "checkpoint-00000001.part").mkdir()
    save_sharded(tmp_path, *model_of(2.0), 2)
    kept = {"checkpoint-00000002", "checkpoint-00000009-best", "checkpoint-notes"}
    assert {path.name for path in tmp_path.iterdir()} == kept
    assert find_sharded(tmp_path).name == "checkpoint-00000002"
    save_sharded(tmp_path, *model_of(3.0), 2)
    assert value_in(tmp_path) == (2, 3), "the same step can be saved again"


def test_the_new_name_is_on_the_disk_before_the_old_checkpoint_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_sharded(tmp_path, *model_of(1.0), 1)
    seen = []

    def sync(folder: Path) -> None:
        seen.append((folder.name, sorted(path.name for path in tmp_path.iterdir())))
        sync_folder(folder)

    monkeypatch.setattr("minillama.parallel.checkpoint_files.sync_folder", sync)
    save_sharded(tmp_path, *model_of(2.0), 2)
    part = ["checkpoint-00000001", "checkpoint-00000002.part"]
    assert seen[0] == (part[1], part)
    assert seen[1] == (tmp_path.name, ["checkpoint-00000001", "checkpoint-00000002"])
