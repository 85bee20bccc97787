"""What can be cooked from what, how each fruit and vegetable is prepared, and in what amounts."""

from .common_words import split

# name: several of them | what one does with them before cooking
_SWEET = """
apple: apples | peel and core,peel and grate,core and slice,quarter
pear: pears | peel and core,core and slice,halve
plum: plums | halve and stone,stone,quarter
cherry: cherries | stone,wash and stone
apricot: apricots | halve and stone,skin,slice
peach: peaches | skin and slice,halve and stone
quince: quinces | peel and core,peel and grate
gooseberry: gooseberries | top and tail,wash and drain
strawberry: strawberries | wash and halve,hull
blueberry: blueberries | wash and drain,sort
rhubarb: rhubarb stalks | peel and slice,cut up
pumpkin: pumpkin slices | peel and grate,dice
walnut: walnuts | crack and chop,grind
hazelnut: hazelnuts | roast and grind,chop
fig: figs | quarter,slice
lemon: lemons | wash and squeeze,peel and slice
"""
_SAVORY = """
onion: onions | peel and chop,slice
carrot: carrots | scrape and slice,grate
leek: leeks | slice and wash,cut into rings
cabbage: cabbage leaves | shred,cut into strips
potato: potatoes | peel and dice,scrub and slice,peel and grate
tomato: tomatoes | skin and chop,quarter
bean: green beans | top and tail,wash and cut
mushroom: mushrooms | brush and slice,clean and quarter
turnip: turnips | peel and dice,grate
beet: beets | peel and dice,scrub and slice
parsnip: parsnips | scrape and slice,peel and grate
celery: celery stalks | wash and slice,chop
spinach: spinach leaves | wash and chop,pick over
pepper: peppers | seed and slice,dice
zucchini: zucchini | slice,grate
lentil: lentils | wash and drain,sort
"""


def _crops(rows: str) -> dict[str, list[tuple[str, ...]]]:
    table = {}
    for row in rows.strip().splitlines():
        name, _, cells = row.partition(": ")
        many, ways = cells.split(" | ")
        table[name] = [(many,), tuple(ways.split(","))]
    return table


_FRUIT, _GREEN = _crops(_SWEET), _crops(_SAVORY)
_ALL = _FRUIT | _GREEN
_LISTS = {
    "HANDFULS": "a handful,two handfuls,three handfuls,a cup,two cups,half a cup,half a pound,a quarter of a pound,"
    "a small bowl,a small plate,a few spoonfuls,a glass",
    "BAKING": "twenty minutes,twenty-five minutes,half an hour,thirty-five minutes,forty minutes,fifty minutes,"
    "an hour,three quarters of an hour,almost an hour,a good half hour",
    "BAKED": "cake,tart,pie,muffins,crumble,strudel,buns,squares",
    "POTTED": "soup,stew,broth,ragout,pot,chowder",
    "FRIED": "fritters,pancakes,cakes,omelet,dumplings",
    "OVENED": "pie,gratin,casserole,tart,pudding",
    "JARRED": "jam,jelly,compote,sauce,syrup",
    "POUNDS": "one pound,half a pound,two pounds,three pounds,a pound and a half,a small basket,a big bowl,"
    "a quarter of a pound,a small bowl,a plate,a good handful,a heaped plate,three handfuls",
    "CUPS": "one cup,two cups,three cups,half a cup,a cup and a half,four cups,a small cup,a big cup,a glass,"
    "two glasses,half a glass,a mug",
    "SPOONFULS": "a spoonful,two spoonfuls,three spoonfuls,four spoonfuls,a good spoonful,half a spoonful,"
    "five spoonfuls,a small ladle,a drop,a little,plenty",
    "SWEET_SPICE": "cinnamon,vanilla,ginger,nutmeg,lemon peel,orange peel,cloves,anise,cardamom,allspice,mint,"
    "rose water,honey,poppy seeds,lavender,rum",
    "SPICE": "pepper,mustard,garlic,dill,parsley,thyme,paprika,caraway,chives,nutmeg,sage,marjoram,rosemary,"
    "tarragon,bay leaf,horseradish",
    "RICH": "cream,sour cream,butter,grated cheese,bacon,milk,yogurt,goat cheese,olive oil,melted butter,lard,"
    "soft cheese,goose fat,thick cream,walnut oil",
    "FILLING": "rice,barley,noodles,white beans,potatoes,oats,lentils,bread crumbs,smoked fish,sausage,ham,"
    "cheese cubes,dry bread,chickpeas,pearl onions,boiled eggs,corn,red lentils,peas,smoked trout,roast chicken,"
    "crumbled cheese,millet,semolina",
    "TIN": "round tin,square tin,long tin,deep dish,pie dish,clay dish,baking tray,bread tin,ring mold",
    "PAN": "heavy pan,wide pan,iron pan,small pan,deep pan",
    "BOWL": "large bowl,deep bowl,clean bowl,clay bowl,wide bowl,mixing bowl,salad bowl",
    "TOPPING": "almonds,sugar,nuts,oats,poppy seeds,cinnamon,bread crumbs,coconut,sesame,raisins,chopped walnuts,"
    "brown sugar,lemon peel,honey,vanilla sugar,cocoa",
    "SIDE": "rye bread,boiled potatoes,a green salad,rice,fried onions,sour cream,pickles,buttered toast,noodles,"
    "white bread,boiled eggs,ham,cucumber salad,hot mustard,roast chicken,smoked trout,grilled sausages,meatballs,"
    "a fried egg,corn bread,baked apples,black olives,radishes,cheese,a slice of lemon,red cabbage,chestnuts",
    "WHIPPED": "whipped cream,vanilla sauce,custard,honey,vanilla ice cream,cold milk,yogurt,a little rum,"
    "sour cream,powdered sugar,chocolate sauce,warm milk,cherry jam,plum sauce,raspberry sauce,thick cream,"
    "grated chocolate,caramel,candied ginger,fresh berries,lemon ice,soft cheese",
}
TABLES = {
    "FRUIT": tuple(_FRUIT),
    "GREEN": tuple(_GREEN),
    "FRUIT_TOO": tuple(rows[0][0] for rows in _FRUIT.values()),
    "GREEN_TOO": tuple(rows[0][0] for rows in _GREEN.values()),
    "CROPS": {name: rows[0] for name, rows in _ALL.items()},
    "PREPARE": {name: rows[1] for name, rows in _ALL.items()},
    **{name: split(words) for name, words in _LISTS.items()},
}
