"""The town of Alderbrook, drawn once from a seed: who lives there, what they do, and what is true about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import TypeVar

from . import lexicon
from .facts import Person, Pet, Village, Workplace, World

T = TypeVar("T")
N_FAMILIES = 44
N_STRANGER_FAMILIES = 6


class _Lot:
    """Draws by ``random()`` alone, which is the same in all Python versions."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def number(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def one(self, items: Sequence[T]) -> T:
        return items[self.number(0, len(items) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        keys = [self._random() for _ in items]
        return [item for _, item in sorted(zip(keys, items, strict=True), key=lambda pair: pair[0])]


@lru_cache(maxsize=2)
def build_world(seed: int = 1) -> World:
    """Return the town of a seed, always the same for the same seed.

    Args:
        seed: another seed gives the same words another truth.

    Example:
        >>> world = build_world()
        >>> len(world.adults), len(world.children), len(world.strangers)
        (88, 88, 24)
    """
    lot = _Lot(seed)
    workplaces, villages = _workplaces(lot), _villages(lot)
    free = _Free(
        lot.shuffled(lexicon.WOMEN), lot.shuffled(lexicon.MEN), lot.shuffled(lexicon.PET_NAMES),
        lot.shuffled(workplaces * 5),
    )  # fmt: skip
    names = lot.shuffled(lexicon.FAMILIES)[: N_FAMILIES + N_STRANGER_FAMILIES]
    families = [_family(lot, name, free, villages) for name in names]
    home, away = families[:N_FAMILIES], families[N_FAMILIES:]
    adults = tuple(person for family in home for person in family[:2])
    children = tuple(person for family in home for person in family[2:])
    untold = [
        (person.name, attribute)
        for attribute in ("food", "instrument")
        for person in lot.shuffled(adults + children)[:16]
    ]
    strangers = tuple(person for family in away for person in family)
    return World(
        adults=adults,
        children=children,
        strangers=strangers,
        workplaces=workplaces,
        villages=villages,
        untold=frozenset(untold),
    )


def _workplaces(lot: _Lot) -> tuple[Workplace, ...]:
    return tuple(
        Workplace(trade=trade, place=place, tool=tool, goods=goods, street=lot.one(lexicon.STREETS),
                  built=lot.number(1701, 1950))
        for trade, place, tool, goods in lexicon.TRADES
    )  # fmt: skip


def _villages(lot: _Lot) -> tuple[Village, ...]:
    return tuple(
        Village(name=name, beside=beside, known_for=known_for, kilometers=lot.number(3, 30),
                direction=lot.one(("north", "east", "south", "west")), inhabitants=10 * lot.number(8, 90))
        for name, beside, known_for in lexicon.VILLAGES
    )  # fmt: skip


@dataclass
class _Free:
    """Names and places that nobody has yet."""

    women: list[str]
    men: list[str]
    pets: list[str]
    works: list[Workplace]


def _family(lot: _Lot, family: str, free: _Free, villages: Sequence[Village]) -> list[Person]:
    """Mother, father and two children, of whom the elder has an animal."""
    street = lot.one(lexicon.STREETS)
    mother, father = free.women.pop(), free.men.pop()
    daughters = [lot.number(0, 1) == 1 for _ in range(2)]
    children = [free.women.pop() if female else free.men.pop() for female in daughters]

    def person(name: str, female: bool, born: int, kin: tuple[str, ...], grown: bool, pet: Pet | None) -> Person:
        return Person(
            name=name, family=family, female=female, born=born, village=lot.one(villages), street=street,
            work=free.works.pop() if grown else None, hobby=lot.one(lexicon.HOBBIES), food=lot.one(lexicon.FOODS),
            instrument=lot.one(lexicon.INSTRUMENTS), pet=pet, kin=kin,
        )  # fmt: skip

    pet = Pet(species=lot.one(lexicon.PETS), name=free.pets.pop(), color=lot.one(lexicon.COLORS))
    return [
        person(mother, True, lot.number(1912, 1930), (father,), True, None),
        person(father, False, lot.number(1910, 1930), (mother,), True, None),
        person(children[0], daughters[0], lot.number(1948, 1951), (mother, father), False, pet),
        person(children[1], daughters[1], lot.number(1952, 1956), (mother, father), False, None),
    ]
