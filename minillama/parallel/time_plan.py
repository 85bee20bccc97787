"""How long one training step takes, by part.

Four kinds of work: matrix products, limited by arithmetic; everything between them, limited by the memory's speed;
collectives, limited by links; and waiting for other stages. All but the two shares in ``Hardware`` follows from data
sheets and shapes.

Shape letters: C dim, H query heads, K key-value heads, D head_dim, F hidden_dim, V vocabulary.

Source: Narayanan et al., 2021, arXiv:2104.04473, sections 2 and 3.
"""

from ..config import ModelConfig
from .hardware import Hardware
from .layout import Layout, weight_share
from .memory_plan import Workload, sequences_per_replica
from .traffic import Traffic, predicted_traffic

ATTENTION_PASSES = 3.5  # fused attention: 2 products forward; 5 backward, as it computes the scores again


def flops_of_stage(config: ModelConfig, layout: Layout, workload: Workload, stage: int) -> float:
    """Return the operations that one process of a pipeline stage does for one token of its replica.

    Forward once and backward twice, "full" recomputation forward once more. A causal kernel skips the masked half of
    the scores, so a token looks at half of the sequence. This is the work done; MFU counts the whole square.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        workload: length of the sequences and recomputation.
        stage: place in the pipeline.

    Returns:
        FLOPs per token.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> round(flops_of_stage(LLAMA_7B, Layout(), Workload(), stage=0) / 1e9, 2)
        41.52
    """
    heads = (config.n_heads + config.n_kv_heads) * config.head_dim
    matrices = 2 * (2 * config.dim * heads + 3 * config.dim * config.hidden_dim)
    attention = 4 * config.n_heads * config.head_dim * workload.seq_len / 2
    again = workload.recompute == "full"
    block = (3 + again) * matrices + (ATTENTION_PASSES + again) * attention
    head = 3 * 2 * config.dim * config.vocab_size if stage == layout.pipeline - 1 else 0
    return (weight_share(config, layout, stage).n_blocks * block + head) / layout.tensor


def memory_traffic_of_stage(config: ModelConfig, layout: Layout, workload: Workload, stage: int) -> float:
    """Return the elements that a process moves to and from memory for one token, outside of matrix products.

    Forward, reads and writes: two norms 4 C, two additions to the stream 6 C, rotation 2 (H + K) D, SiLU and product
    3 F. Backward moves twice as much. "selective" repeats norms, SiLU and product, "full" everything. The loss passes
    four times over the logits. Parts of the stream are split only with sequence parallelism.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        workload: recomputation.
        stage: place in the pipeline.

    Returns:
        Elements per token.

    Example:
        >>> from minillama.config import LLAMA_65B
        >>> one_block = Layout(pipeline=80)
        >>> memory_traffic_of_stage(LLAMA_65B, one_block, Workload(), stage=0) / LLAMA_65B.dim
        66.1875
    """
    stream = config.dim / (layout.tensor if layout.sequence_parallel else 1)
    rotation = 2 * (config.n_heads + config.n_kv_heads) * config.head_dim / layout.tensor
    gate = 3 * config.hidden_dim / layout.tensor
    forward = 10 * stream + rotation + gate
    again = {"none": 0.0, "selective": 4 * stream + gate, "full": forward}[workload.recompute]
    loss = 4 * config.vocab_size / layout.tensor if stage == layout.pipeline - 1 else 0
    return weight_share(config, layout, stage).n_blocks * (3 * forward + again) + loss


def traffic_seconds(traffic: Traffic, layout: Layout, hardware: Hardware) -> float:
    """Return how long one process needs for its collectives of one kind, if nothing runs beside them.

    Args:
        traffic: what it sends.
        layout: says how far apart the members of a group are.
        hardware: has the links.

    Returns:
        Seconds.

    Example:
        >>> from minillama.parallel.hardware import A100_80GB
        >>> sums = Traffic("tensor", "all_reduce", n_calls=1, n_bytes=300_000_000, n_ranks=2)
        >>> round(traffic_seconds(sums, Layout(tensor=2), A100_80GB), 6)  # 1 ms, and two steps of the ring
        0.001004
    """
    stride = {"tensor": 1, "pipeline": layout.tensor, "data": layout.tensor * layout.pipeline}[traffic.axis]
    if traffic.kind != "send":
        return hardware.ring_seconds(traffic.wire_bytes, traffic.n_steps, traffic.n_ranks, stride)
    # The slowest boundary sets the pace: between nodes, unless the whole pipeline stands in one.
    if stride * layout.pipeline <= hardware.gpus_per_node:
        bandwidth, latency = hardware.intra_node_bandwidth, hardware.intra_node_latency
    else:
        bandwidth, latency = hardware.inter_node_bandwidth, hardware.inter_node_latency
    return traffic.wire_bytes / bandwidth + traffic.n_steps * latency


def seconds_of_stage(
    config: ModelConfig, hardware: Hardware, layout: Layout, workload: Workload, stage: int
) -> dict[str, float]:
    """Predict the time of one step on one pipeline stage.

    The tensor axis stops the computation at each collective, so all of its time counts. Of the data axis's, the share
    ``hardware.overlap`` runs behind matrix products, as far as these last.

    Args:
        config: sizes of the model.
        hardware: what the machine can do.
        layout: how the processes divide the model.
        workload: what they read.
        stage: place in the pipeline.

    Returns:
        Seconds by part: "matrix products", "other layers", "tensor axis", "pipeline sends", "bubble", "data axis" as
        far as it is not hidden, and "optimizer".

    Raises:
        ValueError: if the layout does not fit the model or the workload.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> from minillama.parallel.hardware import A100_80GB
        >>> seconds = seconds_of_stage(LLAMA_7B, A100_80GB, Layout(data=64, zero=1), Workload(), stage=0)
        >>> max(seconds, key=seconds.get)
        'matrix products'
    """
    batch_size = sequences_per_replica(layout, workload)
    n_tokens = batch_size * workload.seq_len
    products = flops_of_stage(config, layout, workload, stage) * n_tokens
    products /= hardware.peak_flops * hardware.matmul_efficiency
    others = memory_traffic_of_stage(config, layout, workload, stage) * n_tokens * workload.sizes.activation
    seconds = {"tensor": 0.0, "pipeline": 0.0, "data": 0.0}
    for traffic in predicted_traffic(
        config, layout, batch_size, workload.seq_len, sizes=workload.sizes, recompute=workload.recompute, stage=stage
    ):
        seconds[traffic.axis] += traffic_seconds(traffic, layout, hardware)
    parts = {
        "matrix products": products,
        "other layers": others / hardware.memory_bandwidth,
        "tensor axis": seconds["tensor"],
        "pipeline sends": seconds["pipeline"],
    }
    parts["bubble"] = sum(parts.values()) * (layout.pipeline - 1) / layout.n_microbatches
    parts["data axis"] = seconds["data"] - min(hardware.overlap * seconds["data"], products)
    parts["optimizer"] = _optimizer_bytes(config, layout, workload, stage) / hardware.memory_bandwidth
    return parts


def _optimizer_bytes(config: ModelConfig, layout: Layout, workload: Workload, stage: int) -> float:
    """Bytes moved by one update: the state is read and written, the gradient read, the weight written."""
    share = weight_share(config, layout, stage).total / (layout.data if layout.zero >= 1 else 1)
    sizes = workload.sizes
    return share * (2 * sizes.optimizer + sizes.gradient + sizes.weight)
