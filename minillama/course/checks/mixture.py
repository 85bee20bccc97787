"""Checks of chapter 07, part three: how often each source of a mixture is repeated."""

from collections.abc import Callable

from ...cleaning.mixture import SHARES, TABLE_1
from ..checking import expect


def _expect_epochs(observed: object, expected: dict[str, float], what: str, suspect: str) -> None:
    expect(observed is not None, f"{what} is None: is the return statement missing?")
    expect(
        isinstance(observed, dict) and set(observed) == set(expected),
        f"{what} should be a dictionary with the keys {sorted(expected)}, got {observed!r:.80}",
    )
    for name, value in expected.items():
        expect(
            abs(observed[name] - value) < 1e-6 * value,
            f"{what}: {name} is read {observed[name]:.6g} times, expected {value:.6g}. {suspect}",
        )


def check_epochs_value(implied_epochs: Callable) -> None:
    """values worked by hand."""
    _expect_epochs(
        implied_epochs({"web": 0.75, "books": 0.25}, {"web": 1200, "books": 100, "other": 5}, 800),
        {"web": 0.5, "books": 2.0},
        "implied_epochs of 800 tokens, 600 of them from 1200 of the web and 200 from 100 of books",
        "Tokens seen (share times total) divided by tokens there are.",
    )


def check_epochs_of_unnormalized_shares(implied_epochs: Callable) -> None:
    """shares of any sum."""
    _expect_epochs(
        implied_epochs({"web": 30, "books": 10}, {"web": 600, "books": 100}, 800),
        {"web": 1.0, "books": 2.0},
        "implied_epochs with the shares 30 and 10",
        "The shares need not sum to 1: divide each by their sum.",
    )


def check_epochs_of_the_paper(implied_epochs: Callable) -> None:
    """the epochs of Table 1."""
    unique = {source.kind: source.unique_tokens for source in TABLE_1}
    whole = sum(SHARES.values())
    _expect_epochs(
        implied_epochs(SHARES, unique, 1.0e12),
        {source.kind: source.epochs / 1.4 / whole for source in TABLE_1},
        "implied_epochs of LLaMA's sources in a run of 1.0 trillion tokens",
        "The epochs must follow the length of the run, `total`.",
    )
