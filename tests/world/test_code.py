"""The code of the world runs, its asserts hold, and its tables tell the truth."""

import ast
import re

import pytest

from minillama.world.choices import read
from minillama.world.code import write_code
from minillama.world.code_arguments import source_of
from minillama.world.code_functions import NUMBERS, WORDS
from minillama.world.code_words import VERBS
from minillama.world.town import build_world

from .kinds import check_audit, check_names, check_reading, drawn, repeated, texts

WORLD = build_world()


def run(source: str) -> int:
    """Execute a module and its tests; return how many asserts it has."""
    names: dict = {}
    exec(source, names)
    for name, value in names.items():
        if name.startswith("test_"):
            value()
    return sum(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))


def test_every_assert_holds_and_every_test_runs() -> None:
    assert sum(run(text) for text in texts(write_code)) > 1000


def test_a_changed_result_is_noticed() -> None:
    text = next(text for text in texts(write_code) if re.search(r"== \d+$", text))
    with pytest.raises(AssertionError):
        run(re.sub(r"\d+$", "987654", text))
    with pytest.raises(ValueError, match="expected"):
        read(lambda pen: write_code(pen, WORLD), re.sub(r"== \d+$", "== 987654", text))


def test_reading_recovers_the_bits_and_options_are_distinct() -> None:
    check_reading(write_code)
    check_audit(write_code)


def test_modules_look_like_a_repository() -> None:
    for text in texts(write_code):
        tree = ast.parse(text)
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert ast.get_docstring(tree)
        for node in functions:
            assert node.name.startswith("test_") or ast.get_docstring(node), text
        assert len({node.name for node in functions}) == len(functions), text
        assert max(map(len, text.splitlines())) <= 120
        assert not re.search(r"[ \t]+$", text, re.MULTILINE)
        assert len(text) <= 1500


def test_no_assert_stands_twice() -> None:
    for text in texts(write_code):
        if "class " not in text:
            assert not repeated([line.strip() for line in text.splitlines() if "assert " in line]), text


def test_tables_and_headers_tell_the_truth() -> None:
    truths = {
        "STREETS": lambda name: WORLD.person(name).street,
        "TRADES": lambda name: WORLD.person(name).work.trade,
        "HOBBIES": lambda name: WORLD.person(name).hobby,
        "PETS": lambda name: WORLD.person(name).pet.species,
        "BORN": lambda name: WORLD.person(name).born,
        "KILOMETERS": lambda name: next(v.kilometers for v in WORLD.villages if v.name == name),
    }
    streets = {work.place: work.street for work in WORLD.workplaces}
    n_checked = 0
    for text in texts(write_code):
        names: dict = {}
        exec(text, names)
        for table, truth in truths.items():
            for key, value in names.get(table, {}).items():
                assert value == truth(key)
                n_checked += 1
        place, street = re.match(r'""".*?(?:for|of|from) the (.+?) on (.+?), ', text).groups()
        assert streets[place] == street
        for name, place, hobby in re.findall(r"(\w+) of the ([\w ]+), who likes ([\w ]+)\.", text):
            assert (WORLD.person(name).work.place, WORLD.person(name).hobby) == (place, hobby)
        for name, family, trade in re.findall(r"by (\w+) (\w+), ([\w ]+)\.\"", text):
            assert (WORLD.person(name).family, WORLD.person(name).work.trade) == (family, trade)
    assert n_checked > 30


def test_no_two_functions_share_a_name() -> None:
    starts = [part.start for part in (*VERBS, *NUMBERS, *WORDS)]
    assert len(set(starts)) == len(starts)


def test_strings_are_written_with_double_quotes() -> None:
    assert source_of({"a": ["b", None, 1]}) == '{"a": ["b", None, 1]}'


def test_no_strangers() -> None:
    check_names(write_code)


def test_information_stays_near_the_measured_figure() -> None:
    bits, size = (sum(values) for values in zip(*((b, len(t)) for t, b in drawn(write_code)), strict=True))
    assert 0.33 < bits / size < 0.39
