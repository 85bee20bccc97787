"""How many sudden deaths a training run of several processes survives, and how soon the others notice.

torchrun starts `minillama train` in several layouts. A process is killed (kill -9) at a random moment, or as soon as a
file for a new checkpoint is there, and torchrun starts all anew; once in each layout torchrun itself is killed, and the
command is given again. A kill is survived if the checkpoint is whole and holds every logged step but the one under way.
At the end log and tensors must equal, to the last bit, those of a run in the same layout that was left in peace.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.jobs import Job
from benchmarks.kills import is_whole, log_lines, same, write_rows
from minillama.checkpoint import load_checkpoint
from minillama.parallel.checkpoint_files import PART
from minillama.parallel.convert import to_single
from minillama.parallel.sharded_checkpoint import load_sharded

SETTINGS = ("dim=16", "n_layers=2", "n_heads=2", "batch_size=4", "learning_rate=0.01", "n_warmup=5")
LAYOUTS = {  # settings, and how many processes
    "": 2,
    "zero=3": 2,
    "tensor=2": 2,
    "pipeline=2 n_microbatches=2": 2,
    "tensor=2 zero=2": 4,  # two on the data axis
}
QUICK = dict(zip(LAYOUTS, [["worker"], ["writing"], ["launcher"], ["worker"], ["writing"]], strict=True))


@dataclass(frozen=True)
class Kill:
    """What was killed, the seconds until that was noticed, and whether all that was logged is saved."""

    kind: str
    seconds: float
    survived: bool


def team_outcome(run: Path) -> dict[str, object]:
    """What must not depend on kills: the log and all tensors, but for the generators of the process that asks."""
    with tempfile.TemporaryDirectory() as name:
        to_single(run, name)
        saved = load_checkpoint(name)
    tensors = {name: tensor for name, tensor in saved.tensors.items() if not name.startswith("random/")}
    return {"log": log_lines(run), "step": saved.step, "position": saved.position, "tensors": tensors}


def run_job(n: int, arguments: Sequence[str]) -> None:
    """Run a job that nobody disturbs."""
    with Job(n, arguments) as job:
        if job.wait():
            raise RuntimeError(f"the job failed: {job.complaint()}")


def kill_worker(job: Job, run: Path, chance: random.Random, while_writing: bool) -> float:
    """Kill one process a few steps later; return the seconds until the job says which one is lost."""
    job.wait_for_steps(run, chance.randrange(1, 4))
    if while_writing:
        job.wait_until(lambda: any(run.glob(f"checkpoint-*{PART}")), "no checkpoint was begun")
    else:
        time.sleep(chance.uniform(0, 0.2))
    before = job.ranks()
    victim = chance.choice(sorted(before))
    message = f"no word from rank {victim}:"
    n_said, began = job.words().count(message), time.monotonic()
    os.kill(before[victim], signal.SIGKILL)  # nothing can be caught or tidied up
    job.wait_until(lambda: job.words().count(message) > n_said, f"nobody missed rank {victim}")
    seconds = time.monotonic() - began
    job.wait_until_gone(list(before.values()))
    job.started = time.time_ns()
    return seconds


def kill_launcher(job: Job, run: Path, chance: random.Random) -> float:
    """Kill torchrun; return the seconds until its processes have saved and ended."""
    job.wait_for_steps(run, chance.randrange(1, 4))
    left, began = list(job.ranks().values()), time.monotonic()
    job.process.kill()
    job.wait_until_gone(left)
    return time.monotonic() - began


def disturb(folder: Path, layout: str, kinds: Sequence[str], chance: random.Random, report: Callable) -> list[Kill]:
    """Kill the run in one layout again and again, and let it end."""
    n, run, kills = LAYOUTS[layout], folder / name_of(layout), []
    arguments = [*settings(folder, layout, len(kinds)), "save_steps=1", f"out={run}"]
    workers = [kind for kind in kinds if kind != "launcher"]

    def note(kind: str, seconds: float) -> None:
        kills.append(Kill(kind, seconds, is_whole(run, partial(load_sharded, alone=True))))
        report(f"{name_of(layout):32}{kind:10}{'survived' if kills[-1].survived else 'LOST':10}{seconds:6.2f} s")

    with Job(n, arguments, [f"--max-restarts={len(workers)}"]) as job:
        for kind in workers:
            note(kind, kill_worker(job, run, chance, while_writing=kind == "writing"))
        if "launcher" in kinds:
            note("launcher", kill_launcher(job, run, chance))
        elif job.wait():
            raise RuntimeError(f"the job failed after the kills: {job.complaint()}")
    if "launcher" in kinds:
        run_job(n, [*arguments, "--resume"])
    return kills


def settings(folder: Path, layout: str, n_kills: int) -> list[str]:
    """All but where the run writes, and how often."""
    return [*SETTINGS, *layout.split(), f"data={folder / 'shards'}", f"n_steps={6 * n_kills + 4}"]


def name_of(layout: str) -> str:
    """A name for a folder and a table."""
    return layout.replace(" ", ",") or "data"


def survive(plan: dict[str, Sequence[str]], folder: Path, seed: int = 0, report: Callable = lambda line: None) -> dict:
    """Kill a run in each layout, and compare it with one that was left in peace.

    Args:
        plan: for each layout what is killed in turn: a ``worker``, one while ``writing``, at last the ``launcher``.
        folder: where to work.
        seed: of the moments and the victims.
        report: called with a line for each kill.

    Returns:
        The figures.

    Raises:
        RuntimeError: if a job fails, hangs or does not say which process it lost.
    """
    write_rows(folder / "shards", vocab_size=96)
    kills, alike = [], []
    for number, (layout, kinds) in enumerate(plan.items()):
        kills += disturb(folder, layout, kinds, random.Random(seed + number), report)
        calm = folder / f"{name_of(layout)}-calm"
        run_job(LAYOUTS[layout], [*settings(folder, layout, len(kinds)), f"out={calm}"])
        alike.append(same(team_outcome(folder / name_of(layout)), team_outcome(calm)))
        report(f"{name_of(layout):32}ended {'alike' if alike[-1] else 'DIFFERENTLY'}")
    seconds = {kill.kind == "launcher": [] for kill in kills}
    for kill in kills:
        seconds[kill.kind == "launcher"].append(kill.seconds)
    return {
        "kills_survived": sum(kill.survived for kill in kills),
        "ended_alike": sum(alike) / len(alike),
        "seconds_until_noticed": median(seconds[False]),
        "seconds_until_stopped_without_torchrun": median(seconds[True]),
    }


def main() -> None:
    """Print each kill and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5 kills instead of 20")
    plan = QUICK if parser.parse_args().quick else dict.fromkeys(LAYOUTS, ("worker", "writing", "worker", "launcher"))
    n_kills = sum(len(kinds) for kinds in plan.values())
    with tempfile.TemporaryDirectory() as name:
        figures = survive(plan, Path(name), seed=1, report=lambda line: print(line, flush=True))
    survived = figures["kills_survived"] >= n_kills and figures["ended_alike"] >= 1
    met = survived and figures["seconds_until_noticed"] <= 10
    targets = {"kills_survived": f">= {n_kills}", "ended_alike": ">= 1", "seconds_until_noticed": "<= 10"}
    print(json.dumps({"name": "team_kills", "figures": figures, "targets": targets, "met": met}))


if __name__ == "__main__":
    main()
