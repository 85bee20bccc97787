"""The command ``train``: in one process, or in those that torchrun starts."""

import argparse
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from .cli_text import best_device
from .parallel.checkpoint_files import find_sharded
from .parallel.last_words import LastWords
from .parallel.meeting import Meeting
from .parallel.mesh import require_agreement, start_processes, stop_processes, told_by_all
from .parallel.settings import JobSettings, split_settings
from .run_settings import read_settings
from .signals import caught_signals
from .solo import Solo
from .training_run import run_training

if TYPE_CHECKING:
    from .parallel.team import Team

WRONG = 2


def train(options: argparse.Namespace) -> int:
    """Train until the end or a signal; torchrun's restart after a failure goes on from the last checkpoint.

    Args:
        options: ``settings`` and ``resume`` from the command line.

    Returns:
        0, or 128 and the number of the signal that stopped the run; 2 if a job of many processes failed.
    """
    if "TORCHELASTIC_RUN_ID" in os.environ:
        return _train_in_job(options)
    job, texts = split_settings(options.settings)
    alone = job == JobSettings() and find_sharded(_folder(texts)) is None
    device = best_device() if alone else _device_of_job()
    team = Solo() if alone else _team(job, device)
    try:
        return _code(run_training(texts, options.resume, device, _report, team))
    finally:
        stop_processes()


def _train_in_job(options: argparse.Namespace) -> int:
    """Be one of the processes of a job; if it fails, one process prints why."""
    device, launcher = _device_of_job(), os.getppid() if "TORCHELASTIC_RESTART_COUNT" in os.environ else None
    meeting = Meeting.from_variables(os.environ)
    start_processes(device, _timeout(options.settings), meeting)
    last_words = LastWords(meeting, _complain, launcher)
    try:
        stopped_by = _run(options, device, launcher)
    except Exception as error:
        if not isinstance(error, (ValueError, OSError, RuntimeError, MemoryError)):
            traceback.print_exc()  # a mistake in the program
        with caught_signals():  # torchrun stops all as soon as one has ended, and this one has something to say
            last_words.say(error)
            os._exit(WRONG)  # an orderly end would wait for collectives that cannot end
    last_words.close()
    stop_processes()
    return _code(stopped_by)


def _run(options: argparse.Namespace, device: str, launcher: int | None) -> int | None:
    """Train with the other processes, once all agree on what was asked for."""
    asked = dict(text.partition("=")[::2] for text in options.settings)
    require_agreement({**asked, "--resume": options.resume})
    job, texts = split_settings(options.settings)
    team = _team(job, device)
    team.watch.launcher = launcher
    restarts = told_by_all(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0"))  # machines may count differently
    restarted = set(restarts) != {"0"} and team.holds_run(_folder(texts)) is not None
    return run_training(texts, options.resume or restarted, device, _report if team.is_main else _keep_silent, team)


def _team(job: JobSettings, device: str) -> "Team":
    """The processes that share the work. What cuts models is imported here: a process alone starts sooner without."""
    from .parallel.team import Team

    return Team(job, device, _report)


def _timeout(settings: list[str]) -> float:
    """Seconds to wait for the others; settings that are wrong are refused later, by all together."""
    try:
        return split_settings(settings)[0].timeout
    except ValueError:
        return JobSettings().timeout


def _device_of_job() -> str:
    """Where the processes compute: on other devices than these they could not talk."""
    return "cuda" if best_device() == "cuda" else "cpu"


def _folder(texts: list[str]) -> Path:
    """The folder of the run."""
    return Path(read_settings(texts).get("out") or ".")


def _code(stopped_by: int | None) -> int:
    """The exit status, as for any program that a signal stops."""
    return 0 if stopped_by is None else 128 + stopped_by


def _report(line: str) -> None:
    """Print a message for the user."""
    print(line, flush=True)


def _complain(line: str) -> None:
    """Print what is wrong, as the command line does, and let torchrun repeat it in its list of failures."""
    print(f"minillama: {line}", file=sys.stderr, flush=True)
    if path := os.environ.get("TORCHELASTIC_ERROR_FILE"):
        told = {"message": line, "extraInfo": {"timestamp": int(time.time()), "py_callstack": f"minillama: {line}"}}
        Path(path).write_text(json.dumps({"message": told}), encoding="utf-8")


def _keep_silent(line: str) -> None:
    """Let the main process speak."""
