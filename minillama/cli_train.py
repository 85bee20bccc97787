"""The command ``train``: in one process, or in those that torchrun starts."""

import argparse
import os
from pathlib import Path

from .cli_text import best_device
from .parallel.mesh import stop_processes
from .parallel.settings import JobSettings, split_settings
from .parallel.sharded_checkpoint import find_sharded
from .parallel.team import Team
from .run_settings import read_settings
from .solo import Solo
from .training_run import run_training


def train(options: argparse.Namespace) -> int:
    """Train until the end or a signal; torchrun's restart after a failure goes on from the last checkpoint.

    Args:
        options: ``settings`` and ``resume`` from the command line.

    Returns:
        0, or 128 and the number of the signal that stopped the run.
    """
    job, texts = split_settings(options.settings)
    folder = Path(read_settings(texts).get("out") or ".")
    device = best_device()
    team, report = _team(job, folder, device)
    restarted = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0" and team.holds_run(folder) is not None
    try:
        stopped_by = run_training(texts, options.resume or restarted, device, report, team)
    finally:
        stop_processes()
    return 0 if stopped_by is None else 128 + stopped_by


def _team(job: JobSettings, folder: Path, device: str):
    """The processes that share the work, and who speaks for them."""

    def report(line: str) -> None:
        print(line, flush=True)

    launched = "TORCHELASTIC_RUN_ID" in os.environ
    if not launched and job == JobSettings() and find_sharded(folder) is None:
        return Solo(), report
    team = Team(job, device, report)
    return team, report if team.is_main else lambda line: None
