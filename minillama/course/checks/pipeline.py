"""Checks of chapter 11: the schedule of a pipeline, and how long its stages wait."""

from collections.abc import Callable

from ..checking import expect

SIZES = ((1, 3), (2, 3), (4, 4), (4, 8), (4, 2), (3, 7))  # stages and micro-batches


def _all_orders(pipeline_schedule: Callable, n_stages: int, n_microbatches: int) -> list[list[str]]:
    return [pipeline_schedule(stage, n_stages, n_microbatches) for stage in range(n_stages)]


def check_schedule_complete(pipeline_schedule: Callable) -> None:
    """every pass once."""
    for n_stages, n_microbatches in SIZES:
        expected = {f"{kind}{i}" for kind in "FB" for i in range(n_microbatches)}
        for stage, order in enumerate(_all_orders(pipeline_schedule, n_stages, n_microbatches)):
            what = f"stage {stage} of {n_stages} with {n_microbatches} micro-batches"
            expect(isinstance(order, list), f"{what} returned a {type(order).__name__}, expected a list of texts")
            missing, extra = sorted(expected - set(order)), sorted(set(order) - expected)
            expect(not extra, f"{what} does {', '.join(map(str, extra))}, and there is no such micro-batch")
            expect(not missing, f"{what} never does {', '.join(missing)}")
            expect(len(order) == len(expected), f"{what} does some pass twice: {', '.join(order)}")


def _finished(orders: list[list[str]]) -> tuple[dict[tuple[int, str], int], list[str]]:
    """Play all stages against each other; every pass takes one unit of time.

    Returns:
        When each pass of each stage ends, and what each stage waits for in vain.
    """
    n_stages = len(orders)
    ends: dict[tuple[int, str], int] = {}
    position, clock = [0] * n_stages, [0] * n_stages
    moved = True
    while moved:
        moved = False
        for stage, order in enumerate(orders):
            while position[stage] < len(order):
                name = order[position[stage]]
                needs = _needs(stage, name, n_stages)
                if any(need not in ends for need in needs):
                    break
                clock[stage] = max([clock[stage], *(ends[need] for need in needs)]) + 1
                ends[stage, name] = clock[stage]
                position[stage] += 1
                moved = True
    stuck = [
        f"stage {stage} waits with {order[position[stage]]}"
        for stage, order in enumerate(orders)
        if position[stage] < len(order)
    ]
    return ends, stuck


def _needs(stage: int, name: str, n_stages: int) -> list[tuple[int, str]]:
    """What must have ended before a pass can begin."""
    kind, number = name[0], name[1:]
    if kind == "F":
        return [(stage - 1, name)] if stage else []
    own = [(stage, f"F{number}")]
    return own if stage == n_stages - 1 else [*own, (stage + 1, name)]


def check_schedule_runs(pipeline_schedule: Callable) -> None:
    """no stage waits for ever."""
    for n_stages, n_microbatches in SIZES:
        orders = _all_orders(pipeline_schedule, n_stages, n_microbatches)
        _, stuck = _finished(orders)
        expect(
            not stuck,
            f"with {n_stages} stages and {n_microbatches} micro-batches the pipeline stands still, {', '.join(stuck)}: "
            "a forward pass needs that of the stage before, a backward pass that of the stage behind",
        )


def check_schedule_memory(pipeline_schedule: Callable) -> None:
    """no more activations than stages that are left."""
    for n_stages, n_microbatches in SIZES:
        for stage, order in enumerate(_all_orders(pipeline_schedule, n_stages, n_microbatches)):
            held = most = 0
            for name in order:
                held += 1 if name[0] == "F" else -1
                most = max(most, held)
            expect(
                most <= n_stages - stage,
                f"stage {stage} of {n_stages} holds the activations of {most} of {n_microbatches} micro-batches at a "
                f"time, allowed are {n_stages - stage}: begin with the backward passes as soon as the first can come",
            )


def check_schedule_length(pipeline_schedule: Callable) -> None:
    """no longer than the bubble requires."""
    for n_stages, n_microbatches in SIZES:
        ends, _ = _finished(_all_orders(pipeline_schedule, n_stages, n_microbatches))
        length, least = max(ends.values()), 2 * (n_microbatches + n_stages - 1)
        expect(
            length <= least,
            f"{n_stages} stages need {length} units of time for {n_microbatches} micro-batches, {least} are enough: "
            "stages wait for each other. Stage s runs n_stages - 1 - s forward passes ahead, the first stage most",
        )


def check_schedule_by_hand(pipeline_schedule: Callable) -> None:
    """the order of two stages."""
    for stage, expected in enumerate(("F0 F1 B0 F2 B1 B2", "F0 B0 F1 B1 F2 B2")):
        observed = " ".join(pipeline_schedule(stage, 2, 3))
        expect(
            observed == expected,
            f"stage {stage} of 2 with 3 micro-batches does {observed}, expected {expected}: one forward and one "
            "backward pass in turn, in the order of micro-batches",
        )


def check_bubble_one_stage(bubble_fraction: Callable) -> None:
    """a single stage never waits."""
    observed = bubble_fraction(1, 5)
    expect(observed == 0, f"bubble_fraction(1, 5) is {observed:.4g}, expected 0: a single stage waits for nobody")


def check_bubble_values(bubble_fraction: Callable) -> None:
    """three examples."""
    for (n_stages, n_microbatches), expected in {(4, 12): 0.2, (2, 1): 0.5, (8, 1): 7 / 8}.items():
        observed = bubble_fraction(n_stages, n_microbatches)
        expect(isinstance(observed, float), f"bubble_fraction returned a {type(observed).__name__}, expected a float")
        what = f"bubble_fraction({n_stages}, {n_microbatches}) is {observed:.4g}, expected {expected:.4g}"
        expect(
            abs(observed - (n_stages - 1) / n_microbatches) > 1e-6,
            f"{what}: that is the waiting time as a share of the working time; asked is its share of the whole time",
        )
        expect(
            abs(observed - (1 - expected)) > 1e-6 or observed == expected,
            f"{what}: that is the share in which a stage works; asked is that in which it waits",
        )
        expect(
            abs(observed - expected) < 1e-6,
            f"{what}: a step lasts n_microbatches + n_stages - 1 passes forward and back, and a stage works for "
            "n_microbatches of them",
        )
