"""Papers, as on arXiv: a title, an abstract, a lemma and a proof whose every line of arithmetic is right."""

from collections.abc import Callable
from functools import lru_cache

from .choices import END, Menu, Pen
from .facts import World
from .papers_measures import write_ages, write_area, write_distance
from .papers_numbers import (
    write_average,
    write_divisor,
    write_fractions,
    write_prices,
    write_prime,
    write_series,
    write_weekday,
    write_yield,
)
from .papers_words import CITATION, REFERENCES, STOP, TABLES
from .pattern import tell

Topic = Callable[[Pen, dict[str, object]], None]
# How a title begins, whether an article follows, and the topic. What stands behind "On" tells the topics apart.
TOPICS: tuple[tuple[str, Topic], ...] = (
    ("the ways to ", write_distance),
    ("the age of ", write_ages),
    ("the size of a ", write_area),
    ("the work of the ", write_yield),
    ("the average of ", write_average),
    ("days: ", write_weekday),
    ("divisors: ", write_divisor),
    ("shares: ", write_fractions),
    ("sums: ", write_series),
    ("rows: ", write_prime),
    ("money: ", write_prices),
)
_TOPICS = Menu(TOPICS, (2, 2, 2, 3, 9, 2, 2, 2, 2, 2, 3))
OPENINGS = (
    "On ",
    "About ",
    "A note on ",
    "Remarks on ",
    "Notes on ",
    "A study of ",
    "A talk on ",
    "More on ",
    "Again ",
)
MOST_CITATIONS = 4
MORE_CITATIONS = Menu((True, False), (3, 1))


def write_paper(pen: Pen, world: World) -> None:
    """Write a short paper.

    Args:
        pen: what to write with.
        world: who writes, and what villages, families and workplaces there are.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> from minillama.world.town import build_world
        >>> pen = DrawingPen(Random(2))
        >>> write_paper(pen, build_world())
        >>> "Proof." in pen.text()
        True
    """
    names = dict(_names(world))
    pen.pick(OPENINGS)
    _, write_topic = pen.pick(_TOPICS, lambda topic: topic[0])
    write_topic(pen, names)
    tell(pen, "<after:@after_result>", names)
    if names["after"] not in (REFERENCES, STOP):
        tell(pen, "<after:@after_ending>", names)
    if names["after"] is REFERENCES:
        _write_references(pen, names)


def _write_references(pen: Pen, names: dict[str, object]) -> None:
    for n in range(1, MOST_CITATIONS + 1):
        tell(pen, f"[{n}] {CITATION}", names)
        if n == MOST_CITATIONS or not pen.pick(MORE_CITATIONS, lambda more: "\n" if more else END):
            return


@lru_cache(maxsize=4)
def _names(world: World) -> dict[str, object]:
    return {
        "world": world, "adults": world.adults, "children": world.children, "villages": world.villages,
        "workplaces": world.workplaces, **TABLES,
    }  # fmt: skip
