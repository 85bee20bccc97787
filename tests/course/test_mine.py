"""A model out of the learner's own files: equal to the package's when complete, never worse when not."""

import sys
from pathlib import Path

import pytest
import torch
from tiny import TINY, random_tokens
from tiny_gguf import random_weights, write_gguf

from minillama.course.mine import MISSING, SPOILED, YOURS, mine_folder, my_core, my_llama, my_parts, save_definition
from minillama.course.progress import Record, write_record
from minillama.course.registry import all_exercises, definition_source, find_exercise
from minillama.formats.gguf import load_gguf
from minillama.model import Llama

PARTS = [e.name for e in all_exercises().values() if e.reference == f"minillama.{e.module}:{e.definition}"]
CORE = ("rmsnorm", "rope", "swiglu", "cache", "attention", "model")
CORE_PARTS = [name for name in PARTS if name.partition(".")[0] in CORE]
WRONG_NORM = "def rms_norm(x, gain, eps=1e-5):\n    return x * gain\n"


@pytest.fixture(autouse=True)
def empty_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with no progress."""
    monkeypatch.setenv("MINILLAMA_WORK", str(tmp_path))


def save(name: str, source: str) -> None:
    """Store an answer as if it had passed."""
    save_definition(find_exercise(name), source)
    write_record(name, Record(status="OK", saved=True))


def solve_everything() -> None:
    """What a full run through the solutions leaves behind."""
    for exercise in all_exercises().values():
        save(exercise.name, definition_source(exercise.load_reference()))


def package_twin(model: torch.nn.Module) -> Llama:
    """The package's model with the same weights."""
    twin = Llama(model.config)
    twin.load_state_dict(model.state_dict(), strict=True)
    return twin


def assert_same_logits(model: torch.nn.Module, twin: torch.nn.Module) -> None:
    tokens = random_tokens(3, 17, vocab_size=min(model.config.vocab_size, 90))
    with torch.no_grad():
        assert torch.equal(model(tokens), twin(tokens))


def test_a_full_run_gives_the_packages_logits_on_the_learners_code(capsys: pytest.CaptureFixture) -> None:
    solve_everything()
    model = my_llama(TINY)
    assert capsys.readouterr().out.startswith(f"OK    my_llama: all {len(CORE_PARTS)} parts are yours")
    assert_same_logits(model, package_twin(model))
    classes = {type(module).__name__: type(module) for module in model.modules()}
    own = [classes[name.partition(".")[2]] for name in CORE_PARTS if name.partition(".")[2] in classes]
    assert {Path(part.forward.__code__.co_filename).parent for part in own} == {mine_folder()}
    assert all(type(module).__module__ != "minillama.model" for module in model.modules())


def test_a_full_run_loads_real_files(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """The model is built on the meta device there, where no check could run."""
    solve_everything()
    path = write_gguf(tmp_path / "tiny.gguf", random_weights())
    model = load_gguf(path, build=my_llama)
    assert "parts are yours" in capsys.readouterr().out
    assert not isinstance(model, Llama)
    assert_same_logits(model, load_gguf(path))


def test_a_full_run_scores_as_recorded_on_smollm2(smollm2: Path, capsys: pytest.CaptureFixture) -> None:
    solve_everything()
    model = load_gguf(smollm2, build=my_llama)
    assert "OK    my_llama" in capsys.readouterr().out
    with torch.no_grad():
        top = model(torch.tensor([[504, 3575, 282, 4649, 314]]))[0, -1].topk(5)  # The capital of France is
    assert top.indices.tolist() == [7042, 260, 4528, 2250, 1315]
    assert top.values.tolist() == pytest.approx([17.371, 14.889, 13.245, 13.009, 12.952], abs=1e-3)


def test_empty_progress_names_what_is_missing(capsys: pytest.CaptureFixture) -> None:
    model = my_llama(TINY)
    said = capsys.readouterr().out
    assert f"0 of {len(CORE_PARTS)} parts are yours" in said
    assert [name for name in CORE_PARTS if name not in said] == []
    assert_same_logits(model, package_twin(model))


def test_half_of_the_parts(capsys: pytest.CaptureFixture) -> None:
    save("rmsnorm.rms_norm", definition_source(find_exercise("rmsnorm.rms_norm").load_reference()))
    module, parts = my_core()
    assert {name for name, whose in parts.items() if whose == YOURS} == {"rmsnorm.rms_norm"}
    norm = sys.modules[module.__name__.replace(".model", ".rmsnorm")]
    assert Path(norm.rms_norm.__code__.co_filename) == mine_folder() / "rmsnorm.py"
    assert Path(norm.RMSNorm.forward.__code__.co_filename).parent.name == "minillama"
    assert ("rmsnorm.rms_norm", YOURS) in my_parts().rows
    assert ("rmsnorm.RMSNorm", MISSING) in my_parts().rows


@pytest.mark.parametrize(
    "source",
    [
        WRONG_NORM,
        WRONG_NORM.replace("return x * gain", "raise KeyError(x)"),
        WRONG_NORM.replace("eps=1e-5", "eps=no_such_name"),
        WRONG_NORM.replace("return x * gain", "return helper(x)"),
    ],
    ids=["wrong", "raises", "cannot be defined", "uses a lost helper"],
)
def test_a_spoiled_file_never_poisons(source: str, capsys: pytest.CaptureFixture) -> None:
    solve_everything()
    path = mine_folder() / "rmsnorm.py"
    text = path.read_text(encoding="utf-8")
    right = text[text.index("def rms_norm(") : text.index("class RMSNorm")]
    path.write_text(text.replace(right, source + "\n\n"), encoding="utf-8")
    model = my_llama(TINY)
    assert "no longer passing the checks, so the package's code runs: rmsnorm.rms_norm" in capsys.readouterr().out
    assert ("rmsnorm.rms_norm", SPOILED) in my_parts().rows
    assert_same_logits(model, package_twin(model))


def test_a_broken_file_never_poisons(capsys: pytest.CaptureFixture) -> None:
    solve_everything()
    (mine_folder() / "rmsnorm.py").write_text("def rms_norm(x:\n", encoding="utf-8")
    model = my_llama(TINY)
    said = capsys.readouterr().out
    assert "missing, so the package's code runs: rmsnorm.rms_norm, rmsnorm.RMSNorm" in said
    assert_same_logits(model, package_twin(model))


def test_code_without_a_passing_record_is_not_used() -> None:
    save_definition(find_exercise("rmsnorm.rms_norm"), WRONG_NORM)
    assert my_core()[1]["rmsnorm.rms_norm"] == MISSING


def test_each_call_builds_fresh_modules_and_leaves_the_package_alone(capsys: pytest.CaptureFixture) -> None:
    before = {name: sys.modules[f"minillama.{name}"] for name in ("model", "rmsnorm", "attention")}
    first = my_llama(TINY)
    solve_everything()
    second = my_llama(TINY)
    said = capsys.readouterr().out
    assert "0 of" in said and "all" in said
    assert len({type(first), type(second), Llama}) == 3
    assert len({type(m.final_norm) for m in (first, second, Llama(TINY))}) == 3
    assert not any(a is b for a, b in zip(first.parameters(), second.parameters(), strict=True))
    assert {name: sys.modules[f"minillama.{name}"] for name in before} == before
