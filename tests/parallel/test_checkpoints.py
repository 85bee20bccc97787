"""A checkpoint passes from layout to layout, 1 process to 4 to 2 to 1, and not a bit changes."""

import json
from pathlib import Path

import chains
import pytest
import torch
from launch import launch

from minillama.checkpoint import Checkpoint, load_checkpoint
from minillama.parallel.convert import from_single, to_single
from minillama.parallel.sharded_checkpoint import CONTENT, find_sharded, load_sharded

# Each kind of layout reads what others wrote, and is read by others.
FOUR = (
    "zero=3", "tensor=4", "zero=1", "pipeline=4 n_microbatches=4", "tensor=2 zero=3 sequence_parallel=1",
    "zero=3", "pipeline=2 n_microbatches=2 zero=1", "zero=3", "tensor=1", "pipeline=2 tensor=2 n_microbatches=2",
)  # fmt: skip
TWO = (
    "tensor=2", "zero=2", "pipeline=2 n_microbatches=2", "zero=1", "tensor=1", "tensor=2 sequence_parallel=1", "zero=3"
)  # fmt: skip


def same(one: Checkpoint, other: Checkpoint) -> None:
    """Equal to the last bit, but for the states of random generators, which many processes do not share."""
    names = {name for name in one.tensors if not name.startswith("random/")}
    assert names == {name for name in other.tensors if not name.startswith("random/")}
    assert len(names) == 48 * 4, "48 weights, each with two moments and a count of steps"
    for name in names:
        assert torch.equal(one.tensors[name], other.tensors[name]), name
    for field in ("step", "position", "config", "extra", "model_config", "optimizer"):
        assert getattr(one, field) == getattr(other, field), field


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    chains.begin(str(folder / "start"))
    return folder / "start"


def test_every_layout_reads_what_another_wrote(start: Path, tmp_path: Path) -> None:
    original = load_checkpoint(start)
    kept = launch("chains:pass_on", 4, str(start), *FOUR)
    kept += launch("chains:pass_on", 2, last(start), *TWO)
    kept += launch("chains:pass_on", 1, last(start), "tensor=1", "zero=3")
    assert all(line == [3, {"position": 3}, {"n_steps": 20}, {"scaler": 1.5}, True] for rank in kept for line in rank)
    folders = sorted(start.parent.glob("start*"), key=lambda path: len(path.name))
    assert len(folders) == 1 + len(FOUR) + len(TWO) + 2
    for number, folder in enumerate(folders):
        same(original, load_checkpoint(to_single(folder, tmp_path / str(number)).parent))


def last(start: Path) -> str:
    """The newest folder of the chain."""
    return str(max(start.parent.glob("start*"), key=lambda path: len(path.name)))


@pytest.fixture
def sharded(start: Path, tmp_path: Path) -> Path:
    from_single(start, tmp_path / "run")
    return tmp_path / "run"


def test_a_newer_checkpoint_replaces_the_older(sharded: Path, start: Path) -> None:
    first = find_sharded(sharded)
    (sharded / "checkpoint-00000009.part").mkdir()
    assert find_sharded(sharded) == first, "what was not finished does not count"
    assert [path.name for path in sharded.iterdir() if path.suffix != ".part"] == ["checkpoint-00000003"]


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_damage_is_noticed_before_anything_is_loaded(sharded: Path, damage: str) -> None:
    (path,) = find_sharded(sharded).glob("__0_*")
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        path.write_bytes(content[:1000] + bytes([content[1000] ^ 1]) + content[1001:])
    else:
        path.unlink()
    with pytest.raises(ValueError, match=f"is damaged: {path.name} changed or is missing. Use a copy, or start again"):
        load_sharded(sharded)


def test_nothing_and_something_else_are_refused(sharded: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has no checkpoint: nothing was saved there"):
        load_sharded(tmp_path / "nowhere")
    path = find_sharded(sharded) / CONTENT
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": "other"}), encoding="utf-8")
    with pytest.raises(ValueError, match="is no checkpoint of this version"):
        load_sharded(sharded)


def test_a_model_of_other_sizes_is_refused(sharded: Path) -> None:
    saved = load_sharded(sharded)
    other = torch.nn.Linear(3, 4)
    with pytest.raises(ValueError, match="does not fit this model, or is damaged"):
        saved.restore(other)
