"""Articles are true, whatever their language, and a reader recovers every choice."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from random import Random

import pytest

from minillama.world.choices import DrawingPen
from minillama.world.encyclopedia import write_article
from minillama.world.encyclopedia.articles import KINDS, chain_of, titles
from minillama.world.encyclopedia.chain import applies, sentences
from minillama.world.lexicon import FOODS
from minillama.world.nature import DISHES, SPECIES
from minillama.world.town import build_world

from .kinds import check_audit, check_names, check_reading, repeated, slips, texts

WORLD = build_world()
LANGUAGES = {
    "English": r"[Tt]he |[Ii]s |was |are |has ",
    "German": r" (ist|und|der|die|das) ",
    "French": r" (est|et|une|des|la) ",
    "Spanish": r" (es|y|una|el|la) ",
}


@lru_cache(maxsize=1)
def many() -> tuple[str, ...]:
    drawn = []
    for number in range(3000):
        pen = DrawingPen(Random(f"article {number}"))
        write_article(pen, WORLD)
        drawn.append(pen.text())
    return tuple(drawn)


def person_of(text: str):
    """The person whose article this is; None for other articles."""
    name = text.split("\n")[0].split(" (")[0]
    return next((person for person in WORLD.people if person.full_name == name), None)


def test_a_reader_recovers_the_choices() -> None:
    check_reading(write_article)


def test_options_can_be_told_apart() -> None:
    check_audit(write_article)


def test_options_can_be_told_apart_in_every_article() -> None:
    clashes = []
    places = [[title.text for title in titles(WORLD).options]]
    for number, kind in enumerate(KINDS):
        for subject in range(len(kind.subjects(WORLD))):
            places += [[step.text for step in menu.options] for menu in chain_of(WORLD, number, subject).steps]
    for options in places:
        clashes += [(a, b) for a, b in pairwise(sorted(options)) if not a or b.startswith(a)]
    assert clashes == []


def test_nobody_else_is_named() -> None:
    check_names(write_article)


TASTES = {
    "food": rf"favorite (food|dish|meal)|s (?:{'|'.join(FOODS)})|gern isst|préfère|prefiere",
    "instrument": r"plays the|instrument is|spielt \w+ [A-Z]|joue \w+ d[ue]|Toca",
}


@pytest.mark.parametrize("attribute", TASTES)
def test_untold_tastes_stay_untold(attribute: str) -> None:
    told = 0
    for text in many():
        if person := person_of(text):
            found = re.search(TASTES[attribute], text)
            told += found is not None
            assert not found or (person.name, attribute) not in WORLD.untold, text
        for name in re.findall(r"favorite (?:\w+ )?of (\w+)|(\w+) \w+ \w+ (?:it|them) most", text):
            assert ("".join(name), "food") not in WORLD.untold
    assert told > 300


STATEMENTS = [
    (r"^[\w ]+(?:, | \(|[\w ]* )(?:was )?born (?:in )?(?:[A-Z][\w ]* in )?(\d+)", lambda p: p.born),
    (r"(?:née?|geboren|nacid[oa]) (?:en )?(\d{4})", lambda p: p.born),
    (r"^[\w ]+, (\d{4}) in [\w ]+ geboren", lambda p: p.born),
    (r"(?:family lives|home is|house is|address is) on ([A-Z]\w+ [A-Z]\w+)", lambda p: p.street),
    (r"(?:Straße|Familie ist|habite|famille est|familia es|vive en) ([A-Z]\w+ [A-Z]\w+)", lambda p: p.street),
    (r"(?:pastime|hobby) is (\w+ing[\w ]*?)(?:,| \(| \[|;|\.)", lambda p: p.hobby),
    (r"favorite (?:food|dish|meal) is ([\w ]+?)(?:,| \(| \[|;|\.|$)", lambda p: p.food),
    (r"instrument is the (\w+)", lambda p: p.instrument),
    (r"works at the ([\w ]+) on [A-Z]", lambda p: p.work.place),
    (r"(?:has two children,|Tiene dos hijos:) (\w+)", lambda p: children_of(p)[0].name),
    (r"(?:husband|wife),? (\w+)", lambda p: p.kin[0]),
    (r"mother,? ([A-Z]\w+)", lambda p: p.kin[0]),
    (r"Mutter (?:heißt )?(\w+)", lambda p: p.kin[0]),
    (r"(?:mère,|mère s'appelle|madre,|madre se llama) (\w+)", lambda p: p.kin[0]),
    (r"(?:Mann|Frau) (?:heißt )?([A-Z]\w+)", lambda p: p.kin[0]),
    (r"(?:mari|femme|marido|mujer)(?:,| s'appelle| se llama) (\w+)", lambda p: p.kin[0]),
    (r"(?:named|namens|qui s'appelle|que se llama) (\w+)", lambda p: pet_of(p).name),
    (rf"\b(?:a|is a) (\w+) (?:{'|'.join(SPECIES)}) named", lambda p: pet_of(p).color),
]  # fmt: skip


def children_of(person):
    return [child for child in WORLD.children if child.family == person.family]


def pet_of(person):
    return children_of(person)[0].pet


@pytest.mark.parametrize(("pattern", "truth"), STATEMENTS, ids=[pattern for pattern, _ in STATEMENTS])
def test_what_is_said_about_people_is_true(pattern: str, truth) -> None:
    checked = 0
    for text in many():
        person = person_of(text)
        first = text.split("\n", 1)[1]
        if person and (found := re.search(pattern, first)):
            checked += 1
            assert found[1] == str(truth(person)), (pattern, text)
    assert checked >= 5


def test_relatives_are_no_neighbors() -> None:
    neighbor = re.compile(
        r"(?:neighbors on [\w ]+ is|that of|Nachbarschaft wohnt|voisins, on \w+|vecinos está) (\w+ \w+)"
    )
    checked = 0
    for text in many():
        person = person_of(text)
        for name in neighbor.findall(text) if person else ():
            other = next(one for one in WORLD.adults if one.full_name == name)
            assert other.street == person.street and other.family != person.family, text
            checked += 1
    assert checked > 100


def test_spanish_and_before_i() -> None:
    spanish = [text for text in many() if " es " in text and "ñ" in text or " el " in text]
    assert len(spanish) > 100
    assert not [text for text in spanish if re.search(r" y (I|Hi|i)", text)]
    assert any(re.search(r" e I", text) for text in spanish)


def test_the_four_languages_agree_about_the_year_of_birth() -> None:
    years: dict[str, set[str]] = {}
    for text in many():
        person = person_of(text)
        if person and (found := re.search(r"\b(19[1-5]\d)\b", text.split("\n")[1].split(". ")[0])):
            years.setdefault(person.full_name, set()).add(found[1])
    assert len(years) > 150 and all(len(said) == 1 for said in years.values())


def test_places_and_nature_are_true() -> None:
    villages = {village.name: village for village in WORLD.villages}
    works = {work.place: work for work in WORLD.workplaces}
    for text in many():
        subject = text.split("\n")[0].split(" (")[0]
        if subject in villages:
            assert set(re.findall(r"(\d+) (?:kil|Kil)", text)) <= {str(villages[subject].kilometers)}, text
            people = re.findall(r"(\d+) (?:people|Menschen|habitants|personas)", text)
            assert set(people) <= {str(villages[subject].inhabitants)}, text
        if (work := works.get(subject.removeprefix("The "))) and (built := re.search(r"Built in (\d+)", text)):
            assert built[1] == str(work.built)
        if species := SPECIES.get(subject.lower()):
            assert set(re.findall(r"(two|four) legs", text)) <= {{2: "two", 4: "four"}[species.legs]}
            assert all(eats in species.eats for eats in re.findall(r"Its food is ([\w ]+?)(?:[,.;]| \(| \[)", text))
        if dish := DISHES.get(subject.lower()):
            wrong = {"sweet", "savory"} - {dish.taste}
            assert wrong.isdisjoint(re.findall(r"\w+", text.split("\n")[1])), text


def test_every_sentence_is_used() -> None:
    for number, kind in enumerate(KINDS):
        chains = [chain_of(WORLD, number, subject).names for subject in range(len(kind.subjects(WORLD)))]
        for group in sentences(kind.groups):
            for sentence in group:
                assert any(applies(sentence.text, names) for names in chains), sentence.text


def test_language_shares() -> None:
    counts = Counter()
    for text in many():
        body = text.split("\n", 1)[1]
        counts[max(LANGUAGES, key=lambda name: len(re.findall(LANGUAGES[name], body)))] += len(text.encode())
    total = sum(counts.values())
    assert 0.64 < counts["English"] / total < 0.76
    assert all(0.07 < counts[name] / total < 0.14 for name in ("German", "French", "Spanish"))


def test_no_slips_and_no_repeated_sentence() -> None:
    for text in texts(write_article):
        if not re.search(r"\) *\n| (est|et|une) ", text):  # French puts spaces before signs, and "a" is a verb there
            assert slips(text) == [], text
        assert repeated(re.split(r"(?<=[.!?])\s", text)) == set(), text
        assert all(line[0].isupper() for line in text.splitlines()), text
        assert 60 <= len(text.encode()) < 2000, text
