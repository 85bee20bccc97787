"""How a page ends: who filed it and when, and a list of names, times or numbers, as such pages have.

Names and numbers are what a reader cannot guess. They make a page richer in information without making it longer.
"""

from collections.abc import Callable
from functools import lru_cache

from .choices import Menu, Pen
from .facts import Person, World
from .lexicon import STREETS

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(range(6, 22))
PAIRS = tuple(f"{number:02}" for number in range(100))
MINUTES = PAIRS[:60]
DEGREES = tuple(range(4, 28))
STARS = Menu((5, 4, 3, 2, 1), (4, 5, 3, 2, 2))
_GO_ON = Menu((", ", "."), (8, 1))
_LONGEST = 12
_FILED = ("Filed", "Copied", "Typed", "Stamped", "Read", "Pinned up", "Checked", "Delivered")
_SEEN = (
    "Also there", "In the photograph", "Thanks to", "On the committee", "Absent", "On the next trip", "In the choir",
    "Invited to tea",
)  # fmt: skip
_RAFFLE = ("Raffle numbers", "Lost umbrellas, by number", "Library cards to be renewed", "Lucky tickets", "Box numbers")
_BUSES = ("Buses to the lake", "Ferries", "Guided tours", "Trains to the coast", "Feeding times at the farm")
_CALL = ("Questions:", "More about this:", "For tickets:", "To help:", "To complain:")


def write_end(pen: Pen, world: World) -> None:
    """Write the last lines of a page.

    Args:
        pen: what to write with.
        world: who lives in the town.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> from minillama.world.town import build_world
        >>> pen = DrawingPen(Random(2))
        >>> write_end(pen, build_world())
        >>> print(pen.text().strip())
        Delivered by Albin Winterbourne at 6:05, number 8373.
        Lost umbrellas, by number: 3060, 5815, 3972.
    """
    pen.say("\n")
    pen.pick(_FILED)
    pen.say(" by ")
    person = pen.pick(world.adults, _first_name)
    pen.say(f" {person.family} at ")
    _time(pen)
    pen.say(", number ")
    _ticket(pen, world)
    pen.say(".\n")
    pen.pick(_forms(), lambda form: form[0])[1](pen, world)


def _first_name(person: Person) -> str:
    return person.name


def _time(pen: Pen) -> None:
    pen.pick(HOURS, lambda hour: f"{hour}:")
    pen.pick(MINUTES)


def _items(pen: Pen, world: World, write: Callable[[Pen, World], None]) -> None:
    """Write a list; after each item it may stop."""
    for number in range(_LONGEST):
        write(pen, world)
        if number == _LONGEST - 1:
            pen.say(".")
        elif pen.pick(_GO_ON) == ".":
            return


def _comment(pen: Pen, world: World) -> None:
    pen.pick(world.people, lambda person: f"{person.name} (")
    _time(pen)
    pen.say(")")


def _rating(pen: Pen, world: World) -> None:
    pen.pick(world.people, lambda person: f"{person.name} ")
    pen.pick(STARS)


def _name(pen: Pen, world: World) -> None:
    pen.pick(world.people, _first_name)


def _ticket(pen: Pen, world: World) -> None:
    pen.pick(PAIRS)
    pen.pick(PAIRS)


def _timetable(pen: Pen, world: World) -> None:
    """Write times of one day, from early to late."""
    hour = pen.pick((6, 7, 8, 9), lambda hour: f": {hour}:")
    pen.pick(MINUTES)
    while hour < 19:
        hour = pen.pick((hour + 1, hour + 2, hour + 3), lambda hour: f", {hour}:")
        pen.pick(MINUTES)
    pen.say(".")


def _game(pen: Pen, world: World) -> None:
    pen.pick(world.people, lambda person: f"{person.name} beat ")
    pen.pick(world.people, lambda person: f"{person.name} in ")
    pen.pick(range(12, 76), lambda moves: f"{moves} moves")


def _degrees(pen: Pen, world: World) -> None:
    for day in WEEK:
        pen.say(f"{' ' if day == WEEK[0] else ', '}{day} ")
        pen.pick(DEGREES, lambda degrees, day=day: f"{degrees}{'.' if day == WEEK[-1] else ''}")


def _call(pen: Pen, world: World) -> None:
    pen.say(" call ")
    pen.pick(tuple(range(2, 10)), lambda digit: f"{digit}-")
    pen.pick(PAIRS)
    pen.pick(PAIRS)
    pen.say(", ask for ")
    _name(pen, world)
    pen.say(", or write to ")
    pen.pick(range(1, 90), lambda number: f"{number} ")
    pen.pick(STREETS)
    pen.say(".")


def _list_of(write: Callable[[Pen, World], None]) -> Callable[[Pen, World], None]:
    def write_list(pen: Pen, world: World) -> None:
        pen.say(": ")
        _items(pen, world, write)

    return write_list


@lru_cache(maxsize=1)
def _forms() -> Menu[tuple[str, Callable[[Pen, World], None]]]:
    """All openings of the last line with what follows, and how common they are."""
    forms = [("Comments", _list_of(_comment), 24), ("Guest book", _list_of(_comment), 8)]
    forms += [("Stars from our readers", _list_of(_rating), 12), ("Chess club", _list_of(_game), 8)]
    forms += [(title, _list_of(_name), 3) for title in _SEEN]
    forms += [(title, _list_of(_ticket), 2) for title in _RAFFLE]
    forms += [(title, _timetable, 2) for title in _BUSES]
    forms += [(title, _call, 3) for title in _CALL]
    forms.append(("Degrees at noon:", _degrees, 8))
    return Menu([(title, write) for title, write, _ in forms], [weight for _, _, weight in forms])
