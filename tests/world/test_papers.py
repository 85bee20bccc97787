"""Every line of arithmetic in the papers is right, and what they say about the town is true."""

import re
from fractions import Fraction

import pytest

from minillama.world.papers import write_paper
from minillama.world.papers_words import DAYS
from minillama.world.town import build_world

from .kinds import check_audit, check_names, check_reading, drawn, repeated, slips, texts

WORLD = build_world()
NUMERIC = re.compile(r"[\d+\-*/() ]+")


def value(side: str) -> Fraction | None:
    """The value of one side of an equation; None if it holds letters."""
    side = re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"(\1/\2)", side).replace(r"\cdot", "*").replace("^", "**").strip()
    if not NUMERIC.fullmatch(side):
        return None
    return eval(re.sub(r"\d+", r"Fraction(\g<0>)", side), {"Fraction": Fraction})  # digits and signs alone


def false_formulas(text: str) -> tuple[int, list[str]]:
    """How many equations of numbers a text has, and those that do not hold."""
    checked, wrong = 0, []
    for formula in re.findall(r"\$(.*?)\$", text):
        sides = re.split(r" (=|<) ", formula)
        for left, sign, right in zip(sides[0::2], sides[1::2], sides[2::2], strict=False):
            first, second = value(left), value(right)
            if first is not None and second is not None:
                checked += 1
                if not (first == second if sign == "=" else first < second):
                    wrong.append(formula)
    return checked, wrong


def test_every_equation_holds() -> None:
    counted = 0
    for text in texts(write_paper):
        checked, wrong = false_formulas(text)
        counted += checked
        assert not wrong, (wrong, text)
    assert counted > 1000


@pytest.mark.parametrize(
    "wrong", [r"$2 \cdot 3 = 7$", r"$4^2 = 15 < 16$", r"$\frac{1}{2} + \frac{1}{3} = \frac{2}{5}$"]
)
def test_the_check_notices_a_wrong_equation(wrong: str) -> None:
    assert false_formulas(wrong)[1]


def test_words_around_the_numbers_are_right() -> None:
    for text in texts(write_paper):
        for total, n, q, r in re.findall(r"\$(\d+) / (\d+)\$ is (\d+) with (\d+) over", text):
            assert int(total) == int(n) * int(q) + int(r) and int(r) < int(n)
        if match := re.search(r"As \$(\d+) = .* takes (\d+) h (\d+) min", text):
            minutes, h, m = map(int, match.groups())
            assert 60 * h + m == minutes
        if match := re.search(r"begin on (\w+) and wait (\d+) days", text):
            last = re.search(r"Result\. (.*?)\.", text).group(1).removesuffix(" again").split(", ")[-1]
            assert DAYS[(DAYS.index(match.group(1)) + int(match.group(2))) % 7] == last
        if match := re.search(r"Can (\d+) \w+ stand", text):
            n = int(match.group(1))
            assert (f"No, {n} is prime" in text) == all(n % i for i in range(2, n))


def test_facts_of_the_town_are_true() -> None:
    villages = {village.name: village for village in WORLD.villages}
    workplaces = {work.place: work for work in WORLD.workplaces}
    n_checked = 0
    for text in texts(write_paper):
        for name, km, direction in re.findall(r"([A-Z][A-Za-z ]+?)(?: lies)? (\d+) km to the (\w+)", text):
            assert (villages[name].kilometers, villages[name].direction) == (int(km), direction)
            n_checked += 1
        for name, born in re.findall(r"(\w+) in (19\d\d)[,.]", "".join(re.findall(r"(?:were|are): (.*)", text))):
            assert WORLD.person(name).born == int(born)
            n_checked += 1
        for place, goods in re.findall(r"The ([\w ]+) makes ([\w ]+):", text):
            assert workplaces[place].goods == goods
        for name, place, hobby in re.findall(r"(\w+) of the ([\w ]+), who likes ([\w ]+)\.", text):
            assert (WORLD.person(name).work.place, WORLD.person(name).hobby) == (place, hobby)
            n_checked += 1
        for name, family in re.findall(r"^\[\d\] (\w+) (\w+)\.", text, re.MULTILINE):
            assert WORLD.person(name).family == family
        for name, trade in re.findall(r"\b([A-Z]\w+), (?:the )?(\w+),? (?:takes|gets|owns|brings)", text):
            assert WORLD.person(name).work.trade.endswith(trade)
    assert n_checked > 100


def test_reading_recovers_the_bits_and_options_are_distinct() -> None:
    check_reading(write_paper)
    check_audit(write_paper)


def test_papers_are_well_written() -> None:
    for text in texts(write_paper):
        assert not slips(text), (slips(text), text)
        assert not repeated(text.splitlines()), text
        assert 300 <= len(text) <= 1200
        assert re.search(r"\nAbstract\. .+\nKeywords: .+\n", text) and "\nProof. " in text and "\nResult. " in text


def test_no_strangers() -> None:
    check_names(write_paper)


def test_information_stays_near_the_measured_figure() -> None:
    bits, size = (sum(values) for values in zip(*((b, len(t)) for t, b in drawn(write_paper)), strict=True))
    assert 0.25 < bits / size < 0.31
