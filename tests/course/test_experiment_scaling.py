"""The experiment of chapter 11: the shipped tables agree with the planner, and the planner with what was measured."""

from dataclasses import replace

import pytest
import torch

from minillama.course.experiments import scaling
from minillama.course.experiments.machine_speed import measure_machine
from minillama.course.experiments.scaling import BATCH, CONFIG, Machine, T, predict, read_machines, read_scaling
from minillama.parallel.mesh import start_processes, stop_processes
from minillama.parallel.peers import Peers

ROWS = read_scaling()
MACHINES = {machine.n_processes: machine for machine in read_machines()}


def test_every_scheme_was_measured_on_every_number_of_processes() -> None:
    expected = {
        (scheme or "one process", kind, n)
        for n in (1, 2, 4)
        for scheme in scaling.schemes(n)
        for kind in ("strong", "weak")
    }
    assert {(row.scheme, row.kind, row.n_processes) for row in ROWS} == expected
    assert len(ROWS) == len(expected) == 24


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.scheme} {row.kind} {row.n_processes}")
def test_a_shipped_row_is_within_a_quarter_of_the_prediction(row: scaling.Row) -> None:
    scheme = "" if row.scheme == "one process" else row.scheme
    predicted = predict(scheme, MACHINES[row.n_processes], row.tokens_per_step)
    assert predicted == pytest.approx(row.predicted_seconds, rel=1e-9)
    assert round(abs(predicted / row.seconds_per_step - 1), 2) <= 0.25
    assert row.tokens_per_second == pytest.approx(row.tokens_per_step / row.seconds_per_step)
    share = BATCH if row.kind == "strong" else BATCH // 2 * row.n_processes
    assert row.tokens_per_step == share * T


def test_predictions_follow_the_machine() -> None:
    machine = Machine(2, 2, peak_flops=1e10, memory_bandwidth=1e9, plain_bandwidth=5e8, bandwidth=1e9, latency=0.0)
    base = predict("zero=0", machine, 2048)
    faster = Machine(2, 2, peak_flops=2e10, memory_bandwidth=2e9, plain_bandwidth=1e9, bandwidth=2e9, latency=0.0)
    for scheme in ("zero=0", "zero=3", "tensor=2"):
        assert predict(scheme, faster, 2048) == pytest.approx(predict(scheme, machine, 2048) / 2)
    assert predict("zero=0", machine, 2 * 2048) < 2 * base, "gradients travel once, however large the batch"
    crowded = replace(machine, n_processors=1)
    waiting = predict("pipeline=2 n_microbatches=2", machine, 2048)
    assert predict("pipeline=2 n_microbatches=2", crowded, 2048) == pytest.approx(waiting / 1.5, rel=0.1)


def test_the_machine_is_measured_alone_too() -> None:
    torch.manual_seed(0)
    start_processes()
    assert Peers().n_ranks == 1
    found = measure_machine(CONFIG, 2, 32)
    stop_processes()
    assert found["latency"] == 0
    assert all(found[name] > 1e7 for name in ("peak_flops", "memory_bandwidth", "plain_bandwidth", "bandwidth"))
