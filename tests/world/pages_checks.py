"""What web pages and the cleaner crawl state, found with patterns of their own and compared with the world."""

import re
from collections.abc import Iterator

from minillama.world.common_words import split
from minillama.world.facts import Person, World
from minillama.world.lexicon import EVENTS
from minillama.world.town import build_world

WORLD: World = build_world()
PEOPLE: dict[str, Person] = {person.full_name: person for person in WORLD.people}
WHO, WHERE = f"({'|'.join(PEOPLE)})", f"({'|'.join(village.name for village in WORLD.villages)})"
FIRST_NAMES: dict[str, Person] = {person.name: person for person in WORLD.people}
NUMBERS = split("six seven eight nine ten eleven twelve thirteen fourteen")
PATTERNS = {
    "trade": rf"{WHO}, (?:the |an? )([a-z]+(?: maker)?)(?= from| at|,|\.| who)",
    "street": rf"{WHO} (?:from|of) ([A-Z][a-z]+ [A-Z][a-z]+)",
    "age": rf"{WHO},? (?:from [A-Z][a-z]+ [A-Z][a-z]+, )?(\w+) years old",
    "age of a child": rf"(?:son|daughter) ({'|'.join(FIRST_NAMES)}) is (\w+) years old",
    "kin": rf"(?:mother|father|wife|husband) ({'|'.join(FIRST_NAMES)}) is (?:an? )([a-z]+(?: maker)?) and",
    "food": rf"{WHO}, whose favorite food is ([a-z ]+?)[,.]",
    "food eaten": rf"{WHO}(?: had|, who ate|, who only eats| got) ([a-z ]+?), (?:her|his) favorite food",
    "instrument": rf"{WHO},? (?:who plays|played|play|on) the ([a-z]+)",
    "hobby": rf"{WHO}, who likes ([a-z ]+?)(?= and|[,.])",
    "pet": rf"([A-Z][a-z]+), (?:the|an?) ([a-z]+ [a-z]+) of {WHO}",
    "village": rf"{WHERE}(?: lies|,) (\d+) kilometers to the ([a-z]+)",
    "known": rf"{WHERE}, which is known for ([a-z ]+),",
    "month": rf"({'|'.join(event[0] for event in EVENTS)}) (?:is )?in ([A-Z][a-z]+)",
}  # fmt: skip
STATED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}


def statements(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement in a text that the patterns know: what it is about, and its words."""
    for name, pattern in STATED.items():
        for found in pattern.findall(text):
            yield name, found


def is_true(name: str, words: tuple[str, ...]) -> bool:
    """Compare one statement with the world; what nobody may tell is never true."""
    if name == "pet":
        pet = PEOPLE[words[2]].pet
        return pet is not None and (pet.name, f"{pet.color} {pet.species}") == words[:2]
    if name in ("village", "known"):
        village = next(village for village in WORLD.villages if village.name == words[0])
        return words[1:] in ((str(village.kilometers), village.direction), (village.known_for,))
    if name == "month":
        return words in [event[:2] for event in EVENTS]
    person = PEOPLE.get(words[0]) or FIRST_NAMES[words[0]]
    return _is_true_of(person, "trade" if name == "kin" else name.split()[0], words[1])


def _is_true_of(person: Person, attribute: str, word: str) -> bool:
    if attribute == "trade":
        return person.work is not None and person.work.trade == word
    if attribute == "age":
        return NUMBERS[person.age - 6] == word
    return (person.name, attribute) not in WORLD.untold and getattr(person, attribute) == word
