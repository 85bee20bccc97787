"""Stop strings: by hand, and cut into random pieces against one look at the whole text."""

import random

import pytest

from minillama.stopping import StopStrings


def shown(stops: list[str], pieces: list[str]) -> tuple[list[str], str | None]:
    """What is returned piece by piece, with what ``finish`` returns at the end, and the stop string found."""
    holder = StopStrings(stops)
    return [*(holder.feed(piece) for piece in pieces), holder.finish()], holder.found


def test_by_hand() -> None:
    assert shown(["END"], ["the ", "E", "N", "d", " E"]) == (["the ", "", "", "ENd", " ", "E"], None)
    assert shown(["END"], ["the ", "xE", "N", "Dx", "END"]) == (["the ", "x", "", "", "", ""], "END")
    assert shown(["END"], ["a END b END"]) == (["a ", ""], "END")
    assert shown(["\n\n"], ["a\n", "b", "\n", "\n", "c"]) == (["a", "\nb", "", "", "", ""], "\n\n")
    assert shown([], ["a", "", "b"]) == (["a", "", "b", ""], None)
    assert shown(["END"], []) == ([""], None)


def test_an_ending_that_starts_again_is_held_from_the_right_place() -> None:
    assert shown(["aab"], ["aa", "a", "b"]) == (["", "a", "", ""], "aab")
    assert shown(["abab!"], ["ababab!"]) == (["ab", ""], "abab!")
    assert shown(["abc", "bd"], ["a", "b", "d"]) == (["", "", "a", ""], "bd")


def test_which_one_wins() -> None:
    assert shown(["abc", "ab"], ["abc"]) == (["", ""], "ab"), "complete first"
    assert shown(["bcd", "abcd"], ["xabcd"]) == (["x", ""], "abcd"), "the longer of two that end together"
    assert shown(["abcd", "bc"], ["xabcd"]) == (["xa", ""], "bc")


def oracle(stops: list[str], text: str) -> tuple[str, str | None]:
    """Read the whole text letter by letter until it ends with a stop string."""
    for end in range(1, len(text) + 1):
        if found := [stop for stop in stops if text[:end].endswith(stop)]:
            longest = max(found, key=len)
            return text[: end - len(longest)], longest
    return text, None


def test_random_pieces_against_the_whole_text() -> None:
    """Two letters and short stop strings, so that they overlap and begin each other all the time."""
    chance, n_found = random.Random(1), 0
    for _ in range(3000):
        stops = ["".join(chance.choices("ab", k=chance.randint(1, 5))) for _ in range(chance.randint(0, 3))]
        pieces = ["".join(chance.choices("abc", k=chance.randint(0, 4))) for _ in range(chance.randint(0, 6))]
        returned, found = shown(stops, pieces)
        assert ("".join(returned), found) == oracle(stops, "".join(pieces)), (stops, pieces)
        n_found += found is not None
    assert 500 < n_found < 2500  # both cases are common


def test_no_more_is_held_back_than_needed() -> None:
    """What is held is always the start of a stop string, and all of it could still become one."""
    chance = random.Random(2)
    for _ in range(1000):
        stops = ["".join(chance.choices("ab", k=chance.randint(2, 5))) for _ in range(2)]
        holder, text, given = StopStrings(stops), "", ""
        for letter in chance.choices("abc", k=9):
            text, given = text + letter, given + holder.feed(letter)
            if holder.found:
                break
            assert given + (held := text[len(given) :]) == text
            assert not held or any(stop.startswith(held) for stop in stops)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="a stop string must not be empty"):
        StopStrings(["a", ""])
    with pytest.raises(ValueError, match=r"stops must be a list of strings, got the string 'END': write \['END'\]"):
        StopStrings("END")
