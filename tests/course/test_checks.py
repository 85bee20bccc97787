"""The checks themselves are tested: right answers pass, every known mistake fails and is named."""

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from minillama.course.checking import Wrong
from minillama.course.registry import all_exercises, definition_source, find_exercise, load, same_code
from minillama.course.running import Unfinished, run_checks

from .mutants import all_mutants

EXERCISES = list(all_exercises().values())
MUTANTS = all_mutants()
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_reference_passes(exercise):
    run_checks(exercise, exercise.load_reference())


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: f"{m.exercise}-{m.answer.__name__}")
def test_mutant_fails_and_is_named(mutant):
    with pytest.raises(Wrong) as caught:
        run_checks(find_exercise(mutant.exercise), mutant.answer)
    assert mutant.says in str(caught.value)


def test_every_exercise_has_three_mutants():
    counts = Counter(mutant.exercise for mutant in MUTANTS)
    assert {exercise.name for exercise in EXERCISES if counts[exercise.name] < 3} == set()


def _fails(check, exercise, answer):
    try:
        run_checks(replace(exercise, checks=(check,)), answer)
    except Wrong:
        return True
    return False


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_every_check_catches_a_mutant(exercise):
    answers = [mutant.answer for mutant in MUTANTS if mutant.exercise == exercise.name]
    idle = [c.__name__ for c in exercise.checks if not any(_fails(c, exercise, answer) for answer in answers)]
    assert idle == []


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.given], ids=lambda e: e.name)
def test_given_code_does_not_pass(exercise):
    with pytest.raises((Wrong, Unfinished)):
        run_checks(exercise, load(exercise.given))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_stub_counts_as_unfinished(exercise):
    reference = exercise.load_reference()

    def stub(*args, **kwargs):
        raise NotImplementedError("write this")

    answer = type(reference.__name__, (reference,), {"__init__": stub}) if isinstance(reference, type) else stub
    with pytest.raises(Unfinished):
        run_checks(exercise, answer)


def _answers_in(text: str) -> dict[str, str]:
    """Source of every decorated exercise in a notebook source or in a built notebook's code."""
    found = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "exercise":
                    found[decorator.args[0].value] = ast.get_source_segment(text, node)
    return found


def _code_of(kind: str, stem: str) -> str:
    notebook = nbformat.read(SOLUTIONS.parent / kind / f"{stem}.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code" and "%" not in cell.source[:200]]
    return "\n\n".join(cells)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_solution_equals_reference(exercise):
    (source,) = SOLUTIONS.glob(f"{exercise.chapter:02}_*.py")
    solution = _answers_in(_code_of("solutions", source.stem))[exercise.name]
    assert same_code(solution, definition_source(exercise.load_reference()))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_learner_gets_a_stub_or_the_given_bug(exercise):
    (source,) = SOLUTIONS.glob(f"{exercise.chapter:02}_*.py")
    handed_out = _answers_in(_code_of("notebooks", source.stem))[exercise.name]
    if exercise.given:
        assert same_code(handed_out, definition_source(load(exercise.given)))
    else:
        assert 'raise NotImplementedError("write this")' in handed_out


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_exercise_is_described(exercise):
    assert 1 <= exercise.difficulty <= 5 and 1 <= exercise.minutes <= 60
    assert len(set(exercise.hints)) == 3
    assert all(check.__doc__ and check.__doc__.strip().endswith(".") for check in exercise.checks)
