"""Articles in Spanish."""

from .foreign import kinds
from .spanish_words import SPANISH

_DATE = "<@dom> de <@month> de <@year>"
_BOTH = "<@number> <t:@thing> y <@number> <@thing-t>"
_TWO_DATED = f"<g:@other> ({_DATE}) y también <@other-g> ({_DATE})"
_BIRTHPLACE = (
    " El pueblo de <v.name> está a <v.kilometers> kilómetros <direction> de Alderbrook<@source>",
    " El pueblo de <v.name> es <conocido|famoso|célebre> por <known_for><@source>",
    " En <v.name> viven unas <v.inhabitants> personas<@source>",
    " <v.name> está junto a <beside><@source>",
)
_HOME = (
    " La familia vive en <p.street><@source>",
    " La dirección de la familia es <p.street><@source>",
    " Entre los vecinos está <@neighbor><@source>",
)
_LIKES = (
    " Le gusta <mucho|sobre todo|de verdad> <hobby><@source>",
    " [En primavera|En verano|En otoño|En invierno] le gusta <hobby><@source>",
)
_TASTE = (
    " De todos los platos prefiere <p_food><@source>",
    " Toca <@often> <p_instrument><@source>",
)
_EPISODES = (
    (
        f" En el año <@year> <@did> {_BOTH} <@feast>.",
        f" El {_DATE} a las <@clock> <@met> a <g:@other> y a <@other-g>.",
    ),
    (
        f" Una carta del {_DATE} menciona {_BOTH}.",
        f" Entre las visitas estaban {_TWO_DATED}.",
    ),
    (
        " Su cuaderno de <@year> nombra a <g:@other> (<@dom> de <@month>, <@clock>) y a <@other-g> (<@dom> de "
        "<@month>, "
        "<@clock>).",
    ),
    (
        f" «Es una persona <@adj_f>», <@said> <@other> el {_DATE}.",
        f" Según <el diario|la crónica|la gaceta> del {_DATE}, es una persona <@adj_f>.",
    ),
)
_ADULT = (
    (
        "<p.full_name> (<born> en <p.born> en <p.village>) es <a> <trade> <b:@adj> y <@adj-b> de Alderbrook.",
        "<p.full_name>, <born> en <p.village> en <p.born>, es <a> <trade> <b:@adj> y <@adj-b>.",
        "<p.full_name> es <a> <trade> <b:@adj> y <@adj-b>, <born> en <p.born> en <p.village>.",
    ),
    _BIRTHPLACE,
    (
        " Trabaja <at_work><@source>",
        " Con <@colleague> trabaja <at_work><@source>",
        " Prepara <@often> <goods><@source>",
    ),
    (
        f"\nEn <@month> de <@year> <@gave> <goods> a <@other> a cambio de {_BOTH}.",
        f"\nEl {_DATE} <@gave> <goods> a <@other> a cambio de <@number> <@thing>.",
        f"\nEntre los clientes estaban {_TWO_DATED}.",
    ),
    (
        " <husband>, <spouse.full_name>, trabaja <spouse_at><@source>",
        " <husband> se llama <spouse.full_name> y trabaja como <spouse_trade><@source>",
        " Está <married> con <spouse.full_name><@source>",
    ),
    (
        " <kid1.name> <and_kid2> <kid2.name> forman parte de la familia<@source_late>",
        " Tiene dos hijos: <kid1.name> <and_kid2> <kid2.name><@source_late>",
        " El animal de la familia se llama <pet.name>: <owner.name> tiene <pet_phrase><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_CHILD = (
    (
        "<p.full_name> (<born> en <p.born> en <p.village>) es <a> <kid> <b:@adj> y <@adj-b> de Alderbrook.",
        "<p.full_name>, <born> en <p.village> en <p.born>, es <a> <kid> <b:@adj> y <@adj-b>.",
        "<p.full_name> es <a> <kid> <b:@adj> y <@adj-b>, <born> en <p.born> en <p.village>.",
    ),
    _BIRTHPLACE,
    (
        " Su madre, <mother.full_name>, trabaja <mother_at><@source>",
        " Su madre se llama <mother.full_name> y trabaja como <mother_trade><@source>",
        " Sus padres son <mother.name> <and_father> <father.full_name><@source>",
    ),
    (
        " Su padre, <father.full_name>, trabaja <father_at><@source>",
        " Su padre se llama <father.full_name> y trabaja como <father_trade><@source>",
    ),
    (
        " <sister>, <sib.name>, nació en <sib.born><@source>",
        " Juega <@often> con <sib.name><@source>",
    ),
    (
        "\nEl animal de la familia se llama <pet.name>: <owner.name> tiene <pet_phrase><@source_late>",
        "\n<owner.name> tiene <pet_phrase> que se llama <pet.name><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_PLACE_EPISODES = (
    (
        f" El {_DATE} a las <@clock> <@other> <@did> allí {_BOTH}.",
        f" En <@month> de <@year> <@other> <@did> allí {_BOTH}.",
    ),
    (
        f" Según el libro de visitas vinieron {_TWO_DATED}.",
        f" Una foto del {_DATE} muestra allí a <g:@other> y a <@other-g>.",
    ),
    (
        f" «Es un lugar <@place>», <@said> <@other> el {_DATE}.",
        f" Según <el diario|la crónica|la gaceta> del {_DATE}, es un lugar <@place>.",
    ),
)
_WORK = (
    (
        "<work_start> de Alderbrook existe desde <w.built>.",
        "<work_start> de Alderbrook es un lugar <b:@place> y <@place-b>.",
    ),
    (
        " La dirección es <w.street><@source>",
        " Está en <w.street><@source>",
    ),
    (
        " La gente compra allí <goods><@source>",
        " [En primavera|En verano|En otoño|En invierno] la gente compra allí <goods><@source>",
    ),
    (" [Allí trabaja|Entre los que trabajan allí está] <@worker_name><@source>",),
    (
        f"\nEntre los clientes estaban {_TWO_DATED}.",
        f"\nEl {_DATE} <@worker_name> <@gave> <goods> a <@other> a cambio de <@number> <@thing>.",
    ),
    *_PLACE_EPISODES,
)
_VILLAGE = (
    ("<v.name> es un pueblo <b:@place> y <@place-b>.",),
    (
        " Es <conocido|famoso|célebre> por <known_for><@source>",
        " La gente lo aprecia por <known_for><@source>",
    ),
    (
        " Está a <v.kilometers> kilómetros <direction> de Alderbrook<@source>",
        " Alderbrook queda a <v.kilometers> kilómetros<@source>",
    ),
    (
        " Allí viven unas <v.inhabitants> personas<@source>",
        " Las casas están junto a <beside><@source>",
    ),
    (" [Allí nacieron|De allí vienen] <g:@native> y también <@native-g><@source>",),
    *_PLACE_EPISODES,
)
_ANIMAL = (
    ("<The_noun> es un animal <b:@adj_m> y <@adj_m-b> de <legs> patas.",),
    (
        " Vive <home><@source>",
        " Su hogar está <home><@source>",
    ),
    (
        " Come <e:@eats> y <@eats-e><@source>",
        " [A veces|Por la mañana|Por la tarde|En verano|En invierno] come <@eats><@source>",
    ),
    (
        " [A veces|Por la mañana|Por la tarde|En verano] <sound><@source>",
        " Se oye cómo <sound><@source>",
    ),
    (
        "\nAlderbrook lo sabe: <@owner_keeps><@source_late>",
        "\nLa gente cuenta que <@owner_keeps><@source_late>",
    ),
    (
        f"\nEl {_DATE} a las <@clock> <the_noun> <@saw> a <g:@other> y a <@other-g>.",
        "\nEn <@month> de <@year> <a> <noun> <@saw> a <g:@other> y a <@other-g>.",
    ),
    (
        f" «Es un animal <@adj_m>», <@said> <@other> el {_DATE}.",
        f" Según <el diario|la crónica|la gaceta> del {_DATE}, es un animal <@adj_m>.",
    ),
)
_DISH = (
    (
        "Para <food> hacen falta <m:@made_of> y <@made_of-m>.",
        "Para preparar <food> se usan <m:@made_of> y <@made_of-m>.",
    ),
    (
        " Este plato se come <@often> <@season><@source>",
        " [En primavera|En verano|En otoño|En invierno] este plato gusta a todos<@source>",
    ),
    (
        "\nEste plato le gusta mucho a <@lover><@source>",
        "\nSe dice que este plato es para <@lover><@source>",
    ),
    (
        f" El {_DATE} a las <@clock> <g:@other> preparó este plato para <@other-g>.",
        " En <@month> de <@year> lo comieron <g:@other> y también <@other-g>.",
    ),
    (
        f" Una receta del {_DATE} menciona {_BOTH}.",
        " Una receta de <@other> basta para <@number> personas.",
    ),
    (
        f" «<Más|Otro plato|Otra cucharada>, por favor», <@said> <@other> el {_DATE}.",
        " «Está bueno», <@said> <@other> en <@month> de <@year>.",
    ),
)
KINDS = kinds(
    SPANISH,
    {"adult": _ADULT, "child": _CHILD, "work": _WORK, "village": _VILLAGE, "animal": _ANIMAL, "dish": _DISH},
    share=125,
)
