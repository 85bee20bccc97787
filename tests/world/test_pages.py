"""Web pages and the cleaner crawl: every choice can be read back, what they state is true, their English is clean."""

import re
from collections import Counter
from random import Random

import pytest

from minillama.world.choices import DrawingPen, read
from minillama.world.crawl import write_crawl
from minillama.world.pages import CRAWL, RULES, WEB
from minillama.world.town import build_world
from minillama.world.web import write_page

from . import pages_checks
from .kinds import check_audit, check_names, check_reading, repeated, slips, texts

WRITERS = {"web": write_page, "crawl": write_crawl}
every_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r'(?<=[.!?])"? |\n', text) if len(part) > 12]


@every_writer
def test_reading_recovers_every_choice(write) -> None:
    check_reading(write)


@every_writer
def test_no_option_begins_with_another(write) -> None:
    check_audit(write)


@every_writer
def test_no_stranger_is_named(write) -> None:
    check_names(write)


@every_writer
def test_a_changed_word_cannot_be_read(write) -> None:
    text = texts(write)[0]
    with pytest.raises(ValueError, match="at character"):
        read(lambda pen: write(pen, build_world()), text.replace(" the ", " thy ", 1))


def test_what_the_pages_state_is_true() -> None:
    found = [fact for write in WRITERS.values() for text in texts(write) for fact in pages_checks.statements(text)]
    assert [fact for fact in found if not pages_checks.is_true(*fact)] == []
    counts = Counter(name for name, _ in found)
    assert (
        set(counts) == set(pages_checks.STATED) and counts["trade"] > 50 and counts["food"] + counts["food eaten"] > 5
    )


def test_the_patterns_notice_a_wrong_statement() -> None:
    person = next(person for person in build_world().adults if person.work.trade == "smith")
    (fact,) = pages_checks.statements(f"Meet {person.full_name}, the baker, today.")
    assert fact == ("trade", (person.full_name, "baker")) and not pages_checks.is_true(*fact)
    untold = next(person for person in build_world().people if (person.name, "food") in build_world().untold)
    (fact,) = pages_checks.statements(f"It was {untold.full_name}, whose favorite food is {untold.food}.")
    assert not pages_checks.is_true(*fact)


@every_writer
def test_english_is_clean(write) -> None:
    for text in texts(write):
        assert slips(text) == [] and text.isascii(), text
        assert not re.search(r"[{}|\[\]]|  |\n\n|\b(\w+) \1\b", text), text
        assert not re.search(r"(^|[.!?] |\n)[a-z]", text), text
        assert repeated(sentences(text)) == set(), text


@every_writer
def test_lengths(write) -> None:
    sizes = [len(text) for text in texts(write)]
    assert min(sizes) >= 350 and max(sizes) <= 1500 and 700 < sum(sizes) / len(sizes) < 950


@pytest.mark.parametrize(("kind", "shares"), [("web", WEB), ("crawl", CRAWL)])
def test_shares_of_the_sub_types(kind: str, shares: dict[str, int]) -> None:
    """The first words tell the sub-type; together its openings have the share that is asked for."""
    weights: Counter[str] = Counter()
    for template in RULES[kind]:
        weight, _, text = template.partition("*")
        weights[next(name for name in shares if text in RULES[name])] += int(weight)
    total = sum(weights.values())
    assert {name: 100 * weight / total for name, weight in weights.items()} == pytest.approx(shares)


@every_writer
def test_another_seed_gives_another_town_and_pages_that_fit_it(write) -> None:
    world = build_world(seed=7)
    for number in range(30):
        pen = DrawingPen(Random(number))
        write(pen, world)
        assert read(lambda pen: write(pen, world), pen.text()).bits == pytest.approx(pen.bits)
        assert not re.search(rf"\b({'|'.join(person.full_name for person in world.strangers)})\b", pen.text())
