"""What is true of animals, dishes and tools everywhere, not in one town alone: the ground of common-sense tests."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Species:
    """A species of animal.

    Args:
        name: as in the lexicon where it is a pet.
        kind: mammal, bird, reptile or amphibian.
        eats: some of its usual foods.
        diet: "plants", "meat" or "both"; what separates wrong foods from right ones.
        home: where it lives, with preposition.
        sound: verb, third person; empty if it is mostly silent.
        legs: how many.
        cover: what covers its body.
        young: what its young are called.
        active: "day" or "night"; empty if it is neither clearly.
    """

    name: str
    kind: str
    eats: tuple[str, ...]
    diet: str
    home: str
    sound: str
    legs: int
    cover: str
    young: str
    active: str


@dataclass(frozen=True, kw_only=True)
class Dish:
    """A dish.

    Args:
        name: as in the lexicon.
        made_of: some of its ingredients.
        cooked: where, with preposition.
        taste: sweet or savory.
        eaten: with what, with preposition.
        plural: whether its name takes a plural verb.
    """

    name: str
    made_of: tuple[str, ...]
    cooked: str
    taste: str
    eaten: str
    plural: bool


# name, kind, eats, diet, home, sound, legs, cover, young, active
_SPECIES = """
dog|mammal|meat, bones, sausages|meat|in a kennel|barks|4|fur|puppy|day
cat|mammal|mice, fish, small birds|meat|in a house|meows|4|fur|kitten|
rabbit|mammal|grass, carrots, clover|plants|in a burrow||4|fur|kit|
parrot|bird|seeds, nuts, fruit|plants|in the rain forest|squawks|2|feathers|chick|day
goat|mammal|grass, leaves, hay|plants|in a stable|bleats|4|hair|kid|day
pony|mammal|grass, oats, hay|plants|in a stable|neighs|4|hair|foal|day
turtle|reptile|leaves, clover, lettuce|plants|in a garden||4|a shell|hatchling|day
goose|bird|grass, grain, clover|plants|by a pond|honks|2|feathers|gosling|day
hamster|mammal|seeds, grain, nuts|plants|in a cage|squeaks|4|fur|pup|night
canary|bird|seeds, apples, lettuce|plants|in a cage|sings|2|feathers|chick|day
donkey|mammal|grass, straw, hay|plants|in a stable|brays|4|hair|foal|day
duck|bird|snails, pondweed, grain|both|by a pond|quacks|2|feathers|duckling|day
cow|mammal|grass, clover, hay|plants|in a stable|moos|4|hair|calf|day
sheep|mammal|grass, clover, hay|plants|in a meadow|bleats|4|wool|lamb|day
hen|bird|grain, worms, seeds|both|in a coop|clucks|2|feathers|chick|day
pig|mammal|turnips, acorns, worms|both|in a sty|grunts|4|bristles|piglet|day
horse|mammal|grass, oats, hay|plants|in a stable|neighs|4|hair|foal|day
owl|bird|mice, moths, small birds|meat|in a hollow tree|hoots|2|feathers|owlet|night
fox|mammal|mice, berries, eggs|both|in a den|yelps|4|fur|cub|night
hedgehog|mammal|beetles, worms, snails|meat|under a hedge|snuffles|4|spines|hoglet|night
squirrel|mammal|acorns, nuts, seeds|plants|in a tree|chatters|4|fur|kit|day
frog|amphibian|flies, worms, beetles|meat|by a pond|croaks|4|bare skin|tadpole|
mouse|mammal|seeds, grain, cheese|both|in a hole|squeaks|4|fur|pup|night
bat|mammal|moths, flies, beetles|meat|in a cave|squeaks|2|fur|pup|night
""".strip()


def _species(line: str) -> Species:
    name, kind, eats, diet, home, sound, legs, cover, young, active = line.split("|")
    return Species(
        name=name, kind=kind, eats=tuple(eats.split(", ")), diet=diet, home=home, sound=sound, legs=int(legs),
        cover=cover, young=young, active=active,
    )  # fmt: skip


SPECIES = {species.name: species for species in map(_species, _SPECIES.splitlines())}

# name, made of, cooked, taste, eaten
_DISHES = """
apple pie|apples, flour, butter|in the oven|sweet|with a fork
pea soup|peas, onions, water|in a pot|savory|with a spoon
potato salad|potatoes, onions, vinegar|in a pot|savory|with a fork
plum cake|plums, flour, sugar|in the oven|sweet|with a fork
grilled trout|trout, salt, butter|over a fire|savory|with a fork
cheese dumplings|cheese, flour, eggs|in a pot|savory|with a fork
lentil stew|lentils, carrots, onions|in a pot|savory|with a spoon
pancakes|flour, eggs, milk|in a pan|sweet|with a fork
onion tart|onions, flour, eggs|in the oven|savory|with a fork
rice pudding|rice, milk, sugar|in a pot|sweet|with a spoon
mushroom pie|mushrooms, flour, butter|in the oven|savory|with a fork
carrot soup|carrots, onions, water|in a pot|savory|with a spoon
walnut bread|walnuts, flour, salt|in the oven|savory|with the fingers
cherry jam|cherries, sugar|in a pot|sweet|with a spoon
roast chicken|chicken, salt, butter|in the oven|savory|with a fork
noodle soup|noodles, carrots, water|in a pot|savory|with a spoon
""".strip()


def _dish(line: str) -> Dish:
    name, made_of, cooked, taste, eaten = line.split("|")
    return Dish(
        name=name, made_of=tuple(made_of.split(", ")), cooked=cooked, taste=taste, eaten=eaten,
        plural=name in ("pancakes", "cheese dumplings"),
    )  # fmt: skip


DISHES = {dish.name: dish for dish in map(_dish, _DISHES.splitlines())}

# What each tool of the lexicon is for, as in "to flatten dough".
TASKS = {
    "rolling pin": "flatten dough", "hammer": "shape hot iron", "plane": "smooth boards", "loom": "weave cloth",
    "wheel": "turn clay", "needle": "sew seams", "awl": "pierce leather", "spade": "dig holes",
    "net": "catch fish", "millstone": "grind grain", "smoker": "calm bees", "loupe": "see tiny gears",
    "press": "print pages", "chalk": "write on the blackboard", "thermometer": "measure a fever",
    "mortar": "crush herbs", "card catalog": "find a book", "bone folder": "crease paper",
    "blowpipe": "blow glass", "churn": "turn cream into butter", "adze": "shape planks", "shears": "cut stems",
    "whistle": "give signals", "chisel": "carve wood",
}  # fmt: skip

# Options that would also be right, by (subject, what is asked), beyond the stated truth.
ALSO_TRUE = {
    ("dog", "young"): ("pup",), ("fox", "young"): ("kit", "pup"), ("squirrel", "young"): ("pup",),
    ("rabbit", "young"): ("kitten", "pup"), ("owl", "young"): ("chick", "hatchling"),
    ("duck", "young"): ("chick", "hatchling"), ("goose", "young"): ("chick", "hatchling"),
    ("hen", "young"): ("hatchling",), ("parrot", "young"): ("hatchling",), ("canary", "young"): ("hatchling",),
    ("hamster", "young"): ("kit",), ("mouse", "young"): ("kitten",), ("turtle", "young"): ("chick",),
    ("frog", "young"): ("hatchling",), ("hedgehog", "young"): ("pup",), ("pig", "cover"): ("hair",),
    ("canary", "sound"): ("chatters", "squeaks"), ("parrot", "sound"): ("chatters", "sings"),
    ("fox", "sound"): ("barks",), ("duck", "sound"): ("squawks",), ("goose", "sound"): ("squawks",),
    ("hen", "sound"): ("squawks",), ("hedgehog", "sound"): ("squeaks", "grunts"), ("pig", "sound"): ("squeaks",),
    ("squirrel", "sound"): ("squeaks", "barks"), ("mouse", "sound"): ("chatters",), ("bat", "sound"): ("chatters",),
    ("hamster", "sound"): ("chatters",), ("dog", "sound"): ("yelps", "grunts"), ("adze", "task"): ("carve wood",),
    ("plane", "task"): ("shape planks",), ("chisel", "task"): ("shape planks",), ("owl", "sound"): ("squawks",),
    ("sheep", "cover"): ("hair",), ("squirrel", "cover"): ("hair",),
}  # fmt: skip
