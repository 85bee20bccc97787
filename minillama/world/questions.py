"""Questions and answers, as on StackExchange: a question with tags, and answers in the order of their scores."""

from functools import lru_cache

from . import lexicon
from .choices import END, Menu, Pen
from .common_words import DATES, DAYS, MONTHS
from .facts import World
from .papers_words import THINGS as GOODS
from .pattern import Pattern, patterns, tell
from .questions_sums import SUMS
from .questions_topics import FEASTS, HALVES, TOPICS, Topic
from .questions_words import (
    CHORES,
    IDLE,
    MOODS,
    PRAISE,
    REASONS,
    REASONS_FOR_CHORES,
    REASONS_FOR_PEOPLE,
    SOURCES,
    TAGS,
    THINGS,
)

Names = dict[str, object]
HIGHEST = 40  # no score is above it
LEAST_BEST, LOWEST = 5, -4  # scores of the first answer and of the last
MOST_ANSWERS = 4
# What follows the first answer, a second answer and so on, and a comment.
AFTER_FIRST = Menu(("answer", "comment"), (1, 1))
AFTER_OTHERS = Menu(("answer", "end"), (2, 1))
SHOWS = {"comment": "\n- ", "answer": "\nA (", "end": END}
GUESSES = (
    "I would say {}, but I am <@moods>.", "Maybe {}? I am <@moods>.", "My guess: {}. I bet <@things>.",
    "As far as I remember, {}.", "Surely {}, as <@sources> told me.", "It was once {}, but since <@days> I doubt it.",
)  # fmt: skip
CORRECTIONS = ("No, {}.", "Wrong: {}.", "I checked it on <@days>: {}.", "Not at all, {}.", "Better think again, {}.")
HEAD = ", <@tags>\nAsked by <w:@people-x>, <@dates> <@all_months>\n"
CHORE_TOPIC = "How do I "
STARTS = Menu((*TOPICS, *SUMS, CHORE_TOPIC), [4] * len(TOPICS) + [7] * len(SUMS) + [12])


def write_question(pen: Pen, world: World) -> None:
    """Write a question, its tags, and two to four answers of falling scores, of which the first is right.

    Args:
        pen: what to write with.
        world: what is true.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> from minillama.world.town import build_world
        >>> pen = DrawingPen(Random(2))
        >>> write_question(pen, build_world())
        >>> pen.text().startswith("Q: ")
        True
    """
    names = dict(_names(world), x=None)
    pen.say("Q: ")
    topic = pen.pick(STARTS, _start_of)
    if isinstance(topic, Topic):
        answers = _ask_about(pen, names, topic)
    elif isinstance(topic, str):
        answers = _ask_how(pen, names)
    else:
        answers = _ask_sum(pen, names, topic)
    _write_answers(pen, names, answers)


def _start_of(topic: Topic | tuple | str) -> str:
    return topic if isinstance(topic, str) else topic[0] if isinstance(topic, tuple) else topic.start


Answers = dict[str, tuple[Pattern, ...]]


def _answers(right: tuple[Pattern, ...], halves: list[str], guess: str, correct: str) -> Answers:
    """Right answers, all others, and comments that correct a guess."""
    guesses = [text.format(guess) for text in GUESSES]
    return {
        "right": right,
        "others": (*IDLE, *patterns(*halves, *guesses)),
        "corrections": patterns(*[text.format(correct) for text in CORRECTIONS]),
    }


@lru_cache(maxsize=len(TOPICS))
def _answers_about(topic: Topic) -> Answers:
    halves = [text for fact, text in HALVES.get(topic.about, {}).items() if fact != topic.known]
    return _answers(topic.right, halves, topic.guess, topic.correct)


_ANSWERS_TO_SUMS = _answers(
    patterns(
        "<steps>.", "It is <truth>, because <steps>.", "The answer is <truth>: <steps>.", "Step by step: <steps>.",
    ),
    [], "<g:@guesses>", "<steps>",
)  # fmt: skip
_ANSWERS_TO_CHORES = _answers(
    patterns(
        "You <way>.", "Just <way>.", "My way: <way>.", "The <@workplaces> told me: <way>.", "Every <@days> I <way>.",
    ),
    [], "<g:@mistakes>", "<because>",
)  # fmt: skip


def _ask_about(pen: Pen, names: Names, topic: Topic) -> Answers:
    topic.rest.write(pen, names)
    x = names["x"]
    names["x_trade"] = names["a_trade"][x.work.trade] if topic.about == "adult" else ""
    for i, name in enumerate(getattr(x, "kin", ())):
        names[f"kin{i}"] = names["world"].person(name)
    reasons = "<@reasons_for_people>" if topic.about else "<@reasons>"
    names["truth"] = topic.truth(x) if topic.truth else names["kin0"]
    tell(pen, f"\nTags: {topic.tags}{HEAD}{reasons}", names)
    return _answers_about(topic)


def _ask_sum(pen: Pen, names: Names, topic: tuple) -> Answers:
    _, tags, ask = topic
    ask(pen, names)
    tell(pen, f"\nTags: {tags}{HEAD}<@reasons>", names)
    return _ANSWERS_TO_SUMS


def _ask_how(pen: Pen, names: Names) -> Answers:
    chore = pen.pick(CHORES, lambda chore: f"{chore[0]}?")
    _, names["way"], mistake, names["because"] = chore
    names["mistakes"] = (f"with {mistake}",)
    tell(pen, f"\nTags: how-to{HEAD}<@reasons_for_chores>", names)
    return _ANSWERS_TO_CHORES


def _write_answers(pen: Pen, names: Names, answers: Answers) -> None:
    """Write two answers or more; a guess is corrected at once."""
    names |= answers
    pen.say("\nA (")
    score = _write_author(pen, names, range(LEAST_BEST, HIGHEST + 1))
    tell(pen, "<@right>", names)
    if pen.pick(AFTER_FIRST, SHOWS.__getitem__) == "comment":
        tell(pen, "<@praise>\nA (", names)
    for i in range(1, MOST_ANSWERS):
        score = _write_author(pen, names, range(LOWEST + MOST_ANSWERS - 1 - i, score))
        names["g"] = None
        _tell_once(pen, names, "others")
        if names["g"] is not None:
            pen.say("\n- ")
            _tell_once(pen, names, "corrections")
        if i + 1 == MOST_ANSWERS:
            pen.say(END)
        elif pen.pick(AFTER_OTHERS, SHOWS.__getitem__) == "end":
            return


def _tell_once(pen: Pen, names: Names, key: str) -> None:
    """Write one of a list of patterns and strike it off."""
    tell(pen, f"<chosen:@{key}>", names)
    names[key] = [pattern for pattern in names[key] if pattern is not names["chosen"]]


def _write_author(pen: Pen, names: Names, scores: range) -> int:
    score = pen.pick(
        _SCORES[scores.start][: len(scores)], lambda score: f"{score} {'point' if abs(score) == 1 else 'points'}, "
    )
    tell(pen, "<w:@people-x-w>): ", names)
    return score


_SCORES = {low: tuple(range(low, HIGHEST + 1)) for low in range(LOWEST, LEAST_BEST + 1)}


@lru_cache(maxsize=4)
def _names(world: World) -> Names:
    """Everything that patterns choose from."""
    works, villages = world.workplaces, world.villages
    return {
        "world": world, "adults": world.adults, "children": world.children, "people": world.people,
        "owners": world.owners, "workplaces": works, "villages": villages, "events": FEASTS,
        "streets": lexicon.STREETS, "hobbies": lexicon.HOBBIES, "pets": lexicon.PETS, "pet_names": lexicon.PET_NAMES,
        "trades": tuple(work.trade for work in works), "places": tuple(work.place for work in works),
        "goods": tuple(work.goods for work in works), "known": tuple(village.known_for for village in villages),
        "distances": tuple(range(3, 31)), "months": tuple(feast.month for feast in FEASTS),
        "dishes": tuple(feast.dish for feast in FEASTS), "days": DAYS, "moods": MOODS, "sources": SOURCES,
        "things": THINGS, "reasons": REASONS, "reasons_for_people": REASONS_FOR_PEOPLE,
        "reasons_for_chores": REASONS_FOR_CHORES, "tags": TAGS, "dates": DATES, "all_months": MONTHS,
        "goods_to_count": GOODS, "praise": PRAISE,
        "a_trade": {work.trade: ("an " if work.trade[0] in "aeiou" else "a ") + work.trade for work in works},
        "to9": tuple(range(2, 10)), "to12": tuple(range(2, 13)), "to20": tuple(range(1, 21)),
        "to60": tuple(range(20, 61)),
    }  # fmt: skip
