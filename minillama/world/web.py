"""Web pages of the town, as CommonCrawl finds them: news, diaries, recipes, notices, reviews, weather, letters."""

from .cast import cast_of
from .choices import Pen
from .facts import World
from .page_ends import write_end
from .pages import PAGES


def write_page(pen: Pen, world: World) -> None:
    """Write one page: a news item, diary entry, recipe, notice, invitation, weather report, review, letter, or a
    short story about a child and an animal. Its first words tell which.

    Args:
        pen: what to write with.
        world: what is true.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen, read
        >>> from minillama.world.town import build_world
        >>> world, pen = build_world(), DrawingPen(Random(4))
        >>> write_page(pen, world)
        >>> read(lambda pen: write_page(pen, world), pen.text()).bits == pen.bits
        True
    """
    PAGES.write("web", pen, cast_of(world))
    write_end(pen, world)
