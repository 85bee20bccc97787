"""Work for the processes of test_averaging.py: three ways to average gradients."""

import copy

import torch
import torch.distributed as dist
from layouts import CONFIG, TRAINING, batches
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from minillama.model import Llama
from minillama.parallel.data import average_gradients, broadcast_weights
from minillama.parallel.mesh import start_processes
from minillama.parallel.overlap import OverlappedAverage
from minillama.training import train


def model(seed: int) -> nn.Module:
    """Layers of odd sizes."""
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(7, 11), nn.Tanh(), nn.Linear(11, 5), nn.Tanh(), nn.Linear(5, 3)).double()


def gradients(one: nn.Module) -> torch.Tensor:
    return torch.cat([parameter.grad.flatten() for parameter in one.parameters()])


def compare() -> dict[str, float]:
    """The largest difference of each way from the gradients of all rows in one process."""
    rank, n_ranks = start_processes()
    torch.manual_seed(9)
    rows = torch.randn(2 * n_ranks, 7, dtype=torch.float64)
    mine = rows[2 * rank : 2 * rank + 2]
    start = model(seed=rank)  # every process begins with other weights
    broadcast_weights(start)
    whole = copy.deepcopy(start)
    whole(rows).square().mean().backward()
    found = {}

    by_hand = copy.deepcopy(start)
    by_hand(mine).square().mean().backward()
    average_gradients(by_hand, n_targets=2)
    found["by hand"] = gradients(by_hand)

    for n_bytes in (1, 300, 10**6):  # a bucket for each parameter, some buckets, one for all
        overlapped = copy.deepcopy(start)
        average = OverlappedAverage(overlapped, bucket_bytes=n_bytes)
        for _ in range(2):  # the second pass must not see buckets of the first
            overlapped.zero_grad()
            with average.during_backward():
                overlapped(mine).square().mean().backward()
        found[f"{len(average.buckets)} buckets"] = gradients(overlapped)

    later = copy.deepcopy(start)
    average = OverlappedAverage(later)
    later(mine).square().mean().backward()
    average.average()
    found["afterwards"] = gradients(later)

    wrapped = DistributedDataParallel(copy.deepcopy(start))
    wrapped(mine).square().mean().backward()
    found["DDP"] = gradients(wrapped.module)
    return {name: (value - gradients(whole)).abs().max().item() for name, value in found.items()}


def adding_up() -> float:
    """Gradients of a first pass without averaging are averaged with those of the second."""
    rank, n_ranks = start_processes()
    torch.manual_seed(9)
    rows = torch.randn(2, n_ranks, 1, 7, dtype=torch.float64)
    one, whole = model(seed=0), model(seed=0)
    average = OverlappedAverage(one)
    one(rows[0, rank]).square().mean().backward()
    with average.during_backward():
        one(rows[1, rank]).square().mean().backward()
    (2 * whole(rows.flatten(0, 1)).square().mean()).backward()
    dist.barrier()
    return (gradients(one) - gradients(whole)).abs().max().item()


def recipe() -> list[float]:
    """The training loop of a single process, with two lines more; its weights less those of one process."""
    rank, n_ranks = start_processes()
    torch.manual_seed(rank)
    shared, alone = Llama(CONFIG).double(), Llama(CONFIG).double()
    broadcast_weights(shared)
    alone.load_state_dict(shared.state_dict())
    steps = list(train(shared, batches(rank, n_ranks), TRAINING, after_backward=average_gradients))
    list(train(alone, batches(0, 1), TRAINING))
    pairs = zip(shared.parameters(), alone.parameters(), strict=True)
    return [max((a - b).abs().max().item() for a, b in pairs), float(len(steps))]
