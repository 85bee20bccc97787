"""Books: stories of a few short chapters about the town's children, animals and tradespeople."""

from collections.abc import Mapping
from functools import lru_cache

from .cast import cast_of
from .choices import Pen
from .facts import World
from .story_animals import LOST, STRAY
from .story_common import COMMON
from .story_festivals import BROKEN, RECIPE
from .story_friends import LETTER, QUARREL
from .story_journeys import HONEY, MAP, STORM
from .story_plot import Plot, rules_of
from .story_wishes import NOISE, WISH
from .story_words import NOISES, WORDS
from .templates import Grammar

PLOTS: dict[str, Plot] = {
    "lost": LOST, "stray": STRAY, "broken": BROKEN, "recipe": RECIPE, "quarrel": QUARREL, "letter": LETTER,
    "honey": HONEY, "map": MAP, "storm": STORM, "wish": WISH, "noise": NOISE,
}  # fmt: skip


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Return all stories as one grammar."""
    titles = "|".join(f"{title}{{@{name}}}" for name, plot in PLOTS.items() for title in plot.titles)
    rules = {"story": ["{h=HERO} and the [" + titles + "]"], **COMMON}
    for name, plot in PLOTS.items():
        rules |= rules_of(name, plot)
    return Grammar(WORDS, rules)


@lru_cache(maxsize=4)
def story_cast(world: World) -> Mapping[str, tuple[dict, ...]]:
    """Return who can play a part: the cast, the children as heroes with an animal beside them, adults by trade.

    Args:
        world: what is true.

    Example:
        >>> from minillama.world.town import build_world
        >>> hero = story_cast(build_world())["HERO"][0]
        >>> hero["pal"] == " ".join([hero["hers"], hero["pet"]["color"], hero["pet"]["species"], hero["pet"]["name"]])
        True
    """
    cast = dict(cast_of(world))
    heroes = {child["name"]: dict(child) for child in cast["CHILD"]}
    for hero in heroes.values():
        elder = hero["elder"] = hero if "pet" in hero else heroes[hero["sibling"]["name"]]
        pet = hero["animal"] = elder["pet"] | {"noise": NOISES[elder["pet"]["species"]]}
        owner = hero["hers"] if elder is hero else f"{hero['hers']} {elder['brother']} {elder['name']}'s"
        hero["pal"], hero["petname"] = f"{owner} {pet['color']} {pet['species']} {pet['name']}", pet["name"]
        elder["pet"] = pet
    cast["HERO"] = tuple(heroes.values())
    cast["KEEPER"] = tuple(hero for hero in heroes.values() if hero["elder"] is hero)
    for work in cast["WORK"]:
        people = tuple(adult for adult in cast["ADULT"] if adult["trade"] == work["trade"])
        cast[work["trade"].upper().replace(" ", "_")] = people
    return cast


def write_book(pen: Pen, world: World) -> None:
    """Write one story.

    Args:
        pen: what to write with.
        world: what is true.
    """
    grammar().write("story", pen, story_cast(world))
