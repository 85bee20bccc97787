"""French words, with gender and articles where sentences need them."""

from ..choices import Menu
from ..lexicon import COLORS, FOODS, HOBBIES, INSTRUMENTS
from ..pattern import patterns
from .common import CLOCK, DAYS_OF_MONTH, NUMBERS, PAGES, YEARS, phrases, words
from .foreign import DIRECTIONS, GOODS, INGREDIENTS, PLACES, TRADES, VILLAGES, Tongue, table

_TRADES = (
    "boulanger boulangère|forgeron forgeronne|menuisier menuisière|tisserand tisserande|potier potière|"
    "couturier couturière|cordonnier cordonnière|jardinier jardinière|poissonnier poissonnière|meunier meunière|"
    "apiculteur apicultrice|horloger horlogère|imprimeur imprimeuse|enseignant enseignante|infirmier infirmière|"
    "pharmacien pharmacienne|bibliothécaire bibliothécaire|relieur relieuse|verrier verrière|fromager fromagère|"
    "charpentier charpentière|fleuriste fleuriste|contrôleur contrôleuse|luthier luthière"
)
_WORKS = (
    "la boulangerie|la forge|la menuiserie|l'atelier de tissage|la poterie|l'atelier de couture|la cordonnerie|"
    "la pépinière|la poissonnerie|le moulin à vent|la maison du miel|la tour de l'horloge|l'imprimerie|l'école|"
    "l'hôpital|"
    "la pharmacie|la bibliothèque|l'atelier de reliure|la verrerie|la fromagerie|le chantier naval|"
    "la boutique de fleurs|la gare|l'atelier de violons"
)
_GOODS = (
    "du pain de seigle|des portails en fer|des tables en chêne|des couvertures de laine|des bols en argile|"
    "des manteaux d'hiver|des bottes en cuir|des rosiers|de la truite fumée|de la farine de blé|du miel de trèfle|"
    "des horloges murales|des livres d'images|des plans de leçon|des bandages|du sirop contre la toux|"
    "des listes de lecture|des carnets|des vases bleus|du fromage de chèvre|des barques|des couronnes de mariage|"
    "des horaires|des violons"
)
_HOBBIES = (
    "peindre des oiseaux|jouer aux échecs|chanter dans la chorale|collectionner des timbres|gravir des collines|"
    "nager dans le lac|lire de vieilles cartes|cultiver des tomates|faire des gâteaux|regarder les étoiles|"
    "sculpter le bois|écrire des lettres|faire voler des cerfs-volants|tricoter des écharpes|faire du vélo|"
    "cueillir des champignons"
)
_FOODS = (
    "la tarte aux pommes|la soupe aux pois|la salade de pommes de terre|le gâteau aux prunes|la truite grillée|"
    "les quenelles au fromage|le ragoût de lentilles|les crêpes|la tarte à l'oignon|le riz au lait|"
    "la tourte aux champignons|la soupe aux carottes|le pain aux noix|la confiture de cerises|le poulet rôti|"
    "la soupe aux nouilles"
)
_INSTRUMENTS = (
    "du violon|du violoncelle|de la flûte|du piano|de la guitare|de la trompette|du tambour|de la harpe|de l'accordéon|"
    "de la clarinette"
)
_INGREDIENTS = (
    "des pommes|de la farine|du beurre|des pois|des oignons|de l'eau|des pommes de terre|du vinaigre|des prunes|"
    "du sucre|"
    "de la truite|du sel|du fromage|des œufs|des lentilles|des carottes|du lait|du riz|des champignons|des noix|"
    "des cerises|du poulet|des nouilles"
)
_BESIDE = (
    "d'une grande prairie|d'un marais salant|d'un puits de pierre|d'une rangée de dunes|d'un lac profond|"
    "d'une vallée étroite|d'un vieux carrefour|d'une lande violette|d'un pont en acier|d'une forêt sombre|"
    "d'un ruisseau rapide|d'une falaise de craie"
)
_KNOWN_FOR = (
    "ses tournesols|ses oiseaux de mer|son eau claire|ses vents forts|ses moules bleues|ses moutons|"
    "son marché aux chevaux|ses baies sauvages|son musée du chemin de fer|son bois|ses trois moulins à eau|son phare"
)
ANIMALS = {
    "dog": ("chien", "m", ("de la viande", "des os"), "dans une niche", "aboie"),
    "cat": ("chat", "m", ("des souris", "du poisson"), "dans une maison", "miaule"),
    "rabbit": ("lapin", "m", ("de l'herbe", "des carottes", "du trèfle"), "dans un terrier", ""),
    "parrot": ("perroquet", "m", ("des graines", "des noix", "des fruits"), "dans la forêt tropicale", "crie"),
    "goat": ("chèvre", "f", ("de l'herbe", "des feuilles", "du foin"), "dans une étable", "bêle"),
    "pony": ("poney", "m", ("de l'herbe", "de l'avoine", "du foin"), "dans une écurie", "hennit"),
    "turtle": ("tortue", "f", ("des feuilles", "du trèfle", "de la salade"), "dans un jardin", ""),
    "goose": ("oie", "f", ("de l'herbe", "du grain", "du trèfle"), "au bord d'un étang", "cacarde"),
    "hamster": ("hamster", "m", ("des graines", "du blé", "des noix"), "dans une cage", "couine"),
    "canary": ("canari", "m", ("des graines", "des pommes", "de la salade"), "dans une cage", "chante"),
    "donkey": ("âne", "m", ("de l'herbe", "de la paille", "du foin"), "dans une écurie", "brait"),
    "duck": ("canard", "m", ("des escargots", "du grain"), "au bord d'un étang", "cancane"),
    "cow": ("vache", "f", ("de l'herbe", "du trèfle", "du foin"), "dans une étable", "meugle"),
    "sheep": ("mouton", "m", ("de l'herbe", "du trèfle", "du foin"), "dans un pré", "bêle"),
}


def _work(phrase: str) -> tuple[str, str, str]:
    noun = phrase.removeprefix("la ").removeprefix("le ").removeprefix("l'")
    at = "au " + noun if phrase.startswith("le ") else "à " + phrase
    return noun[:1].upper() + noun[1:], at, phrase[:1].upper() + phrase[1:]


def _source(year: str) -> Menu:
    date = f"<@dom> <@month> {year}"
    ends = (
        ".",
        ", <@said> <@other>.",
        f" (<@paper>, {date}).",
        f" [<@other>, {date}].",
        f" ; voir <@paper> {year}, page <@page>.",
    )
    return Menu(patterns(*ends), (2, 1, 4, 6, 2))


LISTS = {
    "year": YEARS,
    "clock": CLOCK,
    "late_year": YEARS[-3:],
    "number": NUMBERS,
    "dom": DAYS_OF_MONTH[1:],
    "page": PAGES,
    "month": words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "season": phrases("au printemps,en été,en automne,en hiver"),
    "Season": phrases("Au printemps,En été,En automne,En hiver"),
    "adj_m": words(
        "patient prudent honnête habile modeste aimable fidèle sérieux soigneux poli apprécié respecté connu généreux "
        "joyeux calme"
    ),
    "adj_f": words(
        "patiente prudente honnête habile modeste aimable fidèle sérieuse soigneuse polie appréciée respectée connue "
        "généreuse joyeuse calme"
    ),
    "place": words("tranquille agréable charmant paisible connu célèbre propre animé accueillant apprécié"),
    "often": words("souvent toujours parfois volontiers gaiement régulièrement"),
    "said": phrases("a dit,a écrit,a noté,a raconté,a remarqué,a répété"),
    "paper": words("journal chronique gazette almanach registre bulletin"),
    "gave": words("vendu livré promis donné apporté envoyé offert montré"),
    "did": words("vendu perdu trouvé porté compté peint caché acheté ramassé lavé empilé cherché"),
    "met": words("rencontré visité salué cherché surpris peint"),
    "saw": words("réveillé surpris salué suivi amusé observé consolé charmé"),
    "thing": words(
        "œufs pommes poires bougies oignons boutons prunes noix plumes pièces carottes tulipes citrons paniers "
        "cuillères "
        "tasses cloches chapeaux couvertures lanternes"
    ),
    "feast": phrases(
        "à la Nuit des lanternes,à la Foire aux cerfs-volants,au Jour des fleurs,à la Course de bateaux,"
        "à la Fête des cloches,au Marché des récoltes,à la Marche des champignons,au Concert d'hiver"
    ),
    "legs": {2: "deux", 4: "quatre"},
    "source": _source("<@year>"),
    "source_late": _source("<@late_year>"),
}
_COLORS = "noir noire|blanc blanche|gris grise|brun brune|roux rousse|doré dorée|tacheté tachetée|rayé rayée"
_M = {
    "She": "Il", "she": "il", "born": "né", "a": "un", "husband": "Sa femme", "sibling": "Son frère", "kid": "écolier",
    "the": "le", "it": "le",
}  # fmt: skip
_F = {
    "She": "Elle", "she": "elle", "born": "née", "a": "une", "husband": "Son mari", "sibling": "Sa sœur",
    "kid": "écolière", "the": "la", "it": "la",
}  # fmt: skip
FRENCH = Tongue(
    trades={trade: tuple(words.split()) for trade, words in table(TRADES, _TRADES).items()},
    works={place: _work(phrase) for place, phrase in table(PLACES, _WORKS).items()},
    goods=table(GOODS, _GOODS),
    hobbies=table(HOBBIES, _HOBBIES),
    foods=table(FOODS, _FOODS),
    instruments=table(INSTRUMENTS, _INSTRUMENTS),
    ingredients=table(INGREDIENTS, _INGREDIENTS),
    animals=ANIMALS,
    colors={color: dict(zip("mf", words.split(), strict=True)) for color, words in table(COLORS, _COLORS).items()},
    villages=dict(zip(VILLAGES, zip(_BESIDE.split("|"), _KNOWN_FOR.split("|"), strict=True), strict=True)),
    directions=table(DIRECTIONS, "au nord|à l'est|au sud|à l'ouest"),
    words={"m": _M, "f": _F},
    articles={"m": "un", "f": "une"},
    color_first=False,
    keeps="{} a {} qui s'appelle {}",
    elision="l'",
    labels=(("écolier", "écolière"), "village", "animal", "plat"),
    lists=LISTS,
)
