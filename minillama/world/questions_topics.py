"""Questions about the town: how they are asked, the right answer, and what a wrong guess sounds like."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from .lexicon import EVENTS
from .pattern import Pattern, patterns

Names = dict[str, object]


@dataclass(frozen=True, kw_only=True, eq=False)
class Topic:
    """One sort of question.

    Args:
        start: how the title begins.
        rest: the subject, remembered as ``x``, and the rest of the title.
        tags: what stands in the line of tags.
        truth: reads the truth off the subject; without it, the truth is the mother or the spouse.
        right: good answers.
        guess: a wrong answer in a few words.
        correct: the right one in a few words.
        about: "adult", "child" or "": which half answers there are.
        known: the half answer that would give the truth away.
    """

    start: str
    rest: Pattern
    tags: str
    truth: Callable[[object], object] | None
    right: tuple[Pattern, ...]
    guess: str
    correct: str
    about: str = ""
    known: str = ""


def _topic(start: str, rest: str, tags: str, truth: str, right: str, guess: str, correct: str, **more: str) -> Topic:
    return Topic(
        start=start,
        rest=Pattern(rest),
        tags=tags,
        truth=None if truth == "kin0" else attrgetter(truth),
        right=patterns(*right.split("||")),
        guess=guess,
        correct=correct,
        **more,
    )


# Half answers about grown-ups and children: true, but beside the question.
HALVES = {
    "adult": {
        "street": "I only know where <x.she> lives, on <x.street>.",
        "hobby": "I have no answer, but <x.she> likes <x.hobby>.",
        "village": "At least I know the village <x.she> was born in, <x.village>.",
        "work": "Go to the <x.work.place>, <x.she> works there.",
        "born": "What I can tell: <x.she> was born in <x.born>.",
        "trade": "Someone said, <x.work.trade>, and no more.",
    },
    "child": {
        "street": "I only know where <x.she> lives, on <x.street>.",
        "hobby": "I have no answer, but <x.she> likes <x.hobby>.",
        "village": "At least I know the village <x.she> was born in, <x.village>.",
        "born": "What I can tell: <x.she> was born in <x.born>.",
    },
}
TOPICS = (
    _topic("Where does ", "<x:@adults> <x.family> live?", "people, streets", "street",
           "<x> lives on <x.street>, like <x.hers> whole family.||On <x.street>. The family is called <x.family>.||"
           "You find <x.her> on <x.street>.||The <x.family> family lives on <x.street>.",
           "on <g:@streets-truth>", "on <truth>", about="adult", known="street"),
    _topic("What is the trade of ", "<x:@adults> <x.family>?", "people, trades", "work.trade",
           "<x.she!> is <x_trade> and works at the <x.work.place> on <x.work.street>.||<x> works as <x_trade>.||"
           "The trade is <x.work.trade>, the tool is the <x.work.tool>.||At the <x.work.place> <x.she> is <x_trade>.",
           "<g:@trades-truth>", "<truth>", about="adult", known="trade"),
    _topic("Where can I meet ", "<x:@adults> <x.family> at work?", "people, work", "work.place",
           "At the <x.work.place> on <x.work.street>.||<x.she!> is <x_trade>, so go to the <x.work.place>.||"
           "<x> works at the <x.work.place>, which stands on <x.work.street>.",
           "at the <g:@places-truth>", "at the <truth>", about="adult", known="work"),
    _topic("What does ", "<x:@people> <x.family> like to do?", "people, hobbies", "hobby",
           "<x> likes <x.hobby>.||It is <x.hobby>, every <@days>.||<x.she!> likes nothing better than <x.hobby>.||"
           "My neighbor <x> likes <x.hobby>, even on <@days>.",
           "<g:@hobbies-truth>", "<truth>", about="child", known="hobby"),
    _topic("What animal has ", "<x:@owners> <x.family>?", "children, animals", "pet.species",
           "<x> has a <x.pet.color> <x.pet.species> called <x.pet>.||It is a <x.pet.species>, <x.pet>.||"
           "The <x.pet.species> of <x> is <x.pet.color>, its name is <x.pet>.",
           "a <g:@pets-truth>", "a <truth>", about="child"),
    _topic("What is the name of the animal of ", "<x:@owners> <x.family>?", "children, animals", "pet.name",
           "The <x.pet.species> is called <x.pet>.||It is <x.pet>, a <x.pet.color> <x.pet.species>.||"
           "<x> calls <x.hers> <x.pet.species> <x.pet>.",
           "<g:@pet_names-truth>", "<truth>", about="child"),
    _topic("Who is married to ", "<x:@adults> <x.family>?", "families", "kin0",
           "<x> is married to <truth> <x.family>.||It is <truth>. They live on <x.street>.||"
           "<truth>, and they have two children.", "<g:@adults-x>", "<truth>", about="adult"),
    _topic("Who is the mother of ", "<x:@children> <x.family>?", "families", "kin0",
           "The mother of <x> is <truth> <x.family>.||It is <truth>, who lives on <x.street>.||"
           "<truth>, and the father is <kin1>.", "<g:@adults-truth>", "<truth>", about="child"),
    _topic("From which village comes ", "<x:@people> <x.family>?", "people, villages", "village",
           "<x.she!> was born in <x.village>, beside <x.village.beside>.||From <x.village>, in <x.born>.||"
           "<x> comes from <x.village>, which is known for <x.village.known_for>.",
           "from <g:@villages-truth>", "from <truth>", about="child", known="village"),
    _topic("On which street is the ", "<x:@workplaces>?", "places, streets", "street",
           "The <x> is on <x.street>.||It has been on <x.street> since <x.built>.||"
           "On <x.street>. Ask for the <x.trade>.", "on <g:@streets-truth>", "on <truth>"),
    _topic("What do they make at the ", "<x:@workplaces>?", "places, goods", "goods",
           "They make <x.goods>.||Mostly <x.goods>, with the <x.tool> of the <x.trade>.||"
           "The <x> on <x.street> makes <x.goods>.", "<g:@goods-truth>", "<truth>"),
    _topic("How far is it to ", "<x:@villages>?", "villages, roads", "kilometers",
           "It is <x.kilometers> km to the <x.direction>.||Go <x.kilometers> km to the <x.direction>, to <x.beside>.||"
           "From Alderbrook it is <x.kilometers> km.", "<g:@distances-truth> km", "<truth> km"),
    _topic("What is special about ", "<x:@villages>?", "villages", "known_for",
           "<x> is known for <x.known_for>.||It is <x.known_for>. It lies beside <x.beside>.||"
           "People go there for <x.known_for>, <x.kilometers> km to the <x.direction>.",
           "<g:@known-truth>", "<truth>"),
    _topic("In which month is ", "<x:@events>?", "feasts", "month",
           "It is in <x.month>, on <x.where>.||Every <x.month>, with <x.dish> on <x.where>.||"
           "Come in <x.month> and eat <x.dish>.", "in <g:@months-truth>", "in <truth>"),
    _topic("Which dish belongs to ", "<x:@events>?", "feasts, food", "dish",
           "They eat <x.dish> there.||It is <x.dish>, in <x.month> on <x.where>.||"
           "On <x.where> everybody eats <x.dish>.", "<g:@dishes-truth>", "<truth>"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Feast:
    """A feast of the town, as in the lexicon."""

    name: str
    month: str
    where: str
    dish: str


FEASTS = tuple(Feast(name=name, month=month, where=where, dish=dish) for name, month, where, dish in EVENTS)
