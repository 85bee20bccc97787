"""Stories: every choice can be read back, what they state is true, and their English is clean."""

import re
from collections import Counter
from random import Random

import pytest

from minillama.world.books import PLOTS, write_book
from minillama.world.choices import DrawingPen, read
from minillama.world.lexicon import STREETS
from minillama.world.proof import AuditingPen
from minillama.world.story_plot import alternatives
from minillama.world.story_variation import varied
from minillama.world.town import build_world

WORLD = build_world()
N_STORIES = 300
NAME = r"([A-Z][a-z]+)"


def draw(number: int, pen_type: type[DrawingPen] = DrawingPen) -> DrawingPen:
    pen = pen_type(Random(f"books {number}"))
    write_book(pen, WORLD)
    return pen


@pytest.fixture(scope="module")
def stories() -> list[str]:
    return [draw(number).text() for number in range(N_STORIES)]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r'(?<=\.)"? |(?<=[!?]) (?=[A-Z])|\n', text) if part]


def test_reading_recovers_every_choice(stories: list[str]) -> None:
    for number, text in enumerate(stories):
        found = read(lambda pen: write_book(pen, WORLD), text)
        assert found.bits == pytest.approx(draw(number).bits)
        assert all(0 <= start < end <= len(text) for start, end, _ in found.choices)


def test_no_option_begins_with_another() -> None:
    for number in range(N_STORIES):
        assert draw(number, AuditingPen).text() == draw(number).text()


def test_a_changed_word_cannot_be_read() -> None:
    text = draw(1).text()
    with pytest.raises(ValueError, match="at character"):
        read(lambda pen: write_book(pen, WORLD), text.replace("Chapter 2", "Chapter 5"))


def test_a_story_has_a_title_and_two_to_four_chapters(stories: list[str]) -> None:
    counts = Counter()
    for text in stories:
        lines = text.split("\n")
        assert re.fullmatch(NAME + " and the .+", lines[0]) and lines[1].startswith("Chapter 1: ")
        chapters = [line for line in lines if line.startswith("Chapter ")]
        assert [line.split(":")[0] for line in chapters] == [f"Chapter {i + 1}" for i in range(len(chapters))]
        counts[len(chapters)] += 1
    assert set(counts) == {2, 3, 4}


def test_lengths_fit_a_context(stories: list[str]) -> None:
    sizes = [len(text.encode()) for text in stories]
    assert min(sizes) >= 900 and max(sizes) <= 2000
    assert all(text.isascii() for text in stories)


def test_all_plots_are_told_and_none_resembles_another(stories: list[str]) -> None:
    assert len(PLOTS) >= 10
    titles = {title.split("{")[0] for plot in PLOTS.values() for title in plot.titles}
    seen = {title for title in titles if any(f" and the {title}" in text.split("\n")[0] for text in stories)}
    assert seen == titles
    assert len(set(stories)) == N_STORIES


def test_english_is_clean(stories: list[str]) -> None:
    slips = r" a [aeiou]|\ban [^aeiouAEIOU]|  |\.\.|,,| ,| \.|[.!?] [a-z]|[{}<>\[\]|]|\n\n|\b(\w+) \1\b"
    for text in stories:
        found = re.search(slips, text)
        assert not found, (found[0], text)
        assert all(line[0].isupper() or line[0] == '"' for line in text.split("\n"))
        assert text[-1] in '."' and text.count('"') % 2 == 0


def test_no_sentence_is_said_twice(stories: list[str]) -> None:
    for text in stories:
        counts = Counter(sentence for sentence in sentences(text) if len(sentence) > 15)
        assert max(counts.values()) == 1, counts.most_common(1)


def test_nobody_unknown_appears(stories: list[str]) -> None:
    strangers = {name for person in WORLD.strangers for name in (person.name, person.full_name)}
    for text in stories:
        assert not strangers & set(re.findall(NAME, text))
        assert not any(name in text for name in strangers if " " in name)


def test_untold_facts_stay_untold(stories: list[str]) -> None:
    assert not any(re.search(r"favorite food|plays the|likes to eat", text) for text in stories)


def parents(name: str) -> tuple[str, ...]:
    return WORLD.person(name).kin


def check_parent(name: str, parent: str) -> None:
    assert WORLD.person(name).kin[["mother", "father"].index(parent.split()[0])] == parent.split()[1]


def test_families_and_trades_are_true(stories: list[str]) -> None:
    text = "\n".join(stories)
    trades = "|".join(work.trade for work in WORLD.workplaces)
    found = re.findall(rf"{NAME} lived in (.+?) with (?:her|his) (\w+ {NAME}), an? ({trades})\.", text)
    found += [(n, "", p, g, t) for n, p, g, t in re.findall(rf"{NAME}'s (\w+ {NAME}) was an? ({trades})\.", text)]
    assert len(found) > 50
    for name, street, parent, parent_name, trade in found:
        check_parent(name, parent)
        assert WORLD.person(parent_name).work.trade == trade
        assert street in ("", WORLD.person(name).street)
    for name, parent, parent_name, place in re.findall(rf"{NAME}'s (\w+ {NAME}) worked at the (.+?)\.", text):
        check_parent(name, parent)
        work = WORLD.person(parent_name).work
        assert place == f"{work.place} in {work.street}"


def test_children_are_described_truly(stories: list[str]) -> None:
    text = "\n".join(stories)
    numbers = ["six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"]
    ages = re.findall(rf"{NAME}, a (boy|girl) of (\w+), (\w+) (.+?)\.", text)
    assert len(ages) > 20
    for name, kind, years, verb, fact in ages:
        person = WORLD.person(name)
        assert (kind == "girl") == person.female and numbers[person.age - 6] == years
        if verb == "liked":
            assert fact == person.hobby
        if verb == "was":
            assert fact == f"born in {person.village.name}"
    streets = re.findall(rf"{NAME},? (?:who lived in|who lives in|from) ({'|'.join(STREETS)})", text)
    hobbies = re.findall(rf"{NAME}, who likes? ([a-z ]+)", text) + re.findall(rf"{NAME}, who liked ([a-z ]+),", text)
    assert len(streets) > 20 and len(hobbies) > 5
    for name, street in streets:
        assert WORLD.person(name).street == street
    assert all(WORLD.person(name).hobby == hobby for name, hobby in hobbies if name in text)


def test_animals_are_described_truly(stories: list[str]) -> None:
    text = "\n".join(stories)
    pets = {child.pet.name: (child, child.pet) for child in WORLD.owners}
    found = re.findall(rf"stood the name {NAME}\. It was an? (\w+) (\w+)\.", text)
    found += [(name, color, species) for color, species, name in re.findall(rf"(?:his|her) (\w+) (\w+) {NAME}", text)
              if name in pets and species not in ("mother", "father")]  # fmt: skip
    assert len(found) > 40
    for name, color, species in found:
        assert (pets[name][1].color, pets[name][1].species) == (color, species)
    for kin, owner, name in re.findall(rf"(brother|sister) {NAME}'s \w+ \w+ {NAME}", text):
        assert pets[name][0].name == owner and pets[name][0].female == (kin == "sister")


def test_helpers_work_where_they_are_found(stories: list[str]) -> None:
    checked = 0
    for text in stories:
        places = re.findall(r"to the ([a-z ]+?)\. .*?There ([A-Z]\w+) ([A-Z]\w+) ", text)
        places += re.findall(r"at the ([a-z ]+?), where ([A-Z]\w+) ([A-Z]\w+), an? [a-z ]+, had", text)
        for place, name, family in places:
            person = WORLD.person(name)
            assert (person.work.place, person.family) == (place, family)
            assert name not in parents(text.split(" ", 1)[0])
            checked += 1
    assert checked == N_STORIES


def test_feasts_are_in_their_month(stories: list[str]) -> None:
    boats = [text for text in stories if "had painted their boat" in text]
    assert boats and all("in June, " in text for text in boats)


def test_alternatives_begin_with_text() -> None:
    assert alternatives('One\nline.\n\n"[A|B]," said he.') == ("One line.", '"A," said he.', '"B," said he.')
    assert varied("It [came back|left], and by noon it came back.") == (
        "It [came back|left], and by noon it [came back|returned]."
    )
    assert varied("A dog and {q=a PASSER} met {^a CRITTER}.") == (
        "A dog and {a MANNER} {q=PASSER} met {^a SORT} {CRITTER}."
    )
