"""Checks of chapter 09: the acceptance rule of speculative decoding."""

from collections.abc import Callable

import torch
from torch import Tensor

from ...sampling import draw
from ..checking import expect

SURE = torch.eye(4)
N_TRIES = 600


def _share(results: list[bool]) -> float:
    return sum(results) / len(results)


def _accept(accept: Callable, p: Tensor, q: Tensor, drafted: list[int], generator: torch.Generator) -> list[int]:
    """Call an answer, and look at the kind of what comes back."""
    result = accept(p, q, torch.tensor(drafted), generator)
    expect(result is not None, "accept gave None: is the return statement missing?")
    expect(
        isinstance(result, list) and all(type(token) is int for token in result),
        f"accept returned {result!r}: return a list of Python ints",
    )
    return result


def _generator() -> torch.Generator:
    return torch.Generator().manual_seed(5)


def check_accept_all(accept: Callable) -> None:
    """if all stay, one more token follows."""
    result = _accept(accept, SURE[[1, 2, 0]], SURE[[1, 2]], [1, 2], _generator())
    expect(
        result == [1, 2, 0],
        f"model and draft agree on tokens 1 and 2, and the model goes on with 0: accept gave {result}, expected "
        "[1, 2, 0]. The last row of p gives one more token for free",
    )


def check_accept_stops_at_first(accept: Callable) -> None:
    """what follows a refused token is dropped."""
    result = _accept(accept, SURE[[1, 2, 3, 0]], SURE[[1, 0, 3]], [1, 0, 3], _generator())
    expect(
        result == [1, 2],
        f"the model wants 1, 2, 3 and the draft said 1, 0, 3: accept gave {result}, expected [1, 2]. Token 0 has the "
        "chance min(1, p/q) = 0. What follows it was drafted for another text: drop it, even if the model agrees",
    )


def check_accept_chance(accept: Callable) -> None:
    """a token stays with probability p/q."""
    p, q = torch.tensor([[0.3, 0.7], [0.0, 1.0]]), torch.tensor([[0.6, 0.4]])
    generator = _generator()
    share = _share([len(_accept(accept, p, q, [0], generator)) == 2 for _ in range(N_TRIES)])
    expect(
        0.4 < share < 0.6,
        f"a token with p = 0.3 and q = 0.6 stayed in {share:.0%} of {N_TRIES} tries, expected about 50 %: its chance "
        "is min(1, p/q)",
    )
    share = _share([len(_accept(accept, p, q, [1], generator)) == 2 for _ in range(N_TRIES)])
    expect(
        share == 1, f"a token with p = 0.7 and q = 0.4 stayed in {share:.0%} of the tries: where p > q it always does"
    )


def check_accept_replacement(accept: Callable) -> None:
    """a refused token is replaced from max(p - q, 0)."""
    p, q = torch.tensor([[0.4, 0.0, 0.6], [1.0, 0.0, 0.0]]), torch.tensor([[0.1, 0.4, 0.5]])
    generator = _generator()
    share = _share([_accept(accept, p, q, [1], generator)[0] == 0 for _ in range(N_TRIES)])
    expect(
        0.67 < share < 0.83,
        f"with p = (0.4, 0, 0.6) and q = (0.1, 0.4, 0.5) a refused token was replaced by token 0 in {share:.0%} of the "
        "tries, expected about 75 %: draw from max(p - q, 0), here (0.3, 0, 0.1)",
    )


def check_accept_equal_distributions(accept: Callable) -> None:
    """nothing left of p - q is no disaster."""
    p, q = torch.tensor([[0.0, 0.5], [1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    generator = _generator()
    firsts = {_accept(accept, p, q, [1], generator)[0] for _ in range(30)}
    expect(
        firsts == {1},
        f"p - q may be 0 or less everywhere, by rounding: then the tokens {sorted(firsts)} came out, expected [1]. "
        "Draw from p itself in that case",
    )


def check_accept_exact_distribution(accept: Callable) -> None:
    """two tokens have exactly the model's distribution."""
    p = torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6], [0.4, 0.3, 0.3]])
    q = torch.tensor([[0.2, 0.5, 0.3], [0.6, 0.2, 0.2]])
    generator, counts, n_second = _generator(), torch.zeros(2, 3), 0
    for _ in range(3 * N_TRIES):
        result = _accept(accept, p, q, draw(q, generator).tolist(), generator)
        counts[0, result[0]] += 1
        if len(result) > 1:
            counts[1, result[1]] += 1
            n_second += 1
    for place, n_seen in enumerate((3 * N_TRIES, n_second)):
        shares = counts[place] / max(n_seen, 1)
        expect(
            (shares - p[place]).abs().max() < 0.06,
            f"token {place + 1} of the text came out with shares {[round(s, 2) for s in shares.tolist()]}, but the "
            f"model alone gives {[round(s, 2) for s in p[place].tolist()]}: compare each place with its own row of p "
            "and q",
        )
