"""Articles in French."""

from .foreign import kinds
from .french_words import FRENCH

_BIRTHPLACE = (
    " Le village de <v.name> se trouve à <v.kilometers> kilomètres <direction> d'Alderbrook<@source>",
    " Le village de <v.name> est <connu|célèbre|réputé> pour <known_for><@source>",
    " Environ <v.inhabitants> personnes vivent à <v.name><@source>",
    " <v.name> se trouve près <beside><@source>",
)
_HOME = (
    " La famille habite <p.street><@source>",
    " L'adresse de la famille est <p.street><@source>",
    " Parmi les voisins, on <trouve|rencontre|salue> <@neighbor><@source>",
)
_LIKES = (
    " <She> aime <beaucoup|surtout|vraiment> <hobby><@source>",
    " [Au printemps|En été|En automne|En hiver], <she> aime <hobby><@source>",
)
_TASTE = (
    " Parmi tous les plats, <she> préfère <p_food><@source>",
    " <She> joue <@often> <p_instrument><@source>",
)
_EPISODES = (
    (
        " Un jour de <@year>, <she> a <@did> <@number> <t:@thing> et <@number> <@thing-t> <@feast>.",
        " Le <@dom> <@month> <@year> à <@clock>, <she> a <@met> <g:@other> et <@other-g>.",
    ),
    (
        " Une lettre du <@dom> <@month> <@year> mentionne <@number> <t:@thing> et <@number> <@thing-t>.",
        " Parmi les visiteurs, il y avait <g:@other> (<@dom> <@month> <@year>) et <@other-g> (<@dom> <@month> "
        "<@year>).",
    ),
    (
        " Le journal intime de <@year> cite <g:@other> (<@dom> <@month>, <@clock>) et <@other-g> (<@dom> <@month>, "
        "<@clock>).",
    ),
    (
        " « C'est une personne <@adj_f> », <@said> <@other> le <@dom> <@month> <@year>.",
        " Selon <le journal|la chronique|la gazette> du <@dom> <@month> <@year>, c'est une personne <@adj_f>.",
    ),
)
_ADULT = (
    (
        "<p.full_name> (<born> en <p.born> à <p.village>) est <a> <trade> <b:@adj> et <@adj-b> d'Alderbrook.",
        "<p.full_name>, <born> à <p.village> en <p.born>, est <a> <trade> <b:@adj> et <@adj-b>.",
        "<p.full_name> est <a> <trade> <b:@adj> et <@adj-b>, <born> en <p.born> à <p.village>.",
    ),
    _BIRTHPLACE,
    (
        " <She> travaille <at_work><@source>",
        " Avec <@colleague>, <she> travaille <at_work><@source>",
        " <She> prépare <@often> <goods><@source>",
    ),
    (
        "\nEn <@month> <@year>, <she> a <@gave> <goods> à <@other> contre <@number> <t:@thing> et <@number> "
        "<@thing-t>.",
        "\nLe <@dom> <@month> <@year>, <she> a <@gave> <goods> à <@other> contre <@number> <@thing>.",
        "\nParmi les clients, il y avait <g:@other> (<@dom> <@month> <@year>) et <@other-g> (<@dom> <@month> <@year>).",
    ),
    (
        " <husband>, <spouse.full_name>, travaille <spouse_at><@source>",
        " <husband> s'appelle <spouse.full_name> et travaille comme <spouse_trade><@source>",
    ),
    (
        " <kid1.name> et <kid2.name> sont ses enfants<@source_late>",
        " Ses enfants s'appellent <kid1.name> et <kid2.name><@source_late>",
        " L'animal de la famille s'appelle <pet.name> : <owner.name> a <pet_phrase><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_CHILD = (
    (
        "<p.full_name> (<born> en <p.born> à <p.village>) est <a> <kid> <b:@adj> et <@adj-b> d'Alderbrook.",
        "<p.full_name>, <born> à <p.village> en <p.born>, est <a> <kid> <b:@adj> et <@adj-b>.",
        "<p.full_name> est <a> <kid> <b:@adj> et <@adj-b>, <born> en <p.born> à <p.village>.",
    ),
    _BIRTHPLACE,
    (
        " Sa mère, <mother.full_name>, travaille <mother_at><@source>",
        " Sa mère s'appelle <mother.full_name> et travaille comme <mother_trade><@source>",
        " Ses parents sont <mother.name> et <father.full_name><@source>",
    ),
    (
        " Son père, <father.full_name>, travaille <father_at><@source>",
        " Son père s'appelle <father.full_name> et travaille comme <father_trade><@source>",
    ),
    (
        " <sister>, <sib.name>, a vu le jour en <sib.born><@source>",
        " <She> joue <@often> avec <sib.name><@source>",
    ),
    (
        "\nL'animal de la famille s'appelle <pet.name> : <owner.name> a <pet_phrase><@source_late>",
        "\n<owner.name> a <pet_phrase> qui s'appelle <pet.name><@source_late>",
    ),
    _HOME,
    _LIKES,
    _TASTE,
    *_EPISODES,
)
_PLACE_EPISODES = (
    (
        " Le <@dom> <@month> <@year> à <@clock>, <@other> y a <@did> <@number> <t:@thing> et <@number> <@thing-t>.",
        " En <@month> <@year>, <g:@other> et <@other-g> y ont <@did> <@number> <@thing>.",
    ),
    (
        " On lit dans le livre d'or : <g:@other> (<@dom> <@month> <@year>) et <@other-g> (<@dom> <@month> <@year>).",
        " Une photo du <@dom> <@month> <@year> y montre <g:@other> et <@other-g>.",
    ),
    (
        " « C'est un endroit <@place> », <@said> <@other> le <@dom> <@month> <@year>.",
        " Selon <le journal|la chronique|la gazette> du <@dom> <@month> <@year>, c'est un endroit <@place>.",
    ),
)
_WORK = (
    (
        "<work_start> d'Alderbrook existe depuis <w.built>.",
        "<work_start> d'Alderbrook est un endroit <b:@place> et <@place-b>.",
    ),
    (
        " L'adresse est <w.street><@source>",
        " On y va par <w.street><@source>",
    ),
    (
        " On y prépare <goods><@source>",
        " [Au printemps|En été|En automne|En hiver], on y prépare <goods><@source>",
    ),
    (
        " [On y rencontre|On y trouve|On y salue] <@worker_name><@source>",
        " Parmi ceux qui y travaillent, il y a <@worker_name><@source>",
    ),
    (
        "\nParmi les clients, il y avait <g:@other> (<@dom> <@month> <@year>) et <@other-g> (<@dom> <@month> <@year>).",
        "\nLe <@dom> <@month> <@year>, <@worker_name> a <@gave> <goods> à <@other> contre <@number> <@thing>.",
    ),
    *_PLACE_EPISODES,
)
_VILLAGE = (
    ("<v.name> est un village <b:@place> et <@place-b>.",),
    (
        " Il est <connu|célèbre|réputé> pour <known_for><@source>",
        " On l'aime pour <known_for><@source>",
    ),
    (
        " On le trouve à <v.kilometers> kilomètres <direction> d'Alderbrook<@source>",
        " Alderbrook est à <v.kilometers> kilomètres<@source>",
    ),
    (
        " On y compte environ <v.inhabitants> habitants<@source>",
        " Ses maisons se trouvent près <beside><@source>",
    ),
    (
        " [Parmi ceux qui y ont vu le jour, il y a|Parmi ceux qui viennent de là, il y a] <g:@native> et "
        "<@native-g><@source>",
    ),
    *_PLACE_EPISODES,
)
_ANIMAL = (
    ("<The_noun> est un animal <b:@adj_m> et <@adj_m-b> à <legs> pattes.",),
    (
        " <She> vit <home><@source>",
        " On <it> trouve <home><@source>",
    ),
    (
        " <She> mange <e:@eats> et <@eats-e><@source>",
        " [Souvent|Le matin|Le soir|En été|En hiver], <she> mange <@eats><@source>",
    ),
    (
        " <She> <sound> <souvent|parfois|le matin|le soir><@source>",
        " [Parfois|Au jardin|Chez nous|Partout], <she> <sound><@source>",
    ),
    (
        "\nÀ Alderbrook, <@owner_keeps><@source_late>",
        "\nOn raconte : <@owner_keeps><@source_late>",
    ),
    (
        "\nLe <@dom> <@month> <@year> à <@clock>, <the_noun> a <@saw> <g:@other> et <@other-g>.",
        "\nEn <@month> <@year>, <a> <noun> a <@saw> <g:@other> et <@other-g>.",
    ),
    (
        " « C'est un animal <@adj_m> », <@said> <@other> le <@dom> <@month> <@year>.",
        " Selon <le journal|la chronique|la gazette> du <@dom> <@month> <@year>, c'est un animal <@adj_m>.",
    ),
)
_DISH = (
    (
        "Pour <food>, il faut <m:@made_of> et <@made_of-m>.",
        "Pour préparer <food>, on prend <m:@made_of> et <@made_of-m>.",
    ),
    (
        " On mange <@often> ce plat <@season><@source>",
        " [Au printemps|En été|En automne|En hiver], ce plat plaît à tout le monde<@source>",
    ),
    (
        "\nOn dit que ce plat est fait pour <@lover><@source>",
        "\nCe plat plaît surtout à <@lover><@source>",
    ),
    (
        " Le <@dom> <@month> <@year> à <@clock>, <g:@other> a préparé ce plat pour <@other-g>.",
        " En <@month> <@year>, <g:@other> et <@other-g> en ont mangé.",
    ),
    (
        " Une recette du <@dom> <@month> <@year> mentionne <@number> <t:@thing> et <@number> <@thing-t>.",
        " Une recette signée <@other> suffit pour <@number> personnes.",
    ),
    (
        " « <Encore|Plus|Une autre assiette>, s'il vous plaît », <@said> <@other> le <@dom> <@month> <@year>.",
        " « C'est bon », <@said> <@other> en <@month> <@year>.",
    ),
)
KINDS = kinds(
    FRENCH,
    {"adult": _ADULT, "child": _CHILD, "work": _WORK, "village": _VILLAGE, "animal": _ANIMAL, "dish": _DISH},
    share=125,
)
