"""Tests of minillama.parallel.planner and the two plans it joins: memory and time."""

import re
from dataclasses import replace

import pytest
import torch

from minillama.budget import forward_flops
from minillama.config import LLAMA_7B, LLAMA_65B, SMOLLM2_135M, ModelConfig
from minillama.model import Llama
from minillama.parallel.hardware import A100_80GB, Hardware
from minillama.parallel.layout import FLOAT32, Layout, weight_share
from minillama.parallel.memory_plan import Workload, busiest_stages, kept_elements, memory_of_stage
from minillama.parallel.planner import LLAMA_1_RUNS, make_plan, search_layouts
from minillama.parallel.time_plan import flops_of_stage, memory_traffic_of_stage, seconds_of_stage, traffic_seconds
from minillama.parallel.traffic import RECOMPUTE, Traffic
from minillama.recompute import recompute_activations, saved_bytes

# Table 15 of the LLaMA paper: GPU-hours; tokens per second per GPU and days on 2,048 GPUs follow from them.
PUBLISHED = {
    "LLaMA-7B": (82_432, 3369.8, 1.68),
    "LLaMA-13B": (135_168, 2055.1, 2.75),
    "LLaMA-33B": (530_432, 733.2, 10.79),
    "LLaMA-65B": (1_022_362, 380.4, 20.80),
}
# No latency, so that laws are exact; nothing hidden.
TOY = Hardware(
    name="toy", peak_flops=1e12, memory_bytes=40e9, memory_bandwidth=1e12, intra_node_bandwidth=10e9,
    inter_node_bandwidth=1e9, gpus_per_node=8, watts=250,
)  # fmt: skip
WORK = Workload(tokens_per_step=2**18, n_tokens=10**10)  # 128 sequences
LIGHT = Layout(data=2, zero=1)


@pytest.mark.parametrize("name", PUBLISHED)
def test_table_15_of_the_paper_within_15_percent(name: str) -> None:
    plan = make_plan(LLAMA_1_RUNS[name][0], A100_80GB, *LLAMA_1_RUNS[name][1:])
    gpu_hours, tokens_per_second, days = PUBLISHED[name]
    assert plan.layout.n_processes == 2048
    assert plan.memory_bytes < 0.9 * A100_80GB.memory_bytes
    assert plan.tokens_per_second == pytest.approx(tokens_per_second, rel=0.15)
    assert plan.gpu_hours == pytest.approx(gpu_hours, rel=0.15)
    assert plan.days == pytest.approx(days, rel=0.15)
    assert 1.1 * plan.megawatt_hours == pytest.approx(gpu_hours * 400 * 1.1 / 1e6, rel=0.15)


def test_65b_takes_about_21_days_and_7b_uses_the_gpus_least() -> None:
    plans = {name: make_plan(config, A100_80GB, *run) for name, (config, *run) in LLAMA_1_RUNS.items()}
    assert plans["LLaMA-65B"].days == pytest.approx(21, abs=1)
    assert min(plans, key=lambda name: plans[name].mfu) == "LLaMA-7B"  # as published


def test_utilization_by_the_papers_own_numbers() -> None:
    plan = make_plan(LLAMA_65B, A100_80GB, *LLAMA_1_RUNS["LLaMA-65B"][1:])
    as_published = replace(plan, seconds={"all": 2**22 / 2048 / 380.4})
    assert as_published.mfu == pytest.approx(0.497, abs=0.0005)
    assert as_published.mfu_without_attention == pytest.approx(0.478, abs=0.0005)
    assert as_published.days == pytest.approx(20.80, abs=0.005)


def test_zero_stages_divide_one_part_after_the_other() -> None:
    count = weight_share(LLAMA_7B, Layout()).total
    for zero in range(4):
        memory = memory_of_stage(LLAMA_7B, Layout(data=16, zero=zero), WORK, stage=0)
        divided = [16 if zero >= stage else 1 for stage in (3, 2, 1)]
        parts = [memory[part] for part in ("weights", "gradients", "optimizer")]
        assert parts == [count * size / d for size, d in zip((2, 2, 12), divided, strict=True)]
        assert (memory["borrowed"] > 0) == (zero >= 2)
    assert sum(parts) == count


def test_memory_of_zero_3_falls_as_one_over_n() -> None:
    def state(data: int) -> float:
        memory = memory_of_stage(LLAMA_7B, Layout(data=data, zero=3), WORK, stage=0)
        return memory["weights"] + memory["gradients"] + memory["optimizer"]

    assert state(4) == 2 * state(8) == 8 * state(32)


def test_activations_by_hand() -> None:
    config = ModelConfig(
        vocab_size=100, dim=24, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=40, max_seq_len=64
    )  # fmt: skip
    assert [kept_elements(config, Layout(), kind) for kind in RECOMPUTE] == [96 + 144 + 160, 48 + 144 + 80, 24]
    tensor = Layout(tensor=4)
    assert [kept_elements(config, tensor, kind) for kind in RECOMPUTE] == [96 + 36 + 40, 48 + 36 + 20, 24]
    split = replace(tensor, sequence_parallel=True)
    assert [kept_elements(config, split, kind) for kind in RECOMPUTE] == [12 + 48 + 36 + 40, 12 + 36 + 20, 6]
    work = Workload(tokens_per_step=60, seq_len=10, recompute="full", sizes=FLOAT32)
    memory = memory_of_stage(config, Layout(n_microbatches=2), work, stage=0)
    assert memory["activations"] == 30 * (5 * 24 + 400 - 24) * 4  # the inputs, and one block at work
    assert memory["logits"] == 30 * 100 * 8


def test_activations_against_those_that_torch_keeps() -> None:
    """Exactly the inputs with full recomputation; without it eager torch keeps a third more than fused kernels."""
    config = ModelConfig(
        vocab_size=97, dim=96, n_layers=2, n_heads=6, n_kv_heads=2, head_dim=16, hidden_dim=256, max_seq_len=32
    )  # fmt: skip
    tokens = torch.zeros(2, 32, dtype=torch.int64)

    def bytes_of_a_block(recompute: bool) -> float:
        models = [Llama(replace(config, n_layers=n)) for n in (2, 5)]
        if recompute:
            for model in models:
                recompute_activations(model)
        few, many = (saved_bytes(lambda model=model: model(tokens)) for model in models)
        return (many - few) / 3 / tokens.numel()

    assert bytes_of_a_block(recompute=True) == 4 * kept_elements(config, Layout(), "full")
    kept = 4 * kept_elements(config, Layout(), "none")
    assert kept < bytes_of_a_block(recompute=False) < 1.5 * kept


def test_micro_batches_under_way() -> None:
    """The first stage of four holds four micro-batches, the last one; and never more than there are."""

    def activations(stage: int, m: int) -> float:
        return memory_of_stage(LLAMA_7B, Layout(pipeline=4, n_microbatches=m), WORK, stage)["activations"]

    assert activations(0, 16) == 4 * activations(3, 16) == 2 * activations(2, 16)
    assert activations(0, 2) == 2 * activations(3, 2)
    assert busiest_stages(replace(LLAMA_7B, n_layers=7), Layout(pipeline=4)) == [0, 1, 3]


def test_operations_of_one_process_are_three_forward_passes() -> None:
    work = replace(WORK, seq_len=256)
    dense, attention = 3 * forward_flops(LLAMA_7B), forward_flops(LLAMA_7B, 128) - forward_flops(LLAMA_7B)
    assert flops_of_stage(LLAMA_7B, Layout(), work, stage=0) == dense + 3.5 * attention
    again = flops_of_stage(LLAMA_7B, Layout(), replace(work, recompute="full"), stage=0)
    head = 2 * LLAMA_7B.dim * LLAMA_7B.vocab_size
    assert again == dense + 3.5 * attention + forward_flops(LLAMA_7B) - head + attention
    assert flops_of_stage(LLAMA_7B, Layout(tensor=4), work, stage=0) == (dense + 3.5 * attention) / 4
    stages = [flops_of_stage(LLAMA_7B, Layout(pipeline=5), work, stage) for stage in range(5)]
    assert sum(stages) == dense + 3.5 * attention


def test_layers_between_products_move_what_recomputation_repeats() -> None:
    moved = [memory_traffic_of_stage(LLAMA_7B, Layout(), replace(WORK, recompute=r), 0) for r in RECOMPUTE]
    logits = 4 * LLAMA_7B.vocab_size
    assert moved[2] - logits == (moved[0] - logits) / 3 * 4
    assert moved[1] - moved[0] == 32 * (4 * 4096 + 3 * 11008)


def test_bubble_by_hand() -> None:
    for p, m in ((1, 4), (4, 4), (4, 16)):
        seconds = seconds_of_stage(LLAMA_7B, TOY, Layout(pipeline=p, n_microbatches=m), WORK, stage=p - 1)
        busy = sum(seconds[part] for part in ("matrix products", "other layers", "tensor axis", "pipeline sends"))
        assert seconds["bubble"] == pytest.approx(busy * (p - 1) / m)


@pytest.mark.parametrize(("n_stages", "m"), [(3, 4), (5, 2), (5, 8), (7, 1)])
def test_the_busiest_stage_makes_the_plan(n_stages: int, m: int) -> None:
    layout, stages = Layout(pipeline=n_stages, n_microbatches=m), range(n_stages)
    plan = make_plan(LLAMA_7B, TOY, layout, WORK)
    memory = [sum(memory_of_stage(LLAMA_7B, layout, WORK, stage).values()) for stage in stages]
    seconds = [sum(seconds_of_stage(LLAMA_7B, TOY, layout, WORK, stage).values()) for stage in stages]
    assert (plan.memory_bytes, plan.step_seconds) == (max(memory), max(seconds))
    assert min(memory) < max(memory) and min(seconds) < max(seconds)


def test_an_update_reads_and_writes_the_state() -> None:
    seconds = seconds_of_stage(LLAMA_7B, TOY, LIGHT, WORK, 0)["optimizer"]
    assert seconds == 6_738_415_616 / 2 * (12 + 12 + 2 + 2) / 1e12


def test_sends_cross_nodes_only_in_a_large_pipeline() -> None:
    message = Traffic("pipeline", "send", n_calls=1, n_bytes=10**9, n_ranks=2)
    assert traffic_seconds(message, Layout(pipeline=4, tensor=2), TOY) == 0.1
    assert traffic_seconds(message, Layout(pipeline=8, tensor=2), TOY) == 1.0


def test_communication_hides_behind_products_and_no_further() -> None:
    seen = seconds_of_stage(LLAMA_7B, TOY, LIGHT, WORK, 0)
    half = seconds_of_stage(LLAMA_7B, replace(TOY, overlap=0.5), LIGHT, WORK, 0)
    assert half["data axis"] == pytest.approx(seen["data axis"] / 2)
    slow = replace(TOY, overlap=1.0, intra_node_bandwidth=1e6)
    rest = seconds_of_stage(LLAMA_7B, slow, LIGHT, WORK, 0)
    assert rest["data axis"] == pytest.approx(4 * 6_738_415_616 / 2 / 1e6 - rest["matrix products"])


def test_efficiency_stretches_products_alone() -> None:
    full, third = (seconds_of_stage(LLAMA_7B, replace(TOY, matmul_efficiency=e), LIGHT, WORK, 0) for e in (1, 1 / 3))
    assert third == {**full, "matrix products": pytest.approx(3 * full["matrix products"])}


def test_twice_the_gpus_take_half_the_time_but_for_communication() -> None:
    few, many = (make_plan(LLAMA_7B, TOY, Layout(data=data), WORK) for data in (4, 8))
    for part in ("matrix products", "other layers"):
        assert few.seconds[part] == 2 * many.seconds[part]
    assert few.seconds["data axis"] / many.seconds["data axis"] == pytest.approx((3 / 4) / (7 / 8))
    assert many.tokens_per_second < few.tokens_per_second
    assert many.days < few.days < 2 * many.days
    assert few.gpu_hours == pytest.approx(few.days * 24 * 4)
    assert few.megawatt_hours == few.gpu_hours * 250 / 1e6


def test_search_finds_the_plans_that_fit() -> None:
    plans = search_layouts(LLAMA_7B, TOY, 8, WORK)
    assert [plan.step_seconds for plan in plans] == sorted(plan.step_seconds for plan in plans)
    assert all(plan.memory_bytes <= 0.9 * 40e9 and plan.layout.n_processes == 8 for plan in plans)
    assert len({(plan.layout, plan.workload.recompute) for plan in plans}) == len(plans)
    only = search_layouts(LLAMA_7B, TOY, 8, WORK, recompute=["full"])
    assert [plan for plan in plans if plan.workload.recompute == "full"] == only
    alone = search_layouts(SMOLLM2_135M, TOY, 1, replace(WORK, tokens_per_step=2**13))
    assert {plan.layout.zero for plan in alone} == {0}
    wide = search_layouts(LLAMA_7B, TOY, 16, WORK, recompute=["full"])
    assert max(plan.layout.tensor for plan in wide) == 8  # not 16: a node has 8
    tied = search_layouts(SMOLLM2_135M, TOY, 9, replace(WORK, tokens_per_step=9 * 2**13))
    assert {plan.layout.pipeline for plan in tied} == {1}


def test_search_says_when_nothing_fits() -> None:
    with pytest.raises(ValueError, match=r"the leanest, Layout\(data=1, .* needs 131.1 GB of 36.0 GB: use more"):
        search_layouts(LLAMA_65B, TOY, 8, WORK)
    with pytest.raises(ValueError, match="131 processes cannot share 128 sequences per step evenly: use a number"):
        search_layouts(LLAMA_7B, TOY, 131, WORK)
    with pytest.raises(ValueError, match="n_processes must be positive, got 0: count the GPUs"):
        search_layouts(LLAMA_7B, TOY, 0, WORK)
    with pytest.raises(ValueError, match="memory_share must be above 0 and at most 1, got 1.5"):
        search_layouts(LLAMA_7B, TOY, 8, WORK, memory_share=1.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_tokens": 0}, "n_tokens must be a positive integer, got 0: count tokens"),
        ({"tokens_per_step": 4e6}, "tokens_per_step must be a positive integer, got 4000000.0"),
        ({"seq_len": 1000}, "262144 tokens per step are not made of whole sequences of 1000: use a multiple of 1000"),
        ({"recompute": "some"}, "recompute must be one of none, selective, full, got 'some'"),
    ],
)
def test_impossible_workloads(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        replace(WORK, **change)


def test_sequences_that_cannot_be_dealt_out() -> None:
    message = "128 sequences per step cannot be dealt out to 6 replicas with 2 micro-batches each: make tokens_per_step"
    with pytest.raises(ValueError, match=message):
        make_plan(LLAMA_7B, TOY, Layout(data=6, n_microbatches=2), WORK)
