"""Plausible wrong answers to the exercise of chapter 09 on speculative decoding."""

import torch

from minillama.sampling import draw, uniform

from . import mutant

NAME = "speculative.accept"


def _accept(p, q, drafted, generator, chance=None, count=None, weigh=None):
    """The right one, with parts to replace."""
    places = torch.arange(len(drafted))
    chances = (chance or (lambda p, q: p / q))(p[places, drafted], q[places, drafted])
    stays = uniform(len(drafted), generator) < chances
    n = int((count or (lambda stays: stays.long().cumprod(0).sum()))(stays))
    weights = p[n]
    if n < len(drafted):
        rest = (weights - q[n]).clamp(min=0)
        weights = weigh(p, q, n, rest) if weigh else rest if rest.any() else weights
    return [*drafted[:n].tolist(), int(draw(weights.unsqueeze(0), generator))]


@mutant(NAME, "one more token for free")
def gives_no_extra_token(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator)[: len(drafted)]


@mutant(NAME, "a list of Python ints")
def returns_a_tensor(p, q, drafted, generator=None):
    return torch.tensor(_accept(p, q, drafted, generator))


@mutant(NAME, "return statement")
def returns_nothing(p, q, drafted, generator=None):
    _accept(p, q, drafted, generator)


@mutant(NAME, "drafted for another text")
def counts_all_that_agree(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, count=lambda stays: stays.sum())


@mutant(NAME, "min(1, p/q)")
def accepts_with_p(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, chance=lambda p, q: p)


@mutant(NAME, "min(1, p/q)")
def accepts_where_p_is_larger(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, chance=lambda p, q: (p >= q).double())


@mutant(NAME, "min(1, p/q)")
def divides_the_other_way(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, chance=lambda p, q: q / p)


@mutant(NAME, "where p > q it always does")
def never_quite_sure(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, chance=lambda p, q: (p / q).clamp(max=0.95))


@mutant(NAME, "draw from max(p - q, 0)")
def replaces_from_p(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, weigh=lambda p, q, n, rest: p[n])


@mutant(NAME, "Draw from p itself")
def trusts_the_rest(p, q, drafted, generator=None):
    return _accept(p, q, drafted, generator, weigh=lambda p, q, n, rest: rest)


@mutant(NAME, "its own row of p and q")
def always_the_first_row_of_q(p, q, drafted, generator=None):
    def weigh(p, q, n, rest):
        rest = (p[n] - q[0]).clamp(min=0)
        return rest if rest.any() else p[n]

    return _accept(p, q, drafted, generator, weigh=weigh)
