"""How much memory one process of a training run needs, by part.

Shape letters: C dim, H query heads, K key-value heads, D head_dim, F hidden_dim, V vocabulary.

Source: Rajbhandari et al., 2020, arXiv:1910.02054, section 3, for weights, gradients and optimizer; Korthikanti et
al., 2022, arXiv:2205.05198, section 4, for the way to count activations.
"""

from dataclasses import dataclass

from ..config import ModelConfig
from .layout import BFLOAT16, ElementSizes, Layout, require_fits, weight_share
from .traffic import RECOMPUTE

LOGIT_BYTES = 4  # a float32 copy of the logits, from which the loss is computed


@dataclass(frozen=True, kw_only=True)
class Workload:
    """What a run has to do, however it is laid out.

    Args:
        tokens_per_step: tokens of all replicas in one update.
        seq_len: tokens of a sequence.
        n_tokens: tokens of the whole run.
        recompute: what the backward pass computes again: "none" keeps every activation; "selective" keeps what
            matrix products and attention gave; "full" keeps the input of each block.
        sizes: bytes of one number.

    Raises:
        ValueError: if a number is not positive, a step is not made of whole sequences, or ``recompute`` is unknown.

    Example:
        >>> Workload(n_tokens=10**12).n_sequences
        2048

    Source:
        Touvron et al., 2023, arXiv:2302.13971, Table 2, for the defaults; "4M" is read as 2^22.
    """

    tokens_per_step: int = 2**22
    seq_len: int = 2048
    n_tokens: int = 1_400_000_000_000
    recompute: str = "none"
    sizes: ElementSizes = BFLOAT16

    def __post_init__(self) -> None:
        for name in ("tokens_per_step", "seq_len", "n_tokens"):
            size = getattr(self, name)
            if not isinstance(size, int) or isinstance(size, bool) or size < 1:
                raise ValueError(f"{name} must be a positive integer, got {size!r}: count tokens")
        if self.tokens_per_step % self.seq_len:
            raise ValueError(
                f"{self.tokens_per_step} tokens per step are not made of whole sequences of {self.seq_len}: "
                f"use a multiple of {self.seq_len}"
            )
        if self.recompute not in RECOMPUTE:
            raise ValueError(f"recompute must be one of {', '.join(RECOMPUTE)}, got {self.recompute!r}")

    @property
    def n_sequences(self) -> int:
        """Sequences of one update, over all replicas."""
        return self.tokens_per_step // self.seq_len


def sequences_per_replica(layout: Layout, workload: Workload) -> int:
    """Return how many sequences each replica reads in one step.

    Args:
        layout: has the number of replicas and of micro-batches.
        workload: has the number of sequences.

    Raises:
        ValueError: if the sequences cannot be dealt out evenly.

    Example:
        >>> sequences_per_replica(Layout(data=256, tensor=8), Workload())
        8
    """
    pieces = layout.data * layout.n_microbatches
    if workload.n_sequences % pieces:
        raise ValueError(
            f"{workload.n_sequences} sequences per step cannot be dealt out to {layout.data} replicas with "
            f"{layout.n_microbatches} micro-batches each: make tokens_per_step a multiple of "
            f"{pieces * workload.seq_len}, or use fewer"
        )
    return workload.n_sequences // layout.data


def kept_elements(config: ModelConfig, layout: Layout, recompute: str) -> float:
    """Count what one process keeps of one token in one block, from the forward to the backward pass.

    Korthikanti et al. count 34 C bytes for a GPT block of 2-byte numbers, plus 5 H T for the scores. A LLaMA block
    has no biases and no dropout, and fused attention keeps no scores. What remains:

    - the input of the two norms, 2 C: the residual stream. Split by the tensor axis with sequence parallelism;
    - the output of the two norms, 2 C: input of the projections, whole on each process. Not kept if "selective";
    - queries, keys and values after rotation, (H + 2 K) D, and what attention gathered, H D;
    - the gate before its SiLU and the values it multiplies, 2 F; the SiLU and the product again 2 F. The second
      pair is not kept if "selective".

    The last two kinds are split by the tensor axis. With H D = K D = C and F = 8/3 C all four make 37.3 C bytes at 2
    bytes each, "selective" 22.7 C, "full" 2 C. The statistics of norms and attention are neglected, and norms and
    gate taken as single kernels: ``recompute.saved_bytes`` finds 1.3 to 1.5 times as much on this package's model,
    whose eager norms and gate keep their steps.

    Args:
        config: sizes of the model.
        layout: how a block is divided.
        recompute: "none", "selective" or "full".

    Returns:
        Elements, not bytes.

    Example:
        >>> from minillama.config import LLAMA_65B
        >>> [kept_elements(LLAMA_65B, Layout(), recompute) / LLAMA_65B.dim for recompute in RECOMPUTE]
        [18.75, 11.375, 1.0]

    Source:
        Korthikanti et al., 2022, arXiv:2205.05198, sections 4.1, 4.2.2 and 5.
    """
    stream = config.dim / (layout.tensor if layout.sequence_parallel else 1)
    if recompute == "full":
        return stream
    attention = 2 * (config.n_heads + config.n_kv_heads) * config.head_dim
    if recompute == "selective":
        return 2 * stream + (attention + 2 * config.hidden_dim) / layout.tensor
    return 2 * stream + 2 * config.dim + (attention + 4 * config.hidden_dim) / layout.tensor


def memory_of_stage(config: ModelConfig, layout: Layout, workload: Workload, stage: int) -> dict[str, float]:
    """Predict the memory of a process of one pipeline stage, in bytes.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        workload: what it reads.
        stage: place in the pipeline.

    Returns:
        Bytes by part. "borrowed" is what ZeRO holds whole for the moment: at stage 3 two blocks (the one at work and
        the next) and the ends, and from stage 2 on the gradient of one group. "activations" are those of all
        micro-batches under way, by the schedule of one forward, one backward, and of one block computed again.

    Raises:
        ValueError: if the layout does not fit the model or the workload.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> memory = memory_of_stage(LLAMA_7B, Layout(data=64, zero=1), Workload(), stage=0)
        >>> {part: round(n_bytes / 1e9, 1) for part, n_bytes in memory.items() if part in ("weights", "optimizer")}
        {'weights': 13.5, 'optimizer': 1.3}
    """
    share, sizes = weight_share(config, layout, stage), workload.sizes
    tokens = sequences_per_replica(layout, workload) // layout.n_microbatches * workload.seq_len
    optimizer, gradients, weights = (share.total / (layout.data if layout.zero >= z else 1) for z in (1, 2, 3))
    borrowed = (2 * share.block + share.ends) * sizes.weight if layout.zero == 3 else 0
    if layout.zero >= 2:
        borrowed += max(share.block, share.ends) * sizes.gradient
    kept = kept_elements(config, layout, workload.recompute)
    again = kept_elements(config, layout, "none") - kept
    n_under_way = min(layout.n_microbatches, layout.pipeline - stage)
    is_last = stage == layout.pipeline - 1
    logits = tokens * config.vocab_size / layout.tensor * (sizes.activation + LOGIT_BYTES)
    return {
        "weights": weights * sizes.weight,
        "gradients": gradients * sizes.gradient,
        "optimizer": optimizer * sizes.optimizer,
        "borrowed": float(borrowed),
        "activations": tokens * (n_under_way * share.n_blocks * kept + again) * sizes.activation,
        "logits": logits if is_last else 0.0,
    }


def busiest_stages(config: ModelConfig, layout: Layout) -> list[int]:
    """Return the pipeline stages among which the one with most to do must be.

    The first has the embedding and most micro-batches under way, the last has the head; between them the first one
    with an additional block stands for the others.

    Args:
        config: sizes of the model.
        layout: how it is divided.

    Returns:
        One to three stages, rising.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> busiest_stages(LLAMA_7B, Layout(pipeline=5))
        [0, 2, 4]
    """
    require_fits(config, layout)
    n_blocks = [weight_share(config, layout, stage).n_blocks for stage in range(layout.pipeline)]
    return sorted({0, n_blocks.index(max(n_blocks)), layout.pipeline - 1})
