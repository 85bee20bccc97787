"""Plausible wrong answers to the exercise of chapter 11 on ZeRO."""

from minillama.optimizer import adamw_step

from . import mutant

ZERO = "zero.sharded_adamw_step"


def _part(tensor, peers):
    return tensor.chunk(peers.n_ranks)[peers.rank].clone()


@mutant(ZERO, "AdamW hides this mistake")
def forgets_that_it_is_a_sum(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = _part(weights, peers)
    adamw_step(own, peers.reduce_scatter(gradient), mean, mean_square, step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "from this rank's gradient alone")
def does_not_reduce(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = _part(weights, peers)
    adamw_step(own, _part(gradient, peers), mean, mean_square, step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "twice the traffic")
def reduces_everything(weights, gradient, mean, mean_square, step, learning_rate, peers):
    peers.all_reduce(gradient)
    own = _part(weights, peers)
    adamw_step(own, _part(gradient, peers) / peers.n_ranks, mean, mean_square, step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "has shape (4,), expected (12,)")
def returns_its_part(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = _part(weights, peers)
    adamw_step(own, peers.reduce_scatter(gradient) / peers.n_ranks, mean, mean_square, step, learning_rate)
    return own


@mutant(ZERO, "collect everybody's with all_gather")
def updates_its_part_in_its_own_copy(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = weights.chunk(peers.n_ranks)[peers.rank]
    adamw_step(own, peers.reduce_scatter(gradient) / peers.n_ranks, mean, mean_square, step, learning_rate)
    return weights


@mutant(ZERO, "must equal those of one process")
def always_the_first_part(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = weights.chunk(peers.n_ranks)[0].clone()
    adamw_step(own, peers.reduce_scatter(gradient) / peers.n_ranks, mean, mean_square, step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "the number of the step")
def every_step_is_the_first(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = _part(weights, peers)
    adamw_step(own, peers.reduce_scatter(gradient) / peers.n_ranks, mean, mean_square, 1, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "mean is still 0")
def updates_copies_of_the_moments(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own, own_gradient = _part(weights, peers), peers.reduce_scatter(gradient) / peers.n_ranks
    adamw_step(own, own_gradient, mean.clone(), mean_square.clone(), step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "Pass the same two tensors on")
def keeps_one_moment_only(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own, own_gradient = _part(weights, peers), peers.reduce_scatter(gradient) / peers.n_ranks
    adamw_step(own, own_gradient, mean, mean_square.clone(), step, learning_rate)
    return peers.all_gather(own)


@mutant(ZERO, "expected one reduce_scatter")
def gathers_the_moments_too(weights, gradient, mean, mean_square, step, learning_rate, peers):
    own = _part(weights, peers)
    adamw_step(own, peers.reduce_scatter(gradient) / peers.n_ranks, mean, mean_square, step, learning_rate)
    peers.all_gather(mean)
    return peers.all_gather(own)
