"""Jobs for test_faults.py: what torchrun starts, or processes that a person starts one by one."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from launch import ROOT, environment_of, free_port

from benchmarks.jobs import Job
from benchmarks.kills import log_lines, same, write_rows
from benchmarks.team_kills import SETTINGS, run_job, team_outcome

__all__ = ["ON_LINUX", "SETTINGS", "Job", "by_hand", "log_lines", "run_job", "same", "team_outcome", "write_rows"]

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the processes are found in /proc")
LIMIT = 90.0  # seconds


def by_hand(commands: Sequence[Sequence[str]], folders: Sequence[Path] | None = None) -> list[tuple[int, str]]:
    """Start one process for each command, as a cluster's scheduler does; return exit status and words of each.

    Args:
        commands: arguments of ``minillama train``, one for each rank.
        folders: where each process runs, as on a machine of its own.
    """
    port = free_port()
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "minillama", "train", *command],
            env={**environment_of(rank, len(commands), port), "PYTHONPATH": str(ROOT)},
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
