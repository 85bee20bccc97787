"""The collectives between real processes; several checks to a launch."""

import pytest
import torch
import torch.distributed as dist
from torch import nn

from minillama.course.processes import run_processes
from minillama.parallel.peers import Peers, require_parts, sum_over_ranks


def visit_all(peers: Peers):
    rank, x = peers.rank, torch.tensor([1.0, 10.0, 100.0, 1000.0]) * 2**peers.rank
    total, column = x.clone(), torch.zeros(2, 3)
    peers.all_reduce(total)
    column[:, 1] = rank + 1
    peers.all_reduce(column.T[1])
    large = peers.shift(torch.full((3_000_000,), float(rank)))  # more than any buffer between two processes holds
    pairs = [dist.new_group([0, 2]), dist.new_group([1, 3])]
    pair = Peers(pairs[rank % 2])
    try:
        Peers(pairs[1 - rank % 2])
        refused = ""
    except (ValueError, RuntimeError) as error:
        refused = str(error)
    return {
        "who": (rank, peers.n_ranks),
        "all_reduce": total.tolist(),
        "column": column.tolist(),
        "all_gather": peers.all_gather(x[:2].view(1, 2)).tolist(),
        "reduce_scatter": peers.reduce_scatter(x.view(4, 1)).tolist(),
        "shift": (large[0].item(), large[-1].item()),
        "integers": peers.shift(torch.tensor([rank])).tolist(),
        "transposed": peers.shift((torch.arange(6).view(2, 3) + rank).T).tolist(),
        "pair": (pair.rank, pair.n_ranks, pair.shift(torch.tensor([rank])).item()),
        "pair_parts": pair.reduce_scatter(torch.tensor([1, 10]) * (rank + 1)).tolist(),
        "refused": refused,
    }


def test_four_processes():
    results = run_processes(visit_all, 4)
    for rank, result in enumerate(results):
        left = (rank - 1) % 4
        assert result["who"] == (rank, 4)
        assert result["all_reduce"] == [15, 150, 1500, 15000]
        assert result["column"] == [[0, 10, 0], [0, 10, 0]]
        assert result["all_gather"] == [[1, 10], [2, 20], [4, 40], [8, 80]]
        assert result["reduce_scatter"] == [[15 * 10**rank]]
        assert result["shift"] == (left, left) and result["integers"] == [left]
        assert result["transposed"] == [[left, left + 3], [left + 1, left + 4], [left + 2, left + 5]]
        assert result["pair"] == (rank // 2, 2, (rank + 2) % 4)
        assert result["pair_parts"] == [(4 if rank % 2 == 0 else 6) * 10 ** (rank // 2)]
        assert f"process {rank} of the job is not in this group" in result["refused"]


def test_alone_without_a_job():
    peers, x = Peers(), torch.tensor([[1.0], [2.0]])
    peers.all_reduce(x)
    assert (peers.rank, peers.n_ranks) == (0, 1)
    for result in (x, peers.all_gather(x), peers.reduce_scatter(x), peers.shift(x)):
        assert result.tolist() == [[1], [2]]
    received = peers.shift(x)
    received += 1
    assert x.tolist() == [[1], [2]]


def test_sum_over_ranks_passes_the_gradient():
    class Two:
        """As if another rank had the same."""

        n_ranks = 2

        def all_reduce(self, x):
            x *= 2

    weight = nn.Parameter(torch.tensor([3.0]))
    result = sum_over_ranks(5 * weight, Two())
    result.backward()
    assert (result.item(), weight.grad.item()) == (30, 5)


def test_parts_must_be_equal():
    require_parts(torch.ones(6, 5), 3)
    with pytest.raises(ValueError, match=r"shape \(5, 6\) cannot be cut into 3 equal parts along dimension 0: pad it"):
        require_parts(torch.ones(5, 6), 3)
    with pytest.raises(ValueError, match="a scalar cannot be joined .* x.view"):
        Peers().all_gather(torch.tensor(1.0))
