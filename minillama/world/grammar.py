"""A language of one page: a few children feed a few animals. Its entropy is known exactly.

Small enough to enumerate, so that what the larger world claims can be proved here: the probabilities of all texts add
up to 1, their mean information is the entropy, and no model can have a lower loss.
"""

import math
from random import Random

from .choices import DrawingPen, Menu, Pen
from .proof import enumerate_texts

CHILDREN = {
    "Ada": "she",
    "Ben": "he",
    "Cleo": "she",
    "Dan": "he",
    "Eva": "she",
    "Finn": "he",
    "Gil": "he",
    "Hope": "she",
}
SIZES = ("big", "little", "old", "young")
ANIMALS = Menu(("cat", "dog", "hen", "pig"), (4, 2, 1, 1))
FOODS = {"cat": ("fish", "milk"), "dog": ("bones", "meat"), "hen": ("corn", "worms"), "pig": ("apples", "roots")}
SOUNDS = {"cat": "meow", "dog": "woof", "hen": "cluck", "pig": "oink"}
TIMES = Menu((" at dawn", " at noon", " at night"), (1, 2, 1))


def write_scene(pen: Pen) -> None:
    """Write one sentence: who feeds which animal with what and when, and what follows from that.

    The food depends on the animal. The sound and the pronoun are forced: they look back to a word said long before.

    Args:
        pen: what to write with.

    Example:
        >>> scene(3)
        'Ben gives the old cat milk at noon and he hears: meow!'
    """
    child = pen.pick(tuple(CHILDREN))
    pen.say(" gives the ")
    pen.pick(SIZES)
    animal = pen.pick(ANIMALS, lambda animal: f" {animal} ")
    pen.pick(FOODS[animal])
    pen.pick(TIMES)
    pen.say(f" and {CHILDREN[child]} hears: {SOUNDS[animal]}!")


def scene(seed: int) -> str:
    """Return the scene of a seed."""
    pen = DrawingPen(Random(seed))
    write_scene(pen)
    return pen.text()


def entropy_bits() -> float:
    """Return the mean information of a scene in bits, by enumerating every scene.

    Example:
        >>> entropy_bits()  # 3 for the child, 2 for the size, 1.75 for the animal, 1 for the food, 1.5 for the time
        9.25
    """
    return sum(2**-bits * bits for _, bits in enumerate_texts(write_scene))


def floor_nats_per_token() -> float:
    """Return the lowest mean loss that any model can reach when the characters of a scene are its tokens.

    A scene of n characters has n + 1 targets: its characters, and the token that ends it.

    Returns:
        Entropy of a scene divided by its mean number of targets, in nats.

    Source:
        Shannon, 1948, "A mathematical theory of communication", section 7: entropy per symbol.
    """
    mean_targets = sum(2**-bits * (len(text) + 1) for text, bits in enumerate_texts(write_scene))
    return entropy_bits() * math.log(2) / mean_targets
