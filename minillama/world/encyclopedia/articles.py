"""The list of all articles: which subject, in which language, how often."""

from functools import cache, lru_cache
from typing import NamedTuple

from ..choices import Menu, Pen
from ..facts import World
from . import english_people, english_places, english_things, french, german, spanish
from .chain import Chain, Kind, make_chain, sentences, write_chain

_MODULES = (english_people, english_places, english_things, german, french, spanish)
KINDS: tuple[Kind, ...] = tuple(kind for module in _MODULES for kind in module.KINDS)


class Title(NamedTuple):
    """An article: its title, its kind by number, its subject by number."""

    text: str
    kind: int
    subject: int


@lru_cache(maxsize=4)
def titles(world: World) -> Menu[Title]:
    """Return all articles, weighted so that each kind gets its share.

    Args:
        world: what is true.
    """
    found, weights = [], []
    for number, kind in enumerate(KINDS):
        subjects = kind.subjects(world)
        found += [Title(kind.title(subject) + "\n", number, i) for i, subject in enumerate(subjects)]
        weights += [round(1000 * kind.share / len(subjects))] * len(subjects)
    return Menu(found, weights)


@cache
def _sentences(number: int) -> list:
    return sentences(KINDS[number].groups)


def chain_of(world: World, number: int, subject: int) -> Chain:
    """Return the choices of one article. Kept ready, those of all articles would take some 27 MB."""
    kind = KINDS[number]
    names = {**kind.lists, **kind.names(world, kind.subjects(world)[subject])}
    return make_chain(_sentences(number), names)


def _show(title: Title) -> str:
    return title.text


def write_article(pen: Pen, world: World) -> None:
    """Write one article: its title, then what is true of its subject and a few small episodes.

    Args:
        pen: what to write with.
        world: what is true.
    """
    title = pen.pick(titles(world), _show)
    write_chain(pen, chain_of(world, title.kind, title.subject))
