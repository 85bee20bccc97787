"""Plans a training run on paper: memory and time of every layout, before a GPU is rented.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.4 and Table 15, for the runs it is held against.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..budget import count_parameters
from ..config import LLAMA_7B, LLAMA_13B, LLAMA_33B, LLAMA_65B, ModelConfig
from .hardware import Hardware
from .layout import Layout, require_fits
from .memory_plan import Workload, busiest_stages, memory_of_stage, sequences_per_replica
from .time_plan import seconds_of_stage
from .traffic import RECOMPUTE


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one layout costs: made by ``make_plan``.

    Args:
        config: sizes of the model.
        hardware: machine.
        layout: how the processes divide the model.
        workload: what they read.
        memory: bytes by part, of the process that needs most.
        seconds: time of one step by part, of the slowest pipeline stage.
    """

    config: ModelConfig
    hardware: Hardware
    layout: Layout
    workload: Workload
    memory: dict[str, float]
    seconds: dict[str, float]

    @property
    def memory_bytes(self) -> float:
        """Memory of one GPU, all parts together."""
        return sum(self.memory.values())

    @property
    def step_seconds(self) -> float:
        """Time of one update."""
        return sum(self.seconds.values())

    @property
    def tokens_per_second(self) -> float:
        """Tokens per second of one GPU."""
        return self.workload.tokens_per_step / self.step_seconds / self.layout.n_processes

    @property
    def mfu(self) -> float:
        """Share of the peak that the model's own operations take: 6 N and 12 L H D T for each token.

        By convention attention counts as if no score were masked, and recomputation not at all.

        Source:
            Chowdhery et al., 2022, PaLM, arXiv:2204.02311, appendix B.
        """
        attention = 12 * self.config.n_layers * self.config.n_heads * self.config.head_dim * self.workload.seq_len
        return self._utilization(6 * count_parameters(self.config) + attention)

    @property
    def mfu_without_attention(self) -> float:
        """Share of the peak that 6 N operations for each token take."""
        return self._utilization(6 * count_parameters(self.config))

    @property
    def gpu_hours(self) -> float:
        """GPU-hours of the whole run."""
        return self.workload.n_tokens / self.tokens_per_second / 3600

    @property
    def days(self) -> float:
        """Days of the whole run."""
        return self.gpu_hours / self.layout.n_processes / 24

    @property
    def megawatt_hours(self) -> float:
        """Energy of the GPUs alone; the LLaMA paper multiplies by 1.1 for the rest of the data center."""
        return self.gpu_hours * self.hardware.watts / 1e6

    def _utilization(self, flops_per_token: float) -> float:
        """Share of the peak."""
        return flops_per_token * self.tokens_per_second / self.hardware.peak_flops


def make_plan(config: ModelConfig, hardware: Hardware, layout: Layout, workload: Workload) -> Plan:
    """Predict memory and time of one layout, whether or not it fits in memory.

    Args:
        config: sizes of the model.
        hardware: machine.
        layout: how the processes divide the model.
        workload: what they read.

    Returns:
        The plan.

    Raises:
        ValueError: if the layout does not fit the model or the workload.

    Example:
        >>> from minillama.parallel.hardware import A100_80GB
        >>> layout = Layout(data=256, tensor=8, zero=1, sequence_parallel=True)
        >>> plan = make_plan(LLAMA_65B, A100_80GB, layout, Workload(recompute="selective"))
        >>> round(plan.tokens_per_second), round(plan.days)
        (373, 21)
    """
    stages = busiest_stages(config, layout)
    memory = [memory_of_stage(config, layout, workload, stage) for stage in stages]
    seconds = [seconds_of_stage(config, hardware, layout, workload, stage) for stage in stages]
    return Plan(
        config=config,
        hardware=hardware,
        layout=layout,
        workload=workload,
        memory=max(memory, key=lambda parts: sum(parts.values())),
        seconds=max(seconds, key=lambda parts: sum(parts.values())),
    )


def search_layouts(
    config: ModelConfig,
    hardware: Hardware,
    n_processes: int,
    workload: Workload,
    *,
    recompute: Sequence[str] = RECOMPUTE,
    memory_share: float = 0.9,
) -> list[Plan]:
    """Try all layouts of a number of processes and return those that fit, the fastest first.

    Tensor groups stay within a node.

    Args:
        config: sizes of the model.
        hardware: machine.
        n_processes: number of GPUs.
        workload: what they read; its ``recompute`` is replaced.
        recompute: kinds of recomputation to try.
        memory_share: part of the memory that may be planned; the rest is for buffers and fragmentation.

    Returns:
        Plans by rising step time, among equals by rising memory.

    Raises:
        ValueError: if no layout fits, and the message names the one that comes closest; or an argument is out of
            range.

    Example:
        >>> from minillama.config import SMOLLM2_135M
        >>> from minillama.parallel.hardware import A100_80GB
        >>> plans = search_layouts(SMOLLM2_135M, A100_80GB, 8, Workload(tokens_per_step=2**20))
        >>> plans[0].layout.data
        8
    """
    if n_processes < 1:
        raise ValueError(f"n_processes must be positive, got {n_processes}: count the GPUs")
    if not 0 < memory_share <= 1:
        raise ValueError(f"memory_share must be above 0 and at most 1, got {memory_share}: 0.9 leaves a tenth free")
    plans = [
        make_plan(config, hardware, layout, replace(workload, recompute=kind))
        for layout in _layouts(config, hardware, n_processes, workload)
        for kind in recompute
    ]
    if not plans:
        raise ValueError(
            f"{n_processes} processes cannot share {workload.n_sequences} sequences per step evenly: "
            "use a number of processes that divides them, or a larger tokens_per_step"
        )
    available = memory_share * hardware.memory_bytes
    fitting = [plan for plan in plans if plan.memory_bytes <= available]
    if not fitting:
        least = min(plans, key=lambda plan: plan.memory_bytes)
        raise ValueError(
            f"no layout fits: the leanest, {least.layout} with recompute={least.workload.recompute!r}, needs "
            f"{least.memory_bytes / 1e9:.1f} GB of {available / 1e9:.1f} GB: use more processes, shorter sequences "
            "or GPUs with more memory"
        )
    return sorted(fitting, key=lambda plan: (plan.step_seconds, plan.memory_bytes))


def _layouts(config: ModelConfig, hardware: Hardware, n_processes: int, workload: Workload) -> Iterator[Layout]:
    """All layouts that divide model and sequences."""
    for tensor in _divisors(n_processes):
        if tensor > hardware.gpus_per_node:
            break
        for pipeline in _divisors(n_processes // tensor):
            data = n_processes // tensor // pipeline
            for n_microbatches in _divisors(workload.n_sequences // data):
                for zero in (0, 1, 2, 3) if data > 1 else (0,):
                    for sequence_parallel in (False, True) if tensor > 1 else (False,):
                        layout = Layout(
                            data=data, pipeline=pipeline, tensor=tensor, zero=zero,
                            sequence_parallel=sequence_parallel, n_microbatches=n_microbatches,
                        )  # fmt: skip
                        if _is_possible(config, layout, workload):
                            yield layout


def _is_possible(config: ModelConfig, layout: Layout, workload: Workload) -> bool:
    """Whether the layout divides the model, the sequences and, with sequence parallelism, the tokens."""
    try:
        require_fits(config, layout)
        sequences_per_replica(layout, workload)
    except ValueError:
        return False
    return not layout.sequence_parallel or workload.seq_len % layout.tensor == 0


def _divisors(n: int) -> list[int]:
    """Divisors of n, rising; none of 0."""
    return [k for k in range(1, n + 1) if n % k == 0]


def _paper_run(config: ModelConfig, tensor: int, n_tokens: int) -> tuple[ModelConfig, Layout, Workload]:
    """A run of the LLaMA paper, as far as it is published; see ``LLAMA_1_RUNS``."""
    layout = Layout(data=2048 // tensor, tensor=tensor, zero=1, sequence_parallel=tensor > 1)
    return config, layout, Workload(n_tokens=n_tokens, recompute="selective")


# The paper says: 2,048 GPUs (for 65B), model and sequence parallelism, outputs of linear layers kept, 4M tokens a step.
# ASSUMED, as it publishes no layouts: 2,048 GPUs for all four; a tensor group as large as the number of files the
# checkpoint was released in; no pipeline; the optimizer's state split over the data axis (ZeRO 1).
LLAMA_1_RUNS = {
    "LLaMA-7B": _paper_run(LLAMA_7B, 1, 10**12),
    "LLaMA-13B": _paper_run(LLAMA_13B, 2, 10**12),
    "LLaMA-33B": _paper_run(LLAMA_33B, 4, 14 * 10**11),
    "LLaMA-65B": _paper_run(LLAMA_65B, 8, 14 * 10**11),
}
