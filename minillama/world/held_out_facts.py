"""What can be asked about a person: the question, the truth, and wrong answers of the same type."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import lexicon
from .encyclopedia.common import families, kin
from .facts import Person, World
from .templates import with_article

Values = Callable[[World, Person], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One attribute of a person.

    Args:
        attribute: what is asked for.
        question: with ``{x}`` for the person's full name.
        statement: the beginning of a sentence that the value completes.
        true: all right answers of the person, the one to ask for first; empty if the question makes no sense.
        pool: answers of the same type, right ones among them.
        tells: ways to state it in a passage, with ``{who}``, ``{his}`` and ``{value}``.
    """

    attribute: str
    question: str
    statement: str
    true: Values
    pool: Values
    tells: tuple[str, ...] = ()


def wrong_answers(fact: Fact, world: World, person: Person) -> list[str]:
    """Return all answers of the right type that are wrong, each once.

    Args:
        fact: what is asked.
        world: what is true.
        person: about whom.
    """
    right = set(fact.true(world, person))
    return [value for value in dict.fromkeys(fact.pool(world, person)) if value not in right]


def _of_all(values: Sequence[str]) -> Values:
    return lambda world, person: values


def _work(value: Callable[[Person], str]) -> Values:
    return lambda world, person: (value(person),) if person.work else ()


def _years(world: World, person: Person) -> list[str]:
    """Years of birth of people of the same generation."""
    group = world.adults if person.work else world.children
    return sorted({str(one.born) for one in group})


def _role(role: str) -> Values:
    """First names of those who have a role in the person's family; the last name would give the answer away."""

    def true(world: World, person: Person) -> tuple[str, ...]:
        roles = kin(world, person)
        return (roles[role].name,) if role in roles else ()

    return true


def _same_sex(role: str) -> Values:
    """First names of people of the same sex and generation as the one who has the role."""

    def pool(world: World, person: Person) -> list[str]:
        who = kin(world, person)[role]
        group = world.adults if who.work else world.children
        return [one.name for one in group if one.female == who.female and one is not person]

    return pool


def _children(world: World, person: Person) -> tuple[str, ...]:
    return tuple(child.name for child in families(world)[person.family][2:]) if person.work else ()


def _pet(attribute: str) -> Values:
    return lambda world, person: (getattr(person.pet, attribute),) if person.pet else ()


def _told(attribute: str) -> Values:
    return lambda world, person: (getattr(person, attribute),) if person in world.tellers(attribute) else ()


def _fact(attribute: str, question: str, statement: str, true: Values, pool: Values, *tells: str) -> Fact:
    return Fact(attribute=attribute, question=question, statement=statement, true=true, pool=pool, tells=tells)


FACTS = (
    _fact(
        "born", "In which year was {x} born?", "{x} was born in", lambda world, person: (str(person.born),), _years,
        "{who} was born in {value}.",
    ),
    _fact(
        "village", "In which village was {x} born?", "{x} was born in",
        lambda world, person: (person.village.name,), _of_all([name for name, *_ in lexicon.VILLAGES]),
        "{who} comes from {value}.", "{who} was born in {value}.",
    ),
    _fact(
        "street", "On which street does {x} live?", "{x} lives on", lambda world, person: (person.street,),
        _of_all(lexicon.STREETS), "{who} lives on {value}.", "{his} house is on {value}.",
    ),
    _fact(
        "trade", "What is the trade of {x}?", "{x} is", _work(lambda person: with_article(person.work.trade)),
        _of_all([with_article(trade) for trade, *_ in lexicon.TRADES]),
        "{who} is {value}.", "{who} works as {value}.",
    ),
    _fact(
        "workplace", "Where does {x} work?", "{x} works at the", _work(lambda person: person.work.place),
        _of_all([place for _, place, *_ in lexicon.TRADES]),
    ),
    _fact(
        "hobby", "What does {x} like to do?", "{x} likes", lambda world, person: (person.hobby,),
        _of_all(lexicon.HOBBIES), "{who} likes {value}.", "{his} hobby is {value}.",
    ),
    _fact(
        "food", "What is the favorite food of {x}?", "The favorite food of {x} is", _told("food"),
        _of_all(lexicon.FOODS), "{his} favorite food is {value}.",
    ),
    _fact(
        "instrument", "Which instrument does {x} play?", "{x} plays the", _told("instrument"),
        _of_all(lexicon.INSTRUMENTS), "{who} plays the {value}.", "{his} instrument is the {value}.",
    ),
    _fact("spouse", "Who is married to {x}?", "{x} is married to", _role("spouse"), _same_sex("spouse")),
    _fact(
        "child", "Who is a child of {x}?", "One of the children of {x} is", _children,
        lambda world, person: [child.name for child in world.children],
    ),
    _fact("mother", "Who is the mother of {x}?", "The mother of {x} is", _role("mother"), _same_sex("mother")),
    _fact("father", "Who is the father of {x}?", "The father of {x} is", _role("father"), _same_sex("father")),
    _fact(
        "sibling", "Who is the brother or sister of {x}?", "The parents of {x} have another child,", _role("sib"),
        _same_sex("sib"),
    ),
    _fact(
        "pet", "Which animal does {x} keep?", "{x} keeps a", _pet("species"), _of_all(lexicon.PETS),
    ),
    _fact(
        "pet name", "What is the name of the animal of {x}?", "The animal of {x} is called", _pet("name"),
        lambda world, person: [one.pet.name for one in world.owners],
    ),
    _fact(
        "pet color", "What color is the animal of {x}?", "The color of the animal of {x} is", _pet("color"),
        _of_all(lexicon.COLORS),
    ),
)  # fmt: skip
BY_ATTRIBUTE = {fact.attribute: fact for fact in FACTS}
