"""English articles about people."""

from ..facts import Person, World
from ..nature import SPECIES, TASKS
from ..templates import with_article
from . import common
from .chain import Kind
from .english_words import LISTS

_BIRTHPLACE = (
    " <hers!> birthplace, <p.village>, <is|remains|was always> <@known> for <v.known_for><@source>",
    " <p.village> lies <v.kilometers> kilometers <v.direction> of <the town|Alderbrook>, beside <v.beside><@source>",
    " Beside <v.beside>, in <p.village>, live about <v.inhabitants> people<@source>",
)
_HOME = (
    " <hers!> <home|house|address> is on <p.street>, <@near> that of <@neighbor>.",
    " The family lives on <p.street><@source>",
    " Among the neighbors on <p.street> is <@neighbor_trade><@source>",
    " The family's <@part> on <p.street> was <@mended> on <@dom> <@month> <@late_year>.",
)
_HOBBY = (
    " [After supper|On Sundays|In the evening|On rainy days|In the holidays] <she> <@enjoys> <p.hobby><@source>",
    " <hers!> <usual|oldest|dearest|best-loved> <pastime|hobby> is <p.hobby><@source>",
    " <she!> <never|seldom|hardly ever> gets <tired|enough> of <p.hobby><@source>",
)
_TASTE = (
    " <hers!> favorite <food|dish|meal> is <p_food><@source>",
    " [Above all|After church|Before bed|All year round|Every Friday] <she> <@enjoys> <p_food><@source>",
    " <she!> plays the <p_instrument> <@music><@source>",
    " <hers!> instrument is the <p_instrument><@source>",
)
_FEAST = (
    " At <@feast> in <@year> <she> <@did> <@number> <t:@thing> and <@number> <@thing-t> <@spot>.",
    " For <@feast> of <@year> <she> <@did> <@number> <@thing> with <@other>.",
)
_EPISODE = (
    " On <@dom> <@month> <@year> at <@clock> <she> <@did> <@number> <t:@thing> and <@number> <@thing-t>.",
    " One <@weather> <@day> in <@year> <she> <met|helped|surprised|visited|thanked|photographed> <g:@other> and "
    "<@other-g>.",
    " In <@month> <@year> <she> and <@other> <@did> <@number> <@thing> <@spot>.",
    " <hers!> guests in <@month> <@year> were <g:@other> and <@other-g>.",
)
_DIARY = (
    " <hers!> diary of <@year> mentions <g:@other> (<@dom> <@month>, <@clock>) and <@other-g> (<@dom> <@month>, "
    "<@clock>).",
    " In <hers> diary of <@year> the days with <g:@other> (<@dom> <@month>) and <@other-g> (<@dom> <@month>) are "
    "<underlined|marked in red|long|very short|hard to read>.",
)
_QUOTES = (
    ' "<No one|Nobody> is more <@virtue>," <@said> <@other>',
    ' "<Ask|Trust|Follow|Thank|Invite> <p.name>," <@said> <@other>',
)
_ADULT = (
    (
        "<p.full_name> (born <p.born> in <p.village>) is <@able> and <@virtue> <w.trade> <in|from|of> Alderbrook.",
        "<p.full_name>, born in <p.village> in <p.born>, is <@able>, <@virtue> <w.trade> <in|from|of> Alderbrook.",
        "<p.full_name> has <long|always> been <@able> <w.trade>. <she!> was born in <p.village> in <p.born>.",
        "<p.full_name> is <@able> and <@virtue> <w.trade> who was born in <p.village> in <p.born>.",
    ),
    _BIRTHPLACE,
    (
        " <she!> works at the <w.place> on <w.street><@source>",
        " <hers!> workplace, the <w.place> on <w.street>, <opened|was built|was founded> in <w.built>.",
        " <hers!> <main|favorite|best> tool is <a_tool>, which <she> <@often> uses to <task>.",
        " The <w.place> where <she> works was <built|founded|opened> in <w.built>.",
    ),
    (
        " With <hers> <w.tool> <she> makes <@fine> <w.goods><@source>",
        " <she!> makes <@fine> <w.goods>, <the pride|the joy|a specialty> of the <w.place>.",
        " [Customers|Visitors|Neighbors|Strangers] <@often> praise <hers> <@fine> <w.goods><@source>",
    ),
    (
        " At the <w.place> <she> <@often> <talks|works|eats lunch|argues|sings> with <@colleague>.",
        " One of <hers> colleagues at the <w.place> is <@colleague><@source>",
    ),
    (
        "\n[Early in|Late in|One day in] <@month> <@year> <she> <@handed> <@fine> <w.goods> to <@other><@tail>",
        "\nIn the <@season> of <@year> <she> <@handed> <@fine> <w.goods> to <@other><@tail>",
        "\n[Once|One day|One morning|One evening] <she> <@handed> <@fine> <w.goods> to <@other><@tail>",
    ),
    (
        " <hers!> order book for <w.goods> <names|lists|mentions> <g:@other> (<@dom> <@month> <@year>) and <@other-g> "
        "(<@dom> <@month> <@year>).",
        " On <@dom> <@month> <@year> <@other> <ordered|wanted|praised|returned> <w.goods> and <@handed> <her> "
        "<@number> "
        "<@thing>.",
        " One <@weather> <@day> in <@year> <she> <@handed> <w.goods> to <g:@other> and <@other-g>.",
    ),
    (
        "\n<she!> is married to <spouse.full_name>, <@able> <spouse.work.trade><@source>",
        "\n<hers!> <husband>, <spouse.full_name>, <works|earns a living|is busy> at the <spouse.work.place><@source>",
        "\n<hers!> <husband> <spouse.name>, <@able> <spouse.work.trade>, was born in <spouse.born>.",
    ),
    (
        " <she!> has two children, <kid1.name> and <kid2.name><@source_late>",
        " <hers!> <kid1_is>, <kid1.name>, was born in <kid1.born>, <and|followed by> <kid2.name> in <kid2.born>.",
        " <kid1.name> and <kid2.name> are <hers> <children|two children><@source_late>",
        " <hers!> <kid1_is> <kid1.name> <keeps|looks after|owns|is proud of> a <pet.color> <pet.species> named "
        "<pet.name>.",
    ),
    _HOME,
    _HOBBY,
    _TASTE,
    _FEAST,
    _EPISODE,
    (
        " <hers!> letters to <g:@other> (<@dom> <@month> <@year>) and <@other-g> (<@dom> <@month> <@year>) "
        "<survive|are lost|are kept in the library|are very long>.",
        " A <letter|note|postcard> of <@dom> <@month> <@year> to <@other> mentions <@number> <t:@thing> and <@number> "
        "<@thing-t>.",
    ),
    _DIARY,
    (
        " Even the <@paper> called <her> <@virtue><@when>",
        *(text + "<@when>" for text in _QUOTES),
        " According to the <@paper>, <she> was <@virtue><@when>",
    ),
)
_CHILD = (
    (
        "<p.full_name> (born <p.born> in <p.village>) is <@young> and <@virtue> <girl> <from|of|in> Alderbrook.",
        "<p.full_name>, born in <p.village> in <p.born>, is <@young> and <@virtue> <girl> <from|of|in> Alderbrook.",
        "<p.full_name> is <@young> and <@virtue> <girl>, the <elder> child of <mother.name> and <father.name>.",
        "<p.full_name> was born in <p.village> in <p.born>. <she!> is <@young> and <@virtue> <girl>.",
    ),
    _BIRTHPLACE,
    (
        " <hers!> mother, <mother.full_name>, is <@able> <mother.work.trade><@source>",
        " <hers!> parents are <mother.name> and <father.full_name><@source>",
        " <hers!> mother <mother.name> <works|earns a living|is busy> at the <mother.work.place><@source>",
        " <mother.name> and <father.full_name> are <hers> <parents|mother and father><@source>",
    ),
    (
        " <hers!> father, <father.full_name>, is <@able> <father.work.trade><@source>",
        " <hers!> father <father.name> <works|earns a living|is busy> at the <father.work.place><@source>",
        " From <hers> father, <@able> <father.work.trade>, <she> <@often> gets <@fine> <father.work.goods>.",
    ),
    (
        " <hers!> <elder_sib> <sister>, <sib.name>, was born in <sib.born><@source>",
        " <she!> <@often> <plays|argues|sings|laughs|shares a bench> with <sib.name>, <hers> <elder_sib> <sister>.",
    ),
    (
        "\nThe <animal|pet|friend> of the <house|family>, <pet.name>, is a <pet.color> <pet.species><@source>",
        "\n<owner.name> <keeps|looks after|owns|is proud of> a <pet.color> <pet.species> named <pet.name><@source>",
        "\nThe family's <pet.species>, <pet.name>, is <pet.color> and <@often> <@startles> <@other>.",
    ),
    (
        " Like every <pet.species>, <pet.name> eats <@pet_eats><@source>",
        " Like any <pet.species>, <pet.name> has <pet_cover> and <@often> <@startles> <@other>.",
        " <pet.name> the <pet.species> <@startled> <@other> <on|near> <@street><@when>",
    ),
    (
        " <she!> <goes to|attends|learns at|walks to> the school on <school.street>, where <@teacher> teaches.",
        " At school <she> is <@virtue>, <@said> <@teacher>, <a teacher|one of the teachers>.",
        " [On Mondays|On Tuesdays|On Fridays|In winter|In summer] <she> <@often> carries the books of <@teacher>, a "
        "teacher.",
    ),
    _HOME[1:3],
    _HOBBY,
    _TASTE,
    (
        " At <@feast> in <@year> <she> <@did> <@number> <t:@thing> and <@number> <@thing-t> <@spot>.",
        " For <@feast> of <@year> <she> <@did> <@number> <@thing> with <@other>.",
    ),
    (
        " On <@dom> <@month> <@year> at <@clock> <she> <@did> <@number> <t:@thing> and <@number> <@thing-t>.",
        " One <@weather> <@day> <she> <met|helped|surprised|visited|thanked> <g:@other> and <@other-g>.",
        " Last <@month> <she> and <@other> <@did> <@number> <@thing> <@spot>.",
    ),
    (
        " A <letter|note|postcard> of <@dom> <@month> <@year> to <@other> mentions <@number> <t:@thing> and "
        "<@number> <@thing-t>.",
        " Postcards came from <g:@other> (<@dom> <@month> <@year>) and <@other-g> (<@dom> <@month> <@year>).",
    ),
    _DIARY,
    (
        *(text + "<@when>" for text in _QUOTES),
        " Even the <@paper> called <her> <@virtue><@when>",
    ),
)


def _shared(world: World, person: Person) -> dict[str, object]:
    near = common.neighbors(world, person)
    return {
        "p": person,
        "v": person.village,
        "she": person.she,
        "her": person.her,
        "hers": person.hers,
        "p_food": person.food if person in world.tellers("food") else None,
        "p_instrument": person.instrument if person in world.tellers("instrument") else None,
        "other": common.others(world, person),
        "neighbor": common.names_of(near),
        "neighbor_trade": tuple(f"{one.full_name}, {with_article(one.work.trade)}" for one in near),
        **common.kin(world, person),
    }


def _adult(world: World, person: Person) -> dict[str, object]:
    names = _shared(world, person)
    return names | {
        "w": person.work,
        "a_tool": common.a_tool(person.work),
        "task": TASKS[person.work.tool],
        "colleague": common.names_of([one for one in common.workers(world, person.work) if one is not person]),
        "husband": "husband" if person.female else "wife",
        "kid1_is": "daughter" if names["kid1"].female else "son",
    }


def _child(world: World, person: Person) -> dict[str, object]:
    names = _shared(world, person)
    species = SPECIES[names["pet"].species]
    elder = person is names["owner"]
    school = next(work for work in world.workplaces if work.trade == "teacher")
    return names | {
        "source": LISTS["source_late"],
        "year": LISTS["late_year"],
        "girl": "girl" if person.female else "boy",
        "elder": "elder" if elder else "younger",
        "elder_sib": "younger" if elder else "elder",
        "sister": "sister" if names["sib"].female else "brother",
        "school": school,
        "teacher": common.names_of(common.workers(world, school)),
        "pet_eats": species.eats,
        "pet_cover": species.cover,
    }


def _title(person: Person) -> str:
    return person.full_name


KINDS = (
    Kind(subjects=lambda world: world.adults, title=_title, names=_adult, groups=_ADULT, lists=LISTS, share=170),
    Kind(subjects=lambda world: world.children, title=_title, names=_child, groups=_CHILD, lists=LISTS, share=130),
)
