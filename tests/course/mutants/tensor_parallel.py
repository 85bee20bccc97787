"""Plausible wrong answers to the exercises of chapter 11 on tensor parallelism."""

import torch
import torch.nn.functional as F

from minillama.course.registry import load
from minillama.parallel.peers import sum_over_ranks

from . import mutant

SUM, LAYER = "tensor_parallel.sum_gradients", "tensor_parallel.parallel_swiglu"
sum_gradients = load("minillama.course.reference.11:sum_gradients")


def _operator(forward, backward):
    """An operator made of two functions of a tensor and the peers."""

    def operator(x, peers):
        class Operator(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return forward(x, peers)

            @staticmethod
            def backward(ctx, grad):
                return backward(grad, peers)

        return Operator.apply(x)

    return operator


def _same(x, peers):
    return x.view_as(x)


def _summed(x, peers):
    total = x.clone()
    peers.all_reduce(total)
    return total


def _summed_in_place(x, peers):
    peers.all_reduce(x)
    return x


@mutant(SUM, "its own alone")
def forgets_the_sum(x, peers):
    return _operator(_same, _same)(x, peers)


@mutant(SUM, "on the way forward")
def sums_forward_as_well(x, peers):
    return _operator(_summed, _summed)(x, peers)


@mutant(SUM, "on the way forward")
def is_the_other_operator(x, peers):
    return sum_over_ranks(x, peers)


@mutant(SUM, "so sum up a copy")
def sums_in_place(x, peers):
    return _operator(_same, _summed_in_place)(x, peers)


@mutant(SUM, "x got no gradient")
def returns_what_all_reduce_returns(x, peers):
    return _operator(_same, lambda grad, peers: peers.all_reduce(grad.clone()))(x, peers)


@mutant(SUM, "cut off from x")
def detaches(x, peers):
    return x.detach()


@mutant(SUM, "how often a rank was added")
def sums_twice(x, peers):
    return _operator(_same, lambda grad, peers: _summed(_summed(grad, peers), peers))(x, peers)


@mutant(SUM, "It is x itself")
def divides_forward(x, peers):
    return _operator(lambda x, peers: x / peers.n_ranks, _summed)(x, peers)


def _layer(x, gate, up, down, peers, enter=sum_gradients, leave=sum_over_ranks, part=None):
    n = peers.n_ranks
    part = peers.rank if part is None else part
    x = enter(x, peers)
    hidden = F.silu(F.linear(x, gate.chunk(n)[part])) * F.linear(x, up.chunk(n)[part])
    return leave(F.linear(hidden, down.chunk(n, dim=1)[part]), peers)


@mutant(LAYER, "open the parallel region with sum_gradients")
def forgets_to_open(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, enter=_same)


@mutant(LAYER, "sum them over the ranks at the end")
def forgets_to_close(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, leave=_same)


@mutant(LAYER, "summed over the two ranks once too often")
def sums_the_gradient_of_the_sum(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, leave=_operator(_summed, _summed))


@mutant(LAYER, "silu must see whole hidden values")
def swaps_the_operators(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, enter=sum_over_ranks, leave=sum_gradients)


@mutant(LAYER, "silu must see whole hidden values")
def activates_partial_sums(x, gate, up, down, peers):
    n, rank = peers.n_ranks, peers.rank
    own = x.chunk(n, dim=-1)[rank]
    gate, up = gate.chunk(n, dim=1)[rank], up.chunk(n, dim=1)[rank]
    hidden = F.silu(F.linear(own, gate)) * F.linear(own, up)
    return F.linear(sum_over_ranks(hidden, peers), down)


@mutant(LAYER, "gate and up (F, C) are cut along dimension 0")
def cuts_all_along_rows(x, gate, up, down, peers):
    n, rank = peers.n_ranks, peers.rank
    gate, up, down = (matrix.chunk(n)[rank] for matrix in (gate, up, down))
    return sum_over_ranks(F.linear(F.silu(F.linear(x, gate)) * F.linear(x, up), down), peers)


@mutant(LAYER, "rank r takes part r")
def counts_ranks_from_the_end(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, part=peers.n_ranks - 1 - peers.rank)


@mutant(LAYER, "silu must see whole hidden values")
def always_the_first_part(x, gate, up, down, peers):
    return _layer(x, gate, up, down, peers, part=0)
