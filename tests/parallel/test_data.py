"""Data parallelism by hand: gradients equal those of one process with all batches."""

import copy
import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from minillama.course.processes import run_processes
from minillama.course.threads import on_ranks
from minillama.parallel.data import average_gradients, broadcast_weights
from minillama.parallel.peers import Peers

COUNTS = (5, 2, 8)


def make_model(seed=0):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3, bias=False))


def make_batch(rank):
    generator = torch.Generator().manual_seed(10 + rank)
    n = COUNTS[rank]
    return torch.randn(n, 4, generator=generator), torch.randint(3, (n,), generator=generator)


def gradients_of(model, batches):
    inputs, targets = (torch.cat(parts) for parts in zip(*batches, strict=True))
    model.zero_grad()
    F.cross_entropy(model(inputs), targets).backward()
    return [weight.grad.clone() for weight in model.parameters()]


def _on_threads(counts, prepare=lambda model, rank: None):
    """Each rank's gradients after averaging."""

    def run(peers):
        model = copy.deepcopy(models[peers.rank])
        for weight, gradient in zip(model.parameters(), gradients[peers.rank], strict=True):
            weight.grad = gradient.clone()
        prepare(model, peers.rank)
        average_gradients(model, counts[peers.rank], peers.all_reduce)
        return [weight.grad for weight in model.parameters()], peers.calls

    models = [make_model() for _ in counts]
    gradients = [gradients_of(model, [make_batch(rank)]) for rank, model in enumerate(models)]
    return on_ranks(len(counts), run)


def test_equals_one_process_with_all_targets():
    expected = gradients_of(make_model(), [make_batch(rank) for rank in range(3)])
    results = _on_threads(COUNTS)
    for gradients, calls in results:
        torch.testing.assert_close(gradients, expected)
        assert [(call.kind, call.shape) for call in calls] == [("all_reduce", (6 * 4 + 6 + 3 * 6 + 1,))]
    assert all(torch.equal(a, b) for a, b in zip(results[0][0], results[2][0], strict=True))


def test_hand_value_and_rank_without_targets():
    def run(peers):
        model = nn.Linear(1, 1, bias=False)
        model.weight.grad = torch.tensor([[[2.0], [math.nan], [6.0]][peers.rank]])
        average_gradients(model, (3, 0, 1)[peers.rank], peers.all_reduce)
        return model.weight.grad.item()

    assert on_ranks(3, run) == [3.0] * 3  # (3 * 2 + 6) / 4


def test_missing_gradient_counts_as_zeros():
    def drop(model, rank):
        if rank == 1:
            model[2].weight.grad = None

    whole, without = _on_threads((5, 2)), _on_threads((5, 2), drop)
    torch.testing.assert_close(without[0][0][:2], whole[0][0][:2])
    own = gradients_of(make_model(), [make_batch(0)])[2]
    for gradients, _ in without:
        torch.testing.assert_close(gradients[2], own * 5 / 7)


def test_frozen_parameters_are_left_out():
    def run(peers):
        model = make_model()
        model[0].requires_grad_(False)
        gradients = F.cross_entropy(model(make_batch(0)[0]), make_batch(0)[1])
        gradients.backward()
        average_gradients(model, 5, peers.all_reduce)
        return model[0].weight.grad, peers.calls[0].shape

    assert on_ranks(2, run) == [(None, (19,))] * 2


def test_low_precision_keeps_its_dtype_and_counts_exactly():
    def run(peers):
        model = nn.Linear(1, 1, bias=False).bfloat16()
        model.weight.grad = torch.full((1, 1), float(peers.rank == 0), dtype=torch.bfloat16)
        average_gradients(model, 1 if peers.rank else 256, peers.all_reduce)  # in bfloat16, 256 + 1 is 256
        return model.weight.grad

    for gradient in on_ranks(9, run):
        assert gradient.dtype == torch.bfloat16 and gradient.item() == 0.96875  # 256 / 264


def test_numbers_of_targets_are_checked():
    model = make_model()
    with pytest.raises(ValueError, match="n_targets must be 0 or more, got -1"):
        average_gradients(model, -1, lambda x: None)
    with pytest.raises(ValueError, match="no rank has a target: leave out batches"):
        average_gradients(model, 0, lambda x: None)


def train_together(peers: Peers):
    model = make_model(seed=peers.rank)
    model.register_buffer("turned", torch.full((2, 3), float(peers.rank)).T)
    broadcast_weights(model)
    gradients_of(model, [make_batch(peers.rank)])
    average_gradients(model, COUNTS[peers.rank])
    return [weight.grad for weight in model.parameters()], [x.detach() for x in model.state_dict().values()]


def test_two_processes_equal_one():
    model = make_model(seed=0)
    expected = gradients_of(model, [make_batch(rank) for rank in range(2)])
    for gradients, state in run_processes(train_together, 2):
        torch.testing.assert_close(gradients, expected)
        assert all(torch.equal(a, b) for a, b in zip(state, [torch.zeros(3, 2), *model.parameters()], strict=True))
