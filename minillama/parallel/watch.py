"""Who keeps the others waiting: how long every process works in a step, and what all must do together.

A job is as fast as its slowest process, the straggler, because all wait for each other in every step.
"""

import csv
import math
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

import torch
import torch.distributed as dist
from torch.distributed.device_mesh import DeviceMesh

from ..backward import Batch
from ..train_config import Step
from ..training_log import TrainingLog

COLUMNS = ("step", "median_seconds", "slowest_seconds", "slowest_rank")
WINDOW, SLOW = 10, 1.5  # a straggler needs 1.5 times the median, and is so in most of the last ten steps


class Watch:
    """Compares the processes, step by step.

    What counts is the time that a process is busy: fetching data, on the clock, and computing. On a CPU computing is
    measured in processor time, since a process that waits for others inside a layer uses none; on a GPU on the clock,
    where schemes that wait inside a layer make all look alike.

    Args:
        mesh: the whole grid.
        report: called once for each straggler.

    Attributes:
        launcher: process that started this one; when it is gone, all stop. None if it may end before.
    """

    def __init__(self, mesh: DeviceMesh, report: Callable[[str], object]) -> None:
        self.report, self.device, self.grid = report, mesh.device_type, tuple(mesh.shape)
        self.clock = time.thread_time if self.device == "cpu" else time.perf_counter
        self.busy = 0.0
        self.launcher: int | None = None
        self._started = 0.0
        self._slow: deque[int | None] = deque(maxlen=WINDOW)
        self._told: set[int] = set()
        self._file: Path | None = None

    def write_to(self, path: Path, first_step: int) -> None:
        """Keep a line per step in a file; lines of steps that will be done again are dropped."""
        kept: list[list[str]] = []
        if first_step and path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                lines = list(csv.reader(file))[1:]
            kept = [line for line in lines if len(line) == len(COLUMNS) and int(line[0]) < first_step]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *kept])
        self._file = path

    def timed(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Return the batches, and count the time that each takes."""
        batches = iter(batches)
        while True:
            began = time.perf_counter()
            batch = next(batches, None)
            self.busy += time.perf_counter() - began
            if batch is None:
                return
            yield batch

    def start_work(self) -> None:
        """Begin to count computing."""
        self._started = self.clock()

    def stop_work(self) -> None:
        """Stop counting."""
        self.busy += self.clock() - self._started

    def exchange(self, step: int, due: bool, stopping: bool) -> tuple[bool, bool]:
        """Tell all processes how long this one was busy and what is due here.

        Args:
            step: number of the step that has ended.
            due: whether this process wants a checkpoint.
            stopping: whether it was told to stop.

        Returns:
            Whether any process wants a checkpoint, and whether any was told to stop or has lost its launcher.
        """
        stopping = stopping or (self.launcher is not None and os.getppid() != self.launcher)
        own = torch.tensor([self.busy, due, stopping], dtype=torch.float64, device=self.device)
        told = [torch.empty_like(own) for _ in range(dist.get_world_size())]
        dist.all_gather(told, own)
        self.busy = 0.0
        table = torch.stack(told).tolist()
        self._compare(step, [line[0] for line in table])
        return any(line[1] for line in table), any(line[2] for line in table)

    def _compare(self, step: int, seconds: list[float]) -> None:
        """Write down the slowest process, and report it if it is always the same and far behind."""
        usual, slowest = median(seconds), max(range(len(seconds)), key=seconds.__getitem__)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow([step, f"{usual:.4f}", f"{seconds[slowest]:.4f}", slowest])
        usual_of = [self._usual_of_others(rank, seconds) for rank in range(len(seconds))]
        rank = max(range(len(seconds)), key=lambda rank: seconds[rank] / usual_of[rank])
        self._slow.append(rank if seconds[rank] > SLOW * usual_of[rank] else None)
        rank, n_steps = Counter(self._slow).most_common(1)[0]
        if rank is not None and n_steps > WINDOW // 2 and rank not in self._told:
            self._told.add(rank)
            self.report(
                f"rank {rank} is a straggler: busy {seconds[rank]:.3f} s in step {step}, the others "
                f"{usual_of[rank]:.3f} s. All wait for it; look at its machine, its disk and what else runs there"
            )

    def _usual_of_others(self, rank: int, seconds: list[float]) -> float:
        """What the others with the same work need: those of its stage, since stages may differ."""
        _, n_stages, n_tensor = self.grid
        others = [other for other in range(len(seconds)) if other != rank]
        alike = [other for other in others if (other // n_tensor - rank // n_tensor) % n_stages == 0]
        times = [seconds[other] for other in alike or others]
        return max(median(times), 1e-9) if times else math.inf


class SilentLog(TrainingLog):
    """The log of a process that does not write."""

    def __init__(self) -> None:
        """Open nothing."""

    def write(self, step: Step, valid_loss: float | None = None) -> None:
        """Keep nothing."""

    def push_to_disk(self) -> None:
        """Nothing has to reach the disk."""

    def close(self) -> None:
        """Nothing is open."""
