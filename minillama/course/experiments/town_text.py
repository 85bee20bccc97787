"""Stories of the world as a stream of characters, for small models that read letter by letter (chapter 08)."""

from functools import cache
from itertools import islice

import torch
from torch import Tensor

from ...world.documents import documents, kind_menu

N_STORIES = {"train": 1300, "unseen": 70}
GAP = "\n\n"  # after every story; none has an empty line inside


@cache
def town_text(split: str) -> str:
    """Return the stories of a split as one text, the same on every machine.

    Args:
        split: "train", 2.1 million characters, or "unseen", a twentieth of that.
    """
    stream = documents(split=split, kinds=kind_menu({"books": 1}))
    return "".join(story.text + GAP for story in islice(stream, N_STORIES[split]))


@cache
def alphabet() -> str:
    """Return the characters of the stories in order; a character's number is its place here."""
    return "".join(sorted(set(town_text("train") + town_text("unseen"))))


@cache
def letters(split: str) -> Tensor:
    """Return the numbers of the characters of a split, shape (length,)."""
    number = {letter: i for i, letter in enumerate(alphabet())}
    return torch.tensor([number[letter] for letter in town_text(split)])
