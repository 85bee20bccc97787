"""What one process of several can do while all of them work: the numbers that a planner needs."""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import torch
import torch.nn.functional as F

from ...config import ModelConfig
from ...fusion import fuse_layers
from ...model import Block
from ...parallel.layout import Layout
from ...parallel.memory_plan import Workload
from ...parallel.peers import Peers
from ...parallel.time_plan import flops_of_stage, memory_traffic_of_stage
from ...rope import rope_table

ROUNDS = 5


def measure_machine(config: ModelConfig, n_rows: int, seq_len: int) -> dict[str, float]:
    """Measure matrix products, the layers between them and the wire; all processes must call it.

    Args:
        config: the model whose shapes are used.
        n_rows: rows that one process reads at a time.
        seq_len: tokens of a row.

    Returns:
        ``peak_flops`` of products as the forward and backward passes do them; ``memory_bandwidth`` that the rest of a
        block reaches with fused layers, as the planner counts its passes over memory, and ``plain_bandwidth`` without;
        ``bandwidth`` and ``latency`` of a ring. In FLOP/s, bytes/s and seconds.
    """
    peers = Peers()
    n_ring = 2 * (peers.n_ranks - 1)  # steps of an all-reduce; each sends a part of 1/n
    large, small = torch.zeros(n_rows * seq_len, config.dim), torch.zeros(1)  # as large as the residual stream
    latency = _seconds(lambda: peers.all_reduce(small), peers) / n_ring if n_ring else 0.0
    wire = _seconds(lambda: peers.all_reduce(large.clone()), peers) - n_ring * latency
    peak_flops = _matrix_speed(config, n_rows * seq_len, peers)
    return {
        "peak_flops": peak_flops,
        "memory_bandwidth": _layer_speed(config, n_rows, seq_len, peak_flops, fused=True, peers=peers),
        "plain_bandwidth": _layer_speed(config, n_rows, seq_len, peak_flops, fused=False, peers=peers),
        "bandwidth": large.nbytes * n_ring / peers.n_ranks / wire if n_ring else 1e12,
        "latency": latency,
    }


def _matrix_speed(config: ModelConfig, n_tokens: int, peers: Peers) -> float:
    """FLOP/s over all matrices of a block and the head, forward and backward."""
    heads, kv_heads = config.n_heads * config.head_dim, config.n_kv_heads * config.head_dim
    block = [(config.dim, heads), (config.dim, kv_heads), (config.dim, kv_heads), (heads, config.dim)]
    block += [(config.dim, config.hidden_dim)] * 2 + [(config.hidden_dim, config.dim)]
    shapes = block * config.n_layers + [(config.dim, config.vocab_size)]
    seconds = {shape: _seconds(_products(n_tokens, *shape), peers) for shape in set(shapes)}
    return sum(6 * n_tokens * a * b for a, b in shapes) / sum(seconds[shape] for shape in shapes)


def _products(n_tokens: int, n_in: int, n_out: int) -> Callable[[], None]:
    """The three products of a linear layer."""
    x, weight, grad = torch.randn(n_tokens, n_in), torch.randn(n_out, n_in), torch.randn(n_tokens, n_out)

    def run() -> None:
        F.linear(x, weight)
        grad @ weight
        grad.T @ x

    return run


def _layer_speed(
    config: ModelConfig, n_rows: int, seq_len: int, peak_flops: float, fused: bool, peers: Peers
) -> float:
    """Bytes per second of a block, once its matrix products are taken off: forward and backward."""
    one = replace(config, n_layers=1)
    block = Block(one)
    if fused:
        fuse_layers(block)
    cos, sin = rope_table(torch.arange(seq_len), one.head_dim)
    x = torch.randn(n_rows, seq_len, one.dim, requires_grad=True)
    seconds = _seconds(lambda: block(x, cos, sin).sum().backward(), peers)
    layout, work = Layout(), Workload(tokens_per_step=n_rows * seq_len, seq_len=seq_len)
    flops = flops_of_stage(one, layout, work, 0) - 6 * one.dim * one.vocab_size  # without the head
    elements = memory_traffic_of_stage(one, layout, work, 0) - 4 * one.vocab_size
    rest = seconds - flops * n_rows * seq_len / peak_flops
    return 4 * elements * n_rows * seq_len / max(rest, 0.05 * seconds)


def _seconds(work: Callable[[], object], peers: Peers) -> float:
    """The median time of some work that all processes begin together."""
    ready, times = torch.zeros(1), []
    for _ in range(ROUNDS + 1):
        peers.all_reduce(ready)
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times[1:])
