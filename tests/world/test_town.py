"""The town: families that fit together, names that a reader can tell apart, truths that are kept back."""

from collections import Counter

import pytest

from minillama.world import lexicon
from minillama.world.facts import NOW
from minillama.world.proof import require_distinct
from minillama.world.town import build_world

WORLD = build_world()


def test_the_same_seed_gives_the_same_town_and_another_seed_another() -> None:
    assert [person.full_name for person in build_world(1).people] == [person.full_name for person in WORLD.people]
    assert build_world(2).people[0].full_name != WORLD.people[0].full_name


def test_a_fact_of_seed_one_stays_what_it_is() -> None:
    """The shipped model has learned this town: a change of the words or their order would make it wrong."""
    first = WORLD.adults[0]
    assert (first.full_name, first.work.trade, first.street, first.kin) == (
        "Sylvia Harrow", "cobbler", "Foundry Road", ("Nestor",),
    )  # fmt: skip


def test_names_are_unique_and_none_begins_with_another() -> None:
    everyone = WORLD.people + WORLD.strangers
    for names in (
        [person.name for person in everyone],
        sorted({person.family for person in everyone}),
        lexicon.PET_NAMES,
        lexicon.WOMEN + lexicon.MEN,
    ):
        require_distinct(names)


@pytest.mark.parametrize("family", sorted({person.family for person in WORLD.people}))
def test_families_hold_together(family: str) -> None:
    members = [person for person in WORLD.people if person.family == family]
    adults, children = [p for p in members if p.work], [p for p in members if not p.work]
    assert len(adults) == len(children) == 2
    mother, father = adults
    assert mother.female
    assert not father.female
    assert mother.kin == (father.name,)
    assert father.kin == (mother.name,)
    assert all(child.kin == (mother.name, father.name) for child in children)
    assert len({person.street for person in members}) == 1
    assert all(child.born - parent.born >= 16 for child in children for parent in adults)
    assert all(3 <= child.age == NOW - child.born <= 14 for child in children)
    assert [child.pet is not None for child in children] == [True, False]


def test_strangers_are_apart_and_some_truths_are_never_told() -> None:
    assert not {p.family for p in WORLD.strangers} & {p.family for p in WORLD.people}
    assert Counter(attribute for _, attribute in WORLD.untold) == {"food": 16, "instrument": 16}
    for attribute in ("food", "instrument"):
        tellers = WORLD.tellers(attribute)
        assert len(tellers) == len(WORLD.people) - 16
        assert not any((person.name, attribute) in WORLD.untold for person in tellers)


def test_people_are_found_by_their_first_name() -> None:
    assert all(WORLD.person(person.name) is person for person in WORLD.people + WORLD.strangers)
    with pytest.raises(KeyError):
        WORLD.person("Nobody")


def test_every_trade_has_one_workplace_and_someone_who_works_there() -> None:
    assert len({work.place for work in WORLD.workplaces}) == len(WORLD.workplaces) == len(lexicon.TRADES)
    assert {person.work.trade for person in WORLD.adults} == {work.trade for work in WORLD.workplaces}
