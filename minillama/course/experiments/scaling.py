"""How a training step scales over the processes of one machine, measured and predicted (chapter 11).

The command below writes ``data/ablations/scaling.csv`` and ``scaling_machine.csv`` in about five minutes; nothing else
should run meanwhile:

    python -m minillama.course.experiments.scaling

For 1, 2 and 4 processes it first measures what one process can do while all of them work: matrix products, passes
over memory, sums over the wire. From these numbers alone the planner predicts the time of a step, and then the step is
measured. Strong scaling gives all processes together the same batch; weak scaling gives each one as much.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import torch

from ...config import ModelConfig
from ...model import Llama
from ...parallel.hardware import Hardware
from ...parallel.layout import FLOAT32, Layout
from ...parallel.memory_plan import Workload
from ...parallel.mesh import start_processes, stop_processes
from ...parallel.planner import make_plan
from ...parallel.settings import JobSettings
from ...parallel.team import Team
from ...parallel.traffic import predicted_traffic
from ...solo import Solo
from ...train_config import TrainConfig
from ...training import train
from .machine_speed import measure_machine
from .rows import read_rows, write_rows

FOLDER = Path(__file__).resolve().parents[3] / "data" / "ablations"
MODULE = "minillama.course.experiments.scaling"
TABLE, MACHINE = FOLDER / "scaling.csv", FOLDER / "scaling_machine.csv"
CONFIG = ModelConfig(
    vocab_size=2048, dim=384, n_layers=4, n_heads=8, n_kv_heads=4, head_dim=48, hidden_dim=1024, max_seq_len=256
)
BATCH, T = 16, 256  # rows and tokens of a row of a strong step; a weak step has 8 rows for each process
TRAINING = TrainConfig(n_steps=5, learning_rate=1e-3, chunk_tokens=512)
# Memory that glibc gives back to the system after each use costs more to get again than a layer takes to fill it.
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(2**25), "MALLOC_TRIM_THRESHOLD_": str(2**32), "MALLOC_TOP_PAD_": str(2**26),
}  # fmt: skip
N_WARM = 2  # steps that are not counted: buffers are made in them


@dataclass(frozen=True)
class Row:
    """One measured step. ``scheme`` names the settings of the job, such as ``tensor=2``."""

    scheme: str
    kind: str
    n_processes: int
    tokens_per_step: int
    seconds_per_step: float
    tokens_per_second: float
    predicted_seconds: float


@dataclass(frozen=True)
class Machine:
    """What one of ``n_processes`` can do while all work: the fields of ``Hardware`` that the planner needs."""

    n_processes: int
    n_processors: int
    peak_flops: float
    memory_bandwidth: float
    plain_bandwidth: float
    bandwidth: float
    latency: float

    def hardware(self, is_plain: bool) -> Hardware:
        """The planner's view of it, with plain or with fused layers."""
        return Hardware(
            name=f"{self.n_processes} processes",
            peak_flops=self.peak_flops,
            memory_bytes=8e9,
            memory_bandwidth=self.plain_bandwidth if is_plain else self.memory_bandwidth,
            intra_node_bandwidth=self.bandwidth,
            inter_node_bandwidth=self.bandwidth,
            intra_node_latency=self.latency,
            gpus_per_node=self.n_processes,
        )


def schemes(n_processes: int) -> list[str]:
    """The settings to measure on some number of processes."""
    if n_processes == 1:
        return [""]
    n = n_processes
    cut = [f"tensor={n}", f"tensor={n} sequence_parallel=1", f"pipeline={n} n_microbatches={n}"]
    return ["zero=0", "zero=3", *cut] + (["tensor=2 zero=3"] if n == 4 else [])


def predict(scheme: str, machine: Machine, tokens_per_step: int) -> float:
    """Return the planner's time of a step, in seconds.

    Three things are special here. A tensor axis runs plain layers. Gloo adds up whole tensors where a part would do,
    so a reduce-scatter sends what an all-reduce sends (``benchmarks/wire.py`` counts it). And where processes outnumber
    the processors, one that waits in a pipeline leaves its processor to another, so the bubble costs nothing.

    Args:
        scheme: settings of the job; empty for one process.
        machine: what was measured for this number of processes.
        tokens_per_step: over all processes.
    """
    layout = Layout() if not scheme else _settings(scheme).layout(machine.n_processes)
    work = Workload(tokens_per_step=tokens_per_step, seq_len=T, sizes=FLOAT32)
    plan = make_plan(CONFIG, machine.hardware(is_plain=layout.tensor > 1), layout, work)
    hidden = plan.seconds["bubble"] if machine.n_processes > machine.n_processors else 0.0
    rows = tokens_per_step // T // layout.data
    sums = predicted_traffic(CONFIG, layout, rows, T, sizes=FLOAT32)
    doubled = sum(one.wire_bytes for one in sums if one.kind == "reduce_scatter") / machine.bandwidth
    return plan.step_seconds - hidden + doubled


def measure_step(scheme: str, n_rows: int) -> float:
    """Return the median time of a step, in seconds; all processes must call it.

    Args:
        scheme: settings of the job; empty for one process.
        n_rows: rows of a step, over all processes.
    """
    team = Team(_settings(scheme), "cpu", print) if scheme else Solo()
    torch.manual_seed(0)
    model = team.place(Llama(CONFIG), TRAINING, recompute=False)
    optimizer = team.make_optimizer(model, TRAINING)
    tokens = torch.randint(0, CONFIG.vocab_size, (n_rows // team.n_data, T))
    steps = train(model, [(tokens, tokens.roll(-1, 1))] * TRAINING.n_steps, TRAINING, optimizer, **team.hooks())
    return median([step.seconds for step in steps][N_WARM:])


def work(n_processes: int, chosen: list[str]) -> Iterator[Row | Machine]:
    """Measure everything for one number of processes; what each of them runs."""
    start_processes()
    machine = Machine(n_processes, os.cpu_count() or 1, **measure_machine(CONFIG, BATCH // n_processes, T))
    yield machine
    rows = {"strong": BATCH, "weak": BATCH // 2 * n_processes}
    for scheme in chosen:
        times = {n_rows: measure_step(scheme, n_rows) for n_rows in dict.fromkeys(rows.values())}
        for kind, n_rows in rows.items():
            seconds, n_tokens = times[n_rows], n_rows * T
            predicted = predict(scheme, machine, n_tokens)
            yield Row(scheme or "one process", kind, n_processes, n_tokens, seconds, n_tokens / seconds, predicted)
    stop_processes()


def measure(
    n_processes: int, chosen: list[str], report: Callable[[str], object] = lambda line: None
) -> list[Row | Machine]:
    """Start the processes and collect what the first of them found.

    Args:
        n_processes: how many.
        chosen: schemes to measure; none measures the machine alone.
        report: called with each line found.

    Raises:
        RuntimeError: if a process failed.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.jsonl"
        launcher = ["torch.distributed.run", "--standalone", f"--nproc-per-node={n_processes}", "-m", MODULE]
        command = [sys.executable, "-m", *launcher, f"--worker={out}", *(f"--scheme={scheme}" for scheme in chosen)]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE", **KEEP_MEMORY}
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise RuntimeError(f"{n_processes} processes failed: {ended.stderr[-2000:]}")
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    found = [Machine(**line) if "latency" in line else Row(**line) for line in lines]
    for one in found:
        report(str(one))
    report(f"{n_processes} processes: {time.monotonic() - began:.0f} s")
    return found


def _settings(scheme: str) -> JobSettings:
    """The settings of a job, from their text."""
    return JobSettings(**{name: int(value) for name, value in (part.split("=") for part in scheme.split())})


def read_scaling(path: Path = TABLE) -> list[Row]:
    """Read the shipped table, or another one."""
    return read_rows(Row, path)


def read_machines(path: Path = MACHINE) -> list[Machine]:
    """Read what the machine of the shipped table could do."""
    return read_rows(Machine, path)


def main() -> None:
    """Measure all, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--scheme", action="append", default=[], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker is not None:
        found = work(int(os.environ["WORLD_SIZE"]), options.scheme)
        lines = [json.dumps(asdict(one)) for one in found]
        if os.environ["RANK"] == "0":
            options.worker.write_text("\n".join(lines), encoding="utf-8")
        return
    found = [one for n in (1, 2, 4) for one in measure(n, schemes(n), lambda line: print(line, flush=True))]
    write_rows(Row, [one for one in found if isinstance(one, Row)], TABLE)
    write_rows(Machine, [one for one in found if isinstance(one, Machine)], MACHINE)


if __name__ == "__main__":
    main()
