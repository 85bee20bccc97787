"""What each process of ``run_processes`` runs: read the program, join the others, call the function, leave the result.

``python -m minillama.course.process_worker FOLDER`` with the environment that torchrun gives.
"""

import faulthandler
import inspect
import json
import linecache
import os
import pickle
import sys
import threading
import time
import traceback
from pathlib import Path

import torch

from ..parallel.peers import join_peers

PROGRAM = "your notebook"  # what stands for the file's name in a traceback
WAIT = 1.0  # seconds that a process stays for the others after it has returned


def main(folder: Path) -> None:
    """Run one rank; what it printed, returned or raised lies in the folder afterwards.

    Args:
        folder: holds ``job.json``, ``program.py`` and ``values.pickle``.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    rank = int(os.environ["RANK"])
    (folder / f"pid_{rank}").write_text(str(os.getpid()), encoding="utf-8")
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    _redirect(folder / f"out_{rank}.txt", folder / f"err_{rank}.txt")
    with open(folder / f"stuck_{rank}.txt", "w", encoding="utf-8") as stuck:
        faulthandler.dump_traceback_later(max(0.1, job["deadline"] - time.time()), file=stuck)
        outcome, stage = {}, "run"
        try:
            function = _load(folder, job["name"])
            stage = "join"
            peers = join_peers(rank, job["n"], folder / "meeting" if job["direct"] else None, job["seconds"])
            (folder / f"joined_{rank}").touch()
            stage = "run"
            value = function(peers) if inspect.signature(function).parameters else function()
            _save_value(value, folder / f"value_{rank}.pt")
        except BaseException as error:
            outcome = {"error": _described(error), "stage": stage, "time": time.time()}
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        _leave(folder, f"done_{rank}.json", outcome, job["n"])


def _load(folder: Path, name: str) -> object:
    """Run the program in a module of its own and return the function."""
    names: dict[str, object] = {"__name__": "program"}
    for key, value in pickle.loads((folder / "values.pickle").read_bytes()).items():
        names[key] = pickle.loads(value)
    source = (folder / "program.py").read_text(encoding="utf-8")
    linecache.cache[PROGRAM] = (len(source), None, source.splitlines(keepends=True), PROGRAM)
    exec(compile(source, PROGRAM, "exec"), names)
    return names[name]


def _redirect(out: Path, err: Path) -> None:
    """Send everything that is printed, also by C++, to files."""
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        stream.flush()
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(target, stream.fileno())
        stream.reconfigure(encoding="utf-8", line_buffering=True)


def _save_value(value: object, path: Path) -> None:
    """Store plain data and tensors; other values are left out."""
    try:
        torch.save(value, path)
    except Exception:
        path.unlink(missing_ok=True)


def _described(error: BaseException) -> str:
    """The error, and the lines of the notebook that led to it."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == PROGRAM]
    lines = [f"  in {frame.name}: {frame.line}" for frame in frames]
    return "\n".join(["".join(traceback.format_exception_only(error)).strip(), *lines])


def _leave(folder: Path, name: str, outcome: dict[str, object], n_ranks: int) -> None:
    """Leave the outcome, give the others a moment to finish what they do with this process, and end at once."""
    unfinished = folder / f"{name}.part"
    unfinished.write_text(json.dumps(outcome), encoding="utf-8")
    os.replace(unfinished, folder / name)
    until = time.monotonic() + WAIT
    while len(list(folder.glob("done_*.json"))) < n_ranks and time.monotonic() < until:
        time.sleep(0.005)
    os._exit(1 if outcome else 0)  # the orderly end of Python and PyTorch takes a third of a second


def _end_with_parent() -> None:
    """End when whoever started this process closes the pipe or dies."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
