"""Plausible wrong answers to the exercises of chapter 11 on pipelines."""

from . import mutant

ORDER, BUBBLE = "pipeline.pipeline_schedule", "pipeline.bubble_fraction"


def _one_forward_one_backward(n_ahead, n_microbatches):
    order = [f"F{i}" for i in range(n_ahead)]
    for i in range(n_microbatches - n_ahead):
        order += [f"F{n_ahead + i}", f"B{i}"]
    return order + [f"B{i}" for i in range(n_microbatches - n_ahead, n_microbatches)]


@mutant(ORDER, "as soon as the first can come")
def all_forward_then_all_backward(stage, n_stages, n_microbatches):
    return [f"{kind}{i}" for kind in "FB" for i in range(n_microbatches)]


@mutant(ORDER, "stages wait for each other")
def one_microbatch_at_a_time(stage, n_stages, n_microbatches):
    return [f"{kind}{i}" for i in range(n_microbatches) for kind in "FB"]


@mutant(ORDER, "as soon as the first can come")
def one_ahead_too_many(stage, n_stages, n_microbatches):
    return _one_forward_one_backward(min(n_stages - stage, n_microbatches), n_microbatches)


@mutant(ORDER, "stages wait for each other")
def one_ahead_too_few(stage, n_stages, n_microbatches):
    n_ahead = min(max(0, n_stages - 2 - stage), n_microbatches)
    return _one_forward_one_backward(n_ahead, n_microbatches)


@mutant(ORDER, "stands still")
def counts_the_stages_before(stage, n_stages, n_microbatches):
    return _one_forward_one_backward(min(stage, n_microbatches), n_microbatches)


@mutant(ORDER, "there is no such micro-batch")
def forgets_short_batches(stage, n_stages, n_microbatches):
    return _one_forward_one_backward(n_stages - 1 - stage, n_microbatches)


@mutant(ORDER, "stage 0 of 2 with 3 micro-batches never does B2")
def forgets_the_rest(stage, n_stages, n_microbatches):
    n_ahead = min(n_stages - 1 - stage, n_microbatches)
    return _one_forward_one_backward(n_ahead, n_microbatches)[: 2 * n_microbatches - n_ahead]


@mutant(ORDER, "stands still")
def backward_before_forward(stage, n_stages, n_microbatches):
    return [f"{kind}{i}" for i in range(n_microbatches) for kind in "BF"]


@mutant(ORDER, "some pass twice")
def repeats_the_last(stage, n_stages, n_microbatches):
    order = _one_forward_one_backward(min(n_stages - 1 - stage, n_microbatches), n_microbatches)
    return [*order, order[-1]]


@mutant(ORDER, "expected a list of texts")
def returns_one_text(stage, n_stages, n_microbatches):
    return " ".join(_one_forward_one_backward(min(n_stages - 1 - stage, n_microbatches), n_microbatches))


@mutant(ORDER, "in the order of micro-batches")
def last_microbatch_first(stage, n_stages, n_microbatches):
    order = _one_forward_one_backward(min(n_stages - 1 - stage, n_microbatches), n_microbatches)
    return [f"{name[0]}{n_microbatches - 1 - int(name[1:])}" for name in order]


@mutant(BUBBLE, "a share of the working time")
def waiting_over_working(n_stages, n_microbatches):
    return (n_stages - 1) / n_microbatches


@mutant(BUBBLE, "the share in which a stage works")
def share_of_work(n_stages, n_microbatches):
    return n_microbatches / (n_microbatches + n_stages - 1)


@mutant(BUBBLE, "a stage works for")
def one_column_too_many(n_stages, n_microbatches):
    return (n_stages - 1) / (n_microbatches + n_stages)


@mutant(BUBBLE, "a stage works for")
def counts_all_stages(n_stages, n_microbatches):
    return n_stages / (n_microbatches + n_stages - 1)


@mutant(BUBBLE, "returned a int, expected a float")
def rounds_down(n_stages, n_microbatches):
    return (n_stages - 1) // (n_microbatches + n_stages - 1)
