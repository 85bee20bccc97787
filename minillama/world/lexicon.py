"""The words of the town: names, places, animals, things. Plain data, in a fixed order."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


WOMEN = _words(
    "Adele Agnes Alma Anika Astrid Beatrix Bella Berta Bridget Carla Celia Clara Cora Dahlia Daria Dora Edith "
    "Elena Elsa Emilia Esther Fanny Fiona Flora Freya Gerda Gilda Greta Hanna Hazel Helga Ida Imogen Ingrid Irene "
    "Iris Isolde Ivy Jana Johanna Josie Judith Karin Katja Lena Lilian Linnea Lotte Lucia Mabel Magda Maren "
    "Margot Marta Matilda Mira Nadia Nerida Nina Nora Olga Olympia Ottilie Paula Petra Phoebe Polly Ramona Renata "
    "Rosa Ruth Sabine Selma Signe Sonja Sylvia Tamara Tessa Thea Tilda Ulla Ursula Vera Viola Wanda Willa Wilma "
    "Yara Yvette Zelda Zora Amalie Birgit Corinna Delia Edda Felicia Gudrun Henrike Ilse Jolanda Kirsten Leonie "
    "Mathilda Nelly Odette Pia Rahel Svea Trudi"
)
MEN = _words(
    "Adam Albin Alfred Anton Arno August Axel Balthasar Basil Benno Bertram Boris Bruno Casper Cedric Clemens "
    "Conrad Cyril Darius David Dietrich Edgar Edwin Elias Emmerich Enzo Erik Ernest Ezra Felix Ferdinand Floyd "
    "Frank Fritz Gabriel Georg Gideon Gregor Gustav Hans Harald Hector Hendrik Hubert Hugo Igor Isaac Ivan Jakob "
    "Jasper Joachim Jonas Josef Julian Kaspar Klaus Knut Konrad Lars Leander Leopold Linus Lorenz Ludwig Magnus "
    "Marius Martin Matthias Maurice Moritz Nestor Niklas Oliver Oscar Otto Pascal Pavel Peter Quentin Ralph "
    "Reuben Robin Roland Rufus Samuel Sebastian Silas Simon Stefan Sven Theodor Thomas Tobias Ulrich Valentin "
    "Victor Vincent Walter Werner Willem Xaver Yannick Zacharias"
)
FAMILIES = _words(
    "Abbott Ashdown Barley Bellamy Birch Blackwood Bramble Carver Chandler Cobb Copperfield Cotter Cresswell Dale "
    "Dunmore Eastwood Elderberry Fairchild Farrow Fenwick Fletcher Foxglove Garland Goodwin Greenhill Hale Harrow "
    "Hawthorne Heath Holloway Ironside Jardine Kettle Kingsley Lambert Larkin Locke Marlow Mayfield Merriweather "
    "Moss Nightingale Oakley Osgood Pemberton Penrose Quill Ravenscroft Redfern Rowan Sedgwick Shepherd Silverton "
    "Skipper Sparrow Stonebridge Thatcher Thorne Underhill Vickers Wainwright Weatherby Wetherell Whitlock Wilder "
    "Winterbourne Wren Yarrow"
)

STREETS = _list(
    "Mill Lane,Harbor Street,Chapel Row,Orchard Road,Lantern Alley,Weaver Street,Foundry Road,Willow Walk,Market "
    "Square,Station Road,Garden Terrace,Cooper Lane,Quarry Hill,River Bank,Bell Street,Castle Steps"
)

# (trade, workplace, tool, what it makes)
TRADES = (
    ("baker", "bakery", "rolling pin", "rye bread"),
    ("smith", "forge", "hammer", "iron gates"),
    ("carpenter", "joinery", "plane", "oak tables"),
    ("weaver", "weaving mill", "loom", "wool blankets"),
    ("potter", "pottery", "wheel", "clay bowls"),
    ("tailor", "tailor shop", "needle", "winter coats"),
    ("cobbler", "shoe shop", "awl", "leather boots"),
    ("gardener", "nursery", "spade", "rose bushes"),
    ("fisher", "fish market", "net", "smoked trout"),
    ("miller", "windmill", "millstone", "wheat flour"),
    ("beekeeper", "honey house", "smoker", "clover honey"),
    ("clockmaker", "clock tower", "loupe", "wall clocks"),
    ("printer", "print shop", "press", "picture books"),
    ("teacher", "school", "chalk", "lesson plans"),
    ("nurse", "hospital", "thermometer", "bandages"),
    ("pharmacist", "pharmacy", "mortar", "cough syrup"),
    ("librarian", "library", "card catalog", "reading lists"),
    ("bookbinder", "bindery", "bone folder", "notebooks"),
    ("glassblower", "glassworks", "blowpipe", "blue vases"),
    ("dairymaker", "dairy", "churn", "goat cheese"),
    ("boatbuilder", "boatyard", "adze", "rowing boats"),
    ("florist", "flower shop", "shears", "wedding wreaths"),
    ("conductor", "train station", "whistle", "timetables"),
    ("instrument maker", "violin workshop", "chisel", "violins"),
)

HOBBIES = _list(
    "painting birds,playing chess,singing in the choir,collecting stamps,climbing hills,swimming in the "
    "lake,reading old maps,growing tomatoes,baking cakes,watching the stars,carving wood,writing letters,flying "
    "kites,knitting scarves,riding bicycles,picking mushrooms"
)
FOODS = _list(
    "apple pie,pea soup,potato salad,plum cake,grilled trout,cheese dumplings,lentil stew,pancakes,onion "
    "tart,rice pudding,mushroom pie,carrot soup,walnut bread,cherry jam,roast chicken,noodle soup"
)
INSTRUMENTS = _words("violin cello flute piano guitar trumpet drum harp accordion clarinet")
COLORS = _words("black white gray brown red golden spotted striped")
PETS = _words("dog cat rabbit parrot goat pony turtle goose hamster canary donkey duck")
PET_NAMES = _words(
    "Acorn Biscuit Button Captain Cinder Clover Comet Domino Echo Fern Ginger Hopper Inky Jigsaw Juniper Kipper "
    "Lucky Marble Mittens Muffin Nibbles Nutmeg Olaf Patches Pebble Pepper Pickle Pippin Plum Poppy Puddle "
    "Pumpkin Quince Raisin Ripple Rocket Rusty Saffron Scout Shadow Smudge Snowball Socks Sparky Sprout Sunny "
    "Thimble Thunder Tinsel Toffee Truffle Tulip Twig Velvet Waffle Whiskers Widget Wisp Ziggy Zorro"
)

# (village, what lies beside it, what it is known for)
VILLAGES = (
    ("Amberfield", "a wide meadow", "sunflowers"),
    ("Brackwater", "a salt marsh", "sea birds"),
    ("Cold Spring", "a stone well", "clear water"),
    ("Dunhollow", "a row of sand dunes", "strong winds"),
    ("Eastmere", "a deep lake", "blue mussels"),
    ("Fallowdale", "a narrow valley", "sheep"),
    ("Grimsby Cross", "an old crossroads", "a horse market"),
    ("Highmoor", "a purple moor", "wild berries"),
    ("Ironbridge", "a steel bridge", "a railway museum"),
    ("Larchwood", "a dark forest", "timber"),
    ("Millbrook", "a fast brook", "three water mills"),
    ("Northcliff", "a chalk cliff", "a lighthouse"),
)

# (event, month, place, dish)
EVENTS = (
    ("Lantern Night", "January", "Chapel Row", "pea soup"),
    ("the Kite Fair", "March", "Quarry Hill", "pancakes"),
    ("Blossom Day", "May", "Orchard Road", "apple pie"),
    ("the Boat Race", "June", "River Bank", "grilled trout"),
    ("the Bell Festival", "August", "Bell Street", "plum cake"),
    ("the Harvest Market", "September", "Market Square", "potato salad"),
    ("the Mushroom Walk", "October", "Willow Walk", "mushroom pie"),
    ("the Winter Concert", "December", "Castle Steps", "walnut bread"),
)
