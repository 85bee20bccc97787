"""What can be asked about animals, dishes and tools, with wrong answers that are surely wrong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lexicon import TRADES
from .nature import ALSO_TRUE, DISHES, SPECIES, TASKS, Dish, Species
from .templates import with_article

_HAIRY = ("fur", "hair", "wool", "bristles", "spines")
_COVERS = ("feathers", "a shell", "scales")
_LEGS = {0: "no legs", 2: "two legs", 4: "four legs", 6: "six legs"}
_HOMES = ("in a kennel", "in a coop", "in a hollow tree", "in a burrow", "in the rain forest", "in a sty")
# Homes that an animal could have, besides the one that is stated.
_COULD_LIVE = {
    "rabbit": _HOMES[3:4], "parrot": _HOMES[2:5:2], "turtle": _HOMES[3:5], "goose": _HOMES[1:2], "duck": _HOMES[1:3],
    "hamster": _HOMES[3:4], "canary": _HOMES[4:5], "owl": _HOMES[2:5], "fox": _HOMES[2:4], "hedgehog": _HOMES[3:4],
    "squirrel": _HOMES[2:5], "frog": _HOMES[2:5], "mouse": (*_HOMES[:4], _HOMES[5]), "bat": _HOMES[2:5],
    "cat": _HOMES[2:3],
}  # fmt: skip
_SWEET = ("plums", "cherries", "sugar", "apples")


class NatureFact(NamedTuple):
    """A question about nature: its truth, and every answer of the same type that is wrong."""

    subject: str
    attribute: str
    question: str
    statement: str
    truth: str
    wrong: tuple[str, ...]


def common_sense_facts() -> Iterator[NatureFact]:
    """Yield everything that can be asked with at least one wrong answer.

    Example:
        >>> next(common_sense_facts())[2:5]
        ('What does a dog eat?', 'A dog eats', 'meat')
    """
    for species in SPECIES.values():
        yield from _about_species(species)
    for dish in DISHES.values():
        yield from _about_dish(dish)
    for trade, _, tool, _ in TRADES:
        yield _about_tool(trade, tool)


def _without(subject: str, attribute: str, truth: str, options: Sequence[str]) -> tuple[str, ...]:
    right = (truth, *ALSO_TRUE.get((subject, attribute), ()))
    return tuple(option for option in dict.fromkeys(options) if option not in right)


def _about_species(species: Species) -> Iterator[NatureFact]:
    name, a_name = species.name, with_article(species.name)
    start = a_name[0].upper() + a_name[1:]

    def ask(attribute: str, question: str, statement: str, truth: str, options: Sequence[str]) -> NatureFact:
        return NatureFact(name, attribute, question, statement, truth, _without(name, attribute, truth, options))

    others = list(SPECIES.values())
    opposite = {"plants": "meat", "meat": "plants"}.get(species.diet)
    foods = [food for other in others if other.diet == opposite for food in other.eats]
    for food in species.eats if foods else ():
        yield ask("food", f"What does {a_name} eat?", f"{start} eats", food, foods)
    homes = [home for home in _HOMES if home not in _COULD_LIVE.get(name, ())]
    yield ask("home", f"Where does {a_name} live?", f"{start} lives", species.home, homes)
    yield ask("legs", f"How many legs does {a_name} have?", f"{start} has", _LEGS[species.legs], tuple(_LEGS.values()))
    covers = _COVERS if species.cover in _HAIRY else ("feathers", "fur", "wool")
    yield ask("cover", f"What covers {a_name}?", f"The body of {a_name} is covered with", species.cover, covers)
    yield ask(
        "young", f"What is a young {name} called?", f"A young {name} is called",
        with_article(species.young), [with_article(other.young) for other in others if not _shares(species, other)],
    )  # fmt: skip
    if species.sound:
        sounds = [other.sound for other in others if other.sound]
        yield ask("sound", f"What does {a_name} do when it wants to be heard?", start, species.sound, sounds)
    if species.active:
        yield ask("active", f"When is {a_name} awake?", f"{start} is awake by", species.active, ("day", "night"))


def _shares(species: Species, other: Species) -> bool:
    """Tell whether the young of another species could be called like that of this one."""
    return other.young in ALSO_TRUE.get((species.name, "young"), ())


def _about_dish(dish: Dish) -> Iterator[NatureFact]:
    start, verb = dish.name[0].upper() + dish.name[1:], "are" if dish.plural else "is"

    def ask(attribute: str, question: str, statement: str, truth: str, options: Sequence[str]) -> NatureFact:
        return NatureFact(
            dish.name, attribute, question, statement, truth, _without(dish.name, attribute, truth, options)
        )

    savory = [
        other.made_of[0] for other in DISHES.values() if other.taste == "savory" and other.made_of[0] != "walnuts"
    ]
    wrong = [food for food in (savory if dish.taste == "sweet" else _SWEET) if food not in dish.made_of]
    yield ask("made of", f"What is in {dish.name}?", f"{start} {verb} made of", dish.made_of[0], wrong)
    do = "do" if dish.plural else "does"
    yield ask("taste", f"How {do} {dish.name} taste?", f"{start} {verb}", dish.taste, ("sweet", "savory"))
    if dish.name.endswith(("soup", "stew")):
        tools = ("with a spoon", "with a fork", "with the fingers")
        yield ask("eaten", f"How do people eat {dish.name}?", f"People eat {dish.name}", dish.eaten, tools)
    if dish.cooked == "in the oven":
        places = ("in the oven", "in a cup", "in a vase", "in the snow")
        yield ask("cooked", f"Where do cooks make {dish.name}?", f"Cooks make {dish.name}", dish.cooked, places)


def _about_tool(trade: str, tool: str) -> NatureFact:
    a_tool = tool if tool == "chalk" else with_article(tool)
    wrong = _without(tool, "task", TASKS[tool], list(TASKS.values()))
    owner = with_article(trade)
    return NatureFact(
        tool, "task", f"What is {a_tool} of {owner} for?", f"With {a_tool} {owner} can", TASKS[tool], wrong
    )
