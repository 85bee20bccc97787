"""Jobs of several processes that torchrun starts, to be disturbed. Linux only: their processes are found in /proc."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.kills import wait_for_steps
from minillama.training_run import LOG

PROGRAM = ("-m", "minillama")
MARK = "MINILLAMA_JOB"  # tells the processes of a job from all others
PATIENCE = 120.0  # seconds for a job to do what is expected of it


class Job:
    """A job that torchrun has started; no process of it is left when the block ends.

    Args:
        n: number of processes.
        arguments: of ``minillama train``.
        options: of torchrun.
        program: what each process runs.
        environment: more variables.
    """

    def __init__(
        self,
        n: int,
        arguments: Sequence[str],
        options: Sequence[str] = (),
        program: Sequence[str] = PROGRAM,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.mark, self.started = f"{MARK}={uuid.uuid4()}", time.time_ns()
        name, _, value = self.mark.partition("=")
        few = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", name: value}
        launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={n}", *options]
        self._words = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [*launcher, *program, "train", *arguments],
            stdout=self._words, stderr=self._words, env={**os.environ, **few, **(environment or {})},
        )  # fmt: skip

    def __enter__(self) -> Job:
        return self

    def __exit__(self, *_: object) -> None:
        for _ in range(2):  # torchrun may have started one meanwhile
            self.process.kill()
            self.process.wait()
            for number in self.ranks().values():
                with contextlib.suppress(OSError):
                    os.kill(number, signal.SIGKILL)
        self._words.close()

    def ranks(self) -> dict[int, int]:
        """The numbers of the processes that live, by rank."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                variables = path.read_text(encoding="utf-8", errors="replace").split("\0")
                rank = [line for line in variables if line.startswith("RANK=")]
                if self.mark in variables and rank:
                    found[int(rank[0].partition("=")[2])] = int(path.parent.name)
        return found

    def words(self) -> str:
        """All that the job has printed."""
        self._words.flush()
        return os.pread(self._words.fileno(), 1 << 24, 0).decode(errors="replace")

    def complaint(self) -> str:
        """What the job says is wrong, without torchrun's part."""
        lines = self.words().replace("\r", "\n").splitlines()
        return "\n".join(line for line in lines if line.startswith("minillama:")) or "\n".join(lines[-40:])

    def wait_for_steps(self, run: Path, n_steps: int) -> None:
        """Wait until so many more steps are in the log."""
        if not wait_for_steps(self.process, run / LOG, self.started, n_steps):
            raise RuntimeError(f"the job ended or hung before it was disturbed: {self.complaint()}")

    def wait(self) -> int:
        """Wait for the end; return torchrun's exit status."""
        return self.process.wait(PATIENCE)

    def wait_until_gone(self, numbers: Sequence[int]) -> None:
        """Wait until none of these processes lives."""
        self.wait_until(lambda: not set(numbers) & set(self.ranks().values()), "old processes still live")

    def wait_until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait for something that must come."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{otherwise}: {self.complaint()}")
            time.sleep(0.03)
