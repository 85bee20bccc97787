"""Tests of minillama.parallel.hardware: data sheets, and the time of a ring."""

import re
from dataclasses import replace

import pytest

from minillama.parallel.hardware import A100_80GB, H100, H200, Hardware

# 4 processes in a node, 8 GB/s among them, 1 GB/s from each to other nodes
TOY = Hardware(
    name="toy", peak_flops=7e9, memory_bytes=3e9, memory_bandwidth=5e9, intra_node_bandwidth=8e9,
    inter_node_bandwidth=1e9, intra_node_latency=1e-6, inter_node_latency=1e-5, gpus_per_node=4,
)  # fmt: skip


def test_a100_by_its_data_sheet() -> None:
    assert (A100_80GB.peak_flops, A100_80GB.memory_bytes, A100_80GB.watts) == (312e12, 80e9, 400)
    assert (A100_80GB.inter_node_bandwidth, A100_80GB.gpus_per_node) == (200e9 / 8, 8)
    assert H200.peak_flops == H100.peak_flops == 989e12
    assert H200.memory_bytes > H100.memory_bytes == A100_80GB.memory_bytes


@pytest.mark.parametrize(
    ("n_ranks", "stride", "bandwidth", "latency"),
    [
        (4, 1, 8e9, 9e-6),  # one node: nine fast steps
        (2, 2, 8e9, 9e-6),  # ranks 0 and 2 of it
        (8, 1, 4e9, 9e-6 / 7 * 6 + 9e-5 / 7),  # two nodes: four links, one slow step in seven
        (10, 4, 1e9, 9e-5),  # one process in each node
        (10, 64, 1e9, 9e-5),  # or in some
        (6, 2, 2e9, 9e-6 / 5 * 3 + 9e-5 / 5 * 2),  # two in each of three nodes
    ],
)
def test_ring_by_hand(n_ranks: int, stride: int, bandwidth: float, latency: float) -> None:
    seconds = TOY.ring_seconds(16e9, n_steps=9, n_ranks=n_ranks, stride=stride)
    assert seconds == pytest.approx(16e9 / bandwidth + latency, rel=1e-12)


def test_links_of_a_node_never_beat_its_inside() -> None:
    wide = replace(TOY, inter_node_bandwidth=5e9, intra_node_latency=0, inter_node_latency=0)
    assert wide.ring_seconds(16e9, n_steps=7, n_ranks=8, stride=1) == 2  # not 4 * 5 GB/s


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"peak_flops": 0}, "peak_flops must be a positive number, got 0: measure or look it up"),
        ({"memory_bytes": -1.0}, "memory_bytes must be a positive number, got -1.0"),
        ({"intra_node_bandwidth": float("inf")}, "intra_node_bandwidth must be a positive number, got inf"),
        ({"inter_node_latency": -1e-6}, "inter_node_latency must be 0 or more, got -1e-06: 0 leaves it out"),
        ({"watts": float("nan")}, "watts must be 0 or more, got nan"),
        ({"gpus_per_node": 2.5}, "gpus_per_node must be a positive integer, got 2.5: count the processes"),
        ({"matmul_efficiency": 0}, "matmul_efficiency must be above 0 and at most 1, got 0"),
        ({"matmul_efficiency": 1.2}, "matmul_efficiency must be above 0 and at most 1, got 1.2"),
        ({"overlap": 1.01}, "overlap must be between 0 and 1, got 1.01: 0 hides no communication"),
    ],
)
def test_numbers_out_of_range(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(TOY, **change)
