"""Articles in German."""

from .foreign import kinds
from .german_words import GERMAN

_BIRTHPLACE = (
    " Das Dorf <v.name> liegt <v.kilometers> Kilometer <direction> von Alderbrook<@source>",
    " Das Dorf <v.name> ist <bekannt|berühmt> für <known_for><@source>",
    " In <v.name> leben etwa <v.inhabitants> Menschen<@source>",
    " <v.name> liegt neben <beside><@source>",
)
_HOME = (
    " Die Familie wohnt in der Straße <p.street><@source>",
    " Die Adresse der Familie ist <p.street><@source>",
    " In der Nachbarschaft wohnt <@neighbor><@source>",
)
_LIKES = (
    " <She> <liebt|mag|genießt> es, <hobby><@source>",
    " Im <@season> <liebt|genießt> <she> es, <hobby><@source>",
)
_TASTE = (
    " Besonders gern isst <she> <p_food><@source>",
    " <She> spielt <@often> <p_instrument><@source>",
)
_EPISODES = (
    (
        " Dann, im Jahr <@year>, <@did> <she> <@feast> <@number> <t:@thing> und <@number> <@thing-t>.",
        " Am <@dom>. <@month> <@year> um <@clock> Uhr <@met> <she> <g:@other> und <@other-g>.",
    ),
    (
        " Später, im <@season> <@year>, <@did> <she> <@number> <t:@thing> und <@number> <@thing-t>.",
        " Ein Brief vom <@dom>. <@month> <@year> nennt <@number> <t:@thing> und <@number> <@thing-t>.",
        " Zu Besuch kamen <g:@other> (<@dom>. <@month> <@year>) und <@other-g> (<@dom>. <@month> <@year>).",
    ),
    (
        " Das Tagebuch von <@year> nennt <g:@other> (<@dom>. <@month>, <@clock> Uhr) und <@other-g> (<@dom>. <@month>, "
        "<@clock> Uhr).",
    ),
    (
        " „<Alle|Viele|Nachbarn|Kinder> mögen <her>“, <@said> <@other> am <@dom>. <@month> <@year>.",
        " Laut <Zeitung|Chronik|Almanach> vom <@dom>. <@month> <@year> ist <she> ein <@adj_m> Mensch.",
    ),
)
_ADULT = (
    (
        "<p.full_name> (geboren <p.born> in <p.village>) ist <a> <b:@adj>, <@adj-b> <trade> <aus|in|von> Alderbrook.",
        "<p.full_name>, <p.born> in <p.village> geboren, ist <a> <b:@adj>, <@adj-b> <trade> <aus|in|von> Alderbrook.",
        "<p.full_name> wurde <p.born> in <p.village> geboren und <ist heute|bleibt> <a> <@adj> <trade>.",
    ),
    _BIRTHPLACE,
    (
        " <She> arbeitet <at_work><@source>",
        " Zusammen mit <@colleague> arbeitet <she> <at_work><@source>",
        " <She> sorgt <@often> für <goods><@source>",
    ),
    (
        "\nIm <@season> <@year> <@gave> <she> <@other> <goods> für <@number> <t:@thing> und <@number> <@thing-t>.",
        "\nAm <@dom>. <@month> <@year> <@gave> <she> <@other> <goods> für <@number> <@thing>.",
        "\nDas Bestellbuch für <goods> nennt <g:@other> (<@dom>. <@month> <@year>) und <@other-g> (<@month> <@year>).",
    ),
    (
        " <husband> <spouse.full_name> arbeitet <spouse_at><@source>",
        " <husband> heißt <spouse.full_name> und ist <spouse_trade><@source>",
        " <She> ist mit <spouse.full_name> verheiratet<@source>",
    ),
    (
        " <kid1.name> und <kid2.name> sind <hers_pl> Kinder<@source_late>",
        " <Hers_pl> Kinder heißen <kid1.name> und <kid2.name><@source_late>",
        " In der Familie lebt auch <pet.name>; <owner.name> hat <pet_phrase><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_CHILD = (
    (
        "<p.full_name> (geboren <p.born> in <p.village>) ist <a> <b:@adj>, <@adj-b> <kid> <aus|in|von> Alderbrook.",
        "<p.full_name>, <p.born> in <p.village> geboren, ist <a> <b:@adj>, <@adj-b> <kid> <aus|in|von> Alderbrook.",
        "<p.full_name> wurde <p.born> in <p.village> geboren und ist <a> <b:@adj>, <@adj-b> <kid>.",
    ),
    _BIRTHPLACE,
    (
        " <Hers_pl> Mutter <mother.full_name> arbeitet <mother_at><@source>",
        " <Hers_pl> Mutter heißt <mother.full_name> und ist <mother_trade><@source>",
        " <Hers_pl> Eltern sind <mother.name> und <father.full_name><@source>",
    ),
    (
        " <Hers> Vater <father.full_name> arbeitet <father_at><@source>",
        " <Hers> Vater heißt <father.full_name> und ist <father_trade><@source>",
    ),
    (
        " <sister> <sib.name> wurde <sib.born> geboren<@source>",
        " <She> spielt <@often> mit <sib.name><@source>",
    ),
    (
        "\n<owner.name> hat <pet_phrase> namens <pet.name><@source>",
        "\nIn der Familie lebt auch <pet.name>; <owner.name> hat <pet_phrase><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_PLACE_EPISODES = (
    (
        " Am <@dom>. <@month> <@year> um <@clock> Uhr <@did> <@other> dort <@number> <t:@thing> und <@number> "
        "<@thing-t>.",
        " Im <@season> <@year> kamen <g:@other> und <@other-g> zu Besuch.",
    ),
    (
        " Das Gästebuch nennt <g:@other> (<@dom>. <@month> <@year>) und <@other-g> (<@dom>. <@month> <@year>).",
        " Ein Bild vom <@dom>. <@month> <@year> zeigt dort <g:@other> und <@other-g>.",
    ),
    (
        " „<Alle|Viele|Nachbarn|Kinder> kommen gern“, <@said> <@other> am <@dom>. <@month> <@year>.",
        " „Es ist ein <@place_m> Ort“, <@said> <@other> am <@dom>. <@month> <@year>.",
    ),
)
_WORK = (
    (
        "<work_start> in Alderbrook stammt aus dem Jahr <w.built>.",
        "<work_start> von Alderbrook ist ein <b:@place_m>, <@place_m-b> Ort.",
    ),
    (
        " Die Adresse ist <w.street><@source>",
        " Das Haus steht in der Straße <w.street><@source>",
    ),
    (
        " Dort gibt es <goods><@source>",
        " [Im Sommer|Im Winter|Morgens|Abends] gibt es dort <goods><@source>",
    ),
    (
        " Dort arbeitet <@worker><@source>",
        " Zum Haus gehört <@worker><@source>",
    ),
    (
        "\nDas Bestellbuch für <goods> nennt <g:@other> (<@dom>. <@month> <@year>) und <@other-g> (<@month> <@year>).",
        "\nAm <@dom>. <@month> <@year> <@gave> <@worker_name> <@other> <goods> für <@number> <@thing>.",
    ),
    *_PLACE_EPISODES,
)
_VILLAGE = (
    ("<v.name> ist ein <b:@place_n>, <@place_n-b> Dorf <bei|in der Nähe von> Alderbrook.",),
    (
        " Es ist <bekannt|berühmt> für <known_for><@source>",
        " Man lobt es für <known_for><@source>",
    ),
    (
        " Es liegt <v.kilometers> Kilometer <direction> von Alderbrook<@source>",
        " Von Alderbrook sind es <v.kilometers> Kilometer<@source>",
    ),
    (
        " Dort leben etwa <v.inhabitants> Menschen<@source>",
        " Neben <beside> stehen die Häuser<@source>",
    ),
    (
        " Dort geboren sind <g:@native> und <@native-g><@source>",
        " Aus dem Dorf stammt <@native><@source>",
    ),
    *_PLACE_EPISODES,
)
_ANIMAL = (
    ("<The_noun> ist ein <b:@adj_n>, <@adj_n-b> Tier mit <legs> Beinen.",),
    (" <She> lebt <home><@source>",),
    (
        " <She> frisst <e:@eats> und <@eats-e><@source>",
        " [Gern|Oft|Morgens|Abends|Im Sommer|Im Winter] frisst <she> <@eats><@source>",
    ),
    (
        " <She> <sound> <laut|leise|oft|gern><@source>",
        " Man hört, wie <she> <sound><@source>",
    ),
    (
        "\nAlle im Ort wissen: <@owner_keeps><@source_late>",
        "\nDie Leute erzählen: <@owner_keeps><@source_late>",
    ),
    (
        "\nAm <@dom>. <@month> <@year> um <@clock> Uhr <@saw> <the_noun> <g:@other> und <@other-g>.",
        "\nIm <@season> <@year> <@saw> <the_noun> <g:@other> und <@other-g>.",
    ),
    (
        " „Es ist ein <@adj_n> Tier“, <@said> <@other> am <@dom>. <@month> <@year>.",
        " „<Alle|Viele|Nachbarn|Kinder> mögen <her>“, <@said> <@other> am <@dom>. <@month> <@year>.",
    ),
)
_DISH = (
    (
        "Für <food> braucht man <m:@made_of> und <@made_of-m>.",
        "Wer <food> mag, braucht <m:@made_of> und <@made_of-m>.",
    ),
    (
        " Man isst das Gericht <@often> im <@season><@source>",
        " Im <@season> schmeckt das Gericht besonders gut<@source>",
    ),
    (
        "\nDas Gericht schmeckt vor allem <@lover><@source>",
        "\nAm liebsten isst es <@lover><@source>",
    ),
    (
        " Am <@dom>. <@month> <@year> um <@clock> Uhr kochte <g:@other> das Gericht für <@other-g>.",
        " Im <@month> <@year> aßen <g:@other> und <@other-g> davon.",
    ),
    (
        " Ein Rezept vom <@dom>. <@month> <@year> nennt <@number> <t:@thing> und <@number> <@thing-t>.",
        " Ein Rezept von <@other> reicht für <@number> Gäste.",
    ),
    (
        " „<Mehr|Noch ein Teller|Noch ein Löffel>, bitte“, <@said> <@other> am <@dom>. <@month> <@year>.",
        " „Das ist gut“, <@said> <@other> im <@month> <@year>.",
    ),
)
KINDS = kinds(
    GERMAN,
    {"adult": _ADULT, "child": _CHILD, "work": _WORK, "village": _VILLAGE, "animal": _ANIMAL, "dish": _DISH},
    share=125,
)
