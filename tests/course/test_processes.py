"""Functions of a notebook in processes of their own: what comes back, what failures say, and that nobody is left."""

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from minillama.course import processes
from minillama.course.processes import ProcessesFailed, run_processes
from minillama.parallel.peers import Peers

FACTOR = torch.tensor([2.0, 3.0])


@dataclass
class Pair:
    """Known to this file alone, like a class of a notebook."""

    left: int
    right: int


def doubled(x):
    return x * FACTOR


def greet(peers: Peers):
    x = doubled(torch.ones(2)) + peers.rank
    peers.all_reduce(x)
    print(f"I am {peers.rank} of {peers.n_ranks}")
    print("threads:", torch.get_num_threads())
    return {"pair": Pair(1, peers.rank).right, peers.rank: x} if peers.rank else Pair(3, 4)


@pytest.fixture(scope="module")
def good_run():
    """What a run returns, what it prints, and how long it takes on this machine at this time."""
    out, err, began = io.StringIO(), io.StringIO(), time.monotonic()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        values = run_processes(greet, 2)
    return values, out.getvalue(), err.getvalue(), time.monotonic() - began


def test_good_run_prints_by_rank_and_returns_values(good_run):
    (first, second), out, err, _ = good_run
    assert first is None  # a class of the notebook is not plain data
    assert second["pair"] == 1 and second[1].tolist() == [5.0, 7.0]
    assert out.splitlines() == [
        "rank 0: I am 0 of 2", "rank 0: threads: 1", "rank 1: I am 1 of 2", "rank 1: threads: 1",
    ]  # fmt: skip
    assert err == ""


def fail_on_one(peers):
    print("before")
    if peers.rank == 1:
        [][peers.rank]
    peers.all_reduce(torch.ones(1))
    print("after")


def test_failing_rank_is_shown_by_its_own_error(capsys):
    with pytest.raises(ProcessesFailed) as caught:
        run_processes(fail_on_one, 2)
    assert str(caught.value) == "rank 1: IndexError: list index out of range\n  in fail_on_one: [][peers.rank]"
    assert capsys.readouterr().out == "rank 0: before\nrank 1: before\n"


def return_early(peers):
    return peers.rank or peers.all_reduce(torch.ones(1))


def test_rank_that_waits_for_one_that_has_returned():
    with pytest.raises(ProcessesFailed) as caught:
        run_processes(return_early, 2)
    first, *rest = str(caught.value).splitlines()
    assert first == "rank 0 lost the connection to a rank that had returned: do all call the same collectives?"
    assert rest == ["  in return_early: return peers.rank or peers.all_reduce(torch.ones(1))"]


def hang_with_a_child(peers):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    print(os.getpid(), child.pid)
    while peers.rank == 1:
        pass
    peers.all_reduce(torch.ones(1))


def _runs(pid):
    """Whether a process exists and is no mere entry that nobody has collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(os.name != "posix", reason="asks for processes the POSIX way")
def test_hanging_rank_is_stopped_and_no_process_is_left(good_run, capsys):
    seconds = 5 + 3 * good_run[3]
    with pytest.raises(ProcessesFailed) as caught:
        run_processes(hang_with_a_child, 2, seconds=seconds)
    title, first, second = str(caught.value).splitlines()
    assert title == f"stopped after {seconds:g} seconds:"
    assert first == "  rank 0 was in the line `peers.all_reduce(torch.ones(1))`"
    assert second in ("  rank 1 was in the line `while peers.rank == 1:`", "  rank 1 was in the line `pass`")
    pids = [int(word) for word in capsys.readouterr().out.split() if word.isdigit()]
    assert len(pids) == 4
    until = time.monotonic() + 5
    while any(map(_runs, pids)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(_runs, pids))


def where_am_i():
    print(os.environ["RANK"], os.environ["LOCAL_RANK"], os.environ["WORLD_SIZE"], "TORCHELASTIC_RUN_ID" in os.environ)


def test_torchrun_starts_the_same_program(capsys):
    assert run_processes(where_am_i, 2, torchrun=True) == [None, None]
    assert capsys.readouterr().out == "rank 0: 0 0 2 True\nrank 1: 1 1 2 True\n"


def test_recorded_output_where_processes_cannot_reach_each_other(capsys, monkeypatch):
    monkeypatch.setenv("GLOO_SOCKET_IFNAME", "nowhere0")
    assert run_processes(where_am_i, 1, recorded="rank 0: hello") is None
    label, shown = capsys.readouterr().out.splitlines()
    assert label.startswith("recorded on another machine, because the processes cannot start here (rank 0: ")
    assert "nowhere0" in label and shown == "rank 0: hello"


def test_no_permission_to_start(capsys, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError("not allowed")

    monkeypatch.setattr(processes.subprocess, "Popen", refuse)
    assert run_processes(where_am_i, 2, recorded="rank 0: hello") is None
    assert "PermissionError: not allowed" in capsys.readouterr().out
    with pytest.raises(ProcessesFailed, match="PermissionError: not allowed"):
        run_processes(where_am_i, 2)


def test_processes_that_never_meet_count_as_not_started(tmp_path):
    job = processes._Job(tmp_path, 2, 7, torchrun=False)
    (tmp_path / "pid_0").touch()
    trouble = job._out_of_time()
    assert trouble.cannot_start and trouble.text.splitlines() == [
        "the processes did not find each other:", "  rank 0 had not ended", "  rank 1 had not begun",
    ]  # fmt: skip


def test_first_error_of_its_own_is_shown(tmp_path):
    job = processes._Job(tmp_path, 3, 7, torchrun=False)
    errors = [("RuntimeError: Connection closed by peer", 1.0), ("KeyError: 'b'", 3.0), ("KeyError: 'c'", 2.0)]
    for rank, (text, when) in enumerate(errors):
        outcome = {"error": text, "stage": "run", "time": when}
        (tmp_path / f"done_{rank}.json").write_text(json.dumps(outcome), encoding="utf-8")
    assert job._failure().text == "rank 2: KeyError: 'c'" and not job._failure().cannot_start


def test_number_of_processes_is_checked():
    with pytest.raises(ValueError, match="positive number of processes, got 0: start 2 to 4"):
        run_processes(where_am_i, 0)
