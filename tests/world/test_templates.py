"""Templates: what each kind of gap writes, which bits it costs, and which mistakes are refused."""

import math

import pytest

from minillama.world.choices import read
from minillama.world.proof import enumerate_texts
from minillama.world.templates import Grammar

WORDS = {"PET": ("cat", "owl", "ewe"), "FOOD": {"cat": ("fish",), "owl": ("mice", "moths"), "ewe": ("hay",)}}
CAST = {"CHILD": ({"name": "Ada", "full": "Ada Ash", "pet": {"name": "Tom"}}, {"name": "Bo", "full": "Bo Birch"})}


def every_text(*templates: str, **rules: tuple[str, ...]) -> dict[str, float]:
    grammar = Grammar(WORDS, {"top": templates, **rules})
    return dict(enumerate_texts(lambda pen: grammar.write("top", pen, CAST)))


def test_a_remembered_word_costs_nothing_the_second_time() -> None:
    assert every_text("{x=^a PET}: {x}") == {
        f"{a} {x}: {x}": math.log2(3) for a, x in [("A", "cat"), ("An", "owl"), ("An", "ewe")]
    }


def test_a_table_depends_on_a_word() -> None:
    bits = every_text("{x=PET} {FOOD/x}")
    assert bits == pytest.approx(
        {"cat fish": math.log2(3), "owl mice": math.log2(6), "owl moths": math.log2(6), "ewe hay": math.log2(3)}
    )


def test_a_word_can_be_left_out() -> None:
    found = every_text("{x=PET} {PET-x}")
    assert len(found) == 6 and "owl owl" not in found and set(found.values()) == {math.log2(6)}
    assert len(every_text("{PET-x}")) == 3  # nothing is remembered as x


def test_facts_of_the_cast_are_forced() -> None:
    assert every_text("{h=CHILD:full}: {h}, {k=CHILD-h}") == {"Ada Ash: Ada, Bo": 1.0, "Bo Birch: Bo, Ada": 1.0}


def test_brackets_and_rules_choose_with_weights() -> None:
    assert every_text("[3*tea|milk] {@END}", END=("now", "3*then")) == pytest.approx(
        {
            "tea now": 2 + math.log2(4 / 3),
            "tea then": 2 * math.log2(4 / 3),
            "milk now": 4.0,
            "milk then": 2 + math.log2(4 / 3),
        }
    )


def test_alternatives_may_begin_with_a_forced_word() -> None:
    texts = every_text("{h=CHILD} [{h.full} ran|sat]")
    assert texts == {"Ada Ada Ash ran": 2.0, "Ada sat": 2.0, "Bo Bo Birch ran": 2.0, "Bo sat": 2.0}


def test_a_text_is_read_back() -> None:
    grammar = Grammar(WORDS, {"top": ("The {x=PET} ate {FOOD/x}[.| again.]",)})
    pen = read(lambda pen: grammar.write("top", pen, {}), "The owl ate moths again.")
    assert pen.bits == pytest.approx(math.log2(3 * 2 * 2)) and len(pen.choices) == 3


def test_outside_brackets_a_bar_is_a_bar() -> None:
    assert every_text("Home | {PET} ]").keys() == {"Home | cat ]", "Home | owl ]", "Home | ewe ]"}


@pytest.mark.parametrize(
    ("templates", "message"),
    [
        (("{PET!}",), "'PET!' is no gap; write it as in {x=^a LIST/key-y:show} or {@RULE}"),
        (("{@NOWHERE}",), "there is no rule 'NOWHERE'; add it to the rules or correct the name"),
        (("{PET} runs", "a dog"), "an alternative must begin with a word, not with a choice: '{PET} runs'"),
        (("a dog", "a dog runs"), "'a dog runs' begins with 'a dog'"),
        (("[one|two",), "a bracket is not closed in '[one|two'"),
    ],
)
def test_mistakes_are_refused(templates: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError) as error:
        Grammar(WORDS, {"top": templates})
    assert message in str(error.value)


def test_words_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="'tents' begins with 'ten'"):
        Grammar({"ODD": ("ten", "tents")}, {"top": ("{ODD}",)})


def test_an_unknown_list_is_missed_when_it_is_needed() -> None:
    grammar = Grammar(WORDS, {"top": ("{NOBODY}",)})
    with pytest.raises(KeyError, match="NOBODY"):
        list(enumerate_texts(lambda pen: grammar.write("top", pen, CAST)))
