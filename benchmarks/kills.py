"""How many sudden deaths a training run survives.

`minillama train` runs in a process of its own and is killed (kill -9) at a random moment, then goes on from its
checkpoint, again and again; every third time it is killed as soon as a file for a new checkpoint is there. It survives
a kill if the checkpoint loads and holds every logged step but the one under way. At the end the log and all weights
must equal, to the last bit, those of a run that was left in peace.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch

from minillama.checkpoint import FILE, load_checkpoint
from minillama.shards import write_shards
from minillama.training_log import read_log
from minillama.training_run import LOG, run_training

COMMAND = [sys.executable, "-c", "import sys; from minillama.cli import main; sys.exit(main())", "train"]
SETTINGS = ["dim=64", "n_layers=2", "n_heads=2", "batch_size=4", "learning_rate=0.01", "n_warmup=5", "save_steps=1"]
PATIENCE = 120.0  # seconds for a process to start and take a step


def write_rows(folder: Path, vocab_size: int = 97) -> Path:
    """Rows of counting numbers below 92, so that there is something to learn."""
    generator = random.Random(0)
    rows = []
    for _ in range(100):
        start, step = generator.randrange(90), generator.randrange(1, 5)
        rows.append([0, *((start + step * place) % 90 + 2 for place in range(16))])
    write_shards(folder, rows, 17, vocab_size, bos_id=0, eos_id=1)
    return folder


def undisturbed(folder: Path, n_steps: int) -> dict[str, object]:
    """Log and tensors of a run that is left in peace."""
    train_here([*settings(folder, n_steps), f"out={folder / 'calm'}"])
    return outcome(folder / "calm")


def train_here(texts: list[str], resume: bool = False) -> None:
    """Train in this process, without the progress bar."""
    with contextlib.redirect_stderr(io.StringIO()):
        run_training(texts, resume, report=lambda line: None)


def settings(folder: Path, n_steps: int) -> list[str]:
    """All but where the run writes."""
    return [*SETTINGS, f"data={folder / 'shards'}", f"n_steps={n_steps}"]


def outcome(run: Path) -> dict[str, object]:
    """What must not depend on kills: the log and all tensors."""
    saved = load_checkpoint(run)
    return {"log": log_lines(run), "step": saved.step, "position": saved.position, "tensors": saved.tensors}


def log_lines(run: Path) -> list[dict[str, float | None]]:
    """Every step, with all numbers but the seconds."""
    return [{name: value for name, value in line.items() if name != "seconds"} for line in read_log(run / LOG)]


def same(first: dict[str, object], second: dict[str, object]) -> bool:
    """Whether two outcomes are equal to the last bit."""
    tensors, others = first["tensors"], second["tensors"]
    equal = tensors.keys() == others.keys() and all(torch.equal(tensors[name], others[name]) for name in tensors)
    return equal and all(first[name] == second[name] for name in ("log", "step", "position"))


def kill_once(folder: Path, run: Path, n_steps: int, chance: random.Random, while_writing: bool) -> bool:
    """Start or continue the run, and kill it a few steps later; return whether a file was being written."""
    resume = (run / FILE).exists()
    command = [*COMMAND, f"out={run}", *(["--resume"] if resume else settings(folder, n_steps))]
    with tempfile.TemporaryFile() as words:
        started = time.time_ns()
        process = subprocess.Popen(command, stdout=words, stderr=words, env={**os.environ, "OMP_NUM_THREADS": "1"})
        try:
            if not wait_for_steps(process, run / LOG, started, chance.randrange(1, 5)):
                words.seek(0)
                raise RuntimeError(f"the run ended or hung before the kill: {words.read().decode()[-500:]}")
            if while_writing:
                wait_for_part(run)
            else:
                time.sleep(chance.uniform(0, 0.05))
        finally:
            process.kill()  # kill -9: nothing can be caught or tidied up
            process.wait()
    return any(run.glob("*.part"))


def wait_for_steps(process: subprocess.Popen, log: Path, started: int, n_steps: int) -> bool:
    """Wait until the process has logged some steps; False if it ends or takes too long."""
    deadline, first = time.monotonic() + PATIENCE, None
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_mtime_ns > started:  # the process has opened it
                n_lines = log.read_bytes().count(b"\n")
                first = n_lines if first is None else first
                if n_lines >= first + n_steps:
                    return True
        time.sleep(0.001)
    return False


def wait_for_part(run: Path) -> None:
    """Wait until a checkpoint is being written, without a pause that could miss it."""
    part, deadline = run / f"{FILE}.part", time.monotonic() + PATIENCE
    while not part.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"no checkpoint was begun within {PATIENCE:.0f} s")


def is_whole(run: Path, load: Callable[[Path], object] = load_checkpoint) -> bool:
    """Whether the checkpoint loads and holds all that was logged, but for the step under way."""
    n_logged = sum(1 for _ in read_log(run / LOG))
    try:
        return n_logged - 1 <= load(run).step <= n_logged
    except FileNotFoundError:
        return n_logged <= 1  # killed before the first one
    except ValueError:
        return False


def survive(
    n_kills: int, folder: Path, n_steps: int, seed: int = 0, report: Callable[[str], object] = lambda line: None
) -> dict[str, int]:
    """Kill a run again and again, let it end, and compare it with one left in peace.

    Raises:
        RuntimeError: if the run ended or hung before a kill.
        ValueError: if it cannot go on after one.
    """
    chance = random.Random(seed)
    write_rows(folder / "shards")
    run, n_survived, n_writing = folder / "run", 0, 0
    for number in range(1, n_kills + 1):
        writing = kill_once(folder, run, n_steps, chance, while_writing=number % 3 == 0)
        n_writing += writing
        n_survived += is_whole(run)
        report(f"kill {number:3}{', while a checkpoint was being written' if writing else ''}")
    resume = (run / FILE).exists()
    train_here([f"out={run}", *([] if resume else settings(folder, n_steps))], resume)
    ended_alike = int(same(outcome(run), undisturbed(folder, n_steps)))
    return {"kills_survived": n_survived, "kills_while_writing": n_writing, "ended_alike": ended_alike}


def main() -> None:
    """Print each kill and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5 kills instead of 50")
    n_kills = 5 if parser.parse_args().quick else 50
    with tempfile.TemporaryDirectory() as name:
        figures = survive(
            n_kills, Path(name), n_steps=30 * n_kills, seed=1, report=lambda line: print(line, flush=True)
        )
    met = figures["kills_survived"] >= n_kills and figures["ended_alike"] == 1 and figures["kills_while_writing"] > 0
    targets = {"kills_survived": f">= {n_kills}", "kills_while_writing": ">= 1", "ended_alike": ">= 1"}
    print(json.dumps({"name": "kills", "figures": figures, "targets": targets, "met": met}))


if __name__ == "__main__":
    main()
