"""Jobs for test_faults.py: what torchrun starts, or processes that a person starts one by one."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.jobs import Job
from benchmarks.kills import log_lines, same, write_rows
from benchmarks.team_kills import SETTINGS, run_job, team_outcome

__all__ = ["ON_LINUX", "SETTINGS", "Job", "by_hand", "log_lines", "run_job", "same", "team_outcome", "write_rows"]

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the processes are found in /proc")
LIMIT = 90.0  # seconds
ROOT = Path(__file__).resolve().parents[2]


def by_hand(commands: Sequence[Sequence[str]], folders: Sequence[Path] | None = None) -> list[tuple[int, str]]:
    """Start one process for each command, as a cluster's scheduler does; return exit status and words of each.

    Args:
        commands: arguments of ``minillama train``, one for each rank.
        folders: where each process runs, as on a machine of its own.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    told = {"WORLD_SIZE": str(len(commands)), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    told |= {"TORCHELASTIC_RUN_ID": "test", "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "minillama", "train", *command],
            env={**os.environ, **told, "PYTHONPATH": str(ROOT), "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folders[rank] if folders else ROOT,
        )
        for rank, command in enumerate(commands)
    ]  # fmt: skip
    try:
        words = [process.communicate(timeout=LIMIT)[1] for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [(process.returncode, text) for process, text in zip(processes, words, strict=True)]
