"""What a machine can do: the numbers of its data sheet, and how much of them training reaches.

Units: bytes, bytes per second, FLOP per second, seconds, watts. GB is 10^9 bytes.

Sources, all read in secondary transcriptions of NVIDIA's data sheets and not in the sheets themselves: the peak of
dense bfloat16, memory, NVLink and power of A100, H100 and H200; eight GPUs and eight network adapters in each DGX
(A100: 200 Gb/s, H100 and H200: 400 Gb/s each). The vendor counts both directions of NVLink; here it is one.
Latencies: the ring constants of NCCL's own cost model (github.com/NVIDIA/nccl, src/graph/tuning.cc, commit 01afd20,
protocol LL128), for H100 and H200 taken over from it unchecked.
"""

import math
from dataclasses import dataclass, replace

# FITTED, the only two numbers of the time model that no data sheet or formula gives: least squares over the logarithms
# of the tokens per second per GPU that Table 15 of the LLaMA paper implies, for the layouts of `planner.LLAMA_1_RUNS`.
# Predicted against published speed: 7B +1.9 %, 13B -6.2 %, 33B +6.1 %, 65B -1.9 %. Four rows hardly tell the two apart:
# (0.55, 0.87) and (0.70, 0.50) stay within 11 % too. The model has no reason for 33B to be slower than its neighbors
# as a share of the peak, and does not show it. With 235 GB/s for NVLink, NCCL's cap for the A100, the fit is as good
# at (0.65, 0.62). Held against the GPU-hours of Llama 2 (layouts and numbers of GPUs not published; the same kind of
# layouts assumed) the constants promise too much: by 8 % for 70B on 2,048 GPUs, by 24 to 39 % for 7B and 13B on 512 up.
A100_MATMUL_EFFICIENCY = 0.61
A100_OVERLAP = 0.70


@dataclass(frozen=True, kw_only=True)
class Hardware:
    """One kind of machine, as the time of a step depends on it.

    All processes of a node reach each other fast; between nodes each has a slower link of its own. For a machine
    that was measured give what one process reached while all ran, with ``matmul_efficiency=1``.

    Args:
        name: for people.
        peak_flops: multiplications and additions per second of one GPU, dense, in the precision of training.
        memory_bytes: memory of one GPU.
        memory_bandwidth: bytes per second between one GPU and its memory.
        intra_node_bandwidth: bytes per second that one GPU sends to others of its node, in one direction.
        inter_node_bandwidth: bytes per second that one GPU sends to other nodes.
        intra_node_latency: seconds of one step of a ring within a node.
        inter_node_latency: seconds of one step of a ring from node to node.
        gpus_per_node: GPUs in one node.
        watts: power of one GPU at work; 0 if unknown.
        matmul_efficiency: share of ``peak_flops`` that matrix products reach.
        overlap: share of the data axis's communication that runs behind the computation.

    Raises:
        ValueError: if a number is out of range.

    Example:
        A laptop whose two processes were measured, 20 GFLOP/s and 1 GB/s each:

        >>> laptop = Hardware(name="laptop", peak_flops=20e9, memory_bytes=4e9, memory_bandwidth=5e9,
        ...                   intra_node_bandwidth=1e9, inter_node_bandwidth=1e9, gpus_per_node=2)
        >>> laptop.matmul_efficiency, laptop.overlap
        (1.0, 0.0)
    """

    name: str
    peak_flops: float
    memory_bytes: float
    memory_bandwidth: float
    intra_node_bandwidth: float
    inter_node_bandwidth: float
    gpus_per_node: int
    intra_node_latency: float = 0.0
    inter_node_latency: float = 0.0
    watts: float = 0.0
    matmul_efficiency: float = 1.0
    overlap: float = 0.0

    def __post_init__(self) -> None:
        for name in (
            "peak_flops", "memory_bytes", "memory_bandwidth", "intra_node_bandwidth", "inter_node_bandwidth",
        ):  # fmt: skip
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be a positive number, got {getattr(self, name)}: measure or look it up")
        for name in ("intra_node_latency", "inter_node_latency", "watts"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be 0 or more, got {getattr(self, name)}: 0 leaves it out")
        if not isinstance(self.gpus_per_node, int) or isinstance(self.gpus_per_node, bool) or self.gpus_per_node < 1:
            raise ValueError(
                f"gpus_per_node must be a positive integer, got {self.gpus_per_node!r}: count the processes of one node"
            )
        if not 0 < self.matmul_efficiency <= 1:
            raise ValueError(
                f"matmul_efficiency must be above 0 and at most 1, got {self.matmul_efficiency}: "
                "it is the share of peak_flops that matrix products reach"
            )
        if not 0 <= self.overlap <= 1:
            raise ValueError(f"overlap must be between 0 and 1, got {self.overlap}: 0 hides no communication")

    def ring_seconds(self, wire_bytes: float, n_steps: int, n_ranks: int, stride: int) -> float:
        """Return how long ring collectives of one group take, by NCCL's model: latency of the steps plus bytes.

        Every process of a node has a network link, and a ring crosses from node to node on all of the links that the
        group has there. So a group with eight processes in each node is eight times as fast as one with a single one.

        Args:
            wire_bytes: bytes that each process sends.
            n_steps: steps, from one process to the next.
            n_ranks: processes of the group.
            stride: distance in ranks between neighbors of the group; 1 for the innermost axis.

        Returns:
            Seconds.

        Example:
            >>> round(A100_80GB.ring_seconds(1e9, n_steps=255, n_ranks=256, stride=8), 4)  # one in each node
            0.041
            >>> round(A100_80GB.ring_seconds(1e9, n_steps=255, n_ranks=256, stride=1), 4)  # eight in each node
            0.0055

        Source:
            github.com/NVIDIA/nccl, src/graph/tuning.cc, commit 01afd20.
        """
        in_node = max(1, min(n_ranks, self.gpus_per_node // stride))
        n_nodes = math.ceil(n_ranks / in_node)
        if n_nodes == 1:
            return wire_bytes / self.intra_node_bandwidth + n_steps * self.intra_node_latency
        between = n_steps * (n_nodes - 1) / (n_ranks - 1)
        bandwidth = min(self.intra_node_bandwidth, in_node * self.inter_node_bandwidth)
        latency = between * self.inter_node_latency + (n_steps - between) * self.intra_node_latency
        return wire_bytes / bandwidth + latency


A100_80GB = Hardware(
    name="A100 80GB", peak_flops=312e12, memory_bytes=80e9, memory_bandwidth=2.0e12, intra_node_bandwidth=300e9,
    inter_node_bandwidth=25e9, intra_node_latency=1.9e-6, inter_node_latency=4.0e-6, gpus_per_node=8, watts=400,
    matmul_efficiency=A100_MATMUL_EFFICIENCY, overlap=A100_OVERLAP,
)  # fmt: skip
# The two fitted shares are those of the A100; no published run was used to check them on these two.
H100 = replace(
    A100_80GB, name="H100 SXM", peak_flops=989e12, memory_bandwidth=3.35e12, intra_node_bandwidth=450e9,
    inter_node_bandwidth=50e9, watts=700,
)  # fmt: skip
H200 = replace(H100, name="H200 SXM", memory_bytes=141e9, memory_bandwidth=4.8e12)
