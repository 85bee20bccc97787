"""Spanish words, with gender and articles where sentences need them."""

from ..choices import Menu
from ..lexicon import COLORS, FOODS, HOBBIES, INSTRUMENTS
from ..pattern import patterns
from .common import CLOCK, DAYS_OF_MONTH, NUMBERS, PAGES, YEARS, phrases, words
from .foreign import DIRECTIONS, GOODS, INGREDIENTS, PLACES, TRADES, VILLAGES, Tongue, table

_TRADES = (
    "panadero panadera|herrero herrera|carpintero carpintera|tejedor tejedora|alfarero alfarera|modisto modista|"
    "zapatero zapatera|jardinero jardinera|pescadero pescadera|molinero molinera|apicultor apicultora|"
    "relojero relojera|"
    "impresor impresora|maestro maestra|enfermero enfermera|farmacéutico farmacéutica|bibliotecario bibliotecaria|"
    "encuadernador encuadernadora|vidriero vidriera|quesero quesera|barquero barquera|florista florista|"
    "revisor revisora|"
    "violero violera"
)
_WORKS = (
    "la panadería|la herrería|la carpintería|el telar|la alfarería|la sastrería|la zapatería|el vivero|la pescadería|"
    "el molino de viento|la casa de la miel|la torre del reloj|la imprenta|la escuela|el hospital|la farmacia|"
    "la biblioteca|el taller de encuadernación|la vidriería|la quesería|el astillero|la floristería|la estación|"
    "el taller de violines"
)
_GOODS = (
    "pan de centeno|puertas de hierro|mesas de roble|mantas de lana|cuencos de barro|abrigos de invierno|"
    "botas de cuero|rosales|trucha ahumada|harina de trigo|miel de trébol|relojes de pared|libros ilustrados|"
    "planes de clase|vendas|jarabe para la tos|listas de lectura|cuadernos|jarrones azules|queso de cabra|"
    "botes de remos|coronas de boda|horarios|violines"
)
_HOBBIES = (
    "pintar pájaros|jugar al ajedrez|cantar en el coro|coleccionar sellos|subir colinas|nadar en el lago|"
    "leer mapas antiguos|cultivar tomates|hacer pasteles|mirar las estrellas|tallar madera|escribir cartas|"
    "volar cometas|tejer bufandas|montar en bicicleta|recoger setas"
)
_FOODS = (
    "la tarta de manzana|la sopa de guisantes|la ensalada de patatas|el pastel de ciruelas|la trucha a la parrilla|"
    "las albóndigas de queso|el guiso de lentejas|las tortitas|la tarta de cebolla|el arroz con leche|"
    "el pastel de setas|"
    "la sopa de zanahoria|el pan de nueces|la mermelada de cerezas|el pollo asado|la sopa de fideos"
)
_INSTRUMENTS = (
    "el violín|el violonchelo|la flauta|el piano|la guitarra|la trompeta|el tambor|el arpa|el acordeón|el clarinete"
)
_INGREDIENTS = (
    "manzanas|harina|mantequilla|guisantes|cebollas|agua|patatas|vinagre|ciruelas|azúcar|trucha|sal|queso|huevos|"
    "lentejas|zanahorias|leche|arroz|setas|nueces|cerezas|pollo|fideos"
)
_BESIDE = (
    "un prado ancho|una marisma salada|un pozo de piedra|una hilera de dunas|un lago profundo|un valle estrecho|"
    "un cruce antiguo|un páramo morado|un puente de acero|un bosque oscuro|un arroyo rápido|un acantilado de tiza"
)
_KNOWN_FOR = (
    "sus girasoles|sus aves marinas|su agua clara|sus vientos fuertes|sus mejillones azules|sus ovejas|"
    "su mercado de caballos|sus bayas silvestres|su museo del ferrocarril|su madera|sus tres molinos de agua|su faro"
)
ANIMALS = {
    "dog": ("perro", "m", ("carne", "huesos"), "en una caseta", "ladra"),
    "cat": ("gato", "m", ("ratones", "pescado"), "en una casa", "maúlla"),
    "rabbit": ("conejo", "m", ("hierba", "zanahorias", "trébol"), "en una madriguera", ""),
    "parrot": ("loro", "m", ("semillas", "nueces", "fruta"), "en la selva", "chilla"),
    "goat": ("cabra", "f", ("hierba", "hojas", "heno"), "en un establo", "bala"),
    "pony": ("poni", "m", ("hierba", "avena", "heno"), "en un establo", "relincha"),
    "turtle": ("tortuga", "f", ("hojas", "trébol", "lechuga"), "en un jardín", ""),
    "goose": ("ganso", "m", ("hierba", "grano", "trébol"), "junto a un estanque", "grazna"),
    "hamster": ("hámster", "m", ("semillas", "grano", "nueces"), "en una jaula", "chilla"),
    "canary": ("canario", "m", ("semillas", "manzanas", "lechuga"), "en una jaula", "canta"),
    "donkey": ("burro", "m", ("hierba", "paja", "heno"), "en un establo", "rebuzna"),
    "duck": ("pato", "m", ("caracoles", "grano"), "junto a un estanque", "grazna"),
    "cow": ("vaca", "f", ("hierba", "trébol", "heno"), "en un establo", "muge"),
    "sheep": ("oveja", "f", ("hierba", "trébol", "heno"), "en un prado", "bala"),
}


def _work(phrase: str) -> tuple[str, str, str]:
    noun = phrase[3:]
    return noun[:1].upper() + noun[1:], "en " + phrase, phrase[:1].upper() + phrase[1:]


def _source(year: str) -> Menu:
    date = f"<@dom> de <@month> de {year}"
    ends = (
        ".",
        ", <@said> <@other>.",
        f" (<@paper>, {date}).",
        f" [<@other>, {date}].",
        f"; véase <@paper> {year}, página <@page>.",
    )
    return Menu(patterns(*ends), (2, 1, 4, 6, 2))


LISTS = {
    "year": YEARS,
    "clock": CLOCK,
    "late_year": YEARS[-3:],
    "number": NUMBERS,
    "dom": DAYS_OF_MONTH,
    "page": PAGES,
    "month": words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "season": phrases("en primavera,en verano,en otoño,en invierno"),
    "adj_m": words(
        "paciente prudente honrado hábil modesto amable fiel serio cuidadoso educado alegre apreciado respetado "
        "conocido "
        "generoso puntual"
    ),
    "adj_f": words(
        "paciente prudente honrada hábil modesta amable fiel seria cuidadosa educada alegre apreciada respetada "
        "conocida "
        "generosa puntual"
    ),
    "place": words("tranquilo agradable bonito pacífico conocido famoso limpio animado acogedor apreciado"),
    "often": phrases("a menudo,siempre,a veces,con gusto,casi siempre,con cuidado"),
    "said": words("dijo escribió contó anotó comentó repitió"),
    "paper": words("diario crónica gaceta almanaque registro boletín"),
    "gave": words("vendió entregó prometió dio llevó envió ofreció mostró"),
    "did": words("vendió perdió encontró llevó contó pintó escondió compró recogió lavó buscó regaló"),
    "met": words("encontró visitó saludó buscó sorprendió pintó"),
    "saw": words("despertó sorprendió saludó siguió divirtió observó consoló encantó"),
    "thing": words(
        "huevos manzanas peras velas cebollas botones ciruelas nueces plumas monedas zanahorias tulipanes "
        "limones cestas "
        "cucharas tazas campanas sombreros mantas linternas"
    ),
    "feast": phrases(
        "en la Noche de los Faroles,en la Feria de las Cometas,en el Día de las Flores,en la Carrera de Barcas,"
        "en la Fiesta de las Campanas,en el Mercado de la Cosecha,en el Paseo de las Setas,en el Concierto de Invierno"
    ),
    "legs": {2: "dos", 4: "cuatro"},
    "source": _source("<@year>"),
    "source_late": _source("<@late_year>"),
}
_COLORS = "negro negra|blanco blanca|gris gris|pardo parda|rojo roja|dorado dorada|manchado manchada|rayado rayada"
_M = {
    "born": "nacido", "a": "un", "husband": "Su mujer", "sibling": "Su hermano", "kid": "alumno", "married": "casado",
    "the": "el", "him": "lo",
}  # fmt: skip
_F = {
    "born": "nacida", "a": "una", "husband": "Su marido", "sibling": "Su hermana", "kid": "alumna", "married": "casada",
    "the": "la", "him": "la",
}  # fmt: skip
SPANISH = Tongue(
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
    directions=table(DIRECTIONS, "al norte|al este|al sur|al oeste"),
    words={"m": _M, "f": _F},
    articles={"m": "un", "f": "una"},
    color_first=False,
    keeps="{} tiene {} que se llama {}",
    labels=(("alumno", "alumna"), "pueblo", "animal", "plato"),
    lists=LISTS,
)
