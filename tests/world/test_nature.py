"""Nature covers the words of the town, and says nothing twice in two ways."""

from minillama.world import lexicon
from minillama.world.nature import ALSO_TRUE, DISHES, SPECIES, TASKS


def test_every_pet_dish_and_tool_is_covered() -> None:
    assert set(lexicon.PETS) <= set(SPECIES)
    assert list(DISHES) == list(lexicon.FOODS)
    assert sorted(TASKS) == sorted(tool for _, _, tool, _ in lexicon.TRADES)


def test_hand_checked_truths() -> None:
    assert SPECIES["bat"].kind == "mammal" and SPECIES["bat"].legs == 2 and SPECIES["bat"].cover == "fur"
    assert SPECIES["duck"].young == "duckling" and SPECIES["owl"].active == "night"
    assert DISHES["rice pudding"].taste == "sweet" and DISHES["pancakes"].plural
    assert TASKS["loom"] == "weave cloth"


def test_kinds_fit_bodies() -> None:
    for species in SPECIES.values():
        assert (species.cover == "feathers") == (species.kind == "bird"), species
        assert species.legs == (2 if species.kind == "bird" or species.name == "bat" else 4), species
        assert species.diet in ("plants", "meat", "both") and species.active in ("day", "night", ""), species


def test_plant_eaters_and_meat_eaters_share_no_food() -> None:
    plants, meat = (
        {food for one in SPECIES.values() if one.diet == diet for food in one.eats} for diet in ("plants", "meat")
    )
    assert plants and meat and plants.isdisjoint(meat)


def test_dishes_named_after_a_food_contain_it() -> None:
    named = {"apple": "apples", "pea": "peas", "plum": "plums", "cheese": "cheese", "rice": "rice"}
    for dish in DISHES.values():
        wanted = named.get(dish.name.split()[0])
        assert wanted is None or wanted in dish.made_of, dish


def test_other_right_answers_belong_to_known_subjects() -> None:
    subjects = {*SPECIES, *TASKS, *DISHES}
    assert {subject for subject, _ in ALSO_TRUE} <= subjects
