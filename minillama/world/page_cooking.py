"""What can be cooked from what, and how."""

_FRUIT = {
    "apple": "apples", "pear": "pears", "plum": "plums", "cherry": "cherries", "pumpkin": "pumpkins",
    "walnut": "walnuts", "berry": "berries", "grape": "grapes", "lemon": "lemons", "apricot": "apricots",
    "hazelnut": "hazelnuts", "quince": "quinces", "fig": "figs", "peach": "peaches", "gooseberry": "gooseberries",
    "chestnut": "chestnuts",
}  # fmt: skip
_GARDEN = {
    "onion": "onions", "carrot": "carrots", "leek": "leeks", "cabbage": "cabbages", "potato": "potatoes",
    "tomato": "tomatoes", "bean": "beans", "mushroom": "mushrooms", "turnip": "turnips", "radish": "radishes",
    "cucumber": "cucumbers", "beet": "beets", "lentil": "lentils", "herb": "herbs", "nettle": "nettles",
    "parsnip": "parsnips",
}  # fmt: skip
_SWEET = "cake,tart,pie,pudding,pancakes,muffins,dumplings,strudel,crumble,waffles,biscuits,jelly".split(",")
_SAVORY = (
    "soup,stew,salad,pie,tart,dumplings,omelet,bread,casserole,pancakes,rolls,gratin,fritters,puree,noodles,pasties"
).split(",")
_SWEET_STAPLE = "flour,milk,cream,oats,butter,rice,semolina,yogurt,sugar,honey,sponge crumbs,chocolate".split(",")
_SAVORY_STAPLE = "flour,milk,cream,oats,butter,rice,broth,yogurt,cheese,bacon,bread crumbs,barley".split(",")
_SWEET_SPICE = "cinnamon,vanilla,ginger,nutmeg,lemon peel,mint,cloves,anise,cardamom,rose water,brown sugar,rum".split(",")
_SAVORY_SPICE = "salt,pepper,mustard,garlic,dill,parsley,thyme,paprika,caraway,vinegar,chives,horseradish".split(",")
_HOW = {
    ("Bake", "Crisp", "Roast"): "cake tart pie pudding muffins strudel crumble biscuits bread casserole rolls "
    "gratin pasties",
    ("Boil", "Simmer", "Cook"): "soup stew jelly noodles puree dumplings",
    ("Fry", "Brown", "Sizzle"): "pancakes waffles fritters omelet",
    ("Chill", "Cool", "Rest"): "salad",
}


def _for_each(sweet: list[str], savory: list[str]) -> dict[str, tuple[str, ...]]:
    return {crop: tuple(sweet if crop in _FRUIT else savory) for crop in _FRUIT | _GARDEN}


TABLES = {
    "CROP": tuple(_FRUIT | _GARDEN),
    "CROPS": {one: (many,) for one, many in (_FRUIT | _GARDEN).items()},
    "KIND": _for_each(_SWEET, _SAVORY),
    "STAPLE": _for_each(_SWEET_STAPLE, _SAVORY_STAPLE),
    "SPICE": _for_each(_SWEET_SPICE, _SAVORY_SPICE),
    "MATE": _for_each(list(_FRUIT.values()), list(_GARDEN.values())),
    "HEAT": {kind: how for how, kinds in _HOW.items() for kind in kinds.split()},
}
