"""Who is slow, who must stop: what the processes of a job tell each other after each step."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import torch.distributed as dist

from minillama.parallel.layout import Layout
from minillama.parallel.mesh import make_mesh, stop_processes
from minillama.parallel.watch import COLUMNS, Watch


def grid(*sizes: int) -> SimpleNamespace:
    """All that the watch needs of a mesh: data, pipeline, tensor."""
    return SimpleNamespace(device_type="cpu", shape=sizes)


def follow(monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int, int], steps: list[list[float]]) -> list[str]:
    """What is reported when the ranks are busy for so many seconds."""
    said: list[str] = []
    watch = Watch(grid(*sizes), said.append)
    monkeypatch.setattr(dist, "get_world_size", lambda: len(steps[0]))
    for number, seconds in enumerate(steps):
        rows = torch.tensor([[one, 0.0, 0.0] for one in seconds], dtype=torch.float64)
        monkeypatch.setattr(dist, "all_gather", lambda told, own, rows=rows: told.__setitem__(slice(None), list(rows)))
        watch.exchange(number, False, False)
    return said


def test_a_straggler_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = follow(monkeypatch, (3, 1, 1), [[1.0, 1.2, 1.9]] * 30)
    assert said == [
        "rank 2 is a straggler: busy 1.900 s in step 5, the others 1.100 s. "
        "All wait for it; look at its machine, its disk and what else runs there"
    ]


@pytest.mark.parametrize(
    "steps",
    [
        [[1.0, 1.1, 1.5]] * 30,  # not far behind
        [[1.0, 1.0, 3.0], [3.0, 1.0, 1.0], [1.0, 3.0, 1.0]] * 9,  # now this one, now that one
        [[1.0, 1.0, 3.0]] * 5 + [[1.0, 1.0, 1.0]] * 9,  # for half of the window
        [[0.0, 0.0, 0.0]] * 9,
    ],
)
def test_others_are_not_reported(monkeypatch: pytest.MonkeyPatch, steps: list[list[float]]) -> None:
    assert follow(monkeypatch, (3, 1, 1), steps) == []


def test_a_rank_is_compared_with_those_of_its_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranks 0, 1, 4, 5 are the first stage; the second one has twice as much to do."""
    even = [1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0]
    assert follow(monkeypatch, (2, 2, 2), [even] * 20) == []
    (said,) = follow(monkeypatch, (2, 2, 2), [[1.9 if rank == 4 else one for rank, one in enumerate(even)]] * 20)
    assert said.startswith("rank 4 is a straggler: busy 1.900 s in step 5, the others 1.000 s")


@pytest.fixture
def alone() -> Iterator[Watch]:
    yield Watch(make_mesh(Layout()), print)
    stop_processes()


def test_a_process_without_its_launcher_stops_all(alone: Watch) -> None:
    assert alone.exchange(0, due=True, stopping=False) == (True, False)
    assert alone.exchange(1, due=False, stopping=True) == (False, True)
    alone.launcher = os.getppid()
    assert alone.exchange(2, due=False, stopping=False) == (False, False)
    alone.launcher = os.getppid() + 1  # as if the parent were another one now
    assert alone.exchange(3, due=False, stopping=False) == (False, True)


def test_lines_of_steps_that_come_again_are_dropped(alone: Watch, tmp_path: Path) -> None:
    path = tmp_path / "processes.csv"
    alone.write_to(path, 0)
    for step in range(4):
        alone.exchange(step, False, False)
    alone.write_to(path, 2)
    alone.exchange(2, False, False)
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["step"] for line in lines] == ["0", "1", "2"]
    assert tuple(lines[0]) == COLUMNS and {line["slowest_rank"] for line in lines} == {"0"}
