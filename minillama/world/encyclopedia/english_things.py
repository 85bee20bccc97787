"""English articles about trades, animals and dishes."""

from ..facts import Workplace, World
from ..lexicon import EVENTS
from ..nature import DISHES, SPECIES, TASKS, Dish, Species
from ..templates import capital, with_article
from . import common
from .chain import Kind
from .english_words import LISTS

_TRADE = (
    (
        "<a_trade!> is <@able> and <@virtue> person who makes <w.goods>.",
        "<trades!> <@often> make <@fine> and <@known> <w.goods>.",
        "The <b:@virtue>, <@virtue-b> <w.trade> is <@known> for <@fine> <w.goods>.",
    ),
    (
        " The main tool is <a_tool>, used to <task><@source>",
        " With <a_tool> <@able> <w.trade> can <task><@source>",
    ),
    (
        " In Alderbrook the <trades> work at the <w.place> on <w.street><@source>",
        " The <w.place> of the <trades> was built in <w.built><@source>",
    ),
    (
        "\n[Among those of the town|One of those in town] is <@worker_born><@source>",
        "\nIn Alderbrook <@worker> is <@able> <w.trade><@source>",
    ),
    (
        " The order book for <w.goods> <names|lists> <g:@other> (<@dom> <@month> <@year>) and <@other-g> (<@dom> "
        "<@month> <@year>).",
        " In the <@season> of <@year> <@other> <ordered|wanted|got|returned> <w.goods><@price>",
        " [Early|Late] in <@month> <@year> <@worker> <@handed> <@fine> <w.goods> to <@other><@tail>",
    ),
    (
        ' "<Ask|Trust|Follow|Thank|Pay> the <trades>," <@said> <@other><@when>',
        ' "<No one|Nobody> is more <@virtue> than <a_trade>," <@said> <@other><@when>',
        " Even the <@paper> called <@worker> <@able> <w.trade><@when>",
    ),
)
_SPECIES = (
    (
        "The <s.name> is <@creature> <s.kind> with <legs> legs.",
        "The <s.name>, <@creature> <s.kind>, has <s.cover> and <legs> legs.",
    ),
    (
        " It lives <s.home><@source>",
        " [Its home is|Its place is|Its young grow up] <s.home><@source>",
    ),
    (
        " It eats <e:@eats> and <@eats-e><@source>",
        " [For breakfast|In the morning|In winter|In summer] <a_name> <@often> eats <@eats><@source>",
        " [Its food is|It likes] <@eats><@source>",
    ),
    (
        " It <sound>, and its young is called <a_young><@source>",
        " [Whoever listens|Whoever waits] can hear how it <sound><@source>",
        " A young <s.name> is called <a_young><@source>",
    ),
    (
        " It is <awake|active|busy> by <active> and <sleeps|rests> by <asleep><@source>",
        " [Most of them sleep|Most of them rest] by <asleep><@source>",
    ),
    (
        "\nIn Alderbrook <@owner_keeps><@source_late>",
        "\n[Among the animals of the town|Among the animals of Alderbrook] is <@owned><@source_late>",
    ),
    (
        "\nEarly in <@month> <@year> <a_name> <@animal_verb>.",
        "\nOn <@dom> <@month> <@year> at <@clock> <a_name> <@animal_verb>.",
    ),
    (
        " Late in the <@season> of <@year> another <s.name> <@animal_verb>.",
        " [Before|After] <@feast> in <@year> another <s.name> <@animal_verb>.",
    ),
    (
        ' "It is <@creature> animal," <@said> <@other><@when>',
        ' "<No one|Nobody> is more <@virtue> than <a_name>," <@said> <@other><@when>',
        " Even the <@paper> called it <@creature> animal<@when>",
    ),
)
_DISH = (
    (
        "<d.name!> <is_made> <@dish_fine>, <d.taste> <dish_word> of the <town|county|region>.",
        "<d.name!>, <@known> and <d.taste>, <is_a> <dish_word> for <every day|guests|feasts|the whole family>.",
    ),
    (
        " The cook needs <m:@made_of> and <@made_of-m><@source>",
        " [All of it|Everything] is cooked <d.cooked><@source>",
        " [The main thing is|The secret is|The best part is] <@made_of><@source>",
    ),
    (
        " Guests eat <it> <d.eaten><@source>",
        " [Children|Grandmothers|Travelers] <@often> eat <it> <d.eaten><@source>",
    ),
    (
        " <It_is> served at <@served><@source>",
        " Guests of <@served> eat <it> every year<@source>",
    ),
    (
        "\n<It_is> the favorite <food|dish> of <@lover><@source>",
        "\n[In Alderbrook|In the town] <@lover> <@enjoys> <it> most of all<@source>",
    ),
    (
        "\nOn <@dom> <@month> <@year> at <@clock> <@other> <cooked|ordered|served> <it> for <g:@other> and <@other-g>.",
        "\nLate in <@month> <@year> <@other> <cooked|ordered|served> <it> <@number> times for <@other>.",
    ),
    (
        " A recipe of <@dom> <@month> <@year> by <@other> feeds <@number> guests.",
        " In <@year> <g:@other> gave <@other-g> a recipe for <@number> <@thing>.",
    ),
    (
        ' "<More|Another plate|One more spoon|A little more>, please," <@said> <@other><@when>',
        ' "<No one|Nobody> cooks <it> like <@other>," <@said> <@other><@when>',
        " Even the <@paper> called <it> <@known><@when>",
    ),
)


def _trade(world: World, work: Workplace) -> dict[str, object]:
    team = common.workers(world, work)
    return {
        "w": work,
        "trades": work.trade + "s",
        "a_trade": with_article(work.trade),
        "a_tool": common.a_tool(work),
        "task": TASKS[work.tool],
        "other": common.adult_names(world),
        "worker": common.names_of(team),
        "worker_born": tuple(f"{one.full_name}, born in {one.born}" for one in team),
    }


def _species(world: World, species: Species) -> dict[str, object]:
    owners = [child for child in world.owners if child.pet.species == species.name]
    pets = [f"a {child.pet.color} {species.name} named {child.pet.name}" for child in owners]
    return {
        "s": species,
        "legs": {2: "two", 4: "four"}[species.legs],
        "a_name": with_article(species.name),
        "a_young": with_article(species.young),
        "eats": species.eats,
        "sound": species.sound or None,
        "active": species.active or None,
        "asleep": {"day": "night", "night": "day"}.get(species.active),
        "owned": tuple(pets),
        "owner_keeps": tuple(f"{child.full_name} keeps {pet}" for child, pet in zip(owners, pets, strict=True)),
        "other": common.adult_names(world),
    }


def _dish(world: World, dish: Dish) -> dict[str, object]:
    return {
        "d": dish,
        "dish_fine": LISTS["fine"] if dish.plural else tuple(with_article(word) for word in LISTS["fine"]),
        "is_a": "are" if dish.plural else "is a",
        "is_made": "are" if dish.plural else "is",
        "it": "them" if dish.plural else "it",
        "It_is": "They are" if dish.plural else "It is",
        "dish_word": "dishes" if dish.plural else "dish",
        "made_of": dish.made_of,
        "served": tuple(event[0] for event in EVENTS if event[3] == dish.name),
        "lover": common.names_of([one for one in world.tellers("food") if one.food == dish.name]),
        "other": common.adult_names(world),
    }


KINDS = (
    Kind(
        subjects=lambda world: world.workplaces, title=lambda work: capital(work.trade), names=_trade, groups=_TRADE,
        lists=LISTS, share=50,
    ),
    Kind(
        subjects=lambda world: tuple(SPECIES.values()), title=lambda species: capital(species.name), names=_species,
        groups=_SPECIES, lists=LISTS, share=70,
    ),
    Kind(
        subjects=lambda world: tuple(DISHES.values()), title=lambda dish: capital(dish.name), names=_dish,
        groups=_DISH, lists=LISTS, share=50,
    ),
)  # fmt: skip
