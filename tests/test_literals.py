"""Cutting fixed strings out of a text: longest first, and the same however the text is chunked."""

import random

import pytest

from minillama.literals import Literals


@pytest.mark.parametrize(
    ("strings", "text", "parts"),
    [
        (["<s>", "<s>>"], "a<s>>b<s>", ["a", "<s>>", "b", "<s>", ""]),
        (["ab", "bc"], "abc", ["", "ab", "c"]),
        (["a.c", "[x]"], "abc[x]", ["abc", "[x]", ""]),  # no pattern characters
        ([], "abc", ["abc"]),
        (["x"], "", [""]),
    ],
)
def test_parts_by_hand(strings: list[str], text: str, parts: list[str]) -> None:
    assert Literals(strings).split(text) == (parts, "")


def test_the_end_that_could_begin_a_string_is_held_back() -> None:
    literals = Literals(["<end>", "<e"])
    assert literals.split("abcdefg<en", final=False) == (["abcdef"], "g<en")
    assert literals.split("<e", final=False) == ([""], "<e")
    assert literals.split("a<end>b", final=False) == (["a", "<end>", ""], "b")


def test_any_chunking_gives_the_same_parts() -> None:
    rng = random.Random(0)
    for _ in range(500):
        strings = {"".join(rng.choices("ab", k=rng.randrange(1, 5))) for _ in range(rng.randrange(1, 4))}
        literals, text = Literals(strings), "".join(rng.choices("abc", k=30))
        found, plain, rest = [], "", ""
        for chunk in [*text, None]:
            parts, rest = literals.split(rest + (chunk or ""), final=chunk is None)
            for index, part in enumerate(parts):
                plain = "" if index % 2 else plain + part
                found += [part] if index % 2 else []
            assert len(rest) < literals.longest
        whole = literals.split(text)[0]
        assert (found, plain) == (whole[1::2], whole[-1])


def test_empty_strings_are_refused() -> None:
    with pytest.raises(ValueError, match="an empty string cannot be cut out"):
        Literals(["a", ""])
