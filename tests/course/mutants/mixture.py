"""Plausible wrong answers to the exercise of chapter 07 on epochs."""

from . import mutant


@mutant("mixture.implied_epochs", "divide each by their sum")
def takes_shares_as_they_are(shares, unique_tokens, total):
    return {name: total * share / unique_tokens[name] for name, share in shares.items()}


@mutant("mixture.implied_epochs", "divided by tokens there are")
def turns_the_fraction_over(shares, unique_tokens, total):
    whole = sum(shares.values())
    return {name: unique_tokens[name] / (total * share / whole) for name, share in shares.items()}


@mutant("mixture.implied_epochs", "tokens there are")
def counts_tokens(shares, unique_tokens, total):
    whole = sum(shares.values())
    return {name: total * share / whole for name, share in shares.items()}


@mutant("mixture.implied_epochs", "with the keys")
def goes_through_the_sizes(shares, unique_tokens, total):
    whole = sum(shares.values())
    return {name: total * shares.get(name, 0) / whole / size for name, size in unique_tokens.items()}


@mutant("mixture.implied_epochs", "length of the run")
def has_one_length_in_mind(shares, unique_tokens, total):
    whole, total = sum(shares.values()), total if total < 1e9 else 1.4e12
    return {name: total * share / whole / unique_tokens[name] for name, share in shares.items()}


@mutant("mixture.implied_epochs", "return statement")
def returns_nothing(shares, unique_tokens, total):
    sum(shares.values())
