"""Tests of minillama.parallel.data_traffic and weight_shapes. Measured bytes are compared in test_recorder."""

from dataclasses import replace
from math import prod

import pytest

from minillama.config import ModelConfig
from minillama.model import Llama
from minillama.parallel.data_traffic import BUCKET_BYTES, data_traffic, n_buckets
from minillama.parallel.layout import ElementSizes, Layout, weight_share
from minillama.parallel.pipeline import Stage
from minillama.parallel.weight_shapes import padded, stage_shapes

SMALL = ModelConfig(
    vocab_size=98, dim=25, n_layers=5, n_heads=8, n_kv_heads=4, head_dim=6, hidden_dim=42, max_seq_len=64
)  # fmt: skip
SIZES = ElementSizes(weight=2, gradient=3, activation=5)
# With 4 processes rows of 25, 42 and 98 become 28, 44 and 100; 48 and 24 stay.
BLOCK = 28 + (48 + 24 + 24) * 25 + 28 * 48 + 28 + 2 * 44 * 25 + 28 * 42
ENDS = 2 * 100 * 25 + 28
N_BLOCKS = 5


def exact(layout: Layout, stage: int = 0) -> dict:
    """kind -> (calls, bytes); entries of a kind added up."""
    found: dict[str, tuple[int, int]] = {}
    for one in data_traffic(SMALL, layout, SIZES, stage, exact=True):
        n_calls, n_bytes = found.get(one.kind, (0, 0))
        found[one.kind] = (n_calls + one.n_calls, n_bytes + one.n_bytes)
    return found


@pytest.mark.parametrize("tied", [False, True])
def test_shapes_are_those_of_the_model_in_its_order(tied: bool) -> None:
    config = replace(SMALL, tie_embeddings=tied)
    whole = stage_shapes(config, Layout())
    assert [tuple(weight.shape) for weight in Llama(config).parameters()] == list(whole.in_order)
    assert tuple(tuple(weight.shape) for weight in Llama(config).layers[0].parameters()) == whole.block


def test_shapes_are_those_of_the_stages_in_their_order() -> None:
    model = Llama(SMALL)
    for stage in range(3):
        shapes = stage_shapes(SMALL, Layout(pipeline=3), stage)
        assert [tuple(weight.shape) for weight in Stage(model, 3, stage).parameters()] == list(shapes.in_order)
        assert shapes.n_groups == shapes.n_blocks + (stage != 1)


def test_shapes_hold_as_many_elements_as_the_share() -> None:
    for layout in (Layout(), Layout(tensor=2), Layout(pipeline=2, tensor=2)):
        for stage in range(layout.pipeline):
            n_elements = sum(prod(shape) for shape in stage_shapes(SMALL, layout, stage).in_order)
            assert n_elements == weight_share(SMALL, layout, stage).total


def test_padding_by_hand() -> None:
    assert padded([(5, 10), (3,), (4, 7)], 4) == 8 * 10 + 4 + 4 * 7
    assert padded([(5, 10), (3,)], 1) == 53


def test_buckets_by_hand() -> None:
    assert n_buckets([], 10) == 0
    assert n_buckets([9], 10) == n_buckets([10], 10) == n_buckets([99], 10) == 1
    assert n_buckets([4, 5, 1, 1], 10) == 2
    assert n_buckets([4, 5, 1, 1], 10, first_bytes=4) == 2  # 4, then 7
    assert n_buckets([4, 5, 5, 1], 10, first_bytes=4) == 3


def test_one_process_is_silent() -> None:
    assert data_traffic(SMALL, Layout(zero=3), SIZES, exact=True) == []


def test_each_stage_by_hand() -> None:
    n_elements, n_tensors = sum(weight.numel() for weight in Llama(SMALL).parameters()), 9 * N_BLOCKS + 3
    whole = N_BLOCKS * BLOCK + ENDS
    blocks, ends = 2 * N_BLOCKS * BLOCK, 4 * ENDS  # bytes: ends travel in float32
    scatter = (6, 3 * whole)
    assert exact(Layout(data=4)) == {"all_reduce": (1, 3 * n_elements)}
    assert exact(Layout(data=4, zero=1)) == {
        "reduce_scatter": (n_tensors, 3 * whole),
        "all_gather": (n_tensors, 2 * whole),
    }
    for m in (1, 3):
        layout = Layout(data=4, zero=2, n_microbatches=m)
        assert exact(layout) == {"all_gather": (6, blocks + ends), "reduce_scatter": scatter}
        assert exact(replace(layout, zero=3)) == {
            "all_gather": (11 * m, m * (2 * blocks + ends)),
            "reduce_scatter": scatter,
        }


def test_a_pipeline_keeps_what_it_gathered() -> None:
    layout = Layout(data=4, pipeline=2, zero=3, n_microbatches=3)  # 2 blocks and the embedding, 3 and the head
    gathers = [exact(layout, stage)["all_gather"] for stage in range(2)]
    assert gathers[0] == (4 * 2 + 1, 4 * 2 * BLOCK * 2 + 4 * 100 * 25)
    assert gathers[1] == (4 * 3 + 1, 4 * 3 * BLOCK * 2 + 4 * (100 * 25 + 28))
    assert exact(replace(layout, zero=2))["all_gather"] == (3, 2 * BLOCK * 2 + 4 * 100 * 25)


def test_large_models_send_full_buckets() -> None:
    config = replace(SMALL, dim=2**9, hidden_dim=2**14)  # a matrix of 24 MiB at 3 bytes
    (found,) = data_traffic(config, Layout(data=2), SIZES, exact=True)
    assert BUCKET_BYTES > 3 * 2**23
    assert found.n_calls == 8  # 15 such matrices, two to a bucket


def test_without_padding_both_counts_agree() -> None:
    even = replace(SMALL, vocab_size=96, dim=24, hidden_dim=40)
    sizes = replace(SIZES, weight=4)
    for zero in (2, 3):
        layout = Layout(data=4, zero=zero)
        needed, found = (sorted_sums(data_traffic(even, layout, sizes, exact=flag)) for flag in (False, True))
        assert needed == found


def sorted_sums(traffic: list) -> dict[str, int]:
    """Bytes by kind."""
    return {kind: sum(one.n_bytes for one in traffic if one.kind == kind) for kind in {one.kind for one in traffic}}
