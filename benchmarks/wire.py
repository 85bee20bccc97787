"""How many bytes collectives really send, against the model of `Traffic.wire_bytes`.

Processes on one machine talk through the loopback interface, and the system counts its bytes. One process reads the
counter before and after a large call; what the machine sends in the same time without the call is subtracted. The
model is a ring, average per process. Other programs disturb the counter: each figure is a median.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch
import torch.distributed as dist

from minillama.parallel.layout import Layout
from minillama.parallel.mesh import make_mesh, start_processes, stop_processes
from minillama.parallel.peers import Peers
from minillama.parallel.recorder import record_traffic

COUNTER = Path("/proc/net/dev")
INTERFACE = "lo"
RING = ("all_reduce", "all_gather", "send")  # gloo makes a reduce_scatter out of an all_reduce: no target
MAX_ERROR = 0.03


def bytes_sent() -> int:
    """What the loopback interface has sent since the machine started."""
    for line in COUNTER.read_text(encoding="utf-8").splitlines():
        name, _, numbers = line.partition(":")
        if name.strip() == INTERFACE:
            return int(numbers.split()[8])  # 8 numbers of what was received come first
    raise RuntimeError(f"{COUNTER} does not know the interface {INTERFACE}")


def calls(n_elements: int, n: int) -> dict[str, Callable[[], object]]:
    """One call of each collective, with that many float32 as payload."""
    whole, part, other = torch.ones(n_elements), torch.ones(n_elements // n), torch.empty(n_elements)
    peers = Peers()
    return {
        "all_reduce": lambda: dist.all_reduce(whole.zero_()),
        "all_gather": lambda: dist.all_gather_single(other, part),
        "reduce_scatter": lambda: dist.reduce_scatter_single(part, whole.zero_()),
        "broadcast": lambda: dist.broadcast(whole, src=0),
        "send": lambda: peers.shift(whole),  # everybody to the next
    }


def counted(call: Callable[[], object]) -> tuple[int, float]:
    """Bytes on the wire from a moment when no process has begun to one when all have ended, and the seconds."""
    dist.barrier()
    began, before = time.perf_counter(), bytes_sent()
    call()
    dist.barrier()
    return bytes_sent() - before, time.perf_counter() - began


def measure(n_elements: int, n_rounds: int) -> dict[str, dict[str, float]]:
    """For each collective: payload, bytes per process as modelled, and as counted."""
    n = dist.get_world_size()
    mesh, found = make_mesh(Layout(data=n)), {}
    for kind, call in calls(n_elements, n).items():
        with record_traffic(mesh) as record:
            call()  # also opens the connections
        (traffic,) = record.traffic()
        rounds = []
        for _ in range(n_rounds):
            sent, seconds = counted(call)
            silent, _ = counted(lambda seconds=seconds: time.sleep(seconds))
            rounds.append(sent - silent)
        found[kind] = {"payload": traffic.n_bytes, "model": traffic.wire_bytes, "counted": median(rounds) / n}
    return found


def launch(n: int, quick: bool) -> dict[str, dict[str, float]]:
    """Start n processes of this file and return what the first one found."""
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(n)]
    command += ["-m", "benchmarks.wire", "--worker", *(["--quick"] if quick else [])]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600)
    if done.returncode:
        raise RuntimeError(f"{n} processes failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def worker(quick: bool) -> None:
    """Be one of the processes; the first one prints what it found."""
    rank, _ = start_processes()
    found = measure(n_elements=(4 if quick else 16) * 2**20, n_rounds=3 if quick else 7)
    if rank == 0:
        print(json.dumps(found), flush=True)
    stop_processes()


def compare(quick: bool) -> tuple[dict[str, float], dict[str, str]]:
    """Print a table for 2 and for 4 processes; return figures and targets."""
    figures, targets = {}, {}
    print("MB per process: payload, modelled, counted on the wire, and counted / modelled")
    print(f"{'processes':9} {'collective':15} {'payload':>10} {'model':>10} {'counted':>10} {'ratio':>6}")
    for n in (2, 4):
        for kind, row in launch(n, quick).items():
            ratio = row["counted"] / row["model"]
            payload, model, sent = (row[name] / 1e6 for name in ("payload", "model", "counted"))
            print(f"{n:9} {kind:15} {payload:10.1f} {model:10.1f} {sent:10.1f} {ratio:6.3f}", flush=True)
            figures[f"{kind}_{n}_ratio"] = round(ratio, 4)
            if kind in RING:
                figures[f"{kind}_{n}_error"] = round(abs(ratio - 1), 4)
                targets[f"{kind}_{n}_error"] = f"<= {MAX_ERROR}"
    print("Through gloo a reduce_scatter is an all_reduce of which each process keeps a part: twice the ring's bytes.")
    return figures, targets


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="16 MiB and 3 rounds instead of 64 MiB and 7")
    parser.add_argument("--worker", action="store_true", help="be one of the processes")
    args = parser.parse_args()
    if args.worker:
        worker(args.quick)
        return
    figures, targets = {}, {}
    if COUNTER.exists():
        figures, targets = compare(args.quick)
    else:
        print(f"skipped: this system has no {COUNTER}, where Linux counts the bytes of the loopback interface")
    met = all(figures[name] <= MAX_ERROR for name in targets)
    print(json.dumps({"name": "wire", "figures": figures, "targets": targets, "met": met}))


if __name__ == "__main__":
    main()
