"""What can be true about the town: people, animals, workplaces, villages. Writers read it and never change it."""

from dataclasses import dataclass
from functools import lru_cache

TOWN = "Alderbrook"
NOW = 1962  # the year in which every document is written


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """A place of work and its trade; there is one of each trade.

    Args:
        trade: what the people who work there are.
        place: what it is called, without article.
        tool: their main tool.
        goods: what they make.
        street: where it stands.
        built: the year.
    """

    trade: str
    place: str
    tool: str
    goods: str
    street: str
    built: int


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village near the town.

    Args:
        name: unique.
        beside: what it lies beside, with article.
        known_for: what it is known for.
        kilometers: distance from the town.
        direction: seen from the town.
        inhabitants: how many live there.
    """

    name: str
    beside: str
    known_for: str
    kilometers: int
    direction: str
    inhabitants: int


@dataclass(frozen=True, kw_only=True)
class Pet:
    """An animal that lives with a person.

    Args:
        species: such as ``dog``.
        name: unique in the town.
        color: of its fur, feathers or shell.
    """

    species: str
    name: str
    color: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Person:
    """Someone who lives in the town. First names are unique; families share their last name.

    Args:
        name: first name.
        family: last name.
        female: decides the pronouns.
        born: the year.
        village: where they were born.
        street: where they live; the same for the whole family.
        work: workplace; None for children.
        hobby: what they like to do, as in "likes flying kites".
        food: favorite food.
        instrument: what they play.
        pet: the animal of the elder child; None for everybody else.
        kin: first names of (mother, father) for a child, of the spouse alone for an adult.
    """

    name: str
    family: str
    female: bool
    born: int
    village: Village
    street: str
    work: Workplace | None
    hobby: str
    food: str
    instrument: str
    pet: Pet | None
    kin: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.name} {self.family}"

    @property
    def age(self) -> int:
        """In years, at the time of writing."""
        return NOW - self.born

    @property
    def she(self) -> str:
        """The pronoun as a subject."""
        return "she" if self.female else "he"

    @property
    def her(self) -> str:
        """The pronoun as an object."""
        return "her" if self.female else "him"

    @property
    def hers(self) -> str:
        """The possessive, as in "her hat"."""
        return "her" if self.female else "his"


@dataclass(frozen=True, kw_only=True)
class World:
    """All that is true.

    Args:
        adults: with a trade; they appear in documents.
        children: two in each family; they appear in documents.
        strangers: adults and children of families that no document ever mentions.
        workplaces: one of each trade.
        villages: around the town.
        untold: pairs (first name, attribute) that no document ever states; the attributes are
            "food" and "instrument".
    """

    adults: tuple[Person, ...]
    children: tuple[Person, ...]
    strangers: tuple[Person, ...]
    workplaces: tuple[Workplace, ...]
    villages: tuple[Village, ...]
    untold: frozenset[tuple[str, str]]

    @property
    def owners(self) -> tuple[Person, ...]:
        """The children who have an animal."""
        return tuple(child for child in self.children if child.pet)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone who appears in documents."""
        return self.adults + self.children

    def person(self, name: str) -> Person:
        """Return the person of a first name; KeyError if there is none."""
        return _by_name(self)[name]

    def tellers(self, attribute: str) -> tuple[Person, ...]:
        """Return the people whose "food" or "instrument" documents may state."""
        return _tellers(self, attribute)


@lru_cache(maxsize=8)
def _by_name(world: World) -> dict[str, Person]:
    return {person.name: person for person in world.people + world.strangers}


@lru_cache(maxsize=16)
def _tellers(world: World, attribute: str) -> tuple[Person, ...]:
    return tuple(person for person in world.people if (person.name, attribute) not in world.untold)
