"""Pens: what is drawn can be read back, with the same bits; options that cannot be told apart are refused."""

import math
from collections import Counter
from random import Random

import pytest

from minillama.world.choices import END, DrawingPen, Menu, Pen, read
from minillama.world.proof import AuditingPen, enumerate_texts, require_distinct

DRINKS = Menu(("tea", "milk", "water"), (5, 2, 1))


def write_order(pen: Pen) -> None:
    """Order drinks until the guest has enough; the second sentence depends on the first."""
    guest = pen.pick(("Ann", "Bob"))
    pen.say(" drinks ")
    drink = pen.pick(DRINKS)
    pen.say(f". {guest} likes {drink}")
    for _ in range(2):
        if pen.pick(("!", END)) == END:
            return


def draw(seed: int, pen_type: type = DrawingPen) -> DrawingPen:
    pen = pen_type(Random(seed))
    write_order(pen)
    return pen


def test_bits_of_a_menu_are_worked_by_hand() -> None:
    assert [DRINKS.bits(i) for i in range(3)] == pytest.approx([math.log2(8 / 5), 2.0, 3.0])


def test_draws_follow_the_weights() -> None:
    pen = DrawingPen(Random(3))
    counts = Counter(pen.pick(DRINKS) for _ in range(8000))
    for drink, expected in zip(DRINKS, (5000, 2000, 1000), strict=True):
        assert abs(counts[drink] - expected) < 5 * math.sqrt(expected)


@pytest.mark.parametrize("seed", range(40))
def test_reading_recovers_text_choices_and_bits(seed: int) -> None:
    drawn = draw(seed)
    text = drawn.text()
    found = read(write_order, text)
    assert found.bits == pytest.approx(drawn.bits)
    assert sum(bits for _, _, bits in found.choices) == pytest.approx(drawn.bits)
    assert text[slice(*found.choices[0][:2])] in ("Ann", "Bob")
    assert END not in text


def test_all_texts_differ_and_their_probabilities_add_up_to_one() -> None:
    texts = list(enumerate_texts(write_order))
    assert len(texts) == len({text for text, _ in texts}) == 2 * 3 * 3
    assert sum(2**-bits for _, bits in texts) == pytest.approx(1.0)


def test_frequencies_of_texts_match_their_probabilities() -> None:
    random, n = Random(11), 20_000
    counts = Counter()
    for _ in range(n):
        pen = DrawingPen(random)
        write_order(pen)
        counts[pen.text()] += 1
    for text, bits in enumerate_texts(write_order):
        expected = n * 2**-bits
        assert abs(counts[text] - expected) < 5 * math.sqrt(expected)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Cid drinks tea. Cid likes tea", "can be read as none of 2 options"),
        ("Ann drinks tea. Bob likes tea", "expected '. Ann likes tea' at character 14"),
        ("Ann drinks tea. Ann likes tea!!!", "goes on after the writer's last word"),
        ("Ann drinks tea. Ann likes ", "expected"),
        ("", "none of 2 options"),
    ],
)
def test_a_text_that_was_not_written_so_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="character|goes on") as refused:
        read(write_order, text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("a cat", "a dog", "a cathedral"), "'a cathedral' begins with 'a cat'"),
        (("tea", "tea"), "'tea' begins with 'tea'"),
        (("tea", ""), "writes nothing"),
    ],
)
def test_options_that_cannot_be_told_apart_are_refused(texts: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        require_distinct(texts)
    with pytest.raises(ValueError, match=message):
        AuditingPen(Random(0)).pick(texts)


def test_the_auditing_pen_draws_what_the_drawing_pen_draws() -> None:
    assert [draw(seed, AuditingPen).text() for seed in range(20)] == [draw(seed).text() for seed in range(20)]


@pytest.mark.parametrize(("options", "weights"), [((), ()), (("a", "b"), (1,)), (("a", "b"), (1, 0))])
def test_a_menu_needs_a_positive_weight_for_each_option(options: tuple[str, ...], weights: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="need as many weights"):
        Menu(options, weights)
