"""The people, places and feasts of a world as nested mappings of words, which templates can write."""

from collections.abc import Mapping
from functools import lru_cache

from . import lexicon
from .facts import Person, Village, Workplace, World

Sheet = dict
_NUMBERS = ["six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]


@lru_cache(maxsize=4)
def cast_of(world: World) -> Mapping[str, tuple[Sheet, ...]]:
    """Return who and what templates can choose from.

    People who keep a favorite food or an instrument to themselves have no such entry, so that a template which states
    it anyway fails at once.

    Args:
        world: what is true.

    Returns:
        PERSON, ADULT, CHILD, OWNER (children with an animal), EATER and PLAYER (favorite food and instrument may be
        told) with ADULT_ and CHILD_ variants, VILLAGE, WORK, FEAST, STREET.

    Example:
        >>> from minillama.world.town import build_world
        >>> cast = cast_of(build_world())
        >>> [cast["OWNER"][0][name] for name in ("name", "she", "street")]
        ['Mathilda', 'she', 'Foundry Road']
        >>> cast["OWNER"][0]["mother"]["trade"], cast["OWNER"][0]["pet"]["species"]
        ('cobbler', 'duck')
    """
    villages = {village.name: _village(village) for village in world.villages}
    works = {work.trade: _workplace(work) for work in world.workplaces}
    sheets = {person.name: _person(person, villages, works) for person in world.people}
    for family in _families(world):
        _relate(*(sheets[person.name] for person in family))
    for attribute in ("food", "instrument"):
        for person in world.tellers(attribute):
            sheets[person.name][attribute] = getattr(person, attribute)
    everyone = tuple(sheets.values())
    cast = {"PERSON": everyone, "EATER": _having(everyone, "food"), "PLAYER": _having(everyone, "instrument")}
    cast["VILLAGE"], cast["WORK"] = tuple(villages.values()), tuple(works.values())
    cast["FEAST"] = tuple(dict(zip(("name", "month", "place", "dish"), event, strict=True)) for event in lexicon.EVENTS)
    cast["STREET"] = tuple({"name": street} for street in lexicon.STREETS)
    for name in ("PERSON", "EATER", "PLAYER"):
        cast["ADULT_" + name] = _having(cast[name], "work")
        cast["CHILD_" + name] = _having(cast[name], "mother")
    cast["ADULT"], cast["CHILD"] = cast["ADULT_PERSON"], cast["CHILD_PERSON"]
    cast["OWNER"] = _having(everyone, "pet")
    cast["OWNER_EATER"] = _having(cast["OWNER"], "food")
    return cast


def _having(sheets: tuple[Sheet, ...], key: str) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in sheets if key in sheet)


def _village(village: Village) -> Sheet:
    return {
        "name": village.name, "beside": village.beside, "known": village.known_for, "direction": village.direction,
        "kilometers": str(village.kilometers), "inhabitants": str(village.inhabitants),
    }  # fmt: skip


def _workplace(work: Workplace) -> Sheet:
    return {
        "name": work.place, "trade": work.trade, "tool": work.tool, "goods": work.goods, "street": work.street,
        "built": str(work.built),
    }  # fmt: skip


def _person(person: Person, villages: Mapping[str, Sheet], works: Mapping[str, Sheet]) -> Sheet:
    sheet = {
        "name": person.name, "full": person.full_name, "family": person.family, "street": person.street,
        "she": person.she, "She": person.she.capitalize(), "her": person.her, "hers": person.hers,
        "Hers": person.hers.capitalize(), "self": "herself" if person.female else "himself",
        "hobby": person.hobby, "village": villages[person.village.name], "born": str(person.born),
    }  # fmt: skip
    if person.work:
        sheet["work"], sheet["trade"] = works[person.work.trade], person.work.trade
        sheet["spouse_word"], sheet["parent"] = ("wife", "mother") if person.female else ("husband", "father")
        sheet["man"] = "woman" if person.female else "man"
    else:
        sheet["age"], sheet["years"] = str(person.age), _NUMBERS[person.age - 6]
        sheet["boy"], sheet["son"] = ("girl", "daughter") if person.female else ("boy", "son")
        sheet["brother"] = "sister" if person.female else "brother"
    if person.pet:
        sheet["petname"] = person.pet.name
        sheet["pet"] = {"name": person.pet.name, "species": person.pet.species, "color": person.pet.color}
    return sheet


def _families(world: World) -> list[list[Person]]:
    """Mother, father, elder and younger child of each family."""
    elders = [child for child in world.children if child.pet]
    youngers = {child.family: child for child in world.children if not child.pet}
    return [[*(world.person(name) for name in child.kin), child, youngers[child.family]] for child in elders]


def _relate(mother: Sheet, father: Sheet, elder: Sheet, younger: Sheet) -> None:
    mother["spouse"], father["spouse"] = father, mother
    for parent in (mother, father):
        parent["elder"], parent["younger"] = elder, younger
    for child, other in ((elder, younger), (younger, elder)):
        child["mother"], child["father"], child["sibling"] = mother, father, other
