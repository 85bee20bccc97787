"""English articles about workplaces, villages, streets and feasts."""

from ..facts import Village, Workplace, World
from ..lexicon import EVENTS, STREETS
from ..nature import DISHES, TASKS
from ..templates import capital, with_article
from . import common
from .chain import Kind
from .english_words import LISTS

EPISODES = (
    " In <@month> <@year> <g:@other> and <@other-g> <@did> <@number> <t:@thing> and <@number> <@thing-t> there.",
    " On <@dom> <@month> <@year> at <@clock> <@other> <@did> <@number> <t:@thing> and <@number> <@thing-t> there.",
    " [A photograph|A painting|A drawing|A postcard] of <@dom> <@month> <@year> shows <@other> there with <@number> "
    "<@thing>.",
)
GUESTS = (
    " The guest book names <g:@other> (<@dom> <@month> <@year>) and <@other-g> (<@dom> <@month> <@year>).",
    " [Among the visitors|Among the guests] were <g:@other> in <@month> <@year> and <@other-g> on <@dom> <@month> "
    "<@year>.",
    " [A poem|A song|A speech] of <@dom> <@month> <@year> by <@other> <praises|mentions|thanks> it.",
)
QUOTES = (
    ' "<Come|Go there|Take me there> once more," <@said> <@other><@when>',
    ' "It is <@pretty> place," <@said> <@other><@when>',
    " Even the <@paper> called it <@pretty> place<@when>",
)
_WORKPLACE = (
    (
        "The <w.place> of Alderbrook is <@pretty> place where <trades> make <@fine> <w.goods>.",
        "Built in <w.built>, the <w.place> is <@pretty> and <@known> place.",
        "The <w.place> is where the <@virtue> <trades> of Alderbrook make <@fine>, <@known> <w.goods>.",
    ),
    (
        " It stands on <w.street>, <@near> the <home|house> of <@resident><@source>",
        " Its address is <w.street><@source>",
        " On <w.street> <@other> <@often> points it out to visitors.",
    ),
    (
        " Among those who work there is <@worker_born><@source>",
        " [Visitors|Customers|Travelers|Neighbors] <@often> <@meet> <@worker>, <a_trade>, there.",
        " One of the <trades> is <@worker_spouse><@source>",
    ),
    (
        " The <trades> use <a_tool> to <task><@source>",
        " With <a_tool> <@able> <w.trade> can <task><@source>",
    ),
    (
        "\nIn <@year> the <@part> was <@mended> by <g:@other> and the <fence|lamp|clock|bench> by <@other-g>.",
        "\nOn <@dom> <@month> <@year> the <@part> was <@mended> by <@other> for <@number> <@thing>.",
    ),
    (
        " The order book for <w.goods> <names|lists> <g:@other> (<@dom> <@month> <@year>) and <@other-g> (<@dom> "
        "<@month> <@year>).",
        " In the <@season> of <@year> <@other> <ordered|wanted|got|returned> <w.goods><@price>",
        " [Early|Late] in <@month> <@year> <@worker> <@handed> <@fine> <w.goods> to <@other><@tail>",
    ),
    GUESTS,
    EPISODES,
    QUOTES,
)
_VILLAGE = (
    (
        "<v.name>, <@pretty> village, is <@known> in all of the county.",
        "<v.name> is <@pretty> and <@known> village <near|not far from> Alderbrook.",
    ),
    (
        " It is <@known> for <v.known_for><@source>",
        " [Painters|Travelers|Visitors|Families|Teachers] <@often> come for <v.known_for><@source>",
    ),
    (
        " It lies <v.kilometers> kilometers <v.direction> of Alderbrook<@source>",
        " From Alderbrook it is <v.kilometers> kilometers to the <v.direction><@source>",
    ),
    (
        " About <v.inhabitants> people live there<@source>",
        " Its <houses|gardens|fields> lie beside <v.beside><@source>",
    ),
    (
        " [Among those born there|Among its natives] are <g:@native> and <@native-g><@source>",
        " Its best-known <citizen|child|native> is <@native_born><@source>",
    ),
    (
        "\nOn <@dom> <@month> <@year> at <@clock> <@other> <@pace> from Alderbrook to <v.name> with <@number> "
        "<@thing>.",
        "\nIn <@month> <@year> <g:@other> and <@other-g> <@pace> the <v.kilometers> kilometers to <v.name>.",
    ),
    EPISODES,
    GUESTS,
    QUOTES,
)
_STREET = (
    (
        "<street> is <@pretty> and <@known> street in Alderbrook.",
        "Everybody in Alderbrook knows <street>, <@pretty> and <@known> street.",
        "<street>, <@pretty> street, is <@known> in all of Alderbrook.",
    ),
    (
        " One family there is called <@family><@source>",
        " Among those who live there is <@resident_trade><@source>",
        " A house there was <@mended> by <@other><@when>",
    ),
    (
        " The <@place_built> stands there<@source>",
        " A walk along it <@often> leads past the <@place><@source>",
    ),
    (
        " It is where <@held> is held<@source>",
        " Every year it is the place of <@held><@source>",
    ),
    (
        "\nOn <@dom> <@month> <@year> at <@clock> <@other> <@pace> from there to <@street_name> with <@number> "
        "<@thing>.",
        "\nIn <@month> <@year> <g:@other> and <@other-g> <@pace> along it <@number> times.",
    ),
    EPISODES,
    GUESTS,
    QUOTES,
)
_FEAST = (
    (
        "<feast!> is <@pretty> feast held in Alderbrook every <held_in>.",
        "<feast!>, <@pretty> feast in <held_in>, is <@known> everywhere.",
    ),
    (
        " It is held on <place><@source>",
        " Guests eat <dish>, which <is_made> made of <@made_of><@source>",
        " The dish of the day is <dish><@source>",
    ),
    (
        " [Among the cooks|Among the guests|Among the helpers] in <@year> were <g:@other> and <@other-g>.",
        " <dish!> <is_made> a favorite of <@lover><@source>",
    ),
    (
        "\nIn <@year> <g:@other> won <@number> <@thing>, and <@other-g> <@did> <@number> <@thing>.",
        "\nAt the feast of <@year> <@other> <@handed> <dish> to <g:@other> and <@other-g>.",
    ),
    EPISODES[:2],
    GUESTS,
    QUOTES,
)


def _workplace(world: World, work: Workplace) -> dict[str, object]:
    team = common.workers(world, work)
    return {
        "w": work,
        "trades": work.trade + "s",
        "a_trade": with_article(work.trade),
        "a_tool": common.a_tool(work),
        "task": TASKS[work.tool],
        "other": common.adult_names(world),
        "resident": common.names_of([one for one in world.adults if one.street == work.street]),
        "worker": common.names_of(team),
        "worker_born": tuple(f"{one.full_name}, born in {one.born}" for one in team),
        "worker_spouse": tuple(
            f"{one.full_name}, {'wife' if one.female else 'husband'} of {one.kin[0]}" for one in team
        ),
    }


def _village(world: World, village: Village) -> dict[str, object]:
    born = common.natives(world, village.name)
    return {
        "v": village,
        "other": common.adult_names(world),
        "native": common.names_of(born),
        "native_born": tuple(
            f"{one.full_name}, {with_article(one.work.trade if one.work else 'child')} born in {one.born}"
            for one in born
        ),
    }


def _street(world: World, street: str) -> dict[str, object]:
    residents = tuple(one for one in world.adults if one.street == street)
    works = tuple(work for work in world.workplaces if work.street == street)
    return {
        "street": street,
        "street_name": tuple(other for other in STREETS if other != street),
        "other": common.adult_names(world),
        "resident_trade": tuple(f"{one.full_name}, {with_article(one.work.trade)}" for one in residents),
        "family": tuple(sorted({one.family for one in residents})),
        "place": tuple(work.place for work in works),
        "place_built": tuple(f"{work.place}, built in {work.built}," for work in works),
        "held": tuple(event[0] for event in EVENTS if event[2] == street),
    }


def _feast(world: World, event: tuple[str, str, str, str]) -> dict[str, object]:
    feast, month, place, dish = event
    lovers = tuple(one for one in world.tellers("food") if one.food == dish)
    return {
        "feast": feast,
        "held_in": month,
        "place": place,
        "dish": dish,
        "made_of": DISHES[dish].made_of,
        "is_made": "are" if DISHES[dish].plural else "is",
        "other": common.adult_names(world),
        "lover": common.names_of(lovers),
    }


KINDS = (
    Kind(
        subjects=lambda world: world.workplaces, title=lambda work: f"The {work.place}", names=_workplace,
        groups=_WORKPLACE, lists=LISTS, share=90,
    ),
    Kind(
        subjects=lambda world: world.villages, title=lambda village: village.name, names=_village, groups=_VILLAGE,
        lists=LISTS, share=60,
    ),
    Kind(subjects=lambda world: STREETS, title=str, names=_street, groups=_STREET, lists=LISTS, share=50),
    Kind(
        subjects=lambda world: EVENTS, title=lambda event: capital(event[0]), names=_feast, groups=_FEAST,
        lists=LISTS, share=30,
    ),
)  # fmt: skip
