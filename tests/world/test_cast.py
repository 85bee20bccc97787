"""The cast: families are related both ways, and what nobody may tell is not there to be told."""

from minillama.world.cast import cast_of
from minillama.world.town import build_world

WORLD = build_world()
CAST = cast_of(WORLD)


def test_families_are_related_both_ways() -> None:
    for child in CAST["CHILD"]:
        assert child in (child["mother"]["elder"], child["mother"]["younger"])
        assert child["father"] is child["mother"]["spouse"] and child["mother"] is child["father"]["spouse"]
        assert child["sibling"]["sibling"] is child and child["sibling"] is not child
        person = WORLD.person(child["name"])
        assert person.kin == (child["mother"]["name"], child["father"]["name"])


def test_words_follow_the_person() -> None:
    for sheet in CAST["PERSON"]:
        person = WORLD.person(sheet["name"])
        assert (sheet["she"], sheet["Hers"], sheet["street"]) == (person.she, person.hers.title(), person.street)
        assert (sheet.get("son") == "daughter") == (person.female and person.work is None)
        assert (sheet.get("spouse_word") == "wife") == (person.female and person.work is not None)


def test_untold_facts_are_absent() -> None:
    for attribute, tellers in (("food", "EATER"), ("instrument", "PLAYER")):
        untold = {name for name, what in WORLD.untold if what == attribute}
        assert len(untold) == 16 and untold.isdisjoint(sheet["name"] for sheet in CAST[tellers])
        for sheet in CAST["PERSON"]:
            assert (attribute in sheet) == (sheet["name"] not in untold)


def test_groups() -> None:
    sizes = {name: len(group) for name, group in CAST.items()}
    assert sizes["PERSON"] == 176 and sizes["ADULT"] == sizes["CHILD"] == 88 and sizes["OWNER"] == 44
    assert sizes["ADULT_EATER"] + sizes["CHILD_EATER"] == sizes["EATER"] == 160
    assert all("food" in sheet and "pet" in sheet for sheet in CAST["OWNER_EATER"])
    strangers = {person.name for person in WORLD.strangers}
    assert strangers.isdisjoint(sheet["name"] for sheet in CAST["PERSON"])


def test_the_same_world_has_the_same_cast() -> None:
    assert cast_of(build_world()) is CAST
