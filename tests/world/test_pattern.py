"""Patterns: slots, memory, exclusion, lists of patterns."""

from random import Random

import pytest

from minillama.world.choices import DrawingPen, Menu, read
from minillama.world.pattern import Pattern, patterns, tell, text_of
from minillama.world.proof import enumerate_texts
from minillama.world.town import build_world


def written(pattern: str, **names: object) -> dict[str, float]:
    """Every text of a pattern, with its probability."""
    return {text: 2**-bits for text, bits in enumerate_texts(lambda pen: tell(pen, pattern, dict(names)))}


def test_a_slot_is_written_with_the_text_behind_it() -> None:
    assert written("<1|12> eggs") == {"1 eggs": 0.5, "12 eggs": 0.5}
    assert written("the<| old> mill") == {"the mill": 0.5, "the old mill": 0.5}


def test_what_is_remembered_can_be_written_again() -> None:
    assert written("<x:tea|milk>, <x>. <x!>!") == {"tea, tea. Tea!": 0.5, "milk, milk. Milk!": 0.5}


def test_a_list_leaves_out_what_was_chosen() -> None:
    assert set(written("<x:@n>, <y:@n-x> and <@n-x-y>.", n=(1, 2, 3))) == {
        "1, 2 and 3.", "1, 3 and 2.", "2, 1 and 3.", "2, 3 and 1.", "3, 1 and 2.", "3, 2 and 1.",
    }  # fmt: skip


def test_a_list_of_patterns_is_told_apart_by_the_leads() -> None:
    options = Menu(patterns("no", "<x> or <a|b>"), (1, 3))
    assert written("<@options>!", options=options, x="yes") == pytest.approx(
        {"no!": 0.25, "yes or a!": 0.375, "yes or b!": 0.375}
    )


def test_attributes_and_capitals() -> None:
    person = build_world().adults[0]
    assert tell(DrawingPen(Random(0)), "<p.she!> is at the <p.work.place>.", {"p": person}) == (
        f"{person.she.capitalize()} is at the {person.work.place}."
    )
    assert text_of(person) == person.name and text_of(person.work) == person.work.place and text_of(7) == "7"


@pytest.mark.parametrize("code", ["if a < b:", "a <= b", "a > b and c < d", "x -> y", "1 << 2"])
def test_comparisons_of_code_are_not_slots(code: str) -> None:
    assert written(code) == {code: 1.0}


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError, match="who"):
        Pattern("<who> sings").write(DrawingPen(Random(0)), {})


def test_reading_finds_the_choices() -> None:
    pen = read(lambda pen: tell(pen, "<a|b> and <c|d|e|f>", {}), "b and e")
    assert pen.bits == 3.0 and [bits for _, _, bits in pen.choices] == [1.0, 2.0]
