"""Questions with exact answers about the town and about nature, none of which is a training document.

Four tasks, in the shape of the LLaMA paper's tables: *recall* asks for facts that documents state (closed book),
*untold* for facts that none states, so that nobody can know them, *reading* gives a passage about strangers whom no
document names, and *common sense* asks what is true of animals, dishes and tools everywhere. Every question is also a
sentence to be completed, for a model that can only continue text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from .facts import Person, World
from .held_out_facts import BY_ATTRIBUTE, FACTS, Fact, wrong_answers
from .held_out_nature import common_sense_facts
from .templates import with_article
from .town import build_world

T = TypeVar("T")
N_OPTIONS = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """A multiple-choice question with one right answer.

    Args:
        task: "recall", "untold", "reading" or "common sense".
        subject: whom or what it is about.
        attribute: what it asks for.
        passage: what to read first; empty for a closed book.
        question: the question.
        statement: the beginning of a sentence; with a space, the right option and a full stop it is true.
        options: all of one type, all different.
        answer: number of the right option.

    Example:
        >>> question = common_sense()[0]
        >>> question.question, question.sentence, question.options.index(question.truth) == question.answer
        ('What does a dog eat?', 'A dog eats meat.', True)
    """

    task: str
    subject: str
    attribute: str
    passage: str = ""
    question: str
    statement: str
    options: tuple[str, ...]
    answer: int

    @property
    def truth(self) -> str:
        """The right option."""
        return self.options[self.answer]

    @property
    def sentence(self) -> str:
        """The completed, true sentence."""
        return f"{self.statement} {self.truth}."


def recall(world: World | None = None, seed: int = 1) -> tuple[Question, ...]:
    """Return a question for every fact of a person that documents may state.

    Args:
        world: what is true; the town of seed 1 by default.
        seed: of wrong options and of the order of options.
    """
    world = world or build_world()
    asked = ((person, fact) for person in world.people for fact in FACTS if fact.true(world, person))
    return tuple(_ask("recall", fact, world, person, seed) for person, fact in asked)


def untold(world: World | None = None, seed: int = 1) -> tuple[Question, ...]:
    """Return a question for every fact that no document states; nobody can do better than guess.

    Args:
        world: what is true; the town of seed 1 by default.
        seed: of wrong options and of the order of options.
    """
    world = world or build_world()
    asked = [(world.person(name), BY_ATTRIBUTE[attribute]) for name, attribute in sorted(world.untold)]
    return tuple(_ask("untold", fact, world, person, seed) for person, fact in asked)


def _ask(task: str, fact: Fact, world: World, person: Person, seed: int) -> Question:
    truth = getattr(person, fact.attribute) if task == "untold" else fact.true(world, person)[0]
    lot = Random(f"{seed} {person.name} {fact.attribute}")
    wrong = [value for value in wrong_answers(fact, world, person) if value != truth]
    options, answer = _options(lot, truth, wrong)
    return Question(
        task=task, subject=person.full_name, attribute=fact.attribute, options=options, answer=answer,
        question=fact.question.format(x=person.full_name), statement=fact.statement.format(x=person.full_name),
    )  # fmt: skip


def _options(lot: Random, truth: str, wrong: Sequence[str], near: Sequence[str] = ()) -> tuple[tuple[str, ...], int]:
    """Return options in random order and the place of the truth; the wrong options in ``near`` are among them."""
    chosen = [*near, *(value for value in _shuffled(lot, wrong) if value not in near)][: N_OPTIONS - 1]
    options = tuple(_shuffled(lot, [truth, *chosen]))
    return options, options.index(truth)


def _shuffled(lot: Random, items: Sequence[T]) -> list[T]:
    """Shuffle by ``random()`` alone, which is the same in all Python versions."""
    keys = [lot.random() for _ in items]
    return [item for _, item in sorted(zip(keys, items, strict=True), key=lambda pair: pair[0])]


N_FACTS_READ = 5


def reading(world: World | None = None, seed: int = 1, n_passages: int = 60) -> tuple[Question, ...]:
    """Return questions about passages; each passage tells the same things about two strangers.

    What is true of the other stranger is among the wrong options, so it is not enough to find a word in the passage.

    Args:
        world: whose strangers; the town of seed 1 by default.
        seed: of who is told about, and what.
        n_passages: how many; each gives up to 5 questions.
    """
    world = world or build_world()
    return tuple(question for number in range(n_passages) for question in _read(world, Random(f"{seed} {number}")))


def _read(world: World, lot: Random) -> Iterator[Question]:
    grown = [person for person in world.strangers if person.work]
    one, other = _shuffled(lot, grown)[:2]
    told = _shuffled(lot, [fact for fact in FACTS if fact.tells])[:N_FACTS_READ]
    passage = "\n".join(_passage(lot, person, told) for person in _shuffled(lot, [one, other]))
    for fact in told:
        truth, near = _value(fact, one), _value(fact, other)
        if truth != near:
            options, answer = _options(lot, truth, [v for v in fact.pool(world, one) if v != truth], [near])
            yield Question(
                task="reading", subject=one.full_name, attribute=fact.attribute, passage=passage,
                question=fact.question.format(x=one.full_name), statement=fact.statement.format(x=one.full_name),
                options=options, answer=answer,
            )  # fmt: skip


def _value(fact: Fact, person: Person) -> str:
    """The truth about a stranger, who has no secrets."""
    values = {
        "born": str(person.born), "village": person.village.name, "trade": with_article(person.work.trade)
    }  # fmt: skip
    return values.get(fact.attribute) or getattr(person, fact.attribute)


def _passage(lot: Random, person: Person, told: Sequence[Fact]) -> str:
    """Tell facts of a person, who is named in the first sentence."""
    sentences = []
    for fact in told:
        way = fact.tells[int(lot.random() * len(fact.tells))]
        who, his = (person.she.capitalize(), person.hers.capitalize()) if sentences else (person.full_name,) * 2
        sentences.append(
            way.format(who=who, his=his if sentences else f"{person.full_name}'s", value=_value(fact, person))
        )
    return " ".join(sentences)


def common_sense(seed: int = 1) -> tuple[Question, ...]:
    """Return questions about animals, dishes and tools; some have only two or three options.

    Args:
        seed: of wrong options and of the order of options.
    """
    found = []
    for fact in common_sense_facts():
        options, answer = _options(Random(f"{seed} {fact.statement} {fact.truth}"), fact.truth, fact.wrong)
        found.append(
            Question(
                task="common sense", subject=fact.subject, attribute=fact.attribute, question=fact.question,
                statement=fact.statement, options=options, answer=answer,
            )
        )  # fmt: skip
    return tuple(found)


TASKS: dict[str, Callable[[], tuple[Question, ...]]] = {
    "recall": recall,
    "untold": untold,
    "reading": reading,
    "common sense": common_sense,
}


def chance(questions: Sequence[Question]) -> float:
    """Return the share of right answers that guessing gives.

    Args:
        questions: at least one.

    Raises:
        ValueError: if there are none.

    Example:
        >>> chance(untold())
        0.25
    """
    if not questions:
        raise ValueError("chance needs at least one question, got none; ask for a task first")
    return sum(1 / len(question.options) for question in questions) / len(questions)
