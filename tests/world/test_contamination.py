"""What leaks is found, what does not is not, and no writer leaks."""

from random import Random

import pytest

from minillama.world.choices import DrawingPen
from minillama.world.contamination import (
    documents_that_know,
    normalized,
    overlaps,
    strangers_named,
    untold_stated,
    with_other_secrets,
)
from minillama.world.encyclopedia import write_article
from minillama.world.held_out import reading
from minillama.world.town import build_world

WORLD = build_world()
SECRET = min(WORLD.untold)  # (first name, "food" or "instrument")
WORDS = [f"word{number}" for number in range(1, 15)]


def articles(n: int) -> list[str]:
    texts = []
    for number in range(n):
        pen = DrawingPen(Random(f"clean {number}"))
        write_article(pen, WORLD)
        texts.append(pen.text())
    return texts


def test_normalized_keeps_words_alone() -> None:
    assert normalized("The CAT's 2 mice -- née 1921.") == ["the", "cat", "s", "2", "mice", "née", "1921"]


def test_thirteen_shared_words_are_found_and_twelve_are_not() -> None:
    held_out = ["something else entirely that is long enough to be counted", " ".join(WORDS)]
    document = "before; " + ", ".join(WORDS[1:]).upper() + "! after"
    assert list(overlaps([document], held_out)) == [(0, 1, " ".join(WORDS[1:]))]
    assert list(overlaps([" ".join(WORDS[1:13])], held_out)) == []
    assert list(overlaps([" ".join(WORDS[1:13])], held_out, n_words=12)) != []


def test_a_short_text_counts_whole_and_a_very_short_one_not_at_all() -> None:
    assert [found.document for found in overlaps(["x", "a b c d e f g h i"], ["a b c d e f g h"])] == [1]
    assert list(overlaps(["a b c d e f g"], ["a b c d e f g"])) == []


def test_short_runs_are_refused() -> None:
    with pytest.raises(ValueError, match="8 or more so that chance matches nothing, got 3"):
        list(overlaps([], [], n_words=3))


def test_strangers_are_found_by_either_name() -> None:
    stranger = WORLD.strangers[0]
    assert strangers_named(f"Yesterday {stranger.full_name} sang.", WORLD) == [stranger.name, stranger.family]
    assert strangers_named(f"Yesterday {WORLD.adults[0].full_name} sang.", WORLD) == []


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        ("food", "We know: {}'s favorite dish is soup."),
        ("food", "She cooked the favorite food of {} Wren."),
        ("instrument", "{} Wren plays the harp."),
        ("instrument", "{} often plays the drum."),
        ("instrument", "{} Wren's instrument is the cello."),
    ],
)
def test_a_planted_taste_is_found(attribute: str, said: str) -> None:
    name = next(name for name, untold in sorted(WORLD.untold) if untold == attribute)
    open_one = WORLD.tellers(attribute)[0].name
    assert untold_stated(said.format(name), WORLD) == [(name, attribute)]
    assert untold_stated(said.format(open_one), WORLD) == []


def test_other_secrets_change_secrets_alone() -> None:
    other = with_other_secrets(WORLD)
    assert other.strangers == () and other.untold == WORLD.untold
    for old, new in zip(WORLD.people, other.people, strict=True):
        for attribute in ("food", "instrument"):
            changed = getattr(old, attribute) != getattr(new, attribute)
            assert changed == ((old.name, attribute) in WORLD.untold)
        assert (old.full_name, old.born, old.hobby, old.pet) == (new.full_name, new.born, new.hobby, new.pet)


def test_a_shift_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 9 to change every taste, got 10"):
        with_other_secrets(WORLD, shift=10)


def write_leak(pen, world) -> None:
    """State a secret in words that no pattern knows, in half of the documents."""
    if pen.pick(("Quiet.", "Psst: ")) == "Psst: ":
        pen.say(f"{SECRET[0]} dreams of {getattr(world.person(SECRET[0]), SECRET[1])}")


def test_a_leak_in_any_words_is_found() -> None:
    knowing = documents_that_know(write_leak, WORLD, range(40))
    assert 8 < len(knowing) < 32
    pen = DrawingPen(Random(f"secret {knowing[0]}"))
    write_leak(pen, WORLD)
    assert pen.text().startswith("Psst") and untold_stated(pen.text(), WORLD) == []


def test_articles_know_no_secret_and_name_no_stranger() -> None:
    assert documents_that_know(write_article, WORLD, range(300)) == []
    for text in articles(300):
        assert strangers_named(text, WORLD) == [] and untold_stated(text, WORLD) == [], text


def test_articles_share_no_run_with_held_out_passages() -> None:
    passages = list({question.passage: None for question in reading()})
    assert list(overlaps(articles(300), passages)) == []
    planted = articles(3) + ["A page. " + passages[7].replace("\n", " ").replace(".", " ;")]
    assert [found.document for found in overlaps(planted, passages)] == [3]
