"""Ranks as threads: the collectives' results, what they record, and how mistakes end."""

import threading
import time

import pytest
import torch

from minillama.course.checking import Wrong
from minillama.course.threads import RanksDisagree, on_ranks, sum_of


def _left():
    return [thread for thread in threading.enumerate() if thread.name.startswith("Thread-") and thread.is_alive()]


def test_collectives_by_hand():
    def run(peers):
        x = torch.tensor([1.0, 10.0, 100.0]) * 2**peers.rank
        total = x.clone()
        peers.all_reduce(total)
        return total.tolist(), peers.all_gather(x[:1]).tolist(), peers.reduce_scatter(x).tolist(), peers.shift(x)[0]

    totals, gathered, scattered, shifted = zip(*on_ranks(3, run), strict=True)
    assert totals == ([7, 70, 700],) * 3
    assert gathered == ([1, 2, 4],) * 3
    assert scattered == ([7], [70], [700])
    assert shifted == (4, 1, 2)


def test_one_rank_is_alone():
    def run(peers):
        x = torch.ones(2)
        peers.all_reduce(x)
        return (peers.rank, peers.n_ranks, *x, *peers.shift(x), *peers.all_gather(x), *peers.reduce_scatter(x))

    assert on_ranks(1, run) == [(0, 1, *[1] * 8)]


def test_ranks_share_no_memory():
    def run(peers):
        x = torch.full((2,), float(peers.rank))
        received = peers.shift(x)
        x += 100
        received += 1000
        peers.all_gather(x)
        return received.tolist()

    assert on_ranks(2, run) == [[1001, 1001], [1000, 1000]]


def test_payload_is_recorded_by_rank():
    def run(peers):
        x = torch.ones(6)
        peers.shift(x[:4])
        peers.shift(x.double())
        peers.all_reduce(x)
        peers.reduce_scatter(x)
        peers.all_gather(x)
        return [(call.kind, call.shape, call.n_bytes) for call in peers.calls], peers.payload("shift")

    calls, shifted = on_ranks(3, run)[2]
    assert shifted == 16 + 48
    assert calls == [
        ("shift", (4,), 16), ("shift", (6,), 48), ("all_reduce", (6,), 24), ("reduce_scatter", (6,), 24),
        ("all_gather", (6,), 72),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("do", "message"),
    [
        (lambda p: p.rank == 2 or p.shift(torch.ones(2)), "rank 2 never called shift; the others wait for it"),
        (lambda p: p.rank != 1 or p.all_gather(torch.ones(2)), "ranks 0 and 2 never called all_gather; rank 1 waits"),
        (
            lambda p: p.all_reduce(torch.ones(2)) if p.rank == 2 else p.shift(torch.ones(2)),
            "rank 0 calls shift where rank 2 calls all_reduce",
        ),
        (lambda p: p.shift(torch.ones(2 + p.rank)), r"rank 0 gave \(2,\) float32, rank 1 gave \(3,\) float32"),
        (lambda p: p.shift(torch.ones(2).to([torch.int64, torch.half][p.rank % 2])), "int64, rank 1 gave .* float16"),
    ],
)
def test_ranks_that_disagree_are_told(do, message):
    with pytest.raises(RanksDisagree, match=message):
        on_ranks(3, do)


def test_a_rank_that_is_only_late_is_waited_for():
    def run(peers):
        if peers.rank == 0:
            return
        time.sleep(0.05 * peers.rank)  # rank 1 waits when rank 2 has not come yet
        peers.all_reduce(torch.ones(1))

    with pytest.raises(RanksDisagree, match="^rank 0 never called all_reduce; the others wait for it"):
        on_ranks(3, run)


def test_a_rank_that_never_comes_is_named_after_a_while_and_ended():
    def run(peers):
        while peers.rank == 1:
            pass
        peers.all_reduce(torch.ones(1))

    before = len(_left())
    with pytest.raises(RanksDisagree, match="rank 1 never called all_reduce; the others wait for it"):
        on_ranks(3, run, patience=0.2)
    assert len(_left()) == before


def test_first_error_ends_the_others():
    ended = []

    def run(peers):
        try:
            if peers.rank == 2:
                raise KeyError("lost")
            if peers.rank == 1:
                while True:
                    pass
            try:
                peers.all_reduce(torch.ones(1))
            except Exception:
                ended.append("swallowed")
        finally:
            ended.append(peers.rank)

    with pytest.raises(KeyError, match="lost"):
        on_ranks(3, run, patience=60)
    assert sorted(ended) == [0, 1, 2]


def test_disagreement_is_a_verdict():
    assert issubclass(RanksDisagree, Wrong)


def test_gradient_mode_reaches_the_threads():
    with torch.no_grad():
        assert on_ranks(2, lambda peers: torch.is_grad_enabled()) == [False, False]
    assert on_ranks(2, lambda peers: torch.is_grad_enabled()) == [True, True]


def test_all_reduce_changes_a_view_in_place():
    def run(peers):
        x = torch.zeros(2, 3)
        peers.all_reduce(x.T[1].add_(peers.rank + 1))
        return x.tolist()

    assert on_ranks(2, run) == [[[0, 3, 0], [0, 3, 0]]] * 2


def test_bad_arguments():
    with pytest.raises(ValueError, match=r"\(3,\) cannot be cut into 2 equal parts along dimension 0: pad it"):
        on_ranks(2, lambda peers: peers.reduce_scatter(torch.ones(3)))
    with pytest.raises(ValueError, match="a scalar cannot be joined"):
        on_ranks(2, lambda peers: peers.all_gather(torch.tensor(1.0)))
    with pytest.raises(TypeError, match="shift takes a tensor, got a list"):
        on_ranks(2, lambda peers: peers.shift([1]))


def test_sum_of_leaves_its_terms_alone():
    terms = [torch.tensor([1.0]), torch.tensor([2.0]), torch.tensor([4.0])]
    assert sum_of(terms).item() == 7 and [term.item() for term in terms] == [1, 2, 4]
