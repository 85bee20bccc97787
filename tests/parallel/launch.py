"""Run a function of a test in n processes that talk through gloo, and bring back what each returned.

Started as a script, this file is one of the processes.
"""

import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120.0  # seconds for a launch


def launch(function: str, n: int, *arguments: str, limit: float = LIMIT) -> list:
    """Return what ``module:function`` of tests/parallel returned on every rank; it must be JSON.

    Raises:
        AssertionError: with the output of the first process that failed; none is left running.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        processes = [_start(function, rank, n, port, Path(folder), arguments) for rank in range(n)]
        try:
            failed = _wait(processes, limit)
        finally:
            for process in processes:
                process.kill()
                process.wait()
        if failed is not None:
            words = (Path(folder) / f"{failed}.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"rank {failed} of {function} failed or was late ({limit:.0f} s):\n{words[-6000:]}")
        return [json.loads((Path(folder) / f"{rank}.json").read_text(encoding="utf-8")) for rank in range(n)]


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment_of(rank: int, n: int, port: int) -> dict[str, str]:
    """The environment of one process, with what torchrun would tell it."""
    told = {
        "RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": n, "LOCAL_WORLD_SIZE": n, "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": port, "TORCHELASTIC_RUN_ID": "test", "OMP_NUM_THREADS": 1, "OMP_WAIT_POLICY": "PASSIVE",
    }  # fmt: skip
    return {**os.environ, **{name: str(value) for name, value in told.items()}}


def _start(function: str, rank: int, n: int, port: int, folder: Path, arguments: tuple[str, ...]) -> subprocess.Popen:
    """Start one process."""
    command = [sys.executable, __file__, function, str(folder / f"{rank}.json"), *arguments]
    with (folder / f"{rank}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environment_of(rank, n, port), stdout=log, stderr=log)


def _wait(processes: list[subprocess.Popen], limit: float) -> int | None:
    """Wait for all; return the rank that failed first, or one that is late."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        codes = [process.poll() for process in processes]
        for rank, code in enumerate(codes):
            if code:
                return rank
        if None not in codes:
            return None
        time.sleep(0.02)
    return next(rank for rank, process in enumerate(processes) if process.poll() is None)


def main() -> None:
    """Be one of the processes."""
    name, out, *arguments = sys.argv[1:]
    sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "parallel")]
    module, _, function = name.partition(":")
    result = getattr(importlib.import_module(module), function)(*arguments)
    Path(out).write_text(json.dumps(result), encoding="utf-8")
    from minillama.parallel.mesh import stop_processes

    stop_processes()


if __name__ == "__main__":
    main()
