"""Tests of minillama.parallel.traffic: factors, sums and scaling. Measured bytes are compared elsewhere."""

import re
from dataclasses import replace

import pytest

from minillama.config import SMOLLM2_135M, ModelConfig
from minillama.parallel.layout import FLOAT32, ElementSizes, Layout, weight_share
from minillama.parallel.traffic import Traffic, merge, predicted_traffic

SMALL = ModelConfig(
    vocab_size=100, dim=24, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=40, max_seq_len=64
)  # fmt: skip
N_BLOCKS, BLOCK, ENDS = 5, 6384, 4824  # elements, worked out in test_layout
TOTAL = N_BLOCKS * BLOCK + ENDS
SIZES = ElementSizes(weight=2, gradient=3, activation=5)  # distinct, so that none stands in for another
B, T = 6, 16
STREAM = B * T * 24 * 5


def traffic(layout: Layout, recompute: str = "none", stage: int = 0, batch_size: int = B) -> dict:
    """(axis, kind) -> (calls, bytes)."""
    found = predicted_traffic(SMALL, layout, batch_size, T, sizes=SIZES, recompute=recompute, stage=stage)
    return {(one.axis, one.kind): (one.n_calls, one.n_bytes) for one in found}


@pytest.mark.parametrize(
    ("kind", "wire_bytes", "n_steps"),
    [
        ("all_reduce", 1500, 18), ("all_gather", 750, 9), ("reduce_scatter", 750, 9), ("broadcast", 750, 9),
        ("send", 1000, 3),
    ],  # fmt: skip
)
def test_factors_of_the_ring(kind: str, wire_bytes: float, n_steps: int) -> None:
    one = Traffic("data", kind, n_calls=3, n_bytes=1000, n_ranks=4)
    assert (one.wire_bytes, one.n_steps) == (wire_bytes, n_steps)


def test_all_reduce_is_reduce_scatter_and_all_gather() -> None:
    parts = [Traffic("data", kind, 1, 700, 7) for kind in ("reduce_scatter", "all_gather")]
    assert Traffic("data", "all_reduce", 1, 700, 7).wire_bytes == sum(part.wire_bytes for part in parts)


def test_one_process_is_silent() -> None:
    assert predicted_traffic(SMALL, Layout(zero=3, n_microbatches=2), B, T) == []


def test_data_axis_by_hand() -> None:
    once = {("data", "reduce_scatter"): (6, 3 * TOTAL), ("data", "all_gather"): (6, 2 * TOTAL)}
    assert traffic(Layout(data=7)) == {("data", "all_reduce"): (6, 3 * TOTAL)}
    assert traffic(Layout(data=7, zero=1)) == traffic(Layout(data=7, zero=2)) == once
    assert traffic(Layout(data=7, zero=3)) == {
        ("data", "all_gather"): (11, 2 * (2 * N_BLOCKS * BLOCK + ENDS)),
        ("data", "reduce_scatter"): (6, 3 * TOTAL),
    }


def test_zero_1_sends_what_plain_data_parallelism_sends_and_zero_3_more() -> None:
    def wire(zero: int) -> float:
        found = predicted_traffic(SMALL, Layout(data=4, zero=zero), B, T, sizes=FLOAT32)
        return sum(one.wire_bytes for one in found)

    assert wire(0) == wire(1) == wire(2) < wire(3) < 1.5 * wire(0)  # the paper's 1.5; the ends come once


@pytest.mark.parametrize(("zero", "gathers", "scatters"), [(0, 1, 1), (1, 1, 1), (2, 1, 3), (3, 3, 3)])
def test_what_micro_batches_repeat_on_the_data_axis(zero: int, gathers: int, scatters: int) -> None:
    one, three = (traffic(Layout(data=2, zero=zero, n_microbatches=m)) for m in (1, 3))
    for (axis, kind), (n_calls, n_bytes) in one.items():
        factor = gathers if kind == "all_gather" else scatters
        assert three[axis, kind] == (factor * n_calls, factor * n_bytes)


def test_data_axis_does_not_depend_on_the_batch() -> None:
    layout = Layout(data=3, zero=3)
    assert traffic(layout, batch_size=1) == traffic(layout, batch_size=6)


def test_tensor_axis_by_hand() -> None:
    loss = 3 * B * T * 4
    assert traffic(Layout(tensor=4)) == {("tensor", "all_reduce"): (20 + 2 + 2, 22 * STREAM + loss)}
    gains = 11 * 24 * 3
    assert traffic(Layout(tensor=4, sequence_parallel=True)) == {
        ("tensor", "all_gather"): (22, 22 * STREAM),
        ("tensor", "reduce_scatter"): (22, 22 * STREAM),
        ("tensor", "all_reduce"): (2 + 11, loss + gains),
    }


def test_sequence_parallelism_sends_as_much_as_sums_do() -> None:
    """A sum is a scattering and a gathering; what is left over are the gains and the loss."""
    plain, split = (predicted_traffic(SMALL, Layout(tensor=2, sequence_parallel=s), B, T) for s in (False, True))
    stream_bytes = [sum(one.wire_bytes for one in found if one.n_bytes > 5000) for found in (plain, split)]
    loss = 3 * B * T * 4
    assert stream_bytes[0] - loss == stream_bytes[1]


@pytest.mark.parametrize(("zero", "of_block", "of_end"), [(0, 3, 3), (2, 2, 4), (3, 2, 4)])
def test_fsdp_adds_gains_in_the_width_of_the_gathered_weights(zero: int, of_block: int, of_end: int) -> None:
    layout = Layout(data=2, tensor=2, zero=zero, sequence_parallel=True)
    loss = 3 * B * T * 4
    for exact, expected in ((False, 11 * 24 * 3), (True, (10 * of_block + of_end) * 24)):
        found = predicted_traffic(SMALL, layout, B, T, sizes=SIZES, exact=exact)
        assert [one.n_bytes for one in found if (one.axis, one.kind) == ("tensor", "all_reduce")] == [loss + expected]


@pytest.mark.parametrize(("chunk_tokens", "n_chunks"), [(0, 3), (32, 3), (31, 6), (7, 15)])
def test_each_chunk_of_the_loss_makes_two_calls(chunk_tokens: int, n_chunks: int) -> None:
    """Three micro-batches of 32 tokens."""
    layout = Layout(tensor=2, n_microbatches=3)
    (found,) = predicted_traffic(SMALL, layout, B, T, sizes=SIZES, chunk_tokens=chunk_tokens)
    assert (found.n_calls, found.n_bytes) == (3 * 22 + 2 * n_chunks, 22 * STREAM + 3 * B * T * 4)


def test_autocast_narrows_what_leaves_a_block_and_not_what_enters() -> None:
    def found(sequence_parallel: bool, recompute: str) -> dict:
        layout = Layout(tensor=2, sequence_parallel=sequence_parallel)
        parts = predicted_traffic(SMALL, layout, B, T, sizes=SIZES, recompute=recompute, stream_bytes=7)
        return {one.kind: one.n_bytes for one in parts}

    number, loss, gains = B * T * 24, 3 * B * T * 4, 11 * 24 * 3  # SIZES.activation is 5
    assert found(False, "none") == {"all_reduce": (10 * 5 + 12 * 7) * number + loss}
    assert found(False, "full") == {"all_reduce": (15 * 5 + 12 * 7) * number + loss}
    both = (10 * 5 + 12 * 7) * number
    assert found(True, "none") == {"all_gather": both, "reduce_scatter": both, "all_reduce": loss + gains}
    again = found(True, "full")
    assert again["all_gather"] - both == 10 * 7 * number
    assert again["reduce_scatter"] - both == 5 * 5 * number


@pytest.mark.parametrize(
    ("recompute", "gathers", "scatters", "sums"), [("none", 4, 4, 4), ("selective", 6, 4, 4), ("full", 6, 5, 5)]
)
def test_recomputation_repeats_collectives(recompute: str, gathers: int, scatters: int, sums: int) -> None:
    split = traffic(Layout(tensor=2, sequence_parallel=True), recompute)
    assert split["tensor", "all_gather"] == (5 * gathers + 2, (5 * gathers + 2) * STREAM)
    assert split["tensor", "reduce_scatter"] == (5 * scatters + 2, (5 * scatters + 2) * STREAM)
    assert traffic(Layout(tensor=2), recompute)["tensor", "all_reduce"][0] == 5 * sums + 2 + 2


def test_micro_batches_cut_messages_of_the_tensor_axis() -> None:
    one, three = (traffic(Layout(tensor=2, n_microbatches=m)) for m in (1, 3))
    calls, n_bytes = one["tensor", "all_reduce"]
    assert three == {("tensor", "all_reduce"): (3 * calls, n_bytes)}


def test_pipeline_by_hand() -> None:
    layout = Layout(pipeline=3, n_microbatches=2)
    sends = [traffic(layout, stage=stage)["pipeline", "send"] for stage in range(3)]
    assert sends == [(2, STREAM), (4, 2 * STREAM), (2, STREAM)]  # a neighbor on one side, on both, on one
    split = Layout(pipeline=3, tensor=4, sequence_parallel=True)
    assert traffic(split, stage=1)["pipeline", "send"] == (2, 2 * STREAM // 4)
    assert traffic(replace(split, sequence_parallel=False), stage=1)["pipeline", "send"] == (2, 2 * STREAM)


def test_stages_add_up_to_the_whole_model() -> None:
    """What one process sends for data and tensor, its three stages send together."""
    for zero in range(4):
        layout = Layout(data=2, tensor=2, zero=zero, sequence_parallel=True)
        whole = traffic(layout)
        cut = [traffic(replace(layout, pipeline=3), stage=stage) for stage in range(3)]
        for key, (_, n_bytes) in whole.items():
            assert sum(stage[key][1] for stage in cut if key in stage) == n_bytes


def test_tensor_groups_share_the_traffic_of_the_data_axis() -> None:
    found = traffic(Layout(data=2, tensor=4, zero=1))
    assert found["data", "all_gather"][1] == 2 * weight_share(SMALL, Layout(tensor=4)).total < 2 * TOTAL / 3.5


def test_a_tied_matrix_travels_once() -> None:
    (one,) = predicted_traffic(SMOLLM2_135M, Layout(data=2), batch_size=1, seq_len=9)
    assert (one.n_calls, one.n_bytes) == (31, 2 * 134_515_008)


def test_merge() -> None:
    parts = [Traffic("data", "send", 2, 5, 3), Traffic("data", "send", 1, 10, 2), Traffic("data", "send", 4, 7, 2)]
    assert merge(parts) == [Traffic("data", "send", 5, 17, 2), Traffic("data", "send", 2, 5, 3)]
    assert merge([Traffic("data", "send", 0, 0, 2)]) == []


@pytest.mark.parametrize(
    ("layout", "batch_size", "seq_len", "recompute", "message"),
    [
        (Layout(n_microbatches=4), 6, 16, "none", "6 sequences do not split into 4 equal micro-batches: choose"),
        (Layout(), 0, 16, "none", "0 sequences do not split into 1 equal micro-batches"),
        (Layout(tensor=4, sequence_parallel=True), 6, 18, "none", "18 tokens do not split into 4 equal parts: choose"),
        (Layout(), 6, 0, "none", "sequences of 0 tokens do not split"),
        (Layout(), 6, 16, "half", "recompute must be one of none, selective, full, got 'half'"),
    ],
)
def test_work_that_cannot_be_cut(layout: Layout, batch_size: int, seq_len: int, recompute: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        predicted_traffic(SMALL, layout, batch_size, seq_len, recompute=recompute)
