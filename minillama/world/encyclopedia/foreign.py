"""What articles in other languages need: the words of one language for all that the town has."""

from collections.abc import Mapping
from dataclasses import dataclass

from .. import lexicon
from ..facts import Person, Pet, Village, Workplace, World
from ..nature import DISHES, SPECIES
from . import common
from .chain import Groups, Kind


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language.

    Args:
        trades: trade to (male, female).
        works: workplace to (title, how to say "at it", how a sentence about it starts).
        goods: what is made, as an object.
        hobbies, foods, instruments: as the sentences need them.
        ingredients: English ingredient to the word.
        animals: species to (noun, gender, two foods, home, sound or "").
        colors: color to its forms by gender.
        villages: village to (what lies beside it, what it is known for).
        directions: as in "north of Alderbrook".
        words: words by gender: "m", "f" or "n" to name to word.
        articles: "a" as an object by gender.
        color_first: whether colors stand before animals.
        keeps: how to say "somebody keeps an animal named so".
        labels: what stands in parentheses in titles: (child male, child female), village, animal, dish.
        lists: options for all articles.
        elision: what the article becomes before a vowel, where it does.
    """

    trades: Mapping[str, tuple[str, str]]
    works: Mapping[str, tuple[str, str, str]]
    goods: Mapping[str, str]
    hobbies: Mapping[str, str]
    foods: Mapping[str, str]
    instruments: Mapping[str, str]
    ingredients: Mapping[str, str]
    animals: Mapping[str, tuple[str, str, tuple[str, ...], str, str]]
    colors: Mapping[str, Mapping[str, str]]
    villages: Mapping[str, tuple[str, str]]
    directions: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    articles: Mapping[str, str]
    color_first: bool
    keeps: str
    labels: tuple[tuple[str, str], str, str, str]
    lists: Mapping[str, object]
    elision: str = ""

    def trade(self, person: Person) -> str:
        """Return the trade in the person's gender."""
        return self.trades[person.work.trade][person.female]

    def the(self, noun: str, gender: str) -> str:
        """Return a noun after its definite article."""
        if self.elision and noun[0] in "aâeéèioœu":
            return self.elision + noun
        return f"{self.words[gender]['the']} {noun}"

    def pet(self, pet: Pet) -> str:
        """Return an animal as an object, as in "a black dog"."""
        noun, gender = self.animals[pet.species][:2]
        color = self.colors[pet.color][gender]
        return f"{self.articles[gender]} " + (f"{color} {noun}" if self.color_first else f"{noun} {color}")


def table(keys: tuple[str, ...], text: str) -> dict[str, str]:
    """Return the words of a text, separated by bars, under the keys in their order."""
    return dict(zip(keys, (word.strip() for word in text.split("|")), strict=True))


TRADES = tuple(trade for trade, *_ in lexicon.TRADES)
PLACES = tuple(place for _, place, *_ in lexicon.TRADES)
GOODS = tuple(goods for *_, goods in lexicon.TRADES)
VILLAGES = tuple(name for name, *_ in lexicon.VILLAGES)
DIRECTIONS = ("north", "east", "south", "west")
INGREDIENTS = tuple(dict.fromkeys(item for dish in DISHES.values() for item in dish.made_of))


def kinds(tongue: Tongue, groups: Mapping[str, Groups], share: int) -> tuple[Kind, ...]:
    """Return the kinds of articles of one language.

    Args:
        tongue: the words.
        groups: sentences for "adult", "child", "work", "village", "animal" and "dish".
        share: weight of the language among all kinds of articles.
    """
    child_label, village, animal, dish = tongue.labels
    lists = tongue.lists
    return (
        Kind(
            subjects=lambda world: world.adults, names=lambda world, person: _adult(tongue, world, person),
            title=lambda person: f"{person.full_name} ({tongue.trade(person)})",
            groups=groups["adult"], lists=lists, share=share * 35 // 100,
        ),
        Kind(
            subjects=lambda world: world.children, names=lambda world, person: _child(tongue, world, person),
            title=lambda person: f"{person.full_name} ({child_label[person.female]})",
            groups=groups["child"], lists=lists, share=share * 23 // 100,
        ),
        Kind(
            subjects=lambda world: world.workplaces, names=lambda world, work: _work(tongue, world, work),
            title=lambda work: f"{tongue.works[work.place][0]} (Alderbrook)",
            groups=groups["work"], lists=lists, share=share * 12 // 100,
        ),
        Kind(
            subjects=lambda world: world.villages, names=lambda world, one: _village(tongue, world, one),
            title=lambda one: f"{one.name} ({village})", groups=groups["village"], lists=lists, share=share * 10 // 100,
        ),
        Kind(
            subjects=lambda world: tuple(tongue.animals), names=lambda world, name: _animal(tongue, world, name),
            title=lambda name: f"{_capital(tongue.animals[name][0])} ({animal})",
            groups=groups["animal"], lists=lists, share=share * 12 // 100,
        ),
        Kind(
            subjects=lambda world: lexicon.FOODS, names=lambda world, name: _dish(tongue, world, name),
            title=lambda name: f"{_capital(tongue.foods[name])} ({dish})",
            groups=groups["dish"], lists=lists, share=share * 8 // 100,
        ),
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _person(tongue: Tongue, world: World, person: Person) -> dict[str, object]:
    gender = "f" if person.female else "m"
    kin = common.kin(world, person)
    return {
        "p": person, **tongue.words[gender], "adj": tongue.lists["adj_" + gender],
        "hobby": tongue.hobbies[person.hobby], **_place(tongue, person.village), **kin,
        "p_food": tongue.foods[person.food] if person in world.tellers("food") else None,
        "p_instrument": tongue.instruments[person.instrument] if person in world.tellers("instrument") else None,
        "pet_phrase": tongue.pet(kin["pet"]),
        "other": common.others(world, person), "neighbor": common.names_of(common.neighbors(world, person)),
    }  # fmt: skip


def _and(person: Person) -> str:
    """Return the Spanish "and" before a name."""
    return "e" if person.name.startswith("I") else "y"


def _adult(tongue: Tongue, world: World, person: Person) -> dict[str, object]:
    names = _person(tongue, world, person)
    return names | {
        "trade": tongue.trade(person), "at_work": tongue.works[person.work.place][1],
        "and_kid2": _and(names["kid2"]), "goods": tongue.goods[person.work.goods],
        "spouse_trade": tongue.trade(names["spouse"]), "spouse_at": tongue.works[names["spouse"].work.place][1],
        "colleague": common.names_of([one for one in common.workers(world, person.work) if one is not person]),
    }  # fmt: skip


def _child(tongue: Tongue, world: World, person: Person) -> dict[str, object]:
    names = _person(tongue, world, person)
    return names | {
        "source": tongue.lists["source_late"], "year": tongue.lists["late_year"],
        "and_father": _and(names["father"]),
        "mother_trade": tongue.trade(names["mother"]), "father_trade": tongue.trade(names["father"]),
        "mother_at": tongue.works[names["mother"].work.place][1],
        "father_at": tongue.works[names["father"].work.place][1],
        "sister": tongue.words["f" if names["sib"].female else "m"]["sibling"],
    }  # fmt: skip


def _place(tongue: Tongue, village: Village) -> dict[str, object]:
    beside, known_for = tongue.villages[village.name]
    return {"v": village, "beside": beside, "known_for": known_for, "direction": tongue.directions[village.direction]}


def _work(tongue: Tongue, world: World, work: Workplace) -> dict[str, object]:
    title, at, start = tongue.works[work.place]
    return {
        "w": work, "work_at": at, "work_start": start, "goods": tongue.goods[work.goods],
        "worker": tuple(f"{tongue.trade(one)} {one.full_name}" for one in common.workers(world, work)),
        "worker_name": common.names_of(common.workers(world, work)), "other": common.adult_names(world),
    }  # fmt: skip


def _village(tongue: Tongue, world: World, village: Village) -> dict[str, object]:
    native = common.names_of(common.natives(world, village.name))
    return {**_place(tongue, village), "native": native, "other": common.adult_names(world)}


def _animal(tongue: Tongue, world: World, name: str) -> dict[str, object]:
    noun, gender, eats, home, sound = tongue.animals[name]
    owners = [child for child in world.owners if child.pet.species == name]
    the_noun = tongue.the(noun, gender)
    return {
        "noun": noun, "the_noun": the_noun, "The_noun": _capital(the_noun), **tongue.words[gender],
        "eats": eats, "home": home, "sound": sound or None, "legs": tongue.lists["legs"][SPECIES[name].legs],
        "other": common.adult_names(world),
        "owner_keeps": tuple(
            tongue.keeps.format(child.full_name, tongue.pet(child.pet), child.pet.name) for child in owners
        ),
    }  # fmt: skip


def _dish(tongue: Tongue, world: World, name: str) -> dict[str, object]:
    return {
        "food": tongue.foods[name], "made_of": tuple(tongue.ingredients[item] for item in DISHES[name].made_of),
        "lover": common.names_of([one for one in world.tellers("food") if one.food == name]),
        "other": common.adult_names(world),
    }  # fmt: skip
