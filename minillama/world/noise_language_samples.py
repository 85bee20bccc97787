"""A few simple pages in German, French and Spanish, for a crawl that should be English."""

from .common_words import split

WORDS = {
    name: split(words)
    for name, words in {
        "WER": "Der Hund,Der Bäcker,Der Nachbar,Ein Vogel,Die Katze,Die Lehrerin,Das Kind,Unsere Oma,Die Müllerin",
        "TAT": "sitzt,schläft,singt,wartet,lacht,träumt,tanzt,liest",
        "WO": "im Garten,am Fluss,auf dem Markt,in der Küche,vor der Schule,hinter der Mühle,unter dem Baum",
        "WANN": "Heute,Morgen,Am Abend,Im Winter,Nach dem Essen,Am Sonntag,Jeden Tag,Manchmal",
        "WAS": "einen Apfel,eine Suppe,das Brot,zwei Eier,einen Kuchen,drei Birnen,eine Tasse Tee",
        "WIE": "schön,kalt,warm,grau,trüb,windig,hell,mild",
        "QUI": "Le chien,Le boulanger,Mon voisin,Un oiseau,La maîtresse,Une vieille dame,Ma grand-mère,Le facteur",
        "FAIT": "chante,danse,attend,rêve,mange,travaille,lit,dort",
        "OU": "dans le jardin,près de la rivière,au marché,devant l'école,sous un arbre,à la gare,derrière le moulin",
        "QUAND": "Aujourd'hui,Le soir,En hiver,Après le dîner,Dimanche,Chaque jour,Parfois,Très tôt",
        "QUOI": "une pomme,la soupe,du pain,deux œufs,un gâteau,trois poires,une tasse de thé",
        "COMMENT": "beau,froid,chaud,gris,doux,frais,sombre,humide",
        "QUIEN": "El perro,El panadero,Mi vecino,Un pájaro,La maestra,Una niña,Mi abuela,El cartero",
        "HACE": "canta,baila,espera,sueña,come,trabaja,lee,duerme",
        "DONDE": "en el jardín,cerca del río,en el mercado,delante de la escuela,bajo un árbol,detrás del molino",
        "CUANDO": "Hoy,Mañana,Por la noche,En invierno,Después de cenar,El domingo,Cada día,A veces",
        "QUE": "una manzana,la sopa,el pan,dos huevos,un pastel,tres peras,una taza de té",
        "COMO": "bonito,frío,agradable,fresco,gris,raro,triste,húmedo",
    }.items()
}

RULES = {
    "german": ("{WANN} ist es {WIE}. {@DE} {@DE2} {@DE3} {@DE4}",),
    "DE": (
        "Auch {h=PERSON} ist da und kauft {WAS}.",
        "Dann kommt {h=PERSON} und bringt {WAS}.",
        "Nur {h=PERSON} {TAT} {WO}.",
    ),
    "DE2": (
        "Dort {TAT} ein Freund und isst {WAS}.",
        "Alle sagen: {WER} {TAT} {WO}.",
        "Wir essen {WAS} {WO}.",
    ),
    "DE3": (
        "Das Wetter ist {WIE}, aber {h} {TAT}.",
        "Der Tag ist {WIE}, und wir essen {WAS}.",
        "Niemand {TAT} so gern {WO}.",
    ),
    "DE4": (
        "Gute Nacht, sagt {h}.",
        "Was für ein Tag!",
        "Und dann {TAT} auch die Oma.",
    ),
    "french": ("{QUAND}, il fait {COMMENT}. {@FR} {@FR2} {@FR3} {@FR4}",),
    "FR": (
        "Voici {h=PERSON} qui achète {QUOI}.",
        "Puis {h=PERSON} arrive et apporte {QUOI}.",
        "Même {h=PERSON} {FAIT} {OU}.",
    ),
    "FR2": (
        "Un ami {FAIT} et mange {QUOI}.",
        "On dit que {h} {FAIT} {OU}.",
        "Regarde ! {QUI} {FAIT} {OU}.",
    ),
    "FR3": (
        "Le ciel est {COMMENT}, mais {h} {FAIT}.",
        "Le jour est {COMMENT}, et on mange {QUOI}.",
        "Personne ne {FAIT} {OU}.",
    ),
    "FR4": (
        "Bonne nuit, dit {h}.",
        "Quelle belle journée !",
        "Et le chat {FAIT} aussi.",
    ),
    "spanish": ("{CUANDO} el tiempo es {COMO}. {@ES} {@ES2} {@ES3} {@ES4}",),
    "ES": (
        "Aquí está {h=PERSON} y compra {QUE}.",
        "Luego llega {h=PERSON} y trae {QUE}.",
        "Solo {h=PERSON} {HACE} {DONDE}.",
    ),
    "ES2": (
        "Un amigo {HACE} y prepara {QUE}.",
        "Dicen que {h} {HACE} {DONDE}.",
        "¡Mira! {QUIEN} {HACE} {DONDE}.",
    ),
    "ES3": (
        "El cielo es {COMO}, pero {h} {HACE}.",
        "El día es {COMO}, y comemos {QUE}.",
        "Nadie {HACE} {DONDE}.",
    ),
    "ES4": (
        "Buenas noches, dice {h}.",
        "¡Qué día!",
        "Y el gato {HACE} también.",
    ),
}
