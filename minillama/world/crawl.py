"""Longer pages in the manner of C4: portraits, guides, travel pages, diaries, and tales of cause and consequence."""

from .cast import cast_of
from .choices import Pen
from .facts import World
from .page_ends import write_end
from .pages import PAGES


def write_crawl(pen: Pen, world: World) -> None:
    """Write one page: a portrait, guide, travel page, diary entry, tale, animal story or recipe.

    Its first words tell which.

    Args:
        pen: what to write with.
        world: what is true.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen, read
        >>> from minillama.world.town import build_world
        >>> world, pen = build_world(), DrawingPen(Random(4))
        >>> write_crawl(pen, world)
        >>> read(lambda pen: write_crawl(pen, world), pen.text()).bits == pen.bits
        True
    """
    PAGES.write("crawl", pen, cast_of(world))
    write_end(pen, world)
