"""Run a function of a notebook in several processes that talk to each other, and bring back what they say.

Source: PyTorch documentation, torchrun, for the environment variables of the processes.
"""

import contextlib
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

from ..parallel.last_words import LOST
from .process_worker import PROGRAM
from .program import Program, program_of

SECONDS = 60.0
START = 45.0  # seconds in which the processes must have found each other
GRACE = 0.3  # after a failure, for the other ranks to say what they saw
LONGEST = 20_000  # characters that are shown of one rank
LOOPBACK = {"linux": "lo", "darwin": "lo0"}


class ProcessesFailed(RuntimeError):
    """A rank failed or did not end; the message is that rank's own."""


def run_processes(
    answer: object,
    n: int,
    *needed: object,
    seconds: float = SECONDS,
    recorded: str | None = None,
    torchrun: bool = False,
) -> list[object] | None:
    """Run a function in ``n`` processes on this machine's CPUs, each with one thread, and print what they print.

    The function is written into a file together with all that it uses: functions and classes of the notebook, imports,
    and copies of other values. The processes share nothing and talk through gloo. What they print appears when
    they are done, in the order of ranks.

    Args:
        answer: a function defined in the notebook. If it takes an argument, it gets a ``Peers``.
        n: number of processes.
        needed: functions that ``answer`` calls and that cannot be seen in its code; seldom necessary.
        seconds: after this time all processes are ended.
        recorded: what the run printed elsewhere, shown where processes cannot be started or cannot reach each other.
        torchrun: start with PyTorch's launcher, as on a cluster. That takes over a second longer.

    Returns:
        What each rank returned, in the order of ranks: numbers, texts, tensors, and lists and dicts of them; None in
        place of any other value. None instead of the list if ``recorded`` was shown.

    Raises:
        ValueError: if the function or what it uses cannot be copied, or ``n`` is not positive.
        ProcessesFailed: if a rank fails or time is up. Ranks print their part before.
    """
    if n < 1:
        raise ValueError(f"n must be a positive number of processes, got {n}: start 2 to 4")
    program = program_of(answer, needed)
    for name in program.stand_ins:
        print(f"{name}: using the package's version; yours is `{name}.yours`")
    with tempfile.TemporaryDirectory(prefix="minillama-", ignore_cleanup_errors=True) as name:
        job = _Job(Path(name), n, seconds, torchrun)
        job.write(program)
        trouble = job.run()
        if trouble is not None and trouble.cannot_start and recorded is not None:
            reason = re.sub(r"\[[^]]*\.cc:\d+\] *", "", trouble.text.splitlines()[0])  # a place in C++ helps nobody
            print(f"recorded on another machine, because the processes cannot start here ({reason}):\n{recorded}")
            return None
        job.print_output()
        if trouble is not None:
            raise ProcessesFailed(trouble.text)
        return [_value(job.folder / f"value_{rank}.pt") for rank in range(n)]


class _Trouble:
    """What went wrong, and whether the processes could not even begin."""

    def __init__(self, text: str, cannot_start: bool = False) -> None:
        self.text, self.cannot_start = text, cannot_start


class _Job:
    """The processes of one call, and the folder through which they report."""

    def __init__(self, folder: Path, n: int, seconds: float, torchrun: bool) -> None:
        self.folder, self.n, self.seconds, self.torchrun = folder, n, seconds, torchrun
        self.must_meet, self.deadline = time.time() + START, time.time() + seconds
        self.started: list[subprocess.Popen] = []

    def write(self, program: Program) -> None:
        """Put the program and the job's settings into the folder."""
        job = {"name": program.name, "n": self.n, "direct": not self.torchrun, "seconds": self.seconds}
        job["deadline"] = self.deadline - min(0.5, self.seconds / 4)  # late, but before the end: say where it stands
        (self.folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        (self.folder / "program.py").write_text(program.source, encoding="utf-8")
        (self.folder / "values.pickle").write_bytes(pickle.dumps(program.values))

    def run(self) -> _Trouble | None:
        """Start all, wait for all, and leave none behind."""
        try:
            self._start()
            return self._wait()
        except OSError as error:
            return _Trouble(f"{type(error).__name__}: {error}", cannot_start=True)
        finally:
            self._end()

    def print_output(self) -> None:
        """Print what the ranks printed, one rank after the other."""
        for rank in range(self.n):
            text = self._read(f"out_{rank}.txt")
            for line in text[:LONGEST].splitlines():
                print(f"rank {rank}: {line}")
            if len(text) > LONGEST:
                print(f"rank {rank}: ... ({len(text) - LONGEST} more characters)")

    def _start(self) -> None:
        worker = ["-m", f"{__package__}.process_worker", str(self.folder)]
        launcher = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={self.n}"]
        commands = [[*launcher, *worker]] if self.torchrun else [worker] * self.n
        with open(self.folder / "launcher.txt", "wb") as log:
            for rank, command in enumerate(commands):
                process = subprocess.Popen(
                    [sys.executable, *command], env=self._environment(rank), start_new_session=os.name == "posix",
                    stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT,
                )  # fmt: skip
                self.started.append(process)

    def _environment(self, rank: int) -> dict[str, str]:
        """One thread a process, the same packages as here, and talk within this machine only."""
        one = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        path = {"PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder)}
        place = {} if self.torchrun else {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(self.n)}
        network = {"GLOO_SOCKET_IFNAME": LOOPBACK[sys.platform]} if sys.platform in LOOPBACK else {}
        return {**network, **os.environ, **one, **path, **place}

    def _wait(self) -> _Trouble | None:
        """Wait until all ranks have ended, one has failed, or time is up."""
        while any(process.poll() is None for process in self.started):
            if self._errors() or any(process.poll() for process in self.started):
                time.sleep(GRACE)
                return self._failure()
            now = time.time()
            if now > self.deadline or (now > self.must_meet and not any(self.folder.glob("joined_*"))):
                return self._out_of_time()
            time.sleep(0.01)
        done = all((self.folder / f"done_{rank}.json").exists() for rank in range(self.n))
        return None if done and not self._errors() else self._failure()

    def _end(self) -> None:
        """Kill what still runs. Torchrun's workers have sessions of their own, so they are ended by their numbers."""
        for process in self.started:
            with contextlib.suppress(OSError):
                process.stdin.close()  # each worker ends when this pipe closes
        for process in self.started:
            if process.poll() is None:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
            process.wait()
        for rank in range(self.n if self.torchrun else 0):
            if not (self.folder / f"done_{rank}.json").exists():
                with contextlib.suppress(OSError, ValueError):
                    os.kill(int(self._read(f"pid_{rank}")), getattr(signal, "SIGKILL", signal.SIGTERM))

    def _errors(self) -> dict[int, dict]:
        """What the ranks that failed have left, by rank."""
        left = {rank: json.loads(self._read(f"done_{rank}.json") or "{}") for rank in range(self.n)}
        return {rank: outcome for rank, outcome in left.items() if outcome}

    def _failure(self) -> _Trouble:
        """Choose the error that came first; a lost connection is only the echo of another rank's end."""
        errors = self._errors()
        own = {rank: e for rank, e in errors.items() if not any(words in e["error"] for words in LOST)}
        if not own and (crash := self._crash(errors)):
            return crash
        rank, error = min((own or errors).items(), key=lambda item: item[1]["time"])
        text = f"rank {rank}: {error['error']}"
        if not own:
            lines = error["error"].splitlines()[1:]
            text = f"rank {rank} lost the connection to a rank that had returned: do all call the same collectives?"
            text = "\n".join([text, *lines])
        return _Trouble(text, cannot_start=error["stage"] == "join")

    def _crash(self, errors: dict[int, dict]) -> _Trouble | None:
        """A process that ended without a word."""
        silent = [rank for rank in range(self.n) if not (self.folder / f"done_{rank}.json").exists()]
        codes = [process.poll() for process in self.started]
        if not self.torchrun:
            silent = [rank for rank in silent if codes[rank] is not None]
        if not silent:
            return None
        rank = silent[0]
        began = (self.folder / f"pid_{rank}").exists()
        last = self._read(f"err_{rank}.txt" if began else "launcher.txt").strip().splitlines()[-1:]
        how = "suddenly" if self.torchrun else _how_it_ended(codes[rank])
        return _Trouble(": ".join([f"rank {rank} ended {how}", *last]), cannot_start=not began)

    def _out_of_time(self) -> _Trouble:
        """Say in which line of the notebook each rank stood."""
        met = any(self.folder.glob("joined_*"))
        lines = [f"stopped after {self.seconds:g} seconds:" if met else "the processes did not find each other:"]
        lines += [f"  rank {rank} {self._whereabouts(rank)}" for rank in range(self.n)]
        return _Trouble("\n".join(lines), cannot_start=not met)

    def _whereabouts(self, rank: int) -> str:
        if (self.folder / f"done_{rank}.json").exists():
            return "had returned"
        marks = [line for line in self._read(f"stuck_{rank}.txt").splitlines() if f'File "{PROGRAM}"' in line]
        if not marks:
            return "had not begun" if not (self.folder / f"pid_{rank}").exists() else "had not ended"
        number = int(marks[0].partition(", line ")[2].partition(" ")[0])
        line = self._read("program.py").splitlines()[number - 1].strip()
        return f"was in the line `{line}`"

    def _read(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _how_it_ended(code: int) -> str:
    """Exit code in words; a negative one is a signal's number."""
    return f"with exit code {code}" if code >= 0 else f"by signal {signal.Signals(-code).name}"


def _value(path: Path) -> object:
    """Read what a rank returned; code that a foreign value would need is not run."""
    try:
        return torch.load(path, weights_only=True)
    except Exception:
        return None
