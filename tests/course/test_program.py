"""A notebook's function as a program of its own: what it takes along, and what it refuses."""

import pickle

import pytest

from minillama.course.program import program_of

CELL = '''
import math
import torch.nn.functional as F
from torch import Tensor, nn
from dataclasses import dataclass
from minillama.rope import rope_table as table

SIZE = 5
weights = torch.arange(3.0)

@dataclass(frozen=True)
class Settings:
    size: int = SIZE

class Base(nn.Module):
    pass

class Layer(Base):
    def forward(self, x: Tensor) -> Tensor:
        return helper(F.silu(x))

def helper(x, scale=SIZE):
    return x * scale * math.pi if x.numel() else helper(x)

other_name = helper

def answer(peers):
    layer = Layer()
    return Settings(), layer(weights), other_name(weights), table, [word for word in "ab"]
'''


def _run(program):
    names = {"__name__": "program", **{name: pickle.loads(value) for name, value in program.values.items()}}
    exec(program.source, names)
    return names


def test_program_runs_with_all_that_it_uses(desk):
    desk.run(CELL)
    program = program_of(desk["answer"])
    settings, activated, scaled, table, _ = _run(program)[program.name](None)
    assert (settings.size, table) == (5, desk["table"])
    assert scaled.tolist() == pytest.approx([0, 15.70796, 31.41593])
    assert activated.tolist() == pytest.approx([0, 11.48335, 27.67081], rel=1e-4)
    assert set(program.values) == {"SIZE", "weights"}
    assert program.source.index("class Base") < program.source.index("class Layer")


def test_program_does_not_take_what_it_does_not_use(desk):
    desk.run("secret = object()\ndef answer():\n    return 1\n")
    program = program_of(desk["answer"])
    assert program.lines == ["def answer():\n    return 1"] and not program.values


def test_exercise_decorator_is_left_out_and_others_stay(desk):
    desk.run("""
        @exercise("pipeline.bubble_fraction")
        def bubble_fraction(n_stages, n_microbatches):
            return (n_stages - 1) / (n_microbatches + n_stages - 1)

        @torch.no_grad()
        def answer():
            return bubble_fraction(4, 12), torch.is_grad_enabled()
    """)
    program = program_of(desk["answer"])
    assert "@exercise" not in program.source and not program.stand_ins
    assert _run(program)["answer"]() == (0.2, False)


def test_unsolved_exercise_becomes_the_packages_version(desk):
    desk.run("""
        @exercise("collectives.ring_all_reduce")
        def ring_all_reduce(x, peers):
            raise NotImplementedError("write this")

        def answer(peers):
            return ring_all_reduce(torch.ones(2), peers)
    """)
    program = program_of(desk["answer"])
    assert program.stand_ins == ["ring_all_reduce"]
    assert _run(program)["ring_all_reduce"].__module__ == "minillama.course.reference.11"


def test_functions_that_cannot_be_seen_in_the_code(desk):
    desk.run("def hidden():\n    return 7\ndef answer():\n    return globals()['hidden']()\n")
    assert _run(program_of(desk["answer"], (desk["hidden"],)))["answer"]() == 7


def test_what_is_refused_is_named(desk):
    desk.run("""
        class Own:
            pass
        thing, lock = Own(), __import__("threading").Lock()
        def uses_thing():
            return thing
        def uses_lock():
            return lock
        def outer(x):
            def inner():
                return x
            return inner
        nested, unnamed = outer(1), lambda: 1
    """)
    with pytest.raises(ValueError, match="`lock` cannot be copied to another process .* Make it inside the function"):
        program_of(desk["uses_lock"])
    for answer in (desk["nested"], desk["unnamed"], desk["Own"], 3):
        with pytest.raises(ValueError, match="defined with def at the top of a cell, got"):
            program_of(answer)


def test_value_of_a_class_that_only_the_notebook_knows(desk, monkeypatch):
    desk.run("class Own:\n    pass\nthing = Own()\ndef answer():\n    return thing\n")
    monkeypatch.setattr("__main__.Own", desk["Own"], raising=False)  # as in a notebook, whose cells are __main__
    with pytest.raises(ValueError, match="`thing` is a Own, which only this notebook knows"):
        program_of(desk["answer"])


def test_source_that_cannot_be_read():
    names = {"__name__": "__main__"}
    exec("def answer():\n    return 1\n", names)
    with pytest.raises(ValueError, match="cannot read the source of answer: define it in a file or in a notebook cell"):
        program_of(names["answer"])
