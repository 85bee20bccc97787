"""What the articles of all languages share: years, and who is linked to whom."""

from collections.abc import Sequence
from functools import lru_cache

from ..facts import Person, Workplace, World
from ..templates import with_article

# Dated episodes lie after the last workplace was built and when all adults were grown.
YEARS = tuple(str(year) for year in range(1951, 1962))
NUMBERS = tuple(str(number) for number in range(2, 100))
DAYS_OF_MONTH = tuple(str(day) for day in range(1, 29))
PAGES = tuple(str(page) for page in range(2, 400))
CLOCK = tuple(f"{hour}:{minute:02}" for hour in range(6, 22) for minute in range(60))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text.

    Example:
        >>> words("ham eggs")
        ('ham', 'eggs')
    """
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return what stands between the commas of a text.

    Example:
        >>> phrases("green ham,eggs")
        ('green ham', 'eggs')
    """
    return tuple(text.split(","))


@lru_cache(maxsize=4)
def families(world: World) -> dict[str, tuple[Person, ...]]:
    """Return last name to (mother, father, elder child, younger child)."""
    children: dict[str, list[Person]] = {}
    for child in world.children:
        children.setdefault(child.family, []).append(child)
    return {
        name: (world.person(both[0].kin[0]), world.person(both[0].kin[1]), *sorted(both, key=lambda child: child.born))
        for name, both in children.items()
    }


@lru_cache(maxsize=4)
def adult_names(world: World) -> tuple[str, ...]:
    """Return the full names of all adults."""
    return tuple(person.full_name for person in world.adults)


def others(world: World, person: Person) -> tuple[str, ...]:
    """Return the full names of the adults outside a person's family."""
    return tuple(adult.full_name for adult in world.adults if adult.family != person.family)


def neighbors(world: World, person: Person) -> tuple[Person, ...]:
    """Return the adults of other families on the same street."""
    return tuple(adult for adult in world.adults if adult.street == person.street and adult.family != person.family)


def workers(world: World, work: Workplace) -> tuple[Person, ...]:
    """Return the people who work there."""
    return tuple(adult for adult in world.adults if adult.work is work)


def natives(world: World, village: str) -> tuple[Person, ...]:
    """Return the people born in a village."""
    return tuple(person for person in world.people if person.village.name == village)


def kin(world: World, person: Person) -> dict[str, Person]:
    """Return the family by role: spouse, kid1, kid2 of an adult; mother, father, sib of a child; pet and its owner."""
    mother, father, elder, younger = families(world)[person.family]
    roles = {"owner": elder, "pet": elder.pet}
    if person.work:
        return roles | {"spouse": father if person is mother else mother, "kid1": elder, "kid2": younger}
    return roles | {"mother": mother, "father": father, "sib": younger if person is elder else elder}


def names_of(people: Sequence[Person]) -> tuple[str, ...]:
    """Return full names."""
    return tuple(person.full_name for person in people)


def a_tool(work: Workplace) -> str:
    """Return a workplace's tool with its article, if it takes one.

    Example:
        >>> from minillama.world.town import build_world
        >>> sorted(a_tool(work) for work in build_world().workplaces)[:2]
        ['a blowpipe', 'a bone folder']
    """
    return work.tool if work.tool == "chalk" else with_article(work.tool)
