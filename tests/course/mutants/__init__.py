"""Mutants: plausible wrong answers, each with words that the verdict must contain."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Mutant:
    exercise: str
    answer: object
    says: str


MUTANTS: list[Mutant] = []


def mutant(exercise: str, says: str) -> Callable:
    """Register a wrong answer; ``says`` is a piece of the message that must name its mistake."""

    def register(answer: object) -> object:
        MUTANTS.append(Mutant(exercise, answer, says))
        return answer

    return register


def all_mutants() -> list[Mutant]:
    """Import every file of this folder and return what they registered."""
    for info in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{info.name}")
    return MUTANTS
