"""Every question has exactly one right answer, which the world confirms."""

from collections import Counter

import pytest

from minillama.world import lexicon
from minillama.world.held_out import TASKS, chance, common_sense, reading, recall, untold
from minillama.world.nature import DISHES, SPECIES
from minillama.world.town import build_world

WORLD = build_world()
PEOPLE = {person.full_name: person for person in WORLD.people + WORLD.strangers}


def right_answers(name: str, attribute: str) -> set[str]:
    """All right answers, found without the module."""
    person = PEOPLE[name]
    family = [one for one in WORLD.people if one.family == person.family]
    children = [one for one in family if one.work is None]
    looks = {
        "born": lambda: {str(person.born)},
        "village": lambda: {person.village.name},
        "street": lambda: {person.street},
        "trade": lambda: {f"a {person.work.trade}", f"an {person.work.trade}"},
        "workplace": lambda: {person.work.place},
        "hobby": lambda: {person.hobby},
        "food": lambda: {person.food},
        "instrument": lambda: {person.instrument},
        "spouse": lambda: {person.kin[0]},
        "child": lambda: {one.name for one in children},
        "mother": lambda: {person.kin[0]},
        "father": lambda: {person.kin[1]},
        "sibling": lambda: {one.name for one in children if one is not person},
        "pet": lambda: {person.pet.species},
        "pet name": lambda: {person.pet.name},
        "pet color": lambda: {person.pet.color},
    }
    return looks[attribute]()


@pytest.mark.parametrize("task", ["recall", "untold", "reading"])
def test_exactly_one_option_is_right(task: str) -> None:
    for question in TASKS[task]():
        right = right_answers(question.subject, question.attribute)
        assert question.truth in right, question
        assert len(right.intersection(question.options)) == 1, question
        assert len(set(question.options)) == 4, question


def test_recall_asks_everybody_everything_that_is_told() -> None:
    asked = Counter(question.attribute for question in recall())
    assert asked["born"] == 176 and asked["spouse"] == 88 and asked["mother"] == 88 and asked["pet"] == 44
    assert asked["food"] == asked["instrument"] == 176 - 16
    assert not {(question.subject.split()[0], question.attribute) for question in recall()} & WORLD.untold


def test_untold_asks_every_secret_once() -> None:
    assert sorted((question.subject.split()[0], question.attribute) for question in untold()) == sorted(WORLD.untold)


def test_options_are_of_one_type() -> None:
    for question in recall():
        if question.attribute in ("spouse", "mother", "father"):
            sexes = {WORLD.person(name).female for name in question.options}
            assert len(sexes) == 1, question
        if question.attribute == "food":
            assert set(question.options) <= set(lexicon.FOODS)


def test_no_last_name_gives_a_relative_away() -> None:
    relatives = [question for question in recall() if question.attribute in ("spouse", "mother", "sibling")]
    assert relatives and all(" " not in question.truth for question in relatives)


def test_passages_state_the_answer_and_a_rival() -> None:
    first = Counter()
    for question in reading():
        options = [option.removeprefix("a ").removeprefix("an ") for option in question.options]
        assert options[question.answer] in question.passage, question
        assert sum(option in question.passage for option in options) >= 2, question
        assert PEOPLE[question.subject] in WORLD.strangers
        first[question.passage.startswith(question.subject)] += 1
    assert 0.3 < first[True] / first.total() < 0.7  # the place in the passage does not give it away


def test_common_sense_agrees_with_nature() -> None:
    for question in common_sense():
        if species := SPECIES.get(question.subject):
            if question.attribute == "food":
                assert len(set(question.options).intersection(species.eats)) == 1, question
            elif question.attribute in ("home", "sound", "cover", "active"):
                assert question.truth == getattr(species, question.attribute), question
        elif (dish := DISHES.get(question.subject)) and question.attribute == "made of":
            assert len(set(question.options).intersection(dish.made_of)) == 1, question
    assert {question.subject for question in common_sense()} >= {*SPECIES, *DISHES, "loom", "hammer"}


def test_hand_checked_questions() -> None:
    by_question = {question.question: question for question in common_sense()}
    assert by_question["When is an owl awake?"].sentence == "An owl is awake by night."
    assert by_question["How many legs does a goose have?"].truth == "two legs"
    assert set(by_question["How does rice pudding taste?"].options) == {"sweet", "savory"}


@pytest.mark.parametrize("task", TASKS)
def test_questions_repeat_and_depend_on_the_seed(task: str) -> None:
    assert TASKS[task]() == TASKS[task]()
    assert TASKS[task]() != TASKS[task](seed=2)


@pytest.mark.parametrize("task", TASKS)
def test_every_place_holds_the_answer_about_equally_often(task: str) -> None:
    four = [question for question in TASKS[task]() if len(question.options) == 4]
    places = Counter(question.answer for question in four)
    spread = 4 * (3 / 16 / len(four)) ** 0.5  # four standard deviations
    assert all(abs(places[place] / len(four) - 0.25) < spread for place in range(4)), places


def test_chance_counts_options() -> None:
    assert chance(untold()) == 0.25
    mixed = [question for question in common_sense() if question.attribute in ("active", "legs")]
    n_two, n_four = (sum(len(question.options) == n for question in mixed) for n in (2, 4))
    assert chance(mixed) == pytest.approx((n_two / 2 + n_four / 4) / len(mixed))
    with pytest.raises(ValueError, match="at least one question"):
        chance([])
