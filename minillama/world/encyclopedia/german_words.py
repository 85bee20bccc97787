"""German words, with gender and case where sentences need them."""

from ..choices import Menu
from ..lexicon import COLORS, FOODS, HOBBIES, INSTRUMENTS
from ..pattern import patterns
from .common import CLOCK, DAYS_OF_MONTH, NUMBERS, PAGES, YEARS, phrases, words
from .foreign import DIRECTIONS, GOODS, INGREDIENTS, PLACES, TRADES, VILLAGES, Tongue, table

_TRADES = (
    "Bäcker|Schmied|Tischler|Weber|Töpfer|Schneider|Schuster|Gärtner|Fischer|Müller|Imker|Uhrmacher|Drucker|Lehrer|"
    "Pfleger|Apotheker|Bibliothekar|Buchbinder|Glasbläser|Käser|Bootsbauer|Florist|Schaffner|Geigenbauer"
)
_WORKS = (
    "die Bäckerei|die Schmiede|die Tischlerei|die Weberei|die Töpferei|die Schneiderei|die Schusterei|die Gärtnerei|"
    "der Fischladen|die Windmühle|das Honighaus|der Uhrturm|die Druckerei|die Schule|das Krankenhaus|die Apotheke|"
    "die Bibliothek|die Buchbinderei|die Glashütte|die Käserei|die Bootswerft|der Blumenladen|der Bahnhof|"
    "die Geigenwerkstatt"
)
_GOODS = (
    "Roggenbrot|Eisentore|Eichentische|Wolldecken|Tonschalen|Wintermäntel|Lederstiefel|Rosensträucher|"
    "geräucherte Forellen|Weizenmehl|Kleehonig|Wanduhren|Bilderbücher|Unterrichtspläne|Verbände|Hustensaft|Leselisten|"
    "Notizbücher|blaue Vasen|Ziegenkäse|Ruderboote|Hochzeitskränze|Fahrpläne|Geigen"
)
_HOBBIES = (
    "Vögel zu malen|Schach zu spielen|im Chor zu singen|Briefmarken zu sammeln|auf Hügel zu steigen|"
    "im See zu schwimmen|"
    "alte Karten zu lesen|Tomaten zu züchten|Kuchen zu backen|die Sterne zu beobachten|Holz zu schnitzen|"
    "Briefe zu schreiben|Drachen steigen zu lassen|Schals zu stricken|Fahrrad zu fahren|Pilze zu sammeln"
)
_FOODS = (
    "Apfelkuchen|Erbsensuppe|Kartoffelsalat|Pflaumenkuchen|gegrillte Forelle|Käseknödel|Linseneintopf|Pfannkuchen|"
    "Zwiebelkuchen|Milchreis|Pilzpastete|Karottensuppe|Walnussbrot|Kirschmarmelade|Brathähnchen|Nudelsuppe"
)
_INGREDIENTS = (
    "Äpfel|Mehl|Butter|Erbsen|Zwiebeln|Wasser|Kartoffeln|Essig|Pflaumen|Zucker|Forellen|Salz|Käse|Eier|Linsen|Karotten|"
    "Milch|Reis|Pilze|Walnüsse|Kirschen|Hähnchen|Nudeln"
)
_BESIDE = (
    "einer weiten Wiese|einem Salzsumpf|einem Steinbrunnen|einer Reihe von Dünen|einem tiefen See|einem engen Tal|"
    "einer alten Kreuzung|einem violetten Moor|einer Stahlbrücke|einem dunklen Wald|einem schnellen Bach|"
    "einer Kreideklippe"
)
_KNOWN_FOR = (
    "Sonnenblumen|Seevögel|klares Wasser|starke Winde|blaue Muscheln|Schafe|einen Pferdemarkt|wilde Beeren|"
    "ein Eisenbahnmuseum|Holz|drei Wassermühlen|einen Leuchtturm"
)
ANIMALS = {
    "dog": ("Hund", "m", ("Fleisch", "Knochen"), "in einer Hundehütte", "bellt"),
    "cat": ("Katze", "f", ("Mäuse", "Fisch"), "in einem Haus", "miaut"),
    "rabbit": ("Kaninchen", "n", ("Gras", "Karotten", "Klee"), "in einem Bau", ""),
    "parrot": ("Papagei", "m", ("Körner", "Nüsse", "Obst"), "im Regenwald", "kreischt"),
    "goat": ("Ziege", "f", ("Gras", "Blätter", "Heu"), "in einem Stall", "meckert"),
    "pony": ("Pony", "n", ("Gras", "Hafer", "Heu"), "in einem Stall", "wiehert"),
    "turtle": ("Schildkröte", "f", ("Blätter", "Klee", "Salat"), "in einem Garten", ""),
    "goose": ("Gans", "f", ("Gras", "Getreide", "Klee"), "an einem Teich", "schnattert"),
    "hamster": ("Hamster", "m", ("Körner", "Getreide", "Nüsse"), "in einem Käfig", "fiept"),
    "canary": ("Kanarienvogel", "m", ("Körner", "Äpfel", "Salat"), "in einem Käfig", "singt"),
    "donkey": ("Esel", "m", ("Gras", "Stroh", "Heu"), "in einem Stall", "schreit"),
    "duck": ("Ente", "f", ("Schnecken", "Getreide"), "an einem Teich", "quakt"),
    "cow": ("Kuh", "f", ("Gras", "Klee", "Heu"), "in einem Stall", "muht"),
    "sheep": ("Schaf", "n", ("Gras", "Klee", "Heu"), "auf einer Wiese", "blökt"),
}
_STEMS = words(
    "geduldig sorgfältig fleißig freundlich ehrlich geschickt klug bekannt beliebt angesehen erfahren bescheiden "
    "fröhlich zuverlässig pünktlich großzügig"
)


def _work(phrase: str) -> tuple[str, str, str]:
    article, noun = phrase.split(" ", 1)
    return noun, ("in der " if article == "die" else "im ") + noun, f"{article.capitalize()} {noun}"


def _source(year: str) -> Menu:
    date = f"<@dom>. <@month> {year}"
    ends = (
        ".",
        ", <@said> <@other>.",
        f" (<@paper>, {date}).",
        f" [<@other>, {date}].",
        f"; siehe <@paper> {year}, Seite <@page>.",
    )
    return Menu(patterns(*ends), (2, 1, 4, 6, 2))


LISTS = {
    "year": YEARS,
    "clock": CLOCK,
    "late_year": YEARS[-3:],
    "number": NUMBERS,
    "dom": DAYS_OF_MONTH,
    "page": PAGES,
    "month": words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "season": words("Frühling Sommer Herbst Winter"),
    "adj_m": tuple(stem + "er" for stem in _STEMS),
    "adj_f": tuple(stem + "e" for stem in _STEMS),
    "adj_n": words("kluges treues ruhiges stilles nützliches schönes frohes starkes bekanntes beliebtes"),
    "place_m": words("schöner ruhiger stiller alter guter beliebter bekannter sauberer freundlicher lebhafter"),
    "place_n": words("schönes ruhiges stilles altes gutes beliebtes bekanntes sauberes freundliches lebhaftes"),
    "saw": words("weckte erschreckte begrüßte besuchte überraschte erfreute beobachtete tröstete"),
    "often": words("oft gern immer meistens manchmal heimlich"),
    "said": words("sagte schrieb meinte berichtete erzählte notierte"),
    "paper": words("Zeitung Chronik Almanach Pfarrbrief Abendblatt Stadtbuch"),
    "gave": words("verkaufte lieferte versprach brachte schenkte schickte zeigte gab"),
    "did": words("verkaufte verlor fand trug zählte malte verschenkte kaufte sammelte wusch stapelte suchte"),
    "met": words("traf besuchte grüßte suchte überraschte malte"),
    "thing": words(
        "Eier Äpfel Birnen Kerzen Zwiebeln Knöpfe Pflaumen Nüsse Federn Münzen Karotten Tulpen Zitronen Körbe Löffel "
        "Tassen Glocken Hüte Decken Laternen"
    ),
    "feast": phrases(
        "in der Laternennacht,beim Drachenfest,am Blütentag,beim Bootsrennen,beim Glockenfest,beim Erntemarkt,"
        "bei der Pilzwanderung,beim Winterkonzert"
    ),
    "legs": {2: "zwei", 4: "vier"},
    "source": _source("<@year>"),
    "source_late": _source("<@late_year>"),
}


def _colors() -> dict[str, dict[str, str]]:
    stems = table(COLORS, "schwarz|weiß|grau|braun|rot|golden|gefleckt|gestreift")
    return {color: {"m": stem + "en", "f": stem + "e", "n": stem + "es"} for color, stem in stems.items()}


_M = {
    "she": "er", "She": "Er", "her": "ihn", "Hers": "Sein", "hers_pl": "seine", "Hers_pl": "Seine",
    "a": "ein", "the": "der", "husband": "Seine Frau", "sibling": "Der Bruder",
    "kid": "Schüler",
}  # fmt: skip
_F = {
    "she": "sie", "She": "Sie", "her": "sie", "Hers": "Ihr", "hers_pl": "ihre", "Hers_pl": "Ihre",
    "a": "eine", "the": "die", "husband": "Ihr Mann", "sibling": "Die Schwester",
    "kid": "Schülerin",
}  # fmt: skip
GERMAN = Tongue(
    trades={trade: (word, word + "in") for trade, word in table(TRADES, _TRADES).items()},
    works={place: _work(phrase) for place, phrase in table(PLACES, _WORKS).items()},
    goods=table(GOODS, _GOODS),
    hobbies=table(HOBBIES, _HOBBIES),
    foods=table(FOODS, _FOODS),
    instruments=table(INSTRUMENTS, "Geige|Cello|Flöte|Klavier|Gitarre|Trompete|Trommel|Harfe|Akkordeon|Klarinette"),
    ingredients=table(INGREDIENTS, _INGREDIENTS),
    animals=ANIMALS,
    colors=_colors(),
    villages=dict(zip(VILLAGES, zip(_BESIDE.split("|"), _KNOWN_FOR.split("|"), strict=True), strict=True)),
    directions=table(DIRECTIONS, "nördlich|östlich|südlich|westlich"),
    words={"m": _M, "f": _F, "n": _M | {"She": "Es", "she": "es", "her": "es", "the": "das"}},
    articles={"m": "einen", "f": "eine", "n": "ein"},
    color_first=True,
    keeps="{} hat {} namens {}",
    labels=(("Schüler", "Schülerin"), "Dorf", "Tier", "Gericht"),
    lists=LISTS,
)
